"""The keyboard's way over the canvas: from component to component along connectors, into zones and out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gui.canvas.hand import Hand
from gui.document.selection import Pair
from gui.language import tr
from model.shapes.geometry import Point

WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""The way that each arrow points, in the scene."""

_GOING = {*WAYS, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End}


class Walk:
    """Tab goes to the next component, Alt with an arrow to a neighbour, with Page Up and Page Down out of a zone
    and into it, with Home and End to the first and last component; full stop and comma go over the connectors of one.

    With Shift as well, what Alt goes to is added to the selection; `tell` is handed what a screen reader says of it.
    """

    def __init__(self, hand: Hand, tell: Callable[[str], None]) -> None:
        self._hand, self._tell = hand, tell
        self._last: str | None = None
        """What was gone to last: from there it goes on when several things are selected."""
        self._around: str | None = None
        """The component whose connectors are gone over."""

    def press(self, event: QKeyEvent) -> bool:
        """Follow a key; False where it is none of those."""
        key, keys = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if keys == Qt.KeyboardModifier.NoModifier and event.text() in (".", ",", "。", "、"):
            self._next_connector(1 if event.text() in (".", "。") else -1)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self._hand.scene.cards:
            self._next(-1 if key == Qt.Key.Key_Backtab else 1)
        elif keys & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.AltModifier and key in _GOING:
            self._select(self._place(key), adding=keys != Qt.KeyboardModifier.AltModifier)
        else:
            return False
        return True

    def _place(self, key: Qt.Key) -> str | None:
        """Where a key that is held with Alt goes."""
        if key in WAYS:
            return self._beside(WAYS[key])
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            return self._outwards() if key == Qt.Key.Key_PageUp else self._inwards()
        names = list(self._hand.scene.cards)
        return names[0 if key == Qt.Key.Key_Home else -1] if names else None

    def _select(self, name: str | None, *, adding: bool = False) -> None:
        if name is None:
            return
        before = self._hand.selection.ids if adding else frozenset()
        self._last = name
        self._hand.selection.select(before | {name}, self)
        if adding:
            design = self._hand.document.view.design
            thing = design.component_by_id.get(name) or design.zone_by_id[name]
            self._tell(tr("spoken.added", name=thing.name, count=len(before | {name})))

    def _one(self) -> str | None:
        """The one thing selected; of several the one gone to last."""
        ids = self._hand.selection.ids
        if len(ids) == 1:
            return next(iter(ids))
        return self._last if self._last in ids else None

    def _next(self, step: int) -> None:
        """The next component in the order of the design."""
        names, ids = list(self._hand.scene.cards), self._hand.selection.ids
        if self._hand.scene.chosen() is not None and self._around is not None:
            ids = frozenset((self._around,))
        chosen = next((number for number, name in enumerate(names) if name in ids), None)
        if chosen is None:
            chosen = -1 if step > 0 else 0
        self._select(names[(chosen + step) % len(names)])

    # Along connectors

    def _beside(self, way: tuple[int, int]) -> str | None:
        """The nearest neighbour that way; one that is connected comes before all others."""
        cards, pair = self._hand.scene.cards, self._hand.scene.chosen()
        if pair is not None and set(pair) <= cards.keys():
            return max(pair, key=lambda name: _along(cards[name].center, way))
        here = self._one()
        if here not in cards:
            return next(iter(cards), None) if here is None else None
        tied = self._tied(here)
        return self._nearest(here, tied, way) or self._nearest(here, cards.keys(), way)

    def _tied(self, name: str) -> list[str]:
        pairs = self._hand.scene.wires.pairs
        return [target if source == name else source for source, target in pairs if name in (source, target)]

    def _nearest(self, here: str, names: Iterable[str], way: tuple[int, int]) -> str | None:
        """The nearest of the named components that lies more this way than aside."""
        cards = self._hand.scene.cards
        at, best, least = cards[here].center, None, float("inf")
        for name in names:
            there = cards[name].center
            on = _along(there, way) - _along(at, way)
            aside = abs(_along(there, (way[1], way[0])) - _along(at, (way[1], way[0])))
            if name != here and on > 0 and on >= aside * 0.5 and on + 2 * aside < least:
                best, least = name, on + 2 * aside
        return best

    def _next_connector(self, step: int) -> None:
        """The next connector of the component selected, or of the one whose connectors are gone over."""
        scene, here = self._hand.scene, self._one()
        chosen = scene.chosen()
        if here is not None or chosen is None:
            self._around = here
        elif self._around not in chosen:
            self._around = chosen[0]
        tied: list[Pair] = [pair for pair in scene.wires.pairs if self._around in pair]
        if tied:
            now = tied.index(chosen) if chosen in tied else (-1 if step > 0 else len(tied))
            scene.choose(tied[(now + step) % len(tied)], self)

    # Through zones

    def _outwards(self) -> str | None:
        """The zone around what is selected."""
        design, here = self._hand.document.view.design, self._one()
        if here in design.component_by_id:
            return design.component_by_id[here].zone
        return design.zone_by_id[here].parent if here in design.zone_by_id else None

    def _inwards(self) -> str | None:
        """The first zone in the selected one, else the first component in it; with nothing selected the first zone."""
        design, here = self._hand.document.view.design, self._one()
        if here is not None and here not in design.zone_by_id:
            return None
        inner = [zone.id for zone in design.zones if zone.parent == here]
        held = [each.id for each in design.components if here is not None and each.zone == here]
        return next(iter(inner + held), None)


def _along(point: Point, way: tuple[int, int]) -> float:
    return point.x * way[0] + point.y * way[1]

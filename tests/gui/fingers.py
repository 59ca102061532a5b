"""What a random hand does with mouse and keys on a window."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from gui.widgets.boxes import CheckBox
from gui.widgets.widgets import Chooser
from gui.window.window import Window
from model.design.design import Design
from tests.gui.hands import LEFT, NO_KEYS, at, drag, drop_kind

LARGEST = 30
"""With more components than this nothing is copied any more: the walk is long, not large."""

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_CONTROL = Qt.KeyboardModifier.ControlModifier


class Fingers:
    """Chooses by `rng` what to do it with."""

    def __init__(self, window: Window, rng: random.Random) -> None:
        self.window, self.rng = window, rng

    def fingers(self) -> dict[str, Callable[[], object]]:
        """Everything done by hand, by its name."""
        return {
            "nudge": lambda: QTest.keyClick(self.window.canvas, self.rng.choice(_ARROWS)),
            "write": lambda: self._write(name=True),
            "write hosts": lambda: self._write(name=False),
            "more hosts": lambda: self._press("+"),
            "fewer hosts": lambda: self._press("-"),
            "add by typing": self._quick_add,
            "drop kind": lambda: self._add(
                lambda kind: drop_kind(self.window.canvas, kind, *self._anywhere())
            ),
            "choose kind": lambda: self._add(self.window.palette_panel.chosen.emit),
            "inspector": self._tick,
            "bend by keys": self._keys_on_connector,
            "resize by keys": self._resize_by_keys,
            "drag card": lambda: self._drag_card(drop=True),
            "leave card": lambda: self._drag_card(drop=False),
            "copy card": lambda: self._copying(self._drag_card),
            "leave copy": lambda: self._drag_card(drop=False, keys=_CONTROL),
            "drag zone": lambda: self._drag_zone((0.5, 15.0), drop=True),
            "leave zone": lambda: self._drag_zone((0.5, 15.0), drop=False),
            "copy zone": lambda: self._copying(partial(self._drag_zone, (0.5, 15.0))),
            "drag border": lambda: self._drag_zone((1.0, 60.0), drop=True),
            "leave border": lambda: self._drag_zone((1.0, 60.0), drop=False),
            "undo in a drag": self._undo_in_a_drag,
            "undo while writing": self._undo_while_writing,
            "drag note": self._drag_note,
            "drag piece": lambda: self._drag_piece(drop=True),
            "leave piece": lambda: self._drag_piece(drop=False),
            "draw tie": self._draw_tie,
            "draw zone": lambda: self._draw("zone_tool"),
            "draw note": lambda: self._draw("note_tool"),
            "band": lambda: self._drag(self._anywhere(), self._anywhere(), drop=True),
        }

    def _trigger(self, name: str) -> None:
        """Do what an action does, where it can be done."""
        if self.window.actions_by_id[name].isEnabled():
            self.window.actions_by_id[name].trigger()

    @property
    def _shown(self) -> Design:
        return self.window.document.view.design

    def _visible(self, *kinds: Mapping[str, object]) -> list[str]:
        every = [name for kind in kinds for name in kind]
        return [name for name in every if name not in self.window.scene.folding.within]

    def _choose(self, names: list[str]) -> str:
        """One of some names, or one that nothing has."""
        return self.rng.choice(names or ["nothing"])

    # The keyboard

    def _write(self, *, name: bool) -> None:
        """Write a name or a note where it stands, also of what is not seen; or a number of hosts."""
        writing, design = self.window.canvas.writing, self._shown
        notes = [note.id for note in design.notes]
        if name:
            writing.start(self._choose([*design.component_by_id, *design.zone_by_id, *notes]))
        else:
            self.window.selection.select(self._visible(design.component_by_id)[:2])
            self._trigger("host_count")
        for editor in (writing.names, writing.notes, writing.hosts):
            if editor.isVisible():
                QTest.keyClicks(editor, str(self.rng.randint(1, 999)))
                leave = self.rng.random() < 0.3
                QTest.keyClick(editor, Qt.Key.Key_Escape if leave else Qt.Key.Key_Return, _CONTROL)

    def _press(self, keys: str) -> None:
        """Type on the canvas, with some components selected."""
        self.window.selection.select(self._visible(self._shown.component_by_id)[-2:])
        QTest.keyClicks(self.window.canvas, keys)

    def _keys_on_connector(self) -> None:
        """Arrow keys on a connector move a piece of it."""
        pairs = sorted(self.window.scene.wires.pairs)
        if pairs:
            self.window.scene.choose(self.rng.choice(pairs))
            QTest.keyClick(self.window.canvas, self.rng.choice(_ARROWS))

    def _resize_by_keys(self) -> None:
        """Ctrl with an arrow pushes an edge of a zone."""
        zones = self.window.scene.zones
        if zones:
            self.window.selection.select([self.rng.choice(zones).id])
            QTest.keyClick(self.window.canvas, self.rng.choice(_ARROWS), _CONTROL)

    def _quick_add(self) -> None:
        """Add by typing, in the middle of what is seen."""
        if len(self._shown.components) > LARGEST:
            return
        self._trigger("quick_add")
        quick = self.window.placement.quick
        QTest.keyClicks(quick.field, self.rng.choice(("a", "rel", "sps", "dns", "zzz")))
        QTest.keyClick(quick.field, self.rng.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))
        if quick.isVisible():
            QTest.keyClick(quick.field, Qt.Key.Key_Escape)

    def _add(self, put: Callable[[str], object]) -> None:
        """Add a component of any kind."""
        if len(self._shown.components) <= LARGEST:
            put(self.rng.choice(self.window.document.catalog.kinds).id)

    def _tick(self) -> None:
        """Tick a box of the inspector, or choose something in it."""
        window = self.window
        window.side.setCurrentWidget(window.inspector)
        boxes = [each for each in window.inspector.findChildren(CheckBox) if each.isVisible()]
        choosers = [each for each in window.inspector.findChildren(Chooser) if each.isVisible()]
        if boxes and self.rng.random() < 0.5:
            self.rng.choice(boxes).click()
        elif choosers:
            field = self.rng.choice(choosers)
            field.setCurrentIndex(self.rng.randrange(field.count()))
            field.activated.emit(field.currentIndex())

    # The mouse

    def _anywhere(self) -> tuple[float, float]:
        seen = self.window.canvas.seen()
        return self.rng.uniform(seen.left, seen.right), self.rng.uniform(seen.top, seen.bottom)

    def _drag(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        drop: bool,
        keys: Qt.KeyboardModifier = NO_KEYS,
    ) -> None:
        """Drag from one point of the scene to another; Escape before the button is let go where it is not dropped."""
        canvas = self.window.canvas
        drag(canvas, start, end, drop=drop, keys=keys)
        if not drop:
            QTest.keyClick(canvas, Qt.Key.Key_Escape)
            QTest.mouseRelease(canvas.viewport(), LEFT, NO_KEYS, at(canvas, *end))
        canvas.writing.finish()

    def _copying(self, take: Callable[..., None]) -> None:
        """Drag something with Ctrl held."""
        if len(self._shown.components) <= LARGEST:
            take(drop=True, keys=_CONTROL)

    def _drag_card(self, *, drop: bool, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.window.canvas.fit()
        cards = self.window.scene.cards
        if cards:
            middle = cards[self._choose(sorted(cards))].center
            self._drag((middle.x, middle.y), self._anywhere(), drop=drop, keys=keys)

    def _drag_zone(
        self, grip: tuple[float, float], *, drop: bool, keys: Qt.KeyboardModifier = NO_KEYS
    ) -> None:
        """Take a zone at a part of its width and so far below its top."""
        self.window.canvas.fit()
        zones = self.window.scene.zones
        if zones:
            frame = self.rng.choice(zones).rect
            start = frame.x + grip[0] * frame.width, frame.y + grip[1]
            self._drag(start, self._anywhere(), drop=drop, keys=keys)

    def _undo_in_a_drag(self) -> None:
        """Undo or redo while the button is held: what is dragged may be gone, or elsewhere."""
        self.window.canvas.fit()
        canvas, frames = self.window.canvas, [*self.window.scene.cards.values()]
        frames += [zone.rect for zone in self.window.scene.zones] + [
            each.rect for each in self.window.scene.notes
        ]
        if not frames:
            return
        frame = self.rng.choice(frames)
        drag(canvas, (frame.center.x, frame.y + 15), self._anywhere(), drop=False)
        self._trigger(self.rng.choice(("undo", "undo", "redo", "select_all", "delete")))
        for x, y in (self._anywhere(), self._anywhere()):
            QTest.mouseMove(canvas.viewport(), at(canvas, x, y))
        QTest.mouseRelease(canvas.viewport(), LEFT, NO_KEYS, at(canvas, *self._anywhere()))

    def _undo_while_writing(self) -> None:
        """Undo while a name or a note is written: it may be gone."""
        writing, design = self.window.canvas.writing, self._shown
        notes = [note.id for note in design.notes]
        writing.start(self._choose([*design.component_by_id, *design.zone_by_id, *notes][-3:]))
        self._trigger("undo")
        writing.finish()

    def _drag_note(self) -> None:
        self.window.canvas.fit()
        notes = self.window.scene.notes
        if notes:
            middle = self.rng.choice(notes).rect.center
            self._drag((middle.x, middle.y), self._anywhere(), drop=True)

    def _drag_piece(self, *, drop: bool) -> None:
        self.window.canvas.fit()
        pairs = self.window.scene.wires.pairs
        if pairs:
            line = pairs[self.rng.choice(sorted(pairs))].wire.points
            piece = self.rng.randrange(len(line) - 1)
            a, b = line[piece], line[piece + 1]
            self._drag(((a.x + b.x) / 2, (a.y + b.y) / 2), self._anywhere(), drop=drop)

    def _draw_tie(self) -> None:
        """From the handle of a card to another one, which may be refused."""
        self.window.canvas.fit()
        cards = self.window.scene.cards
        if cards:
            self.window.selection.select([self._choose(sorted(cards))])
            start: QPointF = self.window.canvas.handle.pos()
            end = cards[self._choose(sorted(cards))].center
            self._drag((start.x(), start.y()), (end.x, end.y), drop=True)

    def _draw(self, tool: str) -> None:
        self.window.actions_by_id[tool].trigger()
        self._drag(self._anywhere(), self._anywhere(), drop=True)
        self.window.actions_by_id["select_tool"].trigger()

"""How many hosts a card stands for, changed on the canvas: with + and −, or written where "×N" stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QPointF
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QGraphicsView

from gui.canvas.naming import LineEditor
from gui.canvas.scene import Scene
from gui.document.document import Document
from gui.language import tr
from model.design.elements import Component
from model.design.fields import MOST_HOSTS
from model.editing.hosts import counted, hosts_of
from model.shapes.geometry import Point, Rect

_STEPS = {"+": 1, "-": -1, "＋": 1, "−": -1, "－": -1}


def badge(scene: Scene, name: str) -> Rect | None:
    """Where "×N" stands on a card, in the scene; None where the card is of a single host."""
    component, card = scene.design.component_by_id.get(name), scene.card_items.get(name)
    if component is None or card is None or component.count == 1:
        return None
    written, measure = f"×{component.count:,}", scene.look.measure
    for item in card.texts():
        at = item.text.find(written)
        if at >= 0:
            left = item.x + measure.width(item.text[:at], item.size)
            rise = measure.ascent(item.size)
            width, height = measure.width(written, item.size), measure.line_height(item.size)
            return Rect(card.frame.x + left, card.frame.y + item.y - rise, width, height)
    return None


def on_badge(scene: Scene, point: QPointF) -> str | None:
    """The card whose "×N" is at a point of the scene."""
    name = scene.card_at(point)
    place = badge(scene, name) if name is not None else None
    return name if place is not None and place.grow(5).contains(Point(point.x(), point.y())) else None


class HostsEditor(LineEditor):
    """Edits the number of hosts. `tell(sentence)`: something to be said aloud."""

    def __init__(
        self, document: Document, scene: Scene, view: QGraphicsView, tell: Callable[[str], None]
    ) -> None:
        super().__init__(view)
        self.setObjectName("hosts")
        self.setFixedWidth(96)
        self.setValidator(QIntValidator(1, MOST_HOSTS, self))
        self._document, self._scene, self._tell = document, scene, tell

    def start(self, ids: Iterable[str]) -> None:
        """Ask for the number of hosts of all of these; nothing where none of them stands for hosts."""
        found = hosts_of(self._document.view.design, self._document.catalog, ids)
        seen = [each for each in found if each.id in self._scene.cards]
        if found and not seen:
            self._document.refused.emit(tr("canvas.folded"))
        if not seen:
            return
        frame = self._scene.cards[seen[0].id]
        place = badge(self._scene, seen[0].id)
        at = Point(place.x - 8, place.y - 7) if place is not None else Point(frame.x + 42, frame.y + 26)
        counts = {each.count for each in found}
        self.setAccessibleName(tr("inspector.count"))
        self.setPlaceholderText(tr("whatif.mixed"))
        self.ask(str(counts.pop()) if len(counts) == 1 else "", at, 0, partial(self._put, found))

    def _put(self, them: Sequence[Component], text: str) -> None:
        if text and self.hasAcceptableInput():
            self._change({each.id: int(text) for each in them})

    def _change(self, counts: dict[str, int]) -> None:
        there = self._document.edited.component_by_id
        differing = {name: n for name, n in counts.items() if name in there and there[name].count != n}
        if differing and self._document.edit(tr("edit.count"), lambda design: counted(design, differing)):
            name, count = next(iter(differing.items()))
            self._tell(f"{there[name].name}: {tr('status.hosts', count=count)}")

    def press(self, event: QKeyEvent, ids: Iterable[str]) -> bool:
        """Follow + and −: one host more or less at each of these; False where the key is another one."""
        step = _STEPS.get(event.text())
        found = hosts_of(self._document.edited, self._document.catalog, ids)
        if step is None or not found:
            return False
        self._change({each.id: min(max(each.count + step, 1), MOST_HOSTS) for each in found})
        return True

"""Placing components: what the palette, drops and the Insert menu lead to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from gui.canvas.quick import QuickAdd
from gui.desk import Desk
from gui.language import said, tr
from gui.style import icons, looks
from model.catalog.rules import Kind
from model.derivation.derive import derive
from model.design.design import Design
from model.editing import edits
from model.editing.placing import (
    GAP,
    free_spot,
    grown,
    has_room,
    innermost,
    internet,
    kept_inside,
    missing_services,
    nearest_free,
    snapped,
    with_internet,
)
from model.picture.cards import card_size
from model.shapes.geometry import Point, Rect, Size

_ROOM = 60
"""Between a card and the one in whose place it was wanted, in pixels: their connector has a label."""


class Placement(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w = desk
        self.quick = QuickAdd(desk.document.catalog, desk.scene, desk.canvas, self._icon)
        self.quick.chosen.connect(self.add_at)

    def quick_add(self) -> None:
        """Ask what to place where the user is."""
        self.quick.open_at(self._w.canvas.here())

    def quick_add_at(self, at: QPoint) -> None:
        """Ask what to place at a point of the screen; in the middle of what is seen where that is not on the canvas."""
        area = self._w.canvas.viewport()
        spot = area.mapFromGlobal(at)
        self.quick.open_at(spot if area.rect().contains(spot) else area.rect().center())

    def _icon(self, kind: Kind) -> QIcon:
        return icons.tile(kind.icon, "#ffffff", looks.tile_of(kind, self._w.mode))

    def place(self, kind: str) -> None:
        """Place a component where it belongs: services in the Internet zone, others in the selected or first zone."""
        document = self._w.document
        known = document.catalog.kind_by_id[kind]
        name = document.free_name(said(known.name))
        made: list[str] = []

        def change(design: Design) -> Design:
            zone = internet(design) if known.service else self._usual_zone(design)
            if known.service and zone is None:
                design, zone = with_internet(design, tr("new.internet"))
            after, new = self._placed(design, kind, name, zone)
            made.append(new)
            return after

        if document.edit(tr("edit.place", name=name), change):
            self._w.selection.select(made, self)

    def place_at(self, kind: str, x: float, y: float) -> None:
        """Place a component with its middle at a point, in the zone that is there."""
        self._place_around(kind, Point(x, y), lambda design, frame: frame)

    def add_at(self, kind: str, x: float, y: float) -> None:
        """The same, but beside what is there already, and in sight; the zone grows where it must."""
        self._place_around(kind, Point(x, y), self._beside)
        self._w.canvas.reveal(self._w.selection.ids)

    def _place_around(self, kind: str, at: Point, put: Callable[[Design, Rect], Rect]) -> None:
        document = self._w.document
        if kind not in document.catalog.kind_by_id:
            return
        name = document.free_name(said(document.catalog.kind_by_id[kind].name))
        made: list[str] = []

        def change(design: Design) -> Design:
            zone = innermost(design, at)
            after, new = edits.place(design, kind, name, snapped(at), zone)
            size = self._size(after, new)
            made.append(new)
            x, y = snapped(Point(at.x - size.width / 2, at.y - size.height / 2))
            frame = put(design, Rect(x, y, size.width, size.height))
            after = edits.move(after, {new: snapped(Point(frame.x, frame.y))})
            return after if (frame.x, frame.y) == (x, y) else grown(after, zone, frame)

        if document.edit(tr("edit.place", name=name), change):
            self._w.selection.select(made)

    def _beside(self, design: Design, frame: Rect) -> Rect:
        """A frame within the zone that is there; where it covers something, or a border, the nearest that does not.

        Rather one for which no zone has to grow over its neighbours.
        """
        zone = innermost(design, frame.center)
        frame = kept_inside(frame, design.zone_by_id[zone].rect) if zone is not None else frame
        shown = self._w.scene.cards
        cards = [shown[each.id] for each in design.components if each.id in shown]
        others = [inner.rect for inner in design.zones if inner.parent == zone]
        others += [note.rect for note in design.notes]
        gap = _ROOM if any(card.intersects(frame) for card in cards) else GAP

        def better(place: Rect) -> bool:
            return has_room(design, zone, place, shown)

        return nearest_free(frame, [*cards, *others], gap, better=better)

    def place_services(self) -> None:
        """Place all services of the vendor that are missing, in the Internet zone, as one step."""
        document = self._w.document
        missing = missing_services(document.edited, document.catalog)

        def change(design: Design) -> Design:
            design, zone = with_internet(design, tr("new.internet"))
            for kind in missing:
                design, _ = self._placed(design, kind, said(document.catalog.kind_by_id[kind].name), zone)
            return design

        if missing and document.edit(tr("edit.place_services"), change):
            self._w.canvas.show_whole()

    def _placed(self, design: Design, kind: str, name: str, zone: str | None) -> tuple[Design, str]:
        """With a component in a free spot of a zone (None: of what is seen), and the zone grown where it must."""
        after, new = edits.place(design, kind, name, (0, 0), zone)
        size = self._size(after, new)
        cards = self._w.scene.cards
        taken = [Rect(c.point.x, c.point.y, *_wide(cards.get(c.id), size)) for c in design.components]
        taken += [inner.rect for inner in design.zones if inner.parent == zone]
        taken += [note.rect for note in design.notes]
        area = design.zone_by_id[zone].rect if zone is not None else None
        seen = self._w.canvas.mapToScene(self._w.canvas.viewport().rect().center())
        spot = free_spot(size, taken, area, Point(*snapped(Point(seen.x() - 100, seen.y() - 60))))
        moved = edits.move(after, {new: snapped(spot)})
        return grown(moved, zone, Rect(spot.x, spot.y, size.width, size.height)), new

    def _size(self, design: Design, new: str) -> Size:
        """How large the card of a new component will be: what it says depends on its flows."""
        graph = derive(design, self._w.document.catalog)
        return card_size(design.component_by_id[new], graph, self._w.scene.look)

    def _usual_zone(self, design: Design) -> str | None:
        ids = self._w.selection.ids
        chosen = [name for name in design.zone_by_id if name in ids]
        around = [design.component_by_id[name].zone for name in ids if name in design.component_by_id]
        inner = [zone.id for zone in design.zones if zone.kind != "internet"]
        return next((zone for zone in (*chosen, *around) if zone), inner[0] if inner else None)


def _wide(known: Rect | None, otherwise: Size) -> tuple[float, float]:
    return (known.width, known.height) if known is not None else (otherwise.width, otherwise.height)

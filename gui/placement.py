"""Placing components: what the palette, drops and the Insert menu lead to."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.desk import Desk
from gui.language import said, tr
from model import edits
from model.derive import derive
from model.design import Design
from model.drawing import card_size
from model.geometry import Point, Rect, Size
from model.placing import free_spot, grown, innermost, internet, missing_services, snapped, with_internet


class Placement(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w = desk

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
        document = self._w.document
        if kind not in document.catalog.kind_by_id:
            return
        name = document.free_name(said(document.catalog.kind_by_id[kind].name))
        made: list[str] = []

        def change(design: Design) -> Design:
            zone = innermost(design, Point(x, y))
            after, new = edits.place(design, kind, name, snapped(Point(x, y)), zone)
            size = self._size(after, new)
            made.append(new)
            return edits.move(after, {new: snapped(Point(x - size.width / 2, y - size.height / 2))})

        if document.edit(tr("edit.place", name=name), change):
            self._w.selection.select(made)

    def place_services(self) -> None:
        """Place all services of the vendor that are missing, in the Internet zone, as one step."""
        document = self._w.document
        missing = missing_services(document.edited, document.catalog)

        def change(design: Design) -> Design:
            design, zone = with_internet(design, tr("new.internet"))
            for kind in missing:
                design, _ = self._placed(design, kind, said(document.catalog.kind_by_id[kind].name), zone)
            return design

        if missing:
            document.edit(tr("edit.place_services"), change)

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

"""Placing components: what the palette, drops and the Insert menu lead to."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from gui.canvas.paint import qrect
from gui.canvas.quick import QuickAdd
from gui.desk import Desk
from gui.language import said, tr
from gui.style import icons, looks
from model.catalog.rules import Kind
from model.derivation.derive import derive
from model.design.design import Design
from model.editing import edits
from model.editing.placing import GAP, innermost, internet, missing_services, shown, snapped, with_internet
from model.editing.room import Room
from model.picture.cards import card_size, roomy_size
from model.shapes.geometry import Point, Rect

_ROOM = 60
"""Between a card and the one in whose place it was wanted, in pixels: their connector has a label."""


class _Spot(NamedTuple):
    """Where something shall be added: the zone, and the point near which its middle or its corner comes to lie.

    `design`: with that zone, where it is a new one.
    """

    design: Design
    zone: str | None
    at: Point
    by_middle: bool = False


class Placement(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w = desk
        self.quick = QuickAdd(desk.document.catalog, desk.scene, desk.canvas, self._icon)
        self.quick.chosen.connect(self.place_at)

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
        """Place a component where it belongs: services in the Internet zone, others where the user is."""
        if self._w.document.catalog.kind_by_id[kind].service:
            self._place(kind, self._in_the_internet)
        else:
            self._place(kind, self._where_the_user_is)

    def place_at(self, kind: str, x: float, y: float) -> None:
        """Place a component with its middle at a point, in the zone that is there, as near as there is room."""
        if kind in self._w.document.catalog.kind_by_id:
            self._place(kind, lambda design: _Spot(design, innermost(design, Point(x, y)), Point(x, y), True))

    def _place(self, kind: str, where: Callable[[Design], _Spot]) -> None:
        document = self._w.document
        name = document.free_name(said(document.catalog.kind_by_id[kind].name))
        made: list[str] = []

        def change(design: Design) -> Design:
            spot = where(design)
            design, new = edits.place(spot.design, kind, name, (0, 0), spot.zone)
            made[:] = [new]
            return self._settled(design, made, spot)

        if document.edit(tr("edit.place", name=name), change):
            self._w.selection.select(made, self)
            self._w.canvas.reveal(self._w.selection.ids)

    def _settled(self, design: Design, new: Sequence[str], spot: _Spot) -> Design:
        """With new components put where there is room, one after the other."""
        look, graph = self._w.scene.look, derive(design, self._w.document.catalog)
        room = Room(design, self._w.scene.frames(design), without=new)
        for each in (design.component_by_id[name] for name in new):
            drawn = card_size(each, graph, look)
            by = (-drawn.width / 2, -drawn.height / 2) if spot.by_middle else (0, 0)
            wanted = Rect(*snapped(spot.at.moved(*by)), *roomy_size(each, graph, look))
            room.put({each.id: wanted}, spot.zone, _ROOM if spot.by_middle else None)
        return room.applied()

    def _in_the_internet(self, design: Design) -> _Spot:
        """The beginning of the Internet zone; of a new one at the right of everything where none is drawn."""
        there = internet(design)
        if there is None:
            design, there = with_internet(design, tr("new.internet"))
            room = Room(design, self._w.scene.frames(design), without=(there,))
            room.put({there: design.zone_by_id[there].rect}, None)
            design = room.applied()
        frame = design.zone_by_id[there].rect
        return _Spot(design, there, Point(frame.left, frame.top))

    def _where_the_user_is(self, design: Design) -> _Spot:
        """The zone selected, or that of what is selected, where that is in sight; else the nearest to the middle.

        Where there is none, the middle of what is selected or seen.
        """
        canvas, ids = self._w.canvas, self._w.selection.ids
        middle = canvas.mapToScene(canvas.selected_middle())
        at, seen = Point(middle.x(), middle.y()), canvas.seen()
        zone: str | None = None
        chosen = [name for name in design.zone_by_id if name in ids]
        chosen += [each.zone for each in design.components if each.id in ids and each.zone is not None]
        if qrect(seen).intersects(canvas.around(ids)) and (chosen or ids & design.component_by_id.keys()):
            zone = shown(design, chosen[0]) if chosen else None
        else:
            near = [
                each
                for each in reversed(self._w.scene.zones)
                if each.id in design.zone_by_id and each.kind != "internet" and each.rect.intersects(seen)
            ]
            nearest = min(near, key=lambda each: _distance(at, each.rect), default=None)
            zone = nearest.id if nearest is not None else None
        if zone is None:
            return _Spot(design, None, at, True)
        return _Spot(design, zone, _beginning(design.zone_by_id[zone].rect, seen))

    def place_services(self) -> None:
        """Place all services of the vendor that are missing, in the Internet zone, as one step."""
        document = self._w.document
        missing = missing_services(document.edited, document.catalog)

        def change(design: Design) -> Design:
            spot = self._in_the_internet(design)
            design, new = spot.design, list[str]()
            for kind in missing:
                name = said(document.catalog.kind_by_id[kind].name)
                design, made = edits.place(design, kind, name, (0, 0), spot.zone)
                new.append(made)
            return self._settled(design, new, spot)

        if missing and document.edit(tr("edit.place_services"), change):
            self._w.canvas.show_whole()


def _beginning(zone: Rect, seen: Rect) -> Point:
    """The upper left corner of a zone, or of the part of it that is seen."""
    if not zone.intersects(seen):
        return Point(zone.left, zone.top)
    left = max(zone.left, math.ceil(seen.left) + GAP)
    return Point(left, max(zone.top, math.ceil(seen.top) + GAP))


def _distance(at: Point, frame: Rect) -> float:
    """How far a point lies from a frame: nothing within it."""
    across = max(frame.left - at.x, 0.0, at.x - frame.right)
    return across + max(frame.top - at.y, 0.0, at.y - frame.bottom)

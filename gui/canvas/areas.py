"""Zones as areas on the canvas: each one's box lies under the connectors, its title over them.

A title that another zone lies over is drawn with its own box instead, while a hand moves either of them, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QGraphicsScene

from gui.canvas.items import TITLES, ZONES, Drawn, drop, item_for
from gui.canvas.marks import marked
from model.design.elements import Zone
from model.picture.cards import covered_titles, zone_box, zone_title
from model.picture.look import Look
from model.shapes.geometry import Point
from model.shapes.primitives import Group


class Areas:
    """The boxes and titles of zones, by their ids; kept in step with each other."""

    def __init__(self, scene: QGraphicsScene, look: Look) -> None:
        self._scene = scene
        self.look = look
        self.boxes: dict[str, Drawn] = {}
        self.titles: dict[str, Drawn] = {}
        self._drawn: dict[str, Zone] = {}
        """The zones as they are drawn, in the order in which they lie over each other."""
        self._covered: frozenset[str] = frozenset()

    def show(self, zones: Sequence[Zone], look: Look) -> None:
        """Draw these zones, bottom first, and no others."""
        self.look = look
        for items in (self.boxes, self.titles):
            drop(self._scene, items, {zone.id for zone in zones})
        self._drawn = {zone.id: zone for zone in zones}
        self._covered = covered_titles(zones, look)
        for depth, zone in enumerate(zones):
            for items, level in ((self.boxes, ZONES), (self.titles, TITLES)):
                item_for(self._scene, items, zone.id, level, 10).setZValue(level + depth / 100)
            self._draw(zone)
            self._shift(zone.id, 0, 0)

    def preview(self, zone: Zone) -> None:
        """Draw one zone with another frame. One that is folded away stays so."""
        if zone.id in self._drawn:
            self._drawn[zone.id] = zone
            self._draw(zone)
            self._shift(zone.id, 0, 0)
            self._settle()

    def shift(self, names: Iterable[str], dx: float, dy: float) -> None:
        """Show zones elsewhere than the design has them, while a hand moves them. Those not drawn stay so."""
        for name in self._drawn.keys() & names:
            self._shift(name, dx, dy)
        self._settle()

    def _shift(self, name: str, dx: float, dy: float) -> None:
        for items in (self.boxes, self.titles):
            items[name].setPos(dx, dy)

    def _settle(self) -> None:
        """Let titles that came to lie under another zone, or out from under it, be drawn accordingly."""
        moved = {name: Point(box.x(), box.y()) for name, box in self.boxes.items()}
        found = covered_titles(tuple(self._drawn.values()), self.look, moved)
        turned, self._covered = found ^ self._covered, found
        for name in turned:
            self._draw(self._drawn[name])

    def _draw(self, zone: Zone) -> None:
        covered = zone.id in self._covered
        self.boxes[zone.id].show_group(zone_box(zone, self.look, title=covered), zone.rect)
        title = Group(f"zone:{zone.id}", "", ()) if covered else zone_title(zone, self.look)
        self.titles[zone.id].show_group(marked(title, zone.locked, self.look, zone.rect), zone.rect)

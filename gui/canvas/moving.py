"""Moving things and resizing zones: previews made of items, and the one edit they end in."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from gui.canvas.hand import Hand
from gui.canvas.paint import qrect
from gui.canvas.routes import sketch
from gui.language import tr
from gui.placing import GRID, innermost, rejoined
from model import edits
from model.design import Design
from model.geometry import Rect, snap

_SMALLEST_ZONE = 60.0


class Move:
    """The selected things follow the hand; zones take along what lies in them."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        design = hand.document.view.design
        ids = hand.selection.ids
        self._roots = tuple(
            name for name in design.zone_by_id if name in ids and not ids & set(design.zone_chain(name)[1:])
        )
        self._zones = frozenset(z.id for z in design.zones if set(self._roots) & set(design.zone_chain(z.id)))
        carried = {c.id for c in design.components if c.zone in self._zones}
        self._loose = tuple(c.id for c in design.components if c.id in ids and c.id not in carried)
        self._cards = frozenset(carried | set(self._loose))
        inside = {
            n.id for n in design.notes if any(design.zone_by_id[z].rect.contains(n.rect) for z in self._roots)
        }
        self._loose_notes = tuple(n.id for n in design.notes if n.id in ids and n.id not in inside)
        self._notes = frozenset(inside | set(self._loose_notes))
        self._by = (0, 0)
        hand.scene.wires.hide_at(self._cards)

    def to(self, dx: float, dy: float, free: bool) -> None:
        """Show everything moved this far, on the grid unless `free`."""
        grid = 1 if free else GRID
        self._by = by = (int(snap(dx, grid)), int(snap(dy, grid)))
        scene = self._hand.scene
        for name in self._cards:
            frame = scene.cards[name]
            scene.card_items[name].setPos(frame.x + by[0], frame.y + by[1])
        for name in self._zones:
            scene.shift_zone(name, *by)
        for name in self._notes:
            scene.note_items[name].setPos(*by)
        self._show_target()
        lines = [
            sketch(self._frame(source), self._frame(target))
            for source, target in scene.wires.pairs
            if source in self._cards or target in self._cards
        ]
        scene.overlay.show_sketches(lines)

    def _frame(self, name: str) -> Rect:
        frame = self._hand.scene.cards[name]
        return frame.moved(*self._by) if name in self._cards else frame

    def _target(self, name: str) -> str | None:
        return innermost(self._hand.document.view.design, self._frame(name).center, self._zones)

    def _show_target(self) -> None:
        design = self._hand.document.view.design
        joined = [self._target(n) for n in self._loose if self._target(n) != design.component_by_id[n].zone]
        zone = next((name for name in joined if name is not None), None)
        self._hand.scene.overlay.show_target(qrect(design.zone_by_id[zone].rect) if zone else None)

    def commit(self) -> None:
        """Make it so, as one step."""
        by = self._by
        self._hand.scene.wires.hide_at(frozenset())
        if by == (0, 0) or not self._hand.document.edit(tr("edit.move"), self._change):
            self.abandon()

    def _change(self, design: Design) -> Design:
        dx, dy = self._by
        places = {n: design.component_by_id[n].position for n in self._loose}
        zones = {n: self._target(n) for n in self._loose if self._target(n) != design.component_by_id[n].zone}
        after = edits.move(design, {n: (x + dx, y + dy) for n, (x, y) in places.items()}, zones)
        for name in self._roots:
            after = edits.move_zone(after, name, dx, dy)
            parent = innermost(after, after.zone_by_id[name].rect.center, self._zones)
            if parent != after.zone_by_id[name].parent:
                after = edits.change_zone(after, name, parent=parent)
        for note in design.notes:
            if note.id in self._loose_notes:
                x, y, width, height = note.frame
                after = edits.change_note(after, note.id, frame=(x + dx, y + dy, width, height))
        return after

    def abandon(self) -> None:
        """Put everything back."""
        scene = self._hand.scene
        scene.wires.hide_at(frozenset())
        for name in self._cards:
            if name in scene.card_items:
                scene.card_items[name].setPos(QPointF(scene.cards[name].x, scene.cards[name].y))
        for name in self._zones & scene.zone_items.keys():
            scene.shift_zone(name, 0, 0)
        for name in self._notes & scene.note_items.keys():
            scene.note_items[name].setPos(0, 0)


class Resize:
    """A zone's border follows the hand."""

    def __init__(self, hand: Hand, zone: str, sides: str) -> None:
        self._hand, self._sides = hand, sides
        self._zone = hand.document.view.design.zone_by_id[zone]
        self._frame = self._zone.rect

    def to(self, dx: float, dy: float, free: bool) -> None:
        """Show the zone with its border moved this far, on the grid unless `free`."""
        old, grid = self._zone.rect, 1.0 if free else float(GRID)
        left, top, right, bottom = old.left, old.top, old.right, old.bottom
        if "w" in self._sides:
            left = min(snap(left + dx, grid), right - _SMALLEST_ZONE)
        if "e" in self._sides:
            right = max(snap(right + dx, grid), left + _SMALLEST_ZONE)
        if "n" in self._sides:
            top = min(snap(top + dy, grid), bottom - _SMALLEST_ZONE)
        if "s" in self._sides:
            bottom = max(snap(bottom + dy, grid), top + _SMALLEST_ZONE)
        self._frame = Rect(left, top, right - left, bottom - top)
        self._hand.scene.show_zone(self._zone.evolve(frame=self._whole()))

    def _whole(self) -> tuple[int, int, int, int]:
        frame = self._frame
        return int(frame.x), int(frame.y), int(frame.width), int(frame.height)

    def commit(self) -> None:
        """Make it so, as one step."""
        sizes = self._hand.sizes()

        def change(design: Design) -> Design:
            return rejoined(edits.reframe(design, self._zone.id, self._whole()), sizes, self._zone.id)

        if self._whole() == self._zone.frame or not self._hand.document.edit(tr("edit.resize"), change):
            self.abandon()

    def abandon(self) -> None:
        """Show the zone as it is."""
        self._hand.scene.show_zone(self._zone)


def nudged(design: Design, ids: frozenset[str], dx: int, dy: int) -> Design:
    """With the named things moved by a step; zones take along what lies in them."""
    roots = [n for n in design.zone_by_id if n in ids and not ids & set(design.zone_chain(n)[1:])]
    carried = {c.id for c in design.components if set(roots) & set(design.zone_chain(c.zone))}
    loose = {
        c.id: (c.position[0] + dx, c.position[1] + dy)
        for c in design.components
        if c.id in ids and c.id not in carried
    }
    notes = [
        n
        for n in design.notes
        if n.id in ids and not any(design.zone_by_id[z].rect.contains(n.rect) for z in roots)
    ]
    after = edits.move(design, loose)
    for name in roots:
        after = edits.move_zone(after, name, dx, dy)
    for note in notes:
        x, y, width, height = note.frame
        after = edits.change_note(after, note.id, frame=(x + dx, y + dy, width, height))
    return after

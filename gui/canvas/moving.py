"""Moving things and resizing zones: previews made of items, and the one edit they end in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QLineF, QRectF

from gui.canvas.bundles import Pair
from gui.canvas.following import Following
from gui.canvas.hand import Hand
from gui.canvas.paint import qrect
from gui.canvas.routes import sketch
from gui.document.moves import frames, moved, roots
from gui.language import tr
from model.design.design import Design
from model.editing import bending, edits, locks
from model.editing.guides import NEIGHBOURS, Snapped, edge_guides, snap_edges, snap_move
from model.editing.placing import GRID, innermost, rejoined
from model.errors import DesignError
from model.shapes.geometry import Point, Rect, bounding

_SMALLEST_ZONE = 60.0

RAYS = 200
"""From how many connectors on they follow the hand as straight lines: nobody follows single ones then."""

_PULL = 6.0
"""How near (screen pixels) something must come to a neighbour's line to be drawn to it."""


class Move:
    """The selected things follow the hand; zones take along what lies in them."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        scene, design = hand.scene, hand.document.view.design
        self._roots = roots(design, hand.selection.ids)
        zones = [design.zone_by_id[name] for name in design.zone_by_id if name in self._roots]
        self._zones = frozenset(z.id for z in design.zones if self._roots & {*design.zone_chain(z.id)})
        carried = {c.id for c in design.components if c.zone in self._zones}
        self._loose = self._roots & design.component_by_id.keys()
        self._cards = frozenset(scene.cards.keys() & (carried | self._loose | self._zones))
        inside = {n.id for n in design.notes if any(zone.rect.contains(n.rect) for zone in zones)}
        self._notes = (inside | {n.id for n in design.notes if n.id in self._roots}) & scene.note_items.keys()
        self._box = bounding(frames(design, self._roots, scene.cards).values())
        self._others = neighbours(hand, self._roots, self._roots | self._zones)
        self._by = (0, 0)
        self._wires = [pair for pair in scene.wires.pairs if self._cards.intersection(pair)]
        self._frames = scene.cards | scene.ghosts
        self._rays = _Rays(self._frames, self._wires, self._cards)
        before = scene.routes.in_step(self._cards, scene.wires.pairs)
        self._following = Following(scene, before) if before is not None and self._wires else None
        scene.wires.hide_at(frozenset() if self._following is not None else self._cards)
        if len(self._wires) > RAYS and not self._zones and not self._notes:
            scene.card_layer.lift(self._cards)

    def to(self, dx: float, dy: float, free: bool) -> None:
        """Show everything moved this far: to a neighbour's line or the grid, or just so where it is `free`."""
        if self._box is None:
            return
        found = drawn_to(self._hand, self._box, dx, dy, self._others, free)
        self._by = by = (found.dx, found.dy)
        scene = self._hand.scene
        for name in self._cards:
            frame = scene.cards[name]
            scene.card_items[name].move_to(frame.moved(*by))
        scene.areas.shift(self._zones, *by)
        for name in self._notes:
            scene.note_items[name].setPos(*by)
        self._show_target()
        if self._following is not None:
            self._follow(self._following)
        elif len(self._wires) > RAYS:
            scene.overlay.show_rays(*self._rays.at(*by))
        else:
            scene.overlay.show_sketches([sketch(self._frame(a), self._frame(b)) for a, b in self._wires])
        scene.overlay.show_guides(found.guides)

    def _follow(self, following: Following) -> None:
        """Let the connectors run as they will where the hand lets go now; as they were where it cannot."""
        design = self._hand.document.view.design
        try:
            after = bending.carried(design, self._change(design))
        except DesignError:
            return
        cards = self._hand.scene.cards
        following.show(after, {**cards, **{name: cards[name].moved(*self._by) for name in self._cards}})

    def _frame(self, name: str) -> Rect:
        frame = self._frames[name]
        return frame.moved(*self._by) if name in self._cards else frame

    def _show_target(self) -> None:
        design = self._hand.document.view.design
        found = {n: innermost(design, self._frame(n).center, self._zones) for n in self._loose}
        joined = (zone for name, zone in found.items() if zone != design.component_by_id[name].zone)
        zone = next((name for name in joined if name is not None), None)
        self._hand.scene.overlay.show_target(qrect(design.zone_by_id[zone].rect) if zone else None)

    def commit(self) -> None:
        """Make it so, as one step; refused where all that is selected is locked."""
        self._hand.scene.wires.hide_at(frozenset())
        self._hand.scene.card_layer.lift(frozenset())
        done = self._by != (0, 0) or not self._roots
        if not done or not self._hand.document.edit(tr("edit.move"), self._change):
            self.abandon()

    def _change(self, design: Design) -> Design:
        locks.free(design, self._hand.selection.ids)
        return moved(design, dict.fromkeys(self._roots, self._by), self._hand.scene.sizes)

    def abandon(self) -> None:
        """Put everything back."""
        scene = self._hand.scene
        scene.wires.hide_at(frozenset())
        if self._following is not None:
            scene.show_wires()
        scene.card_layer.lift(frozenset())
        for name in self._cards:
            if name in scene.card_items:
                scene.card_items[name].move_to(scene.cards[name])
        scene.areas.shift(self._zones, 0, 0)
        for name in self._notes & scene.note_items.keys():
            scene.note_items[name].setPos(0, 0)


class _Rays:
    """Straight lines from moving cards to those that stay; what moves as a whole has none within."""

    def __init__(self, cards: Mapping[str, Rect], wires: Iterable[Pair], moving: frozenset[str]) -> None:
        between = [pair for pair in wires if (pair[0] in moving) != (pair[1] in moving)]
        ends = [(b, a) if b in moving else (a, b) for a, b in between]
        middles = {name: cards[name].center for name in {name for pair in ends for name in pair}}
        self._ends = [(*_xy(middles[still]), *_xy(middles[held])) for held, still in ends]
        self._still = bounding(cards[still] for _, still in ends)
        self._held = bounding(cards[held] for held, _ in ends)

    def at(self, dx: float, dy: float) -> tuple[list[QLineF], QRectF]:
        """The lines when the cards have moved this far, and what they lie in."""
        if self._still is None or self._held is None:
            return [], QRectF()
        lines = [QLineF(x, y, held_x + dx, held_y + dy) for x, y, held_x, held_y in self._ends]
        return lines, qrect(self._still).united(qrect(self._held.moved(dx, dy)))


def _xy(point: Point) -> tuple[float, float]:
    return point.x, point.y


class Resize:
    """A zone's border follows the hand."""

    def __init__(self, hand: Hand, zone: str, sides: str) -> None:
        self._hand, self._sides = hand, sides
        self._zone = hand.document.view.design.zone_by_id[zone]
        self._frame = self._zone.rect
        self._others = neighbours(hand, frozenset((zone,)), frozenset((zone,)))

    def to(self, dx: float, dy: float, free: bool) -> None:
        """Show the zone with its border moved this far: to a neighbour's edge or the grid unless it is `free`."""
        wanted = self._stretched(self._zone.rect, dx, dy)
        if not free:
            reach = _PULL / self._hand.scale()
            drawn = snap_edges(wanted, self._sides, self._others, reach, GRID)
            old = self._zone.rect
            wanted = self._stretched(
                old,
                drawn.left - old.left if "w" in self._sides else drawn.right - old.right,
                drawn.top - old.top if "n" in self._sides else drawn.bottom - old.bottom,
            )
        self._frame = wanted
        scene = self._hand.scene
        scene.areas.preview(self._zone.evolve(frame=self._whole()))
        scene.overlay.show_guides(() if free else edge_guides(wanted, self._sides, self._others))

    def _stretched(self, old: Rect, dx: float, dy: float) -> Rect:
        """The frame with its held sides moved, never smaller than a zone may be drawn."""
        left, top, right, bottom = old.left, old.top, old.right, old.bottom
        if "w" in self._sides:
            left = min(left + dx, right - _SMALLEST_ZONE)
        if "e" in self._sides:
            right = max(right + dx, left + _SMALLEST_ZONE)
        if "n" in self._sides:
            top = min(top + dy, bottom - _SMALLEST_ZONE)
        if "s" in self._sides:
            bottom = max(bottom + dy, top + _SMALLEST_ZONE)
        return Rect(left, top, right - left, bottom - top)

    def _whole(self) -> tuple[int, int, int, int]:
        frame = self._frame
        return round(frame.x), round(frame.y), round(frame.width), round(frame.height)

    def commit(self) -> None:
        """Make it so, as one step."""
        sizes = self._hand.scene.sizes

        def change(design: Design) -> Design:
            return rejoined(edits.reframe(design, self._zone.id, self._whole()), sizes, self._zone.id)

        if self._whole() == self._zone.frame or not self._hand.document.edit(tr("edit.resize"), change):
            self.abandon()

    def abandon(self) -> None:
        """Show the zone as it is."""
        zone = self._hand.scene.design.zone_by_id.get(self._zone.id)
        if zone is not None:
            self._hand.scene.areas.preview(zone)


def drawn_to(hand: Hand, box: Rect, dx: float, dy: float, others: tuple[Rect, ...], free: bool) -> Snapped:
    """How far something held comes: to a neighbour's line or the grid, or just so where it is `free`."""
    if free:
        return Snapped(round(dx), round(dy))
    return snap_move(box, dx, dy, others, _PULL / hand.scale(), GRID)


def neighbours(hand: Hand, held: frozenset[str], moving: frozenset[str]) -> tuple[Rect, ...]:
    """What something held can line up with: things of its kind that can be seen and do not move with it."""
    scene, design, seen = hand.scene, hand.document.view.design, hand.seen()
    areas = held & {zone.id for zone in scene.zones}
    if areas:
        around = {name for zone in areas for name in design.zone_chain(zone)}
        found = [zone.rect for zone in scene.zones if zone.id not in moving | around]
    else:
        found = [card for name, card in scene.cards.items() if name not in moving]
        found += [note.rect for note in scene.notes if note.id not in moving]
    near = tuple(rect for rect in found if rect.intersects(seen))
    return near if len(near) <= NEIGHBOURS else ()

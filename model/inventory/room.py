"""Room on the canvas for many new cards: rows of them at a free place of their zone, and zones that grow without harm.

A zone grows to the right and downwards. What lies beyond its old edge, beside it in the same zone around it, gives way
by as much, so nothing that lay apart comes to overlap; then the zone around grows in the same way.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.design.design import Design
from model.editing import edits
from model.editing.placing import BELOW, GAP, GRID, ZONE_HEAD, ZONE_PAD, free_spot, snapped
from model.shapes.geometry import Point, Rect, Size, bounding

_APART = 4 * GAP
"""How far new zones, and what lies in no zone, stay from what is there."""
_NARROWEST = 900.0
"""How wide rows of new zones may be in any case."""
_IN_NO_ZONE = 4
"""How many cards stand side by side outside all zones, at least."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Cards in rows: how many side by side, and the size of one with the gap after it."""

    across: int
    cell: Size
    size: Size

    def place(self, number: int, at: Point) -> tuple[int, int]:
        """Where a card of the block stands."""
        return snapped(
            Point(
                at.x + number % self.across * self.cell.width, at.y + number // self.across * self.cell.height
            )
        )


class Canvas:
    """Where everything of a design lies, changed in place until `applied`. `without`: what is still to be placed."""

    def __init__(self, design: Design, sizes: Mapping[str, Size], without: frozenset[str]) -> None:
        self._design, self._sizes = design, sizes
        self._cards = {c.id: _at(c.point, sizes[c.id]) for c in design.components if c.id not in without}
        self._zones = {zone.id: zone.rect for zone in design.zones if zone.id not in without}
        self._notes = {note.id: note.rect for note in design.notes}
        self._home: dict[str, str | None] = {c.id: c.zone for c in design.components}
        self._home |= {zone.id: zone.parent for zone in design.zones}
        self._home |= {note: self._around(rect) for note, rect in self._notes.items()}

    def fill(self, zone: str, names: Sequence[str]) -> None:
        """Put cards into a zone, and make it as large as they need."""
        frame = self._zones[zone]
        chain = self._design.zone_chain(zone)
        taken = [*self._cards.values(), *self._notes.values()]
        taken += [rect for other, rect in self._zones.items() if other not in chain]
        taken = [rect for rect in taken if rect.intersects(frame)]
        block, spot = self._fitting(names, taken, frame)
        self._put(names, block, spot)
        self._enlarge(zone, Size(spot.x + block.size.width + ZONE_PAD, spot.y + block.size.height + ZONE_PAD))

    def add_below(self, names: Sequence[str]) -> None:
        """Put cards that lie in no zone below everything."""
        block = self._block(names, max(_IN_NO_ZONE, _squarish(len(names))))
        there = self._extent()
        self._put(names, block, Point(there.left, there.bottom + _APART) if there else Point(0, 0))

    def add_zones(self, zones: Mapping[str, Sequence[str]]) -> None:
        """Put new zones below everything, each as large as its cards need, in rows about as wide as what is there."""
        there = self._extent() or Rect(0, -_APART, 0, 0)
        widest = max(there.width, _NARROWEST)
        left, top = snapped(Point(there.left, there.bottom + _APART))
        x, below = left, top
        for zone, names in zones.items():
            block = self._block(names, max(2, _squarish(len(names))))
            width = int(_up(block.size.width + 2 * ZONE_PAD))
            height = int(_up(ZONE_HEAD + block.size.height + ZONE_PAD))
            if x > left and x + width > left + widest:
                x, top = left, below + int(_APART)
            self._put(names, block, Point(x + ZONE_PAD, top + ZONE_HEAD))
            self._zones[zone] = Rect(x, top, width, height)
            x, below = x + width + int(_APART), max(below, top + height)

    def applied(self) -> Design:
        """The design with everything where it lies now."""
        positions = {name: (int(rect.x), int(rect.y)) for name, rect in self._cards.items()}
        frames = {
            name: (int(r.x), int(r.y), int(r.width), int(r.height)) for name, r in self._zones.items()
        }  # fmt: skip
        design = edits.arrangement(self._design, positions, frames)
        notes = tuple(
            note
            if self._notes[note.id] == note.rect
            else note.evolve(
                frame=(int(self._notes[note.id].x), int(self._notes[note.id].y), *note.frame[2:])
            )
            for note in design.notes
        )
        return design if notes == design.notes else edits.change_design(design, notes=notes)

    # Blocks of cards

    def _block(self, names: Sequence[str], across: int) -> _Block:
        across = max(1, min(across, len(names)))
        down = math.ceil(len(names) / across)
        cell = Size(
            max(self._sizes[name].width for name in names) + GAP,
            max(self._sizes[name].height for name in names) + BELOW,
        )
        return _Block(across, cell, Size(across * cell.width - GAP, down * cell.height - BELOW))

    def _fitting(self, names: Sequence[str], taken: list[Rect], frame: Rect) -> tuple[_Block, Point]:
        """The widest block that finds room in a frame; else one as wide as the frame, below what is there."""
        room = frame.width - 2 * ZONE_PAD + GAP
        widest = max(1, int(room // self._block(names, 1).cell.width))
        inside = frame.inset(ZONE_PAD)
        area = sum(rect.width * rect.height for rect in taken)
        for across in sorted(
            {min(widest, len(names)) * part // 4 for part in (4, 3, 2, 1)} - {0}, reverse=True
        ):
            block = self._block(names, across)
            if area + block.size.width * block.size.height > frame.width * frame.height:
                break
            spot = free_spot(block.size, taken, frame, Point(frame.x, frame.y))
            if inside.contains(_at(spot, block.size)):
                return block, _below_others(spot, block.size, taken, inside)
        block = self._block(names, max(widest, _squarish(len(names))))
        below = max((rect.bottom for rect in taken), default=frame.top + ZONE_HEAD - BELOW)
        x, y = snapped(Point(frame.left + ZONE_PAD, below + BELOW + GRID / 2))
        return block, Point(x, y)

    def _put(self, names: Sequence[str], block: _Block, at: Point) -> None:
        for number, name in enumerate(names):
            x, y = block.place(number, at)
            self._cards[name] = _at(Point(x, y), self._sizes[name])

    # Growing

    def _enlarge(self, zone: str, corner: Size) -> None:
        """Make a zone reach a corner at least, and the zones around it what they then need."""
        at: str | None = zone
        while at is not None:
            frame = self._zones[at]
            right, bottom = max(frame.right, _up(corner.width)), max(frame.bottom, _up(corner.height))
            if (right, bottom) == (frame.right, frame.bottom):
                return
            self._zones[at] = Rect(frame.x, frame.y, right - frame.x, bottom - frame.y)
            around = self._home[at]
            level = [name for name, home in self._home.items() if home == around and name != at]
            for name in level:
                rect = self._rect(name)
                if rect is not None:
                    dx = right - frame.right if rect.left >= frame.right else 0.0
                    dy = bottom - frame.bottom if rect.top >= frame.bottom else 0.0
                    self._shift(name, dx, dy)
            reach = bounding(rect for name in (at, *level) if (rect := self._rect(name)) is not None)
            assert reach is not None, "the zone itself is there"
            corner = Size(reach.right + ZONE_PAD, reach.bottom + ZONE_PAD)
            at = around

    def _shift(self, name: str, dx: float, dy: float) -> None:
        """Move something with all it holds."""
        if not (dx or dy):
            return
        asked = [name]
        while asked:
            each = asked.pop()
            for places in (self._cards, self._zones, self._notes):
                if each in places:
                    places[each] = places[each].moved(dx, dy)
            if each in self._zones:
                asked += [inner for inner, home in self._home.items() if home == each]

    def _rect(self, name: str) -> Rect | None:
        return self._cards.get(name) or self._zones.get(name) or self._notes.get(name)

    def _extent(self) -> Rect | None:
        return bounding((*self._cards.values(), *self._zones.values(), *self._notes.values()))

    def _around(self, rect: Rect) -> str | None:
        """The innermost zone that holds a note whole."""
        holding = [name for name, frame in self._zones.items() if frame.contains(rect)]
        return max(holding, key=lambda name: len(self._design.zone_chain(name)), default=None)


def _below_others(spot: Point, size: Size, taken: Sequence[Rect], inside: Rect) -> Point:
    """A free spot, or one as high and a little further right that lines up with what stands above it."""
    lefts = sorted(
        rect.left for rect in taken if rect.bottom <= spot.y and spot.x < rect.left < spot.x + 3 * GRID
    )
    for left in lefts:
        moved = _at(Point(left, spot.y), size)
        if inside.contains(moved) and not any(rect.grow(GAP / 2).intersects(moved) for rect in taken):
            return Point(left, spot.y)
    return spot


def _at(point: Point, size: Size) -> Rect:
    return Rect(point.x, point.y, size.width, size.height)


def _up(value: float) -> float:
    """The next line of the grid."""
    return math.ceil(value / GRID) * GRID


def _squarish(count: int) -> int:
    """How many cards side by side make a block that is not much taller than wide."""
    return round(math.sqrt(count) / 1.5)

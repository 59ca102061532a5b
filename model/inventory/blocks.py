"""Many new cards at once: in rows at a free place of their zone, or in new zones below everything."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from model.editing.placing import BELOW, GAP, ZONE_HEAD, ZONE_PAD, snapped
from model.editing.room import Room
from model.shapes.geometry import Point, Rect, Size, bounding

_APART = 4 * GAP
"""How far new zones, and what lies in no zone, stay from what is there."""
_NARROWEST = 900.0
"""How wide rows of new zones may be in any case."""
_IN_NO_ZONE = 4
"""How many cards stand side by side outside all zones, at least."""


def fill(room: Room, sizes: Mapping[str, Size], zone: str, names: Sequence[str]) -> None:
    """Put cards into a zone: in the widest rows for which it need not grow, else in rows as wide as it is."""
    frame = room.zone(zone)
    at, inside = Point(frame.left + ZONE_PAD, frame.top + ZONE_HEAD), frame.inset(ZONE_PAD)
    across = max(1, int((inside.width + GAP) // _cell(sizes, names).width))
    for fewer in sorted({min(across, len(names)) * part // 4 for part in (4, 3, 2, 1)} - {0}, reverse=True):
        rows = _rows(sizes, names, fewer, at)
        area = bounding(rows.values())
        place = room.place(area, zone, as_it_is=True) if area is not None else None
        if place is not None:
            room.put(rows, zone, place=place)
            return
    room.put(_rows(sizes, names, max(across, _squarish(len(names))), at), zone)


def add_below(room: Room, sizes: Mapping[str, Size], names: Sequence[str]) -> None:
    """Put cards that lie in no zone below everything."""
    there = room.extent()
    at = Point(there.left, there.bottom + _APART) if there else Point(0, 0)
    room.put(_rows(sizes, names, max(_IN_NO_ZONE, _squarish(len(names))), at), None)


def add_zones(room: Room, sizes: Mapping[str, Size], zones: Mapping[str, Sequence[str]]) -> None:
    """Put new zones below everything, each as large as its cards need, in rows about as wide as what is there."""
    there = room.extent() or Rect(0, -_APART, 0, 0)
    widest = max(there.width, _NARROWEST)
    left, top = snapped(Point(there.left, there.bottom + _APART))
    x, below = left, top
    for zone, names in zones.items():
        rows = _rows(sizes, names, max(2, _squarish(len(names))), Point(0, 0))
        block = bounding(rows.values())
        assert block is not None, "a new zone is made for something"
        width, height = block.width + 2 * ZONE_PAD, ZONE_HEAD + block.height + ZONE_PAD
        if x > left and x + width > left + widest:
            x, top = left, below + int(_APART)
        held = {name: rect.moved(x + ZONE_PAD, top + ZONE_HEAD) for name, rect in rows.items()}
        room.put({zone: Rect(x, top, width, height), **held}, None)
        x, below = x + int(width + _APART), max(below, top + int(height))


def _rows(sizes: Mapping[str, Size], names: Sequence[str], across: int, at: Point) -> dict[str, Rect]:
    """Cards in rows from a point on, so many side by side."""
    cell, across = _cell(sizes, names), max(1, min(across, len(names)))
    return {
        name: Rect(
            *snapped(at.moved(number % across * cell.width, number // across * cell.height)), *sizes[name]
        )
        for number, name in enumerate(names)
    }


def _cell(sizes: Mapping[str, Size], names: Sequence[str]) -> Size:
    """The room for any one of the cards with the gap after it."""
    widest, tallest = max(sizes[name].width for name in names), max(sizes[name].height for name in names)
    return Size(widest + GAP, tallest + BELOW)


def _squarish(count: int) -> int:
    """How many cards side by side make a block that is not much taller than wide."""
    return round(math.sqrt(count) / 1.5)

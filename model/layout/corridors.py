"""Free space between boxes, cut into corridors a connector can run along.

Extending the upper and lower edges of every box sideways cuts the free space into horizontal corridors;
extending the left and right edges cuts the same space into vertical ones. Each free point lies in exactly
one of each kind. Wherever a horizontal and a vertical corridor meet, their whole crossing is free, so a chain
of alternating corridors is a connector that cannot touch a box, whatever place it takes inside each of them.
There are about three corridors per box and direction, which keeps searches small.

Directions are numbers here: axis 0 runs along x (horizontal), axis 1 along y.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Span = tuple[float, float]
Bounds = tuple[Span, Span]
"""A box as its extent along x and along y."""

OUTSIDE = -1
"""Stands for "no box" where a corridor runs out into the open."""


CELL = 200.0
"""Corridors are found by cells of this length."""
_Cells = dict[int, tuple[list[float], list[int]]]


class Corridor(NamedTuple):
    """A free rectangle that reaches as far as possible along its axis."""

    axis: int
    start: float
    """Where it begins along its axis."""
    end: float
    low: float
    """Its first coordinate across the axis."""
    high: float
    box_at_start: int
    """Index of the box that ends it at `start`, or OUTSIDE."""
    box_at_end: int


def corridors(boxes: Sequence[Bounds], frame: Bounds, axis: int, near: Iterable[int]) -> list[Corridor]:
    """All corridors along `axis` inside `frame`, sorted by `low`; overlapping boxes count as one obstacle.

    `near` are the indices of the boxes that reach into the frame.
    """
    cross = 1 - axis
    least, most = frame[cross]
    opening: dict[float, list[int]] = {}
    closing: dict[float, list[int]] = {}
    for index in near:
        low, high = boxes[index][cross]
        opening.setdefault(max(low, least), []).append(index)
        closing.setdefault(min(high, most), []).append(index)
    levels = sorted({least, *opening, *closing, most})
    first, last = frame[axis]
    active: list[tuple[float, float, int]] = []
    running: dict[tuple[float, float, int, int], float] = {}
    found: list[Corridor] = []
    for level in levels:
        for index in closing.get(level, ()):
            entry = (*boxes[index][axis], index)
            place = bisect_left(active, entry)
            if place < len(active) and active[place] == entry:
                del active[place]
        for index in opening.get(level, ()):
            if boxes[index][cross][1] > level:
                insort(active, (*boxes[index][axis], index))
        gaps: dict[tuple[float, float, int, int], float] = {}
        cursor, owner = first, OUTSIDE
        for start, end, index in active:
            if start > cursor:
                gaps[cursor, start, owner, index] = level
            if end > cursor:
                cursor, owner = end, index
        if last > cursor:
            gaps[cursor, last, owner, OUTSIDE] = level
        for key, began in running.items():
            if key in gaps:
                gaps[key] = began
            else:
                found.append(Corridor(axis, key[0], key[1], began, level, key[2], key[3]))
        running = gaps
    found.sort(key=lambda item: (item.low, item.start))
    return found


class CorridorMap:
    """Both kinds of corridors of one arrangement, with the questions a search asks of them."""

    def __init__(self, boxes: Sequence[Bounds], frame: Bounds, near: Sequence[int]) -> None:
        horizontal = corridors(boxes, frame, 0, near)
        vertical = corridors(boxes, frame, 1, near)
        self.all: list[Corridor] = horizontal + vertical
        # Per axis and cell along it: where corridors begin across it, in order, and their numbers.
        self._beside: tuple[_Cells, _Cells] = ({}, {})
        for number, corridor in enumerate(self.all):
            cells = self._beside[corridor.axis]
            for cell in range(int(corridor.start // CELL), int(corridor.end // CELL) + 1):
                lows, numbers = cells.setdefault(cell, ([], []))
                lows.append(corridor.low)
                numbers.append(number)
        self._crossing: dict[int, list[int]] = {}
        self._crossing_lows: dict[int, list[float]] = {}
        self.leaving: list[list[int]] = [[] for _ in boxes]
        """Per box the corridors that touch one of its sides."""
        for number, corridor in enumerate(self.all):
            if corridor.box_at_start != OUTSIDE:
                self.leaving[corridor.box_at_start].append(number)
            if corridor.box_at_end != OUTSIDE:
                self.leaving[corridor.box_at_end].append(number)

    def between(self, number: int, begin: float, stop: float) -> list[int]:
        """Those of the corridors that cross this one that lie, wholly or partly, between two places along it."""
        # They lie side by side in order, as every point is in exactly one of them.
        crossing = self.crossing(number)
        lows = self._crossing_lows[number]
        return crossing[max(bisect_right(lows, begin) - 1, 0) : bisect_left(lows, stop)]

    def crossing(self, number: int) -> list[int]:
        """The corridors of the other axis that cross this one."""
        known = self._crossing.get(number)
        if known is None:
            axis, start, end, low, high, _, _ = self.all[number]
            lows, numbers = self._beside[1 - axis].get(int(low // CELL), ([], []))
            corridors = self.all
            known = [
                other
                for other in numbers[bisect_left(lows, start) : bisect_right(lows, end)]
                if (c := corridors[other]).high <= end and c.start <= low and c.end >= high
            ]
            self._crossing[number] = known
            self._crossing_lows[number] = [self.all[k].low for k in known]
        return known

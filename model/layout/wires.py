"""A connector while it is being worked on: a chain of straight pieces with one free coordinate each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from model.layout.corridors import Bounds
from model.shapes.geometry import Point

LANE = 12.0
"""Distance between parallel pieces, where there is room."""
CLEAR = 10.0
"""Distance a connector keeps from boxes it passes, where there is room."""
PORT_INSET = 8.0
"""Distance of the outermost port from a box's corner, where there is room."""
LEAD_OUT = 12.0
"""Straight length after the source before the first bend, where there is room."""
LEAD_IN = 18.0
"""Straight length before the target, so that an arrowhead sits on a straight piece."""
ARROW = 14.0
"""The least straight length before the target, for the arrowhead, even where room is short."""


@dataclass(slots=True)
class Wire:
    """Piece `k` runs along axis `(first + k) % 2`, at coordinate `at[k]` of the other axis."""

    source: int
    target: int
    first: int
    at: list[float]
    start: float
    """Coordinate along the first piece where it leaves the source's border."""
    end: float
    """Coordinate along the last piece where it meets the target's border."""

    def extent(self, k: int) -> tuple[float, float]:
        """Where piece `k` begins and ends along its own axis, in running order."""
        begin = self.at[k - 1] if k else self.start
        return begin, self.at[k + 1] if k + 1 < len(self.at) else self.end

    def sharpen(self) -> None:
        """Put every piece on a half pixel, so that lines are crisp; unless a short piece would vanish by that."""
        sharp = [round(2 * place) / 2 for place in self.at]
        line = [self.start, *sharp, self.end]
        if all(line[k] != line[k + 2] for k in range(len(sharp))):
            self.at = sharp

    def points(self) -> tuple[Point, ...]:
        """The corners from border to border."""
        along = [self.start, *self.at, self.end]
        corners: list[Point] = []
        for k in range(len(self.at) + 1):
            # Corner k joins pieces k-1 and k; the two ends join the border and their only piece.
            if k == 0:
                mine, other, axis = along[0], along[1], self.first
            else:
                mine, other, axis = along[k + 1], along[k], (self.first + k - 1) % 2
            corners.append(Point(mine, other) if axis == 0 else Point(other, mine))
        return tuple(corners)


def port_range(box: Bounds, cross: int, share: float = 1.0) -> tuple[float, float]:
    """Where along a side running in direction `cross` connectors may touch the box.

    `share` is the part of the wanted distance to the corners that is kept.
    """
    low, high = box[cross]
    inset = min(PORT_INSET * share, (high - low) / 4)
    return low + inset, high - inset


def wire_from_points(source: int, target: int, points: tuple[Point, ...]) -> Wire | None:
    """The wire whose corners are `points`; None when they do not turn at every corner."""
    first = 0 if points[0].y == points[1].y else 1
    at: list[float] = []
    for k, (a, b) in enumerate(pairwise(points)):
        level = (first + k) % 2 == 0
        if (a.y == b.y) != level or (a.x == b.x) == level:
            return None
        at.append(a.y if level else a.x)
    start = points[0].x if first == 0 else points[0].y
    end = points[-1].x if (first + len(at) - 1) % 2 == 0 else points[-1].y
    return Wire(source, target, first, at, start, end)

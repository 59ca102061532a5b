"""Outlines as straight pieces, for what can only paint polygons."""

from __future__ import annotations

import math
from collections.abc import Iterable

from model.shapes.geometry import Point
from model.shapes.icons import Segment

QUARTER = 8
"""Pieces that a quarter of a circle is drawn in; more cannot be told apart."""


def points_of(path: Iterable[Segment]) -> list[Point]:
    """An outline as a polyline, its curves in short pieces."""
    found: list[Point] = []
    for segment in path:
        match segment:
            case ("M" | "L", x, y):
                found.append(Point(x, y))
            case ("C", x1, y1, x2, y2, x, y):
                start = found[-1]
                for step in range(1, QUARTER + 1):
                    t = step / QUARTER
                    found.append(
                        Point(_cubic(t, start.x, x1, x2, x), _cubic(t, start.y, y1, y2, y)),
                    )
            case ("Z",):
                found.append(found[0])
    return found


def _cubic(t: float, start: float, one: float, two: float, end: float) -> float:
    u = 1 - t
    return u**3 * start + 3 * u * u * t * one + 3 * u * t * t * two + t**3 * end


def ribbon(one: Point, other: Point, half: float) -> tuple[Point, ...]:
    """The corners of a straight line that reaches `half` to each side."""
    length = math.hypot(other.x - one.x, other.y - one.y) or 1.0
    dx, dy = -(other.y - one.y) / length * half, (other.x - one.x) / length * half
    return one.moved(dx, dy), other.moved(dx, dy), other.moved(-dx, -dy), one.moved(-dx, -dy)

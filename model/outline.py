"""The geometry of connectors: rounded corners and arrowheads, the same on screen and on paper."""

from __future__ import annotations

import math
from collections.abc import Iterator

from model.geometry import Point
from model.icons import Segment
from model.primitives import Line

_CIRCLE = 0.5523  # where a cubic curve's control points lie for a quarter of a circle


def outline(line: Line) -> tuple[Segment, ...]:
    """The path to stroke: corners rounded, ending inside the arrowhead where there is one. Empty below two points."""
    points = list(dict.fromkeys(line.points))
    if len(points) < 2:
        return ()
    if line.arrow:
        points[-1] = _towards(points[-1], points[-2], _length(line) * 0.7)
    return tuple(_segments(points, line.radius))


def arrowhead(line: Line) -> tuple[Point, Point, Point] | None:
    """The triangle to fill at the listener's end, tip first; None where the line has none."""
    points = list(dict.fromkeys(line.points))
    if not line.arrow or len(points) < 2:
        return None
    tip, length = points[-1], _length(line)
    base = _towards(tip, points[-2], length, beyond=True)
    half = length * 0.42
    dx, dy = (tip.x - base.x) / length, (tip.y - base.y) / length
    return tip, base.moved(-dy * half, dx * half), base.moved(dy * half, -dx * half)


def _length(line: Line) -> float:
    return 6.0 + 2.4 * line.width


def _towards(start: Point, end: Point, by: float, *, beyond: bool = False) -> Point:
    """The point `by` away from `start` in the direction of `end`; past `end` only where that is asked for."""
    distance = math.hypot(end.x - start.x, end.y - start.y)
    share = by / distance if beyond else min(by / distance, 0.9)
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def _segments(points: list[Point], radius: float) -> Iterator[Segment]:
    yield ("M", points[0].x, points[0].y)
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        near = min(
            radius,
            math.hypot(corner.x - before.x, corner.y - before.y) / 2,
            math.hypot(after.x - corner.x, after.y - corner.y) / 2,
        )
        if near < 0.1:
            yield ("L", corner.x, corner.y)
            continue
        start, end = _towards(corner, before, near), _towards(corner, after, near)
        one, two = _between(start, corner), _between(end, corner)
        yield ("L", start.x, start.y)
        yield ("C", one.x, one.y, two.x, two.y, end.x, end.y)
    yield ("L", points[-1].x, points[-1].y)


def _between(start: Point, corner: Point) -> Point:
    return Point(start.x + (corner.x - start.x) * _CIRCLE, start.y + (corner.y - start.y) * _CIRCLE)

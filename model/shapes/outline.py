"""The geometry of connectors: rounded corners and arrowheads, the same on screen and on paper.

Drawings have tens of thousands of connectors: inside, a place is a bare pair of numbers.
"""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from model.shapes.icons import Segment
from model.shapes.primitives import Line

_CIRCLE = 0.5523  # where a cubic curve's control points lie for a quarter of a circle

Place = tuple[float, float]
Head = tuple[Place, Place, Place]
"""The corners of an arrowhead, tip first."""


def outline(line: Line) -> tuple[tuple[Segment, ...], Head | None]:
    """The path to stroke, corners rounded, and the arrowhead to fill, tip first, where the line has one.

    A path with an arrowhead ends inside it. Empty below two points.
    """
    places = list(dict.fromkeys([(point.x, point.y) for point in line.points]))
    if len(places) < 2:
        return (), None
    if not line.arrow:
        return _rounded(places, line.radius), None
    head = _head(places[-1], places[-2], _length(line))
    places[-1] = _towards(places[-1], places[-2], _length(line) * 0.7)
    return _rounded(places, line.radius), head


def _head(tip: Place, before: Place, length: float) -> Head:
    x, y = tip
    share = length / hypot(before[0] - x, before[1] - y)
    back_x, back_y = (before[0] - x) * share, (before[1] - y) * share
    across, along = back_y * 0.42, -back_x * 0.42
    base_x, base_y = x + back_x, y + back_y
    return tip, (base_x + across, base_y + along), (base_x - across, base_y - along)


def _length(line: Line) -> float:
    return 6.0 + 2.4 * line.width


def _towards(start: Place, end: Place, by: float) -> Place:
    """The place `by` away from `start` in the direction of `end`, never quite there."""
    (x, y), (end_x, end_y) = start, end
    share = min(by / hypot(end_x - x, end_y - y), 0.9)
    return x + (end_x - x) * share, y + (end_y - y) * share


def _rounded(places: list[Place], radius: float) -> tuple[Segment, ...]:
    """A path through places, each corner rounded by `radius` or by what its pieces have room for."""
    path: list[Segment] = [("M", *places[0])]
    before_x, before_y = places[0]
    for (x, y), (after_x, after_y) in pairwise(places[1:]):
        back, on = hypot(x - before_x, y - before_y), hypot(x - after_x, y - after_y)
        near = min(radius, back / 2, on / 2)
        if near < 0.1:
            path.append(("L", x, y))
        else:
            start_x, start_y = (before_x - x) * (near / back), (before_y - y) * (near / back)
            end_x, end_y = (after_x - x) * (near / on), (after_y - y) * (near / on)
            rest = 1 - _CIRCLE
            path.append(("L", x + start_x, y + start_y))
            path.append(
                (
                    "C",
                    x + start_x * rest,
                    y + start_y * rest,
                    x + end_x * rest,
                    y + end_y * rest,
                    x + end_x,
                    y + end_y,
                )
            )
        before_x, before_y = x, y
    path.append(("L", *places[-1]))
    return tuple(path)

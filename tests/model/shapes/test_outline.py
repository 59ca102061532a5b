"""Rounded corners and arrowheads of connectors."""

import math

import pytest

from model.shapes.geometry import Point
from model.shapes.outline import outline
from model.shapes.primitives import Line

BEND = (Point(0, 0), Point(100, 0), Point(100, 80))


def test_corner_is_rounded_by_a_quarter_circle() -> None:
    path, _ = outline(Line(BEND, "#000000", radius=10))
    assert path[:2] == (("M", 0, 0), ("L", 90, 0))
    (curve,) = [each for each in path if each[0] == "C"]
    assert curve[-2:] == (100, 10)
    x, y = (90 + 3 * curve[1] + 3 * curve[3] + 100) / 8, (0 + 3 * curve[2] + 3 * curve[4] + 10) / 8
    assert math.hypot(x - 90, y - 10) == pytest.approx(10, abs=0.02), "its middle lies on the circle"
    assert path[-1] == ("L", 100, 80)


def test_radius_never_exceeds_half_a_piece() -> None:
    short = (Point(0, 0), Point(8, 0), Point(8, 100))
    curve = outline(Line(short, "#000000", radius=50))[0][2]
    assert curve[-2:] == (8, 4)


def test_line_without_radius_keeps_its_corners() -> None:
    assert outline(Line(BEND, "#000000")) == ((("M", 0, 0), ("L", 100, 0), ("L", 100, 80)), None)


def test_arrowhead_points_at_the_end_and_the_line_stops_inside_it() -> None:
    line = Line(BEND, "#000000", width=2, arrow=True)
    path, head = outline(line)
    assert head is not None
    tip, one, other = (Point(x, y) for x, y in head)
    assert tip == Point(100, 80)
    assert one.y == other.y
    assert one.y < path[-1][-1] < tip.y  # type: ignore[operator] # a coordinate
    assert (one.x + other.x) / 2 == pytest.approx(100)
    assert abs(one.x - other.x) > 2 * line.width


def test_line_without_length_is_nothing() -> None:
    dot = Line((Point(3, 3), Point(3, 3)), "#000000", arrow=True)
    assert outline(dot) == ((), None)

"""Rectangles, snapping and bounds."""

import pytest

from model.shapes.geometry import Point, Rect, Size, bounding, snap

RECT = Rect(10, 20, 30, 40)


def test_edges_and_centre() -> None:
    assert (RECT.left, RECT.top, RECT.right, RECT.bottom) == (10, 20, 40, 60)
    assert RECT.center == Point(25, 40)
    assert RECT.size == Size(30, 40)


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        (Point(10, 20), True),
        (Point(40, 60), True),
        (Point(25, 40), True),
        (Point(9.9, 40), False),
        (Point(25, 61), False),
    ],
)
def test_contains_points_up_to_the_border(point: Point, inside: bool) -> None:
    assert RECT.contains(point) is inside


@pytest.mark.parametrize(
    ("other", "inside"),
    [(RECT, True), (Rect(11, 21, 5, 5), True), (Rect(11, 21, 30, 5), False), (Rect(0, 0, 100, 100), False)],
)
def test_contains_whole_rectangles_only(other: Rect, inside: bool) -> None:
    assert RECT.contains(other) is inside


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        (Rect(39, 59, 5, 5), True),
        (Rect(40, 20, 5, 5), False),
        (Rect(10, 60, 5, 5), False),
        (Rect(20, 0, 1, 100), True),
        (Rect(0, 0, 10, 20), False),
    ],
)
def test_touching_edges_do_not_intersect(other: Rect, shared: bool) -> None:
    assert RECT.intersects(other) is shared
    assert other.intersects(RECT) is shared


def test_inset_and_grow_keep_the_centre() -> None:
    assert RECT.inset(5) == Rect(15, 25, 20, 30)
    assert RECT.grow(5) == Rect(5, 15, 40, 50)
    assert RECT.inset(18) == Rect(25, 38, 0, 4)
    assert RECT.inset(1000).center == RECT.center


def test_union_and_moved() -> None:
    assert RECT.union(Rect(0, 50, 20, 30)) == Rect(0, 20, 40, 60)
    assert RECT.moved(-10, 5) == Rect(0, 25, 30, 40)
    assert Point(1, 2).moved(3, -4) == Point(4, -2)


@pytest.mark.parametrize(
    ("value", "grid", "snapped"),
    [(14, 10, 10), (15, 10, 20), (-15, 10, -10), (-16, 10, -20), (7.3, 0, 7.3), (26, 8, 24)],
)
def test_snap_goes_to_the_nearest_multiple(value: float, grid: float, snapped: float) -> None:
    assert snap(value, grid) == snapped


def test_bounding_of_some_and_of_none() -> None:
    assert bounding([Rect(5, 5, 1, 1), Rect(-5, 10, 2, 2), Rect(0, 0, 3, 3)]) == Rect(-5, 0, 11, 12)
    assert bounding([]) is None

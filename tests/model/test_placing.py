"""Where new cards go."""

from __future__ import annotations

from itertools import pairwise

from model.geometry import Point, Rect, Size
from model.placing import BELOW, free_spot


def test_cards_below_each_other_leave_room_for_a_line_more() -> None:
    area, size = Rect(0, 0, 240, 600), Size(200, 50)
    taken: list[Rect] = []
    for _ in range(4):
        spot = free_spot(size, taken, area, Point(0, 0))
        taken.append(Rect(spot.x, spot.y, size.width, size.height))
    gaps = [lower.top - upper.bottom for upper, lower in pairwise(taken)]
    assert all(gap >= BELOW for gap in gaps), gaps
    assert all(area.left <= each.left and each.right <= area.right for each in taken)


def test_a_row_is_filled_before_the_next_begins() -> None:
    first = Rect(20, 40, 200, 50)
    assert free_spot(Size(200, 50), [first], Rect(0, 0, 700, 600), Point(0, 0)) == Point(240, 40)

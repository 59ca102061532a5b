"""Where new cards go."""

from __future__ import annotations

from itertools import pairwise

from model.editing.placing import BELOW, free_spot, kept_inside, nearest_free
from model.shapes.geometry import Point, Rect, Size


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


def test_the_nearest_free_place_is_beside_what_is_in_the_way() -> None:
    card = Rect(100, 100, 200, 50)
    assert nearest_free(card, []) == card
    assert nearest_free(Rect(110, 110, 200, 50), [card]) == Rect(110, 170, 200, 50)
    around = [card, Rect(100, 170, 200, 50), Rect(100, 30, 200, 50)]
    moved = nearest_free(card, around)
    assert moved == Rect(100, 240, 200, 50)


def test_a_card_is_kept_inside_its_zone() -> None:
    zone = Rect(0, 0, 400, 300)
    assert kept_inside(Rect(300, 280, 200, 50), zone) == Rect(190, 240, 200, 50)
    assert kept_inside(Rect(-50, 0, 200, 50), zone) == Rect(10, 40, 200, 50)
    assert kept_inside(Rect(60, 100, 200, 50), zone) == Rect(60, 100, 200, 50)

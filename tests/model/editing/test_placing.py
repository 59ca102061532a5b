"""Where new cards go."""

from __future__ import annotations

from itertools import pairwise

from model.design.design import CatalogReference, Design
from model.design.elements import Component, Zone
from model.editing.placing import BELOW, free_spot, grown, has_room, kept_inside, nearest_free
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


def test_a_better_place_somewhat_farther_away_is_preferred_to_the_nearest() -> None:
    card, wanted = Rect(100, 100, 200, 50), Rect(110, 110, 200, 50)
    assert nearest_free(wanted, [card], better=lambda place: place.y < 100) == Rect(110, 30, 200, 50)
    assert nearest_free(wanted, [card], better=lambda place: False) == Rect(110, 170, 200, 50)


def stacked() -> Design:
    """A zone within another, a second one above it, and a component right of it."""
    return Design(
        catalog=CatalogReference(id="c", version="1"),
        zones=(
            Zone(id="upper", name="upper", kind="vpc", frame=(0, 0, 400, 180)),
            Zone(id="lower", name="lower", kind="vpc", frame=(0, 200, 400, 400)),
            Zone(id="inner", name="inner", kind="subnet", parent="lower", frame=(20, 240, 200, 200)),
        ),
        components=(Component(id="beside", kind="agent", name="beside", zone="lower", position=(260, 300)),),
    )


def test_a_zone_has_room_where_neither_it_nor_one_around_it_grows_over_a_neighbour() -> None:
    design, cards = stacked(), {"beside": Rect(260, 300, 120, 50)}
    assert has_room(design, "inner", Rect(40, 300, 100, 50), cards)  # nothing grows
    assert has_room(design, "inner", Rect(40, 560, 100, 50), cards)  # down, where nothing is
    assert not has_room(
        design, "inner", Rect(40, 210, 100, 50), cards
    )  # up, and the zone around it over the upper
    assert not has_room(design, "inner", Rect(180, 300, 100, 50), cards)  # right, over the card
    assert has_room(design, None, Rect(0, 0, 100, 50), cards)


def test_zones_grow_around_a_card_with_room_for_their_titles() -> None:
    after = grown(stacked(), "inner", Rect(40, 560, 100, 50))
    assert after.zone_by_id["inner"].frame == (20, 240, 200, 390)
    assert after.zone_by_id["lower"].frame == (0, 200, 400, 450)
    assert after.zone_by_id["upper"].frame == (0, 0, 400, 180)


def test_a_card_is_kept_inside_its_zone() -> None:
    zone = Rect(0, 0, 400, 300)
    assert kept_inside(Rect(300, 280, 200, 50), zone) == Rect(190, 240, 200, 50)
    assert kept_inside(Rect(-50, 0, 200, 50), zone) == Rect(10, 40, 200, 50)
    assert kept_inside(Rect(60, 100, 200, 50), zone) == Rect(60, 100, 200, 50)

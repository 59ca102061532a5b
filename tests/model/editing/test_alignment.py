"""Aligning, distributing and smart guides, on rectangles whose answers are worked out by hand."""

from __future__ import annotations

import random

from model.editing.alignment import align, distribute
from model.editing.guides import Guide, edge_guides, snap_edges, snap_move
from model.shapes.geometry import Point, Rect

A = Rect(0, 0, 100, 40)
B = Rect(130, 30, 60, 20)
C = Rect(400, 90, 100, 60)


def test_edges_and_middles_come_to_those_of_the_whole() -> None:
    rects = {"a": A, "b": B, "c": C}  # around them: 0, 0 to 500, 150
    assert align(rects, "left") == {"b": (-130, 0), "c": (-400, 0)}
    assert align(rects, "right") == {"a": (400, 0), "b": (310, 0)}
    assert align(rects, "center") == {"a": (200, 0), "b": (90, 0), "c": (-200, 0)}
    assert align(rects, "top") == {"b": (0, -30), "c": (0, -90)}
    assert align(rects, "bottom") == {"a": (0, 110), "b": (0, 100)}
    assert align(rects, "middle") == {"a": (0, 55), "b": (0, 35), "c": (0, -45)}


def test_what_is_fixed_gives_the_line() -> None:
    assert align({"a": A}, "left", {"b": B}) == {"a": (130, 0)}
    assert align({}, "left") == {}


def test_distributing_makes_gaps_equal_and_keeps_the_outermost() -> None:
    # 500 wide in all, 260 of it cards: two gaps of 120.
    assert distribute({"a": A, "b": B, "c": C}, "horizontally") == {"b": (90, 0)}
    assert distribute({"a": A, "b": B}, "horizontally") == {}


def test_distributing_again_changes_nothing() -> None:
    rng = random.Random(7)
    for _ in range(200):
        rects = {
            str(n): Rect(rng.randrange(0, 900), rng.randrange(0, 900), rng.choice((60, 150)), 60)
            for n in range(rng.randrange(3, 8))
        }
        by = distribute(rects, "vertically")
        after = {name: rect.moved(*by.get(name, (0, 0))) for name, rect in rects.items()}
        again = distribute(after, "vertically")
        assert all(abs(y) <= 1 for _, y in again.values())


def test_a_box_is_drawn_to_a_neighbours_edge_before_the_grid() -> None:
    neighbour = Rect(203, 300, 100, 60)
    found = snap_move(Rect(0, 0, 80, 40), 206, 11, [neighbour], 6, 10)
    assert (found.dx, found.dy) == (203, 10)
    assert found.guides == (Guide(Point(203, 10), Point(203, 360)),)


def test_out_of_reach_the_grid_counts_and_shows_nothing() -> None:
    found = snap_move(Rect(3, 3, 80, 40), 20, 20, [Rect(500, 500, 10, 10)], 6, 10)
    assert (found.dx, found.dy, found.guides) == (17, 17, ())


def test_middles_line_up() -> None:
    found = snap_move(Rect(0, 0, 100, 40), 0, 203, [Rect(300, 211, 50, 20)], 6, 10)
    assert found.dy == 201  # the middle of the neighbour is at 221
    assert found.guides == (Guide(Point(0, 221), Point(350, 221)),)


def test_equal_gaps_between_two_and_beside_two() -> None:
    left, right = Rect(0, 0, 100, 100), Rect(300, 0, 100, 100)
    between = snap_move(Rect(0, 500, 60, 40), 168, -474, [left, right], 6, 1)
    assert between.dx == 170  # 70 on either side
    assert [(line.start.x, line.end.x) for line in between.guides if line.gap] == [(100, 170), (230, 300)]
    beside = snap_move(Rect(0, 500, 60, 40), 597, -474, [left, right], 6, 1)
    assert beside.dx == 600  # 200 as between the two
    assert [(line.start.x, line.end.x) for line in beside.guides if line.gap] == [(100, 300), (400, 600)]


def test_only_the_held_sides_of_a_zone_move() -> None:
    others = [Rect(500, 0, 200, 304)]
    frame = snap_edges(Rect(0, 0, 400, 301), "s", others, 6, 10)
    assert frame == Rect(0, 0, 400, 304)
    assert edge_guides(frame, "s", others) == (Guide(Point(0, 304), Point(700, 304)),)

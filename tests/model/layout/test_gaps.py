"""A piece is limited to one gap between lines that stay."""

from __future__ import annotations

from collections.abc import Sequence

from model.layout.gaps import keep_between
from model.layout.pieces import Piece
from model.layout.standing import Standing
from model.layout.wires import Wire
from model.shapes.geometry import Point


def level(*places: float) -> Standing:
    """Level lines from 0 to 200, one at each place."""
    return Standing({k: (Point(0, y), Point(200, y)) for k, y in enumerate(places)})


def piece(
    desired: float, turns: Sequence[tuple[float, float]] = (), low: float = 0.0, high: float = 100.0
) -> Piece:
    """A level piece from 0 to 200 that may be anywhere from `low` to `high`."""
    found = Piece(Wire(0, 1, 0, [desired], 0.0, 200.0), 0, 0)
    found.low, found.high, found.desired, found.turns = low, high, desired, list(turns)
    return found


def test_nothing_beside_it_leaves_a_piece_free() -> None:
    free = piece(40)
    keep_between([free], level(), 0)
    assert (free.low, free.high, free.desired) == (0, 100, 40)


def test_a_piece_keeps_a_lane_from_the_line_beside_it() -> None:
    near = piece(45)
    keep_between([near], level(50), 0)
    assert (near.low, near.high, near.desired) == (0, 38, 38)


def test_a_gap_too_narrow_to_tell_lines_apart_is_passed_by() -> None:
    between = piece(50)
    keep_between([between], level(47, 53), 0)
    assert (between.low, between.high) in {(0, 35), (65, 100)}


def test_the_side_it_turns_to_is_the_one_it_goes_to() -> None:
    """It bends up in the middle, so it crosses the line at 50 from below, and not from above."""
    bent = piece(60, [(100, -1.0)])
    keep_between([bent], level(50), 0)
    assert (bent.low, bent.high) == (0, 38)


def test_a_far_gap_is_not_worth_a_crossing() -> None:
    bent = piece(160, [(100, -1.0)], high=200)
    keep_between([bent], level(50), 0)
    assert (bent.low, bent.high) == (62, 200)


def test_where_lines_bend_they_are_crossed_on_one_side_only() -> None:
    """The standing line bends up at 100: a piece above it would be crossed."""
    standing = Standing({0: (Point(0, 50), Point(100, 50), Point(100, -50))})
    beside = piece(45)
    keep_between([beside], standing, 0)
    assert (beside.low, beside.high) == (62, 100)


def test_two_share_a_gap_that_has_room_for_both() -> None:
    one, other = piece(50), piece(50)
    keep_between([one, other], level(20, 80), 0)
    assert (one.low, one.high) == (other.low, other.high) == (32, 68)


def test_where_there_is_no_room_the_middle_of_a_gap_is_taken() -> None:
    squeezed = piece(51, low=48, high=52)
    keep_between([squeezed], level(46, 54), 0)
    assert squeezed.low == squeezed.high == 50

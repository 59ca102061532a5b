"""Parting lines that ended up in one place although there was room: each piece steps aside to the nearest free lane.

The order that crosses least can leave two pieces no place of their own. A crossing more is then the lesser evil.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import ceil, floor, inf

from model.layout.corridors import Span
from model.layout.pieces import Piece
from model.layout.standing import Standing
from model.layout.wires import Wire

NEAR = 2.0
"""Pieces nearer to each other than this read as one line."""
LEAST = (7.0, 5.0, 3.5, 2.5, 1.5)
"""The distance a piece looks for to all others, the first of these that it finds."""
ROUNDS = 4
STEP = 0.5
_TOUCH = 1.0
"""Pieces that run beside each other for no longer than this only touch."""

Limits = Callable[[Piece, int], Sequence[Span]]
"""Where a piece along an axis may be, the best stretch first."""
_Lane = tuple[float, float, float, int, int]
"""Place across, from and to along, wire (below zero: one that stays), piece."""


def part(wires: Sequence[Wire], standing: Standing, limits: Limits) -> None:
    """Move pieces that lie on others aside, in place, within what `limits` allow."""
    for number in range(ROUNDS):
        axis = number % 2
        if not _part_axis(wires, standing, axis, limits) and number:
            break


def _part_axis(wires: Sequence[Wire], standing: Standing, axis: int, limits: Limits) -> int:
    """How many pieces were moved."""
    lanes = sorted(_lane(wire, owner, k) for owner, wire in enumerate(wires) for k in _along(wire, axis))
    moved = 0
    for lane in list(lanes):
        place, _, _, owner, k = lane
        if wires[owner].at[k] != place or not _met(lanes, standing, axis, lane, place, NEAR):
            continue
        spans = limits(Piece(wires[owner], k, 0), axis)
        found = (_free_place(lanes, standing, axis, lane, span) for span in spans)
        to = next((place for place in found if place is not None), None)
        if to is not None:
            lanes.remove(lane)
            wires[owner].at[k] = to
            insort(lanes, _lane(wires[owner], owner, k))
            moved += 1
    return moved


def _along(wire: Wire, axis: int) -> range:
    return range((wire.first + axis) % 2, len(wire.at), 2)


def _lane(wire: Wire, owner: int, k: int) -> _Lane:
    begin, stop = wire.extent(k)
    return wire.at[k], min(begin, stop), max(begin, stop), owner, k


def _met(lanes: list[_Lane], standing: Standing, axis: int, lane: _Lane, place: float, nearer: float) -> bool:
    """Whether a piece would run beside another nearer than that, if it were at a place."""
    _, near, far, owner, _ = lane
    near, far = near + _TOUCH, far - _TOUCH
    for at in range(bisect_left(lanes, (place - nearer,)), len(lanes)):
        other = lanes[at]
        if other[0] >= place + nearer:
            break
        if other[3] != owner and other[1] < far and other[2] > near and abs(other[0] - place) < nearer:
            return True
    return any(
        abs(piece[0] - place) < nearer
        for piece in standing.near(axis, place - nearer, place + nearer, near, far)
    )


def _free_place(lanes: list[_Lane], standing: Standing, axis: int, lane: _Lane, span: Span) -> float | None:
    low, high = span
    taken = _taken(lanes, standing, axis, lane, (low - LEAST[0], high + LEAST[0]))
    for least in LEAST:
        free = (
            _nearest(lane[0], max(before + least, low), min(after - least, high))
            for before, after in pairwise(taken)
        )
        found = [place for place in free if place is not None]
        if found:
            return min(found, key=lambda place: abs(place - lane[0]))
    return None


def _nearest(place: float, low: float, high: float) -> float | None:
    """The step nearest to a place from `low` to `high`; none where there is none between them."""
    if low > high:
        return None
    first, last = ceil(low / STEP) * STEP, floor(high / STEP) * STEP
    return min(max(place, first), last) if first <= last else None


def _taken(lanes: list[_Lane], standing: Standing, axis: int, lane: _Lane, span: Span) -> list[float]:
    """The places of all that a piece would run beside within a span, in order, between two that are far off."""
    low, high = span
    _, near, far, owner, _ = lane
    near, far = near + _TOUCH, far - _TOUCH
    here = lanes[bisect_left(lanes, (low,)) : bisect_right(lanes, (high, inf))]
    places = [other[0] for other in here if other[3] != owner and other[1] < far and other[2] > near]
    places += [piece[0] for piece in standing.near(axis, low, high, near, far)]
    return [-inf, *sorted(places), inf]

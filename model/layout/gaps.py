"""Which gap between lines that stay a piece is to lie in: near its wish, where it fits, and where it crosses least."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import inf

from model.layout.apart import VISIBLE
from model.layout.corridors import Span
from model.layout.pieces import Piece
from model.layout.standing import Standing, Straight
from model.layout.wires import LANE

CROSSING = 60.0
"""A crossing is as bad as lying this much further from the wish."""
TIGHT = 90.0
"""Lying nearer to another line than can be told apart is as bad as this."""
_Chosen = list[tuple[Span, Piece]]


def keep_between(pieces: Sequence[Piece], standing: Standing, axis: int) -> None:
    """Limit every piece to one gap between the standing lines it would run beside."""
    if not standing:
        return
    chosen: _Chosen = []
    for piece in pieces:
        low, high, more = piece.low - LANE, piece.high + LANE, LANE / 2
        beside = standing.near(axis, low, high, piece.near - more, piece.far + more)
        if beside and piece.low < piece.high:
            _choose(piece, beside, standing, chosen)


def _choose(piece: Piece, beside: Sequence[Straight], standing: Standing, chosen: _Chosen) -> None:
    places = [-inf, *(straight[0] for straight in beside), inf]
    gaps = list(pairwise(places))
    best, within, least = (piece.low, piece.high), gaps[0], inf
    shared = [first for (first, _), other in chosen if other.near < piece.far and piece.near < other.far]
    for gap, crossed in zip(gaps, _crossed(piece, beside, standing), strict=True):
        begin, end = gap
        if end <= piece.low or piece.high <= begin or begin == end:
            continue
        low, high, lane = _room(piece, gap, shared.count(begin))
        cost = crossed * CROSSING + max(low - piece.desired, piece.desired - high, 0.0)
        if lane < VISIBLE:
            cost += TIGHT * (1 + VISIBLE - lane)
        if cost < least:
            best, within, least = (low, high), gap, cost
    piece.low, piece.high = best
    piece.desired = min(max(piece.desired, piece.low), piece.high)
    lane = min(VISIBLE, (within[1] - within[0]) / 3)
    piece.stretch = max(piece.stretch[0], within[0] + lane), min(piece.stretch[1], within[1] - lane)
    chosen.append((within, piece))


def _room(piece: Piece, gap: Span, others: int) -> tuple[float, float, float]:
    """From where to where a piece may be in a gap that it shares with others, and how far it keeps from the lines."""
    begin, end = gap
    lane = min(LANE, (end - begin) / (others + 2))
    low, high = max(begin + lane, piece.low), min(end - lane, piece.high)
    if low > high:
        low = high = min(max((begin + end) / 2, piece.low), piece.high)
        lane = min(low - begin, end - low)
    return low, high, lane


def _crossed(piece: Piece, beside: Sequence[Straight], standing: Standing) -> list[int]:
    """How many lines cross where the piece has none of those beside it before it, one, and so on."""
    before, after = [0], [0]
    for straight in beside:
        _, near, far, _, _ = straight
        first = last = 0
        for place, side in piece.turns:
            if near < place < far:
                first += side > 0
                last += side < 0
        for place, side in standing.turns(straight):
            if piece.near < place < piece.far:
                first += side < 0
                last += side > 0
        before.append(first)
        after.append(last)
    through, rest = list(accumulate(after)), list(accumulate(before))
    return [upto + rest[-1] - passed for upto, passed in zip(through, rest, strict=True)]

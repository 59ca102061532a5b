"""The order of parallel pieces: the one that crosses least among those there is room for."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

from model.layout.pieces import Piece
from model.layout.wires import LANE

CELL = 60.0
"""Pieces are found by cells of this width."""


def overlapping(pieces: list[Piece]) -> list[list[int]]:
    """For every piece the indices of those it runs beside and could get into the way of."""
    more = 1.5 * LANE
    neighbours: list[list[int]] = [[] for _ in pieces]
    # Those that have begun and not yet ended, by the cells across that they can reach.
    active: dict[int, list[Piece]] = {}
    met = [-1] * len(pieces)
    for piece in sorted(pieces, key=lambda p: (p.near, p.index)):
        limit = piece.near - LANE / 2
        low, high, index = piece.low - more, piece.high + more, piece.index
        mine = neighbours[index]
        for cell in range(int(low // CELL), int(high // CELL) + 1):
            here = active.setdefault(cell, [])
            ended = False
            for other in here:
                if other.far <= limit:
                    ended = True
                elif other.low < high and other.high > low and met[other.index] != index:
                    met[other.index] = index
                    mine.append(other.index)
                    neighbours[other.index].append(index)
            if ended:
                here[:] = [other for other in here if other.far > limit]
            if piece.low <= (cell + 1) * CELL and piece.high >= cell * CELL:
                here.append(piece)
    return neighbours


After = list[list[tuple[int, bool]]]
"""For every piece those that come after it, and whether they must (else: crosses less so)."""


def precedence(pieces: list[Piece], neighbours: list[list[int]]) -> After:
    """Which pieces should follow which, because the other order is impossible or crosses more."""
    lane = LANE / 3
    after: After = [[] for _ in pieces]
    for p in pieces:
        for index in neighbours[p.index]:
            if index <= p.index:
                continue
            q = pieces[index]
            q_first, p_first = q.low + lane <= p.high, p.low + lane <= q.high
            if q_first and p_first:
                gain, must = _crossings(p, q) - _crossings(q, p), False
            else:
                gain, must = (-1 if p_first else 1 if q_first else 0), True
            if gain < 0:
                after[p.index].append((index, must))
            elif gain > 0:
                after[index].append((p.index, must))
    return after


def _crossings(first: Piece, second: Piece) -> int:
    """How often two parallel pieces' wires cross here when `first` has the smaller coordinate."""
    count = 0
    for place, side in first.turns:
        if side > 0 and second.near < place < second.far:
            count += 1
    for place, side in second.turns:
        if side < 0 and first.near < place < first.far:
            count += 1
    return count


def in_order(pieces: list[Piece], after: After) -> list[Piece]:
    """All pieces, smaller coordinates first, respecting `after`; circles are cut where only crossings are lost."""
    waiting = [0] * len(pieces)
    held = [0] * len(pieces)
    for followers in after:
        for index, must in followers:
            waiting[index] += 1
            held[index] += must
    ready = [(p.key, p.index) for p in pieces if not waiting[p.index]]
    second = [(p.key, p.index) for p in pieces if not held[p.index]]
    last = [(p.key, p.index) for p in pieces]
    for heap in (ready, second, last):
        heapify(heap)
    done = [False] * len(pieces)
    order: list[Piece] = []
    while len(order) < len(pieces):
        _, index = heappop(ready or second or last)
        if done[index]:
            continue
        done[index] = True
        order.append(pieces[index])
        for follower, must in after[index]:
            waiting[follower] -= 1
            held[follower] -= must
            if not waiting[follower]:
                heappush(ready, (pieces[follower].key, follower))
            elif must and not held[follower]:
                heappush(second, (pieces[follower].key, follower))
    return order

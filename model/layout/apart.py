"""Moving ordered pieces apart: each as near to its wish as the others and its limits allow."""

from __future__ import annotations

from model.layout.pieces import LANE, Piece

TIGHTENINGS = 6
"""How often a chain of pieces is pressed together to fit before it may overlap."""
REORDERINGS = 4
"""How often pieces that do not fit in the order that crosses least are put in another."""
VISIBLE = 7.0
"""Pieces nearer to each other than this read as one line."""


def move_apart(order: list[Piece], neighbours: list[list[int]]) -> None:
    """Set every piece as near to its wish as its neighbours' distance allows, group by group."""
    rank = {piece.index: number for number, piece in enumerate(order)}
    by_index = {piece.index: piece for piece in order}
    seen: set[int] = set()
    for piece in order:
        if piece.index in seen:
            continue
        group = [piece.index]
        seen.add(piece.index)
        for index in group:
            for other in neighbours[index]:
                if other not in seen:
                    seen.add(other)
                    group.append(other)
        group.sort(key=rank.__getitem__)
        members = [by_index[index] for index in group]
        _place_group(members, neighbours, rank)


def _place_group(members: list[Piece], neighbours: list[list[int]], rank: dict[int, int]) -> None:
    if len(members) == 1:
        only = members[0]
        only.wire.at[only.k] = only.desired
        return
    for attempt in range(REORDERINGS + 1):
        before = {p.index: [i for i in neighbours[p.index] if rank[i] < rank[p.index]] for p in members}
        lanes, least, stuck = _tightened(members, before)
        if not stuck or attempt == REORDERINGS:
            break
        if attempt == 0:
            for p in members:
                if p.index in stuck:
                    p.low, p.high = min(p.low, p.utmost[0]), max(p.high, p.utmost[1])
            continue
        # Crossings are the lesser evil: those that cannot stand in this order stand in the order of their limits.
        slots = sorted(rank[i] for i in stuck)
        limits = {p.index: (p.high, p.low, rank[p.index]) for p in members}
        for slot, index in zip(slots, sorted(stuck, key=limits.__getitem__), strict=True):
            rank[index] = slot
        members.sort(key=lambda p: rank[p.index])
    after = {p.index: [i for i in neighbours[p.index] if rank[i] > rank[p.index]] for p in members}
    most: dict[int, float] = {}
    for p in reversed(members):
        value, lane = p.high, lanes[p.index]
        for i in after[p.index]:
            value = min(value, most[i] - min(lane, lanes[i]))
        most[p.index] = value
    rising: dict[int, float] = {}
    for p in members:
        value, lane = p.desired, lanes[p.index]
        for i in before[p.index]:
            value = max(value, rising[i] + min(lane, lanes[i]))
        rising[p.index] = max(min(value, most[p.index]), least[p.index])
    falling: dict[int, float] = {}
    for p in reversed(members):
        value, lane = p.desired, lanes[p.index]
        for i in after[p.index]:
            value = min(value, falling[i] - min(lane, lanes[i]))
        falling[p.index] = min(max(value, least[p.index]), most[p.index])
    for p in members:
        if not p.wire.fixed:
            place = (rising[p.index] + falling[p.index]) / 2
            p.wire.at[p.k] = min(max(place, p.low), p.high)


def _tightened(
    members: list[Piece], before: dict[int, list[int]]
) -> tuple[dict[int, float], dict[int, float], set[int]]:
    """Distance each piece keeps, less where room is short; the least coordinate each can have; and those that
    are pressed together harder than can be seen, in this order."""
    pieces = {p.index: p for p in members}
    lanes = {p.index: LANE for p in members}
    least: dict[int, float] = {}
    pushed_by: dict[int, int] = {}
    stuck: set[int] = set()

    def settle(p: Piece) -> float:
        value, pusher, lane = p.low, -1, lanes[p.index]
        for i in before[p.index]:
            gap = lanes[i]
            pushed = least[i] + (gap if gap < lane else lane)
            if pushed > value:
                value, pusher = pushed, i
        least[p.index], pushed_by[p.index] = value, pusher
        return value

    for p in members:
        for _ in range(TIGHTENINGS):
            if settle(p) <= p.high + 1e-6:
                break
            chain = [p.index]
            while (pusher := pushed_by[chain[-1]]) >= 0:
                chain.append(pusher)
            if len(chain) == 1:
                break
            lane = max((p.high - pieces[chain[-1]].low) / (len(chain) - 1), 0.0) * 0.999
            if lane < VISIBLE:
                stuck.update(chain)
            for i in chain:
                lanes[i] = min(lanes[i], lane)
            for i in reversed(chain[1:]):
                settle(pieces[i])
        else:
            settle(p)
    return lanes, least, stuck

"""Moving ordered pieces apart: each as near to its wish as the others and its limits allow."""

from __future__ import annotations

from collections.abc import Callable

from model.layout.pieces import Piece
from model.layout.wires import LANE

TIGHTENINGS = 6
"""How often a chain of pieces is pressed together to fit before it may overlap."""
REORDERINGS = 4
"""How often pieces that do not fit in the order that crosses least are put in another."""
HOPELESS = 400
"""With more pieces than this that do not fit, no other order is tried: nobody follows single lines there."""
VISIBLE = 6.0
"""Pieces nearer to each other than this read as one line."""

_Indices = list[list[int]]


def move_apart(order: list[Piece], neighbours: _Indices, loosen: Callable[[Piece], None]) -> None:
    """Set every piece as near to its wish as its neighbours' distance allows, group by group.

    `loosen` widens the limits of a piece that does not fit.
    """
    pieces = sorted(order, key=lambda piece: piece.index)
    rank = [0] * len(pieces)
    for number, piece in enumerate(order):
        rank[piece.index] = number
    seen = [False] * len(pieces)
    for piece in order:
        if seen[piece.index]:
            continue
        group = [piece.index]
        seen[piece.index] = True
        for index in group:
            for other in neighbours[index]:
                if not seen[other]:
                    seen[other] = True
                    group.append(other)
        if len(group) == 1:
            piece.wire.at[piece.k] = piece.desired
        else:
            group.sort(key=rank.__getitem__)
            _Group(pieces, group, neighbours, rank).place(loosen)


class _Group:
    """Pieces that can come near to each other, directly or through others, in order."""

    def __init__(
        self, pieces: list[Piece], members: list[int], neighbours: _Indices, rank: list[int]
    ) -> None:
        self._pieces, self._members, self._neighbours, self._rank = pieces, members, neighbours, rank
        self._lanes: dict[int, float] = {}
        """The distance each piece keeps: less than LANE where room is short."""
        self._least: dict[int, float] = {}
        """The least coordinate each piece can have."""
        self._pushed_by: dict[int, int] = {}
        self._before: dict[int, list[int]] = {}

    def place(self, loosen: Callable[[Piece], None]) -> None:
        """Give every piece its coordinate."""
        pieces, rank = self._pieces, self._rank
        stuck = self._tightened()
        if stuck:
            for index in stuck:
                loosen(pieces[index])
            for _ in range(REORDERINGS):
                stuck = self._tightened()
                if not stuck or len(stuck) > HOPELESS:
                    break
                # Crossings are the lesser evil: those that cannot stand in this order stand in that of their limits.
                slots = sorted(rank[index] for index in stuck)
                limits = sorted(stuck, key=lambda i: (pieces[i].high, pieces[i].low, rank[i]))
                if limits == sorted(stuck, key=rank.__getitem__):
                    break  # They stand so already.
                for slot, index in zip(slots, limits, strict=True):
                    rank[index] = slot
                self._members.sort(key=rank.__getitem__)
            else:
                self._tightened()
        self._settle()

    def _tightened(self) -> set[int]:
        """Find the least coordinates; gives the pieces pressed together harder than can be seen in this order."""
        pieces, rank, neighbours = self._pieces, self._rank, self._neighbours
        members = self._members
        lanes = self._lanes = dict.fromkeys(members, LANE)
        least, pushed_by, before = self._least, self._pushed_by, self._before
        stuck: set[int] = set()
        for index in members:
            mine = rank[index]
            before[index] = [other for other in neighbours[index] if rank[other] < mine]
            self._push(index)
            high = pieces[index].high
            for _ in range(TIGHTENINGS):
                if least[index] <= high + 1e-6:
                    break
                chain = [index]
                while (pusher := pushed_by[chain[-1]]) >= 0:
                    chain.append(pusher)
                if len(chain) == 1:
                    break
                lane = max((high - pieces[chain[-1]].low) / (len(chain) - 1), 0.0) * 0.999
                if lane < VISIBLE:
                    stuck.update(chain)
                for each in chain:
                    if lanes[each] > lane:
                        lanes[each] = lane
                for each in reversed(chain):
                    self._push(each)
        return stuck

    def _push(self, index: int) -> None:
        """Set the least coordinate of a piece from its limit and the pieces before it."""
        lanes, least = self._lanes, self._least
        value, pusher, lane = self._pieces[index].low, -1, lanes[index]
        for other in self._before[index]:
            gap = lanes[other]
            pushed = least[other] + (gap if gap < lane else lane)
            if pushed > value:
                value, pusher = pushed, other
        least[index], self._pushed_by[index] = value, pusher

    def _settle(self) -> None:
        """Between the lowest and the highest each piece can be, take the middle of what its wish pushes others to."""
        pieces, rank, neighbours = self._pieces, self._rank, self._neighbours
        members, lanes, least, before = self._members, self._lanes, self._least, self._before
        most: dict[int, float] = {}
        after: dict[int, list[int]] = {}
        for index in reversed(members):
            value, lane, mine = pieces[index].high, lanes[index], rank[index]
            followers = after[index] = [other for other in neighbours[index] if rank[other] > mine]
            for other in followers:
                gap = lanes[other]
                room = most[other] - (gap if gap < lane else lane)
                if room < value:
                    value = room
            most[index] = value
        rising: dict[int, float] = {}
        for index in members:
            value, lane = pieces[index].desired, lanes[index]
            for other in before[index]:
                gap = lanes[other]
                pushed = rising[other] + (gap if gap < lane else lane)
                if pushed > value:
                    value = pushed
            rising[index] = max(min(value, most[index]), least[index])
        falling: dict[int, float] = {}
        for index in reversed(members):
            piece = pieces[index]
            value, lane = piece.desired, lanes[index]
            for other in after[index]:
                gap = lanes[other]
                room = falling[other] - (gap if gap < lane else lane)
                if room < value:
                    value = room
            falling[index] = value = min(max(value, least[index]), most[index])
            place = (rising[index] + value) / 2
            piece.wire.at[piece.k] = min(max(place, piece.low), piece.high)

"""Untangling lines that leave, or enter, a box by the same side: two of them need not cross.

Putting the pieces of one direction in order, then those of the other, cannot get out of some crossings: two lines would
have to change places in both at once. Here they do.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Sequence
from itertools import combinations
from math import inf

from model.layout.standing import Standing
from model.layout.wires import Wire

MOST = 3
"""Up to this many pieces, from the side on, two lines change places in."""

Fits = Callable[[int, int, float], bool]
"""Whether a wire's piece could be at a place."""
_Piece = tuple[int, float, float, float]
"""Axis, place across it, from and to along it."""
_Straight = tuple[float, float, float, int]
"""Place across, from and to along, wire."""


def untangle(wires: Sequence[Wire], standing: Standing, fits: Fits) -> None:
    """Let pairs of wires change places where less crosses then, what stands included, in place; they are not apart from
    others any more."""
    found = _Straights(wires, standing)
    for members in _sides(wires).values():
        for (a, a_way), (b, b_way) in combinations(members, 2):
            if _met(found.of[a], found.of[b]):
                _change_places(wires, found, (a, a_way), (b, b_way), fits)


def _sides(wires: Sequence[Wire]) -> dict[tuple[int, int, float], list[tuple[int, int]]]:
    """By box and border the wires that touch there: their numbers, and 1 where they begin there, -1 where they end."""
    sides: dict[tuple[int, int, float], list[tuple[int, int]]] = {}
    for number, wire in enumerate(wires):
        last = (wire.first + len(wire.at) - 1) % 2
        sides.setdefault((wire.source, wire.first, wire.start), []).append((number, 1))
        sides.setdefault((wire.target, last, wire.end), []).append((number, -1))
    return sides


def _change_places(
    wires: Sequence[Wire], found: _Straights, one: tuple[int, int], other: tuple[int, int], fits: Fits
) -> None:
    (a, a_way), (b, b_way) = one, other
    before_a, before_b = list(wires[a].at), list(wires[b].at)
    pairs = [
        (k if a_way > 0 else len(before_a) - 1 - k, k if b_way > 0 else len(before_b) - 1 - k)
        for k in range(min(MOST, len(before_a), len(before_b)))
    ]
    now = _crossed(wires, found, a, b)
    best, least = (before_a, before_b), now
    for count in range(1, len(pairs) + 1):
        k, m = pairs[count - 1]
        if not (fits(a, k, before_b[m]) and fits(b, m, before_a[k])):
            break
        wires[a].at[k], wires[b].at[m] = before_b[m], before_a[k]
        crossed = _crossed(wires, found, a, b)
        if crossed < least:
            best, least = (list(wires[a].at), list(wires[b].at)), crossed
    wires[a].at[:], wires[b].at[:] = before_a, before_b
    if least < now:
        for number, at in ((a, best[0]), (b, best[1])):
            wires[number].at[:] = at
            found.put(number, wires[number])


def _crossed(wires: Sequence[Wire], found: _Straights, a: int, b: int) -> int:
    one, other = _straights(wires[a]), _straights(wires[b])
    return found.met(one, (a, b)) + found.met(other, (a, b)) + _met(one, other)


def _straights(wire: Wire) -> list[_Piece]:
    pieces: list[_Piece] = []
    for k, place in enumerate(wire.at):
        begin, stop = wire.extent(k)
        axis = (wire.first + k) % 2
        pieces.append((axis, place, begin, stop) if begin <= stop else (axis, place, stop, begin))
    return pieces


def _met(one: list[_Piece], other: list[_Piece]) -> int:
    """How often two wires cross."""
    count = 0
    for axis, place, near, far in one:
        for across, at, low, high in other:
            if axis != across and near < at < far and low < place < high:
                count += 1
    return count


class _Straights:
    """The pieces of all wires by axis and place, and of what stands."""

    def __init__(self, wires: Sequence[Wire], standing: Standing) -> None:
        self._standing = standing
        self.of = [_straights(wire) for wire in wires]
        """The same by wire."""
        self._pieces: tuple[list[_Straight], list[_Straight]] = ([], [])
        for number, pieces in enumerate(self.of):
            for axis, place, near, far in pieces:
                self._pieces[axis].append((place, near, far, number))
        for along in self._pieces:
            along.sort()

    def put(self, number: int, wire: Wire) -> None:
        """Know a wire as it is now."""
        for axis, place, near, far in self.of[number]:
            self._pieces[axis].remove((place, near, far, number))
        self.of[number] = _straights(wire)
        for axis, place, near, far in self.of[number]:
            insort(self._pieces[axis], (place, near, far, number))

    def met(self, pieces: list[_Piece], without: tuple[int, int]) -> int:
        """How often these cross those of all wires but some."""
        count = 0
        for axis, place, near, far in pieces:
            across = self._pieces[1 - axis]
            for _, low, high, owner in across[
                bisect_right(across, (near, inf)) : bisect_left(across, (far,))
            ]:
                if low < place < high and owner not in without:
                    count += 1
            count += len(self._standing.near(1 - axis, near, far, place, place))
        return count

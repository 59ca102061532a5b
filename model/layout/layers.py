"""The order within columns that lets connectors between the columns cross least.

Connectors that pass columns by take part in their order. Sweeps that put everything in the middle of its neighbours
find a start; moving single items to their best place, and shaking what has settled, find better ones. Chance is seeded
by nothing but the input: the same columns always end in the same order.
"""

from __future__ import annotations

import random
from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence

from model.layout.sifting import comparisons, sift

SWEEPS = 12
"""Sweeps over all columns for the start."""
ROUNDS = 8
"""How often all items are moved to their best places at most."""
STARTS = 2
"""Orders begun with: as given, and shuffled."""
SHAKES = 24
"""How often a settled order is shaken at most."""
EFFORT = 20_000
"""Shakes times pairs of items in the same column: less shaking where there is much to compare."""


class _Layers:
    """Items in columns, connected to items of the columns beside them only."""

    def __init__(self, columns: Sequence[Sequence[int]], edges: Iterable[tuple[int, int]]) -> None:
        self.columns = [list(column) for column in columns]
        column_of = {item: number for number, column in enumerate(columns) for item in column}
        new = max(column_of, default=-1) + 1
        self.left: dict[int, list[int]] = {}
        self.right: dict[int, list[int]] = {}
        for a, b in sorted({tuple(sorted(edge, key=column_of.__getitem__)) for edge in edges}):
            before = a
            for number in range(column_of[a] + 1, column_of[b]):
                self.columns[number].append(new)
                self._join(before, new)
                before, new = new, new + 1
            if column_of[a] < column_of[b]:
                self._join(before, b)
        self.place = {item: k for column in self.columns for k, item in enumerate(column)}
        self._crossings: list[int | None] = [None] * len(self.columns)
        """Crossings to the right of every column, where they are known."""

    def _join(self, a: int, b: int) -> None:
        self.right.setdefault(a, []).append(b)
        self.left.setdefault(b, []).append(a)

    def copy(self) -> list[list[int]]:
        return [list(column) for column in self.columns]

    def take(self, columns: Sequence[Sequence[int]]) -> None:
        """Take over an order."""
        for number, column in enumerate(columns):
            if column != self.columns[number]:
                self._set(number, column)

    def _set(self, number: int, column: Sequence[int]) -> None:
        self.columns[number] = list(column)
        self.place.update(zip(column, range(len(column)), strict=True))
        self._crossings[number] = None
        if number:
            self._crossings[number - 1] = None

    def crossings(self) -> int:
        """How often connectors cross between the columns."""
        count = 0
        for number, known in enumerate(self._crossings):
            if known is None:
                known = self._crossings[number] = self._crossings_after(number)
            count += known
        return count

    def _crossings_after(self, number: int) -> int:
        count = 0
        ends: list[int] = []
        for item in self.columns[number]:
            places = [self.place[other] for other in self.right.get(item, ())]
            for place in places:
                count += len(ends) - bisect_right(ends, place)
            for place in places:
                insort(ends, place)
        return count

    def centre(self, *, backwards: bool) -> None:
        """Put everything in the middle of its neighbours in the column before."""
        sides = self.right if backwards else self.left
        numbers = range(len(self.columns))
        for number in reversed(numbers) if backwards else numbers:
            middles = {
                item: sum(map(self.place.__getitem__, sides[item])) / len(sides[item])
                if item in sides
                else float(k)
                for k, item in enumerate(self.columns[number])
            }
            self._set(number, sorted(self.columns[number], key=middles.__getitem__))

    def sift(self, columns: Iterable[int]) -> int:
        """Move items to where they cross least, in these columns and on, until nothing moves; gives the crossings."""
        stale = set(columns)
        for turn in range(ROUNDS):
            numbers = sorted(stale, reverse=turn % 2 == 1)
            for number in numbers:
                stale.discard(number)
                if self._sift_column(number):
                    stale.update(each for each in (number - 1, number + 1) if 0 <= each < len(self.columns))
            if not stale:
                break
        return self.crossings()

    def _sift_column(self, number: int) -> bool:
        column = self.columns[number]
        place = self.place.__getitem__
        sides = [[[*map(place, side.get(item, ()))] for item in column] for side in (self.left, self.right)]
        order = list(range(len(column)))
        if not sift(order, comparisons(sides)):
            return False
        self._set(number, [column[k] for k in order])
        return True

    def shake(self, chance: random.Random) -> range:
        """Mix a few items in two columns beside each other; gives the columns that may be out of order now."""
        count = len(self.columns)
        first = chance.randrange(count)
        for number in range(first, min(first + 2, count)):
            column = list(self.columns[number])
            start = chance.randrange(len(column))
            part = column[start : start + chance.randrange(2, 8)]
            chance.shuffle(part)
            column[start : start + len(part)] = part
            self._set(number, column)
        return range(max(first - 1, 0), min(first + 3, count))


def uncrossed(columns: Sequence[Sequence[int]], edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The same columns, each in an order that makes the edges between different columns cross little."""
    layers = _Layers(columns, edges)
    if len(columns) < 2 or not layers.left:
        return layers.copy()
    chance = random.Random(len(layers.place))
    pairs = sum(len(column) ** 2 for column in layers.columns)
    shakes, starts = min(SHAKES, EFFORT // pairs), min(STARTS, 1 + EFFORT // pairs)
    begun = layers.copy()
    best, least = begun, -1
    for start in range(starts):
        layers.take(begun if not start else [chance.sample(column, len(column)) for column in begun])
        order, fewest = _swept(layers)
        layers.take(order)
        fewest = layers.sift(range(len(columns)))
        order = layers.copy()
        for _ in range(shakes):
            count = layers.sift(layers.shake(chance))
            if count <= fewest:
                order, fewest = layers.copy(), count
            else:
                layers.take(order)
        if least < 0 or fewest < least:
            best, least = order, fewest
    real = {item for column in columns for item in column}
    return [[item for item in column if item in real] for column in best]


def _swept(layers: _Layers) -> tuple[list[list[int]], int]:
    best, least = layers.copy(), layers.crossings()
    for number in range(SWEEPS):
        layers.centre(backwards=number % 2 == 1)
        count = layers.crossings()
        if count < least:
            best, least = layers.copy(), count
    return best, least

"""Columns get an order in which few of their connections cross, those that pass columns by included."""

from __future__ import annotations

import random
from itertools import combinations, permutations

import pytest

from model.layout.layers import uncrossed

Edges = list[tuple[int, int]]


def crossed(columns: list[list[int]], edges: Edges) -> int:
    """Pairs of edges between columns beside each other that cross, counted the slow way."""
    column = {item: number for number, items in enumerate(columns) for item in items}
    place = {item: k for items in columns for k, item in enumerate(items)}
    return sum(
        column[a] == column[c]
        and column[b] == column[d]
        and (place[a] - place[c]) * (place[b] - place[d]) < 0
        for (a, b), (c, d) in combinations(edges, 2)
    )


def test_a_twisted_ladder_is_untwisted() -> None:
    columns = [[0, 1, 2, 3], [7, 6, 5, 4], [8, 9, 10, 11]]
    edges = [(k, k + 4) for k in range(8)]
    assert crossed(columns, edges) > 0
    assert crossed(uncrossed(columns, edges), edges) == 0


@pytest.mark.parametrize("seed", range(8))
def test_trees_do_not_cross(seed: int) -> None:
    chance = random.Random(seed)
    columns: list[list[int]] = [[0]]
    edges: Edges = []
    for _ in range(4):
        first = columns[-1][-1] + 1
        children = [(parent, 0) for parent in columns[-1] for _ in range(chance.randrange(1, 4))]
        columns.append(list(range(first, first + len(children))))
        edges += [(parent, first + k) for k, (parent, _) in enumerate(children)]
    mixed = [chance.sample(column, len(column)) for column in columns]
    assert crossed(uncrossed(mixed, edges), edges) == 0


@pytest.mark.parametrize("seed", range(12))
def test_small_ones_are_as_good_as_can_be(seed: int) -> None:
    """Against all orders of two columns of five."""
    chance = random.Random(seed)
    columns = [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    edges = sorted({(chance.randrange(5), chance.randrange(5, 10)) for _ in range(12)})
    least = min(
        crossed([list(left), list(right)], edges)
        for left in permutations(columns[0])
        for right in permutations(columns[1])
    )
    assert crossed(uncrossed(columns, edges), edges) == least


def test_what_passes_a_column_by_keeps_its_side() -> None:
    """Two long edges and a short chain between them: the chain's items do not get between the long edges' ends."""
    columns = [[0, 1, 2], [3], [4, 5, 6]]
    edges = [(0, 6), (2, 4), (1, 3), (3, 5)]
    first, _, last = uncrossed(columns, edges)
    assert [{0: 6, 1: 5, 2: 4}[item] for item in first] == last


def test_the_same_items_stay_in_every_column_and_the_order_is_the_same_each_time() -> None:
    chance = random.Random(5)
    columns = [list(range(k * 9, k * 9 + 9)) for k in range(5)]
    edges = [(chance.randrange(45), chance.randrange(45)) for _ in range(90)]
    found = uncrossed(columns, edges)
    assert [sorted(column) for column in found] == columns
    assert uncrossed(columns, edges) == found


def test_nothing_to_uncross() -> None:
    assert uncrossed([], []) == []
    assert uncrossed([[3, 1, 2]], [(1, 2)]) == [[3, 1, 2]]
    assert uncrossed([[0, 1], [2, 3]], []) == [[0, 1], [2, 3]]

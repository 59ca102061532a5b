"""Items of a column compared with each other, against counting one by one; sifting gains what it says."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from model.layout.sifting import comparisons, sift

Side = list[list[int]]


def crossed(above: int, below: int, sides: list[Side]) -> int:
    """How many connections of two items cross when one is above the other."""
    return sum(p > q for side in sides for p in side[above] for q in side[below])


def generated(seed: int) -> list[Side]:
    chance = random.Random(seed)
    count = chance.randrange(1, 9)
    return [[sorted(chance.choices(range(7), k=chance.randrange(4))) for _ in range(count)] for _ in range(2)]


@pytest.mark.parametrize("seed", range(12))
def test_every_pair_is_counted(seed: int) -> None:
    sides = generated(seed)
    count = len(sides[0])
    assert comparisons(sides) == [
        tuple(crossed(u, v, sides) - crossed(v, u, sides) for v in range(count)) for u in range(count)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_sifting_tells_what_it_gains(seed: int) -> None:
    sides = generated(seed)
    order = list(range(len(sides[0])))
    before = sum(crossed(u, v, sides) for u, v in combinations(order, 2))
    gained = sift(order, comparisons(sides))
    assert sorted(order) == list(range(len(order)))
    assert gained >= 0
    assert sum(crossed(u, v, sides) for u, v in combinations(order, 2)) == before - gained


def test_many_connections_of_one_item_do_not_run_over() -> None:
    many = [[k for k in range(301) for _ in range(300)], [150] * 300]
    assert comparisons([many, many])[0][1] == 0


def test_an_item_goes_to_the_best_place_of_all() -> None:
    order = [0, 1, 2, 3]
    sides = [[[3], [0], [1], [2]]]
    assert sift(order, comparisons(sides)) == 3
    assert order == [1, 2, 3, 0]

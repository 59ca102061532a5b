"""The index of the canvas: it never misses what touches an area."""

from __future__ import annotations

import random

import pytest

from gui.canvas.tiles import Tiles
from model.shapes.geometry import Rect


def some_areas(chance: random.Random) -> list[Rect]:
    """A few areas, among them long and thin ones, anywhere on a canvas as large as a design may be."""

    def length() -> float:
        return chance.choice((0.0, 1.0, 16.0, 300.0, 5_000.0, 200_000.0)) * chance.random()

    def place() -> float:
        return chance.uniform(-4_000, 4_000) * chance.choice((1, 1, 100))

    return [Rect(place(), place(), length(), length()) for _ in range(chance.randint(1, 4))]


def touches(area: Rect, other: Rect) -> bool:
    across = area.left <= other.right and other.left <= area.right
    return across and area.top <= other.bottom and other.top <= area.bottom


@pytest.mark.parametrize("seed", range(30))
def test_everything_that_touches_an_area_is_found(seed: int) -> None:
    chance = random.Random(seed)
    tiles: Tiles[int] = Tiles()
    there: dict[int, list[Rect]] = {}
    for _ in range(300):
        key = chance.randrange(120)
        if chance.random() < 0.3:
            tiles.drop(key)
            there.pop(key, None)
        else:
            there[key] = some_areas(chance)
            tiles.put(key, there[key])
    for _ in range(60):
        asked = some_areas(chance)[0]
        expected = {key for key, areas in there.items() if any(touches(asked, area) for area in areas)}
        found = set(tiles.near(asked))
        assert expected <= found <= there.keys()


def test_little_else_is_found() -> None:
    tiles: Tiles[int] = Tiles()
    for number in range(2_000):
        tiles.put(number, (Rect(number * 100.0, 0, 80, 40), Rect(number * 100.0, -50_000, 1, 100_000)))
    found = tiles.near(Rect(10_000, -100, 1_600, 1_000))
    assert set(range(100, 116)) <= set(found)
    assert len(found) < 40

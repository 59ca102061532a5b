"""What lies where on a large canvas: areas filed under the tiles of the scene they touch.

Connectors are long and thin, so tiles come in many shapes: an area is filed under tiles about as wide as it is wide and
as high as it is high, of which it touches a few, and a question looks at the tiles of every shape in use.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Generic, TypeVar

from model.shapes.geometry import Rect

Key = TypeVar("Key")

SIDE = 512.0
"""The side of the smallest tile in scene pixels: a window shows a handful of them at 100 %."""

_ACROSS = 4
"""How many tiles an area may touch in each direction before it is filed under larger ones."""

Shape = tuple[int, int]
"""How often a tile's width and its height are doubled."""

Tile = tuple[Shape, int, int]
"""Shape, column and row."""


class Tiles(Generic[Key]):
    """Answers which things may touch an area without looking at all of them."""

    def __init__(self) -> None:
        self._tiles: dict[Tile, set[Key]] = {}
        self._of: dict[Key, frozenset[Tile]] = {}
        self._shapes: dict[Shape, int] = {}

    def put(self, key: Key, areas: Iterable[Rect]) -> None:
        """File a thing under the areas it is made of, in place of where it was."""
        self.drop(key)
        self._of[key] = tiles = frozenset(tile for area in areas for tile in _tiles(area, _shape(area)))
        for tile in tiles:
            if tile not in self._tiles:
                self._tiles[tile] = set()
                self._shapes[tile[0]] = self._shapes.get(tile[0], 0) + 1
            self._tiles[tile].add(key)

    def drop(self, key: Key) -> None:
        """Forget a thing, if it is known."""
        for tile in self._of.pop(key, ()):
            self._tiles[tile].discard(key)
            if not self._tiles[tile]:
                del self._tiles[tile]
                self._shapes[tile[0]] -= 1

    def near(self, area: Rect) -> Collection[Key]:
        """What may touch an area: everything that does, and little else."""
        small = _span(area.left, area.right, SIDE), _span(area.top, area.bottom, SIDE)
        if len(small[0]) * len(small[1]) >= len(self._tiles):
            return self._of.keys()
        found: set[Key] = set()
        for shape, used in self._shapes.items():
            if used:
                found.update(*(self._tiles.get(tile, ()) for tile in _tiles(area, shape)))
        return found


def _shape(area: Rect) -> Shape:
    return _doublings(area.left, area.right), _doublings(area.top, area.bottom)


def _doublings(start: float, end: float) -> int:
    side, count = SIDE, 0
    while len(_span(start, end, side)) > _ACROSS:
        side, count = side * 2, count + 1
    return count


def _tiles(area: Rect, shape: Shape) -> Iterator[Tile]:
    """The tiles of a shape that an area touches."""
    columns = _span(area.left, area.right, SIDE * 2 ** shape[0])
    rows = _span(area.top, area.bottom, SIDE * 2 ** shape[1])
    return ((shape, x, y) for x in columns for y in rows)


def _span(start: float, end: float, side: float) -> range:
    return range(int(start // side), int(end // side) + 1)

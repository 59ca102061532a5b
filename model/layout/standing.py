"""Lines that stay as they are while others are routed: their straight pieces, found again by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Mapping
from itertools import pairwise
from math import inf

from model.layout.wires import LANE
from model.shapes.geometry import Point

Straight = tuple[float, float, float, int, int]
"""A straight piece: its place across its direction, from and to along it, its line's number, its own in the line."""


class Standing:
    """The straight pieces of some lines, by number, along both axes."""

    def __init__(self, lines: Mapping[int, tuple[Point, ...]]) -> None:
        level: list[Straight] = []
        upright: list[Straight] = []
        for owner, points in lines.items():
            x, y = points[0].x, points[0].y
            for k, corner in enumerate(points[1:]):
                to_x, to_y = corner.x, corner.y
                if y == to_y:
                    level.append((y, x, to_x, owner, k) if x < to_x else (y, to_x, x, owner, k))
                elif x == to_x:
                    upright.append((x, y, to_y, owner, k) if y < to_y else (x, to_y, y, owner, k))
                x, y = to_x, to_y
        level.sort()
        upright.sort()
        self._lines = lines
        self._pieces: tuple[list[Straight], ...] = (level, upright)

    def __bool__(self) -> bool:
        return any(self._pieces)

    def near(self, axis: int, low: float, high: float, near: float, far: float) -> list[Straight]:
        """Pieces along `axis` from `low` to `high` across it, that overlap `near` to `far` along it, in order."""
        pieces = self._pieces[axis]
        across = pieces[bisect_left(pieces, (low,)) : bisect_left(pieces, (high, inf))]
        return [piece for piece in across if piece[1] < far and piece[2] > near]

    def touching(self, left: float, top: float, right: float, bottom: float) -> set[int]:
        """The numbers of the lines that run through a rectangle."""
        return {piece[3] for piece in self.near(0, top, bottom, left, right)} | {
            piece[3] for piece in self.near(1, left, right, top, bottom)
        }

    def along(self, points: tuple[Point, ...]) -> set[int]:
        """The numbers of the lines that run beside this one nearer than lines should."""
        found: set[int] = set()
        for a, b in pairwise(points):
            axis = 0 if a.y == b.y else 1
            at, (near, far) = (a.y, sorted((a.x, b.x))) if axis == 0 else (a.x, sorted((a.y, b.y)))
            found |= {piece[3] for piece in self.near(axis, at - LANE / 2, at + LANE / 2, near, far)}
        return found

    def only(self, owners: Container[int]) -> Standing:
        """The same without the lines that are not among `owners`."""
        return self._with(
            self._lines, ([piece for piece in pieces if piece[3] in owners] for pieces in self._pieces)
        )

    def and_also(self, lines: Mapping[int, tuple[Point, ...]]) -> Standing:
        """The same and more lines, of other numbers."""
        more = Standing(lines)
        both = zip(self._pieces, more._pieces, strict=True)
        return self._with({**self._lines, **lines}, (sorted([*here, *there]) for here, there in both))

    @staticmethod
    def _with(lines: Mapping[int, tuple[Point, ...]], pieces: Iterable[list[Straight]]) -> Standing:
        made = Standing({})
        made._lines, made._pieces = lines, tuple(pieces)
        return made

    def turns(self, piece: Straight) -> list[tuple[float, float]]:
        """Where a piece bends, and towards which side: (coordinate along it, -1 or +1)."""
        _, _, _, owner, k = piece
        points = self._lines[owner]
        found: list[tuple[float, float]] = []
        a, b = points[k], points[k + 1]
        for corner, beyond in (
            (a, points[k - 1] if k else a),
            (b, points[k + 2] if k + 2 < len(points) else b),
        ):
            if a.y == b.y:
                found.append((corner.x, _sign(beyond.y - corner.y)))
            else:
                found.append((corner.y, _sign(beyond.x - corner.x)))
        return found


def _sign(way: float) -> float:
    return 1.0 if way > 0 else -1.0 if way < 0 else 0.0

"""The nearest place for something new, found column by column: pure geometry.

With the left edge of a place given, everything that is in its way bars a span of upper edges: what it would cover, and
what a zone around it would grow over to hold it. Where such spans begin and end gives the left edges that are tried.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from model.editing.placing import GAP, GRID
from model.shapes.geometry import Point, Rect, Size

_GROWTH = 2.0
"""How many pixels farther away a place may be for each pixel that its zone need not grow."""

_NEAR = 60.0
"""From how far a place is drawn to the left edge of another card."""

Span = tuple[float, float]
"""From where to where, without its ends."""

_ALL: Span = (-math.inf, math.inf)


class Level(NamedTuple):
    """A zone around a place: its frame, the room around the place that it must hold, and what it must not grow over.

    It grows for what reaches out of `across` or `along`, which is what it holds as it is, unless it is `locked`.
    """

    frame: Rect
    pad: float
    head: float
    across: Span
    along: Span
    locked: bool
    beside: tuple[Rect, ...]


class Search:
    """Looks for a place of one size that touches nothing of `others` and makes no zone grow over anything.

    `levels`: the zones that it lies in, innermost first.
    """

    def __init__(self, size: Size, others: Iterable[Rect], levels: Sequence[Level]) -> None:
        self._size, self._levels = size, levels
        self._across, self._along = (levels[0].across, levels[0].along) if levels else (_ALL, _ALL)
        west = max((_west(level) for level in levels), default=-math.inf)
        east = min((_east(level) for level in levels), default=math.inf)
        self._reach: Span = (west, east)
        """Beyond these a zone grows sideways over what stands beside it, wherever the place may be along."""
        self._others = [other for other in others if other.right > west and other.left < east]
        self._overgrown: dict[tuple[int, float, float], list[Span]] = {}

    def nearest(self, wanted: Point) -> Rect | None:
        """The place nearest to a wanted corner; a pixel that the innermost zone grows counts like two of distance.

        None where there is no place.
        """
        width, height = self._size
        x, y = _within(wanted.x, width, self._across), _within(wanted.y, height, self._along)
        best, least = None, math.inf
        costs = {
            left: abs(left - x) + _GROWTH * _growth(left, width, self._across) for left in self._lefts(x)
        }
        for left, cost in sorted(costs.items(), key=lambda column: (column[1], -column[0])):
            if cost >= least:
                break
            for top in _free(y, self._barred(left)):
                whole = cost + abs(top - y) + _GROWTH * _growth(top, height, self._along)
                if whole < least:
                    best, least = Rect(left, top, width, height), whole
        return best

    def lined_up(self, place: Rect, lefts: Iterable[float]) -> Rect:
        """A place moved sideways to the nearest of some left edges that are near, where there is room just as well."""
        growth = _growth(place.left, place.width, self._across)
        for left in sorted(lefts, key=lambda left: abs(left - place.left)):
            if abs(left - place.left) > _NEAR:
                break
            free = not any(low < place.top < high for low, high in self._barred(left))
            if free and _growth(left, place.width, self._across) <= growth:
                return Rect(left, place.top, place.width, place.height)
        return place

    def _lefts(self, x: float) -> set[float]:
        """All left edges at which something begins or ceases to be barred, on the grid, and the wanted one."""
        starts, ends = [other.right for other in self._others], [other.left for other in self._others]
        for level in self._levels:
            starts.append(level.across[0])
            ends.append(level.across[1])
            for rect in level.beside:
                starts += (rect.right + level.pad, rect.right + level.pad + GAP)
                ends += (rect.left - level.pad, rect.left - level.pad - GAP)
        width, (west, east) = self._size.width, self._reach
        found = {up(start) for start in starts if west <= start <= east - width}
        found |= {_down(end - width) for end in ends if west <= end - width <= east - width}
        return {left for left in (x, up(west), _down(east - width), *found) if west <= left <= east - width}

    def _barred(self, left: float) -> list[Span]:
        """Between which values the upper edge of a place must not be."""
        width, height = self._size
        right, (west, east) = left + width, self._reach
        if left < west or right > east:
            return [_ALL]
        found = [
            (other.top - height, other.bottom)
            for other in self._others
            if other.left < right and left < other.right
        ]
        for number, level in enumerate(self._levels):
            reach = left - level.pad if left < level.across[0] else level.frame.left
            far = right + level.pad if right > level.across[1] else level.frame.right
            key = number, reach, far
            if key not in self._overgrown:
                self._overgrown[key] = list(_overgrown(reach, far, height, level))
            found += self._overgrown[key]
        return found


def _west(level: Level) -> float:
    """The left edge of a place beyond which a zone grows over something to its left, or though it is locked."""
    if level.locked:
        return level.across[0]
    stops = (rect.right for rect in level.beside if rect.left < level.frame.left and _level_with(rect, level))
    return min(level.across[0], max(stops, default=-math.inf) + GAP + level.pad)


def _east(level: Level) -> float:
    """The same for the right edge of a place."""
    if level.locked:
        return level.across[1]
    stops = (
        rect.left for rect in level.beside if rect.right > level.frame.right and _level_with(rect, level)
    )
    return max(level.across[1], min(stops, default=math.inf) - GAP - level.pad)


def _level_with(rect: Rect, level: Level) -> bool:
    """Whether something stands beside a zone as high as it."""
    return rect.top < level.frame.bottom and level.frame.top < rect.bottom


def _overgrown(reach: float, far: float, height: float, level: Level) -> Iterator[Span]:
    """For which upper edges a zone that reaches so far to each side would grow over something, or though locked."""
    frame, still, end = level.frame, level.along[0], level.along[1] - height
    if level.locked:
        yield -math.inf, still
        yield end, math.inf
        return
    for rect in level.beside:
        upper = min(still, rect.bottom + GAP + level.head)
        lower = max(end, rect.top - GAP - level.pad - height)
        left = reach < frame.left and rect.left < frame.left and reach < rect.right + GAP
        if left or (far > frame.right and rect.right > frame.right and far > rect.left - GAP):
            yield (
                -math.inf if frame.bottom > rect.top else lower,
                math.inf if frame.top < rect.bottom else upper,
            )
        elif rect.left < far and reach < rect.right:
            if rect.top < frame.top:
                yield -math.inf, upper
            if rect.bottom > frame.bottom:
                yield lower, math.inf


def _free(wanted: float, barred: Sequence[Span]) -> Iterator[float]:
    """The nearest values from a wanted one on, on the grid, to each side, that no span holds."""
    after = wanted
    for low, high in sorted(barred):
        if low < after < high:
            after = up(high)
    if after < math.inf:
        yield after
    if after != wanted:
        before = wanted
        for low, high in sorted(barred, key=lambda span: -span[1]):
            if low < before < high:
                before = _down(low)
        if before > -math.inf:
            yield before


def _within(at: float, length: float, span: Span) -> float:
    """A position moved by as little as lets what is there lie in a span; at its beginning where it is too long."""
    return max(min(at, span[1] - length), span[0])


def _growth(at: float, length: float, span: Span) -> float:
    """How much longer a span has to be to hold what is there."""
    return max(0.0, span[0] - at) + max(0.0, at + length - span[1])


def up(value: float) -> float:
    """The next line of the grid."""
    return math.ceil(value / GRID) * GRID if math.isfinite(value) else value


def _down(value: float) -> float:
    return -up(-value)

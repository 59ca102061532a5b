"""The nearest place for something new, found column by column: pure geometry.

With the left edge of a place given, everything that is in its way bars a span of upper edges: what it would cover, and
what a zone around it would grow over to hold it. Where such spans begin and end gives the left edges that are tried.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from model.editing.placing import GAP, GRID
from model.shapes.geometry import Rect, Size

_GROWTH = 2.0
"""How many pixels farther away a place may be for each pixel that its zone need not grow."""

_NEAR = 60.0
"""From how far a place is drawn to the left edge of another card."""

Span = tuple[float, float]
"""From where to where, without its ends."""

_ALL: Span = (-math.inf, math.inf)


class Level(NamedTuple):
    """A zone around a place: its frame, the room around the place that it must hold, and what it must not grow over.

    It grows for what reaches out of `across` or `along`, which is what it holds as it is.
    """

    frame: Rect
    pad: float
    head: float
    across: Span
    along: Span
    locked: bool
    beside: tuple[Rect, ...]


def nearest(wanted: Rect, others: Sequence[Rect], levels: Sequence[Level]) -> Rect | None:
    """The place nearest to a wanted one that touches nothing of `others` and makes no zone grow over anything.

    `levels`: the zones it lies in, innermost first; a pixel that the first has to grow counts like two of distance.
    None where there is no such place.
    """
    across, along = (levels[0].across, levels[0].along) if levels else (_ALL, _ALL)
    x = _within(wanted.x, wanted.width, across)
    y = _within(wanted.y, wanted.height, along)
    best, least = None, math.inf
    costs = {
        left: abs(left - x) + _GROWTH * _growth(left, wanted.width, across)
        for left in _lefts(x, wanted.width, others, levels)
    }
    for left, cost in sorted(costs.items(), key=lambda column: (column[1], -column[0])):
        if cost >= least:
            break
        for top in _free(y, list(_barred(left, wanted.size, others, levels))):
            whole = cost + abs(top - y) + _GROWTH * _growth(top, wanted.height, along)
            if whole < least:
                best, least = Rect(left, top, wanted.width, wanted.height), whole
    return best


def lined_up(place: Rect, lefts: Iterable[float], others: Sequence[Rect], levels: Sequence[Level]) -> Rect:
    """A place moved sideways to the nearest of some left edges that are near, where there is room just as well."""
    growth = _growth(place.left, place.width, levels[0].across) if levels else 0.0
    for left in sorted(lefts, key=lambda left: abs(left - place.left)):
        if abs(left - place.left) > _NEAR:
            break
        clear = not any(low < place.top < high for low, high in _barred(left, place.size, others, levels))
        if clear and (not levels or _growth(left, place.width, levels[0].across) <= growth):
            return Rect(left, place.top, place.width, place.height)
    return place


def _lefts(x: float, width: float, others: Iterable[Rect], levels: Iterable[Level]) -> set[float]:
    """All left edges at which something begins or ceases to be barred, on the grid, and the wanted one."""
    starts, ends = [other.right for other in others], [other.left for other in others]
    for level in levels:
        starts.append(level.across[0])
        ends.append(level.across[1])
        for rect in level.beside:
            starts += (rect.right + level.pad, rect.right + level.pad + GAP)
            ends += (rect.left - level.pad, rect.left - level.pad - GAP)
    return {x, *map(up, starts), *(_down(end - width) for end in ends)}


def _barred(left: float, size: Size, others: Iterable[Rect], levels: Iterable[Level]) -> Iterator[Span]:
    """Between which values the upper edge of a place must not be."""
    right = left + size.width
    for other in others:
        if other.left < right and left < other.right:
            yield other.top - size.height, other.bottom
    for level in levels:
        yield from _overgrown(left, size, level)


def _overgrown(left: float, size: Size, level: Level) -> Iterator[Span]:
    """For which upper edges a zone would grow over something, or grow though it is locked."""
    frame, right = level.frame, left + size.width
    reach = left - level.pad if left < level.across[0] else frame.left
    far = right + level.pad if right > level.across[1] else frame.right
    still, end = level.along[0], level.along[1] - size.height
    if level.locked:
        yield _ALL if (reach, far) != (frame.left, frame.right) else (-math.inf, still)
        yield end, math.inf
    for rect in level.beside:
        upper = min(still, rect.bottom + GAP + level.head)
        lower = max(end, rect.top - GAP - level.pad - size.height)
        if reach < frame.left and rect.left < frame.left and reach < rect.right + GAP:
            sideways = True
        else:
            sideways = far > frame.right and rect.right > frame.right and far > rect.left - GAP
        if sideways:
            above, below = frame.top < rect.bottom, frame.bottom > rect.top
            yield -math.inf if below else lower, math.inf if above else upper
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

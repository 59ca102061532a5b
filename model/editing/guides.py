"""Smart guides: where something being moved or resized lines up with its neighbours. Pure geometry, scene pixels.

Lined up are edges with edges, middles with middles, and gaps with gaps. Each axis is looked at by itself: a neighbour
is a span along the axis (low to high) and one across it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from model.shapes.geometry import Point, Rect, snap

NEIGHBOURS = 400
"""With more things in sight than this, lines between them say nothing any more."""

_SAME = 0.6
"""Whole pixels: what is nearer than this lies in one line."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A line to show: along an edge or a middle, or across one of several equal gaps."""

    start: Point
    end: Point
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Snapped:
    """How far something really moves, and the lines that say why."""

    dx: int
    dy: int
    guides: tuple[Guide, ...] = ()


@dataclass(frozen=True, slots=True)
class _Span:
    low: float
    high: float
    near: float
    far: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def beside(self, other: _Span) -> bool:
        """Whether the two share some of the way across the axis."""
        return self.near < other.far and other.near < self.far


def snap_move(box: Rect, dx: float, dy: float, others: Sequence[Rect], reach: float, grid: float) -> Snapped:
    """Move a box: to a neighbour's line within `reach` where there is one, else to the grid."""
    at = box.moved(dx, dy)
    found = []
    for wanted, start, level in ((at.x, box.x, True), (at.y, box.y, False)):
        own, spans = _span(at, level), [_span(each, level) for each in others]
        by = _nearest(_pulls(own, spans), reach)
        to = wanted + by if by is not None else snap(wanted, grid)
        found.append(round(to - start))
    moved = box.moved(*found)
    return Snapped(found[0], found[1], tuple(_lines(moved, others, "nwse")))


def snap_edges(box: Rect, sides: str, others: Sequence[Rect], reach: float, grid: float) -> Rect:
    """Bring the named edges of a box being resized to a neighbour's edge within `reach`, else to the grid."""
    low = {"w": box.left, "e": box.right, "n": box.top, "s": box.bottom}
    for side in sides:
        level = side in "we"
        ends = [end for each in others for span in (_span(each, level),) for end in (span.low, span.high)]
        by = _nearest((end - low[side] for end in ends), reach)
        low[side] = float(round(low[side] + by if by is not None else snap(low[side], grid)))
    return Rect(low["w"], low["n"], low["e"] - low["w"], low["s"] - low["n"])


def edge_guides(box: Rect, sides: str, others: Sequence[Rect]) -> tuple[Guide, ...]:
    """The lines in which the named edges of a box lie with its neighbours' edges."""
    return tuple(line for line in _lines(box, others, sides) if not line.gap)


def _span(rect: Rect, level: bool) -> _Span:
    if level:
        return _Span(rect.left, rect.right, rect.top, rect.bottom)
    return _Span(rect.top, rect.bottom, rect.left, rect.right)


def _nearest(pulls: Iterable[float], reach: float) -> float | None:
    best = min(pulls, key=abs, default=None)
    return best if best is not None and abs(best) <= reach else None


def _pulls(own: _Span, others: Sequence[_Span]) -> Iterator[float]:
    """How far a box would move to line up with each neighbour, or to make gaps equal."""
    for each in others:
        yield each.middle - own.middle
        for end in (each.low, each.high):
            yield end - own.low
            yield end - own.high
    before, after = _row(own, others)
    if before and after:
        yield (after[0].low + before[0].high) / 2 - own.middle
    if len(before) > 1:
        yield before[0].high + (before[0].low - before[1].high) - own.low
    if len(after) > 1:
        yield after[0].low - (after[1].low - after[0].high) - own.high


def _row(own: _Span, others: Sequence[_Span]) -> tuple[list[_Span], list[_Span]]:
    """Up to two neighbours on either side in one row with a box, the nearest first, clear of each other."""
    row = [each for each in others if each.beside(own)]
    before = sorted((each for each in row if each.high <= own.middle), key=lambda each: -each.high)[:1]
    after = sorted((each for each in row if each.low >= own.middle), key=lambda each: each.low)[:1]
    if before:
        before += sorted((each for each in row if each.high <= before[0].low), key=lambda each: -each.high)[
            :1
        ]
    if after:
        after += sorted((each for each in row if each.low >= after[0].high), key=lambda each: each.low)[:1]
    return before, after


def _lines(box: Rect, others: Sequence[Rect], sides: str) -> Iterator[Guide]:
    """The lines that hold for a box where it now is."""
    for level in (True, False):
        own, spans = _span(box, level), [_span(each, level) for each in others]
        low, high = ("w", "e") if level else ("n", "s")
        places = [own.low] * (low in sides) + [own.high] * (high in sides)
        for at in dict.fromkeys(places):
            with_edge = [each for each in spans if abs(each.low - at) < _SAME or abs(each.high - at) < _SAME]
            yield from _along(at, own, with_edge, level)
        if low in sides and high in sides:
            centred = [each for each in spans if abs(each.middle - own.middle) < _SAME]
            yield from _along(own.middle, own, centred, level)
            yield from _gaps(own, spans, level)


def _along(at: float, own: _Span, lined: Sequence[_Span], level: bool) -> Iterator[Guide]:
    if lined:
        start = min(own.near, *(each.near for each in lined))
        end = max(own.far, *(each.far for each in lined))
        yield _guide(at, start, at, end, level)


def _gaps(own: _Span, spans: Sequence[_Span], level: bool) -> Iterator[Guide]:
    """Lines across the gaps that are as wide as the one beside a box."""
    before, after = _row(own, spans)
    row = [*reversed(before), own, *after]
    pairs = [(one, two) for one, two in pairwise(row) if two.low > one.high]
    beside = [two.low - one.high for one, two in pairs if own in (one, two)]
    for one, two in pairs:
        gap = two.low - one.high
        same = sum(abs(gap - (b.low - a.high)) < 2 * _SAME for a, b in pairs)
        if same > 1 and any(abs(gap - each) < 2 * _SAME for each in beside):
            across = (max(one.near, two.near) + min(one.far, two.far)) / 2
            yield _guide(one.high, across, two.low, across, level, gap=True)


def _guide(
    along: float, across: float, to_along: float, to_across: float, level: bool, *, gap: bool = False
) -> Guide:
    if level:
        return Guide(Point(along, across), Point(to_along, to_across), gap)
    return Guide(Point(across, along), Point(to_across, to_along), gap)

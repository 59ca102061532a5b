"""Where connectors should not run although nothing stands there: along the frames of zones, and over their titles."""

from __future__ import annotations

from collections.abc import Sequence

from model.layout.corridors import Corridor, Span
from model.shapes.geometry import Rect

FRAME_CLEAR = 7.0
"""Distance a connector keeps from a frame's edge beside which it runs; crossing one is no matter."""
TITLE_CLEAR = 6.0
"""Distance kept from a title."""
CORNER = 4.0
"""An edge counts a little beyond its corners, where lines bend."""

Band = tuple[float, float, float, float]
"""From and to across a direction, from and to along it."""


class Bands:
    """The edges of frames, and titles, as bands that pieces of wires keep out of where they can."""

    def __init__(self, frames: Sequence[Rect], titles: Sequence[Rect]) -> None:
        clear, more = FRAME_CLEAR, CORNER
        level = [
            (y - clear, y + clear, r.left - more, r.right + more) for r in frames for y in (r.top, r.bottom)
        ]
        upright = [
            (x - clear, x + clear, r.top - more, r.bottom + more) for r in frames for x in (r.left, r.right)
        ]
        self._edges = (sorted(level), sorted(upright))
        grown = [r.grow(TITLE_CLEAR) for r in titles]
        self._titles: tuple[list[Band], list[Band]] = (
            sorted((r.top, r.bottom, r.left, r.right) for r in grown),
            sorted((r.left, r.right, r.top, r.bottom) for r in grown),
        )

    @property
    def titled(self) -> bool:
        """Whether there are titles to keep off."""
        return bool(self._titles[0])

    def parts(self, axis: int, low: float, high: float, near: float, far: float) -> list[Span]:
        """Those parts of `low` to `high` where a piece along `axis` from `near` to `far` is out of all bands.

        Titles are given up first where nothing would remain, then the edges: never empty.
        """
        whole = [(low, high)]
        edges = _without(whole, self._edges[axis], near, far)
        return _without(edges, self._titles[axis], near, far) or edges or whole

    def within(self, corridor: Corridor) -> list[Band]:
        """The bands along a corridor that lie in it, wholly or partly."""
        axis, start, end, low, high, _, _ = corridor
        return [
            band
            for band in (*self._edges[axis], *self._titles[axis])
            if band[0] < high and band[1] > low and band[2] < end and band[3] > start
        ]

    def short_of_titles(self, axis: int, place: float, begin: float, low: float, high: float) -> Span:
        """How far between `low` and `high` a piece along `axis` at `place` may reach from `begin` without running
        over a title; all of it where there is no such stretch."""
        first, last = low, high
        for start, end, near, far in self._titles[axis]:
            if start > place:
                break
            if end > place:
                if near >= begin:
                    last = min(last, near)
                elif far <= begin:
                    first = max(first, far)
        return (first, last) if first <= last else (low, high)

    def titles_met(self, axis: int, low: float, high: float, near: float, far: float) -> int:
        """How many titles a piece meets wherever it is between `low` and `high`."""
        count = 0
        for first, last, start, end in self._titles[axis]:
            if first > low:
                break
            if last >= high and start < far and end > near:
                count += 1
        return count


def beside(value: float, inner: Span, bands: Sequence[Band], along: float) -> float:
    """The place in `inner` nearest to `value` where a line is in no band at `along`; any when there is none."""
    parts = _without([inner], bands, along - 1.0, along + 1.0)
    places = [min(max(value, low), high) for low, high in parts or [inner]]
    return min(places, key=lambda place: abs(place - value))


def _without(parts: list[Span], bands: Sequence[Band], near: float, far: float) -> list[Span]:
    for first, last, start, end in bands:
        if start < far and end > near and parts and first < parts[-1][1]:
            parts = (
                [
                    part
                    for low, high in parts
                    for part in ((low, min(high, first)), (max(low, last), high))
                    if part[0] <= part[1] and (part[0] < part[1] or low == high)
                ]
                if any(low < last and first < high for low, high in parts)
                else parts
            )
    return parts

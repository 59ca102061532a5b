"""Where a table goes over to the next page, so that no heading and no single row is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import fsum

from exports.pdf.pages.style import LEADING, PAD

_ROWS = 3
_HEIGHT = 90.0
"""So many rows, or so much height, stand together at the beginning of a table and at its end; never one row alone."""
_WHOLE = 0.5
"""Tables that take no more than this share of a page are kept on one."""


def room_to_begin(heights: Sequence[float], page: float) -> float:
    """The room that a table's rows need to begin on a page that is partly filled.

    `heights` of its rows; `page`: the room of an empty page. Lengths are points.
    """
    whole = fsum(heights)
    if not heights:
        return 0.0
    if whole <= page * _WHOLE:
        return whole
    first = heights[0] if heights[0] <= page else _HEIGHT
    return max(first, min(_HEIGHT, fsum(heights[:_ROWS])))


def turns(heights: Sequence[float], room: float, page: float) -> frozenset[int]:
    """The rows, by number, that begin a new page: those that do not fit, or go with the few that would follow alone.

    `room`: what is left of the first page. A row taller than a page begins where there is some room, and goes on
    over the pages it takes.
    """
    begins: list[int] = []
    cut = False
    for number, height in enumerate(heights):
        if height > room and (height <= page or room < _HEIGHT):
            begins.append(number)
            room, cut = page, False
        while height > room:
            height -= fitting(room) * LEADING
            room, cut = page, True
        room -= height
    if begins and not cut:
        begins[-1] = _earlier(heights, begins[-2] if len(begins) > 1 else 0, begins[-1], page)
    return frozenset(begins)


def fitting(room: float) -> int:
    """How many lines of a row fit into some height; at least one."""
    return max(1, int((room - 2 * PAD) // LEADING))


def _earlier(heights: Sequence[float], before: int, last: int, page: float) -> int:
    """Where the last page is to begin, so that it gets rows enough and the page before it keeps as many."""
    kept = list(accumulate(heights[before:last]))
    end = fsum(heights[last:])
    while (
        (last == len(heights) - 1 or (len(heights) - last < _ROWS and end < _HEIGHT))
        and last - before > 1
        and end + heights[last - 1] <= page
        and (last - before > _ROWS or kept[last - before - 2] >= _HEIGHT)
    ):
        last -= 1
        end += heights[last]
    return last

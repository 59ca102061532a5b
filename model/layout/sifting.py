"""Moving the items of one column to where their connections cross least, all pairs of items compared at once.

A whole number holds a count for every item of the column, side by side in its bits, so that one addition adds all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from struct import unpack

BITS = 32
"""Room for one item's count; the topmost bit is its sign."""

Side = Sequence[Sequence[int]]
"""For every item of a column the places, 0 and up, of what it is connected to in the columns on one side."""


def comparisons(sides: Sequence[Side]) -> list[tuple[int, ...]]:
    """For every item, beside each other one: how many crossings more there are with it above than with it below."""
    count = len(sides[0])
    ones = sum(1 << (BITS * item) for item in range(count))
    signs = ones << (BITS - 1)
    totals = [signs] * count
    for side in sides:
        for item, more in enumerate(_more_above(side)):
            totals[item] += more
    # Every count has its sign's bit added, which keeps it from borrowing of its neighbour.
    return [unpack(f"<{count}i", (total ^ signs).to_bytes(BITS // 8 * count, "little")) for total in totals]


def _more_above(side: Side) -> list[int]:
    """For every item the packed counts of the ends of all items above its own ends, less those below."""
    joined = [0] * (max((max(places) for places in side if places), default=-1) + 1)
    for item, places in enumerate(side):
        one = 1 << (BITS * item)
        for place in places:
            joined[place] += one
    through = list(accumulate(joined))
    everything = through[-1] if through else 0
    balance = [2 * upto - here - everything for upto, here in zip(through, joined, strict=True)]
    return [sum(map(balance.__getitem__, places)) for places in side]


def sift(order: list[int], worse: Sequence[Sequence[int]]) -> int:
    """Move every item of the order to its best place among the others, in place; gives the crossings gained."""
    gained = 0
    for item in sorted(order):
        start = order.index(item)
        mine = worse[item].__getitem__
        upwards = list(accumulate(map(mine, reversed(order[:start]))))
        downwards = list(accumulate(map(mine, order[start + 1 :])))
        up, down = min(upwards, default=0), max(downwards, default=0)
        if up >= 0 and down <= 0:
            continue
        del order[start]
        if up <= -down:
            order.insert(start - 1 - upwards.index(up), item)
            gained -= up
        else:
            order.insert(start + 1 + downwards.index(down), item)
            gained += down
    return gained

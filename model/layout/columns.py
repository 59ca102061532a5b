"""Which column things belong in: left of what they flow into, in columns of sensible height."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

SHAPE = 1.6
"""Wanted width : height of zones beside each other."""


def ranks(count: int, edges: Mapping[tuple[int, int], float]) -> list[int]:
    """Ranks for items 0 … count-1, so that edges lead to higher ones, but for those that would close a circle.

    The lightest edges are ignored first. Ranks are as low as possible, unless a higher one makes edges shorter.
    Items without edges get rank 0.
    """
    after: list[set[int]] = [set() for _ in range(count)]
    for (source, target), _ in sorted(edges.items(), key=lambda e: (-e[1], e[0])):
        if not _reaches(after, target, source):
            after[source].add(target)
    result = [0] * count
    waiting = [0] * count
    for followers in after:
        for k in followers:
            waiting[k] += 1
    ready = [k for k in range(count) if not waiting[k]]
    for k in ready:
        for follower in sorted(after[k]):
            result[follower] = max(result[follower], result[k] + 1)
            waiting[follower] -= 1
            if not waiting[follower]:
                ready.append(follower)
    _tighten(result, after, edges, ready)
    return result


def _tighten(
    result: list[int],
    after: Sequence[set[int]],
    edges: Mapping[tuple[int, int], float],
    order: Sequence[int],
) -> None:
    """Move items towards what they flow into where that shortens more than it lengthens."""
    pull = [0.0] * len(result)
    for source, followers in enumerate(after):
        for target in followers:
            pull[source] += edges[source, target]
            pull[target] -= edges[source, target]
    for k in reversed(order):
        if pull[k] > 0:
            result[k] = max(result[k], min(result[follower] for follower in after[k]) - 1)


def _reaches(after: Sequence[set[int]], start: int, goal: int) -> bool:
    seen, stack = {start}, [start]
    while stack:
        k = stack.pop()
        if k == goal:
            return True
        for follower in after[k]:
            if follower not in seen:
                seen.add(follower)
                stack.append(follower)
    return False


def in_columns(
    sizes: Sequence[tuple[int, int]],
    order: Sequence[int],
    edges: Mapping[tuple[int, int], float],
    *,
    last: Sequence[int],
    single: bool,
    by_shape: bool,
    gap: int,
) -> list[list[int]]:
    """Indices in columns from left to right.

    `order` are ranks, `last` those kept in a column of their own at the right, `single` asks for one column in all.
    With `by_shape` the number of columns follows from the wanted shape of the whole, else from the ranks.
    """
    count = len(sizes)
    if not count:
        return []
    if single:
        return [sorted(range(count), key=lambda k: (order[k], k))]
    kept = set(last)
    free = sorted((k for k in range(count) if k not in kept), key=lambda k: (order[k], k))
    right = [sorted(kept)] if kept else []
    if by_shape:
        return _by_shape(free, sizes, edges, sorted(kept), gap) + right
    return _by_rank(free, order, edges) + right


def _by_rank(
    free: Sequence[int], order: Sequence[int], edges: Mapping[tuple[int, int], float]
) -> list[list[int]]:
    linked = {k for edge in edges for k in edge}
    rows = max(4, round(math.sqrt(len(free)) * 1.2))
    columns: dict[int, list[int]] = {}
    loose = []
    for k in free:
        if k in linked:
            columns.setdefault(order[k], []).append(k)
        else:
            loose.append(k)
    broken = [part for rank in sorted(columns) for part in _even_parts(columns[rank], rows)]
    for k in loose:
        # Where there is room; a new column only when all are full.
        place = min(range(len(broken)), key=lambda c: (len(broken[c]), c), default=None)
        if place is None or len(broken[place]) >= rows:
            broken.append([k])
        else:
            broken[place].append(k)
    return broken


def _even_parts(items: Sequence[int], rows: int) -> list[list[int]]:
    # A little taller is better than one more column of things that belong side by side.
    parts = math.ceil(len(items) / (1.5 * rows))
    size = math.ceil(len(items) / parts)
    return [list(items[start : start + size]) for start in range(0, len(items), size)]


def _by_shape(
    free: Sequence[int],
    sizes: Sequence[tuple[int, int]],
    edges: Mapping[tuple[int, int], float],
    kept: Sequence[int],
    gap: int,
) -> list[list[int]]:
    """The split of the ranked items into consecutive columns that comes nearest to the wanted shape."""
    best: list[list[int]] = []
    least = math.inf
    for parts in range(1, len(free) + 1):
        columns = _balanced(free, sizes, parts, gap)
        full = [*columns, list(kept)] if kept else columns
        width = sum(max(sizes[k][0] for k in column) + gap for column in full)
        height = max(sum(sizes[k][1] + gap for k in column) for column in full)
        column_of = {k: number for number, column in enumerate(columns) for k in column}
        heavy = sum(edges.values()) or 1.0
        stacked = sum(
            weight
            for (s, t), weight in edges.items()
            if s in column_of and t in column_of and column_of[s] == column_of[t]
        )
        cost = abs(math.log(width / height / SHAPE)) + 0.4 * stacked / heavy + 0.3 * math.log(width * height)
        if cost < least - 1e-9:
            best, least = columns, cost
    return best


def _balanced(free: Sequence[int], sizes: Sequence[tuple[int, int]], parts: int, gap: int) -> list[list[int]]:
    total = sum(sizes[k][1] + gap for k in free)
    columns: list[list[int]] = [[]]
    filled = 0.0
    for position, k in enumerate(free):
        height = sizes[k][1] + gap
        left = len(free) - position
        enough = filled + height / 2 > total * len(columns) / parts
        if columns[-1] and len(columns) < parts and (enough or left <= parts - len(columns)):
            columns.append([])
        columns[-1].append(k)
        filled += height
    return columns

"""The order within columns: every block near what it talks to, with few crossings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from model.layout.blocks import Block, settle, walk

Edge = tuple[str, str, float]
"""Source id, target id, weight: heavier ones are kept shorter."""
ROUNDS = 8
"""How often blocks are moved within a column at most."""

Links = dict[int, list[tuple[str, float]]]
"""Per block (by identity) the components outside it that its own components talk to, with weights."""


def links_of(root: Block, edges: Sequence[Edge]) -> Links:
    """What every block talks to, over the edges in both directions."""
    pulls: dict[str, list[tuple[str, float]]] = {}
    for source, target, weight in edges:
        pulls.setdefault(source, []).append((target, weight))
        pulls.setdefault(target, []).append((source, weight))
    links: Links = {}

    def collect(block: Block) -> tuple[set[str], list[tuple[str, float]]]:
        held, outward = ({block.id}, pulls.get(block.id, [])) if block.area is None else (set(), [])
        for inner in block.inside:
            names, away = collect(inner)
            held |= names
            outward = outward + away
        outward = [(name, weight) for name, weight in outward if name not in held]
        links[id(block)] = outward
        return held, outward

    collect(root)
    return links


def sweep(root: Block, links: Links, *, backwards: bool, reorder: bool = True) -> None:
    """Bring every block to the height of what it talks to: order its column anew (if so asked), then settle it."""
    centers = {b.id: (x + b.width / 2, y + b.height / 2) for b, x, y in walk(root) if b.area is None}

    def visit(block: Block, x: int, y: int) -> None:
        for column in reversed(block.columns) if backwards else block.columns:
            for inner in column:
                if inner.area is not None:
                    visit(inner, x + inner.x, y + inner.y)
                away = links[id(inner)]
                total = sum(weight for _, weight in away)
                own = inner.y + inner.height / 2
                inner.wish = sum(centers[n][1] * w for n, w in away) / total - y if total > 0 else own
            if reorder:
                column.sort(key=lambda b: (b.wish, b.y))
                _uncross(column, links, centers, x)
            settle(column, block)
            for inner in column:
                centers.update(
                    (b.id, (x + inner.x + bx + b.width / 2, y + inner.y + by + b.height / 2))
                    for b, bx, by in ([(inner, 0, 0)] if inner.area is None else walk(inner))
                    if b.area is None
                )

    visit(root, 0, 0)


def _uncross(column: list[Block], links: Links, centers: Mapping[str, tuple[float, float]], x: int) -> None:
    """Move blocks within their column to where their connectors cross those of the others least."""
    if len(column) < 2:
        return
    sides = []
    for block in column:
        middle = x + block.x + block.width / 2
        left = sorted(centers[n][1] for n, _ in links[id(block)] if centers[n][0] < middle)
        right = sorted(centers[n][1] for n, _ in links[id(block)] if centers[n][0] > middle)
        sides.append((left, right))
    count = len(column)
    # Crossings more when u is above v than the other way round.
    worse = [[0] * count for _ in range(count)]
    for u in range(count):
        for v in range(u):
            more = sum(
                _above(sides[v][side], sides[u][side]) - _above(sides[u][side], sides[v][side])
                for side in (0, 1)
            )
            worse[u][v], worse[v][u] = more, -more
    order = list(range(count))
    for _ in range(ROUNDS):
        moved = False
        for u in range(count):
            start = order.index(u)
            best, least, change = start, 0, 0
            for place in range(start - 1, -1, -1):
                change += worse[u][order[place]]
                if change < least:
                    best, least = place, change
            change = 0
            for place in range(start + 1, count):
                change -= worse[u][order[place]]
                if change < least:
                    best, least = place, change
            if best != start:
                del order[start]
                order.insert(best, u)
                moved = True
        if not moved:
            break
    column[:] = [column[k] for k in order]


def _above(upper: Sequence[float], lower: Sequence[float]) -> int:
    """How many pairs (one of each, both sorted) have the first above the second."""
    return sum(len(lower) - bisect_right(lower, value) for value in upper)

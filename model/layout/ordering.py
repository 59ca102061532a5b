"""The order within columns: every block near what it talks to, with few crossings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model.layout.blocks import Block, settle, walk
from model.layout.sifting import comparisons, sift

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
                total = pull = 0.0
                # One by one: from Python 3.12 on sum adds floats otherwise, and wishes that were equal no longer are.
                for n, weight in away:
                    total += weight
                    pull += centers[n][1] * weight
                own = inner.y + inner.height / 2
                inner.wish = pull / total - y if total > 0 else own
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
    sides: tuple[list[list[float]], list[list[float]]] = ([], [])
    for block in column:
        middle = x + block.x + block.width / 2
        away = [centers[name] for name, _ in links[id(block)]]
        sides[0].append([y for at, y in away if at < middle])
        sides[1].append([y for at, y in away if at > middle])
    worse = comparisons([_placed(side) for side in sides])
    order = list(range(len(column)))
    for _ in range(ROUNDS):
        if not sift(order, worse):
            break
    column[:] = [column[k] for k in order]


def _placed(side: Sequence[Sequence[float]]) -> list[list[int]]:
    """Heights as places from the top."""
    place = {y: k for k, y in enumerate(sorted({y for heights in side for y in heights}))}
    return [[place[y] for y in heights] for heights in side]

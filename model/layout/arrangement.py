"""Automatic arrangement: components in columns from left to right inside their zones, zones beside each other.

Every zone is laid out for itself, from the innermost outwards: what flows into something stands to the left of it,
and long columns are broken. Then the order within all columns, and the heights, follow the components that things
talk to, wherever those are. The same input gives the same result.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from model.layout.blocks import GRID, Area, Block, places_of, settle, stack_height, steps
from model.layout.columns import in_columns, ranks
from model.layout.layers import uncrossed
from model.layout.ordering import Edge, links_of, sweep
from model.shapes.geometry import Point, Rect, Size, bounding, snap

COLUMN_GAP = 120.0
"""Distance between columns inside a zone: room for connectors and a label."""
ROW_GAP = 40.0
"""Distance between components below one another."""
ZONE_GAP = 80.0
"""Distance between zones, and between a zone and components beside it."""
LANE = 12.0
"""Additional distance between columns per connector that leaves or enters there, up to MORE_LANES."""
MORE_LANES = 14
"""See LANE."""
MORE_ROOM = 4
"""Components with many connectors stand up to this many grid steps further apart."""
SHOWN = 0.5
"""Lighter edges do not take part in the first order: they are seldom shown."""
SETTLINGS = 4
"""How often the first order is brought to the heights of what things talk to, as it is."""
CROSSING = 60.0
"""A crossing is as bad as this many pixels."""
COMPARED = 400
"""This many lines are looked at for crossings."""
SWEEPS = 5
"""How often all columns are ordered anew; the best result counts."""


class Node(NamedTuple):
    """A component to place: its size and the zone it is in (None: in none)."""

    id: str
    size: Size
    zone: str | None = None


class Arrangement(NamedTuple):
    """Top left corners of components and frames of zones, in scene pixels."""

    positions: Mapping[str, Point]
    frames: Mapping[str, Rect]


def arrange(
    nodes: Sequence[Node], zones: Sequence[Area], edges: Sequence[Edge], *, origin: Point = Point(40, 40)
) -> Arrangement:
    """Places for all components and frames for all zones, from `origin` to the right and down.

    Unknown zones and ends of edges are ignored; a zone nested in itself counts as not nested.
    """
    root, path = _tree(nodes, zones)
    real = [(s, t, w) for s, t, w in edges if s in path and t in path and s != t]
    _set_columns(root, path, real)
    best, least = places_of(root), math.inf
    links = links_of(root, real)
    for number in range(SETTLINGS + SWEEPS):
        sweep(root, links, backwards=number % 2 == 1, reorder=number >= SETTLINGS)
        places = places_of(root)
        cost = _cost(places, real)
        if cost < least:
            best, least = places, cost
    best.update(_stretched(root, best))
    area_ids = {area.id for area in zones}
    moved = {name: r.moved(origin.x, origin.y) for name, r in best.items()}
    return Arrangement(
        {name: Point(r.x, r.y) for name, r in moved.items() if name not in area_ids},
        {name: r for name, r in moved.items() if name in area_ids},
    )


def fit_zones(
    zones: Sequence[Area], frames: Mapping[str, Rect], boxes: Mapping[str, tuple[str | None, Rect]]
) -> dict[str, Rect]:
    """Frames grown, never shrunk, until each holds its components and inner zones with header and padding.

    `boxes` maps a component to its zone and its rectangle. A zone without a frame gets the smallest that fits.
    """
    children: dict[str | None, list[Area]] = {}
    for area in zones:
        children.setdefault(area.parent, []).append(area)
    content: dict[str, list[Rect]] = {}
    for zone, rect in boxes.values():
        if zone is not None:
            content.setdefault(zone, []).append(rect)
    result: dict[str, Rect] = {}

    def fit(area: Area, above: frozenset[str]) -> None:
        held = list(content.get(area.id, ()))
        for inner in children.get(area.id, ()):
            if inner.id not in above:
                fit(inner, above | {inner.id})
                held.append(result[inner.id])
        frame = frames.get(area.id)
        around = bounding(held)
        if around is not None:
            pad, head = area.padding, area.header
            needed = Rect(around.x - pad, around.y - head, around.width + 2 * pad, around.height + head + pad)
            frame = needed if frame is None else frame.union(needed)
        result[area.id] = (
            frame if frame is not None else Rect(0, 0, 8 * area.padding, area.header + 4 * area.padding)
        )

    known = {area.id for area in zones}
    for area in zones:
        if area.parent is None or area.parent not in known:
            fit(area, frozenset({area.id}))
    for area in zones:
        if area.id not in result:
            fit(area, frozenset(known))
    return result


def _tree(nodes: Sequence[Node], zones: Sequence[Area]) -> tuple[Block, dict[str, tuple[Block, ...]]]:
    """The blocks as nested, and for every component the blocks from the root's child down to itself."""
    root = Block("", area=Area("", header=0, padding=0))
    blocks = {area.id: Block(area.id, area=area) for area in zones}
    parents: dict[str, str | None] = {}
    for area in zones:
        above, seen = area.parent, {area.id}
        while above is not None and above in blocks and above not in seen:
            seen.add(above)
            above = (blocks[above].area or area).parent
        parents[area.id] = area.parent if area.parent in blocks and above not in seen else None
    for area in zones:
        parent = parents[area.id]
        (blocks[parent] if parent is not None else root).inside.append(blocks[area.id])
    path: dict[str, tuple[Block, ...]] = {}
    for node in nodes:
        block = Block(node.id, steps(node.size.width), steps(node.size.height))
        home = blocks.get(node.zone) if node.zone is not None else None
        (home or root).inside.append(block)
        chain = [block]
        zone = node.zone if home is not None else None
        while zone is not None:
            chain.append(blocks[zone])
            zone = parents[zone]
        path[node.id] = tuple(reversed(chain))
    return root, path


def _set_columns(
    block: Block, path: Mapping[str, tuple[Block, ...]], edges: Sequence[Edge], depth: int = 0
) -> None:
    """Distribute the content of a zone over columns and give the zone its size, from the innermost outwards."""
    for inner in block.inside:
        if inner.area is not None:
            _set_columns(inner, path, edges, depth + 1)
    number = {id(inner): k for k, inner in enumerate(block.inside)}
    lifted: dict[tuple[int, int], float] = {}
    traffic = 0
    for source, target, weight in edges:
        a, b = path[source], path[target]
        s = number.get(id(a[depth])) if len(a) > depth else None
        t = number.get(id(b[depth])) if len(b) > depth else None
        traffic += (s is not None) + (t is not None)
        if s is not None and t is not None and s != t:
            lifted[s, t] = lifted.get((s, t), 0.0) + weight
    order = ranks(len(block.inside), lifted)
    holds_zones = any(inner.area is not None for inner in block.inside)
    rooms = min(traffic // (2 * max(len(block.inside), 1)), MORE_ROOM)
    gap = steps(ZONE_GAP if holds_zones else ROW_GAP + rooms * GRID)
    chosen = in_columns(
        [(inner.width, inner.height) for inner in block.inside],
        order,
        lifted,
        last=[k for k, inner in enumerate(block.inside) if inner.right],
        single=block.right,
        by_shape=holds_zones,
        gap=gap,
    )
    shown = [edge for edge, weight in lifted.items() if weight >= SHOWN]
    block.columns = [[block.inside[k] for k in column] for column in uncrossed(chosen, shown)]
    block.row_gap = gap
    _set_size(block, traffic)


def _set_size(block: Block, traffic: int) -> None:
    area = block.area or Area("")
    pad, head = steps(area.padding), steps(area.header)
    x = pad
    between = ZONE_GAP if any(inner.area is not None for inner in block.inside) else COLUMN_GAP
    lanes = min(traffic // max(len(block.columns), 1) // 2, MORE_LANES)
    for number, column in enumerate(block.columns):
        x += steps(between + lanes * LANE) if number else 0
        width = max(inner.width for inner in column)
        for inner in column:
            inner.x = x + ((width - inner.width) // 2 if inner.area is None else 0)
            if inner.area is not None:
                inner.width = width
        x += width
    tallest = max((stack_height(column, block.row_gap) for column in block.columns), default=4)
    block.width = max(x + pad, 16 if block.area and block.area.id else 0, steps(area.title))
    block.height = head + tallest + pad
    for column in block.columns:
        settle(column, block)


def _stretched(root: Block, places: Mapping[str, Rect]) -> dict[str, Rect]:
    """Frames of the outermost zones drawn out until those of one column share the full height."""
    top, bottom = _extent(places.values())
    result: dict[str, Rect] = {}
    for column in root.columns:
        if any(block.area is None for block in column):
            continue
        frames = [places[block.id] for block in sorted(column, key=lambda b: places[b.id].y)]
        edges = [top]
        for upper, lower in pairwise(frames):
            middle = snap((upper.bottom + lower.top) / 2, GRID)
            edges += [middle - ZONE_GAP / 2, middle + ZONE_GAP / 2]
        edges.append(bottom)
        for block, start, end in zip(
            sorted(column, key=lambda b: places[b.id].y), edges[::2], edges[1::2], strict=True
        ):
            frame = places[block.id]
            y, low = min(start, frame.y), max(end, frame.bottom)
            result[block.id] = Rect(frame.x, y, frame.width, low - y)
    return result


def _extent(rects: Iterable[Rect]) -> tuple[float, float]:
    around = bounding(rects)
    return (around.top, around.bottom) if around is not None else (0.0, 0.0)


def _cost(places: Mapping[str, Rect], edges: Sequence[Edge]) -> float:
    """Weighted length, rises and falls counting double, and much more for every crossing."""
    lines = []
    cost = 0.0
    for source, target, weight in edges:
        a, b = places[source].center, places[target].center
        cost += weight * (abs(a.x - b.x) + 2 * abs(a.y - b.y))
        lines.append((a.x, a.y, b.x, b.y) if a.x <= b.x else (b.x, b.y, a.x, a.y))
    # Of very many lines, some stand for all.
    every = max(math.ceil(len(lines) / COMPARED), 1)
    reaching: list[tuple[float, float, float, float]] = []
    for ax, ay, bx, by in sorted(lines[::every]):
        reaching = [line for line in reaching if line[2] > ax]
        crossed = sum((ay - cy) * (by - dy) < 0 for _, cy, _, dy in reaching)
        cost += CROSSING * crossed * every**2
        if ax < bx:
            reaching.append((ax, ay, bx, by))
    return cost

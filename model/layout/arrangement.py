"""Automatic arrangement: components in columns from left to right inside their zones, zones beside each other.

Every zone is laid out for itself, from the innermost outwards: what flows into something stands to the left of it,
and long columns are broken. Then the order within all columns, and the heights, follow the components that things
talk to, wherever those are. The same input gives the same result.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from model.geometry import Point, Rect, Size, bounding, snap
from model.layout.columns import in_columns, ranks

GRID = 10.0
"""Everything is placed on multiples of this."""
COLUMN_GAP = 90.0
"""Distance between columns inside a zone: room for connectors and a label."""
ROW_GAP = 40.0
"""Distance between components below one another."""
ZONE_GAP = 80.0
"""Distance between zones, and between a zone and components beside it."""
LANE = 12.0
"""Additional distance between columns per connector that leaves or enters there, up to MORE_LANES."""
MORE_LANES = 14
MORE_ROOM = 4
"""Components with many connectors stand up to this many grid steps further apart."""
SWEEPS = 8

Edge = tuple[str, str, float]
"""Source id, target id, weight: heavier ones are kept shorter."""


@dataclass(frozen=True, slots=True)
class Node:
    """A component to place: its size and the zone it is in (None: in none)."""

    id: str
    size: Size
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A zone to place: what it is nested in, the room its title and border need, and whether it belongs at the
    right edge (the Internet and its services, stacked in one column)."""

    id: str
    parent: str | None = None
    header: float = 40.0
    padding: float = 30.0
    rank: Literal["", "right"] = ""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Top left corners of components and frames of zones, in scene pixels."""

    positions: Mapping[str, Point]
    frames: Mapping[str, Rect]


@dataclass(slots=True, eq=False)
class _Block:
    """A component, or a zone with its content in columns. x and y are grid steps within the container."""

    id: str
    width: int = 0
    height: int = 0
    area: Area | None = None
    inside: list[_Block] = field(default_factory=list)
    columns: list[list[_Block]] = field(default_factory=list)
    x: int = 0
    y: int = 0
    row_gap: int = 0
    wish: float = 0.0

    @property
    def right(self) -> bool:
        return self.area is not None and self.area.rank == "right"


def arrange(
    nodes: Sequence[Node], zones: Sequence[Area], edges: Sequence[Edge], *, origin: Point = Point(40, 40)
) -> Arrangement:
    """Places for all components and frames for all zones, from `origin` to the right and down.

    Unknown zones and ends of edges are ignored; a zone nested in itself counts as not nested.
    """
    root, path = _tree(nodes, zones)
    real = [(s, t, w) for s, t, w in edges if s in path and t in path and s != t]
    _set_columns(root, path, real)
    best, least = _places(root), math.inf
    links = _links(root, real)
    for number in range(SWEEPS):
        _sweep(root, links, backwards=number % 2 == 1)
        places = _places(root)
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


def _steps(length: float) -> int:
    return math.ceil(length / GRID - 1e-9)


def _tree(nodes: Sequence[Node], zones: Sequence[Area]) -> tuple[_Block, dict[str, tuple[_Block, ...]]]:
    """The blocks as nested, and for every component the blocks from the root's child down to itself."""
    root = _Block("", area=Area("", header=0, padding=0))
    blocks = {area.id: _Block(area.id, area=area) for area in zones}
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
    path: dict[str, tuple[_Block, ...]] = {}
    for node in nodes:
        block = _Block(node.id, _steps(node.size.width), _steps(node.size.height))
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
    block: _Block, path: Mapping[str, tuple[_Block, ...]], edges: Sequence[Edge], depth: int = 0
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
    gap = _steps(ZONE_GAP if holds_zones else ROW_GAP + rooms * GRID)
    chosen = in_columns(
        [(inner.width, inner.height) for inner in block.inside],
        order,
        lifted,
        last=[k for k, inner in enumerate(block.inside) if inner.right],
        single=block.right,
        by_shape=holds_zones,
        gap=gap,
    )
    block.columns = [[block.inside[k] for k in column] for column in chosen]
    block.row_gap = gap
    _set_size(block, traffic)


def _set_size(block: _Block, traffic: int) -> None:
    area = block.area or Area("")
    pad, head = _steps(area.padding), _steps(area.header)
    x = pad
    between = ZONE_GAP if any(inner.area is not None for inner in block.inside) else COLUMN_GAP
    lanes = min(traffic // max(len(block.columns), 1) // 2, MORE_LANES)
    for number, column in enumerate(block.columns):
        x += _steps(between + lanes * LANE) if number else 0
        width = max(inner.width for inner in column)
        for inner in column:
            inner.x = x + ((width - inner.width) // 2 if inner.area is None else 0)
            if inner.area is not None:
                inner.width = width
        x += width
    tallest = max((_stack(column, block.row_gap) for column in block.columns), default=4)
    block.width = max(x + pad, 16 if block.area and block.area.id else 0)
    block.height = head + tallest + pad
    for column in block.columns:
        _settle(column, block)


def _stack(column: Sequence[_Block], gap: int) -> int:
    return sum(inner.height for inner in column) + gap * (len(column) - 1)


def _settle(column: Sequence[_Block], block: _Block) -> None:
    """Set y in a column: as near to every wish (wanted centre) as the gaps and the zone's height allow."""
    area = block.area or Area("")
    low, high = _steps(area.header), block.height - _steps(area.padding)
    gap = block.row_gap
    rising, least = [], low
    room = high - low - _stack(column, gap)
    for inner in column:
        place = min(max(round(inner.wish - inner.height / 2), least), least + max(room, 0))
        room -= place - least
        rising.append(place)
        least = place + inner.height + gap
    falling, most = [], high
    room = high - low - _stack(column, gap)
    for inner in reversed(column):
        latest = most - inner.height
        place = max(min(round(inner.wish - inner.height / 2), latest), latest - max(room, 0))
        room -= latest - place
        falling.append(place)
        most = place - gap
    for inner, a, b in zip(column, rising, reversed(falling), strict=True):
        inner.y = (a + b) // 2


def _walk(block: _Block, x: int = 0, y: int = 0) -> Iterator[tuple[_Block, int, int]]:
    """Every block inside with its place in the whole drawing, outer ones first."""
    for inner in block.inside:
        yield inner, x + inner.x, y + inner.y
        yield from _walk(inner, x + inner.x, y + inner.y)


def _places(root: _Block) -> dict[str, Rect]:
    return {b.id: Rect(x * GRID, y * GRID, b.width * GRID, b.height * GRID) for b, x, y in _walk(root)}


def _stretched(root: _Block, places: Mapping[str, Rect]) -> dict[str, Rect]:
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


_Links = dict[int, list[tuple[str, float]]]
"""Per block (by identity) the components outside it that its own components talk to, with weights."""


def _links(root: _Block, edges: Sequence[Edge]) -> _Links:
    pulls: dict[str, list[tuple[str, float]]] = {}
    for source, target, weight in edges:
        pulls.setdefault(source, []).append((target, weight))
        pulls.setdefault(target, []).append((source, weight))
    links: _Links = {}

    def collect(block: _Block) -> tuple[set[str], list[tuple[str, float]]]:
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


def _sweep(root: _Block, links: _Links, *, backwards: bool) -> None:
    """Bring every block to the height of what it talks to: order its column anew, then settle it."""
    centers = {b.id: (x + b.width / 2, y + b.height / 2) for b, x, y in _walk(root) if b.area is None}

    def visit(block: _Block, x: int, y: int) -> None:
        for column in reversed(block.columns) if backwards else block.columns:
            for inner in column:
                if inner.area is not None:
                    visit(inner, x + inner.x, y + inner.y)
                away = links[id(inner)]
                total = sum(weight for _, weight in away)
                own = inner.y + inner.height / 2
                inner.wish = sum(centers[n][1] * w for n, w in away) / total - y if total > 0 else own
            column.sort(key=lambda b: (b.wish, b.y))
            _uncross(column, links, centers, x)
            _settle(column, block)
            for inner in column:
                centers.update(
                    (b.id, (x + inner.x + bx + b.width / 2, y + inner.y + by + b.height / 2))
                    for b, bx, by in ([(inner, 0, 0)] if inner.area is None else _walk(inner))
                    if b.area is None
                )

    visit(root, 0, 0)


def _uncross(column: list[_Block], links: _Links, centers: Mapping[str, tuple[float, float]], x: int) -> None:
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
    for _ in range(SWEEPS):
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


def _cost(places: Mapping[str, Rect], edges: Sequence[Edge]) -> float:
    """Weighted length, rises and falls counting double, and much more for every crossing of a moderate number."""
    lines = []
    cost = 0.0
    for source, target, weight in edges:
        a, b = places[source].center, places[target].center
        cost += weight * (abs(a.x - b.x) + 2 * abs(a.y - b.y))
        lines.append((a.x, a.y, b.x, b.y) if a.x <= b.x else (b.x, b.y, a.x, a.y))
    if len(lines) > 400:
        return cost
    for k, (ax, ay, bx, by) in enumerate(lines):
        for cx, cy, dx, dy in lines[:k]:
            if (
                ax < dx
                and cx < bx
                and (ay - cy) * (by - dy) < 0
                and (ax, ay) != (cx, cy)
                and (bx, by) != (dx, dy)
            ):
                cost += 60.0
    return cost

"""Arranging some components anew while all others stay where they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product

from model.layout.arrangement import Arrangement, Node, arrange, fit_zones
from model.layout.blocks import GRID, Area
from model.layout.ordering import Edge
from model.layout.tidying import GAP, ZONE_GAP
from model.shapes.geometry import Point, Rect, bounding, snap


def arrange_some(
    selected: Collection[str],
    boxes: Mapping[str, tuple[str | None, Rect]],
    zones: Sequence[Area],
    frames: Mapping[str, Rect],
    edges: Sequence[Edge],
) -> Arrangement:
    """Places for all components and frames of all zones after the selected components were arranged anew.

    The selected ones of each zone are arranged among themselves, from where they began or in the nearest place from
    there where they overlap nothing that stays. Frames only grow. `boxes` maps a component to its zone and rectangle.
    """
    known = {area.id for area in zones}
    places = {name: (zone if zone in known else None, rect) for name, (zone, rect) in boxes.items()}
    for home in sorted({places[name][0] or "" for name in selected if name in places}):
        mine = [name for name, (zone, _) in places.items() if name in selected and (zone or "") == home]
        before = bounding(places[name][1] for name in mine)
        if before is None or len(mine) < 2:
            continue
        origin = Point(snap(before.x, GRID), snap(before.y, GRID))
        found = arrange(
            [Node(name, places[name][1].size) for name in mine], (), edges, origin=origin
        ).positions
        new = {
            name: Rect(at.x, at.y, places[name][1].width, places[name][1].height)
            for name, at in found.items()
        }
        others = [
            rect.grow(GAP)
            for name, (zone, rect) in places.items()
            if (zone or "") == home and name not in new
        ]
        others += [
            frames[area.id].grow(ZONE_GAP)
            for area in zones
            if (area.parent or "") == home and area.id in frames
        ]
        dx, dy = _nearest_room(bounding(new.values()) or before, others)
        zone = home or None
        places.update((name, (zone, rect.moved(dx, dy))) for name, rect in new.items())
    return Arrangement(
        {name: Point(rect.x, rect.y) for name, (_, rect) in places.items()}, fit_zones(zones, frames, places)
    )


def _nearest_room(block: Rect, others: Sequence[Rect]) -> tuple[float, float]:
    """The least move, right and down, after which a block overlaps none of the others."""
    across = {block.x} | {
        x for other in others for x in (other.right, other.left - block.width) if x >= block.x
    }
    down = {block.y} | {
        y for other in others for y in (other.bottom, other.top - block.height) if y >= block.y
    }
    moves = sorted(
        (
            (snap(x - block.x + GRID / 2 - 1e-6, GRID), snap(y - block.y + GRID / 2 - 1e-6, GRID))
            for x, y in product(across, down)
        ),
        key=lambda move: (move[0] + move[1], move),
    )
    return next(
        (move for move in moves if not any(block.moved(*move).intersects(other) for other in others)),
        moves[-1],
    )

"""Where new things go, and which zone things lie in after a move: geometry over a design, without Qt."""

from __future__ import annotations

from collections.abc import Mapping

from model.catalog.catalog import Catalog
from model.design.design import Design
from model.design.elements import Zone
from model.editing import edits
from model.editing.folding import folding
from model.shapes.geometry import Point, Size, snap

GRID = 10
"""Positions are multiples of this, scene pixels."""

GAP = 20.0
BELOW = 30.0
"""Between a card and one above it: a card grows by a line when its flows give it one more to say."""
ZONE_HEAD = 40.0
ZONE_PAD = 20.0


def snapped(point: Point) -> tuple[int, int]:
    """The nearest point of the grid."""
    return int(snap(point.x, GRID)), int(snap(point.y, GRID))


def innermost(design: Design, at: Point, without: frozenset[str] = frozenset()) -> str | None:
    """The innermost zone at a point, leaving out some and what lies in them, and what is not seen: collapsed zones."""
    best: Zone | None = None
    depth = -1
    for zone in design.zones:
        if not zone.rect.contains(at):
            continue
        chain = design.zone_chain(zone.id)
        hidden = any(design.zone_by_id[name].collapsed for name in chain)
        if len(chain) > depth and not hidden and not without & set(chain):
            best, depth = zone, len(chain)
    return best.id if best else None


def rejoined(design: Design, sizes: Mapping[str, Size], zone: str) -> Design:
    """With components in and around a zone whose frame changed joined to the zone their middle now lies in."""
    around = design.zone_by_id[zone].parent
    joined: dict[str, str | None] = {}
    hidden = folding(design).within
    for component in design.components:
        if component.zone in (zone, around) and component.id in sizes and component.id not in hidden:
            size = sizes[component.id]
            middle = component.point.moved(size.width / 2, size.height / 2)
            now = innermost(design, middle)
            if now != component.zone:
                joined[component.id] = now
    return edits.move(design, {}, joined) if joined else design


def shown(design: Design, zone: str | None) -> str | None:
    """A zone, or the innermost one around it, that is not hidden in a collapsed one; None outside all zones."""
    chain = design.zone_chain(zone)
    folded = [number for number, name in enumerate(chain) if design.zone_by_id[name].collapsed]
    return next(iter(chain[folded[-1] + 1 :] if folded else chain), None)


def internet(design: Design) -> str | None:
    """The zone that stands for the Internet, where one is drawn."""
    return next((zone.id for zone in design.zones if zone.kind == "internet"), None)


def with_internet(design: Design, name: str) -> tuple[Design, str]:
    """With a zone for the Internet: the one there is, else a new one right of everything."""
    there = internet(design)
    if there is not None:
        return design, there
    right = max((zone.rect.right for zone in design.zones), default=0.0)
    right = max([right, *(component.point.x + 240 for component in design.components)])
    tops = [*(zone.rect.top for zone in design.zones), *(each.point.y for each in design.components)]
    x, y = snapped(Point(right + 120 if design.zones or design.components else 640, min(tops, default=0.0)))
    return edits.add_zone(design, name, "internet", (x, y, 300, 480))


def missing_services(design: Design, catalog: Catalog) -> tuple[str, ...]:
    """The vendor's services a design does not show yet, in catalog order."""
    return tuple(
        kind.id for kind in catalog.kinds if kind.service and kind.id not in design.components_by_kind
    )

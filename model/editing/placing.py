"""Where new things go, and which zone things lie in after a move: geometry over a design, without Qt."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from model.catalog.catalog import Catalog
from model.design.design import Design
from model.design.elements import Zone
from model.editing import edits
from model.editing.folding import folding
from model.shapes.geometry import Point, Rect, Size, snap

GRID = 10
"""Positions are multiples of this, scene pixels."""

GAP = 20.0
BELOW = 30.0
"""Between a card and one above it: a card grows by a line when its flows give it one more to say."""
ZONE_HEAD = 40.0
ZONE_PAD = 20.0

_FAR = 1_000.0
"""Beyond this nothing is beside a place any more."""
_FARTHER = 400.0
"""So much farther than the nearest place a better one may be, right and down together."""


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


def free_spot(size: Size, taken: list[Rect], area: Rect | None, start: Point) -> Point:
    """A place for a card of a size: the first free one in an area, row by row; near `start` where there is no area."""
    if area is None:
        area = Rect(start.x, start.y, 900, 100_000)
    kept = [
        Rect(each.x - GAP / 2, each.y - BELOW, each.width + GAP, each.height + 2 * BELOW) for each in taken
    ]
    y = area.top + (ZONE_HEAD if area.height < 90_000 else 0)
    while y + size.height <= area.bottom:
        x = area.left + ZONE_PAD
        while x + size.width <= area.right - ZONE_PAD / 2 or x == area.left + ZONE_PAD:
            wanted = Rect(x, y, size.width, size.height)
            blocker = next((each for each in kept if each.intersects(wanted)), None)
            if blocker is None:
                return Point(*snapped(Point(x, y)))
            x = snap(blocker.right + GAP / 2, GRID)
        y += GRID * 2
    below = max(
        (each.bottom for each in taken if each.intersects(area.grow(1))), default=area.top + ZONE_HEAD
    )
    return Point(*snapped(Point(area.left + ZONE_PAD, below + BELOW)))


def kept_inside(frame: Rect, zone: Rect) -> Rect:
    """A frame moved by as little as lets it lie within a zone, clear of its border and title; as far as it fits."""
    x = max(min(frame.x, zone.right - GRID - frame.width), zone.left + GRID)
    y = max(min(frame.y, zone.bottom - GRID - frame.height), zone.top + ZONE_HEAD)
    return Rect(snap(x, GRID), snap(y, GRID), frame.width, frame.height)


def nearest_free(
    frame: Rect, taken: Sequence[Rect], gap: float = GAP, *, better: Callable[[Rect], bool] | None = None
) -> Rect:
    """A frame moved by as little as lets it keep a gap from everything taken; as it is where it does already.

    It comes to lie `gap` right of, below, left of or above what is in its way, whichever is nearest, or somewhat
    farther away where that is `better`. Where all of that is taken it stays.
    """

    def free(wanted: Rect) -> bool:
        return not any(each.grow(GAP / 2).intersects(wanted) for each in taken)

    if free(frame):
        return frame
    near = [each for each in taken if each.intersects(frame.grow(_FAR))]
    lefts = {frame.x, *(snap(each.right + gap, GRID) for each in near)}
    lefts |= {snap(each.left - gap - frame.width, GRID) for each in near}
    tops = {frame.y, *(snap(each.bottom + gap, GRID) for each in near)}
    tops |= {snap(each.top - gap - frame.height, GRID) for each in near}
    places = sorted((abs(x - frame.x) + abs(y - frame.y), -x, -y) for x in lefts for y in tops)
    nearest, most = frame, math.inf
    for distance, x, y in places:
        if distance > most:
            break
        found = Rect(-x, -y, frame.width, frame.height)
        if free(found):
            if better is None or better(found):
                return found
            if most == math.inf:
                nearest, most = found, distance + _FARTHER
    return nearest


def frames_around(design: Design, zone: str | None, card: Rect) -> Iterator[tuple[Zone, Rect]]:
    """A zone and the zones around it, each with the frame that is large enough for a card, innermost first."""
    held = Rect(
        card.x - ZONE_PAD,
        card.y - ZONE_HEAD,
        card.width + 2 * ZONE_PAD,
        card.height + ZONE_HEAD + ZONE_PAD,
    )
    for name in design.zone_chain(zone):
        around = design.zone_by_id[name]
        needed = around.rect.union(held)
        x, y = snapped(Point(needed.x, needed.y))
        frame = (
            around.rect
            if needed == around.rect
            else Rect(x, y, int(needed.right - x), int(needed.bottom - y))
        )
        yield around, frame
        held = Rect(
            frame.x - ZONE_PAD,
            frame.y - ZONE_HEAD,
            frame.width + 2 * ZONE_PAD,
            frame.height + ZONE_HEAD + ZONE_PAD,
        )


def grown(design: Design, zone: str | None, card: Rect) -> Design:
    """With a zone, and the zones around it, made large enough for a card."""
    for around, frame in frames_around(design, zone, card):
        if frame != around.rect:
            design = edits.reframe(
                design, around.id, (int(frame.x), int(frame.y), int(frame.width), int(frame.height))
            )
    return design


def has_room(design: Design, zone: str | None, card: Rect, cards: Mapping[str, Rect]) -> bool:
    """Whether a zone can hold a card without growing, nor a zone around it, over a zone or a card beside it.

    `cards`: the frames of what is drawn, by component.
    """
    for around, frame in frames_around(design, zone, card):
        beside = [each.rect for each in design.zones if each.parent == around.parent and each is not around]
        beside += [
            cards[each.id] for each in design.components if each.zone == around.parent and each.id in cards
        ]
        if any(each.intersects(frame) and not each.intersects(around.rect) for each in beside):
            return False
    return True


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
    top = min((zone.rect.top for zone in design.zones), default=0.0)
    x, y = snapped(Point(right + 120 if design.zones or design.components else 640, top))
    return edits.add_zone(design, name, "internet", (x, y, 300, 480))


def missing_services(design: Design, catalog: Catalog) -> tuple[str, ...]:
    """The vendor's services a design does not show yet, in catalog order."""
    return tuple(
        kind.id for kind in catalog.kinds if kind.service and kind.id not in design.components_by_kind
    )

"""Automatic arrangement of a design: what the layout is asked, and its answer as one edit."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from model import layout
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.editing import bending, edits, locks
from model.editing.room import Room
from model.shapes.geometry import Rect, Size

_QUIET_WEIGHT = 0.2
_MOST_TITLE = 400.0
"""Zones are not made wider than this, in pixels, for their titles alone."""
_USUAL = Size(150, 60)
"""The size taken for a component that is not shown while something is being tried out."""

Sizes = Mapping[str, Size]
"""The sizes of the cards, by component."""


def arranged(design: Design, graph: FlowGraph, sizes: Sizes, titles: Mapping[str, float]) -> Design:
    """The design with every component and zone in its automatic place; where some are locked, zones stay and all
    else is arranged around those. `titles` are the widths that zones need for their titles. What scenarios add gets a
    place, too, so that it lies in its zone whenever it is shown.

    Raises DesignError like any edit; so do the others here.
    """
    if _fixed(design):
        return arranged_some(design, graph, sizes, design.component_by_id.keys())
    waiting = [each for name, each in edits.additions(design).items() if name not in design.component_by_id]
    shown = [each for each in waiting if each.id in graph.design.component_by_id]
    nodes = [
        layout.Node(each.id, sizes.get(each.id, _USUAL), each.zone) for each in (*design.components, *shown)
    ]
    after = _placed(design, layout.arrange(nodes, _areas(design, titles), _edges(graph)))
    for each in waiting:
        if each not in shown:
            after = _with_room(after, sizes, each.id)
    return bending.without_torn(design, after)


def _with_room(design: Design, sizes: Sizes, added: str) -> Design:
    """With what a scenario that is not shown adds in a free place of its zone, where there is one."""
    component = edits.additions(design)[added]
    room = Room(design, {name: card for name, (_, card) in _boxes(design, sizes).items()})
    place = room.place(Rect(*component.position, _USUAL.width, _USUAL.height), component.zone, as_it_is=True)
    if place is None:
        return design
    return edits.arrangement(design, {added: (round(place.x), round(place.y))}, {})


def arranged_some(design: Design, graph: FlowGraph, sizes: Sizes, chosen: Collection[str]) -> Design:
    """The design with the chosen components, and those in chosen zones, arranged among themselves."""
    inside = inside_of(design, chosen) - _fixed(design)
    found = layout.arrange_some(inside, _boxes(design, sizes), _areas(design), _frames(design), _edges(graph))
    return bending.without_torn(design, _placed(design, found))


def inside_of(design: Design, chosen: Collection[str]) -> frozenset[str]:
    """The components among the chosen things, and those in zones among them."""
    named = frozenset(chosen)
    return frozenset(
        c.id for c in design.components if c.id in named or named & set(design.zone_chain(c.zone))
    )


def tidied(design: Design, sizes: Sizes) -> Design:
    """The design with what nearly lines up in line and nothing overlapping; little moves, and nothing locked."""
    boxes, frames, fixed = _boxes(design, sizes), _frames(design), _fixed(design)
    found = layout.tidy(boxes, _areas(design), frames)
    if not fixed:
        return _placed(design, found)
    still = {name for name in fixed for name in design.zone_chain(design.component_by_id[name].zone)}
    still |= locks.locked(design)
    stays = fixed | {c.id for c in design.components if still & set(design.zone_chain(c.zone))}
    positions = {name: at for name, at in found.positions.items() if name not in stays}
    placed = {
        name: (zone, rect.moved(at.x - rect.x, at.y - rect.y) if (at := positions.get(name)) else rect)
        for name, (zone, rect) in boxes.items()
    }
    moved = {name: frame for name, frame in found.frames.items() if name not in still}
    return _placed(
        design, layout.Arrangement(positions, layout.fit_zones(_areas(design), frames | moved, placed))
    )


def _fixed(design: Design) -> frozenset[str]:
    """The components that are locked, or lie in a zone that is."""
    fixed = locks.locked(design)
    return frozenset(
        c.id for c in design.components if c.id in fixed or fixed & set(design.zone_chain(c.zone))
    )


def _areas(design: Design, titles: Mapping[str, float] | None = None) -> list[layout.Area]:
    wide = titles or {}
    return [
        layout.Area(
            zone.id,
            zone.parent,
            rank="right" if zone.kind == "internet" else "",
            title=min(wide.get(zone.id, 0.0), _MOST_TITLE),
        )
        for zone in design.zones
    ]


def _frames(design: Design) -> dict[str, Rect]:
    return {zone.id: zone.rect for zone in design.zones}


def _boxes(design: Design, sizes: Sizes) -> dict[str, tuple[str | None, Rect]]:
    found: dict[str, tuple[str | None, Rect]] = {}
    for each in design.components:
        size = sizes.get(each.id, _USUAL)
        found[each.id] = each.zone, Rect(each.point.x, each.point.y, size.width, size.height)
    return found


def _edges(graph: FlowGraph) -> list[tuple[str, str, float]]:
    """Who talks to whom, how much; what is seldom shown counts little."""
    quiet = {purpose.id for purpose in graph.catalog.purposes if purpose.quiet}
    return [
        (*pair, _QUIET_WEIGHT if all(flow.basis.purpose in quiet for flow in flows) else float(len(flows)))
        for pair, flows in graph.by_pair.items()
    ]


def _placed(design: Design, found: layout.Arrangement) -> Design:
    return edits.arrangement(
        design,
        {name: (round(point.x), round(point.y)) for name, point in found.positions.items()},
        {name: (round(f.x), round(f.y), round(f.width), round(f.height)) for name, f in found.frames.items()},
    )

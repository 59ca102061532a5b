"""Automatic arrangement of a design: what the layout is asked, and its answer as one edit."""

from __future__ import annotations

from collections.abc import Mapping

from model import edits
from model.design import Design
from model.geometry import Size
from model.graph import FlowGraph

_QUIET_WEIGHT = 0.2


def arranged(design: Design, graph: FlowGraph, sizes: Mapping[str, Size]) -> Design:
    """The design with every component and zone in its automatic place; `sizes` are those of the cards.

    Raises DesignError like any edit.
    """
    from model.layout import Area, Node, arrange

    quiet = {purpose.id for purpose in graph.catalog.purposes if purpose.quiet}
    nodes = [Node(each.id, sizes[each.id], each.zone) for each in design.components if each.id in sizes]
    areas = [
        Area(each.id, each.parent, rank="right" if each.kind == "internet" else "") for each in design.zones
    ]
    drawn = [
        (*pair, _QUIET_WEIGHT if all(flow.basis.purpose in quiet for flow in flows) else float(len(flows)))
        for pair, flows in graph.by_pair.items()
        if pair[0] in sizes and pair[1] in sizes
    ]
    found = arrange(nodes, areas, drawn)
    return edits.arrangement(
        design,
        {name: (round(point.x), round(point.y)) for name, point in found.positions.items()},
        {name: (round(f.x), round(f.y), round(f.width), round(f.height)) for name, f in found.frames.items()},
    )

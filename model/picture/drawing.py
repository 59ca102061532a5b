"""Design + flow graph + theme → primitives: the one picture that the screen, the PDF and later formats draw.

Cards, zones and connectors are drawn here and nowhere else. Everything is in scene pixels; text is measured,
never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model.derivation.comparison import Comparison
from model.derivation.graph import FlowGraph
from model.design.elements import Zone
from model.picture.cards import boxes, card, note_box, zone_layers
from model.picture.connectors import Wire, link_title, links, wire_label, wire_line, wires
from model.picture.look import Look
from model.shapes.geometry import Rect, bounding
from model.shapes.primitives import Drawing, Group, Primitive

_MARGIN = 20.0


def depth_order(graph: FlowGraph) -> tuple[Zone, ...]:
    """Zones, outermost first, so that inner ones are drawn on top."""
    return tuple(sorted(graph.design.zones, key=lambda zone: len(graph.design.zone_chain(zone.id))))


def draw(
    graph: FlowGraph,
    look: Look,
    comparison: Comparison | None = None,
    purposes: Iterable[str] | None = None,
    routed: Sequence[Wire] | None = None,
) -> Drawing:
    """The whole picture: zones, connectors, cards, labels, notes; routed here unless `routed` is given."""
    cards = boxes(graph, look)
    if routed is None:
        routed = wires(graph, links(graph, comparison, purposes), cards, comparison, look)
    areas, titles = zone_layers(depth_order(graph), look)
    items: list[Primitive] = [*areas]
    for wire in routed:
        title = link_title(wire.link, graph, look)
        items.append(Group(wire.link.subject, title, (wire_line(wire, look),)))
    items.extend(titles)
    for component in graph.design.components:
        items.append(card(component, graph, look, component.point))
    for wire in routed:
        items.append(Group(wire.link.subject, "", wire_label(wire, comparison, look)))
    items.extend(note_box(note, look) for note in graph.design.notes)
    frames = [
        *cards.values(),
        *(zone.rect for zone in graph.design.zones),
        *(note.rect for note in graph.design.notes),
        *(wire.label for wire in routed),
        *(Rect(point.x, point.y, 0, 0) for wire in routed for point in wire.points),
    ]
    bounds = bounding(frames) or Rect(0, 0, 400, 200)
    return Drawing(bounds.grow(_MARGIN), tuple(items))

"""Two designs as two drawings, each with what the other lacks or has otherwise marked on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gui.canvas.routes import LATER, sketch
from gui.compare.differences import Difference, differences, places
from model import layout
from model.derivation.comparison import Comparison, Status, compare
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.design.elements import Component, Zone
from model.layout import Connector, Routes
from model.picture.cards import boxes
from model.picture.connectors import Link, Wire, label_size, link_text, links, routed, wired
from model.picture.drawing import draw
from model.picture.look import Look
from model.shapes.geometry import Rect, Size
from model.shapes.primitives import Box, Drawing, Group, Text

_MARK = 16.0


@dataclass(frozen=True)
class Pair:
    """The earlier design with what goes, the later one with what comes, and the difference between their flows."""

    before: Drawing
    after: Drawing
    comparison: Comparison
    differences: tuple[Difference, ...]


def side_by_side(before: FlowGraph, after: FlowGraph, look: Look) -> Pair:
    """Draw both. Slow for a large design: the connectors of both are routed."""
    comparison = compare(before, after)
    purposes = _purposes(before, comparison)
    gone = {flow.key for flow in comparison.removed}
    # Without the flows that go, whose connectors the comparison brings back in the style of what goes.
    kept = [flow for flow in before.flows if flow.key not in gone]
    rest = replace(before, blocks=before.blocks.only(kept))
    left, right = replace(comparison, added=()), replace(comparison, removed=())
    gone_links, come_links = links(rest, left, purposes), links(after, right, purposes)
    ways = _ways(before, gone_links, left, look, None)
    beside = _ways(after, come_links, right, look, ways)  # what is in both runs alike in both
    touched = _touched(before.design, after.design, "removed"), _touched(after.design, before.design, "added")
    lines = wired(gone_links, ways), wired(come_links, beside)
    rects = _rects(before, look), _rects(after, look)
    return Pair(
        _drawn(before, lines[0], left, look, touched[0]),
        _drawn(after, lines[1], right, look, touched[1]),
        comparison,
        differences(
            places(before, rects[0], lines[0], touched[0], left, look),
            places(after, rects[1], lines[1], touched[1], right, look),
        ),
    )


def _purposes(before: FlowGraph, comparison: Comparison) -> frozenset[str]:
    """The purposes drawn: all but the quiet ones, and those of flows that differ."""
    differing = (*comparison.added, *comparison.removed, *(each.after for each in comparison.changed))
    usual = {each.id for each in before.catalog.purposes if not each.quiet}
    return frozenset(usual | {flow.basis.purpose for flow in differing})


def _touched(here: Design, there: Design, alone: Status) -> dict[str, Status]:
    """The components and zones that only one design has, or that are set otherwise in the other.

    Where they lie does not count, nor whether they are locked or collapsed.
    """
    found: dict[str, Status] = {}
    others = _things(there)
    for name, thing in _things(here).items():
        other = others.get(name)
        if other is None:
            found[name] = alone
        elif _as_set(thing) != _as_set(other):
            found[name] = "changed"
    return found


def _things(design: Design) -> dict[str, Component | Zone]:
    """Components and zones by id."""
    return {**design.component_by_id, **design.zone_by_id}


def _as_set(thing: Component | Zone) -> Component | Zone:
    """A component or zone without what only the canvas knows of it."""
    place = (
        {"position": (0, 0)} if isinstance(thing, Component) else {"frame": (0, 0, 0, 0), "collapsed": False}
    )
    return thing.model_copy(update={**place, "locked": False})


def _rects(graph: FlowGraph, look: Look) -> dict[str, Rect]:
    """Where components and zones lie, by id."""
    return {zone.id: zone.rect for zone in graph.design.zones} | boxes(graph, look)


def _drawn(
    graph: FlowGraph, shown: Sequence[Wire], comparison: Comparison, look: Look, touched: dict[str, Status]
) -> Drawing:
    drawing = draw(graph, look, comparison, routed=shown)
    rects = _rects(graph, look)
    marks = (_mark(rects[name], status, look, name) for name, status in touched.items())
    return Drawing(drawing.bounds, (*drawing.items, *marks))


def _ways(
    graph: FlowGraph, shown: Sequence[Link], comparison: Comparison, look: Look, before: Routes | None
) -> Routes:
    """Ways for connectors; simple ones where there are so many that nobody follows a single one."""
    cards = boxes(graph, look)
    if len(shown) <= LATER:
        return routed(graph, shown, cards, comparison, look, before)
    simple = (_simple(link, cards, label_size(link_text(link, comparison, look), look)) for link in shown)
    return Routes(tuple(simple), cards)


def _simple(link: Link, cards: dict[str, Rect], size: Size) -> Connector:
    points = sketch(cards[link.source], cards[link.target])
    a, b = points[len(points) // 2 - 1], points[len(points) // 2]
    left, top = (a.x + b.x - size.width) / 2, (a.y + b.y - size.height) / 2
    return Connector(
        layout.Pair(link.source, link.target, size), points, Rect(left, top, size.width, size.height)
    )


def _mark(card: Rect, status: Status, look: Look, name: str) -> Group:
    """A frame around a card in the style of a change, with its sign at a corner."""
    style = look.theme.changes[status]
    plate = Rect(card.right - _MARK / 2 - 2, card.top - _MARK / 2 - 2, _MARK + 4, _MARK + 4)
    sign = Text(plate.center.x, plate.center.y + 5, style.mark, 14, style.colour, bold=True, anchor="middle")
    return Group(
        f"mark:{name}",
        "",
        (
            Box(card.grow(3), 10, None, style.colour, style.width, style.dash),
            Box(plate, plate.height / 2, look.theme.label, style.colour, 1.4),
            sign,
        ),
    )

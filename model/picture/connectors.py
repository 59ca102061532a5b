"""Connectors: which there are, where they run, what their labels say, and what draws them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from model.derivation.comparison import Comparison, Status
from model.derivation.graph import FlowGraph
from model.flow import Flow
from model.picture.cards import zone_titles
from model.picture.courses import lines
from model.picture.look import Look
from model.reading.filtering import Question
from model.shapes.geometry import Point, Rect, Size
from model.shapes.primitives import Box, Line, Primitive, Text
from model.shapes.theme import LineStyle

if TYPE_CHECKING:
    from model.layout import Routes

_LABEL_SIZE = 11.0
_LABEL_HEIGHT = 20.0
_PORTS_SHOWN = 4


class Link(NamedTuple):
    """One connector: all flows of a (source, destination) pair, with those a comparison says are gone.

    On the canvas an end may be a collapsed zone; the flows are then all of what it holds (see `model.editing.folding`).
    """

    source: str
    target: str
    flows: tuple[Flow, ...]
    removed: tuple[Flow, ...] = ()
    status: Status = "unchanged"

    @property
    def pair(self) -> tuple[str, str]:
        """The ends."""
        return self.source, self.target

    @property
    def subject(self) -> str:
        """What the connector is called in a drawing."""
        return f"connector:{self.source}>{self.target}"


class Wire(NamedTuple):
    """Where a connector runs and where its label lies."""

    link: Link
    points: tuple[Point, ...]
    label: Rect


def links(
    graph: FlowGraph,
    comparison: Comparison | None = None,
    purposes: Iterable[str] | None = None,
    meets: Question | None = None,
    ghosts: Collection[str] = (),
) -> tuple[Link, ...]:
    """The connectors to draw, in a stable order: one per pair with a flow of a shown purpose that meets the question.

    `purposes`: the purposes shown; by default all that the catalog does not call quiet. `ghosts`: components that are
    drawn although the design has them no more, so that what they had is drawn as well.
    """
    catalog = graph.catalog
    shown = (
        set(purposes) if purposes is not None else {each.id for each in catalog.purposes if not each.quiet}
    )
    flows: dict[tuple[str, str], list[Flow]] = {}
    gone: dict[tuple[str, str], list[Flow]] = {}
    for flow in graph.network:
        if flow.basis.purpose in shown and (meets is None or meets(flow)):
            flows.setdefault((flow.source, flow.destination), []).append(flow)
    drawn = {*graph.design.component_by_id, *ghosts}
    for flow in comparison.removed if comparison else ():
        both = flow.source in drawn and flow.destination in drawn
        wanted = flow.basis.purpose in shown and (meets is None or meets(flow))
        if wanted and flow.basis.scope == "network" and both:
            gone.setdefault((flow.source, flow.destination), []).append(flow)
    touched = _touched(comparison) if comparison else frozenset()
    return tuple(
        Link(
            *pair,
            tuple(flows[pair]) if pair in flows else (),
            tuple(gone[pair]) if pair in gone else (),
            _status(flows.get(pair, ()), gone.get(pair, ()), comparison)
            if comparison and pair in touched
            else "unchanged",
        )
        for pair in dict.fromkeys((*flows, *gone))
    )


def _touched(comparison: Comparison) -> frozenset[tuple[str, str]]:
    """The pairs with a flow that came, went or changed."""
    flows = (*comparison.added, *comparison.removed, *(change.after for change in comparison.changed))
    return frozenset((flow.source, flow.destination) for flow in flows)


def _status(flows: Sequence[Flow], gone: Sequence[Flow], comparison: Comparison) -> Status:
    if not flows:
        return "removed"
    states = {comparison.status(flow) for flow in flows}
    if states == {"added"} and not gone:
        return "added"
    return "unchanged" if states == {"unchanged"} and not gone else "changed"


def link_text(link: Link, comparison: Comparison | None, look: Look) -> str:
    """The label of a connector: its ports, those that come marked +, those that go marked −."""
    flows = sorted(link.flows, key=lambda flow: (flow.port, flow.transport))
    plain = [str(flow.port) for flow in flows if not comparison or comparison.status(flow) != "added"]
    come = [str(flow.port) for flow in flows if comparison and comparison.status(flow) == "added"]
    changed = link.status == "changed" and not come and not link.removed
    parts = [("~ " if changed else "") + _ports(plain)] if plain else []
    if come:
        parts.append(f"{look.theme.changes['added'].mark} {_ports(come)}")
    if link.removed:
        gone = sorted({flow.port for flow in link.removed})
        parts.append(f"{look.theme.changes['removed'].mark} {_ports([str(port) for port in gone])}")
    return "  ".join(parts)


def _ports(ports: Sequence[str]) -> str:
    once = list(dict.fromkeys(ports))
    more = len(once) - _PORTS_SHOWN
    return " · ".join(once[:_PORTS_SHOWN]) + (f" +{more}" if more > 0 else "")


def link_style(link: Link, look: Look) -> LineStyle:
    """The line of a connector: that of its change, else of its most important purpose (first in the catalog)."""
    change = look.theme.changes.get(link.status)
    if change is not None:
        return LineStyle(colour=change.colour, width=change.width, dash=change.dash)
    order = [purpose.id for purpose in look.catalog.purposes]
    return look.theme.purpose(min((flow.basis.purpose for flow in link.flows), key=order.index))


def label_size(text: str, look: Look) -> Size:
    """The size of a connector's label, for the router."""
    return Size(look.measure.width(text, _LABEL_SIZE, bold=True) + 16, _LABEL_HEIGHT)


def wire_line(wire: Wire, look: Look) -> Line:
    """The line of a routed connector, arrowhead at the listener."""
    style = link_style(wire.link, look)
    return Line(wire.points, style.colour, style.width, style.dash, arrow=True, radius=6)


def wire_label(wire: Wire, comparison: Comparison | None, look: Look) -> tuple[Primitive, ...]:
    """The label of a routed connector: a pill in the colour of its line."""
    style, box = link_style(wire.link, look), wire.label
    return (
        Box(box, box.height / 2, look.theme.label, style.colour, 1.2),
        Text(
            box.center.x,
            box.center.y + look.measure.ascent(_LABEL_SIZE) * 0.38,
            link_text(wire.link, comparison, look),
            _LABEL_SIZE,
            style.colour,
            bold=True,
            anchor="middle",
        ),
    )


def link_title(link: Link, graph: FlowGraph, look: Look, before: FlowGraph | None = None) -> str:
    """What a tooltip or a screen reader says of a connector; `before` knows the components that are gone."""
    there = before.design.component_by_id if before is not None else {}
    named = there | graph.design.component_by_id | graph.design.zone_by_id
    ports = (f"{flow.port}/{flow.transport.upper()} {flow.basis.protocol}" for flow in link.flows)
    gone = (f"− {flow.port}/{flow.transport.upper()}" for flow in link.removed)
    said = ", ".join(dict.fromkeys((*ports, *gone)))
    return f"{named[link.source].name} → {named[link.target].name}: {said}"


def wires(
    graph: FlowGraph,
    shown: Sequence[Link],
    cards: Mapping[str, Rect],
    comparison: Comparison | None,
    look: Look,
) -> tuple[Wire, ...]:
    """Route connectors around the cards, those with a course of their own along that."""
    return wired(shown, routed(graph, shown, cards, comparison, look))


def wired(shown: Sequence[Link], routes: Routes) -> tuple[Wire, ...]:
    """Links with the ways that were found for them."""
    return tuple(
        Wire(link, connector.points, connector.label)
        for link, connector in zip(shown, routes.connectors, strict=True)
    )


def routed(
    graph: FlowGraph,
    shown: Sequence[Link],
    cards: Mapping[str, Rect],
    comparison: Comparison | None,
    look: Look,
    before: Routes | None = None,
) -> Routes:
    """Ways for connectors; those of `before` are kept where nothing of theirs differs."""
    from model.layout import Pair, reroute, route

    laid = lines(graph.design, cards)
    pairs = [
        Pair(
            link.source,
            link.target,
            label_size(link_text(link, comparison, look), look),
            laid=laid.get(link.pair, ()),
        )
        for link in shown
    ]
    frames = [zone.rect for zone in graph.design.zones]
    titles = zone_titles(graph.design.zones, look)
    if before is None:
        return route(cards, pairs, avoid=titles, frames=frames)
    return reroute(before, cards, pairs, (), avoid=titles, frames=frames)

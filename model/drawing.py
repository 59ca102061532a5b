"""Design + flow graph + theme → primitives: the one picture that the screen, the PDF and later formats draw.

Cards, zones and connectors are drawn here and nowhere else. Everything is in scene pixels; text is measured,
never guessed.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.bending import lines
from model.catalog import Catalog
from model.comparison import Comparison, Status
from model.condition import AGENT_VERSION
from model.elements import Component, Note, Zone
from model.filtering import Question
from model.flow import Flow
from model.frozen import Language
from model.geometry import Point, Rect, Size, bounding
from model.graph import FlowGraph
from model.primitives import Box, Drawing, Group, IconMark, Line, Primitive, Text
from model.text import TextMeasure
from model.theme import LineStyle, Theme

if TYPE_CHECKING:
    from model.layout import Routes

GRID = 10
_STEP = 3 * GRID
"""Cards are a whole number of these wide, so that neighbours mostly line up."""

_TILE = 28.0
_PAD = 10.0
_NAME_SIZE = 13.0
_NOTE_SIZE = 11.0
_LABEL_SIZE = 11.0
_LABEL_HEIGHT = 20.0
_WIDEST_TEXT = 212.0
_PORTS_SHOWN = 4
_MARGIN = 20.0
_TITLE_BAND = 30.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a drawing is to look: whose names, which theme, which measure, which language."""

    catalog: Catalog
    theme: Theme
    measure: TextMeasure
    language: Language


@dataclass(frozen=True, slots=True)
class Link:
    """One connector: all flows of a (source, destination) pair, with those a comparison says are gone.

    On the canvas an end may be a collapsed zone; the flows are then those of all it holds (see `model.folding`).
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


@dataclass(frozen=True, slots=True)
class Wire:
    """Where a connector runs and where its label lies."""

    link: Link
    points: tuple[Point, ...]
    label: Rect


# Cards


def component_lines(component: Component, graph: FlowGraph | None, look: Look) -> tuple[str, ...]:
    """The lines of a card under its name: what it is, and what stands out about it."""
    catalog, language = look.catalog, look.language
    kind = catalog.kind_by_id.get(component.kind)
    if kind is None:
        return (component.kind, {"en": "not in the catalog", "ja": "カタログにありません"}[language])
    what = kind.name.text(language)
    version = graph.subjects[component.id].settings.get(AGENT_VERSION) if graph else None
    first = what if version is None else f"{what} {version}"
    if component.name == what and kind.service:
        first = next(group.name.text(language) for group in catalog.groups if group.id == kind.group)
    which = ""
    if component.count > 1:
        which = f"×{component.count:,}"
    elif component.addresses:
        which = component.addresses[0]
    elif kind.source_addresses:
        which = kind.source_addresses[0]
    return _in_lines(first, which, _standing_out(component, graph, look), look)


def _in_lines(what: str, which: str, more: str, look: Look) -> tuple[str, ...]:
    """Two lines at most; a count or address that has no room beside the kind begins the second one."""
    first = " · ".join(part for part in (what, which) if part)
    if look.measure.width(first, _NOTE_SIZE) > _WIDEST_TEXT:
        first, more = what, " · ".join(part for part in (which, more) if part)
    return (first, more) if more else (first,)


def _standing_out(component: Component, graph: FlowGraph | None, look: Look) -> str:
    if graph is None:
        return ""
    ja = look.language == "ja"
    loopback = graph.loopback.get(component.id)
    if loopback:
        ports = " · ".join(str(flow.port) for flow in loopback)
        return f"localhost {ports}（ホスト内）" if ja else f"localhost {ports} (host only)"
    if look.catalog.kind_by_id[component.kind].service:
        names = graph.names_at.get(component.id, frozenset())
        return f"{len(names)} FQDN" + ("s" if len(names) > 1 and not ja else "") if names else ""
    on = graph.protections[component.id]
    if not on:
        return ""
    return f"機能 {on} 件が有効" if ja else f"{on} feature{'s' if on > 1 else ''} on"


def card_size(component: Component, graph: FlowGraph | None, look: Look) -> Size:
    """The size of a component's card, in a few whole widths."""
    return _size_for(component, component_lines(component, graph, look), look)


def _size_for(component: Component, lines: tuple[str, ...], look: Look) -> Size:
    widest = max(
        look.measure.width(component.name, _NAME_SIZE, bold=True),
        *(look.measure.width(line, _NOTE_SIZE) for line in lines),
    )
    width = min(widest, _WIDEST_TEXT) + _TILE + 3 * _PAD
    return Size(max(150.0, _steps(width)), 60.0 if len(lines) < 2 else 70.0)


def card(component: Component, graph: FlowGraph | None, look: Look, at: Point = Point(0, 0)) -> Group:
    """A component's card with its top left corner at a point."""
    return card_with(component, component_lines(component, graph, look), look, at)


def card_with(component: Component, lines: tuple[str, ...], look: Look, at: Point = Point(0, 0)) -> Group:
    """A component's card with these lines under its name; nothing else of the design shows on it."""
    theme, measure = look.theme, look.measure
    size = _size_for(component, lines, look)
    kind = look.catalog.kind_by_id.get(component.kind)
    tile = Rect(at.x + _PAD, at.y + _PAD, _TILE, _TILE)
    left = tile.right + _PAD
    room = size.width - (left - at.x) - _PAD
    items: list[Primitive] = [
        Box(Rect(at.x, at.y, size.width, size.height), 8, theme.card, theme.card_stroke, 1.2),
        Box(tile, 7, theme.tile(kind.group if kind else "default")),
        IconMark(kind.icon if kind else "help", tile.inset(5.5), theme.tile_mark),
        Text(
            left,
            at.y + 23,
            measure.elide(component.name, _NAME_SIZE, room, bold=True),
            _NAME_SIZE,
            theme.text,
            bold=True,
        ),
    ]
    for number, line in enumerate(lines):
        text = measure.elide(line, _NOTE_SIZE, room)
        items.append(Text(left, at.y + 41 + 16 * number, text, _NOTE_SIZE, theme.muted))
    title = component.name if kind is None else f"{component.name}, {kind.name.text(look.language)}"
    return Group(f"component:{component.id}", title, tuple(items))


def zone_box(zone: Zone, look: Look, *, title: bool = True) -> Group:
    """A zone's area with its name, networks and firewall; `title=False` leaves them to `zone_title`."""
    style = look.theme.zone(zone.kind)
    area = Box(zone.rect, 10, style.fill, style.stroke, 1.2, style.dash)
    written = _title_texts(zone, look) if title else ()
    return Group(f"zone:{zone.id}", _zone_name(zone), (area, *written))


def zone_title(zone: Zone, look: Look) -> Group:
    """A zone's title on a plate of the zone's own colour: drawn over connectors, it stays readable."""
    items: list[Primitive] = []
    for text in _title_texts(zone, look):
        width = look.measure.width(text.text, text.size, text.bold)
        left = text.x - (width if text.anchor == "end" else 0)
        plate = Rect(left - 2, text.y - 11, width + 4, 14)
        items += [Box(plate, 3, look.theme.zone(zone.kind).fill), text]
    return Group(f"zone:{zone.id}", "", tuple(items))


def _zone_name(zone: Zone) -> str:
    return " · ".join((zone.name, *zone.cidrs[:2])) + (" …" if len(zone.cidrs) > 2 else "")


def _title_texts(zone: Zone, look: Look) -> tuple[Text, ...]:
    measure, frame, colour = look.measure, zone.rect, look.theme.zone(zone.kind).title
    room = frame.width - 28
    name = measure.elide(_zone_name(zone), 12, room, bold=True)
    title = Text(frame.left + 14, frame.top + 21, name, 12, colour, bold=True)
    used = measure.width(name, 12, bold=True)
    if not zone.firewall or used + measure.width(zone.firewall, 11) + 24 > room:
        return (title,)
    return title, Text(frame.right - 14, frame.top + 21, zone.firewall, 11, colour, anchor="end")


def zone_titles(zones: Iterable[Zone], look: Look | None = None) -> tuple[Rect, ...]:
    """Where the titles of zones stand, for connectors and labels to keep off: their texts as they look, or
    without a look the bands along the zones' tops."""
    if look is not None:
        return tuple(
            item.rect for zone in zones for item in zone_title(zone, look).items if isinstance(item, Box)
        )
    return tuple(Rect(zone.rect.left, zone.rect.top, zone.rect.width, _TITLE_BAND) for zone in zones)


def note_box(note: Note, look: Look) -> Group:
    """A note: wrapped text on a tinted sheet, cut at the end of its frame."""
    style, frame = look.theme.changes["changed"], note.rect
    height = look.measure.line_height(12)
    lines = look.measure.wrap(note.text, 12, max(20.0, frame.width - 20))
    fitting = max(1, int((frame.height - 14) // height))
    items: list[Primitive] = [Box(frame, 4, style.fill, style.colour, 1)]
    for number, line in enumerate(lines[:fitting]):
        more = "…" if number == fitting - 1 and len(lines) > fitting else ""
        y = frame.top + 7 + look.measure.ascent(12) + number * height
        items.append(Text(frame.left + 10, y, line + more, 12, look.theme.text))
    return Group(f"note:{note.id}", note.text, tuple(items))


# Connectors


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


# The whole picture


def boxes(graph: FlowGraph, look: Look) -> dict[str, Rect]:
    """The card of every component as a rectangle in the scene."""
    found: dict[str, Rect] = {}
    for component in graph.design.components:
        size = card_size(component, graph, look)
        found[component.id] = Rect(component.point.x, component.point.y, size.width, size.height)
    return found


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
    zones = depth_order(graph)
    items: list[Primitive] = [zone_box(zone, look, title=False) for zone in zones]
    for wire in routed:
        title = link_title(wire.link, graph, look)
        items.append(Group(wire.link.subject, title, (wire_line(wire, look),)))
    items.extend(zone_title(zone, look) for zone in zones)
    for component in graph.design.components:
        items.append(card(component, graph, look, component.point))
    for wire in routed:
        items.append(Group(wire.link.subject, "", wire_label(wire, comparison, look)))
    items.extend(note_box(note, look) for note in graph.design.notes)
    areas = [
        *cards.values(),
        *(zone.rect for zone in graph.design.zones),
        *(note.rect for note in graph.design.notes),
        *(wire.label for wire in routed),
        *(Rect(point.x, point.y, 0, 0) for wire in routed for point in wire.points),
    ]
    bounds = bounding(areas) or Rect(0, 0, 400, 200)
    return Drawing(bounds.grow(_MARGIN), tuple(items))


def _steps(width: float) -> float:
    return math.ceil(width / _STEP) * _STEP

"""The topology of a design too large for one page: an overview of the outermost zones, then a page for each.

On a zone's page every other zone is a card at the side that says on which page it is drawn; connectors that leave the
zone end there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from exports.pdf.pages.sheets import Link as PageLink
from exports.pdf.pages.sheets import Placed, Sheets, both
from exports.pdf.pages.table import plain_table
from exports.pdf.sections.numbers import NUMBER, Pair, runs
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.topology import (
    READABLE,
    READING,
    TITLE,
    Picture,
    add_whole,
    fitting,
    left_out,
    legend,
    look_of,
    picture,
    put,
    with_badges,
)
from exports.report import Report
from model.design.design import Design
from model.design.elements import Zone
from model.design.zoning import NO_ZONE
from model.frozen import Bilingual
from model.layout import Pair as Ends
from model.layout import route
from model.picture.cards import boxes, card, zone_layers
from model.picture.connectors import Link, Wire, label_size, link_text, links, wire_label, wire_line
from model.picture.drawing import depth_order
from model.picture.look import Look
from model.shapes.geometry import Rect, bounding
from model.shapes.primitives import Box, Drawing, Group, Primitive, Text

_CARD = (210.0, 64.0)
"""The size of the card of a zone."""
_GAP = (90.0, 56.0)
_ASIDE = 150.0
"""How far beside a zone the cards of the others stand."""

OVERVIEW = Bilingual(
    en="Overview: one card per outermost zone, one connector per direction between two of them.",
    ja="概要: 最も外側のゾーンを 1 枚のカードで、ゾーン間の通信を方向ごとに 1 本の線で示します。",
)
OFF_PAGE = Bilingual(
    en="Cards at the side stand for other zones and name the page on which each is drawn.",
    ja="端のカードは別ページのゾーンで、描かれているページを示します。",
)
CONTINUED = Bilingual(en="Connectors to other pages", ja="別ページへの接続")


class Area(NamedTuple):
    """An outermost zone with everything in it; None for what lies in no zone."""

    zone: Zone | None
    components: frozenset[str]

    @property
    def id(self) -> str:
        """A name that no component has."""
        return f"area {self.zone.id if self.zone is not None else ''}"

    @property
    def anchor(self) -> str:
        """The name of the place where its page begins."""
        return f"zone-{self.zone.id if self.zone is not None else ''}"


def areas_of(design: Design) -> tuple[Area, ...]:
    """The outermost zones that hold components, in design order; what lies in no zone last."""
    members: dict[str | None, list[str]] = {zone.id: [] for zone in design.zones if zone.parent is None}
    members[None] = []
    for component in design.components:
        chain = design.zone_chain(component.zone)
        members[chain[-1] if chain else None].append(component.id)
    return tuple(
        Area(design.zone_by_id[name] if name is not None else None, frozenset(inside))
        for name, inside in members.items()
        if inside
    )


def add_topology(sheets: Sheets, parts: Parts) -> None:
    """Lay the section out: one page, or an overview and a page a zone where one would be too small to read."""
    shown = picture(parts.report, parts.numbers)
    if fitting(shown.drawing, sheets.papers.large) < READABLE and parts.report.design.zones:
        _add_split(sheets, parts)
    else:
        add_whole(sheets, parts, shown)


def _add_split(sheets: Sheets, parts: Parts) -> None:
    """Lay the section out over several pages."""
    report = parts.report
    areas = areas_of(report.design)
    paper = sheets.papers.large
    sheets.begin(3, TITLE, paper, fresh=True)
    first = len(sheets.pages) + 1
    pages = {area.id: first + place for place, area in enumerate(areas)}
    home = {name: area for area in areas for name in area.components}
    shown = links(report.graph)
    look = look_of(report)
    unseen = left_out(report, {(link.source, link.target) for link in shown})
    overview = _overview(areas, shown, home, pages, look)
    put(sheets, overview)
    _lead(sheets, areas, overview)
    sheets.page.items.extend(legend(report, overview.wires, paper, (OVERVIEW, *unseen)))
    for area in areas:
        sheets.turn(paper)
        name = area.zone.name if area.zone is not None else both(NO_ZONE, report.language)
        sheets.page.anchors[area.anchor] = 0
        sheets.heading(f"3 {both(TITLE, report.language)} · {name}", 13)
        drawn = _zone_page(report, area, shown, home, pages, look, parts)
        put(sheets, drawn)
        sheets.page.items.extend(legend(report, drawn.wires, paper, (READING, OFF_PAGE)))
    _references(sheets, parts, areas, shown, home, pages)
    sheets.full = True


def _lead(sheets: Sheets, areas: Iterable[Area], overview: Picture) -> None:
    """Links from the cards of the overview to the pages."""
    placed = next(item for item in sheets.page.items if isinstance(item, Placed))
    cards = {
        item.subject: item.items[0].rect
        for item in overview.drawing.items
        if isinstance(item, Group) and item.items and isinstance(item.items[0], Box)
    }
    for area in areas:
        sheets.page.links.append(PageLink(placed.on_page(cards[area.id]), area.anchor))


def _label(area: Area, pages: Mapping[str, int], look: Look) -> tuple[str, str]:
    name = area.zone.name if area.zone is not None else NO_ZONE.text(look.language)
    count = len(area.components)
    what = (
        f"コンポーネント {count}" if look.language == "ja" else f"{count} component{'s' if count > 1 else ''}"
    )
    return name, f"{what} · → p. {pages[area.id]}"


def _zone_card(area: Area, rect: Rect, pages: Mapping[str, int], look: Look) -> Group:
    style = look.theme.zone(area.zone.kind if area.zone is not None else "other")
    name, more = _label(area, pages, look)
    room = rect.width - 24
    return Group(
        area.id,
        name,
        (
            Box(rect, 10, style.fill, style.stroke, 1.4, style.dash),
            Text(
                rect.left + 12, rect.top + 26, look.measure.elide(name, 13, room, True), 13, style.title, True
            ),
            Text(rect.left + 12, rect.top + 46, look.measure.elide(more, 11, room), 11, look.theme.muted),
        ),
    )


def _routed(cards: Mapping[str, Rect], shown: tuple[Link, ...], look: Look) -> tuple[Wire, ...]:
    pairs = [Ends(link.source, link.target, label_size(link_text(link, None, look), look)) for link in shown]
    return tuple(
        Wire(link, connector.points, connector.label)
        for link, connector in zip(shown, route(cards, pairs).connectors, strict=True)
    )


def _gathered(shown: Iterable[Link], names: Mapping[str, str]) -> tuple[Link, ...]:
    """Links between what components stand for, those within one thing left out."""
    found: dict[tuple[str, str], list[Link]] = {}
    for link in shown:
        pair = names[link.source], names[link.target]
        if pair[0] != pair[1]:
            found.setdefault(pair, []).append(link)
    return tuple(
        Link(*pair, tuple(flow for link in several for flow in link.flows)) for pair, several in found.items()
    )


def _painted(
    under: Iterable[Primitive], over: Iterable[Primitive], routed: tuple[Wire, ...], look: Look
) -> tuple[Primitive, ...]:
    lines = (Group(wire.link.subject, "", (wire_line(wire, look),)) for wire in routed)
    labels = (Group(wire.link.subject, "", wire_label(wire, None, look)) for wire in routed)
    return (*under, *lines, *over, *labels)


def _bounds(cards: Iterable[Rect], routed: Iterable[Wire]) -> Rect:
    points = [Rect(point.x, point.y, 0, 0) for wire in routed for point in wire.points]
    found = bounding([*cards, *points, *(wire.label for wire in routed)])
    return (found or Rect(0, 0, 100, 100)).grow(20)


def _overview(
    areas: tuple[Area, ...],
    shown: Iterable[Link],
    home: Mapping[str, Area],
    pages: Mapping[str, int],
    look: Look,
) -> Picture:
    """Cards on a grid, in the order of the zones, with the flows between two zones as one connector."""
    columns = max(2, round((len(areas) * 1.1) ** 0.5))
    cards = {
        area.id: Rect(
            (place % columns) * (_CARD[0] + _GAP[0]), (place // columns) * (_CARD[1] + _GAP[1]), *_CARD
        )
        for place, area in enumerate(areas)
    }
    gathered = _gathered(shown, {name: area.id for name, area in home.items()})
    routed = _routed(cards, gathered, look)
    over = [_zone_card(area, cards[area.id], pages, look) for area in areas]
    return Picture(Drawing(_bounds(cards.values(), routed), _painted((), over, routed, look)), routed)


def _zone_page(
    report: Report,
    area: Area,
    shown: Iterable[Link],
    home: Mapping[str, Area],
    pages: Mapping[str, int],
    look: Look,
    parts: Parts,
) -> Picture:
    """A zone as it is drawn in the design, the zones it exchanges traffic with as cards at its right."""
    graph, inside = report.graph, area.components
    touching = [link for link in shown if link.source in inside or link.target in inside]
    names = {
        name: name if name in inside else home[name].id
        for link in touching
        for name in (link.source, link.target)
    }
    others = list(dict.fromkeys(home[name] for name in names if name not in inside))
    zones = [
        zone for zone in depth_order(graph) if area.zone and area.zone.id in graph.design.zone_chain(zone.id)
    ]
    all_cards = boxes(graph, look)
    cards = {name: all_cards[name] for name in all_cards if name in inside}
    extent = bounding([*cards.values(), *(zone.rect for zone in zones)]) or Rect(0, 0, 100, 100)
    step = max(_CARD[1] + 24, extent.height / max(1, len(others)))
    for place, other in enumerate(others):
        top = extent.top + place * step + (step - _CARD[1]) / 2
        cards[other.id] = Rect(extent.right + _ASIDE, top, *_CARD)
    gathered = _gathered(touching, names)
    routed = _routed(cards, gathered, look)
    under, titles = zone_layers(zones, look)
    over = [
        *titles,
        *(
            card(component, graph, look, component.point)
            for component in graph.design.components
            if component.id in inside
        ),
        *(_zone_card(other, cards[other.id], pages, look) for other in others),
    ]
    areas = [*cards.values(), *(zone.rect for zone in zones)]
    drawing = Drawing(_bounds(areas, routed), _painted(under, over, routed, look))
    numbers: dict[Pair, list[int]] = {}
    for link in touching:
        numbers.setdefault((names[link.source], names[link.target]), []).append(
            parts.numbers[link.source, link.target]
        )
    return with_badges(drawing, routed, numbers, cards.values())


def _references(
    sheets: Sheets,
    parts: Parts,
    areas: tuple[Area, ...],
    shown: Iterable[Link],
    home: Mapping[str, Area],
    pages: Mapping[str, int],
) -> None:
    """A table of the connectors that leave a page: from where to where, their numbers and ports."""
    leaving: dict[tuple[str, str], list[Link]] = {}
    for link in shown:
        pair = home[link.source].id, home[link.target].id
        if pair[0] != pair[1]:
            leaving.setdefault(pair, []).append(link)
    if not leaving:
        return
    names = {area.id: area.zone.name if area.zone is not None else NO_ZONE for area in areas}
    sheets.turn(sheets.papers.large)
    sheets.sub(CONTINUED)
    page = Bilingual(en="Page", ja="ページ")
    headings = (
        Bilingual(en="From", ja="送信元"),
        page,
        Bilingual(en="To", ja="宛先"),
        page,
        NUMBER,
        Bilingual(en="Ports", ja="ポート"),
    )
    rows = []
    for (source, target), several in leaving.items():
        ports = sorted({(flow.port, flow.transport) for link in several for flow in link.flows})
        rows.append(
            (
                names[source],
                str(pages[source]),
                names[target],
                str(pages[target]),
                runs(parts.numbers[link.source, link.target] for link in several),
                ", ".join(f"{transport.upper()} {port}" for port, transport in ports),
            )
        )
    plain_table(sheets, headings, rows)

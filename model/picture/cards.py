"""Cards, zones and notes as primitives, in scene pixels. Text is measured, never guessed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from model.catalog.condition import AGENT_VERSION
from model.derivation.graph import FlowGraph
from model.design.elements import Component, Note, Zone
from model.frozen import Language
from model.picture.look import GRID, Look
from model.shapes.geometry import Point, Rect, Size
from model.shapes.primitives import Box, Group, IconMark, Primitive, Text

_STEP = 3 * GRID
"""Cards are a whole number of these wide, so that neighbours mostly line up."""
_TILE = 28.0
_PAD = 10.0
_NAME_SIZE = 13.0
_NOTE_SIZE = 11.0
_WIDEST_TEXT = 212.0
_TITLE_SIDES = 28.0
"""Room left and right of a zone's title, in all."""
_TITLE_GAP = 24.0
"""Between a zone's name and its firewall."""
_TITLE_BAND = 30.0


def _steps(width: float) -> float:
    return math.ceil(width / _STEP) * _STEP


LARGEST = Size(_steps(_WIDEST_TEXT + _TILE + 3 * _PAD), 70.0)
"""No card is larger: for those who find room for one and cannot measure texts."""


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


def roomy_size(component: Component, graph: FlowGraph | None, look: Look) -> Size:
    """A size that holds a component's card in either language: what has room in one must not collide in the other."""
    languages: tuple[Language, ...] = get_args(Language)
    sizes = [card_size(component, graph, look._replace(language=language)) for language in languages]
    return Size(max(each.width for each in sizes), max(each.height for each in sizes))


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


def boxes(graph: FlowGraph, look: Look) -> dict[str, Rect]:
    """The card of every component as a rectangle in the scene."""
    found: dict[str, Rect] = {}
    for component in graph.design.components:
        size = card_size(component, graph, look)
        found[component.id] = Rect(component.point.x, component.point.y, size.width, size.height)
    return found


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


def zone_layers(zones: Sequence[Zone], look: Look) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Zones, bottom first, as what is drawn under connectors and what is drawn over them.

    A title that a zone lies over is drawn with its own zone, so that the one above hides what it covers of it.
    """
    covered = covered_titles(zones, look)
    return (
        tuple(zone_box(zone, look, title=zone.id in covered) for zone in zones),
        tuple(zone_title(zone, look) for zone in zones if zone.id not in covered),
    )


def covered_titles(
    zones: Sequence[Zone], look: Look, moved: Mapping[str, Point] | None = None
) -> frozenset[str]:
    """Those of some zones, bottom first, over whose titles another one lies, in part at least.

    `moved`: how far some are shown from where the design has them.
    """
    by = [(moved or {}).get(zone.id, Point(0, 0)) for zone in zones]
    frames = [zone.rect.moved(*offset) for zone, offset in zip(zones, by, strict=True)]
    return frozenset(
        zone.id
        for number, zone in enumerate(zones)
        for plate in zone_titles((zone,), look)
        if any(frame.intersects(plate.moved(*by[number])) for frame in frames[number + 1 :])
    )


def _zone_name(zone: Zone) -> str:
    return " · ".join((zone.name, *zone.cidrs[:2])) + (" …" if len(zone.cidrs) > 2 else "")


def title_width(zone: Zone, look: Look) -> float:
    """The width a zone's frame needs to show its name, networks and firewall in full, in pixels."""
    named = look.measure.width(_zone_name(zone), 12, bold=True) + _TITLE_SIDES
    return named + (look.measure.width(zone.firewall, 11) + _TITLE_GAP if zone.firewall else 0)


def _title_texts(zone: Zone, look: Look) -> tuple[Text, ...]:
    measure, frame, colour = look.measure, zone.rect, look.theme.zone(zone.kind).title
    room = frame.width - _TITLE_SIDES
    name = measure.elide(_zone_name(zone), 12, room, bold=True)
    title = Text(frame.left + 14, frame.top + 21, name, 12, colour, bold=True)
    used = measure.width(name, 12, bold=True)
    if not zone.firewall or used + measure.width(zone.firewall, 11) + _TITLE_GAP > room:
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

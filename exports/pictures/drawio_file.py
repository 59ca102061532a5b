"""The draw.io export: a diagram to go on editing. Zones are containers, connectors are bound to components.

Plain, uncompressed XML, so that versions can be compared. Labels are never read as HTML (`html=0`), and styles are
made of theme colours and numbers alone, so that a name stays a name.
"""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from exports.markup import attribute, number
from exports.pictures.diagram import Picture, described, legend_entries, picture, theme_called
from exports.pictures.svg_file import SvgWriter, view_box
from exports.report import Report
from model.picture.cards import boxes, card, component_lines, zone_box
from model.picture.connectors import Wire, link_style, link_text
from model.picture.drawing import depth_order
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Box, IconMark, Text

Style = Mapping[str, str | float]

_LAYER = "1"
_LEGEND_STEP = 22.0


@dataclass(frozen=True, slots=True)
class _Cell:
    """A shape in its parent: style, label, place."""

    id: str
    parent: str
    value: str
    style: str
    rect: Rect
    connectable: bool = True

    def lines(self) -> Iterator[str]:
        loose = "" if self.connectable else ' connectable="0"'
        yield (
            f'<mxCell id="{attribute(self.id)}" value="{attribute(self.value)}" style="{attribute(self.style)}"'
            f' vertex="1"{loose} parent="{attribute(self.parent)}">'
        )
        rect = self.rect
        yield (
            f'<mxGeometry x="{number(rect.x)}" y="{number(rect.y)}" width="{number(rect.width)}"'
            f' height="{number(rect.height)}" as="geometry"/>'
        )
        yield "</mxCell>"


def write_drawio(report: Report) -> bytes:
    """UTF-8 draw.io file of the topology and its legend, one page; one unit is one scene pixel, its corner (0, 0)."""
    shown = picture(report, theme_called("paper"))
    cards = boxes(report.graph, shown.look)
    cells = list(_cells(report, shown))
    top = [each.rect for each in cells if each.parent == _LAYER]
    width = max(shown.drawing.bounds.width, *(rect.right for rect in top))
    height = max(shown.drawing.bounds.height, *(rect.bottom for rect in top))
    size = f'pageWidth="{math.ceil(width)}" pageHeight="{math.ceil(height)}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<mxfile host="Portchart" compressed="false">',
        f'<diagram id="topology" name="{attribute(report.title)}">',
        '<mxGraphModel dx="0" dy="0" grid="1" gridSize="10" guides="1" tooltips="1" connect="1" arrows="1" fold="1"'
        f' page="1" pageScale="1" {size} math="0" shadow="0">',
        "<root>",
        '<mxCell id="0"/>',
        f'<mxCell id="{_LAYER}" parent="0"/>',
        *(line for cell in cells for line in cell.lines()),
        *(line for wire in shown.wires for line in _edge(wire, cards, report, shown)),
        "</root>",
        "</mxGraphModel>",
        "</diagram>",
        "</mxfile>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _cells(report: Report, shown: Picture) -> Iterator[_Cell]:
    """Every shape, containers before what they hold."""
    yield from _zones(report, shown)
    yield from _components(report, shown)
    yield from _notes(report, shown)
    yield from _legend(report, shown)


def _zones(report: Report, shown: Picture) -> Iterator[_Cell]:
    look, design = shown.look, report.design
    for zone in depth_order(report.graph):
        style = look.theme.zone(zone.kind)
        corner = design.zone_by_id[zone.parent].rect if zone.parent is not None else shown.drawing.bounds
        parent = f"zone-{zone.parent}" if zone.parent is not None else _LAYER
        looks = {
            **_CONTAINER,
            **_rounded(10),
            "fillColor": style.fill,
            "strokeColor": style.stroke,
            "strokeWidth": 1.2,
            **_dashes(style.dash),
            **_text_style(12, style.title, bold=True),
            "spacingLeft": 10,
            "spacingTop": 2,
        }
        name = f"zone-{zone.id}"
        place = zone.rect.moved(-corner.x, -corner.y)
        yield _Cell(name, parent, zone_box(zone, look).title, _style(looks), place)
        if zone.firewall:
            label = {**_LABEL, **_text_style(11, style.title), "align": "right", "spacingRight": 10}
            half = Rect(zone.rect.width / 2, 2, zone.rect.width / 2, 24)
            yield _Cell(
                f"firewall-{zone.id}", name, zone.firewall, _style(label, "text"), half, connectable=False
            )


def _components(report: Report, shown: Picture) -> Iterator[_Cell]:
    look, design, theme = shown.look, report.design, shown.look.theme
    for component in design.components:
        drawn = card(component, report.graph, look).items
        area, tile = (item for item in drawn if isinstance(item, Box))
        (mark,) = (item for item in drawn if isinstance(item, IconMark))
        left = next(item.x for item in drawn if isinstance(item, Text))
        corner = (
            design.zone_by_id[component.zone].rect if component.zone is not None else shown.drawing.bounds
        )
        parent = f"zone-{component.zone}" if component.zone is not None else _LAYER
        place = area.rect.moved(component.point.x - corner.x, component.point.y - corner.y)
        looks = {
            **_CONTAINER,
            **_rounded(area.radius),
            "fillColor": theme.card,
            "strokeColor": theme.card_stroke,
            "strokeWidth": area.width,
            **_text_style(13, theme.text, bold=True),
            "spacingLeft": left - 4,
            "spacingTop": 3,
        }
        name = f"component-{component.id}"
        yield _Cell(name, parent, component.name, _style(looks), place)
        yield _Cell(f"icon-{component.id}", name, "", _style(_icon(tile, mark)), tile.rect, connectable=False)
        below = Rect(left - 4, 26, area.rect.width - left, area.rect.height - 28)
        label = {**_LABEL, **_text_style(11, theme.muted), "spacingLeft": 0}
        lines = "\n".join(component_lines(component, report.graph, look))
        yield _Cell(f"about-{component.id}", name, lines, _style(label, "text"), below, connectable=False)


def _notes(report: Report, shown: Picture) -> Iterator[_Cell]:
    look, bounds = shown.look, shown.drawing.bounds
    style = look.theme.changes["changed"]
    for note in report.design.notes:
        # Plain labels do not wrap, so the lines are made here.
        lines = look.measure.wrap(note.text, 12, max(20.0, note.rect.width - 20))
        looks = {
            "shape": "note",
            "size": 12,
            "html": 0,
            "fillColor": style.fill,
            "strokeColor": style.colour,
            **_text_style(12, look.theme.text),
            "spacingLeft": 8,
        }
        place = note.rect.moved(-bounds.x, -bounds.y)
        yield _Cell(f"note-{note.id}", _LAYER, "\n".join(lines), _style(looks), place)


def _legend(report: Report, shown: Picture) -> Iterator[_Cell]:
    look, y = shown.look, shown.drawing.bounds.height
    for place, (text, line) in enumerate(legend_entries(report, shown.wires, look.theme)):
        looks = {
            "shape": "line",
            "html": 0,
            "strokeColor": line.colour,
            "strokeWidth": line.width,
            **_dashes(line.dash),
            **_text_style(11, look.theme.text),
            "labelPosition": "right",
            "verticalAlign": "middle",
            "spacingLeft": 8,
        }
        area = Rect(24, y, 34, 10)
        yield _Cell(f"legend-{place}", _LAYER, text, _style(looks), area, connectable=False)
        y += _LEGEND_STEP
    label = {**_LABEL, **_text_style(11, look.theme.muted)}
    explained = "\n".join(described(report, shown.wires))
    area = Rect(24, y, 600, 2 * _LEGEND_STEP)
    yield _Cell("reading", _LAYER, explained, _style(label, "text"), area, connectable=False)


def _edge(wire: Wire, cards: Mapping[str, Rect], report: Report, shown: Picture) -> Iterator[str]:
    """A connector bound to both components, its bends as waypoints, its label where it lies in the picture."""
    look, bounds = shown.look, shown.drawing.bounds
    style, link = link_style(wire.link, look), wire.link
    first, last = wire.points[0], wire.points[-1]
    looks = {
        "edgeStyle": "orthogonalEdgeStyle",
        "html": 0,
        "rounded": 1,
        "arcSize": 12,
        "jettySize": "auto",
        "orthogonalLoop": 1,
        "endArrow": "block",
        "endFill": 1,
        "endSize": 6,
        "strokeColor": style.colour,
        "strokeWidth": style.width,
        **_dashes(style.dash),
        **_text_style(11, style.colour, bold=True),
        "align": "center",
        "verticalAlign": "middle",
        "labelBackgroundColor": look.theme.label,
        "labelBorderColor": style.colour,
        **_end("exit", first, cards[link.source]),
        **_end("entry", last, cards[link.target]),
    }
    along, offset = _label_place(wire)
    text = link_text(link, report.comparison, look)
    yield (
        f'<mxCell id="{attribute(f"flow-{link.source}>{link.target}")}" value="{attribute(text)}"'
        f' style="{attribute(_style(looks))}" edge="1" parent="{_LAYER}"'
        f' source="component-{attribute(link.source)}" target="component-{attribute(link.target)}">'
    )
    yield f'<mxGeometry x="{along:.4f}" relative="1" as="geometry">'
    bends = wire.points[1:-1]
    if bends:
        yield '<Array as="points">'
        yield from (f"<mxPoint {_xy(point.moved(-bounds.x, -bounds.y))}/>" for point in bends)
        yield "</Array>"
    yield f'<mxPoint {_xy(offset)} as="offset"/>'
    yield "</mxGeometry>"
    yield "</mxCell>"


def _end(which: str, point: Point, area: Rect) -> Style:
    """Where a connector meets a card, as shares of its sides."""
    return {
        f"{which}X": f"{(point.x - area.x) / area.width:.4f}",
        f"{which}Y": f"{(point.y - area.y) / area.height:.4f}",
        f"{which}Dx": 0,
        f"{which}Dy": 0,
    }


def _label_place(wire: Wire) -> tuple[float, Point]:
    """Where the label lies: the nearest place along the line, from -1 to 1, and the way from there."""
    centre, walked, total = wire.label.center, 0.0, 0.0
    nearest = (math.inf, 0.0, wire.points[0])
    for start, end in pairwise(wire.points):
        dx, dy = end.x - start.x, end.y - start.y
        length = math.hypot(dx, dy)
        if length:
            share = ((centre.x - start.x) * dx + (centre.y - start.y) * dy) / length**2
            share = min(1.0, max(0.0, share))
            foot = Point(start.x + dx * share, start.y + dy * share)
            gap = math.hypot(centre.x - foot.x, centre.y - foot.y)
            if gap < nearest[0] - 1e-9:
                nearest = (gap, walked + share * length, foot)
        walked += length
    total = walked or 1.0
    _, at, foot = nearest
    return 2 * at / total - 1, Point(centre.x - foot.x, centre.y - foot.y)


def _icon(tile: Box, mark: IconMark) -> Style:
    """The icon on its tile as a picture inside the file, whose address lacks ";base64" because ";" ends an entry."""
    body = "".join(SvgWriter().elements((tile, mark)))
    size = f'width="{number(tile.rect.width)}" height="{number(tile.rect.height)}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{view_box(tile.rect)}">{body}</svg>'
    data = b64encode(svg.encode()).decode("ascii")
    return {"shape": "image", "html": 0, "imageAspect": 0, "image": f"data:image/svg+xml,{data}"}


_CONTAINER: Style = {"container": 1, "collapsible": 0, "recursiveResize": 0, "html": 0}
_LABEL: Style = {"html": 0, "strokeColor": "none", "fillColor": "none"}


def _rounded(radius: float) -> Style:
    return {"rounded": 1, "absoluteArcSize": 1, "arcSize": 2 * radius}


def _text_style(size: float, colour: str, *, bold: bool = False) -> Style:
    return {
        "fontSize": size,
        "fontColor": colour,
        "fontStyle": int(bold),
        "align": "left",
        "verticalAlign": "top",
    }


def _dashes(dash: tuple[float, ...]) -> Style:
    """A dash pattern in pixels, whatever the line's width."""
    return {"dashed": 1, "fixDash": 1, "dashPattern": " ".join(map(number, dash))} if dash else {}


def _style(entries: Style, name: str = "") -> str:
    """Style entries as draw.io writes them, after the name of a built-in style where there is one."""
    parts = [name] if name else []
    parts += [f"{key}={value if isinstance(value, str) else number(value)}" for key, value in entries.items()]
    return ";".join(parts) + ";"


def _xy(point: Point) -> str:
    return f'x="{number(point.x)}" y="{number(point.y)}"'

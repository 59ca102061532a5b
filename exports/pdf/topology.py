"""The topology page: the whole drawing fitted on one sheet, with a legend of what it shows."""

from __future__ import annotations

from dataclasses import dataclass

from exports.pdf.sheets import Link, Placed, Sheets, both, stacked
from exports.pdf.style import A3, A4, INK, SOFT, Paper, paper_theme, text_measure
from exports.report import Report
from model.drawing import Look, Wire, boxes, draw, links, wires
from model.frozen import Bilingual
from model.geometry import Point
from model.primitives import Drawing, Line, Primitive, Text

TITLE = Bilingual(en="Topology", ja="構成図")
ANCHOR = "topology"

_SMALLEST = 0.62
"""Below this scale the small print of a card is too small for A4."""
_LARGEST = 1.0
_HEAD = 26.0
_LEGEND = 44.0

READING = Bilingual(
    en="An arrow points at the listener; its label gives the destination ports.",
    ja="矢印は待ち受け側を指し、ラベルは宛先ポートを示します。",
)
CHANGES = {
    "added": Bilingual(en="added", ja="追加"),
    "removed": Bilingual(en="removed", ja="廃止"),
    "changed": Bilingual(en="changed", ja="変更"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing and the connectors in it."""

    drawing: Drawing
    wires: tuple[Wire, ...]


def picture(report: Report) -> Picture:
    """The topology in the report's language (English where it is in both)."""
    look = Look(report.catalog, paper_theme(), text_measure(), "ja" if report.language == "ja" else "en")
    graph, comparison = report.graph, report.comparison
    routed = wires(graph, links(graph, comparison), boxes(graph, look), comparison, look)
    return Picture(draw(graph, look, comparison, routed=routed), routed)


def add_topology(sheets: Sheets, report: Report, *, linked: bool) -> frozenset[tuple[str, str]]:
    """Add the page; gives the (source, destination) pairs whose labels lead to the matrix, none unless `linked`."""
    shown = picture(report)
    paper = _paper(shown.drawing)
    sheets.begin(TITLE, paper)
    page = sheets.page
    page.anchors[ANCHOR] = 0
    scale = _scale(shown.drawing, paper)
    bounds = shown.drawing.bounds
    width, height = bounds.width * scale, bounds.height * scale
    room = paper.bottom - _LEGEND - sheets.y
    at = Point(paper.left + (paper.room - width) / 2, sheets.y + max(0.0, room - height) / 2)
    placed = Placed(shown.drawing, at, scale)
    page.items.append(placed)
    leading = [wire for wire in shown.wires if linked and wire.label.width]
    for wire in leading:
        pair = pair_anchor(wire.link.source, wire.link.target)
        page.links.append(Link(placed.on_page(wire.label), pair))
    page.items.extend(_legend(report, shown.wires, paper))
    return frozenset((wire.link.source, wire.link.target) for wire in leading)


def pair_anchor(source: str, target: str) -> str:
    """The name of the place in the matrix where the flows of a pair begin."""
    return f"flows-{source}>{target}"


def _scale(drawing: Drawing, paper: Paper) -> float:
    room = paper.bottom - paper.top - _HEAD - _LEGEND
    return min(paper.room / drawing.bounds.width, room / drawing.bounds.height, _LARGEST)


def _paper(drawing: Drawing) -> Paper:
    return A4 if _scale(drawing, A4) >= _SMALLEST else A3


def _legend(report: Report, routed: tuple[Wire, ...], paper: Paper) -> list[Primitive]:
    """Lines for the purposes and changes in the picture, and what it leaves out, at the foot of the page."""
    theme, measure, language = paper_theme(), text_measure(), report.language
    entries: list[tuple[str, str, float, tuple[float, ...]]] = []
    used = {
        flow.basis.purpose for wire in routed for flow in wire.link.flows if wire.link.status == "unchanged"
    }
    for purpose in report.catalog.purposes:
        if purpose.id in used:
            style = theme.purpose(purpose.id)
            entries.append((both(purpose.name, language), style.colour, style.width, style.dash))
    for status in ("added", "removed", "changed"):
        if any(wire.link.status == status for wire in routed):
            change = theme.changes[status]
            text = f"{change.mark} {both(CHANGES[status], language)}"
            entries.append((text, change.colour, change.width, change.dash))
    items: list[Primitive] = []
    x, y = paper.left, paper.bottom - _LEGEND + 20
    for text, colour, width, dash in entries:
        needed = 34 + measure.width(text, 7.5) + 22
        if x + needed > paper.right:
            x, y = paper.left, y + 12
        items.append(Line((Point(x, y), Point(x + 28, y)), colour, width * 0.8, dash, arrow=True))
        items.append(Text(x + 34, y + 2.6, text, 7.5, INK))
        x += needed
    note = " ".join(
        stacked(part, language).replace("\n", " ") for part in (READING, *_left_out(report, routed))
    )
    for number, line in enumerate(measure.wrap(note, 7.5, paper.room)[:2]):
        items.append(Text(paper.left, y + 15 + 10 * number, line, 7.5, SOFT))
    return items


def _left_out(report: Report, routed: tuple[Wire, ...]) -> list[Bilingual]:
    drawn = {(wire.link.source, wire.link.target) for wire in routed}
    quiet = [purpose for purpose in report.catalog.purposes if purpose.quiet]
    silent = {purpose.id for purpose in quiet}
    count = sum(
        flow.basis.purpose in silent or (flow.source, flow.destination) not in drawn
        for flow in report.graph.network
    )
    if not count:
        return []
    en, ja = ", ".join(each.name.en for each in quiet), "、".join(each.name.ja for each in quiet)
    return [
        Bilingual(
            en=f"{en} ({count} flows) are left out of the picture; the port matrix lists them.",
            ja=f"{ja}({count} 件)は図では省略し、通信要件一覧に記載しています。",
        )
    ]

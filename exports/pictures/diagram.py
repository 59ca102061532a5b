"""The topology as a picture of its own: the drawing in a theme, with a legend below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import resources
from exports.pdf.pages.style import text_measure
from exports.report import Report
from model.derivation.comparison import Status
from model.design.columns import Shown, shown
from model.frozen import Bilingual, Language
from model.picture.cards import boxes
from model.picture.connectors import Wire, links, wires
from model.picture.differing import badged, statuses
from model.picture.drawing import draw
from model.picture.legend import line_entries
from model.picture.look import Look
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Drawing, Group, Line, Primitive, Text
from model.shapes.theme import LineStyle, Theme, ThemeName, parse_theme

READING = Bilingual(
    en="An arrow points at the listener; its label gives the destination ports.",
    ja="矢印は待ち受け側を指し、ラベルは宛先ポートを示します。",
)
_SIZE = 11.0
_SAMPLE = 34.0
_GAP = 26.0
_STEP = 18.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, the connectors in it, and how it looks."""

    drawing: Drawing
    wires: tuple[Wire, ...]
    look: Look


@cache
def theme_called(name: ThemeName) -> Theme:
    """A theme that ships."""
    return parse_theme(resources.text(f"themes/{name}.json"))


def language_of(language: Shown) -> Language:
    """The language of a picture, which has room for one: English where both are asked for."""
    return "ja" if language == "ja" else "en"


def picture(report: Report, theme: Theme) -> Picture:
    """The topology without its quiet purposes and without a legend."""
    look = Look(report.catalog, theme, text_measure(), language_of(report.language))
    graph, comparison = report.graph, report.comparison
    routed = wires(graph, links(graph, comparison), boxes(graph, look), comparison, look)
    drawn = draw(graph, look, comparison, routed=routed)
    if comparison is not None:
        drawn = _marked(drawn, statuses(comparison.before.design, graph.design), look)
    return Picture(drawn, routed, look)


def _marked(drawn: Drawing, changes: Mapping[str, Status], look: Look) -> Drawing:
    """The drawing with the mark of its change on every card of a component that comes or is chosen otherwise."""
    by_subject = {f"component:{name}": status for name, status in changes.items()}
    items = (
        badged(item, by_subject.get(item.subject), look) if isinstance(item, Group) else item
        for item in drawn.items
    )
    return Drawing(drawn.bounds, tuple(items))


def legend_entries(report: Report, routed: tuple[Wire, ...], theme: Theme) -> list[tuple[str, LineStyle]]:
    """The purposes and changes in a picture, named in the report's language, each with its line."""
    entries = line_entries([wire.link for wire in routed], report.catalog, theme)
    return [(shown(text, report.language), style) for text, style in entries]


def left_out(report: Report, routed: tuple[Wire, ...]) -> Bilingual | None:
    """What the picture does not show, as a sentence; None where it shows every flow."""
    drawn = {(wire.link.source, wire.link.target) for wire in routed}
    quiet = [purpose for purpose in report.catalog.purposes if purpose.quiet]
    silent = {purpose.id for purpose in quiet}
    count = sum(
        flow.basis.purpose in silent or (flow.source, flow.destination) not in drawn
        for flow in report.graph.network
    )
    if not count:
        return None
    en, ja = ", ".join(each.name.en for each in quiet), "、".join(each.name.ja for each in quiet)
    return Bilingual(
        en=f"{en} ({count} flows) are left out of the picture; the port matrix lists them.",
        ja=f"{ja}（{count} 件）は図では省略し、通信要件一覧に記載しています。",
    )


def described(report: Report, routed: tuple[Wire, ...]) -> tuple[str, ...]:
    """How to read the picture, what it leaves out, and what it was made from, in the report's language."""
    missing = left_out(report, routed)
    sentences = (READING, missing, report.origin)
    return tuple(shown(text, report.language) for text in sentences if text is not None)


def with_legend(report: Report, shown_picture: Picture) -> Drawing:
    """The drawing with the legend and the sentences that explain it below."""
    theme, measure = shown_picture.look.theme, shown_picture.look.measure
    bounds = shown_picture.drawing.bounds
    left, right = bounds.left + _GAP, max(bounds.right, bounds.left + 480) - _GAP
    x, y = left, bounds.bottom + _STEP / 2
    items: list[Primitive] = []
    for text, style in legend_entries(report, shown_picture.wires, theme):
        needed = _SAMPLE + 8 + measure.width(text, _SIZE)
        if x > left and x + needed > right:
            x, y = left, y + _STEP
        line = (Point(x, y), Point(x + _SAMPLE, y))
        items.append(Line(line, style.colour, style.width, style.dash, arrow=True))
        items.append(Text(x + _SAMPLE + 8, y + _SIZE * 0.36, text, _SIZE, theme.text))
        x += needed + _GAP
    y += _STEP + 4 if items else 4
    for sentence in described(report, shown_picture.wires):
        for text in measure.wrap(sentence, _SIZE, right - left):
            items.append(Text(left, y + _SIZE * 0.36, text, _SIZE, theme.muted))
            y += _STEP
    area = Rect(bounds.x, bounds.y, right + _GAP - bounds.x, y - bounds.y)
    return Drawing(area, (*shown_picture.drawing.items, *items))

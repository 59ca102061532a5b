"""Section 4: what comes, goes and changes, by line style and mark, so that it can be read without colour.

The picture shows the design as it is to be together with the components that go; what stays as it is, is pale.
"""

from __future__ import annotations

from dataclasses import replace

from exports.pdf.pages.sheets import Sheets
from exports.pdf.pages.style import paper_theme, text_measure
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.topology import (
    CHANGES,
    READABLE,
    Picture,
    each_alone,
    fitting,
    legend,
    look_of,
    paper_for,
    put,
    with_badges,
)
from exports.report import Report
from model.derivation.comparison import Comparison
from model.derivation.graph import FlowGraph
from model.frozen import Bilingual
from model.picture.cards import boxes
from model.picture.connectors import links, wires
from model.picture.drawing import draw
from model.shapes.geometry import Rect
from model.shapes.primitives import Box, Drawing, Group, Primitive, Text

TITLE = Bilingual(en="Delta drawing", ja="変更差分図")
NO_BASELINE = Bilingual(
    en="No baseline was given, so there is nothing to compare.",
    ja="ベースラインの指定がないため、差分はありません。",
)
NO_CHANGE = Bilingual(en="Nothing changes against the baseline.", ja="ベースラインからの変更はありません。")
TOO_LARGE = Bilingual(
    en="The design is too large for one page; the changes are listed in section 5.",
    ja="1 ページに収まらない規模のため、変更は 5 章に一覧で示します。",
)
READING = Bilingual(
    en="Thick line, +: added. Short dashes, −: removed. Long dashes, ~: changed. Thin grey: unchanged. "
    "Frames mark components that come or go.",
    ja="太線と + は追加、短い破線と − は廃止、長い破線と ~ は変更、細い灰色の線は変更なしです。"
    "枠は追加・廃止するコンポーネントを示します。",
)
_PALE = "#9aa5b1"


def add_delta(sheets: Sheets, parts: Parts) -> None:
    """Lay the section out."""
    report = parts.report
    if report.comparison is None or report.comparison.same:
        sheets.begin(4, TITLE, sheets.matrix)  # a sentence goes on one page with what follows
        sheets.remark(NO_BASELINE if report.comparison is None else NO_CHANGE)
        return
    shown = delta_picture(report, report.comparison, parts)
    if fitting(shown.drawing, sheets.papers.large) < READABLE:
        sheets.begin(4, TITLE)
        sheets.remark(TOO_LARGE)
        return
    paper = paper_for(shown.drawing, sheets.papers)
    sheets.begin(4, TITLE, paper, fresh=True)
    put(sheets, shown)
    differing = [wire for wire in shown.wires if wire.link.status != "unchanged"]
    sheets.page.items.extend(legend(report, differing, paper, (READING,)))
    sheets.full = True


def delta_picture(report: Report, comparison: Comparison, parts: Parts) -> Picture:
    """The drawing of what differs, with what stays in pale lines and frames round what comes and goes."""
    graph = _together(report.graph, comparison.before)
    look = look_of(report)
    pale = paper_theme().purpose("default").evolve(colour=_PALE, width=0.8, dash=())
    look = look._replace(theme=paper_theme().evolve(purposes={"default": pale}))
    every = [purpose.id for purpose in report.catalog.purposes]
    shown = tuple(
        link
        for link in links(graph, comparison, every)
        if link.status != "unchanged" or not _quiet(report, link.flows[0].basis.purpose)
    )
    routed = wires(graph, shown, boxes(graph, look), comparison, look)
    drawing = draw(graph, look, comparison, routed=routed)
    marks = tuple(_marks(graph, report.graph, comparison.before, look_boxes=boxes(graph, look)))
    return with_badges(
        Drawing(drawing.bounds, (*drawing.items, *marks)),
        routed,
        each_alone(parts.numbers),
        boxes(graph, look).values(),
    )


def _quiet(report: Report, purpose: str) -> bool:
    return report.catalog.purpose_by_id[purpose].quiet


def _together(after: FlowGraph, before: FlowGraph) -> FlowGraph:
    """The later graph, with the components (and their zones) that are only in the earlier one."""
    here = after.design
    zones = (*here.zones, *(zone for zone in before.design.zones if zone.id not in here.zone_by_id))
    gone = tuple(each for each in before.design.components if each.id not in here.component_by_id)
    design = here.evolve(zones=zones, components=(*here.components, *gone), scenarios=())
    return replace(after, design=design, subjects={**before.subjects, **after.subjects})


def _marks(
    graph: FlowGraph, after: FlowGraph, before: FlowGraph, look_boxes: dict[str, Rect]
) -> list[Primitive]:
    """A frame with a sign round every component that comes or goes."""
    found: list[Primitive] = []
    for component in graph.design.components:
        if component.id not in before.design.component_by_id:
            status = "added"
        elif component.id not in after.design.component_by_id:
            status = "removed"
        else:
            continue
        style, rect = paper_theme().changes[status], look_boxes[component.id].grow(5)
        text = f"{style.mark} {CHANGES[status].en} {CHANGES[status].ja}"
        width = text_measure().width(text, 10, bold=True) + 10
        plate = Rect(rect.left + 8, rect.top - 8, width, 15)
        items: tuple[Primitive, ...] = (
            Box(rect, 10, None, style.colour, style.width, style.dash),
            Box(plate, 3, "#ffffff", style.colour, 1),
            Text(plate.left + 5, plate.top + 11, text, 10, style.colour, True),
        )
        found.append(Group(f"component:{component.id}", text, items))
    return found

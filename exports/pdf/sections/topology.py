"""Section 3, the topology, and section 4, what changes in it: drawings with numbered openings, fitted to the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from exports.pdf.pages.sheets import Link, Placed, Sheets, both, stacked
from exports.pdf.pages.style import INK, SOFT, Paper, Papers, paper_theme, text_measure
from exports.pdf.sections.numbers import Pair, number_anchor, pair_anchor, runs
from exports.pdf.sections.parts import Parts
from exports.report import Report
from model.frozen import Bilingual
from model.picture.cards import boxes
from model.picture.connectors import Wire, link_style, links, wires
from model.picture.drawing import draw
from model.picture.look import Look
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Box, Drawing, Group, Line, Primitive, Text

TITLE = Bilingual(en="Topology", ja="構成図")

READABLE = 0.4
"""Below this scale a drawing on the large sheet can no longer be read, and is split."""
_SMALLEST = 0.62
"""Below this scale the small print of a card is too small for the smaller sheet."""
_LARGEST = 1.0
_HEAD = 26.0
_LEGEND = 44.0
_LONGEST = 14
"""Characters; more numbers than fit in them are cut short, since the table beside the drawing has them all."""
_BADGE = 9.0
"""The size of a number's text, in scene pixels."""

READING = Bilingual(
    en="An arrow points at the listener; its label gives the destination ports, the dark number leads to the matrix.",
    ja="矢印は待ち受け側を指し、ラベルは宛先ポートを示します。濃色の番号は通信要件一覧の番号です。",
)
CHANGES = {
    "added": Bilingual(en="added", ja="追加"),
    "removed": Bilingual(en="removed", ja="廃止"),
    "changed": Bilingual(en="changed", ja="変更"),
    "unchanged": Bilingual(en="unchanged", ja="変更なし"),
}


class Badge(NamedTuple):
    """The numbers of a connector and where they stand, together with its label; nearly always one number."""

    numbers: tuple[int, ...]
    rect: Rect


class Picture(NamedTuple):
    """A drawing, the connectors in it, and where the numbers of each stand."""

    drawing: Drawing
    wires: tuple[Wire, ...]
    badges: tuple[Badge, ...] = ()


def look_of(report: Report) -> Look:
    """How drawings look on paper, in the report's language (English where it is in both)."""
    return Look(report.catalog, paper_theme(), text_measure(), "ja" if report.language == "ja" else "en")


def picture(report: Report, numbers: Mapping[Pair, int]) -> Picture:
    """The whole topology as it is to be."""
    look, graph = look_of(report), report.graph
    cards = boxes(graph, look)
    routed = wires(graph, links(graph), cards, None, look)
    return with_badges(draw(graph, look, routed=routed), routed, each_alone(numbers), cards.values())


def each_alone(numbers: Mapping[Pair, int]) -> Mapping[Pair, tuple[int]]:
    """One number for each connector, as `with_badges` takes them."""
    return {pair: (number,) for pair, number in numbers.items()}


def with_badges(
    drawing: Drawing,
    routed: Sequence[Wire],
    numbers: Mapping[Pair, Sequence[int]],
    cards: Iterable[Rect],
) -> Picture:
    """The drawing with the numbers of each connector at its label: at its left end, where that hides nothing.

    `cards`: what else is not to be hidden.
    """
    badges: list[Badge] = []
    items: list[Primitive] = []
    taken = _Taken(wire.label for wire in routed)
    written = _Taken(cards)
    for wire in routed:
        pair = wire.link.source, wire.link.target
        if pair not in numbers:
            continue
        text = runs(numbers[pair])
        if len(text) > _LONGEST:
            text = text[:_LONGEST].rpartition(",")[0] + " …"
        width = max(14.0, text_measure().width(text, _BADGE, bold=True) + 7)
        rect = _place(wire, width, taken, written)
        taken.add(rect)
        area = rect.union(wire.label) if wire.label.width else rect
        badges.append(Badge(tuple(numbers[pair]), area))
        base = rect.center.y + text_measure().ascent(_BADGE) * 0.38
        items += [
            Box(rect, 4, INK, "#ffffff", 0.8),
            Text(rect.center.x, base, text, _BADGE, "#ffffff", True, "middle"),
        ]
    numbered = Group("numbers", "", tuple(items))
    return Picture(Drawing(drawing.bounds, (*drawing.items, numbered)), tuple(routed), tuple(badges))


def _place(wire: Wire, width: float, taken: _Taken, cards: _Taken) -> Rect:
    """Where a number stands: at its label, or in the middle of the longest stretch of a line without one.

    It rather lies over a card than over another label or number.
    """
    label = wire.label
    if label.width:
        beside, across = label.center.y - 7, label.center.x - width / 2
        places = (
            Rect(label.left - width + 3, beside, width, 14),
            Rect(label.right - 3, beside, width, 14),
            Rect(across, label.top - 11, width, 14),
            Rect(across, label.bottom - 3, width, 14),
        )
        free = [each for each in places if not taken.hides(each, label)]
        return next((each for each in free if not cards.hides(each, label)), (*free, *places)[0])
    stretches = zip(wire.points, wire.points[1:], strict=False)
    one, other = max(stretches, key=lambda ends: abs(ends[0].x - ends[1].x) + abs(ends[0].y - ends[1].y))
    return Rect((one.x + other.x) / 2 - width + 3, (one.y + other.y) / 2 - 7, width, 14)


class _Taken:
    """Where labels and numbers stand, by how far down, so that few of them are looked at."""

    _STEP = 64.0

    def __init__(self, labels: Iterable[Rect]) -> None:
        self._rects: dict[int, list[Rect]] = {}
        for label in labels:
            self.add(label)

    def add(self, rect: Rect) -> None:
        """Take a place."""
        self._rects.setdefault(int(rect.center.y // self._STEP), []).append(rect)

    def hides(self, rect: Rect, own: Rect) -> bool:
        """Whether a place covers one that is taken, other than its own label's."""
        row = int(rect.center.y // self._STEP)
        near = (each for at in (row - 1, row, row + 1) for each in self._rects.get(at, ()))
        return any(each is not own and each.width > 0 and each.intersects(rect) for each in near)


def add_whole(sheets: Sheets, parts: Parts, shown: Picture) -> None:
    """Lay the section out on one page."""
    report, paper = parts.report, paper_for(shown.drawing, sheets.papers)
    sheets.begin(3, TITLE, paper, fresh=True)
    put(sheets, shown)
    sheets.page.items.extend(
        legend(report, shown.wires, paper, (READING, *left_out(report, ends_of(shown.wires))))
    )
    sheets.full = True


def put(sheets: Sheets, shown: Picture) -> None:
    """Place a drawing in what is left of the page above the legend, with links from its numbers to the matrix."""
    page, paper = sheets.page, sheets.page.paper
    room = paper.bottom - _LEGEND - sheets.y
    bounds = shown.drawing.bounds
    scale = min(paper.room / bounds.width, room / bounds.height, _LARGEST)
    width, height = bounds.width * scale, bounds.height * scale
    at = Point(paper.left + (paper.room - width) / 2, sheets.y + max(0.0, room - height) / 2)
    placed = Placed(shown.drawing, at, scale)
    page.items.append(placed)
    for badge in shown.badges:
        spot = placed.on_page(badge.rect)
        page.links.append(Link(spot, pair_anchor(badge.numbers[0])))
        for number in badge.numbers:
            sheets.anchor(number_anchor(number), max(0.0, spot.top - 30))


def fitting(drawing: Drawing, paper: Paper) -> float:
    """The scale at which a drawing fits a sheet."""
    room = paper.bottom - paper.top - _HEAD - _LEGEND
    return min(paper.room / drawing.bounds.width, room / drawing.bounds.height, _LARGEST)


def paper_for(drawing: Drawing, papers: Papers) -> Paper:
    """The smaller sheet on which a drawing can be read."""
    return papers.wide if fitting(drawing, papers.wide) >= _SMALLEST else papers.large


Entry = tuple[str, str, float, tuple[float, ...]]
"""A line of the legend: text, colour, width, dash."""


def legend(
    report: Report, routed: Iterable[Wire], paper: Paper, notes: Sequence[Bilingual]
) -> list[Primitive]:
    """Lines for the purposes and changes in a picture, and notes, at the foot of the page."""
    theme, measure, language = paper_theme(), text_measure(), report.language
    routed = tuple(routed)
    entries: list[Entry] = []
    plain = [wire.link for wire in routed if wire.link.status == "unchanged"]
    used = {link_style(link, look_of(report)).colour for link in plain}
    for purpose in report.catalog.purposes:
        style = theme.purpose(purpose.id)
        if style.colour in used:
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
    note = Bilingual(en=" ".join(each.en for each in notes), ja="".join(each.ja for each in notes))
    said = [
        line for part in stacked(note, language).split("\n") for line in measure.wrap(part, 7.5, paper.room)
    ]
    for number, line in enumerate(said[:2]):
        items.append(Text(paper.left, y + 15 + 10 * number, line, 7.5, SOFT))
    return items


def ends_of(routed: Iterable[Wire]) -> frozenset[Pair]:
    """What connectors join."""
    return frozenset((wire.link.source, wire.link.target) for wire in routed)


def left_out(report: Report, drawn: Collection[Pair]) -> list[Bilingual]:
    """What no picture shows, in a note: the flows of quiet purposes, and those that join none of the pairs `drawn`."""
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
            ja=f"{ja}（{count} 件）は図では省略し、通信要件一覧に記載しています。",
        )
    ]

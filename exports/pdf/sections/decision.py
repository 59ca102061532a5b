"""Section 1, the decision on one page: what is asked, the counts, what stays and why, what to settle first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.pdf.pages.even import even_lines
from exports.pdf.pages.sheets import Sheets, both, stacked
from exports.pdf.pages.style import INK, RULE, SOFT, paper_theme, text_measure
from exports.pdf.pages.table import Area, TableRow, area_heading, flow_table
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.summary import asked, facts, firewall_rows, opening_count
from exports.report import Report
from exports.tables import ALTERED, SEVERITY_NAMES
from model.derivation.comparison import Status
from model.design.columns import same
from model.findings import Finding
from model.frozen import Bilingual
from model.shapes.geometry import Rect
from model.shapes.primitives import Box, Text
from model.tables.wording import worded

if TYPE_CHECKING:
    from exports.existing.judge import Answer

TITLE = Bilingual(en="Decision", ja="要約")
ASKED = Bilingual(en="Decision requested", ja="承認依頼")
FIREWALLS = Bilingual(en="Firewalls concerned", ja="対象ファイアウォール")
STAYS = Bilingual(en="What stays open, and why", ja="残る通信とその理由")
POINTS = Bilingual(en="Points to settle first", ja="事前に確認が必要な点")
NO_BOUNDARY = Bilingual(en="no boundary is crossed", ja="境界を越える通信なし")
SEVERAL = Bilingual(
    en="A flow through several firewalls is counted at each of them.",
    ja="複数の機器を通過する通信は、それぞれの機器で数えています。",
)
NOTHING_REPLACED = Bilingual(
    en="No flow to the Smart Protection Network stays open beside a local server that takes its place.",
    ja="ローカルサーバーで代替しながら Smart Protection Network への通信も残る箇所はありません。",
)
NO_SERVER = Bilingual(
    en="Nothing beyond what is asked for: no local server takes over from the Smart Protection Network.",
    ja="申請する通信のほかに残る通信はありません。Smart Protection Network を代替するローカルサーバーはありません。",
)
NOTHING_PRESSING = Bilingual(
    en="No finding is an error or a warning.", ja="エラーまたは警告の確認事項はありません。"
)
_CHANGES: tuple[tuple[Status, Bilingual], ...] = (
    ("added", Bilingual(en="flows added", ja="追加")),
    ("removed", Bilingual(en="flows removed", ja="廃止")),
    ("changed", Bilingual(en="flows changed", ja="変更")),
)
_UNTOUCHED = (
    "Flows that this change does not touch{why}: {count}.",
    "この変更の対象外で残る通信は {count} 件です。{why}",
)
_REASONS = Bilingual(en=", each with its reason in section 7", ja="理由はそれぞれ 7 章に示します。")
_MORE = "{left} more: see section {section}.", "ほか {left} 件は {section} 章を参照してください。"
_LEFT_OUT = "{left} more are left out here.", "ほか {left} 件は、ここでは省略しています。"
RESIDUE = "residue"
"""The code of the finding about what a local server does not take over."""
_GAP = 22.0


def add_decision(sheets: Sheets, parts: Parts) -> None:
    """Lay the page out."""
    report = parts.report
    sheets.begin(1, TITLE, fresh=True)
    if not report.choice.has(0):
        _identity(sheets, report)
    _tiles(sheets, report)
    top, paper = sheets.y, sheets.page.paper
    left = Area(paper.left, (paper.room - _GAP) * 0.55)
    right = Area(left.left + left.width + _GAP, paper.room - left.width - _GAP)
    _stays(sheets, report, right)
    _points(sheets, report, right)
    sheets.y = top
    page = sheets.page
    _asked(sheets, report, left)  # last, because its table may go on over the page
    sheets.full = sheets.page is page


def _identity(sheets: Sheets, report: Report) -> None:
    """What the cover says where there is one: what is asked about, and which request it is."""
    page, measure, left = sheets.page, text_measure(), sheets.page.paper.left
    known = " · ".join(f"{label} {value}" for label, value in facts(report))
    for text, size, colour, bold in ((report.title, 12.0, INK, True), (known, 8.0, SOFT, False)):
        shown = measure.elide(text, size, page.paper.room, bold)
        page.items.append(Text(left, sheets.y + size, shown, size, colour, bold))
        sheets.y += size * 1.5
    sheets.y += 4


def _tiles(sheets: Sheets, report: Report) -> None:
    """The counts, one box each; with a comparison what changes comes first."""
    theme, graph = paper_theme(), report.graph
    tiles: list[tuple[str, Bilingual, str]] = []
    if report.comparison is not None:
        for status, name in _CHANGES:
            flows, style = report.by_status[status], theme.changes[status]
            tiles.append((f"{style.mark}{flows:,}", name, style.colour if flows else SOFT))
        unchanged = f"{report.by_status['unchanged']:,}"
        tiles.append((unchanged, Bilingual(en="flows unchanged", ja="変更なし"), INK))
    else:
        tiles.append((f"{graph.hosts:,}", Bilingual(en="hosts", ja="ホスト"), INK))
        tiles.append((f"{len(graph.network):,}", Bilingual(en="flows", ja="通信"), INK))
        tiles.append((f"{opening_count(graph):,}", Bilingual(en="firewall openings", ja="FW開放"), INK))
        tiles.append((f"{len(graph.fqdns):,}", Bilingual(en="destination names", ja="宛先FQDN"), INK))
    errors = any(finding.severity == "error" for finding in report.findings)
    colour = theme.changes["removed" if errors else "changed"].colour if report.findings else INK
    tiles.append((f"{len(report.findings):,}", Bilingual(en="findings", ja="確認事項"), colour))
    page, gap = sheets.page, 14.0
    sheets.y += 4
    width = (page.paper.room - gap * (len(tiles) - 1)) / len(tiles)
    labels = [both(name, report.language) for _, name, _ in tiles]
    narrow = any(text_measure().width(label, 8) > width - 16 for label in labels)
    for number, ((count, _, ink), label) in enumerate(zip(tiles, labels, strict=True)):
        x = page.paper.left + number * (width + gap)
        page.items.append(Box(Rect(x, sheets.y, width, 46), 6, None, RULE, 0.8))
        page.items.append(Text(x + 10, sheets.y + 22, count, 17, ink, True))
        lines = text_measure().wrap(label, 6.5, width - 16)[:2] if narrow else (label,)
        for line, text in enumerate(lines):
            base = sheets.y + (32 + 8 * line if narrow else 37)
            page.items.append(Text(x + 10, base, text, 6.5 if narrow else 8, INK))
    sheets.y += 46 + 20


def _words(sheets: Sheets, text: Bilingual, report: Report, area: Area, size: float = 8.5) -> None:
    for line in even_lines(stacked(text, report.language), size, area.width):
        sheets.page.items.append(Text(area.left, sheets.y + size - 0.5, line, size, INK))
        sheets.y += size * 1.5
    sheets.y += 4


def _asked(sheets: Sheets, report: Report, area: Area) -> None:
    area_heading(sheets, ASKED, area)
    _words(sheets, asked(report), report, area)
    sheets.y += 6
    if report.altered:
        area_heading(sheets, ALTERED, area)
        _listed(sheets, report, area, [(text, INK) for text in report.altered], 2, 0.4)
        sheets.y += 6
    area_heading(sheets, FIREWALLS, area)
    changes = () if report.comparison is None else (Bilingual(en="Changes", ja="変更"),)
    headings = [
        stacked(text, report.language)
        for text in (
            Bilingual(en="Firewall or boundary", ja="機器または境界"),
            *changes,
            Bilingual(en="Flows", ja="通信数"),
            Bilingual(en="Ports", ja="ポート"),
        )
    ]
    nothing = TableRow((stacked(NO_BOUNDARY, report.language), *("—" for _ in changes), "0", "—"))
    rows = firewall_rows(report) or [nothing]
    flow_table(sheets, headings, rows, area=area)
    sheets.y += 4
    if any(len(row.crossing.way.firewalls) > 1 for row in report.rows):
        _words(sheets, SEVERAL, report, area, 7.5)
    sheets.y += 6


def _stays(sheets: Sheets, report: Report, area: Area) -> None:
    """What a local server leaves behind, and how many flows a change does not touch."""
    area_heading(sheets, STAYS, area)
    left = [finding.message for finding in report.findings if finding.code == RESIDUE]
    if report.existing is not None:
        left.insert(0, _existing(report.existing))
    if report.comparison is not None:
        why = _REASONS if report.choice.has(7) else same("")
        left.append(worded(*_UNTOUCHED, count=report.by_status["unchanged"], why=why))
    left = left or [NOTHING_REPLACED if _replaced(report) else NO_SERVER]
    _listed(sheets, report, area, [(text, INK) for text in left], 16, 0.5)
    sheets.y += 10


def _existing(answer: Answer) -> Bilingual:
    from exports.existing.shown import counted

    found = counted(answer)
    return Bilingual(
        en=f"Compared with existing rules. {found.en}", ja=f"既存ルールと比較した結果です。{found.ja}"
    )


def _replaced(report: Report) -> bool:
    """Whether a flow leads to a server that somebody chose in place of the vendor's service."""
    chosen = {
        choice.id
        for setting in report.catalog.settings
        if setting.substitutes is not None
        for choice in setting.choices
        if choice.id != setting.default
    }
    ends = {flow.destination for flow in report.graph.network}
    return any(report.graph.component(name).kind in chosen for name in ends)


def _points(sheets: Sheets, report: Report, area: Area) -> None:
    """The errors and warnings, as many as the page has room for, and how many more there are."""
    area_heading(sheets, POINTS, area)
    changes = paper_theme().changes
    pressing = [
        (_said(each), changes["removed" if each.severity == "error" else "changed"].colour)
        for each in report.findings
        if each.severity != "information"
    ]
    _listed(sheets, report, area, pressing or [(NOTHING_PRESSING, INK)], 16, 1.0)


def _said(finding: Finding) -> Bilingual:
    """A finding with its severity, which the colour of its mark does not tell in a grey print."""
    name, message = SEVERITY_NAMES[finding.severity], finding.message
    return Bilingual(en=f"{name.en.capitalize()}: {message.en}", ja=f"{name.ja}: {message.ja}")


def _listed(
    sheets: Sheets,
    report: Report,
    area: Area,
    entries: list[tuple[Bilingual, str]],
    more: int,
    share: float,
) -> None:
    """Entries with a mark each, down to `share` of what is left of the page; the rest is said to be in `more`."""
    page, size = sheets.page, 7.5
    end = sheets.y + (page.paper.bottom - sheets.y) * share - 14
    for number, (text, colour) in enumerate(entries):
        lines = even_lines(stacked(text, report.language), size, area.width - 12)
        if sheets.y + len(lines) * 11 > end:
            left = len(entries) - number
            rest = worded(*(_MORE if report.choice.has(more) else _LEFT_OUT), left=left, section=more)
            page.items.append(Text(area.left + 12, sheets.y + 8, both(rest, report.language), size, SOFT))
            sheets.y += 11
            return
        page.items.append(Box(Rect(area.left + 1, sheets.y + 3.2, 4.5, 4.5), 1, colour))
        for line in lines:
            page.items.append(Text(area.left + 12, sheets.y + 8, line, size, INK))
            sheets.y += 11
        sheets.y += 3

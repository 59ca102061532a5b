"""The title page: what the report is about, its counts, the firewalls concerned, approvals, revisions and contents."""

from __future__ import annotations

from collections.abc import Sequence

from exports.pdf.sheets import Link, Page, Sheets, both, stacked
from exports.pdf.style import HEAD, INK, RULE, SOFT, paper_theme, text_measure
from exports.pdf.summary import (
    asked,
    facts,
    features_text,
    firewall_rows,
    revision_headings,
    revision_rows,
)
from exports.pdf.table import Area, TableRow, flow_table
from exports.report import Report
from model.frozen import Bilingual
from model.geometry import Rect
from model.primitives import Box, Text

REVISIONS_SHOWN = 5
_GAP = 22.0

KIND = Bilingual(en="Network change request", ja="通信要件・変更申請書")
ASKED = Bilingual(en="Decision requested", ja="承認依頼")
FIREWALLS = Bilingual(en="Firewalls concerned", ja="対象ファイアウォール")
FEATURES = Bilingual(en="Features that the flows follow from", ja="前提とする機能")
POINTS = Bilingual(en="Points to settle first", ja="事前に確認が必要な点")
APPROVALS = Bilingual(en="Approvals", ja="承認欄")
REVISIONS = Bilingual(en="Revision history", ja="改訂履歴")
CONTENTS = Bilingual(en="Contents", ja="目次")
NO_REVISIONS = Bilingual(en="none recorded", ja="記録なし")
NO_BOUNDARY = Bilingual(en="no boundary is crossed", ja="境界を越える通信なし")
ROLES = (
    Bilingual(en="Requester", ja="申請者"),
    Bilingual(en="Network owner", ja="NW管理者"),
    Bilingual(en="Security", ja="セキュリティ"),
    Bilingual(en="Change board", ja="変更諮問委員会"),
)


def add_cover(sheets: Sheets, report: Report) -> Page:
    """Begin the title page; `add_contents` finishes it once the other pages are known."""
    page = sheets.turn()
    page.bookmarks.append((report.title, "cover"))
    page.anchors["cover"] = 0
    _title(sheets, report)
    _tiles(sheets, report)
    top = sheets.y
    paper = page.paper
    left = Area(paper.left, (paper.room - _GAP) * 0.55)
    right = Area(left.left + left.width + _GAP, paper.room - left.width - _GAP)
    _approvals(sheets, report, right)
    _revisions(sheets, report, right)
    low, sheets.y = sheets.y, top
    _asked(sheets, report, left)  # last, because it may go on over the page
    if sheets.page is page:
        sheets.y = max(low, sheets.y)
    return page


def _title(sheets: Sheets, report: Report) -> None:
    measure, page = text_measure(), sheets.page
    paper = page.paper
    y, widest = sheets.y, 0.0
    for label, value in facts(report):
        for number, line in enumerate(measure.wrap(value, 8.5, 220, True)):
            width = measure.width(line, 8.5, bold=True)
            page.items.append(Text(paper.right, y + 8, line, 8.5, INK, True, "end"))
            if number == 0:
                page.items.append(Text(paper.right - width - 4, y + 8, label, 8.5, SOFT, anchor="end"))
                width += 4 + measure.width(label, 8.5)
            widest = max(widest, width)
            y += 13
    room = paper.room - widest - 30
    size = next(
        (size for size in (20.0, 16.0) if len(measure.wrap(report.title, size, room, True)) < 3), 13.0
    )
    base = sheets.y - 2
    for line in measure.wrap(report.title, size, room, True):
        base += size * 1.2
        page.items.append(Text(paper.left, base - 4, line, size, INK, True))
    base += 14
    product = report.catalog.title.text("ja" if report.language == "ja" else "en")
    subtitle = f"{both(KIND, report.language)} · {product}"
    page.items.append(Text(paper.left, base - 2, subtitle, 9, SOFT))
    sheets.y = max(base, y) + 16


def _tiles(sheets: Sheets, report: Report) -> None:
    """The counts, one box each; with a comparison what changes comes first."""
    theme, graph, compared = paper_theme(), report.graph, report.comparison
    tiles: list[tuple[str, Bilingual, str]] = []
    if compared is not None:
        for status, flows, name in (
            ("added", len(compared.added), Bilingual(en="flows added", ja="追加")),
            ("removed", len(compared.removed), Bilingual(en="flows removed", ja="廃止")),
            ("changed", len(compared.changed), Bilingual(en="flows changed", ja="変更")),
        ):
            style = theme.changes[status]
            tiles.append((f"{style.mark}{flows:,}", name, style.colour if flows else SOFT))
        tiles.append((f"{compared.unchanged:,}", Bilingual(en="flows unchanged", ja="変更なし"), INK))
    else:
        tiles.append((f"{graph.hosts:,}", Bilingual(en="hosts", ja="ホスト"), INK))
        tiles.append((f"{len(graph.network):,}", Bilingual(en="flows", ja="通信"), INK))
        tiles.append((f"{len(graph.openings):,}", Bilingual(en="firewall openings", ja="FW開放"), INK))
        tiles.append((f"{len(graph.fqdns):,}", Bilingual(en="destination names", ja="宛先FQDN"), INK))
    errors = any(finding.severity == "error" for finding in report.findings)
    colour = theme.changes["removed" if errors else "changed"].colour if report.findings else INK
    tiles.append((f"{len(report.findings):,}", Bilingual(en="findings", ja="確認事項"), colour))
    page, gap = sheets.page, 14.0
    width = (page.paper.room - gap * (len(tiles) - 1)) / len(tiles)
    for number, (count, name, ink) in enumerate(tiles):
        x = page.paper.left + number * (width + gap)
        page.items.append(Box(Rect(x, sheets.y, width, 46), 6, None, RULE, 0.8))
        page.items.append(Text(x + 10, sheets.y + 22, count, 17, ink, True))
        page.items.append(Text(x + 10, sheets.y + 37, both(name, report.language), 8, INK))
    sheets.y += 46 + 20


def _heading(sheets: Sheets, text: Bilingual, report: Report, area: Area) -> None:
    sheets.page.items.append(Text(area.left, sheets.y + 9, both(text, report.language), 10.5, HEAD, True))
    sheets.y += 17


def _asked(sheets: Sheets, report: Report, area: Area) -> None:
    measure, page = text_measure(), sheets.page
    _heading(sheets, ASKED, report, area)
    for text in (asked(report), features_text(report)):
        for line in measure.wrap(stacked(text, report.language), 8.5, area.width):
            page.items.append(Text(area.left, sheets.y + 8, line, 8.5, INK))
            sheets.y += 13
        sheets.y += 4
    sheets.y += 6
    _heading(sheets, FIREWALLS, report, area)
    rows = firewall_rows(report) or [TableRow((stacked(NO_BOUNDARY, report.language), "0", "—"))]
    headings = [
        stacked(text, report.language)
        for text in (
            Bilingual(en="Firewall or boundary", ja="機器または境界"),
            Bilingual(en="Flows", ja="通信数"),
            Bilingual(en="Ports", ja="ポート"),
        )
    ]
    flow_table(sheets, headings, rows, area=area)
    sheets.y += 14
    _points(sheets, report, area)


def _points(sheets: Sheets, report: Report, area: Area) -> None:
    """The errors and warnings, as many as the page has room for, and how many more there are."""
    pressing = [each for each in report.findings if each.severity != "information"]
    if not pressing or sheets.room() < 110:
        return
    measure, page, size = text_measure(), sheets.page, 7.5
    _heading(sheets, POINTS, report, area)
    for number, finding in enumerate(pressing):
        lines = measure.wrap(stacked(finding.message, report.language), size, area.width - 12)
        left = len(pressing) - number
        if sheets.y + len(lines) * 11 > page.paper.bottom - 75:
            more = Bilingual(
                en=f"{left} more: see Findings.", ja=f"ほか {left} 件は確認事項を参照してください。"
            )
            page.items.append(Text(area.left + 12, sheets.y + 8, both(more, report.language), size, SOFT))
            sheets.y += 11
            return
        colour = paper_theme().changes["removed" if finding.severity == "error" else "changed"].colour
        page.items.append(Box(Rect(area.left + 1, sheets.y + 3.2, 4.5, 4.5), 1, colour))
        for line in lines:
            page.items.append(Text(area.left + 12, sheets.y + 8, line, size, INK))
            sheets.y += 11
        sheets.y += 3


def _approvals(sheets: Sheets, report: Report, area: Area) -> None:
    _heading(sheets, APPROVALS, report, area)
    names = (
        Bilingual(en="Role", ja="役割"),
        Bilingual(en="Name", ja="氏名"),
        Bilingual(en="Date", ja="日付"),
        Bilingual(en="Signature", ja="署名・印"),
    )
    rows = [TableRow((both(role, report.language), "\n", "", "")) for role in ROLES]
    flow_table(sheets, [both(name, report.language) for name in names], rows, area=area)
    sheets.y += 14


def _revisions(sheets: Sheets, report: Report, area: Area) -> None:
    _heading(sheets, REVISIONS, report, area)
    rows = revision_rows(report.design.document.revisions)[:REVISIONS_SHOWN]
    if not rows:
        rows = [TableRow(("—", "", "", stacked(NO_REVISIONS, report.language)))]
    flow_table(sheets, revision_headings(report), rows, area=area)
    sheets.y += 14


def add_contents(cover: Page, top: float, pages: Sequence[Page], report: Report) -> None:
    """The list of sections with their page numbers, linked, at the foot of the title page."""
    entries = [
        (text, anchor, number)
        for number, page in enumerate(pages, start=1)
        for text, anchor in page.bookmarks
        if anchor != "cover"
    ]
    paper, columns = cover.paper, 3
    lines = -(-len(entries) // columns)
    height = 17 + 13 * lines
    y = max(top, paper.bottom - height - 4)
    if y + height > paper.bottom + 4:
        return
    cover.items.append(Text(paper.left, y + 9, both(CONTENTS, report.language), 10.5, HEAD, True))
    width = (paper.room - _GAP * (columns - 1)) / columns
    for place, (text, anchor, number) in enumerate(entries):
        x = paper.left + (place // lines) * (width + _GAP)
        base = y + 17 + 13 * (place % lines)
        shown = text_measure().elide(text, 8.5, width - 24)
        cover.items.append(Text(x, base + 8, shown, 8.5, INK))
        cover.items.append(Text(x + width, base + 8, str(number), 8.5, SOFT, anchor="end"))
        cover.links.append(Link(Rect(x, base, width, 12), anchor))

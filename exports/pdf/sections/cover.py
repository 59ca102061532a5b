"""Section 0, the cover: what the report is, who approves it, its revisions and its contents."""

from __future__ import annotations

from collections.abc import Sequence

from exports.pdf.pages.marks import stamp
from exports.pdf.pages.sheets import Link, Page, Sheets, both, stacked
from exports.pdf.pages.style import HEAD, INK, RULE, SOFT, text_measure
from exports.pdf.pages.table import Area, TableRow, area_heading, flow_table
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.summary import facts, revision_headings, revision_rows
from exports.report import Report
from model.frozen import Bilingual
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Line, Text

REVISIONS_SHOWN = 8
COVER = "cover"
_GAP = 22.0
_LEAST_LINE = 12.0
_NUMBER = 24.0
"""What a page's number takes of a line of the contents, in points."""

KIND = Bilingual(en="Network change request", ja="通信要件・変更申請書")
APPROVALS = Bilingual(en="Approvals", ja="承認欄")
REVISIONS = Bilingual(en="Revision history", ja="改訂履歴")
CONTENTS = Bilingual(en="Contents", ja="目次")
NO_REVISIONS = Bilingual(en="none recorded", ja="記録なし")
MORE_REVISIONS = Bilingual(en="earlier ones: see the appendix", ja="以前の版は付録を参照")
ROLES = (
    Bilingual(en="Requester", ja="申請者"),
    Bilingual(en="Network owner", ja="NW管理者"),
    Bilingual(en="Security", ja="セキュリティ"),
    Bilingual(en="Change board", ja="変更諮問委員会"),
)


def add_cover(sheets: Sheets, parts: Parts) -> Page:
    """Lay out the title page; `add_contents` finishes it once the other pages are known."""
    report = parts.report
    page = sheets.turn()
    page.bookmarks.append((report.title, COVER))
    page.anchors[COVER] = 0
    _title(sheets, report)
    top = sheets.y
    paper = page.paper
    left = Area(paper.left, (paper.room - _GAP) * 0.56)
    right = Area(left.left + left.width + _GAP, paper.room - left.width - _GAP)
    _approvals(sheets, report, left)
    low, sheets.y = sheets.y, top
    _revisions(sheets, report, right)
    sheets.y = max(low, sheets.y)
    sheets.full = True
    return page


def _title(sheets: Sheets, report: Report) -> None:
    measure, page = text_measure(), sheets.page
    paper = page.paper
    product = report.catalog.title.text("ja" if report.language == "ja" else "en")
    top = sheets.y
    sheets.y += _company(page, report, top)
    page.items.append(Text(paper.left, sheets.y + 26, f"{both(KIND, report.language)} · {product}", 10, SOFT))
    size = next(
        (size for size in (28.0, 22.0, 17.0) if len(measure.wrap(report.title, size, paper.room, True)) < 3),
        13.0,
    )
    base = sheets.y + 34
    for line in measure.wrap(report.title, size, paper.room, True):
        base += size * 1.2
        page.items.append(Text(paper.left, base - 4, line, size, INK, True))
    sheets.y = base + 12
    page.items.append(Line((Point(paper.left, sheets.y), Point(paper.right, sheets.y)), HEAD, 1.4))
    sheets.y += 10
    _facts(sheets, report)
    sheets.y += 14


def _company(page: Page, report: Report, top: float) -> float:
    """The company's logo and name at the head of the title page; gives the height they take."""
    profile, paper = report.profile, page.paper
    if profile.logo is not None:
        page.items.append(stamp(profile.logo, paper.right, top - 12, paper.room * 0.35, 44))
    if profile.company:
        room = paper.room * (0.6 if profile.logo is not None else 1.0)
        name = text_measure().elide(profile.company, 12, room, True)
        page.items.append(Text(paper.left, top + 12, name, 12, INK, True))
    return 14.0 if profile.company else 0.0


def _facts(sheets: Sheets, report: Report) -> None:
    """What identifies the request, in a line of labelled values that goes over where it must."""
    measure, page = text_measure(), sheets.page
    paper = page.paper
    x = paper.left
    for label, value in facts(report):
        shown = measure.elide(value, 9, paper.room - 140, True)
        width = max(measure.width(label, 8), measure.width(shown, 9, True)) + 26
        if x + width > paper.right and x > paper.left:
            x, sheets.y = paper.left, sheets.y + 28
        page.items.append(Text(x, sheets.y + 9, label, 8, SOFT))
        page.items.append(Text(x, sheets.y + 21, shown, 9, INK, True))
        x += width
    sheets.y += 30


def _approvals(sheets: Sheets, report: Report, area: Area) -> None:
    area_heading(sheets, APPROVALS, area)
    names = (
        Bilingual(en="Role", ja="役割"),
        Bilingual(en="Name", ja="氏名"),
        Bilingual(en="Date", ja="日付"),
        Bilingual(en="Signature", ja="署名・印"),
    )
    roles = report.profile.approvers or [both(role, report.language) for role in ROLES]
    rows = [TableRow((role, "\u3000" * 10 + "\n\n", "\u3000" * 7, "\u3000" * 11)) for role in roles]
    flow_table(sheets, [both(name, report.language) for name in names], rows, area=area)
    sheets.y += 14


def _revisions(sheets: Sheets, report: Report, area: Area) -> None:
    area_heading(sheets, REVISIONS, area)
    rows = revision_rows(report.design.document.revisions)
    if len(rows) > REVISIONS_SHOWN:
        more = TableRow(("…", "", "", stacked(MORE_REVISIONS, report.language)))
        rows = [*rows[:REVISIONS_SHOWN], more]
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
        if anchor != COVER
    ]
    if not entries:
        return
    paper = cover.paper
    columns = _columns([text for text, _, _ in entries], paper.room)
    lines = -(-len(entries) // columns)
    step = min(14.0, (paper.bottom - top - 17) / lines)
    if step < _LEAST_LINE:
        return
    y = paper.bottom - 17 - step * lines
    cover.items.append(Text(paper.left, y + 9, both(CONTENTS, report.language), 10.5, HEAD, True))
    width = _width(columns, paper.room)
    for place, (text, anchor, number) in enumerate(entries):
        x = paper.left + (place // lines) * (width + _GAP)
        base = y + 17 + step * (place % lines)
        shown = text_measure().elide(text, 8.5, width - _NUMBER)
        cover.items.append(Text(x, base + 8, shown, 8.5, INK))
        cover.items.append(Text(x + width, base + 8, str(number), 8.5, SOFT, anchor="end"))
        cover.items.append(Line((Point(x, base + 11), Point(x + width, base + 11)), RULE, 0.3))
        cover.links.append(Link(Rect(x, base, width, 12), anchor))


def _width(columns: int, room: float) -> float:
    return (room - _GAP * (columns - 1)) / columns


def _columns(texts: Sequence[str], room: float) -> int:
    """In how many columns the contents stand: as many as cut none of their texts."""
    longest = max(text_measure().width(text, 8.5) for text in texts)
    return next((count for count in (3, 2) if longest <= _width(count, room) - _NUMBER), 1)

"""The report's sections in reading order, laid out as pages."""

from __future__ import annotations

from collections.abc import Sequence

from exports.pdf.cover import REVISIONS, REVISIONS_SHOWN, add_contents, add_cover
from exports.pdf.sheets import Grid, Link, Page, Sheets, both, stacked
from exports.pdf.style import A3, A4, paper_theme
from exports.pdf.summary import revision_headings, revision_rows
from exports.pdf.table import TableRow, flow_table, headings_of, rows_of
from exports.pdf.topology import ANCHOR, add_topology, pair_anchor
from exports.report import Report
from exports.tables import finding_columns, source_columns
from model.allowlist import ALLOW_COLUMNS
from model.comparison import Status
from model.frozen import Bilingual
from model.geometry import Rect
from model.matrix import COLUMNS
from model.rules import Discrepancy

MATRIX = Bilingual(en="Port matrix", ja="通信要件一覧")
URLS = Bilingual(en="URL allow-list", ja="URL許可リスト")
FINDINGS = Bilingual(en="Findings", ja="確認事項")
CITATIONS = Bilingual(en="Citations", ja="根拠")
UNCLEAR = Bilingual(en="Where the document is unclear", ja="文書の不明点と解釈")
NOTHING = {
    "matrix": Bilingual(en="The design needs no flow.", ja="この設計に必要な通信はありません。"),
    "urls": Bilingual(en="No flow names a destination.", ja="FQDNを指定する通信はありません。"),
    "findings": Bilingual(en="There are no findings.", ja="確認事項はありません。"),
}
SOURCE = Bilingual(
    en="Each rule is one row of the vendor's document. The readings are ours, in our words.",
    ja="各ルールは、ベンダー文書の表の1行に対応します。解釈は当方の言葉によるものです。",
)
_LEFT_OUT = {"direction", "condition"}
"""Columns of the matrix that other columns and sections of the report already say; paper is narrow."""

_LINKED = 2_000
"""Longer matrices have no links to the picture: each costs as much as several rows, and nobody clicks that many."""


def pages(report: Report) -> list[Page]:
    """Every page of the report."""
    sheets = Sheets(report.language)
    cover = add_cover(sheets, report)
    top = sheets.y if sheets.page is cover else cover.paper.bottom
    drawn = add_topology(sheets, report, linked=len(report.rows) <= _LINKED)
    _matrix(sheets, report, drawn)
    _allow_list(sheets, report)
    _findings(sheets, report)
    _citations(sheets, report)
    if len(report.design.document.revisions) > REVISIONS_SHOWN:
        sheets.begin(REVISIONS)
        flow_table(sheets, revision_headings(report), revision_rows(report.design.document.revisions))
    add_contents(cover, top, sheets.pages, report)
    return sheets.pages


def _marked(rows: list[TableRow], statuses: Sequence[Status | None]) -> list[TableRow]:
    """Rows with the colours of what became of them and, for those who see none, its sign in the second column."""
    found = []
    for row, status in zip(rows, statuses, strict=True):
        change = paper_theme().changes.get(status or "unchanged")
        if change is None:
            found.append(row)
        else:
            cells = (row.cells[0], f"{change.mark} {row.cells[1]}", *row.cells[2:])
            found.append(TableRow(cells, (change.fill, change.colour)))
    return found


def _matrix(sheets: Sheets, report: Report, drawn: frozenset[tuple[str, str]]) -> None:
    sheets.begin(MATRIX, A3 if report.language == "both" else A4)  # twice the text needs twice the room
    if not report.rows:
        sheets.remark(NOTHING["matrix"])
        return
    hidden = _LEFT_OUT if report.comparison else _LEFT_OUT | {"change"}
    columns = [column for column in COLUMNS if column.id not in hidden]
    names = [column.id for column in columns].index("destination-fqdn")
    rows = _marked(
        [_one_a_line(row, names) for row in rows_of(columns, report.rows, report.language)],
        [row.status for row in report.rows],
    )
    seen: set[tuple[str, str]] = set()

    def placed(number: int, y: float, grid: Grid) -> None:
        flow = report.rows[number].flow
        pair = (flow.source, flow.destination)
        if pair not in drawn:
            return
        if pair not in seen:
            seen.add(pair)
            sheets.page.anchors[pair_anchor(*pair)] = y - 20
        sheets.page.links.append(Link(Rect(grid.edges[0], y, grid.edges[1] - grid.edges[0], 12), ANCHOR))

    flow_table(sheets, headings_of(columns, report.language), rows, placed=placed)


def _one_a_line(row: TableRow, column: int) -> TableRow:
    """A row with the names in one of its cells below each other."""
    cells = list(row.cells)
    cells[column] = cells[column].replace(", ", ",\n")
    return TableRow(tuple(cells))


def _allow_list(sheets: Sheets, report: Report) -> None:
    sheets.begin(URLS)
    if not report.allow_list:
        sheets.remark(NOTHING["urls"])
        return
    columns = [column for column in ALLOW_COLUMNS if column.id != "change" or report.comparison]
    rows = _marked(
        rows_of(columns, report.allow_list, report.language), [entry.status for entry in report.allow_list]
    )
    flow_table(sheets, headings_of(columns, report.language), rows)


def _findings(sheets: Sheets, report: Report) -> None:
    sheets.begin(FINDINGS)
    if not report.findings:
        sheets.remark(NOTHING["findings"])
        return
    columns = [column for column in finding_columns(report.graph) if column.id not in ("fix", "code")]
    colours = {"error": paper_theme().changes["removed"], "warning": paper_theme().changes["changed"]}
    rows = []
    for row, item in zip(rows_of(columns, report.findings, report.language), report.findings, strict=True):
        style = colours.get(item.severity)
        rows.append(TableRow(row.cells, ("#ffffff", style.colour) if style else None))
    flow_table(sheets, headings_of(columns, report.language), rows, bold=(0,))


def _citations(sheets: Sheets, report: Report) -> None:
    sheets.begin(CITATIONS)
    title = report.catalog.document.title
    sheets.remark(Bilingual(en=f"{title.en}. {SOURCE.en}", ja=f"{title.ja}。{SOURCE.ja}"))
    columns = source_columns(report.catalog)
    flow_table(
        sheets,
        headings_of(columns, report.language),
        rows_of(columns, report.rules, report.language),
        bold=(0,),
    )
    unclear = _unclear(report)
    if not unclear:
        return
    sheets.y += 16
    if sheets.room() < 80:
        sheets.turn()
    sheets.heading(both(UNCLEAR, report.language))
    sheets.y += 2
    headings = (
        Bilingual(en="No.", ja="番号"),
        Bilingual(en="Question", ja="不明点"),
        Bilingual(en="Our reading", ja="解釈"),
        Bilingual(en="Rules", ja="根拠ルール"),
    )
    rows = [
        TableRow(
            (
                each.id,
                stacked(each.subject, report.language),
                stacked(each.reading, report.language),
                ", ".join(each.rules),
            )
        )
        for each in unclear
    ]
    flow_table(sheets, [stacked(text, report.language) for text in headings], rows, bold=(0,))


def _unclear(report: Report) -> list[Discrepancy]:
    """The discrepancies that concern a rule or a finding of the report."""
    named = {name for rule in report.rules for name in rule.discrepancies}
    named |= {name for finding in report.findings for name in finding.discrepancies}
    return [each for each in report.catalog.discrepancies if each.id in named]

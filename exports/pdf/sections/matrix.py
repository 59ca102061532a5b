"""Section 5, the matrix: what changes first, then each firewall's part, then the full list."""

from __future__ import annotations

from collections.abc import Sequence

from exports.pdf.pages.columns import column_widths
from exports.pdf.pages.sheets import Sheets, stacked
from exports.pdf.pages.style import paper_theme
from exports.pdf.pages.table import TableRow, flow_table, headings_of, rows_of
from exports.pdf.sections.joined import DESTINATION, PORT, TARGET
from exports.pdf.sections.linked import linking
from exports.pdf.sections.numbers import NUMBER, pair_of
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.summary import permits_by_firewall
from model.derivation.comparison import Status
from model.design.columns import Column, Shown
from model.frozen import Bilingual
from model.tables.columnsets import CORE, FIREWALL
from model.tables.matrix import Row

TITLE = Bilingual(en="Port matrix", ja="通信要件一覧")
CHANGES = Bilingual(en="What changes", ja="変更分")
EVERY = Bilingual(en="Full list", ja="全件")
NOTHING = Bilingual(en="The design needs no flow.", ja="この設計に必要な通信はありません。")

_BOLD = frozenset({0})

_KNOWN = {column.id: column for column in (*CORE, *FIREWALL)}
_AT_FIREWALL: tuple[Column[Row], ...] = (
    *(_KNOWN[name] for name in "flow-id change action source-zone source source-ip destination".split()),
    TARGET,
    _KNOWN["transport"],
    Column("port", PORT.heading, lambda row: str(row.flow.port), 8),
    *(_KNOWN[name] for name in "service rule-number expiry".split()),
)
"""What whoever configures one firewall needs of a flow."""
_OF_ALL: tuple[Column[Row], ...] = (
    *(_KNOWN[name] for name in "flow-id change source-zone source source-ip".split()),
    *(_KNOWN[name] for name in "destination-zone destination".split()),
    DESTINATION,
    PORT,
    *(_KNOWN[name] for name in "service justification necessity".split()),
)
"""What the board reads of every flow. Each firewall has a table of its own; section 7 has conditions and rules."""


def _with_changes(columns: Sequence[Column[Row]], parts: Parts) -> list[Column[Row]]:
    """The columns without that of the changes where nothing was compared."""
    return [column for column in columns if parts.report.comparison or column.id != "change"]


def add_matrix(sheets: Sheets, parts: Parts) -> None:
    """Lay the section out."""
    report = parts.report
    sheets.begin(5, TITLE, sheets.matrix)
    if not report.rows:
        sheets.remark(NOTHING)
        return
    columns = _with_changes(_OF_ALL, parts)
    differing = [row for row in report.rows if row.status not in (None, "unchanged")]
    if differing:
        sheets.sub(CHANGES)
        _table(sheets, parts, columns, differing)
    if report.existing is not None:
        from exports.pdf.sections.existing import add_existing

        add_existing(sheets, parts, report.existing)
    at_firewall = _with_changes(_AT_FIREWALL, parts)
    groups = permits_by_firewall(report.rows, report.language)
    crossing = [row for row in report.rows if row.crossing.way.crossed]
    widths = column_widths(
        _headings(at_firewall, report.language),
        [row.cells for row in _texts(parts, at_firewall, crossing)],
        sheets.page.paper.room,
        bold=_BOLD,
    )
    for name, rows in groups:
        sheets.sub(name)
        _table(sheets, parts, at_firewall, rows, widths=widths)
    sheets.sub(EVERY)
    _table(sheets, parts, columns, report.rows, anchored=True)


def _table(
    sheets: Sheets,
    parts: Parts,
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    *,
    widths: Sequence[float] = (),
    anchored: bool = False,
) -> None:
    texts = _texts(parts, columns, rows)
    placed = linking(sheets, parts, rows, anchored=anchored)
    headings = _headings(columns, parts.report.language)
    flow_table(sheets, headings, texts, placed=placed, bold=_BOLD, widths=widths)


def _headings(columns: Sequence[Column[Row]], language: Shown) -> tuple[str, ...]:
    return (stacked(NUMBER, language), *headings_of(columns, language))


def _texts(parts: Parts, columns: Sequence[Column[Row]], rows: Sequence[Row]) -> list[TableRow]:
    """The rows of a table, each with its opening's number first."""
    language = parts.report.language
    ids = [column.id for column in columns]
    names = ids.index("target")
    cells = [_one_a_line(row, names) for row in rows_of(columns, rows, language)]
    status = ids.index("change") if "change" in ids else 0
    marked = marked_rows(cells, [row.status for row in rows], status)
    return [
        TableRow((str(parts.numbers[pair_of(row)]), *cell.cells), cell.mark)
        for row, cell in zip(rows, marked, strict=True)
    ]


def _one_a_line(row: TableRow, column: int) -> TableRow:
    """A row with the names in one of its cells below each other."""
    cells = list(row.cells)
    cells[column] = cells[column].replace(", ", ",\n")
    return TableRow(tuple(cells))


def marked_rows(rows: Sequence[TableRow], statuses: Sequence[Status | None], column: int) -> list[TableRow]:
    """Rows with the colours of what became of them and, for those who see none, its sign in a column."""
    found = []
    for row, status in zip(rows, statuses, strict=True):
        change = paper_theme().changes.get(status or "unchanged")
        if change is None:
            found.append(row)
        else:
            cells = (*row.cells[:column], f"{change.mark}\u00a0{row.cells[column]}", *row.cells[column + 1 :])
            found.append(TableRow(cells, (change.fill, change.colour)))
    return found

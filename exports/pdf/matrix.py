"""Section 5, the matrix: what changes first, then each firewall's part, then the full list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from exports.pdf.numbers import NUMBER, number_anchor, pair_anchor, pair_of
from exports.pdf.parts import Parts
from exports.pdf.sheets import Grid, Link, Sheets, stacked
from exports.pdf.style import paper_theme
from exports.pdf.summary import by_firewall
from exports.pdf.table import TableRow, flow_table, headings_of, rows_of
from model.columns import Column, same
from model.columnsets import CORE, FIREWALL
from model.comparison import Status
from model.frozen import Bilingual
from model.geometry import Rect
from model.matrix import COLUMNS, Row, destination_names

TITLE = Bilingual(en="Port matrix", ja="通信要件一覧")
CHANGES = Bilingual(en="What changes", ja="変更分")
EVERY = Bilingual(en="Full list", ja="全件")
NOTHING = Bilingual(en="The design needs no flow.", ja="この設計に必要な通信はありません。")

_LEFT_OUT = {"direction", "condition"}
"""Columns that other columns and sections of the report already say; paper is narrow."""
_LINKED = 2_000
"""Longer matrices have no links to the picture: each costs as much as several rows, and nobody clicks that many."""


def _target(row: Row) -> Bilingual:
    """Where a rule of this firewall leads: addresses, else names."""
    addresses = row.destination.component.addresses
    return same(", ".join(addresses)) if addresses else destination_names(row)


_KNOWN = {column.id: column for column in (*COLUMNS, *CORE, *FIREWALL)}
_AT_FIREWALL: tuple[Column[Row], ...] = (
    *(_KNOWN[name] for name in "flow-id change action source-zone source source-ip destination".split()),
    Column("target", Bilingual(en="Destination IP or FQDN", ja="宛先IP・FQDN"), _target, 40),
    *(_KNOWN[name] for name in "transport port service rule-number expiry".split()),
)
"""What whoever configures one firewall needs of a flow."""


def matrix_columns(parts: Parts) -> list[Column[Row]]:
    """The columns of the full list, after the number."""
    hidden = _LEFT_OUT if parts.report.comparison else _LEFT_OUT | {"change"}
    return [column for column in COLUMNS if column.id not in hidden]


def add_matrix(sheets: Sheets, parts: Parts) -> None:
    """Lay the section out."""
    report = parts.report
    # Twice the text needs twice the room.
    papers = sheets.papers
    sheets.begin(5, TITLE, papers.large if report.language == "both" else papers.wide)
    if not report.rows:
        sheets.remark(NOTHING)
        return
    columns = matrix_columns(parts)
    differing = [row for row in report.rows if row.status not in (None, "unchanged")]
    if differing:
        sheets.sub(CHANGES)
        _table(sheets, parts, columns, differing)
    at_firewall = [column for column in _AT_FIREWALL if report.comparison or column.id != "change"]
    for name, rows in by_firewall(report.rows, report.language):
        sheets.sub(name)
        _table(sheets, parts, at_firewall, rows)
    sheets.sub(EVERY)
    _table(sheets, parts, columns, report.rows, anchored=True)


def _table(
    sheets: Sheets,
    parts: Parts,
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    *,
    anchored: bool = False,
) -> None:
    language = parts.report.language
    ids = [column.id for column in columns]
    names = next(place for place, name in enumerate(ids) if name in ("destination-fqdn", "target"))
    cells = [_one_a_line(row, names) for row in rows_of(columns, rows, language)]
    status = ids.index("change") if "change" in ids else 0
    marked = marked_rows(cells, [row.status for row in rows], status)
    texts = [
        TableRow((str(parts.numbers[pair_of(row)]), *cell.cells), cell.mark)
        for row, cell in zip(rows, marked, strict=True)
    ]
    headings = (stacked(NUMBER, language), *headings_of(columns, language))
    placed = _linking(sheets, parts, rows, anchored=anchored) if len(parts.report.rows) <= _LINKED else None
    flow_table(sheets, headings, texts, placed=placed, bold=(0,))


def _linking(
    sheets: Sheets, parts: Parts, rows: Sequence[Row], *, anchored: bool
) -> Callable[[int, float, Grid], None]:
    """Links the number of every row to the picture; in the full list also makes it a place to lead to."""

    def placed(number: int, y: float, grid: Grid) -> None:
        opening = parts.numbers[pair_of(rows[number])]
        if anchored:
            sheets.anchor(pair_anchor(opening), y - 20)
        area = Rect(grid.edges[0], y, grid.edges[2] - grid.edges[0], 12)
        sheets.page.links.append(Link(area, number_anchor(opening)))

    return placed


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

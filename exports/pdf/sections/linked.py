"""Links from the rows of tables to the numbers in the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from exports.pdf.pages.sheets import Grid, Link, Sheets
from exports.pdf.sections.numbers import number_anchor, pair_anchor, pair_of
from exports.pdf.sections.parts import Parts
from model.shapes.geometry import Rect
from model.tables.matrix import Row

_LINKED = 2_000
"""Longer matrices have no links to the picture: each costs as much as several rows, and nobody clicks that many."""


def linking(
    sheets: Sheets, parts: Parts, rows: Sequence[Row], *, anchored: bool = False
) -> Callable[[int, float, Grid], None] | None:
    """Links the number of every row to the picture; `anchored` also makes it a place that the picture leads to."""

    def placed(number: int, y: float, grid: Grid) -> None:
        opening = parts.numbers[pair_of(rows[number])]
        if anchored:
            sheets.anchor(pair_anchor(opening), y - 20)
        area = Rect(grid.edges[0], y, grid.edges[2] - grid.edges[0], 12)
        sheets.page.links.append(Link(area, number_anchor(opening)))

    return placed if len(parts.report.rows) <= _LINKED else None

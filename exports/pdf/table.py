"""Tables on pages: column widths from their contents, wrapped cells, the heading repeated on every page."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from exports.pdf.sheets import Grid, Sheets, Strip, stacked
from exports.pdf.style import BAND, CELL, LEADING, text_measure
from model.columns import Column, Shown

RowType = TypeVar("RowType")

_PAD = 3.5
_TALLEST_WORD = 74.0
"""A word wider than this may be parted, so that one name cannot starve the other columns."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """The texts of a row; `anchor` names its place, `mark` its (fill, bar) colours."""

    cells: tuple[str, ...]
    anchor: str | None = None
    mark: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """Where a table stands: left edge and width."""

    left: float
    width: float


def rows_of(columns: Sequence[Column[RowType]], items: Iterable[RowType], language: Shown) -> list[TableRow]:
    """Rows of texts for some items, in one language or in both one below the other."""
    values = [column.value for column in columns]
    return [TableRow(tuple([stacked(value(item), language) for value in values])) for item in items]


def headings_of(columns: Sequence[Column[RowType]], language: Shown) -> tuple[str, ...]:
    """The headings of some columns."""
    return tuple(stacked(column.heading, language) for column in columns)


def flow_table(
    sheets: Sheets,
    headings: Sequence[str],
    rows: Sequence[TableRow],
    *,
    area: Area | None = None,
    bold: Iterable[int] = (),
    stretch: bool = True,
    placed: Callable[[int, float, Grid], None] | None = None,
) -> None:
    """Lay a table out from where the sheets stand; `placed(row, y, grid)` is told where each row begins.

    `stretch` fills the whole width even where the contents need less.
    """
    area = area or Area(sheets.page.paper.left, sheets.page.paper.room)
    fat = frozenset(bold)
    widths = column_widths(headings, [row.cells for row in rows], area.width, stretch=stretch, bold=fat)
    edges = [area.left]
    for width in widths:
        edges.append(edges[-1] + width)
    wrap = _wrapper(widths, fat)
    top = _strip([wrap(column, text, True) for column, text in enumerate(headings)], heading=True)
    paper = sheets.page.paper
    strips: list[Strip] = []
    begun: list[tuple[int, float]] = []

    def close() -> None:
        grid = Grid(tuple(edges), tuple(strips), fat)
        if strips:
            sheets.page.items.append(grid)
        for number, y in begun:
            if placed is not None:
                placed(number, y, grid)
        strips.clear()
        begun.clear()

    def put(strip: Strip) -> None:
        strips.append(_at(strip, sheets.y))
        sheets.y += strip.height

    def over() -> None:
        close()
        sheets.turn(paper)
        put(top)

    first = _strip([wrap(column, text, False) for column, text in enumerate(rows[0].cells)]) if rows else top
    if sheets.room() < top.height + min(first.height, 60):
        sheets.turn(paper)
    put(top)
    for number, row in enumerate(rows):
        lines = [wrap(column, text, False) for column, text in enumerate(row.cells)]
        strip = _strip(lines, row.mark)
        if strip.height > sheets.room():
            over()
        begun.append((number, sheets.y))
        while strip.height > sheets.room():  # a row taller than a page goes on over several
            fitting = max(1, int((sheets.room() - 2 * _PAD) // LEADING))
            put(_strip([cell[:fitting] for cell in lines], row.mark))
            lines = [cell[fitting:] for cell in lines]
            strip = _strip(lines, row.mark)
            over()
        put(strip)
    close()


def _strip(
    cells: Sequence[Sequence[str]], mark: tuple[str, str] | None = None, *, heading: bool = False
) -> Strip:
    lines = max((len(cell) for cell in cells), default=1)
    fill, bar = mark or (BAND if heading else None, None)
    return Strip(0, max(1, lines) * LEADING + 2 * _PAD, tuple(tuple(cell) for cell in cells), fill, bar, heading)


def _at(strip: Strip, top: float) -> Strip:
    return Strip(top, strip.height, strip.cells, strip.fill, strip.bar, strip.heading)


def _wrapper(widths: Sequence[float], bold: frozenset[int]) -> Callable[[int, str, bool], tuple[str, ...]]:
    measure = text_measure()
    known: dict[tuple[int, str, bool], tuple[str, ...]] = {}

    def wrap(column: int, text: str, heading: bool) -> tuple[str, ...]:
        key = (column, text, heading)
        found = known.get(key)
        if found is None:
            fat = heading or column in bold
            found = known[key] = measure.wrap(text, CELL, widths[column] - 2 * _PAD, fat)
        return found

    return wrap


def column_widths(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    total: float,
    *,
    stretch: bool = True,
    bold: frozenset[int] = frozenset(),
) -> list[float]:
    """Widths that add up to `total` (or less, unstretched): no word parted where that can be had, the rest by need."""
    least, most, need = [], [], []
    for column, heading in enumerate(headings):
        texts = set(row[column] for row in rows)
        sizes = [_sizes(text, column in bold) for text in texts] or [(0.0, 0.0)]
        head = _sizes(heading, True)
        word = max(head[0], *(min(size[0], _TALLEST_WORD) for size in sizes))
        widest = max(word, head[0], *(size[1] for size in sizes))
        mean = sum(size[1] for size in sizes) / len(sizes)
        least.append(word + 2 * _PAD)
        most.append(widest + 2 * _PAD)
        need.append(math.sqrt(mean + 1))
    if sum(least) >= total:
        return [width * total / sum(least) for width in least]
    if sum(most) <= total:
        if not stretch:
            return most
        spare = total - sum(most)
        return [width + spare * width / sum(most) for width in most]
    return _shared(least, most, need, total)


def _shared(least: list[float], most: list[float], need: list[float], total: float) -> list[float]:
    """Hand out what is left after the least, in proportion to need, to no column more than it can use."""
    widths = list(least)
    open_columns = {column for column in range(len(widths)) if most[column] > least[column]}
    spare = total - sum(widths)
    while spare > 0.01 and open_columns:
        share = spare / sum(need[column] for column in open_columns)
        for column in sorted(open_columns):
            given = min(share * need[column], most[column] - widths[column])
            widths[column] += given
            spare -= given
        open_columns = {column for column in open_columns if most[column] - widths[column] > 0.01}
    widths[-1] += max(0.0, spare)
    return widths


def _sizes(text: str, bold: bool) -> tuple[float, float]:
    """The widest word and the widest line of a text."""
    measure = text_measure()
    lines = text.split("\n")
    words = (measure.width(word[:40], CELL, bold) if word.isascii() else 4.2 * CELL for word in text.split())
    return max(words, default=0.0), max(measure.width(line, CELL, bold) for line in lines) + 0.2

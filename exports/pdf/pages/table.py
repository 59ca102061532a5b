"""Tables on pages: column widths from their contents, wrapped cells, the heading repeated on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from exports.pdf.pages.breaks import fitting, room_to_begin, turns
from exports.pdf.pages.columns import NOTHING_LEAST, broken, column_widths
from exports.pdf.pages.even import cell_lines, hanging_lines
from exports.pdf.pages.sheets import Grid, Sheets, Strip, both, stacked
from exports.pdf.pages.style import BAND, CELL, HEAD, LEADING, PAD, text_measure
from model.design.columns import Column, Shown
from model.frozen import Bilingual
from model.shapes.primitives import Text

RowType = TypeVar("RowType")
Lines = tuple[tuple[str, ...], ...]
"""The lines of each cell of a row."""
Mark = tuple[str | None, str | None]
"""The fill of a row and its bar."""
_PLAIN: Mark = (None, None)
_HEADING: Mark = (BAND, None)


class TableRow(NamedTuple):
    """The texts of a row, and the colours (fill, bar) that mark it."""

    cells: tuple[str, ...]
    mark: tuple[str, str] | None = None


class Area(NamedTuple):
    """Where a table stands: left edge and width."""

    left: float
    width: float


def area_heading(sheets: Sheets, title: Bilingual, area: Area) -> None:
    """A heading of what stands in an area, in both languages, in as many lines as it takes."""
    for line in text_measure().wrap(both(title, sheets.language), 10.5, area.width, True):
        sheets.page.items.append(Text(area.left, sheets.y + 9, line, 10.5, HEAD, True))
        sheets.y += 14
    sheets.y += 3


def rows_of(columns: Sequence[Column[RowType]], items: Iterable[RowType], language: Shown) -> list[TableRow]:
    """Rows of texts for some items, in one language or in both one below the other."""
    values = [column.value for column in columns]
    return [TableRow(tuple([stacked(value(item), language) for value in values])) for item in items]


def headings_of(columns: Sequence[Column[RowType]], language: Shown) -> tuple[str, ...]:
    """The headings of some columns."""
    return tuple(stacked(column.heading, language) for column in columns)


Cell = Bilingual | str


def plain_table(
    sheets: Sheets,
    headings: Sequence[Bilingual],
    rows: Iterable[Sequence[Cell]],
    *,
    area: Area | None = None,
    bold: Iterable[int] = (0,),
    least: Mapping[int, float] = NOTHING_LEAST,
    hanging: Iterable[int] = (),
) -> None:
    """Lay out a table of texts, each in the report's language or in both one below the other.

    `least`: what columns, by number, are to have of the width, in points. `hanging`: the columns of which each
    paragraph stands for itself, so that lines that go on are set in.
    """
    language = sheets.language
    flow_table(
        sheets,
        [stacked(heading, language) for heading in headings],
        [TableRow(tuple(stacked(cell, language) for cell in row)) for row in rows],
        area=area,
        bold=bold,
        least=least,
        hanging=hanging,
    )


def flow_table(
    sheets: Sheets,
    headings: Sequence[str],
    rows: Sequence[TableRow],
    *,
    area: Area | None = None,
    bold: Iterable[int] = (),
    least: Mapping[int, float] = NOTHING_LEAST,
    hanging: Iterable[int] = (),
    widths: Sequence[float] = (),
    placed: Callable[[int, float, Grid], None] | None = None,
) -> None:
    """Lay a table out from where the sheets stand; `placed(row, y, grid)` is told where each row begins.

    `widths`: those of the columns, where other tables have the same.
    """
    place = area or Area(sheets.page.paper.left, sheets.page.paper.room)
    fat = frozenset(bold)
    widths = widths or column_widths(
        headings, [row.cells for row in rows], place.width, bold=fat, least=least
    )
    edges = [place.left]
    for width in widths:
        edges.append(edges[-1] + width)
    wrap = _wrapper(widths, fat, frozenset(hanging))
    top = _wrapper(widths, frozenset(range(len(widths))))(
        [broken(heading, width - 2 * PAD) for heading, width in zip(headings, widths, strict=True)]
    )
    wrapped = [wrap(row.cells) for row in rows]
    heights = [_height(lines) for lines in wrapped]
    paper = sheets.page.paper
    empty = paper.bottom - paper.top - _height(top)
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

    def put(lines: Lines, height: float, mark: Mark, *, heading: bool = False) -> None:
        strips.append(Strip(sheets.y, height, lines, *mark, heading))
        sheets.y += height

    def head() -> None:
        put(top, _height(top), _HEADING, heading=True)

    def over() -> None:
        close()
        sheets.turn(paper)
        head()

    # What stands in a part of the width has something beside it, which must not be left.
    sheets.keep(_height(top) + (room_to_begin(heights, empty) if area is None else min([*heights[:1], 60.0])))
    head()
    over_before = turns(heights, sheets.room(), empty)
    for number, (row, lines, height) in enumerate(zip(rows, wrapped, heights, strict=True)):
        mark = row.mark or _PLAIN
        if number in over_before:
            over()
        begun.append((number, sheets.y))
        while height > sheets.room():  # a row taller than a page goes on over several
            count = fitting(sheets.room())
            part = tuple(cell[:count] for cell in lines)
            put(part, _height(part), mark)
            lines = tuple(cell[count:] for cell in lines)
            height = _height(lines)
            over()
        put(lines, height, mark)
    close()


def _height(lines: Lines) -> float:
    return max(1, *map(len, lines)) * LEADING + 2 * PAD


def _wrapper(
    widths: Sequence[float], bold: frozenset[int], hanging: frozenset[int] = frozenset()
) -> Callable[[Sequence[str]], Lines]:
    """A function from the texts of a row to the lines of its cells; it remembers the texts of every column."""
    measure = text_measure()
    known: list[dict[str, tuple[str, ...]]] = [{} for _ in widths]

    def wrapped(column: int, text: str) -> tuple[str, ...]:
        width, fat = widths[column] - 2 * PAD, column in bold
        found = measure.wrap(text, CELL, width, fat)
        if len(found) > 1 and column in hanging:
            found = hanging_lines(text, CELL, width, bold=fat)
        elif len(found) > 1:
            found = cell_lines(text, CELL, width, bold=fat)
        known[column][text] = found
        return found

    def wrap(cells: Sequence[str]) -> Lines:
        return tuple([known[column].get(text) or wrapped(column, text) for column, text in enumerate(cells)])

    return wrap

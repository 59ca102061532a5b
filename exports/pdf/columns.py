"""How wide the columns of a table are: words stay whole where that can be had, and the rows together as low as can be.

Worked out on a sample of the rows, so that the time does not grow with the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exports.pdf.style import CELL, PAD, text_measure

_SAMPLE = 40
_FOR_WORDS = 0.92
"""The share of the width that may go into keeping words whole before the text as a whole is weighed."""
_STEPS = (4.0, 12.0, 30.0, 60.0, 90.0)
_WORDS = re.compile(r"(?:[^\s/]|/(?=\d))+/?\s*|/\s*")
"""Words with the space after them; a slash ends one, except in networks such as 10.0.0.0/8."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A line of a cell as the widths of its words, or as one length where it may break anywhere (Japanese)."""

    words: tuple[float, ...]
    length: float

    def lines(self, width: float) -> int:
        """About how many lines it takes."""
        if not self.words:
            return max(1, -int(-self.length // width))
        lines, used = 1, 0.0
        for word in self.words:
            if used and used + word > width + 2:
                lines, used = lines + 1, 0.0
            used += word
            if used > width + 2:
                lines, used = lines + int(used // width), used % width
        return lines


Cell = tuple[_Paragraph, ...]


def column_widths(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    total: float,
    *,
    bold: frozenset[int] = frozenset(),
) -> list[float]:
    """Widths in points that add up to `total`."""
    words, most = _needs(headings, rows, bold)
    if sum(most) <= total:
        spare = total - sum(most)
        return [width + spare * width / sum(most) for width in most]
    widths = _capped(words, total * _FOR_WORDS)
    step = max(1, len(rows) // _SAMPLE)
    known: dict[tuple[str, bool], Cell] = {}
    sample = [
        [_cell(text, column in bold, known) for column, text in enumerate(row)]
        for row in (headings, *rows[::step])
    ]
    _share(widths, most, sample, total - sum(widths))
    for column in sorted(range(len(widths)), key=lambda each: most[each] - widths[each]):
        widths[column] += max(0.0, min(most[column] - widths[column], total - sum(widths)))
    return widths


def _needs(
    headings: Sequence[str], rows: Sequence[Sequence[str]], bold: frozenset[int]
) -> tuple[list[float], list[float]]:
    """By column: the room for its widest word, and for its widest line."""
    measure = text_measure()
    words, most = [], []
    for column, heading in enumerate(headings):
        texts = [(heading, True)] + [(text, column in bold) for text in {row[column] for row in rows}]
        word = widest = 0.0
        for text, fat in texts:
            for line in text.split("\n"):
                widest = max(widest, measure.width(line, CELL, fat))
            for part in _WORDS.findall(text):
                part = part.rstrip()
                size = measure.width(part, CELL, fat) if part.isascii() else min(len(part), 4) * CELL
                word = max(word, size)
        words.append(word + 0.3 + 2 * PAD)
        most.append(widest + 0.3 + 2 * PAD)
    return words, most


def _capped(words: list[float], total: float) -> list[float]:
    """The widths of the words where they fit together; else the widest ones are cut down to one common width."""
    left = total
    for number, width in enumerate(sorted(words)):
        cap = left / (len(words) - number)
        if width > cap:
            return [min(each, cap) for each in words]
        left -= width
    return list(words)


def _cell(text: str, bold: bool, known: dict[tuple[str, bool], Cell]) -> Cell:
    found = known.get((text, bold))
    if found is None:
        measure = text_measure()
        found = known[text, bold] = tuple(
            _Paragraph(
                tuple(measure.width(word, CELL, bold) for word in _WORDS.findall(line))
                if line.isascii()
                else (),
                measure.width(line, CELL, bold),
            )
            for line in text.split("\n")
        )
    return found


def _height(cell: Cell, width: float, known: dict[tuple[int, float], int]) -> int:
    """How many lines a cell takes. Equal cells are one object, so `known` may go by identity."""
    key = (id(cell), width)
    found = known.get(key)
    if found is None:
        found = known[key] = sum(paragraph.lines(width - 2 * PAD) for paragraph in cell)
    return found


def _share(widths: list[float], most: list[float], sample: list[list[Cell]], spare: float) -> None:
    """Hand `spare` out, each time to the column where it saves the most lines for the width."""
    known: dict[tuple[int, float], int] = {}
    heights = [[_height(cell, widths[column], known) for column, cell in enumerate(row)] for row in sample]
    while spare > 0.5:
        best: tuple[float, float, int] | None = None
        for column in sorted({at for row in heights for at, height in enumerate(row) if height == max(row)}):
            for step in _STEPS:
                given = min(step, spare, most[column] - widths[column])
                if given < 0.5:
                    break
                saved = _saved(heights, sample, column, widths[column] + given, known)
                rate = (saved / given, given, column)
                best = rate if best is None or rate > best else best
        if best is None or best[0] <= 0:
            break
        _, given, column = best
        widths[column] += given
        spare -= given
        for row, cells in zip(heights, sample, strict=True):
            row[column] = _height(cells[column], widths[column], known)


def _saved(
    heights: list[list[int]],
    sample: list[list[Cell]],
    column: int,
    width: float,
    known: dict[tuple[int, float], int],
) -> float:
    """How much lower the rows become when a column gets a width.

    Squared, so that the tallest rows count most; lower cells count a little even where another keeps the row tall.
    """
    saved = 0.0
    for row, cells in zip(heights, sample, strict=True):
        before, tallest = row[column], max(row)
        if before > 1 and before == tallest:
            after = _height(cells[column], width, known)
            others = max((height for at, height in enumerate(row) if at != column), default=0)
            saved += tallest**2 - max(others, after) ** 2 + 0.05 * (before**2 - after**2)
    return saved

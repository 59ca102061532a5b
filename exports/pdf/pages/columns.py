"""How wide the columns of a table are: words stay whole where that can be had, and the rows together as low as can be.

Worked out on a sample of the rows, so that the time does not grow with the table.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from exports.pdf.pages.style import CELL, PAD, text_measure

_SAMPLE = 40
_FOR_WORDS = 0.92
"""The share of the width that may go into keeping words whole before the text as a whole is weighed."""
_STEPS = (4.0, 12.0, 30.0, 60.0, 90.0)
_WORDS = re.compile(r"(?:[^\s/]|\u00a0|/(?=\d))+/?\s*|/\s*|^\s+")
"""Words with the space after them, and what indents a line; a slash ends one, except in networks as 10.0.0.0/8."""
_PARTS = re.compile(r"[^.\-/_@:]*[.\-/_@:]+|[^.\-/_@:]+")
NOTHING_LEAST: Mapping[int, float] = {}
_CHARACTERS = 4
"""So many Japanese characters stand on a line at least, where there is room for them."""
_IN_JAPANESE = re.compile(r"[!-~]+[^!-~]?|[^!-~]+")
"""What of a Japanese word may not break: names in it, which what follows, such as a bracket's contents, holds on to."""
_PIECES = re.compile(r"[ァ-ヺー]+(?:[^ァ-ヺー・\s](?![^ァ-ヺー・\s]))?・?\s*|[^ァ-ヺー・]+・?|・")
"""What of a heading stays on one line: words in katakana, with a single character after them, and what is between."""


_Word = tuple[float, float, tuple[float, ...]]
"""The width of a word, that with the space after it, for which the end of a line needs no room, and the widths of the
pieces that it is parted into where it is too long for a line, such as an FQDN."""


class _Paragraph:
    """A line of a cell: one length, and its words where it breaks between them (not in Japanese)."""

    def __init__(self, line: str, bold: bool) -> None:
        self._line = line
        self._bold = bold
        self.length = text_measure().width(line, CELL, bold)

    @cached_property
    def _words(self) -> tuple[_Word, ...]:
        """Asked for only where the line is too long."""
        if _japanese(self._line):
            return ()
        return tuple([_sized(word, self._bold) for word in _WORDS.findall(self._line)])

    def lines(self, width: float) -> int:
        """About how many lines it takes."""
        if self.length <= width:
            return 1
        if not self._words:
            return max(1, -int(-self.length // width))
        lines, used = 1, 0.0
        for bare, whole, pieces in self._words:
            if used and used + bare > width:
                lines, used = lines + 1, 0.0
            if bare <= width:
                used += whole
                continue
            for piece in pieces:
                if used and used + piece > width:
                    lines, used = lines + 1, 0.0
                lines, used = lines + int(piece // width), used + piece % width
        return lines


@lru_cache(8_192)
def _sized(word: str, bold: bool) -> _Word:
    """The widths of a word; a report says the same few words again and again."""
    measure = text_measure()
    return (
        measure.width(word.rstrip(), CELL, bold),
        measure.width(word, CELL, bold),
        tuple([measure.width(piece, CELL, bold) for piece in _PARTS.findall(word)]),
    )


def _japanese(text: str) -> bool:
    """Whether a text may break between characters."""
    return not text.isascii() and any("\u2e80" <= each <= "\uffff" for each in text)


class _Cell:
    """A cell of the sample; equal cells are one object, so what one asked is known to all."""

    def __init__(self, text: str, bold: bool) -> None:
        self._paragraphs = [_Paragraph(line, bold) for line in text.split("\n")]
        self._longest = max(paragraph.length for paragraph in self._paragraphs)
        self._known: dict[float, int] = {}

    def height(self, width: float) -> int:
        """How many lines it takes in a column of a width."""
        room = width - 2 * PAD
        if self._longest <= room:
            return len(self._paragraphs)
        found = self._known.get(width)
        if found is None:
            found = self._known[width] = sum([paragraph.lines(room) for paragraph in self._paragraphs])
        return found


class _Row(NamedTuple):
    """The heights of a row's cells, and those of the tallest and of the tallest but one."""

    heights: tuple[int, ...]
    tallest: int
    second: int


def column_widths(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    total: float,
    *,
    bold: frozenset[int] = frozenset(),
    least: Mapping[int, float] = NOTHING_LEAST,
) -> list[float]:
    """Widths in points that add up to `total`. `least`: what columns, by number, have at least."""
    texts = [
        [(heading, True), *((text, column in bold) for text in {row[column] for row in rows})]
        for column, heading in enumerate(headings)
    ]
    most = [_widest_line(each) + 0.3 + 2 * PAD for each in texts]
    # fsum: from Python 3.12 on sum adds floats otherwise than before, and pages are the same bytes with every Python.
    if math.fsum(most) <= total:
        spare = total - math.fsum(most)
        return [width + spare * width / math.fsum(most) for width in most]
    words = [
        max(_widest_word(each), _widest_piece(heading), least.get(column, 0.0)) + 0.3 + 2 * PAD
        for column, (each, heading) in enumerate(zip(texts, headings, strict=True))
    ]
    widths = _capped(words, total * _FOR_WORDS)
    step = max(1, len(rows) // _SAMPLE)
    known: dict[tuple[str, bool], _Cell] = {}
    sample = [
        [_cell(text, column in bold, known) for column, text in enumerate(row)]
        for row in (headings, *rows[::step])
    ]
    _share(widths, most, sample, total - math.fsum(widths))
    for column in sorted(range(len(widths)), key=lambda each: most[each] - widths[each]):
        widths[column] += max(0.0, min(most[column] - widths[column], total - math.fsum(widths)))
    return widths


def broken(heading: str, width: float) -> str:
    """A heading with line breaks where its words part, so that a column of some width does not break words in two."""
    measure, lines = text_measure(), []
    for line in heading.split("\n"):
        begun = ""
        for piece in _PIECES.findall(line) if _japanese(line) else [line]:
            if begun and measure.width((begun + piece).rstrip(), CELL, True) > width:
                lines.append(begun.rstrip())
                begun = ""
            begun += piece
        lines.append(begun)
    return "\n".join(lines)


def _widest_piece(heading: str) -> float:
    """The widest word of a Japanese heading; of another nothing."""
    if not _japanese(heading):
        return 0.0
    measure = text_measure()
    pieces = [piece for piece in _PIECES.findall(heading) if _japanese(piece)]
    return max(measure.width(piece.rstrip(), CELL, True) for piece in pieces)


def _widest_line(texts: Iterable[tuple[str, bool]]) -> float:
    measure = text_measure()
    return max(measure.width(line, CELL, fat) for text, fat in texts for line in text.split("\n"))


def _widest_word(texts: Iterable[tuple[str, bool]]) -> float:
    measure = text_measure()
    # A cell of nothing but space is to be written in, so its space counts as a word.
    words = {
        (part.rstrip() or part * text.isspace(), fat) for text, fat in texts for part in _WORDS.findall(text)
    }
    return max(
        (
            max(_least_of(part, fat) for part in _IN_JAPANESE.findall(word))
            if _japanese(word) and not word.isspace()
            else measure.width(word, CELL, fat)
            for word, fat in words
        ),
        default=0.0,
    )


def _least_of(part: str, bold: bool) -> float:
    """The width that a part of a Japanese word needs: a few characters, or a name as a whole."""
    named = part if part[0].isascii() else part[:_CHARACTERS]
    return text_measure().width(named, CELL, bold)


def _capped(words: list[float], total: float) -> list[float]:
    """The widths of the words where they fit together; else the widest ones are cut down to one common width."""
    left = total
    for number, width in enumerate(sorted(words)):
        cap = left / (len(words) - number)
        if width > cap:
            return [min(each, cap) for each in words]
        left -= width
    return list(words)


def _cell(text: str, bold: bool, known: dict[tuple[str, bool], _Cell]) -> _Cell:
    found = known.get((text, bold))
    if found is None:
        found = known[text, bold] = _Cell(text, bold)
    return found


def _row(heights: tuple[int, ...]) -> _Row:
    *_, second, tallest = 0, *sorted(heights)
    return _Row(heights, tallest, second)


def _share(widths: list[float], most: list[float], sample: list[list[_Cell]], spare: float) -> None:
    """Hand `spare` out, each time to the column where it saves the most lines for the width."""
    columns = list(zip(*sample, strict=True))
    rows = [_row(tuple(cell.height(widths[at]) for at, cell in enumerate(cells))) for cells in sample]
    while spare > 0.5:
        best: tuple[float, float, int] | None = None
        for column, cells in enumerate(columns):
            tall = [(row, cell) for row, cell in zip(rows, cells, strict=True) if _keeps_tall(row, column)]
            bound = _saved(tall, math.inf)  # no width saves more, so most steps need not be weighed
            for step in _STEPS if tall else ():
                given = min(step, spare, most[column] - widths[column])
                if given < 0.5:
                    break
                if best is not None and bound / given < best[0]:
                    continue
                rate = (_saved(tall, widths[column] + given) / given, given, column)
                best = rate if best is None or rate > best else best
        if best is None or best[0] <= 0:
            break
        _, given, column = best
        widths[column] += given
        spare -= given
        for at, (row, cell) in enumerate(zip(rows, columns[column], strict=True)):
            height = cell.height(widths[column])
            if height != row.heights[column]:
                rows[at] = _row((*row.heights[:column], height, *row.heights[column + 1 :]))


def _keeps_tall(row: _Row, column: int) -> bool:
    return row.heights[column] == row.tallest > 1


def _saved(tall: list[tuple[_Row, _Cell]], width: float) -> float:
    """How much lower the rows become that a column keeps tall, when it gets a width.

    Squared, so that the tallest rows count most; lower cells count a little even where another keeps the row tall.
    """
    saved = 0.0
    for row, cell in tall:
        after, before = cell.height(width), row.tallest
        ruled = row.second if row.second > after else after
        saved += before * before - ruled * ruled + 0.05 * (before * before - after * after)
    return saved

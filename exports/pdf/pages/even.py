"""Texts whose last line is no remnant of a word or two."""

from __future__ import annotations

from exports.pdf.pages.style import text_measure

OF_PARAGRAPH = 8.0
"""A last line shorter than so many times its size looks lost, and gets words from the lines above where it can."""
_OF_CELL, _OF_WIDE_CELL, _OF_WIDTH = 2.5, 6.0, 0.25
"""The same in a cell: at least, at most, and between them in parts of its width, since a narrow cell has no more."""
_HANG = "\u00a0" * 3
"""How far lines that go on are set in: as wide as a mark with the space after it."""
_NARROWER = (0.97, 0.94, 0.91, 0.88, 0.85)


def even_lines(
    text: str, size: float, width: float, *, bold: bool = False, least: float = OF_PARAGRAPH
) -> tuple[str, ...]:
    """The lines of a text: as many as it needs in `width` points, none of them nearly empty where that can be had."""
    return tuple(
        line for paragraph in text.split("\n") for line in _lines(paragraph, size, width, bold, least * size)
    )


def cell_lines(text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text in a cell, where a last line may be shorter than below others; see `even_lines`."""
    least = max(_OF_CELL, min(_OF_WIDE_CELL, width * _OF_WIDTH / size))
    return even_lines(text, size, width, bold=bold, least=least)


def hanging_lines(text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text of which each paragraph stands for itself (a command, a part of a condition).

    Lines that go on with one are set in further than its first, so that nobody takes them for another.
    """
    return tuple(line for paragraph in text.split("\n") for line in _hanging(paragraph, size, width, bold))


def _hanging(paragraph: str, size: float, width: float, bold: bool) -> tuple[str, ...]:
    measure = text_measure()
    first = measure.wrap(paragraph, size, width, bold)[0]
    rest = paragraph[len(first) :].strip()
    if not rest:
        return (first,)
    indent = paragraph[: len(paragraph) - len(paragraph.lstrip())] + _HANG
    room = width - measure.width(indent, size, bold)
    return (first, *(indent + line for line in measure.wrap(rest, size, room, bold)))


def _lines(paragraph: str, size: float, width: float, bold: bool, least: float) -> tuple[str, ...]:
    measure = text_measure()
    full = measure.wrap(paragraph, size, width, bold)
    if len(full) == 1 or measure.width(full[-1], size, bold) >= least:
        return full
    others = (measure.wrap(paragraph, size, width * share, bold) for share in _NARROWER)
    return next(
        (
            lines
            for lines in others
            if len(lines) == len(full)
            and measure.width(lines[-1], size, bold) >= least
            and _cut_words(lines, paragraph) <= _cut_words(full, paragraph)
        ),
        full,
    )


def _cut_words(lines: tuple[str, ...], paragraph: str) -> int:
    """How many line breaks part a word that is not Japanese."""
    at = found = 0
    for line in lines[:-1]:
        at = paragraph.index(line, at) + len(line)
        found += paragraph[at - 1 : at + 1].isascii() and not paragraph[at : at + 1].isspace()
    return found

"""Paragraphs whose last line is no remnant of a word or two."""

from __future__ import annotations

from exports.pdf.style import text_measure

_LEAST = 8
"""A last line shorter than so many times its size looks lost, and gets words from the lines above where it can."""
_NARROWER = (0.97, 0.94, 0.91, 0.88, 0.85)


def even_lines(text: str, size: float, width: float) -> list[str]:
    """The lines of a text: as many as it needs in `width` points, none of them nearly empty where that can be had."""
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, size, width)]


def _lines(paragraph: str, size: float, width: float) -> tuple[str, ...]:
    measure = text_measure()
    full = measure.wrap(paragraph, size, width)
    if len(full) == 1 or measure.width(full[-1], size) >= _LEAST * size:
        return full
    others = (measure.wrap(paragraph, size, width * share) for share in _NARROWER)
    return next(
        (
            lines
            for lines in others
            if len(lines) == len(full) and measure.width(lines[-1], size) >= _LEAST * size
        ),
        full,
    )

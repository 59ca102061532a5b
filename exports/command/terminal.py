"""Output: text tables whose columns line up also where characters are two columns wide, and bytes."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.design.columns import Shown


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def aligned(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as lines of text, a rule below the headings, two spaces between columns, no spaces at line ends."""
    table = [list(headings), *map(list, rows)]
    widths = [max(columns_of(row[place]) for row in table) for place in range(len(headings))]
    lines = [_line(row, widths) for row in table]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines) + "\n"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * (width - columns_of(text)) for text, width in zip(row, widths, strict=True))
    return "  ".join(padded).rstrip()


def write_text(text: str) -> None:
    """Print text; characters the terminal's encoding lacks are written as escapes, never as an error."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def complain(about: object, language: Shown) -> None:
    """Say on standard error what is wrong: in Japanese where texts are in Japanese alone."""
    from exports.sentences import in_language  # nothing of it is needed while all goes well

    said = in_language(about, "ja" if language == "ja" else "en")
    print(f"portchart: {said}", file=sys.stderr)


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output as they are: JSON and files are UTF-8 whatever the locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()

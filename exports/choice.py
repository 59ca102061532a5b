"""What of a report is written, and how: sections, columns, headings, theme, scale, encoding."""

from __future__ import annotations

import re
from typing import NamedTuple

from model.design.columns import Shown
from model.design.output import SCALE, Encoding
from model.errors import ExportError
from model.sentences import told
from model.shapes.theme import ThemeName
from model.tables.columnsets import COLUMN_SETS, KNOWN

LAST_SECTION = 17
"""The sections are numbered from 0, the cover, to this one, the appendix."""

_PART = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))?")


class Choice(NamedTuple):
    """What is written, and how.

    `sections`: by number (None: all); `columns`: names of blocks and of columns (none: those that screens show);
    `headings`: the language of headings (None: the report's); `theme`, `scale`: of pictures, the scale in pixels a
    scene pixel; `encoding`: of tables as text.
    """

    sections: frozenset[int] | None = None
    columns: tuple[str, ...] = ()
    headings: Shown | None = None
    theme: ThemeName = "paper"
    scale: float = SCALE
    encoding: Encoding = "utf-8"

    def has(self, section: int) -> bool:
        """Whether a section is written."""
        return self.sections is None or section in self.sections


EVERYTHING = Choice()


def parse_sections(text: str) -> frozenset[int]:
    """The sections in a text such as "1,3,5" or "5-7". Raises ExportError."""
    found: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part.strip())
        first = int(match[1]) if match else -1
        last = int(match[2]) if match and match[2] else first
        if not 0 <= first <= last <= LAST_SECTION:
            raise ExportError(
                told(
                    "{text!r} is not a section; write numbers from 0 to {last}, such as 1,3,5 or 5-7.",
                    text=part.strip(),
                    last=LAST_SECTION,
                )
            )
        found.update(range(first, last + 1))
    return frozenset(found)


def parse_columns(text: str) -> tuple[str, ...]:
    """The blocks and columns in a text such as "core,audit" or "source,port,owner". Raises ExportError."""
    names = tuple(part.strip() for part in text.split(","))
    for name in names:
        if name not in COLUMN_SETS and name not in KNOWN:
            raise ExportError(
                told(
                    "There is no block of columns {name!r}; there is {blocks}. There is no column of "
                    "that name either; there is {columns}.",
                    name=name,
                    blocks=", ".join(COLUMN_SETS),
                    columns=", ".join(KNOWN),
                )
            )
    return tuple(dict.fromkeys(names))

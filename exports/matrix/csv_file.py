"""The CSV and TSV exports: the port matrix for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Literal

from exports.report import Report
from exports.tables import matrix_table
from model.design.columns import Column
from model.errors import ExportError
from model.frozen import Bilingual
from model.sentences import told

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""A formula, or one that somebody has guarded already: guarded once more, it is read back as it was."""
_SHIFT_JIS = str.maketrans({"–": "-", "—": "―", "\u00a0": " "})
"""Dashes and spaces that cp932 lacks, as it writes them; no other character is ever exchanged."""


CATALOG: Column[str] = Column("catalog", Bilingual(en="Catalog", ja="カタログ"), str, 34)
"""The last column: such a file has no other place to say what its rows come from."""


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: those that could be begin with an apostrophe."""
    return f"'{text}" if _FORMULA.match(text) else text


def write_csv(report: Report) -> bytes:
    """Every cell quoted, CR LF line ends; UTF-8 with a byte order mark (so that Excel reads Japanese), or cp932.

    Raises ExportError where cp932 lacks a character.
    """
    return _written(report, delimiter=",", quoting=csv.QUOTE_ALL)


def write_tsv(report: Report) -> bytes:
    """Tab-separated; only a cell with a quotation mark in it is quoted. Otherwise as `write_csv`."""
    return _written(report, delimiter="\t", quoting=csv.QUOTE_MINIMAL)


def _written(report: Report, *, delimiter: str, quoting: Literal[0, 1]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\r\n")
    writer.writerows(_rows(report))
    return text.getvalue().encode("cp932" if report.choice.encoding == "cp932" else "utf-8-sig")


def _rows(report: Report) -> list[list[str]]:
    """The rows with their heading, as they are to be encoded."""
    table, catalog = matrix_table(report), report.catalog
    headings = [*table.headings, CATALOG.title(report.headings)]
    origin = f"{catalog.id} {catalog.version}"
    rows = [headings, *([guarded(cell) for cell in (*row, origin)] for row in table.rows)]
    if report.choice.encoding == "cp932":
        return [
            [_fitting(row, place, number, headings) for place in range(len(row))]
            for number, row in enumerate(rows)
        ]
    return rows


def _fitting(row: Sequence[str], place: int, number: int, headings: Sequence[str]) -> str:
    """A cell as cp932 can hold it. Raises ExportError with row, column and character."""
    text = row[place].translate(_SHIFT_JIS)
    try:
        text.encode("cp932")
    except UnicodeEncodeError as error:
        character = text[error.start]
        raise ExportError(
            told(
                "Row {row}, {heading}: “{character}” (U+{code:04X}) cannot be written in "
                "cp932; change the text, or export UTF-8.",
                row=number + 1,
                heading=headings[place],
                character=character,
                code=ord(character),
            )
        ) from error
    return text

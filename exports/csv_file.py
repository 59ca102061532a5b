"""The CSV export: the port matrix for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io

from exports.report import Report
from exports.tables import matrix_table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: those that could be begin with an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_csv(report: Report) -> bytes:
    """UTF-8 with a byte order mark (so that Excel reads Japanese), every cell quoted, CR LF line ends."""
    table = matrix_table(report)
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in row] for row in (table.headings, *table.rows))
    return text.getvalue().encode("utf-8-sig")

"""The CSV export: the port matrix for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io

from exports.report import Report
from exports.tables import matrix_table
from model.columns import Column
from model.frozen import Bilingual

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


CATALOG: Column[str] = Column("catalog", Bilingual(en="Catalog", ja="カタログ"), str, 34)
"""The last column: a CSV file has no other place to say what its rows come from."""


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: those that could be begin with an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_csv(report: Report) -> bytes:
    """UTF-8 with a byte order mark (so that Excel reads Japanese), every cell quoted, CR LF line ends."""
    table, catalog = matrix_table(report), report.catalog
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([*table.headings, CATALOG.title(report.language)])
    writer.writerows(
        [guarded(cell) for cell in (*row, f"{catalog.id} {catalog.version}")] for row in table.rows
    )
    return text.getvalue().encode("utf-8-sig")

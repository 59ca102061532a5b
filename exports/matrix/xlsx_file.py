"""The XLSX export: a sheet each for matrix, URL allow-list, findings and sources, and one that says what it is."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from exports.pictures.logo import logo_png
from exports.report import Report
from exports.tables import Table, about_lines, tables
from model.errors import ExportError
from model.sentences import told

_MADE = datetime(2000, 1, 1)
"""Written as the time of creation, so that equal reports give equal bytes."""

_A3, _A4 = 8, 9
_WIDE = 200
"""Characters; a table this wide goes to A3."""

_LINE, _MAX_HEIGHT = 15.0, 409.0
"""Points: a line of the standard font, and the tallest row a spreadsheet has."""

_LOGO, _SMALL = (200.0, 45.0), (120.0, 20.0)
"""Points that the logo may be wide and high: beside what the workbook is, and above its printed pages."""

_MAX_CELL = 32_767
_MAX_ROWS = 1_048_576
_MAX_FOOTER = 120


def write_xlsx(report: Report) -> bytes:
    """A workbook of text cells. Raises ExportError where a spreadsheet cannot hold the report."""
    import xlsxwriter

    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        made,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    workbook.set_properties(
        {"title": report.title, "author": report.design.document.author, "created": _MADE}
    )
    heading = workbook.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EDF2", "border": 1}
    )
    look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C8D0D8"}
    plain = workbook.add_format(look)
    # As text: what somebody types there, such as 1-2 or 007, stays what it is.
    text = workbook.add_format({**look, "num_format": "@"})
    for table in tables(report):
        styles = [text if place in table.written else plain for place in range(len(table.headings))]
        _sheet(workbook, table, report, heading, styles)
    _about(workbook, report, heading, plain)
    workbook.close()
    return made.getvalue()


def _sheet(workbook: Any, table: Table, report: Report, heading: Any, styles: Sequence[Any]) -> None:
    if len(table.rows) >= _MAX_ROWS:
        raise ExportError(
            told(
                "{title}: {count} rows do not fit in a spreadsheet, which holds {most}; export "
                "CSV or JSON instead.",
                title=table.title,
                count=len(table.rows),
                most=_MAX_ROWS - 1,
            )
        )
    sheet = workbook.add_worksheet(table.title)
    for place, width in enumerate(table.widths):
        sheet.set_column(place, place, width)
    _write(sheet, table, 0, table.headings, [heading] * len(table.headings))
    for number, cells in enumerate(table.rows, start=1):
        _write(sheet, table, number, cells, styles)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A3 if sum(table.widths) >= _WIDE else _A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    _around(sheet, report)


def _write(sheet: Any, table: Table, number: int, cells: tuple[str, ...], styles: Sequence[Any]) -> None:
    """Write one row, as tall as its tallest cell: not every program fits wrapped rows by itself."""
    lines = max(map(_lines, cells, table.widths))
    sheet.set_row(number, min(_LINE * lines + 3, _MAX_HEIGHT))
    for place, text in enumerate(cells):
        if sheet.write_string(number, place, text, styles[place]) != 0:
            raise ExportError(
                told(
                    "{title}, row {number}, {heading}: a text of {length} characters does not fit in a "
                    "spreadsheet cell, which holds {most}; export CSV or JSON instead.",
                    title=table.title,
                    number=number,
                    heading=table.headings[place],
                    length=len(text),
                    most=_MAX_CELL,
                )
            )


@lru_cache(maxsize=50_000)
def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column `width` half-width characters wide: words move, long ones break."""
    room = width - 1
    lines, used = 1, 0
    for word in text.split(" "):
        length = _width(word)
        if used and used + 1 + length > room:
            lines, used = lines + 1, 0
        used += length + (1 if used else 0)
        if used > room:
            lines += (used - 1) // room
            used = (used - 1) % room + 1
    return lines


def _width(word: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in word)


def _footer(title: str) -> str:
    """In footers & begins a code; a footer holds 255 characters."""
    short = title if len(title) <= _MAX_FOOTER // 2 else title[: _MAX_FOOTER // 2 - 1] + "…"
    return short.replace("&", "&&")


def _about(workbook: Any, report: Report, heading: Any, plain: Any) -> None:
    names = {"en": "About", "ja": "概要", "both": "About 概要"}
    sheet = workbook.add_worksheet(names[report.language])
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for number, (label, text) in enumerate(about_lines(report)):
        sheet.set_row(number, min(_LINE * max(_lines(label, 28), _lines(text, 90)) + 3, _MAX_HEIGHT))
        sheet.write_string(number, 0, label, heading)
        sheet.write_string(number, 1, text, plain)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    _around(sheet, report)
    logo = report.profile.logo
    if logo is not None:
        named = {"description": report.profile.company} if report.profile.company else {"decorative": True}
        sheet.insert_image(0, 3, "logo.png", {"image_data": io.BytesIO(logo_png(logo, *_LOGO)), **named})


def _around(sheet: Any, report: Report) -> None:
    """What stands above and below the sheet's printed pages."""
    sheet.set_footer(f"&L{_footer(report.title)}&R&P / &N")
    if report.profile.logo is not None:
        image = io.BytesIO(logo_png(report.profile.logo, *_SMALL))
        sheet.set_header("&R&G", {"image_right": "logo.png", "image_data_right": image})

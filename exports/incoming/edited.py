"""Edited tables read back: what people wrote beside flows, from a CSV or XLSX file that an export wrote.

What the connectivity tests printed is read in the same way: it is what the tests wrote beside flows.

XLSX is read with the standard library alone: one sheet of texts needs no spreadsheet library, and Excel's own way of
saving (shared texts, dates as day numbers) is small. Only columns of records are read; what is derived is derived.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from exports.incoming.csv_rows import csv_rows, table_bytes
from model.design.columns import Shown, shown
from model.errors import FileError
from model.sentences import told
from model.tables.columnsets import WRITTEN
from model.tables.matrix import COLUMNS, NOT_GIVEN, Row

_SHOWN: tuple[Shown, ...] = ("en", "ja", "both")
_ABSENT = {"", *(shown(NOT_GIVEN, language) for language in _SHOWN)}
_FIELDS = {column.title(language): column.id.replace("-", "_") for column in WRITTEN for language in _SHOWN}
_FLOW = {COLUMNS[0].title(language) for language in _SHOWN}
_DATES = ("start", "expiry")
_TIME = re.compile(r" \d{1,2}:\d{2}(:\d{2})?$")
_RESULTS = (
    b"{",
    codecs.BOM_UTF8 + b"{",
    codecs.BOM_UTF16_LE + "{".encode("utf-16-le"),
    codecs.BOM_UTF16_BE + "{".encode("utf-16-be"),
)
"""How a file of test results starts."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The texts of an edited table, by flow id and field; "" where a cell is empty or says that nothing is given.

    `breaches`: what tests reached although it must stay closed, in sentences; `outdated`: what they tried in vain.
    """

    texts: Mapping[str, Mapping[str, str]]
    breaches: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()


def read_edited(path: Path, found: Iterable[Row] = ()) -> Edited:
    """The records in an edited table; of test results only those from where the flows in `found` still go.

    Raises FileError with row and column where something cannot be read.
    """
    data = table_bytes(path)
    if data.startswith(b"PK"):
        from exports.incoming.xlsx_cells import sheet_rows

        return _records(path, sheet_rows(path, data, _FLOW))
    if data.startswith(_RESULTS):
        from exports.connectivity.results import breaches, evidence, read_results, still_current

        results = read_results(path, data)
        current, outdated = still_current(results, found)
        texts = {flow: {"test": text} for flow, text in evidence(current).items()}
        return Edited(texts, breaches(results), outdated)
    return _records(path, csv_rows(path, data))


def _records(path: Path, rows: Iterable[tuple[str, ...]]) -> Edited:
    lines = iter(rows)
    heading = next(lines, ())
    flow = next((place for place, name in enumerate(heading) if name in _FLOW), None)
    fields = {place: _FIELDS[name] for place, name in enumerate(heading) if name in _FIELDS}
    if flow is None or not fields:
        raise FileError(
            path,
            told(
                "the first row holds no flow ids beside columns that can be edited; export the "
                "matrix with --columns core,firewall,audit and edit that"
            ),
        )
    if len(set(fields.values())) < len(fields):
        raise FileError(
            path, told("a column stands in the table twice; remove one"), told("row {row}", row=1)
        )
    found: dict[str, dict[str, str]] = {}
    for number, row in enumerate(lines, start=2):
        name = row[flow].strip() if flow < len(row) else ""
        if not name:
            continue
        if name in found:
            raise FileError(
                path,
                told("the flow {name} stands in the table twice; remove one", name=name),
                told("row {row}", row=number),
            )
        found[name] = {
            field: _text(row[place], field) if place < len(row) else "" for place, field in fields.items()
        }
    return Edited(found)


def _text(cell: str, field: str) -> str:
    """A cell's text in one line; dates as spreadsheets write them become those of a design."""
    text = " ".join(line.strip() for line in cell.splitlines()).replace("\t", " ").strip()
    if text in _ABSENT:
        return ""
    if field in _DATES:
        return _date(text)
    return text


def _date(text: str) -> str:
    """A day number or a date with slashes as YYYY-MM-DD, the time of day left out.

    Anything else as it is, for the design to judge.
    """
    from datetime import date, timedelta

    whole, _, rest = text.partition(".")
    if len(whole) == 5 and (whole + rest).isascii() and (whole + rest).isdigit():
        return (date(1899, 12, 30) + timedelta(days=int(whole))).isoformat()
    parts = _TIME.sub("", text).replace("/", "-").split("-")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts) and len(parts[0]) == 4:
        return f"{parts[0]}-{parts[1]:0>2}-{parts[2]:0>2}"
    return text

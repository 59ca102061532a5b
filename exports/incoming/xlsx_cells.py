"""The cells of a sheet of a workbook as texts, read with the standard library alone.

Dates come as YYYY-MM-DD whatever they look like, switches as TRUE and FALSE; a formula is what came out of it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Set
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from model.errors import FileError
from model.sentences import told

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_PART = 256 * 1024 * 1024
"""Bytes; what a sheet of a million rows takes."""
_REFERENCE = re.compile(r"([A-Z]{1,3})[1-9][0-9]*")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)}
"""The built-in formats that show a day, those of East Asian languages among them."""
_NO_CODE = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|[\\_*].")
"""What a format shows as it is, and its colours and conditions."""
_DAY_1900, _DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
"""Day 0 of a workbook, and of one that counts as Excel for the Mac once did."""


class _Book(NamedTuple):
    """What cells refer to: the texts they share, the styles that show a day, and which day is 0."""

    texts: list[str]
    dates: frozenset[int]
    start: datetime


def sheet_rows(path: Path, data: bytes, heading: Set[str]) -> Iterator[tuple[str, ...]]:
    """The rows of a sheet, from the first to the last that holds anything. Raises FileError.

    It is the first sheet that has one of some texts in its first row: people put sheets of their own before it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            workbook = _part(packed, "xl/workbook.xml", path)
            book = _Book(_shared(packed, path), _dates(packed, path), _start(workbook))
            for name in _sheets(packed, workbook, path):
                sheet = _part(packed, name, path)
                if not heading.isdisjoint(next(_rows(sheet, book, path), ())):
                    yield from _rows(sheet, book, path)
                    return
    except (
        zipfile.BadZipFile,
        KeyError,
        IndexError,
        ValueError,
        OverflowError,  # of a day number beyond every calendar
        ElementTree.ParseError,
        NotImplementedError,  # of zipfile, for a way of packing that it does not know
    ) as error:
        raise FileError(path, told("this is no workbook that can be read; save it as .xlsx again")) from error


def _part(packed: zipfile.ZipFile, name: str, path: Path) -> ElementTree.Element:
    """A part as XML. Entities are refused: no spreadsheet program writes them, and they can grow without end."""
    if packed.getinfo(name).file_size > _MAX_PART:
        raise FileError(path, told("a part of the workbook is larger than 256 MiB; it is not read"))
    content = packed.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise FileError(
            path, told("the workbook declares entities, which no spreadsheet program writes; it is not read")
        )
    return ElementTree.fromstring(content)


def _sheets(packed: zipfile.ZipFile, workbook: ElementTree.Element, path: Path) -> Iterator[str]:
    """The names of the parts that hold the sheets, in their order."""
    relations = _part(packed, "xl/_rels/workbook.xml.rels", path)
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for sheet in workbook.iter():
        if _plain(sheet.tag) == "sheet":
            target = targets.get(sheet.get(_RELATION), "worksheets/sheet1.xml")
            yield target.removeprefix("/") if target.startswith("/xl/") else f"xl/{target}"


def _plain(tag: str) -> str:
    return tag.removeprefix(_MAIN).removeprefix(_STRICT)


def _shared(packed: zipfile.ZipFile, path: Path) -> list[str]:
    """The texts that cells share."""
    if "xl/sharedStrings.xml" not in packed.namelist():
        return []
    return [_written(each) for each in _part(packed, "xl/sharedStrings.xml", path)]


def _written(element: ElementTree.Element) -> str:
    """The text in an element, in however many runs; the reading aids of Japanese are left out."""
    found: list[str] = []
    for child in element:
        if _plain(child.tag) == "t":
            found.append(child.text or "")
        elif _plain(child.tag) == "r":
            found.append(_written(child))
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(found))


def _start(workbook: ElementTree.Element) -> datetime:
    """The day that a workbook counts from."""
    properties = next((each for each in workbook if _plain(each.tag) == "workbookPr"), None)
    counts = "" if properties is None else properties.get("date1904", "")
    return _DAY_1904 if counts in ("1", "true") else _DAY_1900


def _dates(packed: zipfile.ZipFile, path: Path) -> frozenset[int]:
    """The numbers of the styles that show a day."""
    if "xl/styles.xml" not in packed.namelist():
        return frozenset()
    styles = _part(packed, "xl/styles.xml", path)
    formats = {
        int(each.get("numFmtId", "0")): _NO_CODE.sub("", each.get("formatCode", "")).lower()
        for each in styles.iter()
        if _plain(each.tag) == "numFmt"
    }
    shown = {number for number, code in formats.items() if "y" in code or "d" in code}
    styles_of_cells = next((each for each in styles if _plain(each.tag) == "cellXfs"), ())
    return frozenset(
        number
        for number, style in enumerate(styles_of_cells)
        if int(style.get("numFmtId", "0")) in shown | (_DATE_FORMATS - formats.keys())
    )


def _rows(sheet: ElementTree.Element, book: _Book, path: Path) -> Iterator[tuple[str, ...]]:
    for row in sheet.iter():
        if _plain(row.tag) != "row":
            continue
        cells: dict[int, str] = {}
        place = -1
        for cell in row:
            match = _REFERENCE.fullmatch(cell.get("r", ""))
            place = _column(match[1]) if match else place + 1
            text = _value(cell, book)
            if text is None:
                raise FileError(
                    path,
                    told(
                        "a formula has no result yet; open the workbook in a spreadsheet program and save it"
                    ),
                    told("cell {cell}", cell=cell.get("r", "")),
                )
            cells[place] = text
        yield tuple(cells.get(place, "") for place in range(max(cells, default=-1) + 1))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: ElementTree.Element, book: _Book) -> str | None:
    """The text of a cell; None for a formula that nobody has worked out."""
    kind = cell.get("t", "n")
    parts = {_plain(child.tag): child for child in cell}
    if kind == "inlineStr":
        return _written(parts["is"]) if "is" in parts else ""
    value = parts["v"].text or "" if "v" in parts else ""
    match kind:
        case "s":
            return book.texts[int(value)]
        case "b":
            return "TRUE" if value == "1" else "FALSE"
        case "n" if not value:
            return None if "f" in parts else ""
        case "n":
            return _date(value, book) if int(cell.get("s", "0")) in book.dates else _number(value)
    return value


def _date(value: str, book: _Book) -> str:
    """A day number as YYYY-MM-DD, with the time of day where it has one."""
    moment = book.start + timedelta(seconds=round(float(value) * 86_400))
    return moment.isoformat(" ", "minutes").removesuffix(" 00:00")


def _number(value: str) -> str:
    """A number as people write it: programs save 1.1 as 1.1000000000000001."""
    return value if value.isascii() and value.isdigit() else repr(float(value)).removesuffix(".0")

"""The cells of a workbook's first sheet as texts, read with the standard library alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
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


def sheet_rows(path: Path, data: bytes) -> Iterator[tuple[str, ...]]:
    """The rows of the first sheet, from the first to the last that holds anything. Raises FileError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            texts = _shared(packed, path)
            yield from _rows(_part(packed, _first_sheet(packed, path), path), texts)
    except (
        zipfile.BadZipFile,
        KeyError,
        IndexError,
        ValueError,
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


def _first_sheet(packed: zipfile.ZipFile, path: Path) -> str:
    """The name of the part that holds the first sheet."""
    book = _part(packed, "xl/workbook.xml", path)
    sheet = next(each for each in book.iter() if _plain(each.tag) == "sheet")
    wanted = sheet.get(_RELATION)
    relations = _part(packed, "xl/_rels/workbook.xml.rels", path)
    target = next(
        (each.get("Target", "") for each in relations if each.get("Id") == wanted), "worksheets/sheet1.xml"
    )
    return target.removeprefix("/") if target.startswith("/xl/") else f"xl/{target}"


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


def _rows(sheet: ElementTree.Element, texts: list[str]) -> Iterator[tuple[str, ...]]:
    for row in sheet.iter():
        if _plain(row.tag) != "row":
            continue
        cells: dict[int, str] = {}
        place = -1
        for cell in row:
            match = _REFERENCE.fullmatch(cell.get("r", ""))
            place = _column(match[1]) if match else place + 1
            cells[place] = _value(cell, texts)
        yield tuple(cells.get(place, "") for place in range(max(cells, default=-1) + 1))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: ElementTree.Element, texts: list[str]) -> str:
    kind = cell.get("t", "n")
    parts = {_plain(child.tag): child for child in cell}
    if kind == "inlineStr":
        return _written(parts["is"]) if "is" in parts else ""
    value = parts["v"].text or "" if "v" in parts else ""
    return texts[int(value)] if kind == "s" else value

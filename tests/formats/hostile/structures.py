"""What of a file may not depend on the texts in it, for every format by id: told by parsers that had no part in it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pikepdf
from markdown_it import MarkdownIt
from PIL import Image

from exports.registry import FORMATS
from exports.report import Report
from tests.formats.html.reading import read

Structure = Callable[[bytes, Report], object]


def _xml(data: bytes, _: Report) -> object:
    """Which elements there are with which attributes; texts of a drawing may be cut, wrapped or left out for room."""
    free = {"text", "rect"}
    found: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for element in ElementTree.fromstring(data).iter():
        name = element.tag.rpartition("}")[2]
        if name not in free:
            found[name, tuple(sorted(element.attrib))] += 1
    return found


def _drawio(data: bytes, _: Report) -> object:
    return [
        (
            cell.attrib["id"],
            tuple(cell.attrib),
            [entry.partition("=")[0] for entry in cell.get("style", "").split(";")],
        )
        for cell in ElementTree.fromstring(data).iter("mxCell")
        if not cell.attrib["id"].startswith("firewall-")  # left out where a zone's title has no room for it
    ]


def _html(data: bytes, _: Report) -> object:
    return Counter(read(data).paths()), [script.text for script in read(data).all("script")]


def _png(data: bytes, _: Report) -> object:
    image = Image.open(io.BytesIO(data))
    image.load()
    return sorted(set(image.info) & {"Title", "Software", "dpi"}), image.mode


def _table(delimiter: str) -> Structure:
    def structure(data: bytes, _: Report) -> object:
        rows = list(
            csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True)
        )
        formulas = [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        return [len(row) for row in rows], formulas

    return structure


def _xlsx(data: bytes, _: Report) -> object:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [
        (sheet.title, cell.coordinate, cell.data_type, cell.hyperlink)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    ]
    return zipfile.ZipFile(io.BytesIO(data)).namelist(), cells, dict(book.defined_names)


def _json(data: bytes, _: Report) -> object:
    def shape(value: Any) -> object:
        if isinstance(value, dict):
            return {key: shape(each) for key, each in value.items()}
        return [shape(each) for each in value] if isinstance(value, list) else type(value)

    return shape(json.loads(data))


def _markdown(data: bytes, _: Report) -> object:
    """The blocks, and which sorts of pieces each line is made of."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(data.decode())
    return [(token.type, {child.type for child in token.children or ()} - {"text"}) for token in tokens]


def _urls(data: bytes, _: Report) -> object:
    return [line if not line.startswith("#") else "#" for line in data.decode().splitlines()]


def _pdf(data: bytes, _: Report) -> object:
    """Longer texts take more pages; what they may not bring is another sort of object, action or operator."""
    with pikepdf.open(io.BytesIO(data)) as book:
        annotations = {
            (str(each["/Subtype"]), tuple(sorted(each.keys())))
            for page in book.pages
            for each in page.get("/Annots", [])
        }
        operators = {str(each.operator) for page in book.pages for each in pikepdf.parse_content_stream(page)}
        with book.open_outline() as outline:
            sections = len(outline.root)
        shared = {"Do"}  # whether a shape recurs often enough to be a form depends on how wide texts make it
        return sorted(book.Root.keys()), annotations, operators - shared, sections


def _same_bytes(data: bytes, report: Report) -> object:
    """Texts do not reach the file: without the hash that tells any two designs apart it is the same."""
    assert report.design_hash[:12].encode() in data
    return data.replace(report.design_hash.encode(), b"").replace(report.design_hash[:12].encode(), b"")


STRUCTURES: dict[str, Structure] = {
    "csv": _table(","),
    "drawio": _drawio,
    "html": _html,
    "html-table": _html,
    "json": _json,
    "markdown": _markdown,
    "pdf": _pdf,
    "png": _png,
    "svg": _xml,
    "tsv": _table("\t"),
    "urls": _urls,
    "xlsx": _xlsx,
    **dict.fromkeys(
        (
            "aws-cloudformation",
            "aws-terraform",
            "cisco-asa",
            "cisco-ios",
            "cisco-iosxr",
            "cisco-nxos",
            "firewalld",
            "fortigate",
            "iptables",
            "junos-filter",
            "juniper-srx",
            "nftables",
            "pac",
            "palo-alto",
            "rules-csv",
            "squid",
            "tests-powershell",
            "tests-shell",
            "windows-firewall",
        ),
        _same_bytes,
    ),
}


def structure(form: str, report: Report) -> object:
    """What of a report's file in a format may not depend on texts."""
    (writer,) = (each.write for each in FORMATS if each.id == form)
    return STRUCTURES[form](writer(report), report)

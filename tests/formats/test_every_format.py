"""Every format that holds all flows, read by a foreign library: the flows of random designs, none missing, none extra.

The firewall formats have readers and tests of their own (`tests/formats/firewall`), HTML and draw.io as well.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from xml.etree import ElementTree

import openpyxl
import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

from exports.choice import Choice
from exports.registry import format_by_id
from exports.report import Report
from tests.designs import random_design, shipped_catalog
from tests.formats.html.reading import read
from tests.reports import SAMPLES, report_of, sample

HEADINGS = ("Flow ID", "Source", "Destination", "Port", "Transport")
MATRIX = 5
"""The section of the report that holds the matrix."""
Flows = Counter[tuple[str, ...]]


def flows_of(report: Report) -> Flows:
    """The network flows of the graph: id, ends as people call them, port and transport."""
    called = {
        each.id: each.name if each.count == 1 else f"{each.name} ×{each.count}"
        for each in report.design.components
    }
    return Counter(
        (flow.id, called[flow.source], called[flow.destination], str(flow.port), flow.transport.upper())
        for flow in report.graph.network
    )


def _named(rows: Iterable[Sequence[str]]) -> Flows:
    """The flows in a table whose first row is its headings."""
    heading, *others = rows
    places = [list(heading).index(name) for name in HEADINGS]
    return Counter(tuple(row[place] for place in places) for row in others)


def _separated(delimiter: str) -> Callable[[bytes], Flows]:
    def flows(data: bytes) -> Flows:
        text = io.StringIO(data.decode("utf-8-sig"), newline="")
        return _named(list(csv.reader(text, delimiter=delimiter, strict=True)))

    return flows


def _xlsx(data: bytes) -> Flows:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return _named([[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)])


def _html_table(data: bytes) -> Flows:
    (table,) = read(data).all("table")
    return _named([[cell.text for cell in row.children] for row in table.all("tr")])


def _markdown(data: bytes) -> Flows:
    """The first table: its cells as a reader shows them."""
    rows: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(data.decode()):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            break
        elif token.type == "inline" and rows:
            rows[-1].append("".join(child.content for child in token.children or ()))
    return _named(rows)


TABLES: dict[str, Callable[[bytes], Flows]] = {
    "csv": _separated(","),
    "tsv": _separated("\t"),
    "xlsx": _xlsx,
    "html-table": _html_table,
    "markdown": _markdown,
}


def _json_agrees(report: Report) -> None:
    found = json.loads(format_by_id("json").write(report))["flows"]
    listed = Counter(
        (each["id"], each["source"], each["destination"], each["port"], each["transport"]) for each in found
    )
    assert listed == Counter(
        (flow.id, flow.source, flow.destination, flow.port, flow.transport) for flow in report.graph.network
    )


def _names_agree(report: Report) -> None:
    lines = format_by_id("urls").write(report).decode().splitlines()
    needed = {
        name for flow in report.graph.network for name in (*flow.basis.fqdns, *flow.basis.inferred_fqdns)
    }
    assert [line for line in lines if not line.startswith("#")] == sorted(needed)


def _picture_agrees(report: Report) -> None:
    """One connector for each pair of components with a flow of a purpose that is drawn."""
    drawn = {purpose.id for purpose in report.graph.catalog.purposes if not purpose.quiet}
    root = ElementTree.fromstring(format_by_id("svg").write(report))
    subjects = {each.get("data-subject", "") for each in root.iter()}
    assert {each for each in subjects if each.startswith("connector:")} == {
        f"connector:{flow.source}>{flow.destination}"
        for flow in report.graph.network
        if flow.basis.purpose in drawn
    }


def _pages_agree(report: Report) -> None:
    matrix = replace(report, choice=Choice(sections=frozenset({MATRIX})))
    pages = PdfReader(io.BytesIO(format_by_id("pdf").write(matrix))).pages
    found = {name for page in pages for name in re.findall(r"F-[0-9A-Z]{8}", page.extract_text())}
    assert found == {flow.id for flow in report.graph.network}


def agree(report: Report) -> None:
    """Every format has the flows of the graph, as often as the graph has them."""
    if report.graph.network:
        for form, read_back in TABLES.items():
            assert (form, read_back(format_by_id(form).write(report))) == (form, flows_of(report))
        _pages_agree(report)
    _json_agrees(report)
    _names_agree(report)
    _picture_agrees(report)


def random_report(seed: int) -> Report:
    return report_of(random_design(random.Random(seed), shipped_catalog(), 1 + seed % 12))


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_read_back_whole(name: str) -> None:
    agree(report_of(sample(name)))


@pytest.mark.parametrize("seed", range(12))
def test_random_designs_are_read_back_whole(seed: int) -> None:
    agree(random_report(seed))


@pytest.mark.soak
def test_500_random_designs_are_read_back_whole() -> None:
    for seed in range(500):
        agree(random_report(seed))

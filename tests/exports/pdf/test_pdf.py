"""What a reader finds in the PDF: every row, in every language, as text that can be copied, on pages that hold it."""

from __future__ import annotations

import io
from itertools import combinations, pairwise
from pathlib import Path
from shutil import which
from subprocess import run
from typing import Any

import pypdf
import pytest

from exports.pdf import write_pdf
from exports.tables import finding_columns, source_columns
from model.allowlist import ALLOW_COLUMNS
from model.columns import Column, Shown
from model.design import CatalogReference, Component, Design, DocumentData, Revision
from model.matrix import COLUMNS
from tests.exports.pdf.reading import (
    CASES,
    LANGUAGES,
    NAMES,
    pdf_of,
    plumbed,
    reader,
    report_called,
    sections,
    squeezed,
    tables,
    whole_rows,
)
from tests.reports import report_of

OUTLINE = {
    "en": [
        "1 Topology 構成図",
        "2 Port matrix 通信要件一覧",
        "3 URL allow-list URL許可リスト",
        "4 Findings 確認事項",
        "5 Citations 根拠",
    ],
    "ja": [
        "1 構成図 Topology",
        "2 通信要件一覧 Port matrix",
        "3 URL許可リスト URL allow-list",
        "4 確認事項 Findings",
        "5 根拠 Citations",
    ],
}


def expected(columns: list[Column[Any]], items: Any, language: Shown) -> list[list[str]]:
    """The cells that the model gives, in one language or in both, without spaces."""
    found = []
    for item in items:
        row = []
        for column in columns:
            both = column.cell(item, "en") + (
                "" if column.cell(item, "en") == column.cell(item, "ja") else column.cell(item, "ja")
            )
            row.append(squeezed(both if language == "both" else column.cell(item, language)))
        found.append(row)
    return found


@pytest.mark.parametrize(("name", "language"), CASES)
def test_matrix_holds_the_rows_of_the_model(name: str, language: Shown) -> None:
    report = report_called(name, language)
    hidden = {"direction", "condition"} | (set() if report.comparison else {"change"})
    columns = [column for column in COLUMNS if column.id not in hidden]
    wanted = expected(columns, report.rows, language)
    if report.comparison:
        marks = {"added": "+", "removed": "−", "changed": "~"}
        for cells, row in zip(wanted, report.rows, strict=True):
            cells[1] = marks.get(row.status or "", "") + cells[1]
    assert whole_rows(name, language, 2, len(columns)) == wanted


@pytest.mark.parametrize(("name", "language"), CASES)
def test_allow_list_holds_the_names_of_the_model(name: str, language: Shown) -> None:
    report = report_called(name, language)
    columns = [column for column in ALLOW_COLUMNS if report.comparison or column.id != "change"]
    fqdns = [squeezed(entry.fqdn) for entry in report.allow_list]
    assert [row[0] for row in whole_rows(name, language, 3, len(columns))] == fqdns


@pytest.mark.parametrize(("name", "language"), CASES)
def test_findings_and_citations_are_whole(name: str, language: Shown) -> None:
    report = report_called(name, language)
    columns = [column for column in finding_columns(report.graph) if column.id not in ("fix", "code")]
    assert whole_rows(name, language, 4, len(columns)) == expected(columns, report.findings, language)
    sources = list(source_columns(report.catalog))
    assert whole_rows(name, language, 5, len(sources)) == expected(sources, report.rules, language)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_nothing_stands_outside_its_page_or_under_the_footer(name: str, language: Shown) -> None:
    for page in plumbed(name, language):
        assert page.chars
        for char in page.chars:
            assert char["x0"] >= 20, char
            assert char["x1"] <= page.width - 20, char
            assert char["top"] >= 20, char
            assert char["bottom"] <= page.height - 15, char
        above = [char for char in page.chars if char["bottom"] > page.height - 44]
        assert {round(char["size"], 1) for char in above} == {7.0}, "only the footer stands at the foot"


@pytest.mark.parametrize(("name", "language"), CASES)
def test_letters_do_not_overlap(name: str, language: Shown) -> None:
    for page in plumbed(name, language):
        if name == "hostile" and page.page_number == sections(name, language)[1][1]:
            continue  # its components all stand in one place
        ink = [char for char in page.chars if char["text"].strip()]
        ink.sort(key=lambda char: (round(char["top"]), char["x0"]))
        for one, other in pairwise(ink):
            if abs(one["top"] - other["top"]) < 1 and one["x0"] <= other["x0"]:
                assert one["x1"] - other["x0"] < 0.35 * one["size"], (
                    one["text"],
                    other["text"],
                    page.page_number,
                )


@pytest.mark.parametrize(("name", "language"), CASES)
def test_cells_hold_their_text(name: str, language: Shown) -> None:
    """Every letter on a page with a table lies in exactly one cell, or outside the table."""
    first, end = sections(name, language)[2]
    for page in plumbed(name, language)[first:end]:
        (table,) = page.find_tables()
        for one, other in combinations(table.cells[:60], 2):
            wide = min(one[2], other[2]) - max(one[0], other[0])
            high = min(one[3], other[3]) - max(one[1], other[1])
            assert wide < 0.6 or high < 0.6
        edges = sorted({cell[0] for cell in table.cells} | {cell[2] for cell in table.cells})
        left, top, right, bottom = table.bbox
        for char in page.chars:
            if left < char["x0"] < right and top < char["top"] < bottom:
                assert not any(char["x0"] + 0.2 < edge < char["x1"] - 0.2 for edge in edges), char["text"]


@pytest.mark.parametrize(("name", "language"), CASES)
def test_heading_row_is_repeated_on_every_page_of_the_matrix(name: str, language: Shown) -> None:
    headings = [[squeezed(cell) for cell in table[0]] for table in tables(name, language, 2)]
    wanted = {"en": "FlowID", "ja": "通信ID", "both": "FlowID通信ID"}[language]
    assert headings[0][0] == wanted
    assert all(each == headings[0] for each in headings)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_pages_are_numbered_and_carry_both_hashes(name: str, language: Shown) -> None:
    report, pages = report_called(name, language), reader(name, language).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"{number} / {len(pages)}" in text
        assert f"design {report.design_hash[:12]} · catalog {report.catalog_hash[:12]}" in text


@pytest.mark.parametrize(("name", "language"), CASES)
def test_outline_leads_to_the_sections(name: str, language: Shown) -> None:
    opened = reader(name, language)
    titles = [entry.title for entry in opened.outline]  # type: ignore[union-attr] # no nested entries
    assert titles[0] == report_called(name, language).title
    assert titles[1:] == OUTLINE["ja" if language == "ja" else "en"]
    for title, (first, end) in zip(titles, sections(name, language).values(), strict=True):
        assert first < end
        assert squeezed(str(title)) in squeezed(opened.pages[first].extract_text())


@pytest.mark.parametrize("name", NAMES)
def test_both_fonts_are_embedded_and_no_other_is_named(name: str) -> None:
    for page in reader(name, "both").pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index] # a dictionary of dictionaries
            face = font.get_object()
            assert face["/BaseFont"].partition("+")[2] in ("NotoSansJP-Regular", "NotoSansJP-Bold")
            assert "/FontFile2" in face["/FontDescriptor"]
            assert "/ToUnicode" in face


@pytest.mark.parametrize(("name", "language"), [case for case in CASES if case[0] != "hostile"])
def test_topology_is_drawn_with_paths_and_names_every_component(name: str, language: Shown) -> None:
    assert not any(page.images for page in plumbed(name, language))
    report = report_called(name, language)
    page = plumbed(name, language)[sections(name, language)[1][0]]
    assert len(page.curves) + len(page.lines) > 3 * len(report.design.components)
    shown = squeezed(reader(name, language).pages[page.page_number - 1].extract_text())
    for component in report.design.components:
        assert squeezed(component.name) in shown
    for zone in report.design.zones:
        assert squeezed(zone.name) in shown


def test_japanese_can_be_copied() -> None:
    text = squeezed("".join(page.extract_text() for page in reader("on-premises", "ja").pages))
    for sentence in (
        "データセンターゲートウェイ",
        "通信要件一覧",
        "承認欄",
        "スマートスキャン",
        "同一ゾーン",
    ):
        assert sentence in text


@pytest.mark.skipif(which("pdftotext") is None, reason="poppler is not installed")
def test_poppler_reads_the_same_text(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf_of("on-premises", "both"))
    text = run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
    for row in report_called("on-premises", "both").rows:
        assert row.id in text
    assert "変更諮問委員会" in text
    fonts = run(["pdffonts", file], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts), (
        "embedded, subset, with Unicode map"
    )


def test_document_says_what_it_is() -> None:
    opened, report = reader("multi-vpc", "ja"), report_called("multi-vpc", "ja")
    assert opened.metadata is not None
    assert opened.metadata.title == report.title
    assert opened.metadata.author == report.design.document.author
    assert report.design.document.change_number in str(opened.metadata.subject)
    assert str(opened.root_object["/Lang"]) == "ja"


def test_same_report_same_bytes() -> None:
    again = write_pdf(report_called("multi-vpc", "both"))
    assert again == pdf_of("multi-vpc", "both")


def test_matrix_and_topology_lead_to_each_other() -> None:
    opened = reader("single-vpc", "en")
    topology, matrix = sections("single-vpc", "en")[1][0], range(*sections("single-vpc", "en")[2])

    numbers = {page.indirect_reference: number for number, page in enumerate(opened.pages)}

    def targets(page: int) -> set[int]:
        links = [each.get_object() for each in opened.pages[page].get("/Annots", [])]
        return {numbers[link["/Dest"][0]] for link in links}

    assert targets(topology)
    assert targets(topology) <= set(matrix)
    assert {target for page in matrix for target in targets(page)} == {topology}


def test_empty_design_is_a_report_too() -> None:
    empty = Design(catalog=CatalogReference(id="workload-security-govcloud", version="2026-11"))
    for language in LANGUAGES:
        opened = pypdf.PdfReader(io.BytesIO(write_pdf(report_of(empty, language))))
        assert len(opened.outline) == 6


def test_long_texts_are_kept_whole() -> None:
    """A row higher than a page goes on over the next ones, and a long revision list gets a section of its own."""
    addresses = tuple(f"10.{n // 250}.{n % 250}.1" for n in range(1500))
    revisions = tuple(
        Revision(number=n, date="2026-01-01", author="A", text=f"change {n}") for n in range(90)
    )
    design = Design(
        catalog=CatalogReference(id="workload-security-govcloud", version="2026-11"),
        title="W" * 200,
        document=DocumentData(change_number="C" * 200, author="A" * 200, revisions=revisions),
        components=(
            Component(id="agent", kind="agent", name="n" * 200, addresses=addresses),
            Component(id="dns", kind="dns-server", name="国" * 200),
        ),
    )
    opened = pypdf.PdfReader(io.BytesIO(write_pdf(report_of(design, "both"))))
    text = squeezed("".join(page.extract_text() for page in opened.pages))
    assert all(address in text for address in addresses)
    assert "国" * 200 in text
    assert all(f"change{n}" in text for n in range(90))
    assert [entry.title for entry in opened.outline][-1] == "6 Revision history 改訂履歴"  # type: ignore[union-attr] # no nested entries

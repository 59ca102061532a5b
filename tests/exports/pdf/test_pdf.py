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
from exports.pdf.sections.numbers import numbered
from exports.pdf.sections.reasons import NO_FLOW
from exports.pdf.sections.topology import look_of, picture
from exports.pdf.sections.urls import source_groups
from exports.tables import finding_columns
from model.design.columns import Column, Shown
from model.design.design import CatalogReference, Design, DocumentData, Revision
from model.design.elements import Component
from model.explain import citation_text
from model.frozen import Bilingual
from model.picture.cards import boxes
from model.shapes.primitives import Box, Group
from model.tables.allowlist import ALLOW_COLUMNS, allow_list
from model.tables.matrix import COLUMNS, Row
from tests.exports.pdf.reading import (
    CASES,
    EXACTLY,
    LANGUAGES,
    NAMES,
    first_pages,
    pdf_of,
    plumbed,
    reader,
    report_called,
    squeezed,
    tables,
    whole_rows,
)
from tests.reports import report_of

SECTIONS = (
    ("Decision", "要約"),
    ("Scope, baseline, features on and off", "対象範囲・前提"),
    ("Topology", "構成図"),
    ("Delta drawing", "変更差分図"),
    ("Port matrix", "通信要件一覧"),
    ("URL allow-list", "URL許可リスト"),
    ("Justification", "必要理由・根拠"),
    ("Risk", "リスク評価"),
    ("Alternatives considered", "代替案比較"),
    ("Impact if refused", "不許可時の影響"),
    ("Implementation steps", "実施手順"),
    ("Test plan", "試験計画"),
    ("Back-out", "切り戻し手順"),
    ("Communication and monitoring", "連絡体制・監視"),
    ("Expiry and review dates", "有効期限・棚卸"),
    ("Open points", "課題・確認事項"),
    ("Appendix", "付録"),
)
"""What the board wants to read after the cover, in its order."""


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


def on_paper(column: Column[Row]) -> Column[Row]:
    """A column of the model as the full list has it, where two of them share one."""

    def destination(row: Row) -> Bilingual | str:
        names, addresses = column.value(row), ", ".join(row.destination.component.addresses)
        if isinstance(names, str) or not addresses:
            return names
        named = names.en not in ("by address", "not given", "not printed")
        return Bilingual(en=f"{addresses}, {names.en}", ja=f"{addresses}, {names.ja}") if named else addresses

    def port(row: Row) -> str:
        return f"{row.flow.transport.upper()} {row.flow.port}"

    value = {"destination-fqdn": destination, "port": port}.get(column.id)
    return column if value is None else column._replace(value=value)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_matrix_holds_the_rows_of_the_model_changes_first(name: str, language: Shown) -> None:
    report = report_called(name, language)
    hidden = {"direction", "condition", "device", "rules", "destination-ip", "transport"}
    hidden |= set() if report.comparison else {"change"}
    columns = [on_paper(column) for column in COLUMNS if column.id not in hidden]
    differing = [row for row in report.rows if row.status not in (None, "unchanged")]
    rows = [*differing, *report.rows]
    wanted = expected(columns, rows, language)
    if report.comparison:
        marks = {"added": "+", "removed": "−", "changed": "~"}
        for cells, row in zip(wanted, rows, strict=True):
            cells[1] = marks.get(row.status or "", "") + cells[1]
    numbers = numbered(report.rows)
    found = whole_rows(name, language, 5, len(columns) + 1)
    assert [row[1:] for row in found] == wanted
    assert [row[0] for row in found] == [str(numbers[row.flow[:2]]) for row in rows]


@pytest.mark.parametrize(("name", "language"), CASES)
def test_each_firewall_has_its_part_of_the_matrix(name: str, language: Shown) -> None:
    report = report_called(name, language)
    crossing = [
        row
        for row in report.rows
        for _ in (row.crossing.way.firewalls or ("the boundary",))
        if row.crossing.way.crossed
    ]
    found = whole_rows(name, language, 5, 14 if report.comparison else 13)
    assert sorted(row[1] for row in found) == sorted(row.id for row in crossing)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_allow_list_holds_the_names_of_the_model_for_each_source(name: str, language: Shown) -> None:
    report = report_called(name, language)
    columns = [column for column in ALLOW_COLUMNS if column.id not in ("sources", "change")]
    width = len(columns) + (report.comparison is not None)
    found = {row[0] for row in whole_rows(name, language, 6, width)}
    assert found == {squeezed(entry.fqdn) for entry in report.allow_list}
    groups = source_groups(report)
    graphs = [report.graph] if report.comparison is None else [report.graph, report.comparison.before]
    needed = {
        (source.id, entry.key) for graph in graphs for entry in allow_list(graph) for source in entry.sources
    }
    assert {
        (source.id, entry.key) for sources, entries in groups for source in sources for entry in entries
    } == needed
    for sources, entries in groups:
        ids = {source.id for source in sources}
        cited = {rule for row in report.rows if row.flow.source in ids for rule in row.flow.basis.rules}
        assert all(set(entry.rules) <= cited for entry in entries if entry.status != "removed"), ids


@pytest.mark.parametrize(("name", "language"), CASES)
def test_findings_are_whole(name: str, language: Shown) -> None:
    report = report_called(name, language)
    columns = [column for column in finding_columns(report.graph) if column.id not in ("fix", "code")]
    assert whole_rows(name, language, 16, len(columns)) == expected(columns, report.findings, language)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_every_rule_cited_has_its_reading_in_both_languages(name: str, language: Shown) -> None:
    report = report_called(name, language)
    found = {row[0]: row for row in whole_rows(name, language, 7, 5)}
    flows = {rule for row in report.rows for rule in row.flow.basis.rules}
    others = {rule for finding in report.findings for rule in finding.rules}
    assert flows | others <= set(found)
    none = NO_FLOW.en + NO_FLOW.ja if language == "both" else NO_FLOW.text(language)
    for name in set(found) - flows:
        assert found[name][3:] == [squeezed(none), "—"]
    for rule in report.rules:
        first, second = rule.reading.en, rule.reading.ja
        assert found[rule.id][2] == squeezed(second + first if language == "ja" else first + second)
        citation = citation_text(report.catalog, rule.citation)
        assert squeezed(citation.ja if language == "ja" else citation.en) in found[rule.id][1]


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
        if name == "hostile" and page.page_number == first_pages(name, language)[3] + 1:
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
    """Every letter on a page with tables lies in exactly one cell, or outside the tables."""
    for page in plumbed(name, language, 5, 7, 12):
        for table in page.find_tables(EXACTLY):
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
    wanted = {"en": ["No.", "FlowID"], "ja": ["番号", "通信ID"], "both": ["No.番号", "FlowID通信ID"]}[
        language
    ]
    for table in tables(name, language, 5):
        assert [squeezed(cell) for cell in table[0][:2]] == wanted


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
    order = (1, 0) if language == "ja" else (0, 1)
    assert titles[1:] == [
        f"{number} {names[order[0]]} {names[order[1]]}" for number, names in enumerate(SECTIONS, start=1)
    ]
    starts = first_pages(name, language)
    assert starts == sorted(starts)
    for title, page in zip(titles, starts, strict=True):
        assert squeezed(str(title)) in squeezed(opened.pages[page].extract_text())


def test_sections_can_be_left_out() -> None:
    opened = reader("compared", "en", 1, 3, 5)
    titles = [entry.title for entry in opened.outline]  # type: ignore[union-attr] # no nested entries
    assert titles == ["1 Decision 要約", "3 Topology 構成図", "5 Port matrix 通信要件一覧"]
    assert len(opened.pages) < len(reader("compared", "en").pages)
    for section in range(18):
        assert len(reader("single-vpc", "both", section).outline) == 1


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
    page = plumbed(name, language)[first_pages(name, language)[3]]
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
    opened = reader("single-vpc", "en", 3, 5)
    numbers = {page.indirect_reference: number for number, page in enumerate(opened.pages)}

    def targets(page: int) -> set[int]:
        links = [each.get_object() for each in opened.pages[page].get("/Annots", [])]
        return {numbers[link["/Dest"][0]] for link in links}

    topology, matrix = 0, set(range(1, len(opened.pages)))
    assert targets(topology)
    assert targets(topology) <= matrix
    assert {target for page in matrix for target in targets(page)} == {topology}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_numbers_of_the_picture_are_those_of_the_matrix(language: Shown) -> None:
    report = report_called("multi-vpc", language)
    shown = picture(report, numbered(report.rows))
    drawn = {(wire.link.source, wire.link.target) for wire in shown.wires}
    assert {badge.numbers for badge in shown.badges} == {
        (number,) for pair, number in numbered(report.rows).items() if pair in drawn
    }
    words = plumbed("multi-vpc", language)[first_pages("multi-vpc", language)[3]].extract_words()
    assert {str(badge.numbers[0]) for badge in shown.badges} <= {word["text"] for word in words}


@pytest.mark.parametrize("name", ["on-premises", "single-vpc", "air-gapped"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_numbers_in_the_picture_hide_no_port(name: str, language: Shown) -> None:
    """Where both ends of a label are crowded, the least is that no number hides another."""
    report = report_called(name, language)
    shown = picture(report, numbered(report.rows))
    group = shown.drawing.items[-1]
    assert isinstance(group, Group)
    marks = [item.rect for item in group.items if isinstance(item, Box)]
    assert len(marks) == len(shown.badges)
    hidden = [
        (mark, wire.label)
        for mark, badge in zip(marks, shown.badges, strict=True)
        for wire in shown.wires
        if mark.intersects(wire.label)
        and not (badge.rect.contains(wire.label) and wire.label.intersects(mark))
    ]
    assert not hidden
    assert not any(one.intersects(other) for one, other in combinations(marks, 2))
    cards = boxes(report.graph, look_of(report)).values()
    assert not any(mark.intersects(card) for mark in marks for card in cards)


def test_empty_design_is_a_report_too() -> None:
    empty = Design(catalog=CatalogReference(id="workload-security-govcloud", version="2026-11"))
    for language in LANGUAGES:
        opened = pypdf.PdfReader(io.BytesIO(write_pdf(report_of(empty, language))))
        assert len(opened.outline) == 18


def test_long_texts_are_kept_whole() -> None:
    """A row higher than a page goes on over the next ones, and a long revision list stands in the appendix."""
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

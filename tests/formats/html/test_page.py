"""The page holds every table, the picture and its policy, and no name in it becomes markup."""

from __future__ import annotations

import base64
import hashlib
import random
import re
from collections import Counter

import pytest

from exports.html import write_html
from exports.html.colours import inked
from exports.tables import finding_columns, source_columns
from model.design.columns import Shown
from model.picture.connectors import links
from model.tables.allowlist import ALLOW_COLUMNS
from model.tables.matrix import COLUMNS
from tests.designs import random_design, shipped_catalog
from tests.formats.html.reading import Element, read, rows
from tests.formats.pictures import REPORTS, harmless, hostile, report_called
from tests.reports import HOSTILE, report_of


def opened(name: str, language: Shown = "en") -> Element:
    return read(write_html(report_called(name, language)))


@pytest.mark.parametrize("language", ["en", "ja", "both"])
@pytest.mark.parametrize("name", REPORTS)
def test_tables_hold_the_rows_of_the_model(name: str, language: Shown) -> None:
    report, page = report_called(name, language), opened(name, language)
    columns = [column for column in COLUMNS if column.id != "change" or report.comparison]
    matrix = page.by_id("matrix-table")
    assert rows(matrix) == [[column.cell(row, language) for column in columns] for row in report.rows]
    assert [each.text for each in matrix.all("th")] == [each.title(language) for each in columns]
    assert [row.attributes["id"] for row in matrix.all("tbody")[0].children] == [
        f"matrix-{row.id}" for row in report.rows
    ]
    named = [column for column in ALLOW_COLUMNS if column.id != "change" or report.comparison]
    assert rows(page.by_id("urls-table")) == [
        [column.cell(entry, language) for column in named] for entry in report.allow_list
    ]
    assert rows(page.by_id("findings-table")) == [
        [column.cell(each, language) for column in finding_columns(report.graph)] for each in report.findings
    ]
    assert rows(page.by_id("rule-table")) == [
        [column.cell(rule, language) for column in source_columns(report.catalog)] for rule in report.rules
    ]
    about = page.by_id("about").text
    assert report.design_hash in about
    assert report.catalog_hash in about


def test_the_page_says_what_was_done_to_the_design_and_what_it_is_compared_with() -> None:
    page = opened("compared")
    listed = [each.text for item in page.by_id("changes").all("ul") for each in item.all("li")]
    assert listed == [
        "add SIEM or Syslog server new SIEM",
        "Smart Feedback on (whole design)",
        "port 4122 → 14122 (relay-prod)",
        "remove dns-1",
    ]
    assert "Shared platform: two VPCs behind one egress · CHG-0043050 · rev 4" in page.by_id("about").text
    baseline = report_called("compared", "en").baseline_hash
    assert baseline is not None
    assert baseline in page.by_id("about").text


def test_what_changed_has_a_section_of_its_own_where_something_was_compared() -> None:
    report = report_called("compared")
    assert report.comparison is not None
    page = opened("compared")
    changed = [row.id for row in report.rows if row.status != "unchanged"]
    body = page.by_id("changes-table").all("tbody")[0]
    assert [row.attributes["id"] for row in body.children] == [f"changes-{each}" for each in changed]
    counts = Counter(row.attributes["class"] for row in body.children)
    assert counts == {
        "added": len(report.comparison.added),
        "removed": len(report.comparison.removed),
        "changed": len(report.comparison.changed),
    }
    assert not [each for each in opened("multi-vpc").all("section") if each.attributes["id"] == "changes"]


def test_the_picture_shows_every_component_zone_and_connector() -> None:
    report, page = report_called("on-premises"), opened("on-premises")
    picture = page.by_id("picture")
    subjects = {group.attributes["data-subject"] for group in picture.all("g")}
    assert subjects == (
        {f"component:{each.id}" for each in report.design.components}
        | {f"zone:{each.id}" for each in report.design.zones}
        | {f"note:{each.id}" for each in report.design.notes}
        | {link.subject for link in links(report.graph)}
    )


def test_every_colour_of_the_picture_is_a_variable_that_all_three_themes_set() -> None:
    page = opened("multi-vpc")
    picture = page.by_id("picture")
    painted = [element for tag in ("rect", "path", "polygon", "text") for element in picture.all(tag)]
    used = {
        element.attributes[name]
        for element in painted
        for name in ("fill", "stroke")
        if name in element.attributes
    }
    style = page.all("style")[0].text
    assert used > {"none"}
    for colour in used - {"none"}:
        name = re.fullmatch(r"var\((--[a-z-]+)\)", colour)
        assert name, colour
        assert len(re.findall(rf"{name[1]}:#[0-9a-f]{{6}}[;}}]", style)) == 3, colour
    assert len(inked()[1]) == len(set(inked()[1].values()))


def policy(page: Element) -> dict[str, list[str]]:
    (found,) = [
        each for each in page.all("meta") if each.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    parts = [part.split() for part in found.attributes["content"].split(";")]
    return {name: values for name, *values in parts}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_permits_its_own_style_and_script_and_nothing_else() -> None:
    page = opened("single-vpc")
    (style,), (script,) = page.all("style"), page.all("script")
    assert policy(page) == {
        "default-src": ["'none'"],
        "style-src": [digest(style.text)],
        "script-src": [digest(script.text)],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


@pytest.mark.parametrize("name", ["compared", "hostile"])
def test_nothing_leads_out_of_the_file(name: str) -> None:
    page = read(write_html(report_of(hostile(), "both"))) if name == "hostile" else opened(name, "both")
    names = {each.attributes["id"] for each in everything(page) if "id" in each.attributes}
    for element in everything(page):
        assert not [
            key for key in element.attributes if key.startswith("on") or key in ("src", "style", "action")
        ]
        if "href" in element.attributes:
            assert element.attributes["href"].startswith("#")
            assert element.attributes["href"][1:] in names
        assert element.tag not in ("link", "img", "iframe", "object", "embed", "form", "base")
    ids = [each.attributes["id"] for each in everything(page) if "id" in each.attributes]
    assert len(ids) == len(set(ids))


def everything(element: Element) -> list[Element]:
    return [each for child in element.children for each in (child, *everything(child))]


@pytest.mark.parametrize("language", ["en", "both"])
def test_hostile_names_leave_the_structure_as_it_is(language: Shown) -> None:
    evil, plain = (read(write_html(report_of(design, language))) for design in (hostile(), harmless()))
    assert Counter(evil.paths()) == Counter(plain.paths())
    assert policy(evil) == policy(plain)
    text = evil.by_id("matrix").text
    for name in HOSTILE:
        assert name in text


def test_an_empty_design_gives_a_page_that_says_so() -> None:
    page = read(write_html(report_of(hostile().evolve(components=(), zones=(), notes=()))))
    assert "None." in page.by_id("matrix").text
    assert not [each for each in page.all("table") if each.attributes["id"] == "matrix-table"]


def tables_agree(seed: int) -> None:
    """Of a random design: every row of the matrix and of the allow-list stands in the page, in order."""
    report = report_of(random_design(random.Random(seed), shipped_catalog(), 14))
    page = read(write_html(report))
    columns = [column for column in COLUMNS if column.id != "change"]
    if report.rows:
        expected = [[column.cell(row, "en") for column in columns] for row in report.rows]
        assert rows(page.by_id("matrix-table")) == expected
    if report.allow_list:
        named = [column for column in ALLOW_COLUMNS if column.id != "change"]
        expected = [[column.cell(entry, "en") for column in named] for entry in report.allow_list]
        assert rows(page.by_id("urls-table")) == expected


@pytest.mark.parametrize("seed", range(20))
def test_tables_of_random_designs_agree(seed: int) -> None:
    tables_agree(seed)


@pytest.mark.soak
def test_tables_of_500_random_designs_agree() -> None:
    for seed in range(500):
        tables_agree(seed)

"""The SVG says what the PDF says at the same places, and nothing in a name becomes markup."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from exports.pictures.svg_file import write_svg
from model.design.columns import Shown
from model.picture.connectors import links
from tests.formats.pictures import (
    REPORTS,
    SVG,
    apart,
    harmless,
    hostile,
    numbers,
    page_image,
    pdf_characters,
    pdf_shapes,
    rendered,
    report_called,
    svg_placed,
    topology_page,
)
from tests.reports import HOSTILE, report_of

ELEMENTS = {f"{SVG}{name}" for name in ("svg", "title", "desc", "g", "rect", "path", "polygon", "text")}


def parsed(name: str, language: Shown = "en") -> ElementTree.Element:
    return ElementTree.fromstring(write_svg(report_called(name, language)))


@pytest.mark.parametrize("name", REPORTS)
def test_boxes_lines_and_texts_lie_where_the_pdf_has_them(name: str) -> None:
    placed = svg_placed(parsed(name))
    page = topology_page(name)
    shapes = pdf_shapes(page, placed)
    characters = pdf_characters(page, placed)
    assert placed.boxes
    assert placed.lines
    assert placed.texts
    for ours in (*placed.boxes, *placed.lines):
        assert any(all(abs(a - b) < 0.35 for a, b in zip(ours, theirs, strict=True)) for theirs in shapes), (
            ours
        )
    for text, left, base, right in placed.texts:
        line = [each for each in characters if abs(each[2] - base) < 0.35]
        assert any(each[0] == text[0] and abs(each[1] - left) < 0.35 for each in line), text
        assert any(each[0] == text[-1] and abs(each[3] - right) < 0.5 for each in line), text


@pytest.mark.parametrize("name", REPORTS)
def test_another_renderer_paints_what_the_pdf_shows(name: str, tmp_path: Path) -> None:
    svg = write_svg(report_called(name))
    painted = rendered(svg, tmp_path)
    root = ElementTree.fromstring(svg)
    placed = svg_placed(root)
    x, y, *_ = numbers(root.attrib["viewBox"])
    bottom = max(box[3] for box in placed.boxes)
    area = (x, y, x + painted.width, bottom)
    paper = page_image(name, placed, area)
    drawing = painted.crop((0, 0, painted.width, round(bottom - y)))
    assert apart(paper, drawing) < 2.0
    upside_down = drawing.rotate(180)
    assert apart(paper, upside_down) > 10.0, "the comparison must be able to fail"


@pytest.mark.parametrize("language", ["en", "ja", "both"])
def test_every_component_zone_and_connector_is_a_named_group(language: Shown) -> None:
    report = report_called("multi-vpc", language)
    root = parsed("multi-vpc", language)
    named = {
        group.attrib["data-subject"]: group.findtext(f"{SVG}title")
        for group in root.iter(f"{SVG}g")
        if group.get("role") == "img"
    }
    assert all(named.values())
    expected = {f"component:{each.id}" for each in report.design.components}
    expected |= {f"zone:{each.id}" for each in report.design.zones}
    expected |= {link.subject for link in links(report.graph)}
    assert set(named) == expected
    for component in report.design.components:
        assert str(named[f"component:{component.id}"]).startswith(component.name)
    assert root.findtext(f"{SVG}title") == report.title
    assert root.findtext(f"{SVG}desc")
    silent = [group for group in root.iter(f"{SVG}g") if group.get("role") != "img"]
    assert all(group.get("aria-hidden") == "true" for group in silent)


def test_quiet_purposes_are_left_out_and_the_picture_says_so() -> None:
    report = report_called("multi-vpc")
    root = parsed("multi-vpc")
    quiet = {purpose.id for purpose in report.catalog.purposes if purpose.quiet}
    only_quiet = {
        f"connector:{source}>{target}"
        for (source, target), flows in report.graph.by_pair.items()
        if {flow.basis.purpose for flow in flows} <= quiet
    }
    assert only_quiet
    assert not only_quiet & {group.attrib["data-subject"] for group in root.iter(f"{SVG}g")}
    assert "left out" in str(root.findtext(f"{SVG}desc"))


def test_names_are_text_whatever_they_hold() -> None:
    evil = ElementTree.fromstring(write_svg(report_of(hostile())))
    plain = ElementTree.fromstring(write_svg(report_of(harmless())))
    assert {element.tag for element in evil.iter()} == ELEMENTS
    subjects = [
        [(group.get("data-subject"), group.get("role")) for group in root.iter(f"{SVG}g")]
        for root in (evil, plain)
    ]
    assert subjects[0] == subjects[1]
    assert {name for each in evil.iter() for name in each.attrib} == {
        name for each in plain.iter() for name in each.attrib
    }
    texts = [each.text or "" for each in evil.iter(f"{SVG}text")]
    titles = [each.text or "" for each in evil.iter(f"{SVG}title")]
    for name in HOSTILE:
        assert any(name == text for text in texts), name
        assert any(title.startswith(name) for title in titles), name


def test_nothing_in_it_runs_or_leads_elsewhere() -> None:
    for report in (report_of(hostile()), report_called("compared", "both")):
        for element in ElementTree.fromstring(write_svg(report)).iter():
            assert element.tag in ELEMENTS
            assert not [name for name in element.attrib if name.lower().startswith("on") or "href" in name]
            assert not [value for value in element.attrib.values() if "url(" in value]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_changes_colours_and_nothing_else(theme: str) -> None:
    report = report_called("on-premises")
    paper = ElementTree.fromstring(write_svg(report))
    other = ElementTree.fromstring(write_svg(report, "light" if theme == "light" else "dark"))
    differing = set()
    for one, two in zip(paper.iter(), other.iter(), strict=True):
        assert (one.tag, one.text) == (two.tag, two.text)
        differing |= {name for name in one.attrib if one.attrib[name] != two.attrib.get(name)}
    assert (
        {"fill", "stroke"}
        <= differing
        <= {"fill", "stroke", "stroke-width", "stroke-dasharray", "d", "points"}
    )

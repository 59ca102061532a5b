"""Sections 3 and 4, the drawings: what differs is marked without colour, and large designs are drawn in parts."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf

from exports.choice import Choice
from exports.pdf import write_pdf
from exports.pdf.sections.delta import delta_picture
from exports.pdf.sections.numbers import numbered
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.split import areas_of
from exports.pdf.sections.topology import look_of
from exports.report import Report
from model.design.columns import Shown
from model.design.design import Design
from model.design.elements import Component, Zone
from model.picture.connectors import link_text, links
from model.shapes.primitives import Box, Group, Line
from tests.bench.toggle import large_design
from tests.designs import shipped_catalog
from tests.exports.pdf.reading import (
    report_called,
    squeezed,
    text_of,
)
from tests.reports import compared_report, report_of, sample


def test_no_two_purposes_have_the_same_line_in_black_and_white() -> None:
    printed = text_of(report_of(sample("on-premises")), 17)
    lines = ["solidlineManagement", "longdashesUpdates", "dashedlineReputation", "dottedlineLogging"]
    assert all(line in printed for line in (*lines, "finedotsDNSandNTP", "dash-dottedlineDirectory"))


def test_delta_shows_all_that_differs_and_marks_what_comes_and_goes() -> None:
    about = compared_report("en")
    assert about.comparison is not None
    parts = Parts(about)
    shown = delta_picture(about, about.comparison, parts)
    differing = {row.flow[:2] for row in about.rows if row.status != "unchanged"}
    wires = {(wire.link.source, wire.link.target): wire for wire in shown.wires}
    assert differing == {pair for pair, wire in wires.items() if wire.link.status != "unchanged"}
    marked = {
        item.subject: item.title
        for item in shown.drawing.items
        if isinstance(item, Group) and len(item.items) == 3 and isinstance(item.items[1], Box)
        if item.title[:1] in "+−"
    }
    before, after = about.comparison.before.design, about.design
    come = {f"component:{each.id}" for each in after.components if each.id not in before.component_by_id}
    go = {f"component:{each.id}" for each in before.components if each.id not in after.component_by_id}
    assert {subject for subject, title in marked.items() if title[0] == "+"} == come
    assert {subject for subject, title in marked.items() if title[0] == "−"} == go


def test_delta_can_be_told_apart_without_colour() -> None:
    about = compared_report("en")
    assert about.comparison is not None
    shown = delta_picture(about, about.comparison, Parts(about))
    status = {wire.link.subject: wire.link.status for wire in shown.wires}
    styles: dict[str, set[tuple[float, tuple[float, ...]]]] = {}
    for item in shown.drawing.items:
        if isinstance(item, Group) and item.subject in status:
            for line in item.items:
                if isinstance(line, Line):
                    styles.setdefault(status[item.subject], set()).add((line.width, line.dash))
    assert set(styles) == {"added", "removed", "changed", "unchanged"}
    assert len({style for found in styles.values() for style in found}) == 4


def test_labels_of_the_delta_carry_signs() -> None:
    about = compared_report("en")
    assert about.comparison is not None
    shown = delta_picture(about, about.comparison, Parts(about))
    signs = {"added": "+", "removed": "−", "changed": "+−~"}
    for wire in shown.wires:
        label = link_text(wire.link, about.comparison, look_of(about))
        assert bool(set(label) & set("+−~")) == (wire.link.status != "unchanged")
        assert not set(label) & set("+−~") - set(signs.get(wire.link.status, ""))


def large(language: Shown = "en") -> Report:
    return report_of(large_design(shipped_catalog(), 140), language)


def test_large_designs_have_an_overview_and_a_page_for_each_zone() -> None:
    about = large()
    areas = areas_of(about.design)
    opened = pypdf.PdfReader(io.BytesIO(write_pdf(replace(about, choice=Choice(frozenset({3}))))))
    texts = [squeezed(page.extract_text()) for page in opened.pages]
    for number, area in enumerate(areas, start=2):
        assert area.zone is not None
        assert f"{squeezed(area.zone.name)}{len(area.components)}components·→p.{number}" in texts[0]
        assert f"3Topology構成図·{squeezed(area.zone.name)}" in texts[number - 1]
        for name in area.components:
            assert squeezed(about.design.component_by_id[name].name) in texts[number - 1]
    leads = opened.pages[0].annotations
    assert leads is not None
    assert len(leads) == len(areas)
    assert "Connectorstootherpages" in texts[len(areas) + 1]
    quiet = sum(row.reason.catalog.purpose_by_id[row.flow.basis.purpose].quiet for row in about.rows)
    assert quiet > 200
    assert f"DNSandNTP({quiet}flows)areleftout" in texts[0], "a picture that leaves flows out says so"


def test_every_connector_that_leaves_a_page_is_in_the_table_of_references() -> None:
    about = large()
    home = {name: area for area in areas_of(about.design) for name in area.components}
    numbers = numbered(about.rows)
    leaving = {
        numbers[link.source, link.target]
        for link in links(about.graph)
        if home[link.source] is not home[link.target]
    }
    opened = pypdf.PdfReader(io.BytesIO(write_pdf(replace(about, choice=Choice(frozenset({3}))))))
    table = opened.pages[-1].extract_text()
    listed: set[int] = set()
    for word in table.replace("\n", " ").replace(",", " ").split():
        one, _, other = word.partition("–")
        if one.isdigit() and (not other or other.isdigit()):
            listed.update(range(int(one), int(other or one) + 1))
    assert leaving <= listed


def test_components_in_no_zone_have_a_page_of_their_own() -> None:
    design = Design(
        catalog=sample("single-vpc").catalog,
        zones=(
            Zone(id="out", name="Out", kind="vpc", frame=(0, 0, 100, 100)),
            Zone(id="in", name="In", kind="subnet", parent="out", frame=(0, 0, 50, 50)),
        ),
        components=(
            Component(id="a", kind="agent", name="A", zone="in"),
            Component(id="b", kind="dns-server", name="B"),
        ),
    )
    found = [(area.zone.id if area.zone else None, set(area.components)) for area in areas_of(design)]
    assert found == [("out", {"a"}), (None, {"b"})]


def test_the_note_below_the_picture_is_whole_in_one_language_before_the_other() -> None:
    printed = text_of(report_called("on-premises", "both"), 3)
    assert "leadstothematrix.DNSandNTP(12flows)" in printed
    assert "liststhem.矢印は待ち受け側を指し" in printed
    assert "一覧の番号です。DNSとNTP（12件）は図では省略し、通信要件一覧に記載しています。" in printed

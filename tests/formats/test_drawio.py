"""The draw.io file keeps draw.io's rules, holds the whole design, and every name in it is a label and nothing else."""

from __future__ import annotations

import base64
import random
import re
from collections import Counter
from itertools import pairwise
from math import hypot
from typing import Any
from xml.etree import ElementTree

import pytest

from exports.pictures.drawio_file import write_drawio
from exports.report import Report
from model.picture.connectors import link_text, links
from model.shapes.geometry import Point, Rect
from tests.designs import random_design, shipped_catalog
from tests.formats.pictures import REPORTS, harmless, hostile, report_called
from tests.reports import HOSTILE, report_of

STYLE = re.compile(r"([a-z]+;)?([A-Za-z]+=[^;=\"<>]+;)*(image=data:image/svg\+xml,[A-Za-z0-9+/]+=*;)?")


class Diagram:
    """A draw.io file, checked against the rules of its format as it is read."""

    def __init__(self, data: bytes) -> None:
        file = ElementTree.fromstring(data)
        assert file.tag == "mxfile"
        (page,) = file
        assert page.tag == "diagram"
        assert page.attrib["id"]
        (model,) = page
        assert model.tag == "mxGraphModel"
        self.model = model
        assert model.attrib["math"] == "0", "no label is a formula"
        (root,) = model
        assert root.tag == "root"
        self.name = page.attrib["name"]
        self.cells = {cell.attrib["id"]: cell for cell in root}
        assert len(self.cells) == len(root), "an id twice"
        first, layer, *rest = root
        assert first.attrib == {"id": "0"}
        assert layer.attrib == {"id": "1", "parent": "0"}
        seen = {"0", "1"}
        for cell in rest:
            self._check(cell, seen)
            seen.add(cell.attrib["id"])

    def _check(self, cell: ElementTree.Element, seen: set[str]) -> None:
        assert cell.tag == "mxCell"
        assert cell.attrib["parent"] in seen, "a parent comes before what it holds"
        assert ("vertex" in cell.attrib) != ("edge" in cell.attrib)
        assert STYLE.fullmatch(cell.attrib["style"]), cell.attrib["style"]
        assert "html=0;" in cell.attrib["style"]
        (geometry,) = cell
        assert geometry.tag == "mxGeometry"
        assert geometry.attrib["as"] == "geometry"
        if "vertex" in cell.attrib:
            assert float(geometry.attrib["width"]) > 0
            assert float(geometry.attrib["height"]) > 0
            assert not list(geometry)
            return
        assert cell.attrib["parent"] == "1", "waypoints are relative to the parent"
        assert geometry.attrib["relative"] == "1"
        assert -1 <= float(geometry.attrib["x"]) <= 1
        for end in ("source", "target"):
            assert self.cells[cell.attrib[end]].attrib.get("vertex") == "1"
            assert cell.attrib[end] in seen
        for part in geometry:
            assert (part.tag, part.attrib["as"]) in {("Array", "points"), ("mxPoint", "offset")}
            points = list(part) if part.tag == "Array" else [part]
            assert points
            for point in points:
                assert point.tag == "mxPoint"
                float(point.attrib["x"]), float(point.attrib["y"])

    def style(self, cell: str) -> dict[str, str]:
        """The entries of a cell's style."""
        entries = self.cells[cell].attrib["style"].rstrip(";").split(";")
        return {key: value for key, _, value in (entry.partition("=") for entry in entries)}

    def place(self, cell: str) -> Rect:
        """Where a vertex lies on the page."""
        geometry = self.cells[cell][0].attrib
        area = Rect(*(float(geometry[name]) for name in ("x", "y", "width", "height")))
        parent = self.cells[cell].attrib["parent"]
        if parent == "1":
            return area
        around = self.place(parent)
        return area.moved(around.x, around.y)

    def path(self, cell: str) -> list[Point]:
        """The points of an edge on the page."""
        edge, style = self.cells[cell], self.style(cell)
        ends = []
        for end, which in (("source", "exit"), ("target", "entry")):
            area = self.place(edge.attrib[end])
            x, y = float(style[f"{which}X"]), float(style[f"{which}Y"])
            assert min(x, 1 - x, y, 1 - y) == pytest.approx(0, abs=1e-4), "on the edge of the card"
            ends.append(Point(area.x + x * area.width, area.y + y * area.height))
        bends = [Point(float(p.attrib["x"]), float(p.attrib["y"])) for p in edge[0].iterfind("Array/mxPoint")]
        return [ends[0], *bends, ends[1]]

    def label(self, cell: str) -> Point:
        """The middle of an edge's label, as draw.io works it out."""
        geometry, points = self.cells[cell][0], self.path(cell)
        lengths = [hypot(b.x - a.x, b.y - a.y) for a, b in pairwise(points)]
        left = (float(geometry.attrib["x"]) / 2 + 0.5) * sum(lengths)
        at = points[-1]
        for (start, end), length in zip(pairwise(points), lengths, strict=True):
            if length and left <= length:
                share = left / length
                at = Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
                break
            left -= length
        offset = next(part for part in geometry if part.attrib["as"] == "offset").attrib
        return at.moved(float(offset["x"]), float(offset["y"]))


@pytest.fixture(scope="module", params=REPORTS)
def case(request: pytest.FixtureRequest) -> tuple[Report, Diagram]:
    report = report_called(request.param)
    return report, Diagram(write_drawio(report))


def test_everything_lies_on_the_page(case: tuple[Report, Diagram]) -> None:
    _, diagram = case
    model = diagram.model.attrib
    page = Rect(0, 0, float(model["pageWidth"]), float(model["pageHeight"]))
    for name, cell in diagram.cells.items():
        if "vertex" in cell.attrib:
            assert page.contains(diagram.place(name)), name


def test_zones_hold_what_lies_in_them(case: tuple[Report, Diagram]) -> None:
    report, diagram = case
    some: Any = report.design.zones[0].rect
    shift = diagram.place(f"zone-{report.design.zones[0].id}")
    dx, dy = shift.x - some.x, shift.y - some.y
    for zone in report.design.zones:
        cell = diagram.cells[f"zone-{zone.id}"]
        assert cell.attrib["parent"] == (f"zone-{zone.parent}" if zone.parent else "1")
        assert cell.attrib["value"].startswith(zone.name)
        assert diagram.style(f"zone-{zone.id}")["container"] == "1"
        assert diagram.place(f"zone-{zone.id}") == zone.rect.moved(dx, dy)
    for component in report.design.components:
        cell = diagram.cells[f"component-{component.id}"]
        assert cell.attrib["parent"] == (f"zone-{component.zone}" if component.zone else "1")
        assert cell.attrib["value"] == component.name
        place = diagram.place(f"component-{component.id}")
        assert (place.x, place.y) == (component.position[0] + dx, component.position[1] + dy)
    for zone in report.design.zones:
        if zone.firewall:
            assert diagram.cells[f"firewall-{zone.id}"].attrib["value"] == zone.firewall


def test_connectors_are_bound_bent_and_labelled_as_in_the_picture(case: tuple[Report, Diagram]) -> None:
    from exports.pictures.diagram import picture, theme_called

    report, diagram = case
    shown = picture(report, theme_called("paper"))
    corner = shown.drawing.bounds
    edges = {name: cell for name, cell in diagram.cells.items() if "edge" in cell.attrib}
    expected = links(report.graph, report.comparison)
    ends = Counter((cell.attrib["source"], cell.attrib["target"]) for cell in edges.values())
    assert ends == Counter((f"component-{each.source}", f"component-{each.target}") for each in expected)
    for wire in shown.wires:
        name = f"flow-{wire.link.source}>{wire.link.target}"
        assert edges[name].attrib["value"] == link_text(wire.link, report.comparison, shown.look)
        for ours, theirs in zip(diagram.path(name), wire.points, strict=True):
            assert ours.x == pytest.approx(theirs.x - corner.x, abs=0.05)
            assert ours.y == pytest.approx(theirs.y - corner.y, abs=0.05)
        label = diagram.label(name)
        assert label.x == pytest.approx(wire.label.center.x - corner.x, abs=0.1)
        assert label.y == pytest.approx(wire.label.center.y - corner.y, abs=0.1)


def test_every_component_shows_its_icon(case: tuple[Report, Diagram]) -> None:
    report, diagram = case
    for component in report.design.components:
        image = diagram.style(f"icon-{component.id}")["image"]
        svg = ElementTree.fromstring(base64.b64decode(image.partition(",")[2]))
        assert svg.tag == "{http://www.w3.org/2000/svg}svg"
        assert [element for element in svg if element.get("d")]


def test_hostile_names_are_labels() -> None:
    evil, plain = (Diagram(write_drawio(report_of(design))) for design in (hostile(), harmless()))
    assert list(evil.cells) == list(plain.cells)
    for name, cell in evil.cells.items():
        twin = plain.cells[name]
        assert list(cell.attrib) == list(twin.attrib)
        for key in set(cell.attrib) - {"value", "style"}:
            assert cell.attrib[key] == twin.attrib[key]
        assert [part.tag for part in cell] == [part.tag for part in twin]
        assert list(evil.style(name)) == list(plain.style(name)) if "style" in cell.attrib else True
    assert evil.name == hostile().title
    for component in hostile().components:
        assert evil.cells[f"component-{component.id}"].attrib["value"] == component.name
    assert evil.cells["note-note"].attrib["value"].split("\n") == list(HOSTILE)


@pytest.mark.parametrize("language", ["ja", "both"])
def test_other_languages_have_the_same_shapes(language: Any) -> None:
    english = Diagram(write_drawio(report_called("multi-vpc")))
    other = Diagram(write_drawio(report_called("multi-vpc", language)))
    assert list(english.cells) == list(other.cells)
    legend = next(cell for name, cell in other.cells.items() if name.startswith("legend-"))
    assert re.search("[ぁ-んァ-ヶ一-龠]", legend.attrib["value"])


def ends_agree(seed: int) -> None:
    """Of a random design: one bound connector for each pair with a flow that is not quiet, and every component."""
    report = report_of(random_design(random.Random(seed), shipped_catalog(), 14))
    diagram = Diagram(write_drawio(report))
    quiet = {purpose.id for purpose in report.catalog.purposes if purpose.quiet}
    pairs = {flow[:2] for flow in report.graph.network if flow.basis.purpose not in quiet}
    edges = [cell for cell in diagram.cells.values() if "edge" in cell.attrib]
    assert Counter((edge.attrib["source"], edge.attrib["target"]) for edge in edges) == Counter(
        (f"component-{source}", f"component-{target}") for source, target in pairs
    )
    for component in report.design.components:
        assert diagram.cells[f"component-{component.id}"].attrib["value"] == component.name


@pytest.mark.parametrize("seed", range(20))
def test_connectors_of_random_designs_agree_with_the_flows(seed: int) -> None:
    ends_agree(seed)


@pytest.mark.soak
def test_connectors_of_500_random_designs_agree_with_the_flows() -> None:
    for seed in range(500):
        ends_agree(seed)

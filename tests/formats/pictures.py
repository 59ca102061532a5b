"""Pictures read back with tools that had no part in making them, and what they are held against."""

from __future__ import annotations

import io
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any
from xml.etree import ElementTree

import pdfplumber
import pytest
from PIL import Image, ImageChops, ImageStat

import resources
from exports.pdf.pages.sheets import Page, Placed
from exports.pdf.pages.style import Paper
from exports.pdf.pages.write import write_pages
from exports.pictures.diagram import picture, theme_called
from exports.report import Report
from model.design.columns import Shown
from model.design.design import Design
from model.design.elements import Note
from model.editing import edits
from model.shapes.geometry import Point
from tests.reports import HOSTILE, SAMPLES, compared_report, hostile_design, report_of, sample

SVG = "{http://www.w3.org/2000/svg}"
REPORTS = (*SAMPLES, "compared")


@cache
def report_called(name: str, language: Shown = "en") -> Report:
    """A sample's report, or the one that compares."""
    return compared_report(language) if name == "compared" else report_of(sample(name), language)


@cache
def hostile() -> Design:
    """The hostile design with a hostile note, its components apart from each other."""
    design = hostile_design()
    places = {each.id: (n % 8 * 320, n // 8 * 160) for n, each in enumerate(design.components)}
    design = edits.move(design, places)
    return design.evolve(notes=(Note(id="note", text="\n".join(HOSTILE), frame=(0, 2000, 600, 600)),))


@cache
def harmless() -> Design:
    """The same design with a name of letters and digits for each of those names."""
    design = hostile()
    plain = {name: f"Name {n}" for n, name in enumerate(HOSTILE)}
    zones = tuple(zone.evolve(name=plain[zone.name], firewall=plain[zone.firewall]) for zone in design.zones)
    components = tuple(each.evolve(name=plain[each.name]) for each in design.components)
    note = design.notes[0].evolve(text="\n".join(plain.values()))
    document = design.document.evolve(change_number="CHG 1", author="Someone")
    return design.evolve(title="Plain", document=document, zones=zones, components=components, notes=(note,))


@dataclass(frozen=True)
class Contents:
    """What a picture holds: boxes and lines (left, top, right, bottom), texts (left, base, right), in scene pixels."""

    boxes: Sequence[tuple[float, ...]]
    lines: Sequence[tuple[float, ...]]
    texts: Sequence[tuple[str, float, float, float]]


def numbers(text: str) -> list[float]:
    """Every number in a text."""
    return [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", text)]


def svg_placed(root: ElementTree.Element) -> Contents:
    """What lies in an SVG's groups; its legend and background have none."""
    groups = root.findall(f"{SVG}g")
    boxes, lines, texts = [], [], []
    for element in (each for group in groups for each in group.iter()):
        if element.tag == f"{SVG}rect":
            x, y, width, height = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
            boxes.append((x, y, x + width, y + height))
        elif element.tag == f"{SVG}path" and "transform" not in element.attrib:
            found = numbers(element.attrib["d"])
            xs, ys = found[::2], found[1::2]
            lines.append((min(xs), min(ys), max(xs), max(ys)))
        elif element.tag == f"{SVG}text":
            length = float(element.attrib["textLength"])
            shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[element.attrib.get("text-anchor", "start")]
            left = float(element.attrib["x"]) - length * shift
            texts.append((element.text or "", left, float(element.attrib["y"]), left + length))
    return Contents(boxes, lines, texts)


@cache
def topology_page(name: str) -> Any:
    """The picture painted as in the PDF report, on a page of its own, opened by pdfplumber."""
    report = report_called(name)
    drawing = picture(report, theme_called("paper")).drawing
    scale, margin = 0.6, 50.0
    paper = Paper(drawing.bounds.width * scale + 2 * margin, drawing.bounds.height * scale + 2 * margin)
    placed = Placed(drawing, Point(margin, margin), scale)
    data = write_pages([Page(paper, [placed])], report)
    (page,) = pdfplumber.open(io.BytesIO(data)).pages
    return page


@dataclass(frozen=True)
class Fit:
    """From a page's points to scene pixels, found by laying the largest boxes of both upon each other."""

    scale: float
    x: float
    y: float

    def scene(self, x: float, y: float) -> tuple[float, float]:
        """A place on the page in the scene."""
        return x * self.scale + self.x, y * self.scale + self.y


def fit(page: Any, placed: Contents) -> Fit:
    """How the page's picture lies in the scene."""

    def area(box: tuple[float, ...]) -> float:
        return (box[2] - box[0]) * (box[3] - box[1])

    ours = max(placed.boxes, key=area)
    theirs = max((_box(each) for each in page.curves if each["fill"]), key=area)
    scale = (ours[2] - ours[0]) / (theirs[2] - theirs[0])
    return Fit(scale, ours[0] - theirs[0] * scale, ours[1] - theirs[1] * scale)


def _box(shape: dict[str, Any]) -> tuple[float, ...]:
    return shape["x0"], shape["top"], shape["x1"], shape["bottom"]


def pdf_shapes(page: Any, placed: Contents) -> list[tuple[float, ...]]:
    """Every curve, rectangle and line of the page in scene pixels."""
    to = fit(page, placed)
    shapes = [_box(each) for each in (*page.curves, *page.rects, *page.lines)]
    return [(*to.scene(*box[:2]), *to.scene(*box[2:])) for box in shapes]


def pdf_characters(page: Any, placed: Contents) -> list[tuple[str, float, float, float]]:
    """Every character of the page: text, left, baseline, right in scene pixels."""
    to = fit(page, placed)
    found = []
    for each in page.chars:
        left, base = to.scene(each["x0"], float(page.height) - each["matrix"][5])
        found.append((each["text"], left, base, to.scene(each["x1"], 0)[0]))
    return found


def page_image(name: str, placed: Contents, area: tuple[float, float, float, float]) -> Image.Image:
    """The part of the PDF's topology page that shows an area of the scene, at one pixel per scene pixel."""
    page = topology_page(name)
    to = fit(page, placed)
    whole: Image.Image = page.to_image(resolution=72 * to.scale * 2).original.convert("RGB")
    left, top, right, bottom = area
    box = (2 * (left - to.x), 2 * (top - to.y), 2 * (right - to.x), 2 * (bottom - to.y))
    one, two, three, four = map(round, box)
    part = whole.crop((one, two, three, four))
    return part.resize((round(right - left), round(bottom - top)), Image.Resampling.BOX)


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart on average, 0 to 255, seen from a distance at which letters blur."""
    blurred = [
        each.convert("L").resize((each.width // 6, each.height // 6), Image.Resampling.BOX)
        for each in (one, other)
    ]
    return ImageStat.Stat(ImageChops.difference(*blurred)).mean[0]


def with_bundled_fonts(folder: Path) -> dict[str, str]:
    """The environment in which programs that use fontconfig find the bundled fonts and no others."""
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{resources.path('fonts')}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return os.environ | {"FONTCONFIG_FILE": str(file)}


def rendered(svg: bytes, folder: Path) -> Image.Image:
    """An SVG painted by librsvg; skips the test where that is missing."""
    if which("rsvg-convert") is None:
        pytest.skip("rsvg-convert is missing (Debian: librsvg2-bin)")
    source, target = folder / "picture.svg", folder / "picture.png"
    source.write_bytes(svg)
    subprocess.run(
        ["rsvg-convert", str(source), "-o", str(target)],
        env=with_bundled_fonts(folder),
        check=True,
        capture_output=True,
    )
    return Image.open(target).convert("RGB")

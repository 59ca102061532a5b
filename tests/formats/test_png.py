"""The PNG shows what the PDF shows, sharp at every scale."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from exports.pictures.png_file import MOST_PIXELS, write_png
from exports.pictures.svg_file import write_svg
from model.editing import edits
from model.errors import ExportError
from tests.formats.pictures import (
    REPORTS,
    apart,
    harmless,
    hostile,
    numbers,
    page_image,
    report_called,
    svg_placed,
)
from tests.reports import report_of, sample


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("name", REPORTS)
def test_it_shows_what_the_pdf_shows(name: str) -> None:
    report = report_called(name)
    root = ElementTree.fromstring(write_svg(report))
    placed = svg_placed(root)
    x, y, width, height = numbers(root.attrib["viewBox"])
    image = opened(write_png(report, 1))
    assert abs(image.width - width) <= 1
    assert abs(image.height - height) <= 1
    bottom = max(box[3] for box in placed.boxes)
    paper = page_image(name, placed, (x, y, x + image.width, bottom))
    drawing = image.crop((0, 0, image.width, round(bottom - y)))
    assert apart(paper, drawing) < 2.0
    assert apart(paper, drawing.rotate(180)) > 10.0, "the comparison must be able to fail"


def test_every_scale_shows_the_same_and_says_its_resolution() -> None:
    report = report_called("multi-vpc", "ja")
    one, two, three = (opened(write_png(report, scale)) for scale in (1, 2, 3))
    for scale, image in ((1, one), (2, two), (3, three)):
        assert abs(image.width - one.width * scale) <= scale
        assert image.info["dpi"] == pytest.approx((96 * scale, 96 * scale), abs=0.1)
        assert image.info["Title"] == report.title
        assert apart(one, image.resize(one.size, Image.Resampling.BOX)) < 1.0


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_edges_are_smooth_and_flat_parts_are_flat(scale: int) -> None:
    """Corners and letters give shades between the colours; a zone's middle has none."""
    report = report_called("on-premises")
    image = opened(write_png(report, scale)).convert("RGB")
    counted = image.getcolors(image.width * image.height)
    assert counted is not None
    by_count = sorted((count for count, _ in counted), reverse=True)
    assert len(counted) > 200, "no shades: the edges are jagged"
    assert sum(by_count[:12]) > 0.9 * image.width * image.height


def test_hostile_names_are_painted_as_they_are() -> None:
    evil, plain = (opened(write_png(report_of(design), 0.5)) for design in (hostile(), harmless()))
    assert evil.getcolors(evil.width * evil.height) != plain.getcolors(plain.width * plain.height)
    assert evil.info["Title"] == hostile().title


def test_a_picture_too_large_is_refused_with_the_way_out() -> None:
    design = sample("single-vpc")
    first = design.components[0].id
    far = report_of(edits.move(design, {first: (90_000, 90_000)}))
    with pytest.raises(
        ExportError, match=rf"more than {MOST_PIXELS:,}; choose a smaller scale, or SVG or PDF"
    ):
        write_png(far)

"""The logo as pixels, and in the spreadsheet."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from PIL import Image

from exports.matrix.xlsx_file import write_xlsx
from exports.pictures.logo import logo_png
from model.design.profile import Logo, Profile, logo_of
from tests.outputs import SVG_LOGO, logos
from tests.reports import report_of, sample

RING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
    b'<path fill="#ff0000" fill-rule="%s" d="M0 0H100V100H0Z M25 25%sZ"/></svg>'
)
SAME_TURN, OTHER_TURN = b"H75V75H25", b"V75H75V25"


def pixels(logo: Logo, *box: float) -> Image.Image:
    return Image.open(io.BytesIO(logo_png(logo, *box))).convert("RGB")


@pytest.mark.parametrize(
    ("rule", "inner", "hole"),
    [(b"evenodd", SAME_TURN, True), (b"nonzero", SAME_TURN, False), (b"nonzero", OTHER_TURN, True)],
)
def test_holes_are_told_as_the_shape_says(rule: bytes, inner: bytes, hole: bool) -> None:
    image = pixels(logo_of(RING % (rule, inner)), 100, 100)
    middle, side = image.width // 2, image.width // 10
    assert image.getpixel((side, side)) == (255, 0, 0)
    assert image.getpixel((middle, middle)) == ((255, 255, 255) if hole else (255, 0, 0))


def test_a_logo_has_its_colours_where_its_shapes_are() -> None:
    image = pixels(logo_of(SVG_LOGO), 120, 40)
    assert image.size == (360, 120)
    place = {
        "white": (2, 2),
        "blue": (4 + 4, 4 + 20),
        "yellow": (66, 20),
        "frame": (88, 20),
        "inside": (101, 20),
    }
    found = {name: image.getpixel((x * 3, y * 3)) for name, (x, y) in place.items()}
    white = (255, 255, 255)
    assert found == {
        "white": white,
        "blue": (11, 63, 147),
        "yellow": (255, 194, 14),
        "frame": (200, 16, 46),
        "inside": white,
    }


@pytest.mark.parametrize("logo", logos(), ids=["png", "svg"])
def test_the_spreadsheet_shows_the_logo_in_its_proportions(logo: Logo) -> None:
    about = replace(report_of(sample("single-vpc")), profile=Profile(company="Example", logo=logo))
    data = write_xlsx(about)
    assert data == write_xlsx(about)
    book: Any = openpyxl.load_workbook(io.BytesIO(data))  # its types know no pictures
    counts = {sheet.title: len(sheet._images) for sheet in book.worksheets}
    assert counts == {title: int(title == "About") for title in book.sheetnames}
    image = book["About"]._images[0]
    assert image.width / image.height == pytest.approx(logo.aspect, rel=0.02)
    with Image.open(io.BytesIO(image._data())) as shown:
        colours = {colour for _, colour in shown.convert("RGB").getcolors(1 << 20) or ()}
    assert {(200, 16, 46), (11, 63, 147), (255, 255, 255)} <= colours
    assert all("&G" in sheet.oddHeader.right.text for sheet in book.worksheets)


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(book: zipfile.ZipFile, part: str, kind: str) -> dict[str, str]:
    """The parts that a part refers to, by the id of the reference."""
    folder, _, name = part.rpartition("/")
    found = ElementTree.fromstring(book.read(f"{folder}/_rels/{name}.rels"))
    there = {each.get("Id", ""): each for each in found if each.get("Type") == f"{OFFICE}/{kind}"}
    return {key: each.get("Target", "").replace("..", "xl", 1) for key, each in there.items()}


def test_the_header_of_every_printed_page_refers_to_the_logo() -> None:
    """Followed from part to part as ECMA-376 has it: LibreOffice, which leaves header pictures out, cannot tell."""
    about = replace(report_of(sample("single-vpc")), profile=Profile(logo=logos()[0]))
    book = zipfile.ZipFile(io.BytesIO(write_xlsx(about)))
    types = {
        each.get("Extension"): each.get("ContentType")
        for each in ElementTree.fromstring(book.read("[Content_Types].xml"))
    }
    assert types["png"] == "image/png"
    assert types["vml"] == "application/vnd.openxmlformats-officedocument.vmlDrawing"
    sheets = [name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    assert len(sheets) == 5
    for sheet in sheets:
        text = book.read(sheet).decode()
        (reference,) = re.findall(r'<legacyDrawingHF r:id="(\w+)"/>', text)
        drawing = related(book, sheet, "vmlDrawing")[reference]
        shape = book.read(drawing).decode()
        assert '<v:shape id="RH"' in shape, "the right part of the header"
        (picture,) = re.findall(r'<v:imagedata o:relid="(\w+)"', shape)
        with Image.open(io.BytesIO(book.read(related(book, drawing, "image")[picture]))) as image:
            assert image.format == "PNG"
        (height,) = map(float, re.findall(r"height:([\d.]+)pt", shape))
        top, header = (float(value) for value in re.findall(r' (?:top|header)="([\d.]+)"', text)[:2])
        assert header * 72 + height <= top * 72, "it ends above the table"

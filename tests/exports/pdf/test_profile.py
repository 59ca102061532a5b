"""What a report profile does to the report: company, logo, paper and approvers."""

import io
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pdfplumber
import pypdf
import pytest
from pikepdf import pdfa
from PIL import Image

from exports.choice import Choice
from exports.command.main import main
from exports.pdf import write_pdf
from exports.pdf.document import pages
from exports.pdf.pages.marks import Stamp
from exports.pdf.pages.sheets import Grid, Page
from exports.pdf.pages.style import A4, Paper, text_measure
from exports.pdf.pages.write import write_pages
from model.design.profile import Logo, Orientation, PaperSize, Profile, logo_of
from model.errors import ExportError
from model.shapes.geometry import Rect
from model.shapes.primitives import Text
from model.storage import dump
from tests.formats.pictures import apart, rendered
from tests.outputs import SVG_LOGO, logos
from tests.reports import report_of, sample

SHORT = Choice(frozenset({0, 1, 3, 5, 15}))


def pdf(profile: Profile) -> bytes:
    return write_pdf(replace(report_of(sample("single-vpc")), profile=profile, choice=SHORT))


def test_company_and_approvers_are_on_the_cover_and_the_company_on_every_page() -> None:
    opened = pypdf.PdfReader(
        io.BytesIO(pdf(Profile(company="例示株式会社", approvers=("CISO", "情報システム部長"))))
    )
    pages = [page.extract_text() for page in opened.pages]
    assert all("例示株式会社" in text for text in pages)
    assert "CISO" in pages[0]
    assert "情報システム部長" in pages[0]
    assert "Requester" not in pages[0]


@pytest.mark.parametrize(
    ("paper", "orientation", "text", "wide"),
    [
        ("a4", "landscape", (842, 595), (842, 595)),
        ("a4", "portrait", (595, 842), (842, 595)),
        ("a3", "landscape", (1191, 842), (1191, 842)),
        ("letter", "landscape", (792, 612), (792, 612)),
        ("letter", "portrait", (612, 792), (792, 612)),
    ],
)
def test_pages_have_the_paper_asked_for(
    paper: PaperSize, orientation: Orientation, text: tuple[int, int], wide: tuple[int, int]
) -> None:
    opened = pypdf.PdfReader(io.BytesIO(pdf(Profile(paper=paper, orientation=orientation))))
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in opened.pages]
    assert sizes[0] == sizes[1] == sizes[-1] == text
    matrix = opened.get_destination_page_number(opened.outline[3])  # type: ignore[arg-type] # no nested entries
    assert sizes[matrix or 0] == wide


@pytest.mark.parametrize("logo", logos(), ids=["png", "svg"])
def test_a_logo_is_drawn_inside_the_paper_and_the_file_is_still_archival(logo: Logo) -> None:
    data = pdf(Profile(logo=logo))
    assert list(pdfa.validate_written(io.BytesIO(data), "2b").findings) == []
    assert data == pdf(Profile(logo=logo))
    for page in pdfplumber.open(io.BytesIO(data)).pages:
        marks = page.images if logo.vector is None else [each for each in page.curves if each["top"] < 80]
        assert marks
        assert all(0 < each["x0"] < each["x1"] < page.width - 30 and each["top"] > 10 for each in marks)


HARD = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 120">'
    b'<path d="M10 60a40 25 30 1 1 60 20A30 30 0 0 0 20 90zM30 55q20-30 40 0t-15 20" fill="red" fill-rule="evenodd"/>'
    b'<g transform="rotate(20 130 60) skewX(10)"><rect x="100" y="20" width="50" height="60" rx="12" ry="6"/>'
    b'<ellipse cx="125" cy="50" rx="15" ry="22" fill="white" stroke="#0b3f93" stroke-width="5"/></g>'
    b'<polygon points="150,110 190,110 170,80" fill="#ffc20e"/><polyline points="5,5 60,20 110,8" fill="none"'
    b' stroke="black" stroke-width="4"/><path d="M60 110C80 80 90 120 110 95S140 100 150 90" fill="none" stroke="red"/>'
    b"</svg>"
)


@pytest.mark.parametrize("svg", [SVG_LOGO, HARD], ids=["plain", "hard"])
def test_an_svg_logo_looks_as_another_program_paints_it(svg: bytes, tmp_path: Path) -> None:
    logo = logo_of(svg)
    width, height = 480, round(480 / logo.aspect)
    sized = svg.replace(b"<svg ", f'<svg width="{width}" height="{height}" '.encode(), 1)
    theirs = Image.new("RGB", (width, height), "white")
    painted = rendered_on_white(sized, tmp_path)
    theirs.paste(painted)
    page = Page(Paper(width, height), [Stamp(Rect(0, 0, width, height), logo)])
    data = write_pages([page], report_of(sample("single-vpc")))
    ours = pdfplumber.open(io.BytesIO(data)).pages[0].to_image(resolution=72).original.convert("RGB")
    assert apart(ours, theirs) < 1.5
    assert apart(ours, theirs.rotate(180)) > 6, "the comparison must be able to fail"


def rendered_on_white(svg: bytes, folder: Path) -> Image.Image:
    head, _, rest = svg.partition(b">")
    return rendered(head + b'><rect x="-9" y="-9" width="999" height="999" fill="white"/>' + rest, folder)


def test_a_png_that_cannot_be_decoded_is_a_sentence() -> None:
    from tests.model.design.test_profile import png

    with pytest.raises(ExportError, match="The logo cannot be decoded"):
        pdf(Profile(logo=logo_of(png(8, 8))))


def test_the_command_takes_a_profile_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    design, profile, out = tmp_path / "a.portchart", tmp_path / "profile.json", tmp_path / "a.pdf"
    design.write_bytes(dump(sample("single-vpc").evolve(profile=Profile(company="Own"))))
    profile.write_text('{"company": "Other", "paper": "letter"}', encoding="utf-8")
    command = ["export", str(design), "--to", "pdf", "--sections", "0,1", "-o", str(out)]
    assert main(command) == 0
    assert "Own" in pypdf.PdfReader(out).pages[0].extract_text()
    assert main([*command, "--profile", str(profile)]) == 0
    page = pypdf.PdfReader(out).pages[0]
    assert "Other" in page.extract_text()
    assert round(page.mediabox.width) == 792
    assert main([*command, "--profile", str(tmp_path / "none.json")]) == 2
    assert "no such file" in capsys.readouterr().err


def test_without_a_profile_nothing_stands_at_the_head() -> None:
    opened = pdfplumber.open(io.BytesIO(pdf(Profile())))
    assert all(not [each for each in page.chars if each["top"] < 38] for page in opened.pages[1:])
    assert A4.top == 40


def extent(text: Text) -> tuple[float, float]:
    """From where to where a text goes."""
    width = text_measure().width(text.text, text.size, text.bold)
    left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    return left, left + width


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_no_text_of_the_decision_lies_over_another(orientation: Orientation) -> None:
    about = report_of(sample("multi-vpc"), "en")
    asked = replace(about, profile=Profile(orientation=orientation), choice=Choice(frozenset({1})))
    (page,) = pages(asked)
    texts = sorted((item for item in page.items if isinstance(item, Text)), key=lambda each: each.x)
    assert sum(text.text.startswith("design ") for text in texts) == 1
    assert sum(text.text.endswith(" · CHG-0043050 · rev 4") for text in texts) == 1
    for one, other in combinations(texts, 2):
        if abs(one.y - other.y) < 4:
            (start, end), (begin, close) = extent(one), extent(other)
            assert end <= begin or close <= start, (one.text, other.text)


def test_upright_pages_cut_neither_their_contents_nor_their_title() -> None:
    about = report_of(sample("multi-vpc"), "en")
    sections = Choice(frozenset({0, 1, 2, 7, 12, 16}))
    cover, *others = pages(replace(about, profile=Profile(orientation="portrait"), choice=sections))
    texts = [item for page in (cover, *others) for item in page.items if isinstance(item, Text)]
    assert not [each.text for each in texts if "…" in each.text]
    assert any(each.text == "2 Scope, baseline, features on and off 対象範囲・前提" for each in texts)
    assert (
        sum(
            each.text == "Shared platform: two VPCs behind one egress · CHG-0043050 · rev 4" for each in texts
        )
        == len(others) + 1
    )
    for page in (cover, *others):
        texts = [item for item in page.items if isinstance(item, Text)]
        for one, other in combinations(texts, 2):
            if abs(one.y - other.y) < 4:
                (start, end), (begin, close) = extent(one), extent(other)
                assert end <= begin or close <= start, (one.text, other.text)


def test_commands_are_tested_from_wide_pages_also_where_text_stands_upright() -> None:
    about = report_of(sample("multi-vpc"), "en")
    shown = pages(
        replace(about, profile=Profile(orientation="portrait"), choice=Choice(frozenset({11, 12, 13})))
    )
    papers = [page.paper for page in shown]
    assert papers[0].width < papers[0].height
    assert A4 in papers
    assert papers[-1].width < papers[-1].height
    cells = {
        line
        for page in shown
        for item in page.items
        if isinstance(item, Grid)
        for strip in item.strips
        for cell in strip.cells
        for line in cell
    }
    assert "nc -vz -w 5 xdr-resp-gw.workload.gov-us-1.cloudonegov.trendmicro.com 443" in cells

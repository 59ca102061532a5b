"""PDF/A-2b, as a validator that had no part in writing the file sees it; and a profile that others can read."""

import io

import pikepdf
import pytest
from pikepdf import pdfa
from PIL import ImageCms

from exports.pdf.pages.archive import Said, metadata_packet, srgb_profile
from model.design.columns import Shown
from tests.exports.pdf.reading import CASES, pdf_of, report_called


@pytest.mark.parametrize(
    ("name", "language"),
    [*CASES, ("multi-vpc", "en"), ("single-vpc", "both"), ("as-is", "both"), ("a3", "ja")],
)
def test_the_report_is_an_archive_file(name: str, language: Shown) -> None:
    written = pdfa.validate_written(io.BytesIO(pdf_of(name, language)), "2b")
    assert [str(finding) for finding in written.findings] == []


def test_a_file_that_is_none_is_noticed() -> None:
    with pikepdf.open(io.BytesIO(pdf_of("single-vpc", "en"))) as opened:
        del opened.Root.Metadata
        assert list(pdfa.check(opened, "2b").findings)


def test_metadata_repeat_what_the_file_says() -> None:
    report = report_called("multi-vpc", "en")
    with pikepdf.open(io.BytesIO(pdf_of("multi-vpc", "en"))) as opened:
        packet = opened.Root.Metadata.read_bytes().decode()
        assert str(opened.docinfo["/Title"]) == report.title
        assert str(opened.docinfo["/Author"]) == report.design.document.author
    for text in (report.title, report.design.document.author, report.design_hash, report.catalog_hash):
        assert text in packet


def test_markup_in_metadata_stays_text() -> None:
    packet = metadata_packet(Said("<b>&", "", "]]>", "", "", "")).decode()
    assert "<b>" not in packet
    assert "&lt;b&gt;&amp;" in packet
    assert "dc:creator" not in packet


def test_colours_come_through_the_profile_unchanged() -> None:
    """Another engine's sRGB and ours agree on every colour to within a rounding step."""
    from PIL import Image

    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    transform = ImageCms.buildTransform(ours, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    assert transform is not None
    steps = range(0, 256, 51)
    image = Image.new("RGB", (len(steps) ** 2, len(steps)))
    image.putdata([(red, green, blue) for red in steps for green in steps for blue in steps])
    through = ImageCms.applyTransform(image, transform)
    assert through is not None
    worst = max(abs(one - other) for one, other in zip(image.tobytes(), through.tobytes(), strict=True))
    assert worst <= 1

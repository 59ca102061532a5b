"""Report profiles and logos: what is taken, and the sentence for everything else."""

import base64
import re
import struct
import zlib
from pathlib import Path

import pytest
from pydantic import ValidationError

from model.design.profile import MAX_LOGO, Logo, Profile, logo_of
from model.errors import FileError
from model.shapes.vector import read_svg
from model.storage import dump
from model.storage.profiles import load_profile
from tests.outputs import SVG_LOGO, logos, png_logo
from tests.reports import sample

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'
)


def svg(inside: str) -> bytes:
    return f"{HEAD}{inside}</svg>".encode()


def test_both_sorts_of_logo_are_told_by_their_content() -> None:
    png, vector = logos()
    assert (png.media, vector.media) == ("image/png", "image/svg+xml")
    assert (png.bytes, vector.bytes) == (png_logo(), SVG_LOGO)
    assert png.aspect == 1.5
    assert vector.aspect == 3.0


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        ("<text>Co</text>", "turn it into outlines"),
        ('<image href="x.png"/>', "use PNG"),
        ('<use xlink:href="#a"/>', "expand it into shapes"),
        ("<script>alert(1)</script>", "a script; remove it"),
        ("<foreignObject/>", "foreign content"),
        ('<a xlink:href="http://evil.example"><rect width="1" height="1"/></a>', "outside itself"),
        ('<rect onclick="x()" width="1" height="1"/>', "runs a script"),
        ('<rect fill="url(#g)" width="1" height="1"/>', "refers to a gradient"),
        ('<rect style="fill:url(http://evil.example)" width="1" height="1"/>', "refers to a gradient"),
        ('<style>@import "x.css";</style><rect width="1" height="1"/>', "more than rules for classes"),
        ('<rect opacity=".5" width="1" height="1"/>', "transparent parts"),
        ('<rect fill="rebeccapurple" width="1" height="1"/>', "write colours as #rrggbb"),
        ('<rect width="10%" height="1"/>', "is not a length"),
        ('<path d="M0 0 L nowhere"/>', "cannot be read at"),
        ('<path d="L1 1"/>', "begins with a move"),
        ('<path d="M0 0 1e300 0"/>', "reaches too far"),
        ('<g transform="spin(3)"><rect width="1" height="1"/></g>', "cannot be read"),
        ("<g></g>", "shows nothing"),
        ("<g>" * 60 + '<rect width="1" height="1"/>' + "</g>" * 60, "nested too deeply"),
        ('<path d="M0 0' + "h1" * 20_001 + '"/>', "simplify it"),
        ("<rect", "no SVG that can be read"),
    ],
)
def test_what_is_more_than_shapes_in_plain_colours_is_refused(inside: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)) as refused:
        logo_of(svg(inside))
    assert "validation error" not in str(refused.value)


def test_entities_are_refused_and_a_plain_doctype_is_not() -> None:
    plain = (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    assert read_svg(plain + SVG_LOGO) == read_svg(SVG_LOGO)
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(ValueError, match="declares entities"):
        read_svg(bomb + SVG_LOGO)


def test_shapes_keep_place_size_and_colour() -> None:
    vector = read_svg(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 20 100 50"><g fill="red" transform="translate(10,20)">'
        b'<rect x="1" y="2" width="3" height="4"/><g transform="scale(2)">'
        b'<path d="m1 1 2 0v2z" fill="#0F0" stroke="rgb(0, 0, 255)" stroke-width="3"/></g></g></svg>'
    )
    assert (vector.size.width, vector.size.height) == (100, 50)
    rect, path = vector.shapes
    assert list(rect.path) == [("M", 1, 2), ("L", 4, 2), ("L", 4, 6), ("L", 1, 6), ("Z",)]
    assert (rect.fill, rect.stroke) == ("#ff0000", None)
    assert list(path.path) == [("M", 2, 2), ("L", 6, 2), ("L", 6, 6), ("Z",)]
    assert (path.fill, path.stroke, path.width) == ("#00ff00", "#0000ff", 6)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int) -> bytes:
    head = chunk(b"IHDR", struct.pack(">II", width, height) + b"\x08\x02\0\0\0")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (png_logo()[:-5], "cut off"),
        (png_logo()[:40] + b"?" + png_logo()[41:], "damaged"),
        (png(5_000, 10), "5,000 × 10 pixels"),
        (png(10, 0), "pixels"),
        (b"GIF89a", "neither a PNG nor an SVG"),
        (b"", "neither a PNG nor an SVG"),
        (b"<svg>" + b" " * MAX_LOGO, "more than 256"),
        (b"\x89PNG\r\n\x1a\n", "no PNG picture"),
    ],
)
def test_pictures_that_cannot_be_used_are_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        logo_of(data)


@pytest.mark.parametrize("data", ["no base 64!", base64.b64encode(b"GIF89a").decode()])
def test_a_design_with_another_picture_is_refused(data: str) -> None:
    with pytest.raises(ValidationError):
        Logo(media="image/png", data=data)


def test_a_profile_comes_from_a_file_of_its_own_or_from_a_design(tmp_path: Path) -> None:
    profile = Profile(company="Example", logo=logos()[1], paper="a3", approvers=("CAB",))
    own, design = tmp_path / "profile.json", tmp_path / "a.portchart"
    own.write_text(profile.model_dump_json(), encoding="utf-8")
    design.write_bytes(dump(sample("single-vpc").evolve(profile=profile)))
    assert load_profile(own) == profile
    assert load_profile(design) == profile


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[]", "one JSON object"),
        ('{"paper": "a5"}', "paper"),
        ('{"company": 3}', "company"),
        ('{"logo": {"media": "image/png", "data": "AAAA"}}', "no PNG picture"),
        ("{", "line 1"),
    ],
)
def test_a_file_that_is_no_profile_is_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "profile.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as refused:
        load_profile(file)
    assert sentence in str(refused.value)
    with pytest.raises(FileError, match="no such file"):
        load_profile(tmp_path / "none")

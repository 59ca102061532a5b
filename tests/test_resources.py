"""The accessor stays in its folder; fonts, table and icons fit each other and print."""

import io
import json
import re
from collections.abc import Mapping

import pypdf
import pytest
from fontTools.ttLib import TTFont as FontFile
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import resources
from model.shapes.icons import Icon, icons
from tools import build_fonts, build_icons

FONTS = ["fonts/NotoSansJP-Regular.ttf", "fonts/NotoSansJP-Bold.ttf"]


def test_path_and_text_reach_what_ships() -> None:
    assert resources.path(FONTS[0]).is_file()
    licence = resources.text("fonts/OFL.txt")
    assert licence.startswith("Copyright 2010-2020 Adobe")
    assert "\nCopyright 2014-2021 Adobe" in licence
    assert "ISC License" in resources.text("icons/LICENSE")


def test_names_lists_the_files_with_a_suffix_ready_to_open() -> None:
    assert resources.names("fonts", ".ttf") == tuple(sorted(FONTS))
    assert all(resources.path(name).is_file() for name in resources.names("icons", ""))
    assert resources.names(".", ".ttf") == ()


@pytest.mark.parametrize(
    "name", ["../model/text.py", "/etc/passwd", "fonts/../../pyproject.toml", "fonts\\x.ttf"]
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        resources.path(name)
    with pytest.raises(ValueError, match="leads out"):
        resources.text(name)


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"no-such\.json"):
        resources.text("no-such.json")


def test_the_table_of_advances_is_not_stale() -> None:
    expected = build_fonts.table(resources.path("fonts"))
    assert resources.text("fonts/widths.json") == expected, (
        "run tools/build_fonts.py and commit what it writes"
    )
    assert len(expected) < 8_192


@pytest.mark.parametrize("name", FONTS)
def test_the_fonts_hold_every_kanji_of_jis_x_0208_and_what_the_window_shows(name: str) -> None:
    jis = {
        bytes((row, cell)).decode("euc_jp", "ignore")
        for row in range(0xB0, 0xF5)
        for cell in range(0xA1, 0xFF)
    }
    shown = "→←↔⇒●○▲▼◆✓×·…‥–—−+±⚠■□①②€¥£「」・ーぁヴｱ髙﨑ÀÿōŪ"
    with FontFile(resources.path(name)) as font:
        assert not {ord(character) for character in [*jis, *shown] if character} - set(font.getBestCmap())
        assert not {"GPOS", "GSUB", "kern", "fpgm", "CFF "} & set(font.keys())


@pytest.mark.parametrize("name", FONTS)
def test_signs_between_latin_letters_are_no_wider_than_those_and_on_their_line(name: str) -> None:
    with FontFile(resources.path(name)) as font:
        glyph, wide = font.getBestCmap(), font["hmtx"]
        assert wide[glyph[ord("×")]][0] <= wide[glyph[ord("0")]][0] * 1.1
        dots, dot = font["glyf"][glyph[ord("…")]], font["glyf"][glyph[ord(".")]]
        assert abs(dots.yMin - dot.yMin) <= 5
        assert dots.yMax <= dot.yMax + 60
        assert font["glyf"][glyph[ord("⋯")]].yMin > dot.yMax


@pytest.mark.parametrize("name", FONTS)
def test_text_set_in_the_fonts_can_be_copied_from_a_pdf(name: str) -> None:
    sample = "Relay 中継サーバー 4122/TCP → 髙橋 ✓"
    pdfmetrics.registerFont(TTFont(name, str(resources.path(name))))
    paper = io.BytesIO()
    canvas = Canvas(paper)
    canvas.setFont(name, 12)
    canvas.drawString(72, 720, sample)
    canvas.save()
    assert pypdf.PdfReader(paper).pages[0].extract_text().strip() == sample


@pytest.fixture(scope="module")
def drawn() -> Mapping[str, Icon]:
    return icons(resources.text("icons/icons.json"))


def test_the_icons_are_those_the_build_lists(drawn: Mapping[str, Icon]) -> None:
    assert set(drawn) == set(build_icons.COMPONENTS) | set(build_icons.ACTIONS)
    assert not set(build_icons.COMPONENTS) & set(build_icons.ACTIONS)
    assert len(set(build_icons.COMPONENTS.values())) == len(build_icons.COMPONENTS)


def test_each_icon_starts_its_outlines_and_stays_in_its_square(drawn: Mapping[str, Icon]) -> None:
    for name, icon in drawn.items():
        assert icon.paths, name
        for path in icon.paths:
            assert [segment[0] for segment in path].index("M") == 0, name
            assert len(path) > 1, name
            assert all(-1 <= number <= icon.size + 1 for segment in path for number in segment[1:]), name


def test_shapes_become_lines_and_cubic_curves() -> None:
    head = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke-width="2">'
    circle, curve, line = build_icons.outlines(
        head
        + b'<circle cx="12" cy="12" r="4"/><path d="M0 0Q3 6 6 0"/><line x1="1" x2="5" y1="2" y2="2"/></svg>'
    )
    assert {segment[0] for segment in circle} == {"M", "C"}
    on_circle = [(float(str(s[-2])) - 12) ** 2 + (float(str(s[-1])) - 12) ** 2 for s in circle]
    assert on_circle == pytest.approx([16] * len(circle), abs=0.01)
    assert curve == [["M", 0, 0], ["C", 2, 4, 4, 4, 6, 0]]
    assert line == [["M", 1, 2], ["L", 5, 2]]
    with pytest.raises(ValueError, match="filled"):
        build_icons.outlines(head + b'<circle cx="1" cy="1" r="1" fill="red"/></svg>')


def test_an_unknown_segment_is_refused_by_name() -> None:
    data = json.dumps({"relay": {"size": 24, "stroke": 2, "paths": [[["M", 0, 0], ["Q", 1, 1, 2, 2]]]}})
    with pytest.raises(ValueError, match=re.escape("'relay'")):
        icons(data)["relay"]


@pytest.mark.parametrize("name", FONTS)
def test_the_fonts_have_every_letter_of_european_names(name: str) -> None:
    with FontFile(resources.path(name)) as font:
        known = font.getBestCmap()
        advances = font["hmtx"].metrics
        assert [chr(code) for code in (*range(0x100, 0x180), *range(0x218, 0x21C)) if code not in known] == []
        for accented, plain in zip("ŠčŻěőşŽů", "ScZeosZu", strict=True):
            letter, base = advances[known[ord(accented)]][0], advances[known[ord(plain)]][0]
            assert abs(letter - base) <= 10, "of one hand: as wide as the letter without its accent"

"""The bundled fonts as the report reads them: as reportlab's own classes do."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

import resources
from exports.pdf.pages.face import Face, Font
from exports.pdf.pages.fonts import BOLD, REGULAR


@pytest.mark.parametrize("name", [REGULAR, BOLD])
def test_what_is_looked_up_in_a_font_is_what_reportlab_reads(name: str) -> None:
    path = str(resources.path(f"fonts/{name}.ttf"))
    ours, theirs = Face(path), TTFontFace(path)
    everything = range(0x1_1000)
    assert {
        each: ours.charToGlyph[each] for each in everything if each in ours.charToGlyph
    } == theirs.charToGlyph
    for each in (*theirs.charWidths, 0xE000, 0x10FFFF):
        assert ours.getCharWidth(each) == theirs.charWidths.get(each, theirs.defaultWidth)
    assert ours.hmetrics == theirs.hmetrics
    assert list(ours.glyphPos) == theirs.glyphPos
    assert (ours.name, ours.bbox, ours.ascent, ours.descent, ours.capHeight, ours.stemV, ours.flags) == (
        theirs.name, theirs.bbox, theirs.ascent, theirs.descent, theirs.capHeight, theirs.stemV, theirs.flags
    )  # fmt: skip
    assert ours.makeSubset([0, 0x20, 0x41, 0x3042, 0xA0]) == theirs.makeSubset([0, 0x20, 0x41, 0x3042, 0xA0])


@pytest.mark.parametrize("name", [REGULAR, BOLD])
@pytest.mark.parametrize("text", ["", "Relay 中継 4122/TCP → 髙橋 ✓", "ไทย 😀", "中継".encode()])
def test_texts_are_as_wide_as_reportlab_says(text: str | bytes, name: str) -> None:
    path = resources.path(f"fonts/{name}.ttf")
    theirs = TTFont(f"{name}, read by reportlab", str(path))
    assert Font(name, path).stringWidth(text, 10.5) == pytest.approx(theirs.stringWidth(text, 10.5))

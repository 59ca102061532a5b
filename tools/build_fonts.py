"""Builds resources/fonts: the two subset fonts, their licence, and the table of advances the model uses.

Run it only to change the characters or the font's version, then commit what it wrote:

    npm pack @expo-google-fonts/noto-sans-jp@0.4.3
    npm pack @expo-google-fonts/source-sans-3@0.4.1
    for each in noto-sans-jp-0.4.3 source-sans-3-0.4.1; do
      mkdir $each; tar xf expo-google-fonts-$each.tgz -C $each --strip-components 1
    done
    python -m tools.build_fonts noto-sans-jp-0.4.3 source-sans-3-0.4.1

Noto Sans JP took its Latin letters from Source Sans, enlarged, but left most accented ones out; they are fetched there,
enlarged by as much, so that names such as Łódź or Škoda are written in one hand.

Needs fonttools. The same input gives the same bytes.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
SOURCES = {
    "regular": ("400Regular/NotoSansJP_400Regular.ttf", "NotoSansJP-Regular.ttf"),
    "bold": ("700Bold/NotoSansJP_700Bold.ttf", "NotoSansJP-Bold.ttf"),
}
LATIN = {
    "regular": "400Regular/SourceSans3_400Regular.ttf",
    "bold": "700Bold/SourceSans3_700Bold.ttf",
}
"""Where letters are found that the sources above lack."""
PROPORTIONAL = (0x00D7, 0x2026)
"""Signs that are as wide as a kanji and at its middle in the sources above, which parts ×40 and lifts … off the line in
English; those of the Latin font read well in both languages."""

BLOCKS = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x017F),  # Latin-1 Supplement, Latin Extended-A
    (0x0218, 0x021B),  # Romanian letters with a comma
    (0x2010, 0x205E),  # General Punctuation
    (0x2070, 0x209C),  # superscripts, subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letterlike: numero, trade mark
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2300, 0x23FF),  # technical
    (0x2460, 0x2473),  # circled numbers 1 to 20
    (0x2500, 0x25FF),  # box drawing, blocks, geometric shapes
    (0x2600, 0x26FF),  # stars, warning sign
    (0x2700, 0x27BF),  # check mark
    (0x3000, 0x30FF),  # Japanese punctuation, kana
    (0xFF00, 0xFFEF),  # full-width and half-width forms
)


def characters() -> frozenset[int]:
    """The code points wanted in the fonts: `BLOCKS`, JIS X 0208, and the kanji Windows adds to it.

    The Windows additions (about 400) are met daily in personal names, which a title block must print.
    """
    blocks = {code for first, last in BLOCKS for code in range(first, last + 1)}
    return frozenset(
        blocks.union(_two_byte("euc_jp", range(0xA1, 0xFF)), _two_byte("cp932", range(0x40, 0xFD)))
    )


def subset(source: Path, target: Path) -> None:
    """Write to `target` the font `source` with the wanted characters only.

    Hinting and layout tables go: without kerning and ligatures a text is as wide as the sum of its advances,
    on screen, on paper and in the table alike.
    """
    options = Options(
        hinting=False,
        layout_features=[],
        drop_tables=[*Options().drop_tables, "GPOS", "GSUB", "GDEF", "BASE", "STAT", "vhea", "vmtx"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    with TTFont(source, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=characters())
        subsetter.subset(font)
        font.save(target)


def complete(target: Path, source: Path) -> None:
    """Take into the font `target`, at the size of its own, the letters of `source` up to U+021B that it lacks, and the
    signs that are proportional there."""
    with TTFont(target, recalcTimestamp=False) as font, TTFont(source) as latin:
        known, found = font.getBestCmap(), latin.getBestCmap()
        lacking = (code for code in characters() if code <= 0x021B and code in found and code not in known)
        enlarged = _height(font) / _height(latin)
        glyphs = latin.getGlyphSet()
        for code in (*sorted(lacking), *PROPORTIONAL):
            name = f"uni{code:04X}"
            pen = TTGlyphPen(None)
            glyphs[found[code]].draw(
                DecomposingFilterPen(TransformPen(pen, (enlarged, 0, 0, enlarged, 0, 0)), glyphs)
            )
            font["glyf"][name] = pen.glyph(dropImpliedOnCurves=False)
            font["hmtx"][name] = (
                round(latin["hmtx"][found[code]][0] * enlarged),
                round(latin["hmtx"][found[code]][1] * enlarged),
            )
            for each in font["cmap"].tables:
                if each.isUnicode():
                    each.cmap[code] = name
        font.save(target)


def _height(font: TTFont) -> float:
    """How high the letter x is, in units of its em."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord("x")]].draw(pen)
    return float(pen.bounds[3] / font["head"].unitsPerEm)


def table(folder: Path) -> str:
    """The table of advances, as JSON text, of the two fonts in `folder`; `model.shapes.text.measure` reads it.

    Per weight: `fallback`, the advance of the glyph for a missing character, and `runs`, a flat list of
    (gap since the end of the run before, length, advance). A character in no run is as wide as the fallback,
    so kanji, which all are, take no room here. Everything is in font units.
    """
    document: dict[str, object] = {}
    for weight, (_, name) in SOURCES.items():
        with TTFont(folder / name) as font:
            head, hhea, advances = font["head"], font["hhea"], font["hmtx"].metrics
            fallback = advances[".notdef"][0]
            widths = {code: advances[glyph][0] for code, glyph in font.getBestCmap().items()}
            metrics = {"units_per_em": head.unitsPerEm, "ascent": hhea.ascent, "descent": -hhea.descent}
        if document.setdefault("metrics", metrics) != metrics:
            raise ValueError(f"{name} has other vertical metrics than the regular font: {metrics}")
        document[weight] = {"fallback": fallback, "runs": list(_runs(widths, fallback))}
    return json.dumps(document, separators=(",", ":"), sort_keys=True) + "\n"


def _two_byte(codec: str, trail: range) -> Iterator[int]:
    """The code points that `codec` writes in two bytes."""
    for pair in (bytes((lead, second)) for lead in range(0x81, 0xFF) for second in trail):
        decoded = pair.decode(codec, errors="ignore")
        private = "\ue000" <= decoded <= "\uf8ff"
        if len(decoded) == 1 and len(decoded.encode(codec)) == 2 and not private:
            yield ord(decoded)


def _runs(widths: dict[int, int], fallback: int) -> Iterator[int]:
    end = 0
    start, length, advance = 0, 0, 0
    for code in sorted(code for code, width in widths.items() if width != fallback):
        if length and code == start + length and widths[code] == advance:
            length += 1
            continue
        if length:
            yield from (start - end, length, advance)
            end = start + length
        start, length, advance = code, 1, widths[code]
    if length:
        yield from (start - end, length, advance)


def main(package: Path, latin: Path) -> None:
    """Build everything from the unpacked npm packages."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for weight, (source, target) in SOURCES.items():
        subset(package / source, FONTS / target)
        complete(FONTS / target, latin / LATIN[weight])
    notice = (latin / "LICENSE_FONT").read_text(encoding="utf-8").partition("\n")[0]
    licence = (package / "LICENSE_FONT").read_text(encoding="utf-8")
    (FONTS / "OFL.txt").write_text(f"{notice}\n{licence}", encoding="utf-8")
    (FONTS / "widths.json").write_text(table(FONTS), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("Usage: python -m tools.build_fonts FOLDER_OF_NOTO_SANS_JP FOLDER_OF_SOURCE_SANS_3")
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""The bundled fonts for reportlab, which finds in them what a report asks for.

reportlab's own classes read each of a font's thousands of characters beforehand, which took a tenth of the time of a
report. A test holds what is found here to what they read, so fonts built in another way are noticed.
"""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path
from struct import unpack, unpack_from
from typing import Literal
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace

_SPACE, _FIRM_SPACE = 0x20, 0xA0


class Font(TTFont):
    """A font under the name that pages call it by."""

    def __init__(self, name: str, path: Path) -> None:
        self.fontName = name
        self.face = Face(str(path))
        self.encoding = TTEncoding()
        self.state = WeakKeyDictionary()
        self._asciiReadable = rl_config.ttfAsciiReadable
        self.shapable = False

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf8") -> float:
        """The width of a text in points. reportlab's own asks a table of every character's width."""
        characters = text.decode(encoding) if isinstance(text, bytes) else text
        width: float = 0.001 * size * sum(map(self.face.getCharWidth, map(ord, characters)))
        return width


class Face(TTFontFace):
    """A font with long offsets whose every glyph has a width of its own."""

    def extractInfo(self, charInfo: bool | Literal[0, 1] = 1) -> None:
        """Read names and measures as ever, and the tables of glyphs as wholes."""
        super().extractInfo(charInfo=0)
        self.charToGlyph = _Glyphs(self._table("cmap"))
        metrics = self._numbers("hmtx", "H")
        self.hmetrics = list(zip(metrics[::2], metrics[1::2], strict=True))
        self.defaultWidth = metrics[0]
        self.glyphPos = self._numbers("loca", "L")

    def getCharWidth(self, code: int) -> int:
        """The advance of a character; of one that the font lacks that of its empty box."""
        width: int = (
            self.hmetrics[self.charToGlyph[code]][0] if code in self.charToGlyph else self.defaultWidth
        )
        return width

    def _table(self, tag: str) -> bytes:
        return self.get_chunk(*self.get_table_pos(tag))

    def _numbers(self, tag: str, kind: Literal["H", "L"]) -> tuple[int, ...]:
        """All of a table of unsigned numbers, of two bytes (H) or four (L) each."""
        data = self._table(tag)
        return unpack(f">{len(data) // (2 if kind == 'H' else 4)}{kind}", data)


class _Glyphs(dict[int, int]):
    """The glyph of each character, looked up once it is asked for in the last of a font's tables, in segments."""

    def __init__(self, tables: bytes) -> None:
        (count,) = unpack_from(">H", tables, 2)
        (start,) = unpack_from(">L", tables, 8 * count)
        length, _, twice = unpack_from(">HHH", tables, start + 2)
        numbers = unpack_from(f">{(length - 14) // 2}H", tables, start + 14)
        segments = twice // 2
        self._lasts, rest = numbers[:segments], numbers[segments + 1 :]
        self._firsts, self._steps, self._places = rest[:segments], rest[segments:], rest[2 * segments :]
        self[_FIRM_SPACE] = self[_SPACE]

    def __contains__(self, character: object) -> bool:
        try:
            return isinstance(character, int) and self[character] >= 0
        except KeyError:
            return False

    def __missing__(self, character: int) -> int:
        at = bisect_left(self._lasts, character)
        if at == len(self._lasts) or character < self._firsts[at]:
            raise KeyError(character)
        glyph = character
        if self._places[at]:  # how far from here to the segment's glyphs, in bytes
            glyph = self._places[at + self._places[at] // 2 + character - self._firsts[at]]
        found = self[character] = (glyph + self._steps[at]) & 0xFFFF if glyph else 0
        return found

"""How wide a text is: one measure for screen, paper and layout, in the fonts that ship with the program.

It sums advances from a table that `tools/build_fonts.py` writes from those fonts, which have neither kerning
nor ligatures, so Qt and reportlab arrive at the same widths. Sizes and results share one unit, whichever the
caller uses (points, pixels).
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from model.shapes.phrases import phrases

ELLIPSIS = "…"

# Kinsoku, the part every Japanese reader misses at once: characters that may not begin or end a line.
# A non-breaking space may do neither.
_NO_START = frozenset(
    "、。，．・：；？！ー々〻ゝゞヽヾ〜～…‥・―–‐’”）〕］｝〉》」』】〙〗"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ゛゜｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ"
    ")]},.:;?!%\u00a0"
)
_NO_END = frozenset("（〔［｛〈《「『【〘〖‘“｢([{￥＄£\u00a0")
_SPACES = " \t\u3000"
_SOFT_BREAKS = ".-/_@:"  # where a name too long for a line, such as an FQDN or a URL, is best parted
_ENGLISH_BREAK = re.compile(
    rf"(?<=[ \t])(?=[^ \t{re.escape(''.join(sorted(filter(str.isascii, _NO_START))))}])"
)
_REMEMBERED = 16_384


@dataclass(frozen=True, eq=False)
class TextMeasure:
    """Measures, elides and wraps text; build it with `measure`. Safe to share between threads.

    `units_per_em`, `rise` and `drop` (above and below the baseline) are in font units;
    `regular` and `bold` give the advance of a text in font units.
    """

    units_per_em: int
    rise: int
    drop: int
    regular: Callable[[str], int]
    bold: Callable[[str], int]

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """The width of `text` on one line; a character that the fonts lack is as wide as their empty box."""
        return self._scaled((self.bold if bold else self.regular)(text), size)

    def line_height(self, size: float) -> float:
        """The distance between the baselines of two lines."""
        return self._scaled(self.rise + self.drop, size)

    def ascent(self, size: float) -> float:
        """The distance from the top of a line down to its baseline."""
        return self._scaled(self.rise, size)

    def elide(self, text: str, size: float, max_width: float, bold: bool = False) -> str:
        """`text` if it fits in `max_width`, else as much of its beginning as fits with … after it.

        Empty when not even the … fits.
        """
        if self.width(text, size, bold) <= max_width:
            return text
        clusters = _clusters(text)
        kept = self._fitting([ELLIPSIS, *clusters], size, max_width, bold)
        return "".join(clusters[: kept - 1]).rstrip() + ELLIPSIS if kept else ""

    def wrap(self, text: str, size: float, max_width: float, bold: bool = False) -> tuple[str, ...]:
        """`text` in lines no wider than `max_width`, except that a single character always gets a line.

        Line breaks in `text` are kept. Others fall at spaces, which then vanish, and between Japanese
        characters, between phrases where that takes no more lines; inside a word only when it alone is too
        wide, and then preferably after one of . - / _ @ :
        """
        if "\n" not in text and "\r" not in text:  # by far the most frequent: one line that fits as it is
            bare = text.rstrip(_SPACES)
            if self.width(bare, size, bold) <= max_width:
                return (bare,)
        paragraphs = re.split(r"\r\n|\r|\n", text)
        return tuple(line for each in paragraphs for line in self._lines(each, size, max_width, bold))

    def _lines(self, paragraph: str, size: float, max_width: float, bold: bool) -> list[str]:
        smallest = list(pieces(paragraph))
        filled = self._filled(smallest, size, max_width, bold)
        if len(filled) == 1 or paragraph.isascii():
            return filled
        readable = self._filled(self._together(smallest, size, max_width, bold), size, max_width, bold)
        return readable if len(readable) == len(filled) else filled

    def _together(self, smallest: Iterable[str], size: float, max_width: float, bold: bool) -> Iterator[str]:
        """The pieces put together to phrases; a phrase that no line could hold stays in its pieces."""
        units = self.bold if bold else self.regular
        for phrase in phrases(smallest):
            if self._scaled(units(phrase.rstrip(_SPACES)), size) <= max_width:
                yield phrase
            else:
                yield from pieces(phrase)

    def _filled(self, pieces: Iterable[str], size: float, max_width: float, bold: bool) -> list[str]:
        """The lines that pieces fill one after the other."""
        units = self.bold if bold else self.regular
        lines: list[str] = []
        line, used = "", 0
        for piece in pieces:
            if self._scaled(used + units(piece.rstrip(_SPACES)), size) <= max_width:
                line, used = line + piece, used + units(piece)
                continue
            lines.append(line)
            *full, line = self._parted(piece, size, max_width, bold)
            lines.extend(full)
            used = units(line)
        lines.append(line)
        return [trimmed for each in lines if (trimmed := each.rstrip(_SPACES))] or [""]

    def _parted(self, word: str, size: float, max_width: float, bold: bool) -> Iterator[str]:
        """`word` in parts of which each fits in `max_width` or is a single character."""
        body = word.rstrip(_SPACES)
        clusters = _clusters(body)
        while (fitting := self._fitting(clusters, size, max_width, bold)) < len(clusters):
            cut = _cut(clusters, fitting)
            yield "".join(clusters[:cut])
            clusters = clusters[cut:]
        yield "".join(clusters) + word[len(body) :]

    def _fitting(self, clusters: list[str], size: float, max_width: float, bold: bool) -> int:
        """How many of `clusters`, from the first, fit in `max_width`."""
        units = self.bold if bold else self.regular
        total = 0
        for count, cluster in enumerate(clusters):
            total += units(cluster)
            if not self._scaled(total, size) <= max_width:
                return count
        return len(clusters)

    def _scaled(self, units: int, size: float) -> float:
        return units * size / self.units_per_em


def measure(data: str) -> TextMeasure:
    """The measure for the table in `data`, the text of `fonts/widths.json`."""
    table = json.loads(data)
    metrics = table["metrics"]
    return TextMeasure(
        units_per_em=metrics["units_per_em"],
        rise=metrics["ascent"],
        drop=metrics["descent"],
        regular=_advance(table["regular"]["runs"], table["regular"]["fallback"]),
        bold=_advance(table["bold"]["runs"], table["bold"]["fallback"]),
    )


def _advance(runs: list[int], fallback: int) -> Callable[[str], int]:
    """A function from text to its advance in font units, which remembers the latest answers.

    `runs` is flat: (gap since the end of the run before, length, advance of each of its characters).
    """
    advances = _Advances(fallback)
    code = 0
    for gap, length, advance in zip(runs[::3], runs[1::3], runs[2::3], strict=True):
        code += gap
        advances.update((chr(each), advance) for each in range(code, code + length))
        code += length

    looked_up = advances.__getitem__

    @lru_cache(_REMEMBERED)
    def units(text: str) -> int:
        return sum(map(looked_up, text))

    return units


class _Advances(dict[str, int]):
    """The advance of every character; what the font lacks has that of the empty box, `fallback`."""

    def __init__(self, fallback: int) -> None:
        self._fallback = fallback

    def __missing__(self, character: str) -> int:
        return self._fallback


def _clusters(text: str) -> list[str]:
    """`text` in its smallest pieces: characters, each with the marks that combine with it."""
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.category(character) in ("Mn", "Me"):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def pieces(text: str) -> Iterator[str]:
    """`text` in the smallest pieces between which a line may end; spaces stay with the piece before them."""
    if text.isascii():  # the same, faster
        yield from filter(None, _ENGLISH_BREAK.split(text))
        return
    piece = ""
    for cluster in _clusters(text):
        if piece and _may_part(piece[-1], cluster[0]):
            yield piece
            piece = ""
        piece += cluster
    if piece:
        yield piece


def _may_part(before: str, after: str) -> bool:
    if after in _SPACES or after in _NO_START or before in _NO_END:
        return False
    return before in _SPACES or _is_japanese(before) or _is_japanese(after)


def _is_japanese(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFH"


def _cut(clusters: list[str], fitting: int) -> int:
    """How many of `clusters` to keep on a line where `fitting` fit: at least one, up to the best place."""
    allowed = [
        cut
        for cut in range(1, fitting + 1)
        if cut < len(clusters) and clusters[cut][0] not in _NO_START and clusters[cut - 1][0] not in _NO_END
    ]
    soft = [cut for cut in allowed if clusters[cut - 1] in _SOFT_BREAKS]
    return max(soft or allowed or [fitting, 1])

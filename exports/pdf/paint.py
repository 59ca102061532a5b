"""Primitives, table parts and drawings as PDF operators. Written in bulk, every text encoded once.

The page's y axis is turned downwards once, so that everything keeps its coordinates; the text matrix turns
letters upright again.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any

from exports.pdf.fonts import BOLD, REGULAR
from exports.pdf.marks import Stamp
from exports.pdf.sheets import Grid, Page, Placed
from exports.pdf.style import CELL, INK, LEADING, PAD, RULE, bundled_icons, first_base, text_measure
from model.geometry import Point, Rect
from model.icons import Segment
from model.outline import arrowhead, outline
from model.primitives import Box, Group, IconMark, Line, Primitive, Text

_CIRCLE = 0.5523
_ESCAPES = {code: f"\\{code:03o}" for code in range(256) if not 32 <= code < 127} | {
    ord(each): "\\" + each for each in "()\\"
}


class _ElsewhereError(Exception):
    """A character stands in a later subset of a font."""


class _FirstSubset(dict[int, str]):
    """The characters in the first subset of a font, as written in a page's strings, for `str.translate`.

    Subsets are filled in the order in which characters come, so nearly all texts need only the first;
    reportlab's `splitString` goes through every text in Python.
    """

    def __init__(self, font: Any, document: Any) -> None:
        self._font = font
        self._document = document

    def __missing__(self, code: int) -> str:
        [(subset, codes)] = self._font.splitString(chr(code), self._document)
        if subset:
            raise _ElsewhereError
        shown: str = codes.decode("latin-1").translate(_ESCAPES)
        self[code] = shown
        return shown


class Painter:
    """Collects the operators of one document's pages. `fonts`: reportlab's font objects by name."""

    def __init__(self, document: Any, fonts: dict[str, Any]) -> None:
        self._document = document
        self._fonts = fonts
        self._encoded: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
        self._first = {name: _FirstSubset(font, document) for name, font in fonts.items()}
        self._plain: dict[str, str] = {}
        self._bold: dict[str, str] = {}
        """The operators of the lines of cells, by text."""
        self._out: list[str] = []

    def page(self, page: Page) -> str:
        """The operators of a whole page."""
        self._out = [f"q 1 0 0 -1 0 {_n(page.paper.height)} cm 1 j 0 J"]
        for item in page.items:
            if isinstance(item, Placed):
                self._placed(item)
            elif isinstance(item, Grid):
                self._grid(item)
            elif isinstance(item, Stamp):
                self._stamp(item)
            else:
                self._primitive(item)
        self._out.append("Q")
        return "\n".join(self._out)

    def _placed(self, placed: Placed) -> None:
        scale, bounds = placed.scale, placed.drawing.bounds
        x, y = placed.at.x - bounds.x * scale, placed.at.y - bounds.y * scale
        self._out.append(f"q {scale:.5f} 0 0 {scale:.5f} {_n(x)} {_n(y)} cm")
        for item in placed.drawing.items:
            self._primitive(item)
        self._out.append("Q")

    def _stamp(self, mark: Stamp) -> None:
        """The shapes of a logo; a PNG is put on the page apart."""
        vector, rect = mark.logo.vector, mark.rect
        if vector is None:
            return
        across, down = rect.width / vector.size.width, rect.height / vector.size.height
        self._out.append(f"q {across:.5f} 0 0 {down:.5f} {_n(rect.x)} {_n(rect.y)} cm 0 j [] 0 d")
        for shape in vector.shapes:
            star = "*" if shape.even_odd else ""
            end = {(True, True): f"B{star}", (True, False): f"f{star}"}.get(
                (shape.fill is not None, shape.stroke is not None), "S"
            )
            colours = [_colour(shape.fill, "rg")] if shape.fill is not None else []
            if shape.stroke is not None:
                colours.append(f"{_colour(shape.stroke, 'RG')} {shape.width:.4f} w")
            self._out.append(f"{' '.join(colours)} {_path(shape.path)} {end}")
        self._out.append("Q")

    def _primitive(self, item: Primitive) -> None:
        match item:
            case Group():
                for each in item.items:
                    self._primitive(each)
            case Box():
                self._box(item)
            case Line():
                self._line(item)
            case Text():
                self._text(item)
            case IconMark():
                self._icon(item)

    def _box(self, box: Box) -> None:
        end = {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
            (box.fill is not None, box.stroke is not None)
        )
        if end is None:
            return
        if box.fill is not None:
            self._out.append(_colour(box.fill, "rg"))
        if box.stroke is not None:
            self._out.append(f"{_colour(box.stroke, 'RG')} {_n(box.width)} w {_dash(box.dash)}")
        self._out.append(f"{_outline(box.rect, box.radius)} {end}")

    def _line(self, line: Line) -> None:
        path = outline(line)
        if not path:
            return
        self._out.append(
            f"{_colour(line.stroke, 'RG')} {_n(line.width)} w {_dash(line.dash)} {_path(path)} S"
        )
        head = arrowhead(line)
        if head is not None:
            self._out.append(f"{_colour(line.stroke, 'rg')} {_polygon(head)} f")

    def _icon(self, mark: IconMark) -> None:
        icon = bundled_icons()[mark.name]
        scale = mark.rect.width / icon.size
        self._out.append(
            f"q {scale:.5f} 0 0 {scale:.5f} {_n(mark.rect.x)} {_n(mark.rect.y)} cm 1 J "
            f"{_colour(mark.colour, 'RG')} {_n(icon.stroke)} w [] 0 d"
        )
        self._out.extend(f"{_path(path)} S" for path in icon.paths)
        self._out.append("Q")

    def _text(self, text: Text) -> None:
        if not text.text:
            return
        width = 0.0
        if text.anchor != "start" or text.strike:
            width = text_measure().width(text.text, text.size, text.bold)
        x = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
        self._out.append(f"BT {_colour(text.colour, 'rg')} 1 0 0 -1 {_n(x)} {_n(text.y)} Tm")
        for font, shown in self._show(text.text, BOLD if text.bold else REGULAR):
            self._out.append(f"{font} {_n(text.size)} Tf {shown} Tj")
        self._out.append("ET")
        if text.strike:
            y = text.y - text.size * 0.3
            self._out.append(f"{_colour(text.colour, 'RG')} {_n(text.size / 14)} w [] 0 d")
            self._out.append(f"{_n(x)} {_n(y)} m {_n(x + width)} {_n(y)} l S")

    def _show(self, text: str, font: str) -> tuple[tuple[str, str], ...]:
        """A text as (font operand, string operand) pairs."""
        key = (text, font)
        found = self._encoded.get(key)
        if found is None:
            found = self._encoded[key] = self._strings(text, font)
        return found

    def _strings(self, text: str, font: str) -> tuple[tuple[str, str], ...]:
        if not text:
            return ()
        face = self._fonts[font]
        try:
            strings = [(0, text.translate(self._first[font]))]
        except _ElsewhereError:
            parts = face.splitString(text, self._document)
            strings = [(subset, codes.decode("latin-1").translate(_ESCAPES)) for subset, codes in parts]
        return tuple(
            (face.getSubsetInternalName(subset, self._document), f"({shown})") for subset, shown in strings
        )

    # Tables: backgrounds, then borders, then all text in one go.

    def _grid(self, grid: Grid) -> None:
        left, right = grid.edges[0], grid.edges[-1]
        out = self._out
        for strip in grid.strips:
            if strip.fill is not None:
                out.append(
                    f"{_colour(strip.fill, 'rg')} {_n(left)} {_n(strip.top)} {_n(right - left)} {_n(strip.height)} re f"
                )
        top, bottom = grid.strips[0].top, grid.strips[-1].top + grid.strips[-1].height
        out.append(f"{_colour(RULE, 'RG')} 0.5 w [] 0 d")
        out.extend(f"{_n(x)} {_n(top)} m {_n(x)} {_n(bottom)} l" for x in grid.edges)
        across = f"{_n(left)} ", f" m {_n(right)} "
        ends = [top, *(strip.top + strip.height for strip in grid.strips)]
        out.extend([f"{across[0]}{y:.2f}{across[1]}{y:.2f} l" for y in ends])
        out.append("S")
        for strip in grid.strips:
            if strip.bar is not None:
                out.append(
                    f"{_colour(strip.bar, 'rg')} {_n(left)} {_n(strip.top)} 2.5 {_n(strip.height)} re f"
                )
        rise = first_base()
        starts = [f"1 0 0 -1 {_n(x + PAD)} " for x in grid.edges[:-1]]
        steps = ["", *(f" {_n(b - a)} 0 Td" for a, b in pairwise(grid.edges[:-1]))]
        faces = [self._bold if column in grid.bold else self._plain for column in range(len(starts))]
        written = list(zip(starts, steps, faces, strict=True))
        headed = [(start, step, self._bold) for start, step, _ in written]
        out.append(f"BT {_colour(INK, 'rg')}")
        for strip in grid.strips:
            base = strip.top + PAD + rise
            places = headed if strip.heading else written
            if (
                max(map(len, strip.cells), default=0) == 1
            ):  # most rows: each cell is a constant step from the last
                cells = [
                    step + (known.get(lines[0]) or self._cell(lines[0], known))
                    for (_, step, known), lines in zip(places, strip.cells, strict=False)
                ]
                out.append(f"{places[0][0]}{base:.2f} Tm{''.join(cells)}")
                continue
            for (start, _, known), lines in zip(places, strip.cells, strict=False):
                for number, line in enumerate(lines):
                    shown = known.get(line) or self._cell(line, known)
                    out.append(f"{start}{base + LEADING * number:.2f} Tm{shown}")
        out.append("ET")

    def _cell(self, line: str, known: dict[str, str]) -> str:
        """The operators that show a line of a cell where the text matrix stands, remembered in `known`."""
        face = BOLD if known is self._bold else REGULAR
        made = "".join(f" {font} {_n(CELL)} Tf {shown} Tj" for font, shown in self._show(line, face))
        known[line] = made
        return made


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


@lru_cache(256)
def _colour(colour: str, operator: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return f"{red:.3f} {green:.3f} {blue:.3f} {operator}"


def _dash(dash: tuple[float, ...]) -> str:
    return f"[{' '.join(_n(each) for each in dash)}] 0 d"


def _outline(rect: Rect, radius: float) -> str:
    """A rectangle, its corners rounded."""
    near = min(radius, rect.width / 2, rect.height / 2)
    if near < 0.01:
        return f"{_n(rect.x)} {_n(rect.y)} {_n(rect.width)} {_n(rect.height)} re"
    left, top, right, bottom = rect.left, rect.top, rect.right, rect.bottom
    bend = near * (1 - _CIRCLE)
    return _path(
        (
            ("M", left + near, top),
            ("L", right - near, top),
            ("C", right - bend, top, right, top + bend, right, top + near),
            ("L", right, bottom - near),
            ("C", right, bottom - bend, right - bend, bottom, right - near, bottom),
            ("L", left + near, bottom),
            ("C", left + bend, bottom, left, bottom - bend, left, bottom - near),
            ("L", left, top + near),
            ("C", left, top + bend, left + bend, top, left + near, top),
            ("Z",),
        )
    )


_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def _path(segments: tuple[Segment, ...]) -> str:
    return " ".join(
        " ".join((*(f"{value:.3f}" for value in segment[1:]), _OPERATORS[segment[0]])) for segment in segments
    )


def _polygon(points: tuple[Point, ...]) -> str:
    first, *others = (f"{_n(point.x)} {_n(point.y)}" for point in points)
    return " ".join((f"{first} m", *(f"{other} l" for other in others), "h"))

"""Primitives, table parts and drawings as PDF operators. Written in bulk, every text encoded once.

The page's y axis is turned downwards once, so that everything keeps its coordinates; the text matrix turns
letters upright again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from exports.markup import number
from exports.pdf.pages.fonts import BOLD, REGULAR
from exports.pdf.pages.marks import Stamp
from exports.pdf.pages.operators import box_shape, colour_of, icon_shape, path_of, pen, triangle
from exports.pdf.pages.sheets import Grid, Page, Placed
from exports.pdf.pages.style import CELL, INK, LEADING, PAD, RULE, first_base, text_measure
from model.shapes.geometry import Rect
from model.shapes.outline import outline
from model.shapes.primitives import Box, Group, IconMark, Line, Primitive, Text

_ESCAPES = {code: f"\\{code:03o}" for code in range(256) if not 32 <= code < 127} | {
    ord(each): "\\" + each for each in "()\\"
}


_BAR = 2.5
"""The width of the bar that marks a row, just outside its table, in points."""
_WRITTEN_OUT = 12
"""How often a shape is written out before it becomes a form, which costs as much as that."""


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


@dataclass(frozen=True)
class Form:
    """A shape that a document keeps once (a form XObject): its name, what it draws, and within what bounds.

    `operator` draws it where the origin stands.
    """

    name: str
    operators: str
    bounds: tuple[float, float, float, float]
    operator: str


class Painter:
    """Collects the operators of one document's pages. `fonts`: reportlab's font objects by name."""

    def __init__(self, document: Any, fonts: dict[str, Any]) -> None:
        self._document = document
        self._fonts = fonts
        self._first = {name: _FirstSubset(font, document) for name, font in fonts.items()}
        self._shown: dict[tuple[str, bool, float], str] = {}
        """The operators of texts, by text, boldness and size."""
        self._plain: dict[str, str] = {}
        self._bold: dict[str, str] = {}
        """The operators of the lines of cells, by text."""
        self._uses: dict[str, int] = {}
        self.forms: dict[str, Form] = {}
        """By operators; the document must be given them once all pages are painted."""
        self.used: set[str] = set()
        """The names of the forms on the page painted last."""
        self._out: list[str] = []
        self._ways: dict[type[Primitive], Callable[[Any], None]] = {
            Group: self._group,
            Box: self._box,
            Line: self._line,
            Text: self._text,
            IconMark: self._icon,
        }

    def page(self, page: Page) -> str:
        """The operators of a whole page."""
        self.used = set()
        self._out = [f"q 1 0 0 -1 0 {number(page.paper.height)} cm 1 j 0 J"]
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
        self._out.append(f"q {scale:.5f} 0 0 {scale:.5f} {number(x)} {number(y)} cm")
        for item in placed.drawing.items:
            self._primitive(item)
        self._out.append("Q")

    def _stamp(self, mark: Stamp) -> None:
        """The shapes of a logo; a PNG is put on the page apart."""
        vector, rect = mark.logo.vector, mark.rect
        if vector is None:
            return
        across, down = rect.width / vector.size.width, rect.height / vector.size.height
        self._out.append(f"q {across:.5f} 0 0 {down:.5f} {number(rect.x)} {number(rect.y)} cm 0 j [] 0 d")
        for shape in vector.shapes:
            star = "*" if shape.even_odd else ""
            end = {(True, True): f"B{star}", (True, False): f"f{star}"}.get(
                (shape.fill is not None, shape.stroke is not None), "S"
            )
            colours = [colour_of(shape.fill, "rg")] if shape.fill is not None else []
            if shape.stroke is not None:
                colours.append(f"{colour_of(shape.stroke, 'RG')} {shape.width:.4f} w")
            self._out.append(f"{' '.join(colours)} {path_of(shape.path)} {end}")
        self._out.append("Q")

    def _primitive(self, item: Primitive) -> None:
        self._ways[type(item)](item)

    def _group(self, group: Group) -> None:
        for item in group.items:
            self._ways[type(item)](item)

    def _box(self, box: Box) -> None:
        rect = box.rect
        shape = box_shape(rect.width, rect.height, box.radius, box.fill, box.stroke, box.width, box.dash)
        self._shape(rect, shape, box.width)

    def _icon(self, mark: IconMark) -> None:
        self._shape(mark.rect, icon_shape(mark.name, mark.rect.width, mark.colour), 1)

    def _shape(self, rect: Rect, operators: str, margin: float) -> None:
        """Put a shape at its place: written out a few times, then as a form that all places share."""
        form = self.forms.get(operators)
        if form is not None:
            self.used.add(form.name)
            operators = form.operator
        elif self._uses.get(operators, 0) < _WRITTEN_OUT:
            self._uses[operators] = self._uses.get(operators, 0) + 1
        else:
            bounds = (-margin, -margin, rect.width + margin, rect.height + margin)
            name = f"s{len(self.forms)}"
            self.forms[operators] = Form(name, operators, bounds, f"/FormXob.{name} Do")
        self._out.append(f"q 1 0 0 1 {rect.x:.3f} {rect.y:.3f} cm {operators} Q")

    def _line(self, line: Line) -> None:
        path, head = outline(line)
        if not path:
            return
        stroked = f"{pen(line.stroke, line.width, line.dash)} {path_of(path)} S"
        if head is not None:
            stroked += f" {colour_of(line.stroke, 'rg')} {triangle(head)} f"
        self._out.append(stroked)

    def _text(self, text: Text) -> None:
        if not text.text:
            return
        x, width = text.x, 0.0
        if text.anchor != "start" or text.strike:
            width = text_measure().width(text.text, text.size, text.bold)
            x -= {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
        key = text.text, text.bold, text.size
        shown = self._shown.get(key)
        if shown is None:
            shown = self._shown[key] = self._show(text.text, BOLD if text.bold else REGULAR, text.size)
        self._out.append(f"BT {colour_of(text.colour, 'rg')} 1 0 0 -1 {x:.2f} {text.y:.2f} Tm{shown} ET")
        if text.strike:
            y = text.y - text.size * 0.3
            self._out.append(
                f"{pen(text.colour, text.size / 14, ())} {number(x)} {number(y)} m {number(x + width)} {number(y)} l S"
            )

    def _show(self, text: str, font: str, size: float) -> str:
        """The operators that show a text where the text matrix stands."""
        if not text:
            return ""
        face = self._fonts[font]
        try:
            strings = [(0, text.translate(self._first[font]))]
        except _ElsewhereError:
            parts = face.splitString(text, self._document)
            strings = [(subset, codes.decode("latin-1").translate(_ESCAPES)) for subset, codes in parts]
        return "".join(
            f" {face.getSubsetInternalName(subset, self._document)} {size:g} Tf ({string}) Tj"
            for subset, string in strings
        )

    # Tables: backgrounds, then borders, then all text in one go.

    def _grid(self, grid: Grid) -> None:
        left, right = grid.edges[0], grid.edges[-1]
        out = self._out
        for strip in grid.strips:
            if strip.fill is not None:
                area = f"{number(left)} {number(strip.top)} {number(right - left)} {number(strip.height)}"
                out.append(f"{colour_of(strip.fill, 'rg')} {area} re f")
        top, bottom = grid.strips[0].top, grid.strips[-1].top + grid.strips[-1].height
        out.append(f"{colour_of(RULE, 'RG')} 0.5 w [] 0 d")
        out.extend(f"{number(x)} {number(top)} m {number(x)} {number(bottom)} l" for x in grid.edges)
        across = f"{number(left)} ", f" m {number(right)} "
        ends = [top, *(strip.top + strip.height for strip in grid.strips)]
        out.extend([f"{across[0]}{y:.2f}{across[1]}{y:.2f} l" for y in ends])
        out.append("S")
        for strip in grid.strips:
            if strip.bar is not None:
                where = f"{number(left - _BAR)} {number(strip.top)} {_BAR} {number(strip.height)}"
                out.append(f"{colour_of(strip.bar, 'rg')} {where} re f")
        rise = first_base()
        starts = [f"1 0 0 -1 {number(x + PAD)} " for x in grid.edges[:-1]]
        steps = ["", *(f" {number(b - a)} 0 Td" for a, b in pairwise(grid.edges[:-1]))]
        faces = [self._bold if column in grid.bold else self._plain for column in range(len(starts))]
        written = list(zip(starts, steps, faces, strict=True))
        headed = [(start, step, self._bold) for start, step, _ in written]
        out.append(f"BT {colour_of(INK, 'rg')}")
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
                for below, line in enumerate(lines):
                    shown = known.get(line) or self._cell(line, known)
                    out.append(f"{start}{base + LEADING * below:.2f} Tm{shown}")
        out.append("ET")

    def _cell(self, line: str, known: dict[str, str]) -> str:
        """The operators that show a line of a cell where the text matrix stands, remembered in `known`."""
        made = known[line] = self._show(line, BOLD if known is self._bold else REGULAR, CELL)
        return made

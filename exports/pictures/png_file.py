"""The PNG export: the drawing painted with Pillow, which reportlab brings along, in the bundled font.

Every shape is painted several times as large and averaged down, which smooths edges that Pillow alone would leave
jagged; band by band, so that a large picture needs little memory.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import resources
from exports.pdf.pages.style import bundled_icons, text_measure
from exports.pictures.diagram import picture, theme_called, with_legend
from exports.pictures.flattened import QUARTER, points_of, ribbon
from exports.report import Report
from model.errors import ExportError
from model.sentences import told
from model.shapes.geometry import Point, Rect
from model.shapes.outline import outline
from model.shapes.primitives import Box, Drawing, Group, IconMark, Line, Primitive, Text
from model.shapes.theme import ThemeName

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

MOST_PIXELS = 100_000_000
_BAND = 64
_DPI = 96


def write_png(report: Report, scale: float | None = None, theme: ThemeName | None = None) -> bytes:
    """PNG of the topology with its legend, in a theme, `scale` pixels per scene pixel; None: those of the choice.

    Raises ExportError for a picture of more than MOST_PIXELS.
    """
    look = theme_called(theme or report.choice.theme)
    drawing = with_legend(report, picture(report, look))
    return painted(drawing, look.canvas, scale or report.choice.scale, report.title)


def painted(drawing: Drawing, background: str, scale: float, title: str) -> bytes:
    """A drawing as PNG. Raises ExportError as `write_png` does."""
    from PIL import Image, PngImagePlugin

    bounds = drawing.bounds
    width, height = math.ceil(bounds.width * scale), math.ceil(bounds.height * scale)
    if width * height > MOST_PIXELS:
        raise ExportError(
            told(
                "The picture would have {width:,} × {height:,} pixels, more than "
                "{most:,}; choose a smaller scale, or SVG or PDF, which have no pixels.",
                width=width,
                height=height,
                most=MOST_PIXELS,
            )
        )
    finer = 4 if scale >= 2 else 8
    shapes = [(shape, _reach(shape)) for shape in _flat(drawing.items)]
    image = Image.new("RGB", (width, height), background)
    for top in range(0, height, _BAND):
        rows = min(_BAND, height - top)
        brush = _Brush(Point(bounds.x, bounds.y + top / scale), scale * finer, width, rows, finer, background)
        here = bounds.y + top / scale, bounds.y + (top + rows) / scale
        for shape, (upper, lower) in shapes:
            if upper < here[1] and lower > here[0]:
                brush.paint(shape)
        image.paste(brush.image.reduce(finer), (0, top))
    words = PngImagePlugin.PngInfo()
    words.add_itxt("Title", title)
    words.add_itxt("Software", "Portchart")
    data = io.BytesIO()
    dots = round(_DPI * scale)
    image.save(data, "PNG", pnginfo=words, dpi=(dots, dots))
    return data.getvalue()


def _flat(items: Iterable[Primitive]) -> Iterator[Box | Line | Text | IconMark]:
    for item in items:
        if isinstance(item, Group):
            yield from _flat(item.items)
        else:
            yield item


def _reach(shape: Box | Line | Text | IconMark) -> tuple[float, float]:
    """The y between which a shape lies, with room to spare."""
    match shape:
        case Line():
            ys = [point.y for point in shape.points]
            return min(ys, default=0) - 12 - shape.width, max(ys, default=0) + 12 + shape.width
        case Text():
            return shape.y - 1.5 * shape.size, shape.y + shape.size
        case Box():
            return shape.rect.top - shape.width, shape.rect.bottom + shape.width
        case IconMark():
            return shape.rect.top - 2, shape.rect.bottom + 2


@lru_cache(64)
def _font(bold: bool, size: float) -> FreeTypeFont:
    from PIL import ImageFont

    name = "fonts/NotoSansJP-Bold.ttf" if bold else "fonts/NotoSansJP-Regular.ttf"
    # Basic layout: the font has neither ligatures nor kerning, and its result does not hang on an optional library.
    return ImageFont.truetype(str(resources.path(name)), size, layout_engine=ImageFont.Layout.BASIC)


class _Brush:
    """Paints shapes on one enlarged band of the picture, whose top left corner is at `origin` in the scene."""

    def __init__(
        self, origin: Point, zoom: float, width: int, rows: int, finer: int, background: str
    ) -> None:
        from PIL import Image, ImageDraw

        self.image = Image.new("RGB", (width * finer, rows * finer), background)
        self._draw = ImageDraw.Draw(self.image)
        self._origin = origin
        self._zoom = zoom

    def paint(self, shape: Box | Line | Text | IconMark) -> None:
        """Paint one shape over what is there."""
        match shape:
            case Box():
                self._box(shape)
            case Line():
                self._line(shape)
            case Text():
                self._text(shape)
            case IconMark():
                self._icon(shape)

    def _at(self, point: Point) -> tuple[float, float]:
        return (point.x - self._origin.x) * self._zoom, (point.y - self._origin.y) * self._zoom

    def _box(self, box: Box) -> None:
        if box.fill is not None:
            self._polygon(_rounded(box.rect, box.radius), box.fill)
        if box.stroke is None:
            return
        edge = _rounded(box.rect, box.radius)
        self._stroke([*edge, edge[0]], box.width, box.dash, box.stroke, closed=True)

    def _line(self, line: Line) -> None:
        path, head = outline(line)
        points = points_of(path)
        if len(points) < 2:
            return
        self._stroke(points, line.width, line.dash, line.stroke)
        if head is not None:
            self._polygon([Point(x, y) for x, y in head], line.stroke)

    def _icon(self, mark: IconMark) -> None:
        icon = bundled_icons()[mark.name]
        scale = mark.rect.width / icon.size
        for path in icon.paths:
            placed = [
                Point(mark.rect.x + point.x * scale, mark.rect.y + point.y * scale)
                for point in points_of(path)
            ]
            self._stroke(placed, icon.stroke * scale, (), mark.colour, closed=True)

    def _text(self, text: Text) -> None:
        if not text.text:
            return
        width = text_measure().width(text.text, text.size, text.bold)
        left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
        font = _font(text.bold, text.size * self._zoom)
        self._draw.text(self._at(Point(left, text.y)), text.text, text.colour, font, anchor="ls")
        if text.strike:
            y = text.y - text.size * 0.3
            self._stroke([Point(left, y), Point(left + width, y)], text.size / 14, (), text.colour)

    def _polygon(self, points: Iterable[Point], colour: str) -> None:
        self._draw.polygon([self._at(point) for point in points], colour)

    def _stroke(
        self,
        points: list[Point],
        width: float,
        dash: tuple[float, ...],
        colour: str,
        *,
        closed: bool = False,
    ) -> None:
        """A line with round joins; round ends too where `closed` says that they cannot show or are wanted."""
        half = width / 2
        for piece in _dashes(points, dash):
            for one, other in pairwise(piece):
                self._polygon(ribbon(one, other, half), colour)
            for point in piece if closed and not dash else piece[1:-1]:
                x, y = self._at(point)
                reach = half * self._zoom
                self._draw.ellipse((x - reach, y - reach, x + reach, y + reach), colour)


def _dashes(points: list[Point], dash: tuple[float, ...]) -> Iterator[list[Point]]:
    """The pieces of a polyline that a dash pattern leaves; all of it without one."""
    if not dash or sum(dash) <= 0:
        yield points
        return
    pattern = dash if len(dash) % 2 == 0 else dash * 2
    number, left = 0, pattern[0]
    piece = [points[0]]
    for start, end in pairwise(points):
        length, done = math.hypot(end.x - start.x, end.y - start.y), 0.0
        while length - done > left:
            done += left
            share = done / length
            cut = Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
            if number % 2 == 0:
                yield [*piece, cut]
            number = (number + 1) % len(pattern)
            piece, left = [cut], pattern[number]
        left -= length - done
        piece.append(end)
    if number % 2 == 0 and len(piece) > 1:
        yield piece


def _rounded(rect: Rect, radius: float) -> list[Point]:
    """The outline of a rectangle with rounded corners, not closed."""
    near = min(radius, rect.width / 2, rect.height / 2)
    if near < 0.01:
        return [
            Point(rect.left, rect.top),
            Point(rect.right, rect.top),
            Point(rect.right, rect.bottom),
            Point(rect.left, rect.bottom),
        ]
    corners = (
        (rect.right - near, rect.top + near, -90),
        (rect.right - near, rect.bottom - near, 0),
        (rect.left + near, rect.bottom - near, 90),
        (rect.left + near, rect.top + near, 180),
    )
    found = []
    for x, y, begin in corners:
        for step in range(QUARTER + 1):
            angle = math.radians(begin + 90 * step / QUARTER)
            found.append(Point(x + near * math.cos(angle), y + near * math.sin(angle)))
    return found

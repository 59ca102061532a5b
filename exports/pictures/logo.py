"""The company's logo as pixels, for files that take no shapes."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from exports.pdf.pages.marks import flattened
from exports.pictures.flattened import points_of, ribbon
from model.design.profile import Logo
from model.shapes.geometry import Point
from model.shapes.vector import Shape, Vector

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

_PIXELS = 3
"""For each point, at most: sharp in print."""
_FINER = 4
"""Shapes are painted so many times as large and averaged down, which smooths their edges."""


@lru_cache(8)
def logo_png(logo: Logo, width: float, height: float) -> bytes:
    """A logo as an opaque PNG on white that says how large it is: as large as it may be in a box, in points.

    Raises ExportError where it cannot be decoded.
    """
    from PIL import Image

    high = min(width / logo.aspect, height)
    pixels = max(1, round(high * _PIXELS))
    if logo.vector is not None:
        image = _painted(logo.vector, pixels)
    else:
        image = flattened(logo)
        if image.height > pixels:
            image = image.resize((max(1, round(pixels * logo.aspect)), pixels), Image.Resampling.LANCZOS)
    data = io.BytesIO()
    dots = image.height / high * 72
    image.save(data, "PNG", dpi=(dots, dots))
    return data.getvalue()


def _painted(vector: Vector, height: int) -> Image:
    from PIL import Image, ImageDraw

    zoom = height / vector.size.height * _FINER
    size = max(1, round(vector.size.width * zoom / _FINER)) * _FINER, height * _FINER
    image = Image.new("RGB", size, "#ffffff")
    for shape in vector.shapes:
        outlines = list(_outlines(shape, zoom))
        if shape.fill is not None:
            mask = Image.new("1", size)
            _fill(ImageDraw.Draw(mask), outlines, size[1], even_odd=shape.even_odd)
            image.paste(shape.fill, (0, 0, *size), mask)
        if shape.stroke is not None:
            _stroke(ImageDraw.Draw(image), outlines, shape.width * zoom / 2, shape.stroke)
    return image.reduce(_FINER)


def _outlines(shape: Shape, zoom: float) -> Iterator[list[Point]]:
    """The outlines of a shape in pixels, each as a polyline."""
    starts = [place for place, segment in enumerate(shape.path) if segment[0] == "M"]
    for start, end in pairwise([*starts, len(shape.path)]):
        yield [Point(at.x * zoom, at.y * zoom) for at in points_of(shape.path[start:end])]


def _fill(draw: ImageDraw, outlines: list[list[Point]], height: int, *, even_odd: bool) -> None:
    """Paint what outlines enclose, line by line: holes are told as the shape says, which polygons alone do not."""
    rows: list[list[tuple[float, int]]] = [[] for _ in range(height)]
    for outline in outlines:
        for one, other in pairwise([*outline, outline[0]]):
            top, bottom = min(one.y, other.y), max(one.y, other.y)
            for row in range(max(0, math.ceil(top - 0.5)), min(height, math.ceil(bottom - 0.5))):
                share = (row + 0.5 - one.y) / (other.y - one.y)
                rows[row].append((one.x + share * (other.x - one.x), 1 if one.y < other.y else -1))
    for row, crossings in enumerate(rows):
        turns = 0
        for (left, turn), (right, _) in pairwise(sorted(crossings)):
            turns += 1 if even_odd else turn
            first, last = math.ceil(left - 0.5), math.ceil(right - 0.5) - 1
            if (turns % 2 if even_odd else turns) and last >= first:
                draw.line((first, row, last, row), fill=1)


def _stroke(draw: ImageDraw, outlines: list[list[Point]], half: float, colour: str) -> None:
    for outline in outlines:
        for one, other in pairwise(outline):
            draw.polygon([(at.x, at.y) for at in ribbon(one, other, half)], colour)
        inner = outline if outline[0] == outline[-1] else outline[1:-1]
        for at in inner:
            draw.ellipse((at.x - half, at.y - half, at.x + half, at.y + half), colour)

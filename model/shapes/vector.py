"""Logos as outlines: the part of SVG that is shapes in plain colours, and a sentence for everything else.

Nothing is fetched, run or guessed: what would need a font, another file, a script, a gradient or transparency is
refused, so that a logo looks the same on screen and on paper.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from model.sentences import told
from model.shapes.geometry import Size
from model.shapes.icons import Segment
from model.shapes.path import Matrix, ellipse, path_of, polygon_of, rectangle, transform_of, transformed

if TYPE_CHECKING:
    from xml.etree import ElementTree

MAX_SEGMENTS = 20_000
_MAX_DEPTH = 40
_SVG = "{http://www.w3.org/2000/svg}"
# `re` makes these once a logo is read and keeps them.
_DOCTYPE = rb"<!DOCTYPE[^\[>]*>"
_LENGTH = r"\s*([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)\s*(?:px|pt)?\s*"
_RULE = r"\.([A-Za-z_][\w-]*(?:\s*,\s*\.[A-Za-z_][\w-]*)*)\s*\{([^{}]*)\}"
_COMMENT = r"/\*.*?\*/"
_RGB = r"rgb\(\s*([0-9]{1,3})\s*,\s*([0-9]{1,3})\s*,\s*([0-9]{1,3})\s*\)"
_COLOURS = {
    "black": "#000000", "silver": "#c0c0c0", "gray": "#808080", "grey": "#808080", "white": "#ffffff",
    "maroon": "#800000", "red": "#ff0000", "purple": "#800080", "fuchsia": "#ff00ff", "green": "#008000",
    "lime": "#00ff00", "olive": "#808000", "yellow": "#ffff00", "navy": "#000080", "blue": "#0000ff",
    "teal": "#008080", "aqua": "#00ffff", "orange": "#ffa500", "currentColor": "#000000",
}  # fmt: skip
_IGNORED = {"title", "desc", "metadata", "defs", "style"}
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_INHERITED = ("fill", "stroke", "stroke-width", "fill-rule")
_USED = (
    *_INHERITED,
    "opacity",
    "fill-opacity",
    "stroke-opacity",
    "display",
    "visibility",
    "clip-path",
    "mask",
    "filter",
)
_WHY = {
    "text": told("text needs a font; turn it into outlines"),
    "tspan": told("text needs a font; turn it into outlines"),
    "image": told("an image inside an SVG; use PNG"),
    "use": told("a reference; expand it into shapes"),
    "script": told("a script; remove it"),
    "foreignObject": told("foreign content; remove it"),
}


class Shape(NamedTuple):
    """An outline with the colours it is filled and stroked in (None: not at all); `even_odd`: how holes are told."""

    path: tuple[Segment, ...]
    fill: str | None
    stroke: str | None
    width: float
    even_odd: bool


class Vector(NamedTuple):
    """Shapes, bottom first, in a box from (0, 0), y down."""

    size: Size
    shapes: tuple[Shape, ...]


def read_svg(data: bytes) -> Vector:
    """The shapes of an SVG. Raises ValueError, its sentence without the file's name, for what is not plain shapes."""
    from xml.etree import ElementTree  # few designs have a logo, and every start would wait for it

    data = re.sub(_DOCTYPE, b"", data, count=1)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError(told("the SVG declares entities; save it without them"))
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        raise ValueError(told("this is no SVG that can be read; save it again as plain SVG")) from None
    if root.tag != f"{_SVG}svg":
        raise ValueError(told("this is XML, but no SVG; choose another file"))
    left, top, width, height = _box(root)
    styles = dict(_styles(root))
    start = (1.0, 0.0, 0.0, 1.0, -left, -top)
    shapes: list[Shape] = []
    count = 0
    for shape in _shapes(root, styles, {}, start, 0):
        count += len(shape.path)
        if count > MAX_SEGMENTS:
            raise ValueError(
                told(
                    "the SVG has more than {most:,} lines and curves; simplify it",
                    most=MAX_SEGMENTS,
                )
            )
        shapes.append(shape)
    if not shapes:
        raise ValueError(told("the SVG shows nothing; choose another file"))
    return Vector(Size(width, height), tuple(shapes))


def _box(root: ElementTree.Element) -> tuple[float, float, float, float]:
    numbers = [_number(each) for each in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if each]
    if len(numbers) != 4:
        numbers = [0.0, 0.0, _number(root.get("width", "")), _number(root.get("height", ""))]
    if not (0.01 <= numbers[2] <= 1e6 and 0.01 <= numbers[3] <= 1e6 and max(map(abs, numbers)) <= 1e6):
        raise ValueError(told("the SVG does not say how large it is; give it a viewBox"))
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _number(text: str) -> float:
    match = re.fullmatch(_LENGTH, text)
    if match is None:
        raise ValueError(told("{text!r} is not a length; write lengths as plain numbers", text=text[:40]))
    value = float(match[1])
    if not math.isfinite(value) or abs(value) > 1e7:
        raise ValueError(told("{text!r} is too long a length", text=text[:40]))
    return value


def _styles(root: ElementTree.Element) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What the style sheet says of classes; any other selector is refused."""
    for element in root.iter(f"{_SVG}style"):
        sheet = re.sub(_COMMENT, "", element.text or "", flags=re.DOTALL)
        if re.sub(_RULE, "", sheet).strip():
            raise ValueError(
                told("the style sheet has more than rules for classes; save the SVG with style attributes")
            )
        for match in re.finditer(_RULE, sheet):
            for name in match[1].split(","):
                yield name.strip().removeprefix("."), _declared(match[2])


def _declared(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip(): value.strip() for name, colon, value in pairs if colon}


def _shapes(
    element: ElementTree.Element,
    styles: Mapping[str, Mapping[str, str]],
    inherited: Mapping[str, str],
    matrix: Matrix,
    depth: int,
) -> Iterator[Shape]:
    name = element.tag.removeprefix(_SVG)
    if name in _IGNORED or "{" in name:  # what editors keep for themselves
        return
    if name not in _SHAPES and name not in ("svg", "g", "a", "switch"):
        raise ValueError(
            told(
                "the SVG has <{name}>: {why}",
                name=name[:30],
                why=_WHY.get(name) or told("only shapes in plain colours can be used"),
            )
        )
    if depth > _MAX_DEPTH:
        raise ValueError(told("the SVG is nested too deeply; simplify it"))
    look = _look(element, styles, inherited)
    if look.get("display") == "none" or look.get("visibility") == "hidden":
        return
    matrix = transform_of(element.get("transform", ""), matrix)
    if name in _SHAPES:
        path = transformed(_path(name, element), matrix)
        fill = _colour(look.get("fill", "black")) if name != "line" else None
        stroke = _colour(look.get("stroke", "none"))
        if path and (fill or stroke):
            scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
            width = _number(look.get("stroke-width", "1")) * scale
            yield Shape(path, fill, stroke, width, look.get("fill-rule") == "evenodd")
        return
    kept = {key: look[key] for key in _INHERITED if key in look}
    for child in element:
        yield from _shapes(child, styles, kept, matrix, depth + 1)


def _look(
    element: ElementTree.Element, styles: Mapping[str, Mapping[str, str]], inherited: Mapping[str, str]
) -> dict[str, str]:
    look = dict(inherited)
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == "href" or key.startswith("on"):
            raise ValueError(told("the SVG refers to something outside itself or runs a script; remove that"))
        if key in _USED:
            look[key] = value.strip()
    for name in element.get("class", "").split():
        look |= styles.get(name, {})
    look |= _declared(element.get("style", ""))
    for key, value in look.items():
        if "url(" in value or "@import" in value:
            raise ValueError(
                told("{key} refers to a gradient, a clip or another file; use plain colours", key=key)
            )
        if key.endswith("opacity") and value not in ("1", "1.0", "100%"):
            raise ValueError(told("the SVG has transparent parts; use plain colours"))
    return {key: value for key, value in look.items() if value != "inherit"}


def _colour(text: str) -> str | None:
    if text in ("none", "transparent"):
        return None
    if re.fullmatch("#[0-9A-Fa-f]{6}", text):
        return text.lower()
    if re.fullmatch("#[0-9A-Fa-f]{3}", text):
        return "#" + "".join(digit * 2 for digit in text[1:]).lower()
    match = re.fullmatch(_RGB, text)
    if match and max(map(int, match.groups())) <= 255:
        return "#" + "".join(f"{int(part):02x}" for part in match.groups())
    if text in _COLOURS:
        return _COLOURS[text]
    raise ValueError(told("{text!r} is not a colour known here; write colours as #rrggbb", text=text[:30]))


def _path(name: str, element: ElementTree.Element) -> tuple[Segment, ...]:
    def get(key: str) -> float:
        return _number(element.get(key, "0"))

    match name:
        case "path":
            return path_of(element.get("d", ""))
        case "rect":
            rx, ry = element.get("rx"), element.get("ry")
            radii = _number(rx or ry or "0"), _number(ry or rx or "0")
            return rectangle(get("x"), get("y"), get("width"), get("height"), *radii)
        case "circle":
            return ellipse(get("cx"), get("cy"), get("r"), get("r"))
        case "ellipse":
            return ellipse(get("cx"), get("cy"), get("rx"), get("ry"))
        case "line":
            return (("M", get("x1"), get("y1")), ("L", get("x2"), get("y2")))
    return polygon_of(element.get("points", ""), closed=name == "polygon")

"""Outlines as SVG writes them, made of moves, lines and cubic curves alone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from model.sentences import told
from model.shapes.icons import Segment

Matrix = tuple[float, float, float, float, float, float]
"""x' = a·x + c·y + e, y' = b·x + d·y + f, written (a, b, c, d, e, f)."""

_CIRCLE = 0.5523
_NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_TOKEN = re.compile(rf"\s*,?\s*(?:([MmLlHhVvCcSsQqTtAaZz])|({_NUMBER}))")
_FLAG = re.compile(r"\s*,?\s*([01])")
_TRANSFORM = re.compile(r"\s*,?\s*(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)\s*")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def _wrong(text: str, place: int) -> ValueError:
    return ValueError(f"an outline cannot be read at {text[place : place + 20]!r}; save the SVG again")


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    """The commands of a path, repeated ones written out. Raises ValueError."""
    place, command = 0, ""
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise _wrong(text, place)
        if match[1]:
            command, place = match[1], match.end()
            if command in "Zz":
                yield command, []
                continue
        elif command in ("", "Z", "z"):
            raise _wrong(text, place)
        numbers: list[float] = []
        for number in range(_TAKES[command.upper()]):
            flag = command in "Aa" and number in (3, 4)  # flags may stand without anything between them
            found = _FLAG.match(text, place) if flag else _TOKEN.match(text, place)
            value = (found[1] if flag else found[2]) if found else None
            if found is None or value is None:
                raise _wrong(text, place)
            numbers.append(float(value))
            place = found.end()
        if not all(abs(each) < 1e7 for each in numbers):
            raise ValueError(told("an outline reaches too far; save the SVG again"))
        yield command, numbers
        command = {"M": "L", "m": "l"}.get(command, command)


def path_of(text: str) -> tuple[Segment, ...]:
    """The outline in the `d` of a path. Raises ValueError."""
    found: list[Segment] = []
    x = y = start_x = start_y = 0.0
    control: tuple[float, float] | None = None
    before = ""
    for command, numbers in _commands(text):
        kind = command.upper()
        if not found and kind != "M":
            raise ValueError(told("an outline begins with a move; save the SVG again"))
        if command.islower():
            numbers = _absolute(kind, numbers, x, y)
        if kind == "Z":
            found.append(("Z",))
            x, y, before = start_x, start_y, kind
            continue
        smooth = before in ("C", "S") if kind == "S" else before in ("Q", "T")
        near = (2 * x - control[0], 2 * y - control[1]) if control is not None and smooth else (x, y)
        pieces, control, (x, y) = _drawn(kind, numbers, (x, y), near)
        found += pieces
        before = kind
        if kind == "M":
            start_x, start_y = x, y
    return tuple(found)


def _absolute(kind: str, numbers: list[float], x: float, y: float) -> list[float]:
    if kind == "H":
        return [numbers[0] + x]
    if kind == "V":
        return [numbers[0] + y]
    if kind == "A":
        return [*numbers[:5], numbers[5] + x, numbers[6] + y]
    return [value + (x, y)[place % 2] for place, value in enumerate(numbers)]


Place = tuple[float, float]


def _drawn(
    kind: str, numbers: list[float], at: Place, near: Place
) -> tuple[list[Segment], Place | None, Place]:
    """The segments of one command, its last control point, and where it ends. `near`: a mirrored control point."""
    match kind, numbers:
        case "M", (x, y):
            return [("M", x, y)], None, (x, y)
        case "L", (x, y):
            return [("L", x, y)], None, (x, y)
        case "H", (x,):
            return [("L", x, at[1])], None, (x, at[1])
        case "V", (y,):
            return [("L", at[0], y)], None, (at[0], y)
        case "C", (x1, y1, x2, y2, x, y):
            return [("C", x1, y1, x2, y2, x, y)], (x2, y2), (x, y)
        case "S", (x2, y2, x, y):
            return [("C", *near, x2, y2, x, y)], (x2, y2), (x, y)
        case "Q", (x1, y1, x, y):
            return [_quadratic(at, (x1, y1), (x, y))], (x1, y1), (x, y)
        case "T", (x, y):
            return [_quadratic(at, near, (x, y))], near, (x, y)
        case "A", (rx, ry, turn, large, sweep, x, y):
            return _arc(at, (rx, ry), turn, (bool(large), bool(sweep)), (x, y)), None, (x, y)
    raise AssertionError(f"every command with its numbers is above, not {kind} {numbers}")


def _quadratic(at: Place, control: Place, end: Place) -> Segment:
    return (
        "C",
        at[0] + (control[0] - at[0]) * 2 / 3, at[1] + (control[1] - at[1]) * 2 / 3,
        end[0] + (control[0] - end[0]) * 2 / 3, end[1] + (control[1] - end[1]) * 2 / 3,
        *end,
    )  # fmt: skip


def _arc(at: Place, radii: Place, turn: float, flags: tuple[bool, bool], end: Place) -> list[Segment]:
    """An elliptical arc as curves of a quarter turn at most (the conversion that the SVG standard gives)."""
    rx, ry = abs(radii[0]), abs(radii[1])
    if rx < 1e-9 or ry < 1e-9 or at == end:
        return [("L", *end)]
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    dx, dy = (at[0] - end[0]) / 2, (at[1] - end[1]) / 2
    x1, y1 = cos * dx + sin * dy, -sin * dx + cos * dy
    stretch = math.sqrt((x1 / rx) ** 2 + (y1 / ry) ** 2)
    if stretch > 1:
        rx, ry = rx * stretch, ry * stretch
    below = (rx * y1) ** 2 + (ry * x1) ** 2
    factor = math.sqrt(max(0.0, ((rx * ry) ** 2 - below) / below)) * (-1 if flags[0] == flags[1] else 1)
    cx1, cy1 = factor * rx * y1 / ry, -factor * ry * x1 / rx
    cx, cy = cos * cx1 - sin * cy1 + (at[0] + end[0]) / 2, sin * cx1 + cos * cy1 + (at[1] + end[1]) / 2
    begin = math.atan2((y1 - cy1) / ry, (x1 - cx1) / rx)
    angle = math.atan2((-y1 - cy1) / ry, (-x1 - cx1) / rx) - begin
    if flags[1] and angle < 0:
        angle += 2 * math.pi
    elif not flags[1] and angle > 0:
        angle -= 2 * math.pi
    pieces = max(1, math.ceil(abs(angle) / (math.pi / 2) - 1e-9))
    step = angle / pieces
    reach = 4 / 3 * math.tan(step / 4)

    def place(u: float, v: float) -> Place:
        return cx + cos * rx * u - sin * ry * v, cy + sin * rx * u + cos * ry * v

    found: list[Segment] = []
    for number in range(pieces):
        one, two = begin + number * step, begin + (number + 1) * step
        first = place(math.cos(one) - reach * math.sin(one), math.sin(one) + reach * math.cos(one))
        second = place(math.cos(two) + reach * math.sin(two), math.sin(two) - reach * math.cos(two))
        last = end if number == pieces - 1 else place(math.cos(two), math.sin(two))
        found.append(("C", *first, *second, *last))
    return found


def rectangle(
    x: float, y: float, width: float, height: float, rx: float = 0.0, ry: float = 0.0
) -> tuple[Segment, ...]:
    """A rectangle, its corners rounded by a quarter of an ellipse; empty without area."""
    if width <= 0 or height <= 0:
        return ()
    right, bottom = x + width, y + height
    rx, ry = min(max(rx, 0.0), width / 2), min(max(ry, 0.0), height / 2)
    if rx < 1e-9 or ry < 1e-9:
        return (("M", x, y), ("L", right, y), ("L", right, bottom), ("L", x, bottom), ("Z",))
    bx, by = rx * (1 - _CIRCLE), ry * (1 - _CIRCLE)
    return (
        ("M", x + rx, y),
        ("L", right - rx, y),
        ("C", right - bx, y, right, y + by, right, y + ry),
        ("L", right, bottom - ry),
        ("C", right, bottom - by, right - bx, bottom, right - rx, bottom),
        ("L", x + rx, bottom),
        ("C", x + bx, bottom, x, bottom - by, x, bottom - ry),
        ("L", x, y + ry),
        ("C", x, y + by, x + bx, y, x + rx, y),
        ("Z",),
    )


def ellipse(cx: float, cy: float, rx: float, ry: float) -> tuple[Segment, ...]:
    """An ellipse; empty without area."""
    return rectangle(cx - rx, cy - ry, 2 * rx, 2 * ry, rx, ry)


def polygon_of(text: str, *, closed: bool) -> tuple[Segment, ...]:
    """The outline through the points in a text such as "0,0 10,5". Raises ValueError."""
    numbers = [float(each) for each in re.findall(_NUMBER, text)]
    if re.sub(rf"{_NUMBER}|[\s,]", "", text) or len(numbers) % 2:
        raise _wrong(text, 0)
    places = list(zip(numbers[::2], numbers[1::2], strict=True))
    if len(places) < 2:
        return ()
    found: list[Segment] = [("M", *places[0]), *(("L", x, y) for x, y in places[1:])]
    return (*found, ("Z",)) if closed else tuple(found)


def transform_of(text: str, outer: Matrix) -> Matrix:
    """The transformation in a text, made before an outer one. Raises ValueError."""
    found, place = outer, 0
    while place < len(text):
        match = _TRANSFORM.match(text, place)
        if match is None:
            raise ValueError(
                told(
                    "the transformation {text!r} cannot be read; save the SVG again",
                    text=text[place : place + 30],
                )
            )
        numbers = [float(each) for each in re.findall(_NUMBER, match[2])]
        found = _product(found, _matrix(match[1], numbers))
        place = match.end()
    return found


def _matrix(name: str, numbers: list[float]) -> Matrix:
    match name, numbers:
        case "matrix", (a, b, c, d, e, f):
            return a, b, c, d, e, f
        case "translate", (x, *rest) if len(rest) < 2:
            return 1.0, 0.0, 0.0, 1.0, x, rest[0] if rest else 0.0
        case "scale", (x, *rest) if len(rest) < 2:
            return x, 0.0, 0.0, rest[0] if rest else x, 0.0, 0.0
        case "rotate", (angle, *rest) if len(rest) in (0, 2):
            cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            x, y = rest or (0.0, 0.0)
            return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
        case "skewX", (angle,):
            return 1.0, 0.0, math.tan(math.radians(angle)), 1.0, 0.0, 0.0
        case "skewY", (angle,):
            return 1.0, math.tan(math.radians(angle)), 0.0, 1.0, 0.0, 0.0
    raise ValueError(
        told("the transformation {name} has the wrong number of numbers; save the SVG again", name=name)
    )


def _product(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def transformed(path: tuple[Segment, ...], matrix: Matrix) -> tuple[Segment, ...]:
    """An outline after a transformation."""
    a, b, c, d, e, f = matrix

    def at(x: float, y: float) -> Place:
        return a * x + c * y + e, b * x + d * y + f

    found: list[Segment] = []
    for segment in path:
        match segment:
            case ("M", x, y):
                found.append(("M", *at(x, y)))
            case ("L", x, y):
                found.append(("L", *at(x, y)))
            case ("C", x1, y1, x2, y2, x, y):
                found.append(("C", *at(x1, y1), *at(x2, y2), *at(x, y)))
            case ("Z",):
                found.append(("Z",))
    return tuple(found)

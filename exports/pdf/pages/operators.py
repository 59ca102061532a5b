"""Shapes as PDF operators, y downwards. What many places share is made once."""

from __future__ import annotations

from functools import lru_cache

from exports.markup import number
from exports.pdf.pages.style import bundled_icons
from model.shapes.icons import Segment
from model.shapes.outline import Head

_CIRCLE = 0.5523


@lru_cache(256)
def colour_of(colour: str, operator: str) -> str:
    """The colour for filling ("rg") or stroking ("RG")."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return f"{red:.3f} {green:.3f} {blue:.3f} {operator}"


@lru_cache(256)
def pen(colour: str, width: float, dash: tuple[float, ...]) -> str:
    """What lines are stroked with."""
    return f"{colour_of(colour, 'RG')} {number(width)} w [{' '.join(map(number, dash))}] 0 d"


@lru_cache(4096)
def box_shape(
    width: float,
    height: float,
    radius: float,
    fill: str | None,
    stroke: str | None,
    thick: float,
    dash: tuple[float, ...],
) -> str:
    """The operators of a box at the origin; a drawing has many that differ only in their place."""
    end = {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
        (fill is not None, stroke is not None), "n"
    )
    colours = [colour_of(fill, "rg")] if fill is not None else []
    if stroke is not None:
        colours.append(pen(stroke, thick, dash))
    return " ".join((*colours, _outline(width, height, radius), end))


@lru_cache(1024)
def icon_shape(name: str, width: float, colour: str) -> str:
    """The operators of an icon at the origin."""
    icon = bundled_icons()[name]
    scale = width / icon.size
    paths = " ".join(f"{path_of(path)} S" for path in icon.paths)
    return f"{scale:.5f} 0 0 {scale:.5f} 0 0 cm 1 J {pen(colour, icon.stroke, ())} {paths}"


def _outline(width: float, height: float, radius: float) -> str:
    """A rectangle at the origin, its corners rounded."""
    near = min(radius, width / 2, height / 2)
    if near < 0.01:
        return f"0 0 {number(width)} {number(height)} re"
    bend = near * (1 - _CIRCLE)
    return path_of(
        (
            ("M", near, 0),
            ("L", width - near, 0),
            ("C", width - bend, 0, width, bend, width, near),
            ("L", width, height - near),
            ("C", width, height - bend, width - bend, height, width - near, height),
            ("L", near, height),
            ("C", bend, height, 0, height - bend, 0, height - near),
            ("L", 0, near),
            ("C", 0, bend, bend, 0, near, 0),
            ("Z",),
        )
    )


_OPERATORS = {"M": "%.3f %.3f m", "L": "%.3f %.3f l", "C": "%.3f %.3f %.3f %.3f %.3f %.3f c", "Z": "h"}


def path_of(segments: tuple[Segment, ...]) -> str:
    """A path, neither stroked nor filled yet."""
    return " ".join([_OPERATORS[segment[0]] % segment[1:] for segment in segments])


def triangle(head: Head) -> str:
    """The path of an arrowhead."""
    (ax, ay), (bx, by), (cx, cy) = head
    return f"{ax:.2f} {ay:.2f} m {bx:.2f} {by:.2f} l {cx:.2f} {cy:.2f} l h"

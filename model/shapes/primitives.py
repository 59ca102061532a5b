"""What a drawing is made of. Screen, PDF and any later format draw these and nothing else.

Lengths are scene pixels, y downwards; colours are "#rrggbb"; text sits on its baseline at (x, y).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from model.shapes.geometry import Point, Rect

Anchor = Literal["start", "middle", "end"]


class Box(NamedTuple):
    """A rectangle with rounded corners; no fill or no stroke where the colour is None. `dash`: lengths on, off, …"""

    rect: Rect
    radius: float = 0.0
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()


class Line(NamedTuple):
    """A polyline with corners rounded by `radius` and, where asked for, an arrowhead at its last point."""

    points: tuple[Point, ...]
    stroke: str
    width: float = 1.5
    dash: tuple[float, ...] = ()
    arrow: bool = False
    radius: float = 0.0


class Text(NamedTuple):
    """One line of text in the bundled font; `x` is its start, middle or end."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    anchor: Anchor = "start"
    strike: bool = False


class IconMark(NamedTuple):
    """A bundled icon scaled into a square and stroked in one colour."""

    name: str
    rect: Rect
    colour: str


class Group(NamedTuple):
    """Primitives that together show one thing: `subject` is "component:ID", "zone:ID", "connector:SOURCE>DESTINATION" …

    `title` is what an assistive technology or a tooltip says.
    """

    subject: str
    title: str
    items: tuple[Primitive, ...]


Primitive = Box | Line | Text | IconMark | Group


class Drawing(NamedTuple):
    """A whole picture: its bounds and its primitives, bottom first."""

    bounds: Rect
    items: tuple[Primitive, ...]

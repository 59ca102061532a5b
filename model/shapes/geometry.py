"""Points, sizes and rectangles in scene pixels, x to the right and y downwards.

All values are frozen; every operation gives a new one. Nothing here knows of designs or of any toolkit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Point(NamedTuple):
    """A place in the scene."""

    x: float
    y: float

    def moved(self, dx: float, dy: float) -> Point:
        """The point `dx` to the right and `dy` down from here."""
        return Point(self.x + dx, self.y + dy)


class Size(NamedTuple):
    """A width and a height, without a place."""

    width: float
    height: float


class Rect(NamedTuple):
    """An upright rectangle given by its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """x of the left edge."""
        return self.x

    @property
    def top(self) -> float:
        """y of the upper edge."""
        return self.y

    @property
    def right(self) -> float:
        """x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """y of the lower edge."""
        return self.y + self.height

    @property
    def center(self) -> Point:
        """The middle of the rectangle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    @property
    def size(self) -> Size:
        """Width and height alone."""
        return Size(self.width, self.height)

    def contains(self, other: Point | Rect) -> bool:
        """Whether a point or a whole rectangle lies inside, the border included."""
        if isinstance(other, Point):
            return self.x <= other.x <= self.right and self.y <= other.y <= self.bottom
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def intersects(self, other: Rect) -> bool:
        """Whether the two share area; touching edges do not count."""
        # Asked of every pair of hundreds of rectangles, so in plain numbers.
        x, y, width, height = self
        other_x, other_y, other_width, other_height = other
        return (
            x < other_x + other_width
            and other_x < x + width
            and y < other_y + other_height
            and other_y < y + height
        )

    def inset(self, by: float) -> Rect:
        """The rectangle with every edge moved inwards by `by`, collapsing to its centre at most."""
        dx, dy = min(by, self.width / 2), min(by, self.height / 2)
        return Rect(self.x + dx, self.y + dy, self.width - 2 * dx, self.height - 2 * dy)

    def grow(self, by: float) -> Rect:
        """The rectangle with every edge moved outwards by `by`."""
        return self.inset(-by)

    def union(self, other: Rect) -> Rect:
        """The smallest rectangle that holds both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def moved(self, dx: float, dy: float) -> Rect:
        """The same size, `dx` to the right and `dy` further down."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)


def snap(value: float, grid: float) -> float:
    """The multiple of `grid` nearest to `value`, halves upwards; a grid of zero or less changes nothing."""
    return (value + grid / 2) // grid * grid if grid > 0 else value


def bounding(rects: Iterable[Rect]) -> Rect | None:
    """The smallest rectangle that holds all of `rects`, or None when there are none."""
    found = [(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height) for rect in rects]
    if not found:
        return None
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    left, top = min(lefts), min(tops)
    return Rect(left, top, max(rights) - left, max(bottoms) - top)

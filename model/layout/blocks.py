"""Components and zones as nested blocks in columns, in grid steps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from model.shapes.geometry import Rect

GRID = 10.0
"""Everything is placed on multiples of this."""


class Area(NamedTuple):
    """A zone to place: what it is nested in, the room its title and border need, and whether it belongs at the
    right edge (the Internet and its services, stacked in one column). `title` is the width that its title needs."""

    id: str
    parent: str | None = None
    header: float = 40.0
    padding: float = 30.0
    rank: Literal["", "right"] = ""
    title: float = 0.0


@dataclass(slots=True, eq=False)
class Block:
    """A component, or a zone with its content in columns. x and y are grid steps within the container."""

    id: str
    width: int = 0
    height: int = 0
    area: Area | None = None
    inside: list[Block] = field(default_factory=list)
    columns: list[list[Block]] = field(default_factory=list)
    x: int = 0
    y: int = 0
    row_gap: int = 0
    wish: float = 0.0

    @property
    def right(self) -> bool:
        """Whether it belongs at the right edge."""
        return self.area is not None and self.area.rank == "right"


def steps(length: float) -> int:
    """A length in grid steps, rounded up."""
    return math.ceil(length / GRID - 1e-9)


def stack_height(column: Sequence[Block], gap: int) -> int:
    """Height of a column, in grid steps, with its blocks as close as the gap allows."""
    return sum(inner.height for inner in column) + gap * (len(column) - 1)


def settle(column: Sequence[Block], block: Block) -> None:
    """Set y in a column: as near to every wish (wanted centre) as the gaps and the zone's height allow."""
    area = block.area or Area("")
    low, high = steps(area.header), block.height - steps(area.padding)
    gap = block.row_gap
    rising, least = [], low
    room = high - low - stack_height(column, gap)
    for inner in column:
        place = min(max(round(inner.wish - inner.height / 2), least), least + max(room, 0))
        room -= place - least
        rising.append(place)
        least = place + inner.height + gap
    falling, most = [], high
    room = high - low - stack_height(column, gap)
    for inner in reversed(column):
        latest = most - inner.height
        place = max(min(round(inner.wish - inner.height / 2), latest), latest - max(room, 0))
        room -= latest - place
        falling.append(place)
        most = place - gap
    for inner, a, b in zip(column, rising, reversed(falling), strict=True):
        inner.y = (a + b) // 2


def walk(block: Block, x: int = 0, y: int = 0) -> Iterator[tuple[Block, int, int]]:
    """Every block inside with its place in the whole drawing, outer ones first."""
    for inner in block.inside:
        yield inner, x + inner.x, y + inner.y
        yield from walk(inner, x + inner.x, y + inner.y)


def places_of(root: Block) -> dict[str, Rect]:
    """Rectangles in scene pixels of all components and zones, by id."""
    return {b.id: Rect(x * GRID, y * GRID, b.width * GRID, b.height * GRID) for b, x, y in walk(root)}

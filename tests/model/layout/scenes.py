"""Arrangements of boxes to route, by hand and from seeds, and measures of what came out."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from math import inf

from model.layout import Connector, Pair
from model.shapes.geometry import Point, Rect, Size

LABEL = Size(64, 18)

TOUR = {
    "web": Rect(40, 75, 170, 74),
    "relay": Rect(300, 104, 174, 74),
    "app": Rect(37, 228, 177, 70),
    "sps": Rect(44, 440, 176, 62),
    "dcgw": Rect(300, 552, 174, 62),
    "siem": Rect(600, 414, 176, 62),
    "ad": Rect(600, 552, 160, 62),
    "ws": Rect(880, 80, 222, 70),
    "updates": Rect(880, 216, 222, 57),
    "spn": Rect(880, 291, 222, 57),
    "download": Rect(880, 367, 222, 57),
}
TOUR_PAIRS = [
    Pair(source, target, LABEL)
    for source, target in [
        ("web", "relay"),
        ("web", "ws"),
        ("relay", "ws"),
        ("relay", "updates"),
        ("relay", "download"),
        ("app", "ws"),
        ("app", "sps"),
        ("app", "spn"),
        ("dcgw", "ws"),
        ("dcgw", "ad"),
        ("ws", "siem"),
        ("web", "spn"),
        ("app", "relay"),
        ("relay", "app"),
    ]
]


def scattered(seed: int, columns: int, rows: int, count: int) -> tuple[dict[str, Rect], list[Pair]]:
    """A jittered grid of boxes and `count` random pairs, most of them between near columns."""
    chance = random.Random(seed)
    boxes = {
        f"{column}.{row}": Rect(
            column * 260 + chance.randrange(6) * 10, row * 140 + chance.randrange(4) * 10, 150, 60
        )
        for column in range(columns)
        for row in range(rows)
    }
    wanted: dict[tuple[str, str], None] = {}
    while len(wanted) < count:
        source, target = chance.sample(list(boxes), 2)
        distance = abs(int(source.split(".")[0]) - int(target.split(".")[0]))
        if distance <= 2 or chance.random() < 0.3:
            wanted[source, target] = None
    return boxes, [Pair(source, target, LABEL) for source, target in wanted]


def crowded(seed: int) -> tuple[dict[str, Rect], list[Pair]]:
    """A scene of some size from 12 to 100 boxes with up to two connectors a box."""
    chance = random.Random(seed)
    columns, rows = chance.choice([(4, 3), (6, 5), (8, 6), (10, 6), (10, 10)])
    return scattered(seed, columns, rows, int(columns * rows * chance.choice([1.2, 1.7, 2.2])))


def pieces(points: Sequence[Point]) -> Iterator[Rect]:
    """The straight pieces of a line as rectangles without width or height."""
    for a, b in pairwise(points):
        yield Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))


def through_boxes(boxes: Mapping[str, Rect], connectors: Sequence[Connector]) -> list[tuple[str, str, str]]:
    """Source, target and box for every connector that runs through a box, its own included."""
    found = []
    for connector in connectors:
        for piece in pieces(connector.points):
            for name, box in boxes.items():
                inner = box.inset(0.001)
                if (
                    piece.left < inner.right
                    and inner.left < piece.right + 1e-9
                    and piece.top < inner.bottom
                    and inner.top < piece.bottom + 1e-9
                ):
                    found.append((connector.pair.source, connector.pair.target, name))
    return found


def on_border(point: Point, box: Rect) -> bool:
    """Whether a point lies on a box's outline."""
    return box.contains(point) and (point.x in (box.left, box.right) or point.y in (box.top, box.bottom))


def runs_together(connectors: Sequence[Connector], nearer_than: float) -> list[tuple[int, int]]:
    """Pairs of connectors with parallel pieces nearer than that for more than a pixel."""
    lines = [
        (number, level, *((r.y, r.left, r.right) if level else (r.x, r.top, r.bottom)))
        for number, connector in enumerate(connectors)
        for r in pieces(connector.points)
        for level in [r.height == 0]
    ]
    return [
        (a[0], b[0])
        for a, b in combinations(lines, 2)
        if a[0] != b[0]
        and a[1] == b[1]
        and abs(a[2] - b[2]) < nearer_than
        and min(a[4], b[4]) - max(a[3], b[3]) > 1
    ]


def crossings(connectors: Sequence[Connector]) -> int:
    """How often connectors cross each other."""
    return line_crossings([connector.points for connector in connectors])


def line_crossings(lines: Sequence[Sequence[Point]]) -> int:
    """How often lines of level and upright pieces cross each other."""
    level: list[tuple[float, float, float, int]] = []
    upright: list[tuple[float, float, float, int]] = []
    for number, points in enumerate(lines):
        for r in pieces(points):
            if r.height == 0:
                level.append((r.y, r.left, r.right, number))
            elif r.width == 0:
                upright.append((r.x, r.top, r.bottom, number))
    upright.sort()
    return sum(
        1
        for y, left, right, i in level
        for x, top, bottom, k in upright[bisect_right(upright, (left, inf)) : bisect_left(upright, (right,))]
        if i != k and top < y < bottom
    )

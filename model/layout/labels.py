"""Places for connectors' labels: on the line, on a long horizontal piece, clear of all else."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from model.geometry import Point, Rect, Size

GAP = 4.0
"""Distance between a label and boxes or other labels, where there is room."""
END_ROOM = 20.0
"""Straight line that stays visible between a label and an arrowhead."""
UPRIGHT = 70.0
"""Cost of lying on an upright piece."""
COVERED = 30.0
"""Cost of covering another connector's line."""
TOO_SHORT = 120.0
"""Cost of hiding a piece that is shorter than the label."""
CELL = 160.0

_Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class _Cells:
    """Rectangles found again by place."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[_Box]] = {}

    def add(self, box: _Box) -> None:
        for key in _keys(box):
            self._cells.setdefault(key, []).append(box)

    def hit(self, box: _Box) -> bool:
        left, top, right, bottom = box
        for key in _keys(box):
            for x1, y1, x2, y2 in self._cells.get(key, ()):
                if x1 < right and left < x2 and y1 < bottom and top < y2:
                    return True
        return False


def _keys(box: _Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = box
    for column in range(int(left // CELL), int(right // CELL) + 1):
        for row in range(int(top // CELL), int(bottom // CELL) + 1):
            yield column, row


class _Lines:
    """All straight pieces, to count those a rectangle would cover."""

    def __init__(self, lines: Sequence[tuple[Point, ...]]) -> None:
        pieces: tuple[list[tuple[float, float, float, int]], ...] = ([], [])
        for owner, points in enumerate(lines):
            for a, b in itertools.pairwise(points):
                if a.y == b.y:
                    pieces[0].append((a.y, min(a.x, b.x), max(a.x, b.x), owner))
                else:
                    pieces[1].append((a.x, min(a.y, b.y), max(a.y, b.y), owner))
        self._pieces = tuple(sorted(p) for p in pieces)

    def covered(self, box: _Box, owner: int) -> int:
        left, top, right, bottom = box
        count = 0
        for pieces, low, high, near, far in (
            (self._pieces[0], top, bottom, left, right),
            (self._pieces[1], left, right, top, bottom),
        ):
            for _, start, end, of in pieces[bisect_left(pieces, (low,)) : bisect_right(pieces, (high,))]:
                if of != owner and start < far and near < end:
                    count += 1
        return count


def place_labels(
    lines: Sequence[tuple[Point, ...]],
    sizes: Sequence[Size],
    boxes: Sequence[Rect],
    kept: dict[int, Rect] | None = None,
) -> list[Rect]:
    """One rectangle per line, centred on one of its pieces wherever that is free.

    `kept` fixes labels by index; the others make way for them. Where every place on the line is taken, the
    nearest free place beside it is used, and only when there is none either does a label overlap something.
    """
    taken, labels, all_lines = _Cells(), _Cells(), _Lines(lines)
    for box in boxes:
        taken.add((box.left, box.top, box.right, box.bottom))
    result: dict[int, Rect] = dict(kept or {})
    for label in result.values():
        labels.add((label.left, label.top, label.right, label.bottom))
    # Those with the least choice first.
    waiting = sorted((i for i in range(len(lines)) if i not in result), key=lambda i: (_longest(lines[i]), i))
    for index in waiting:
        place = _best(lines[index], sizes[index], index, taken, labels, all_lines)
        labels.add(place)
        # The size as asked for, not the difference of rounded sums: a later comparison must hold.
        result[index] = Rect(place[0], place[1], sizes[index].width, sizes[index].height)
    return [result[index] for index in range(len(lines))]


def _longest(points: tuple[Point, ...]) -> float:
    return max(abs(a.x - b.x) + abs(a.y - b.y) for a, b in itertools.pairwise(points))


def _best(
    points: tuple[Point, ...], size: Size, owner: int, taken: _Cells, labels: _Cells, lines: _Lines
) -> _Box:
    places = sorted(_places(points, size))
    best: _Box | None = None
    best_cost = float("inf")
    for cost, x, y in places:
        if cost >= best_cost:
            break
        box = _around(x, y, size)
        wide = (box[0] - GAP, box[1] - GAP, box[2] + GAP, box[3] + GAP)
        if taken.hit(wide) or labels.hit(wide):
            continue
        cost += COVERED * lines.covered(box, owner)
        if cost < best_cost:
            best, best_cost = box, cost
    if best is not None:
        return best
    return _beside(places, size, taken, labels)


def _around(x: float, y: float, size: Size) -> _Box:
    return x - size.width / 2, y - size.height / 2, x + size.width / 2, y + size.height / 2


def _places(points: tuple[Point, ...], size: Size) -> Iterator[tuple[float, float, float]]:
    """Possible centres on the line with their cost before anything in the way is looked at."""
    last = len(points) - 2
    for k, (a, b) in enumerate(itertools.pairwise(points)):
        level = a.y == b.y
        extent = size.width if level else size.height
        length = abs(a.x - b.x) + abs(a.y - b.y)
        if length < 1:
            continue
        # Room for the arrowhead at the end, and a little line to be seen at the start.
        begin = 8.0 + extent / 2
        stop = length - (END_ROOM if k == last else 8.0) - extent / 2
        cost = 0.0 if level else UPRIGHT
        if stop < begin:
            # Rather cover the tail than the arrowhead, as long as the label keeps off the boxes at both ends.
            least, most = extent / 2 + GAP, length - extent / 2 - GAP
            begin = stop = max(stop, least) if least <= most else length / 2
            cost += TOO_SHORT
        cost -= min(length, 400.0) * 0.2
        steps = min(int((stop - begin) // (extent / 2 + 6)), 24)
        for step in range(steps + 1):
            along = begin + (stop - begin) * (step / steps if steps else 0.5)
            off = abs(along - (begin + stop) / 2)
            t = along / length
            yield cost + off * 0.12, a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t


def _beside(places: list[tuple[float, float, float]], size: Size, taken: _Cells, labels: _Cells) -> _Box:
    """The nearest free place off the line, or the best place on it when there is none."""
    for off in range(4, 400, 8):
        for _, x, y in places:
            for dx, dy in ((0, -off), (0, off), (-off, 0), (off, 0)):
                box = _around(x + dx, y + dy, size)
                if not taken.hit(box) and not labels.hit(box):
                    return box
    _, x, y = places[0] if places else (0.0, 0.0, 0.0)
    return _around(x, y, size)

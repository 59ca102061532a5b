"""Places for connectors' labels: on the line, on a long horizontal piece, clear of all else."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from model.layout.standing import Standing
from model.shapes.geometry import Point, Rect, Size

GAP = 4.0
"""Distance between a label and boxes or other labels, where there is room."""
LEAST_GAP = 0.5
"""The same where there is little room, before a label leaves its line."""
FINE_STEP = 6.0
"""Distance between the places tried where there is little room."""
TRIES = 12
"""How often another label is asked to make way."""
MOST_STEPS = 100
"""Places tried on one piece at most."""
END_ROOM = 20.0
"""Straight line that stays visible between a label and an arrowhead."""
UPRIGHT = 70.0
"""Cost of lying on an upright piece."""
COVERED = 30.0
"""Cost of covering another connector's line."""
TOO_SHORT = 120.0
"""Cost of hiding a piece that is shorter than the label."""
FAR = 600.0
"""What is further from all lines that wait for a label than this is in no label's way."""
CELL = 160.0

TAKEN = -1
"""The owner of what no label may cover."""

_Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class _Cells:
    """Rectangles found again by place, each with the number of its owner."""

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], list[tuple[float, float, float, float, int]]] = defaultdict(
            list
        )

    def add(self, box: _Box, owner: int) -> None:
        left, top, right, bottom = box
        entry = (left, top, right, bottom, owner)
        row, last_row = int(top // CELL), int(bottom // CELL)
        for column in range(int(left // CELL), int(right // CELL) + 1):
            self._cells[column, row].append(entry)
            for below in range(row + 1, last_row + 1):
                self._cells[column, below].append(entry)

    def remove(self, box: _Box, owner: int) -> None:
        for key in _keys(box):
            self._cells[key].remove((*box, owner))

    def hit(self, box: _Box) -> bool:
        left, top, right, bottom = box
        cells = self._cells
        for column in range(int(left // CELL), int(right // CELL) + 1):
            for row in range(int(top // CELL), int(bottom // CELL) + 1):
                for x1, y1, x2, y2, _ in cells.get((column, row), ()):
                    if x1 < right and left < x2 and y1 < bottom and top < y2:
                        return True
        return False

    def owners(self, box: _Box) -> set[int]:
        """Whose rectangles overlap this one."""
        left, top, right, bottom = box
        return {
            owner
            for key in _keys(box)
            for x1, y1, x2, y2, owner in self._cells.get(key, ())
            if x1 < right and left < x2 and y1 < bottom and top < y2
        }


def _keys(box: _Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = box
    for column in range(int(left // CELL), int(right // CELL) + 1):
        for row in range(int(top // CELL), int(bottom // CELL) + 1):
            yield column, row


def place_labels(
    lines: Sequence[tuple[Point, ...]],
    sizes: Sequence[Size],
    boxes: Sequence[Rect],
    kept: Mapping[int, Rect],
    pieces: Standing,
) -> list[Rect]:
    """One rectangle per line, centred on one of its pieces wherever that is free.

    `kept` fixes labels by index; the others make way for them. `pieces` are those of all lines, by index. Where
    every place on the line is taken, the nearest free place beside it is used, and only when there is none either
    does a label overlap something.
    """
    room = _Room(lines, sizes, pieces)
    result = dict(kept)
    # Those with the least choice first.
    waiting = sorted((i for i in range(len(lines)) if i not in result), key=lambda i: (_longest(lines[i]), i))
    if waiting:
        xs, ys = zip(*((point.x, point.y) for i in waiting for point in lines[i]), strict=True)
        left, top, right, bottom = min(xs) - FAR, min(ys) - FAR, max(xs) + FAR, max(ys) + FAR
        for owner, rect in (*((TAKEN, box) for box in boxes), *kept.items()):
            x, y, width, height = rect
            if x < right and y < bottom and x + width > left and y + height > top:
                room.found.add((x, y, x + width, y + height), owner)
    for index in waiting:
        place = room.on_line(index) or room.by_moving_another(index) or room.beside(index)
        room.put(index, place)
    for index, place in room.placed.items():
        # The size as asked for, not the difference of rounded sums: a later comparison must hold.
        result[index] = Rect(place[0], place[1], sizes[index].width, sizes[index].height)
    return [result[index] for index in range(len(lines))]


class _Room:
    """What is taken, what is placed, and where there is still a place."""

    def __init__(self, lines: Sequence[tuple[Point, ...]], sizes: Sequence[Size], pieces: Standing) -> None:
        self.found = _Cells()
        self.placed: dict[int, _Box] = {}
        self._lines, self._sizes = lines, sizes
        self._pieces = pieces

    def put(self, index: int, box: _Box) -> None:
        """Let a label lie there."""
        self.placed[index] = box
        self.found.add(box, index)

    def _take_away(self, index: int) -> _Box:
        box = self.placed.pop(index)
        self.found.remove(box, index)
        return box

    def on_line(self, index: int) -> _Box | None:
        """The best free place on the label's own line."""
        size = self._sizes[index]
        for gap, step in ((GAP, size.width / 2 + 6.0), (LEAST_GAP, FINE_STEP)):
            best: _Box | None = None
            best_cost = float("inf")
            for cost, x, y in sorted(_places(self._lines[index], size, step)):
                if cost >= best_cost:
                    break
                box = _around(x, y, size)
                wide = _grown(box, gap)
                if self.found.hit(wide):
                    continue
                cost += COVERED * self._covered(box, index)
                if cost < best_cost:
                    best, best_cost = box, cost
            if best is not None:
                return best
        return None

    def _covered(self, box: _Box, owner: int) -> int:
        """How many pieces of other lines a label would cover."""
        left, top, right, bottom = box
        near = self._pieces.near
        level, upright = near(0, top, bottom, left, right), near(1, left, right, top, bottom)
        return sum(piece[3] != owner for piece in (*level, *upright))

    def by_moving_another(self, index: int) -> _Box | None:
        """A place on the line where one other label lies that finds another on its own line."""
        size, tries = self._sizes[index], 0
        for _, x, y in sorted(_places(self._lines[index], size, FINE_STEP)):
            if tries == TRIES:
                break
            box = _around(x, y, size)
            wide = _grown(box, LEAST_GAP)
            owners = self.found.owners(wide)
            if len(owners) != 1 or not owners <= self.placed.keys():
                continue
            tries += 1
            (other,) = owners
            before = self._take_away(other)
            self.found.add(box, index)
            place = self.on_line(other)
            self.found.remove(box, index)
            self.put(other, place or before)
            if place is not None:
                return box
        return None

    def beside(self, index: int) -> _Box:
        """The nearest free place off the line, or the best place on it when there is none."""
        size = self._sizes[index]
        places = sorted(_places(self._lines[index], size, size.width / 2 + 6.0))
        for off in range(4, 400, 8):
            for _, x, y in places:
                for dx, dy in ((0, -off), (0, off), (-off, 0), (off, 0)):
                    box = _around(x + dx, y + dy, size)
                    if not self.found.hit(box):
                        return box
        _, x, y = places[0] if places else (0.0, 0.0, 0.0)
        return _around(x, y, size)


def _longest(points: tuple[Point, ...]) -> float:
    return max(abs(a.x - b.x) + abs(a.y - b.y) for a, b in itertools.pairwise(points))


def _around(x: float, y: float, size: Size) -> _Box:
    return x - size.width / 2, y - size.height / 2, x + size.width / 2, y + size.height / 2


def _grown(box: _Box, by: float) -> _Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _places(points: tuple[Point, ...], size: Size, apart: float) -> Iterator[tuple[float, float, float]]:
    """Possible centres on the line, about `apart` from each other, and what each costs if nothing is in the way."""
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
        steps = min(int((stop - begin) // (apart if level else min(apart, extent / 2 + 6))), MOST_STEPS)
        for step in range(steps + 1):
            along = begin + (stop - begin) * (step / steps if steps else 0.5)
            off = abs(along - (begin + stop) / 2)
            t = along / length
            yield cost + off * 0.12, a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t

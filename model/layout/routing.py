"""Connectors between boxes: orthogonal, around every box, apart from each other, each with its label.

Three steps: a search through the free corridors decides how each connector goes (`search`), all pieces
are spread over the room they share (`spread`), and labels take the best free places (`labels`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from model.layout.bands import Bands
from model.layout.corridors import Bounds, CorridorMap
from model.layout.labels import place_labels
from model.layout.search import Search
from model.layout.spread import Obstacles, spread
from model.layout.standing import Standing
from model.layout.wires import Wire
from model.shapes.geometry import Point, Rect, Size

OPEN_SPACE = 400.0
"""How far beyond the outermost boxes connectors may go."""
FEW = 100
"""Up to this many connectors each gets the best way there is; beyond, ways and places are looked for in a hurry."""
CAREFUL = 400
"""Up to this many connectors, crossings are weighed while searching, and lines untangled."""
COARSE = 3000
"""Beyond this many connectors all become plain stepped lines that pay no heed to boxes or to each other."""


class Pair(NamedTuple):
    """A wanted connector; `label` is the size its text needs, and higher priority is routed first.

    `laid` is the line that a hand gave it, from border to border: it stays, and others make way.
    """

    source: str
    target: str
    label: Size = Size(0, 0)
    priority: float = 0.0
    laid: tuple[Point, ...] = ()


class Connector(NamedTuple):
    """A routed pair: corners from border to border, and the rectangle of its label."""

    pair: Pair
    points: tuple[Point, ...]
    label: Rect


@dataclass(frozen=True, slots=True)
class Routes:
    """Connectors in the order of the pairs asked for, and the boxes they were routed around."""

    connectors: tuple[Connector, ...]
    boxes: Mapping[str, Rect] = field(repr=False)
    straights: Standing | None = field(default=None, repr=False, compare=False)
    """Where all lines run, by their places here, if that is known."""

    def between(self, source: str, target: str) -> Connector | None:
        """The connector of a pair, if it was asked for."""
        return next((c for c in self.connectors if (c.pair.source, c.pair.target) == (source, target)), None)


def route(
    boxes: Mapping[str, Rect],
    pairs: Sequence[Pair],
    *,
    avoid: Sequence[Rect] = (),
    frames: Sequence[Rect] = (),
) -> Routes:
    """Connectors for all pairs; the same input always gives the same result.

    Labels keep off the rectangles in `avoid` (titles of zones), and lines pass them by where they can. `frames` are
    rectangles whose edges lines may cross but do not run along (the frames of zones). A pair whose boxes overlap or
    are walled in gets a plain line instead. Raises KeyError when a pair names a box that is missing.
    """
    laid = _laid(pairs)
    standing = Standing({index: way.points for index, way in laid.items()})
    return _routed(boxes, pairs, laid, standing, Bands(frames, avoid), avoid, ())


def reroute(
    previous: Routes,
    boxes: Mapping[str, Rect],
    pairs: Sequence[Pair],
    moved: Collection[str],
    *,
    avoid: Sequence[Rect] = (),
    frames: Sequence[Rect] = (),
    most: int | None = None,
) -> Routes:
    """Like `route`, but connectors of `previous` stay as they are unless something of theirs moved.

    Routed anew are pairs that were not routed before, those with an end in `moved` (or whose box changed in
    any way), those whose line such a box touches now, and those that a newly laid line runs along. A label that is
    covered now, or changed size, is placed anew.

    Where more than `most` would have to be routed anew, lines that are in the way of others stay as they are.
    """
    known = previous.boxes.get
    # The same object is the quick answer; most are.
    changed = {name for name, rect in boxes.items() if (was := known(name)) is not rect and was != rect}
    changed.update(moved)
    here = sorted(name for name in changed if name in boxes)
    laid = _laid(pairs)
    kept = _unchanged(previous, pairs, changed)
    fresh = laid.keys() - kept.keys()
    lines = {index: way.points for index, way in laid.items() if index in fresh}
    straights = _straights(previous, pairs, kept)
    gone = {
        index
        for way in (boxes[name].grow(2) for name in here)
        for index in straights.touching(way.left, way.top, way.right, way.bottom)
    }
    for line in lines.values():
        gone |= straights.along(line)
    if most is not None and len(pairs) - len(kept.keys() - gone) > most:
        gone.clear()
    kept = {index: old for index, old in kept.items() if index in laid or index not in gone}
    standing = straights.only(kept).and_also(lines)
    kept.update((index, laid[index]) for index in fresh)
    return _routed(boxes, pairs, kept, standing, Bands(frames, avoid), avoid, [boxes[name] for name in here])


def _unchanged(previous: Routes, pairs: Sequence[Pair], changed: Collection[str]) -> dict[int, Connector]:
    """The earlier connectors, by the numbers of their pairs, that are still wanted and whose ends did not change."""
    before = {(c.pair.source, c.pair.target): c for c in previous.connectors}
    kept = {}
    for index, pair in enumerate(pairs):
        source, target = pair.source, pair.target
        if source not in changed and target not in changed:
            old = before.get((source, target))
            if old is not None and old.pair.laid == pair.laid:
                kept[index] = old
    return kept


def _straights(previous: Routes, pairs: Sequence[Pair], kept: Mapping[int, Connector]) -> Standing:
    """Where lines run, at least those kept, by the numbers of their pairs now."""
    known, old = previous.straights, previous.connectors
    if known is not None and all(index < len(old) and old[index] is each for index, each in kept.items()):
        return known
    return Standing({index: each.points for index, each in kept.items()})


def _laid(pairs: Sequence[Pair]) -> dict[int, Connector]:
    """The connectors whose lines a hand has given; their labels have no place yet."""
    return {
        index: Connector(pair, pair.laid, Rect(0, 0, -1, -1)) for index, pair in enumerate(pairs) if pair.laid
    }


def _routed(
    boxes: Mapping[str, Rect],
    pairs: Sequence[Pair],
    kept: Mapping[int, Connector],
    standing: Standing,
    bands: Bands,
    avoid: Sequence[Rect],
    moved: Sequence[Rect],
) -> Routes:
    lines = {index: old.points for index, old in kept.items()}
    fresh = [index for index in range(len(pairs)) if index not in kept]
    if fresh and len(pairs) <= COARSE:
        lines.update(_lines(boxes, pairs, fresh, standing, bands))
    for index in fresh:
        if index not in lines:
            lines[index] = plain_line(boxes[pairs[index].source], boxes[pairs[index].target])
    in_order = [lines[index] for index in range(len(pairs))]
    covering = (*moved, *avoid)
    staying = {
        index: old.label
        for index, old in kept.items()
        if old.label[2:] == pairs[index].label and not any(map(old.label.intersects, covering))
    }
    straights = standing.and_also({index: lines[index] for index in fresh})
    labels = place_labels(
        in_order, [pair.label for pair in pairs], [*boxes.values(), *avoid], staying, straights
    )
    connectors = tuple(
        old
        if (old := kept.get(index)) is not None and old.pair is pair and old.label is labels[index]
        else Connector(pair, in_order[index], labels[index])
        for index, pair in enumerate(pairs)
    )
    return Routes(connectors, dict(boxes), straights)


def _lines(
    boxes: Mapping[str, Rect],
    pairs: Sequence[Pair],
    fresh: Sequence[int],
    standing: Standing,
    bands: Bands,
) -> dict[int, tuple[Point, ...]]:
    number = {name: index for index, name in enumerate(boxes)}
    bounds: list[Bounds] = [((r.left, r.right), (r.top, r.bottom)) for r in boxes.values()]
    ends = [(number[pairs[index].source], number[pairs[index].target]) for index in fresh]
    careful, hurried = len(pairs) <= CAREFUL, len(pairs) > FEW

    def length(index: int) -> float:
        a, b = boxes[pairs[index].source].center, boxes[pairs[index].target].center
        return abs(a.x - b.x) + abs(a.y - b.y)

    in_turn = [
        index
        for index in sorted(fresh, key=lambda i: (-pairs[i].priority, length(i), i))
        if not boxes[pairs[index].source].intersects(boxes[pairs[index].target])
    ]
    wires: dict[int, Wire] = {}
    # What is far from all ends is hardly ever needed, and looking at it takes time.
    for mattering in ([bounds[end] for both in ends for end in both], bounds):
        frame = _around(mattering)
        near = [index for index, box in enumerate(bounds) if _meet(box, frame)]
        free = CorridorMap(bounds, frame, near)
        search = Search(bounds, free, bands, standing, weigh_crossings=careful, hurried=hurried)
        found = {
            index: search.connect(number[pairs[index].source], number[pairs[index].target])
            for index in in_turn
        }
        wires = {index: wire for index in sorted(found) if (wire := found[index]) is not None}
        if len(wires) == len(in_turn):
            break
    obstacles = Obstacles(bounds, frame, near)
    spread(list(wires.values()), bounds, obstacles, bands, standing, careful=careful, hurried=hurried)
    return {index: wire.points() for index, wire in wires.items()}


def _around(boxes: Sequence[Bounds]) -> Bounds:
    """The extent of some boxes and the open space around them."""
    return (
        (min(box[0][0] for box in boxes) - OPEN_SPACE, max(box[0][1] for box in boxes) + OPEN_SPACE),
        (min(box[1][0] for box in boxes) - OPEN_SPACE, max(box[1][1] for box in boxes) + OPEN_SPACE),
    )


def _meet(box: Bounds, frame: Bounds) -> bool:
    return all(low < to and begin < high for (low, high), (begin, to) in zip(box, frame, strict=True))


def plain_line(source: Rect, target: Rect) -> tuple[Point, ...]:
    """The simplest upright or level line between two boxes, whatever lies in between."""
    a, b = source.center, target.center
    if source.right <= target.left or target.right <= source.left:
        start, end = (
            (source.right, target.left) if source.right <= target.left else (source.left, target.right)
        )
        top, bottom = max(source.top, target.top), min(source.bottom, target.bottom)
        if top < bottom:
            return Point(start, (top + bottom) / 2), Point(end, (top + bottom) / 2)
        middle = (start + end) / 2
        return Point(start, a.y), Point(middle, a.y), Point(middle, b.y), Point(end, b.y)
    start, end = (source.bottom, target.top) if a.y <= b.y else (source.top, target.bottom)
    left, right = max(source.left, target.left), min(source.right, target.right)
    return Point((left + right) / 2, start), Point((left + right) / 2, end)

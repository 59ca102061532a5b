"""Lines as a hand laid them: straight pieces in turn, each known by its place across its direction.

Their ends follow the boxes they join; a piece can be taken elsewhere, and what then lies in line becomes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from model.layout.corridors import Bounds, Span
from model.layout.wires import LEAD_IN, LEAD_OUT, Wire, port_range, wire_from_points
from model.shapes.geometry import Point, Rect

TOGETHER = 5.0
"""Pieces that come this near to lying in line do."""


def line_along(axis: int, places: Sequence[float], source: Rect, target: Rect) -> tuple[Point, ...]:
    """The corners from border to border, or none where the boxes stand so that there is no such line.

    `axis` is 0 where the first piece is level. The end pieces stay at the sides of their boxes.
    """
    wire = _wire(axis, places, _bounds(source), _bounds(target))
    return wire.points() if wire is not None else ()


def is_clear(line: Sequence[Point], boxes: Iterable[Rect]) -> bool:
    """Whether a line runs through none of the boxes; touching one does not count."""
    spans = [(min(a.x, b.x), max(a.x, b.x), min(a.y, b.y), max(a.y, b.y)) for a, b in pairwise(line)]
    return not any(
        left < box.right and box.left < right + 1e-9 and top < box.bottom and box.top < bottom + 1e-9
        for box in (each.inset(0.5) for each in boxes)
        for left, right, top, bottom in spans
    )


def places_of(line: Sequence[Point]) -> tuple[int, list[float]] | None:
    """The axis of a line's first piece and the places of all; None where it does not turn at every corner."""
    wire = wire_from_points(0, 1, tuple(line))
    return (wire.first, wire.at) if wire is not None else None


def taken(
    line: Sequence[Point], piece: int, to: float, source: Rect, target: Rect
) -> tuple[int, list[float]] | None:
    """Axis and places of a line after one piece was taken to another place across it; None where that cannot be.

    A piece that is taken off the side of its box stays joined to it by a step.
    """
    wire = wire_from_points(0, 1, tuple(line))
    if wire is None or not 0 <= piece < len(wire.at):
        return None
    at, last = wire.at, len(wire.at) - 1
    across = 1 - (wire.first + piece) % 2
    near = [at[k] for k in (piece - 2, piece + 2) if 0 <= k <= last]
    to = next((place for place in near if abs(place - to) <= TOGETHER), to)
    leaves = piece == 0 and not _within(to, port_range(_bounds(source), across))
    enters = piece == last and not _within(to, port_range(_bounds(target), across))
    if last == 0:
        leaves = enters = leaves or enters
    begin, stop = wire.extent(piece)
    if leaves and enters and abs(stop - begin) <= LEAD_OUT + LEAD_IN:
        return None
    way = 1.0 if stop > begin else -1.0
    before = [at[0], wire.start + way * LEAD_OUT] if leaves else []
    after = [wire.end - way * LEAD_IN, at[last]] if enters else []
    return wire.first, _joined([*at[:piece], *before, to, *after, *at[piece + 1 :]])


def _within(value: float, span: Span) -> bool:
    return span[0] <= value <= span[1]


def _joined(at: list[float]) -> list[float]:
    """Without the steps between pieces that lie in line."""
    k = 0
    while k + 2 < len(at):
        if at[k] == at[k + 2]:
            del at[k + 1 : k + 3]
            k = max(k - 2, 0)
        else:
            k += 1
    return at


def _bounds(rect: Rect) -> Bounds:
    return (rect.left, rect.right), (rect.top, rect.bottom)


def _wire(axis: int, places: Sequence[float], source: Bounds, target: Bounds) -> Wire | None:
    at = [float(place) for place in places]
    out = port_range(source, 1 - axis)
    if len(at) == 1:
        into = port_range(target, 1 - axis)
        low, high = max(out[0], into[0]), min(out[1], into[1])
        ahead, behind = target[axis][0] >= source[axis][1], target[axis][1] <= source[axis][0]
        if low > high or not (ahead or behind):
            return None
        start, end = (source[axis][1], target[axis][0]) if ahead else (source[axis][0], target[axis][1])
        return Wire(0, 1, axis, [min(max(at[0], low), high)], start, end)
    last = (axis + len(at) - 1) % 2
    into = port_range(target, 1 - last)
    at[0], at[-1] = min(max(at[0], out[0]), out[1]), min(max(at[-1], into[0]), into[1])
    if len(_joined(at)) == 1:
        return _wire(axis, at, source, target)
    borders = _border(source[axis], at[1]), _border(target[last], at[-2])
    if borders[0] is None or borders[1] is None:
        return None
    return Wire(0, 1, axis, at, borders[0], borders[1])


def _border(span: Span, towards: float) -> float | None:
    """The border of a box that faces a place; None where the place is within the box."""
    return span[1] if towards > span[1] else span[0] if towards < span[0] else None

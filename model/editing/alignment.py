"""Aligning and distributing rectangles: how far each has to move. Pure geometry, whole scene pixels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from model.shapes.geometry import Rect, bounding

Edge = Literal["left", "center", "right", "top", "middle", "bottom"]
Axis = Literal["horizontally", "vertically"]
Offsets = dict[str, tuple[int, int]]
"""How far each thing moves, by id; what stays is left out."""

_AT: dict[Edge, tuple[bool, Callable[[Rect], float]]] = {
    "left": (True, lambda rect: rect.left),
    "center": (True, lambda rect: rect.center.x),
    "right": (True, lambda rect: rect.right),
    "top": (False, lambda rect: rect.top),
    "middle": (False, lambda rect: rect.center.y),
    "bottom": (False, lambda rect: rect.bottom),
}


def align(rects: Mapping[str, Rect], edge: Edge, fixed: Mapping[str, Rect] | None = None) -> Offsets:
    """Bring an edge or a middle line of all to where it lies in the rectangle around them.

    Where some are `fixed`, the others come to the rectangle around those.
    """
    around = bounding((fixed or rects).values())
    if around is None:
        return {}
    sideways, at = _AT[edge]
    target = at(around)
    return _offsets({name: target - at(rect) for name, rect in rects.items()}, sideways)


def distribute(rects: Mapping[str, Rect], axis: Axis) -> Offsets:
    """Make the gaps between neighbours equal, the two outermost staying where they are.

    Overlapping ones are spread by the same rule: their gaps are equal and negative where there is no room.
    """
    sideways = axis == "horizontally"
    low, high, size = _SPAN[axis]
    order = sorted(rects, key=lambda name: (low(rects[name]) + high(rects[name]), name))
    if len(order) < 3:
        return {}
    start, end = low(rects[order[0]]), high(rects[order[-1]])
    gap = (end - start - sum(size(rects[name]) for name in order)) / (len(order) - 1)
    moves: dict[str, float] = {}
    at = start
    for name in order:
        moves[name] = at - low(rects[name])
        at += size(rects[name]) + gap
    return _offsets(moves, sideways)


_SPAN: dict[Axis, tuple[Callable[[Rect], float], Callable[[Rect], float], Callable[[Rect], float]]] = {
    "horizontally": (lambda rect: rect.left, lambda rect: rect.right, lambda rect: rect.width),
    "vertically": (lambda rect: rect.top, lambda rect: rect.bottom, lambda rect: rect.height),
}


def _offsets(moves: Mapping[str, float], sideways: bool) -> Offsets:
    whole = {name: round(by) for name, by in moves.items() if round(by)}
    return {name: (by, 0) if sideways else (0, by) for name, by in whole.items()}

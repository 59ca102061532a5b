"""Bending connectors: a straight piece of one follows the hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF

from gui.canvas.hand import Hand
from gui.document.selection import Pair
from gui.language import tr
from model.editing import bending
from model.editing.placing import GRID
from model.picture.courses import line_of
from model.shapes.geometry import Point, snap


class Bend:
    """One straight piece of a connector follows the hand; the others stay joined to it."""

    def __init__(self, hand: Hand, pair: Pair, at: QPointF) -> None:
        self._hand, self._pair = hand, pair
        self._line = hand.scene.wires.pairs[pair].wire.points
        self._piece = piece_at(self._line, at)
        self._course = hand.scene.design.course_of.get(pair)
        self._changed = False
        hand.scene.wires.hide_pair(pair)
        hand.scene.handles.hide()

    def to(self, dx: float, dy: float, free: bool) -> None:
        """Show the piece moved this far across its direction, on the grid unless `free`."""
        scene, a, b = self._hand.scene, *self._line[self._piece : self._piece + 2]
        to = a.y + dy if is_level(a, b) else a.x + dx
        course = bending.bent(self._pair, self._line, self._piece, snap(to, 1 if free else GRID), scene.cards)
        line = line_of(course, scene.cards) if course is not None else ()
        self._changed = bool(line)
        if line:
            self._course = course
        scene.overlay.show_sketches([line or self._line])

    def commit(self) -> None:
        """Make it so, as one step."""
        course, cards = self._course, self._hand.scene.cards
        if self._changed and course is not None:
            self._hand.document.edit(tr("edit.bend"), lambda design: bending.lay(design, course, cards))
        self.abandon()

    def abandon(self) -> None:
        """Show the connector as it is."""
        self._hand.scene.wires.hide_pair(None)
        self._hand.scene.handles.show()


def piece_at(line: Sequence[Point], at: QPointF, among: Sequence[int] = ()) -> int:
    """The straight piece of a line (one of those named, if any are) nearest to a point."""

    def away(k: int) -> float:
        a, b = line[k], line[k + 1]
        dx = max(min(a.x, b.x) - at.x(), at.x() - max(a.x, b.x), 0.0)
        dy = max(min(a.y, b.y) - at.y(), at.y() - max(a.y, b.y), 0.0)
        return dx * dx + dy * dy

    return min(among or range(len(line) - 1), key=away)


def is_level(a: Point, b: Point) -> bool:
    """Whether a straight piece runs from left to right or back."""
    return a.y == b.y

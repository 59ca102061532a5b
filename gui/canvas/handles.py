"""Where the chosen connector can be held to bend it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.canvas.items import OVERLAY
from gui.canvas.paint import scale_of
from gui.canvas.untouched import Untouched
from model.shapes.geometry import Point

HANDLE = 7.0
"""The side of a handle in screen pixels."""
_ROOM = 3.0
"""Pieces shorter than so many handles show none; they can be held all the same."""


class Handles(Untouched):
    """Small squares in the middle of the chosen connector's pieces."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(OVERLAY)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._line: tuple[Point, ...] = ()
        self._label = QRectF()
        self._colours = "#0b5cd5", "#ffffff"
        self._area = QRectF()
        self.held: int | None = None
        """The piece that the keyboard moves."""

    def hold(self, piece: int | None) -> None:
        """Mark the piece that the keyboard moves."""
        if piece != self.held:
            self.held = piece
            self.update()

    def show_for(self, line: tuple[Point, ...], label: QRectF, accent: str, ground: str) -> None:
        """Show them for a line (none: show nothing) clear of its label, outlined and filled in these colours."""
        if (line, label, (accent, ground)) != (self._line, self._label, self._colours):
            self.prepareGeometryChange()
            if line != self._line:
                self.held = None
            self._line, self._label, self._colours = line, label, (accent, ground)
            xs, ys = [point.x for point in line] or [0.0], [point.y for point in line] or [0.0]
            # As wide as handles are at the smallest scale.
            room = HANDLE * 20
            self._area = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).adjusted(
                -room, -room, room, room
            )
            self.update()

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = max(scale_of(painter), 0.05)
        side = HANDLE / scale
        painter.setPen(QPen(QColor(self._colours[0]), 1.4 / scale))
        painter.setBrush(QColor(self._colours[1]))
        for number, (a, b) in enumerate(pairwise(self._line)):
            middle = QPointF((a.x + b.x) / 2, (a.y + b.y) / 2)
            handle = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            if number == self.held:
                self._paint_held(painter, a, b, scale)
            elif abs(a.x - b.x) + abs(a.y - b.y) >= _ROOM * side and not handle.intersects(self._label):
                painter.drawRect(handle)

    def _paint_held(self, painter: QPainter, a: Point, b: Point, scale: float) -> None:
        """The whole piece marked, beside its label, between squares at its ends."""
        accent, side = QColor(self._colours[0]), HANDLE / scale
        beside = QPainterPath()
        beside.addRect(self._area)
        beside.addRect(self._label)
        painter.save()
        painter.setClipPath(beside, Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(accent, 4.0 / scale))
        painter.drawLine(QPointF(a.x, a.y), QPointF(b.x, b.y))
        painter.setBrush(accent)
        painter.setPen(Qt.PenStyle.NoPen)
        for end in (a, b):
            painter.drawRect(QRectF(end.x - side / 2, end.y - side / 2, side, side))
        painter.restore()

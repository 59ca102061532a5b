"""What lies below everything on the canvas: its colour and the dots of the grid."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from model.shapes.theme import Theme

_STEP = 20
_NEAREST = 14
"""Dots lie at least this far apart on the screen, in pixels."""


def paint_ground(painter: QPainter, rect: QRectF | QRect, theme: Theme, scale: float, dots: bool) -> None:
    """Fill a part of the scene, with dots that are every second, fourth… one on small scales."""
    painter.fillRect(rect, QColor(theme.canvas))
    if not dots:
        return
    step = _STEP
    while step * scale < _NEAREST:
        step *= 2
    left, top = int(rect.left()) // step * step, int(rect.top()) // step * step
    points = [
        QPointF(x, y)
        for x in range(left, int(rect.right()) + step, step)
        for y in range(top, int(rect.bottom()) + step, step)
    ]
    dot = QPen(QColor(theme.grid), 1.6)
    dot.setCosmetic(True)
    dot.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(dot)
    painter.drawPoints(points)

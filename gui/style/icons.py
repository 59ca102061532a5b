"""Icons for buttons, menus and lists, drawn from the bundled outlines: the same shapes as on canvas and paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPen, QPixmap

import resources
from model.shapes.icons import Icon, icons


@cache
def outlines() -> Mapping[str, Icon]:
    """Every bundled icon by name."""
    return icons(resources.text("icons/icons.json"))


@cache
def path(name: str) -> QPainterPath:
    """The outline of an icon in its own units."""
    drawn = QPainterPath()
    for line in outlines()[name].paths:
        for segment in line:
            match segment:
                case ("M", x, y):
                    drawn.moveTo(x, y)
                case ("L", x, y):
                    drawn.lineTo(x, y)
                case ("C", x1, y1, x2, y2, x, y):
                    drawn.cubicTo(QPointF(x1, y1), QPointF(x2, y2), QPointF(x, y))
                case ("Z",):
                    drawn.closeSubpath()
    return drawn


def stroke(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw an icon into a square, whatever the scale: the line is as thick as the icon's own units say."""
    icon = outlines()[name]
    pen = QPen(colour, icon.stroke)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / icon.size, rect.height() / icon.size)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path(name))
    painter.restore()


class _Outline(QIconEngine):
    """Draws an icon afresh at every size, so that it is crisp on every screen. `tile`: on a coloured rounded square."""

    def __init__(self, name: str, colour: str, faint: str, tile: str | None) -> None:
        super().__init__()
        self._name, self._colour, self._faint, self._tile = name, colour, faint, tile

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        square = QRectF(rect)  # type: ignore[call-overload]  # the stubs call it object; it is a QRect
        colour = self._faint if mode == QIcon.Mode.Disabled else self._colour
        if self._tile is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._tile))
            painter.drawRoundedRect(square, square.width() * 0.22, square.width() * 0.22)
            painter.restore()
            inset = square.width() * 0.2
            square = square.adjusted(inset, inset, -inset, -inset)
        stroke(painter, self._name, square, QColor(colour))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        if drawn.isNull():
            return drawn  # a button that is laid out for the first time may have no room yet
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, drawn.rect(), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return _Outline(self._name, self._colour, self._faint, self._tile)


def icon(name: str, colour: str, faint: str = "#888888") -> QIcon:
    """An icon in one colour, `faint` where it is disabled."""
    return QIcon(_Outline(name, colour, faint, None))


def tile(name: str, colour: str, background: str) -> QIcon:
    """An icon on a rounded square of colour, as on the cards of the canvas."""
    return QIcon(_Outline(name, colour, colour, background))

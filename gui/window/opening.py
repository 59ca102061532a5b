"""What is seen while the program is being loaded. It needs Qt, a font and nothing else, so it is there at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QEventLoop, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

import resources

_NAME, _ACCENT = "Portchart", "#0b5cd5"
_WIDTH, _HEIGHT = 380, 150
_TILE, _GAP = 56, 18

_PATIENCE = 250
"""Milliseconds to wait for a screen that is slow to show it."""


def new_application(arguments: Sequence[str]) -> QApplication:
    """The one QApplication, as bare as it can be; `gui.app` does the rest."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    return QApplication(list(arguments))


@cache
def bundled_font(weight: str) -> str:
    """Load a bundled font ("Regular" or "Bold") and give the name of its family."""
    number = QFontDatabase.addApplicationFont(str(resources.path(f"fonts/NotoSansJP-{weight}.ttf")))
    return next(iter(QFontDatabase.applicationFontFamilies(number)), "")


class Opening(QWidget):
    """A card with the program's mark and name in the middle of the screen, in the system's colours."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(_WIDTH, _HEIGHT)
        self.move(QGuiApplication.primaryScreen().availableGeometry().center() - self.rect().center())

    def appear(self) -> None:
        """Show it, and wait for it to be painted before anything else is done; not for long."""
        self.show()
        waiting = QEventLoop()
        self.painted.connect(waiting.quit, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(_PATIENCE, waiting.quit)
        waiting.exec()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self.palette()
        painter.fillRect(self.rect(), palette.base())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(palette.mid().color())
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        face = QFont(bundled_font("Bold"))
        face.setPixelSize(34)
        face.setBold(True)
        painter.setFont(face)
        wide = painter.fontMetrics().horizontalAdvance(_NAME)
        left = (self.width() - _TILE - _GAP - wide) / 2
        painter.setPen(palette.text().color())
        beside = QRectF(left + _TILE + _GAP, 0, wide + 1, self.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, _NAME)
        _paint_mark(painter, QRectF(left, (self.height() - _TILE) / 2, _TILE, _TILE))
        painter.end()
        self.painted.emit()


def _paint_mark(painter: QPainter, tile: QRectF) -> None:
    """The program's mark, as on its icon: one box joined to two below it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_ACCENT))
    painter.drawRoundedRect(tile, 12, 12)
    painter.translate(tile.topLeft())
    painter.scale(tile.width() / 24, tile.height() / 24)
    white = QPen(QColor("white"), 1.4)
    white.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(white)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, y in ((9.5, 5), (5, 14), (14, 14)):
        painter.drawRoundedRect(QRectF(x, y, 5, 5), 1, 1)
    painter.drawPolyline([QPointF(7.5, 14), QPointF(7.5, 12), QPointF(16.5, 12), QPointF(16.5, 14)])
    painter.drawLine(QPointF(12, 10), QPointF(12, 12))

"""The marks around what a search found: all hits, and the one stepped to more strongly."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.canvas.items import OVERLAY
from gui.canvas.paint import scale_of
from gui.canvas.untouched import Untouched

_GAP = 5.0


class Found(Untouched):
    """Empty unless something was searched for."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(OVERLAY)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.frames: tuple[QRectF, ...] = ()
        self._current: tuple[QRectF, ...] = ()
        self._colour = "#000000"

    def show_frames(self, frames: Sequence[QRectF], current: Sequence[QRectF], colour: str) -> None:
        """Mark these frames of the scene in a colour."""
        self.prepareGeometryChange()
        self.frames, self._current, self._colour = tuple(frames), tuple(current), colour
        self.update()

    def boundingRect(self) -> QRectF:
        area = QRectF()
        for frame in self.frames:
            area = area.united(frame)
        return area.adjusted(-40, -40, 40, 40) if self.frames else area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = max(scale_of(painter), 0.05)
        gap = _GAP / min(scale, 1.0)
        soft = QColor(self._colour)
        soft.setAlpha(50)
        for frame in self.frames:
            current = frame in self._current
            painter.setPen(QPen(QColor(self._colour), (3.0 if current else 1.4) / scale))
            painter.setBrush(soft if current else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(-gap, -gap, gap, gap), 8, 8)

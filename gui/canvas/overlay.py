"""What is drawn over everything while a hand is at work: rubber band, outlines, sketched connectors, guides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.canvas.items import OVERLAY
from gui.canvas.paint import rounded, scale_of
from gui.canvas.untouched import Untouched
from model.editing.guides import Guide
from model.shapes.geometry import Point

_TICK = 5.0
"""Half the length of the ticks at the ends of a gap's line."""


class Overlay(Untouched):
    """Empty unless a gesture puts something on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(OVERLAY)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._band: QRectF | None = None
        self._target: QRectF | None = None
        self._sketches = QPainterPath()
        self._rays: Sequence[QLineF] = ()
        self._span = QRectF()
        self._guides: tuple[Guide, ...] = ()
        self._area = QRectF()
        self.accent = "#0b5cd5"
        self.muted = False
        """Whether it is left out: what lies below is wanted alone."""

    def show_band(self, band: QRectF | None) -> None:
        """Show a rubber band or the outline of something about to be drawn."""
        self._band = band
        self._changed()

    def show_target(self, frame: QRectF | None) -> None:
        """Mark the zone that what is being dragged would join."""
        if frame != self._target:
            self._target = frame
            self._changed()

    def show_sketches(self, lines: Sequence[tuple[Point, ...]]) -> None:
        """Show simple connectors in place of those being moved."""
        path = QPainterPath()
        for points in lines:
            path.addPath(rounded(points, 6))
        self._sketches = path
        self._changed()

    def show_rays(self, rays: Sequence[QLineF], span: QRectF) -> None:
        """Show straight lines, all within `span`, in place of very many connectors being moved."""
        self._rays, self._span = rays, span
        self._changed()

    def show_guides(self, guides: tuple[Guide, ...]) -> None:
        """Show the lines in which something being moved lies with its neighbours."""
        if guides != self._guides:
            self._guides = guides
            self._changed()

    @property
    def guides(self) -> tuple[Guide, ...]:
        """The lines shown."""
        return self._guides

    def clear(self) -> None:
        """Show nothing."""
        self._band = self._target = None
        self._guides = ()
        self._sketches = QPainterPath()
        self._rays, self._span = (), QRectF()
        self._changed()

    def _changed(self) -> None:
        self.prepareGeometryChange()
        area = self._sketches.boundingRect().united(self._span)
        for frame in (self._band, self._target):
            if frame is not None:
                area = area.united(frame)
        for guide in self._guides:
            line = QRectF(
                guide.start.x, guide.start.y, guide.end.x - guide.start.x, guide.end.y - guide.start.y
            )
            area = area.united(line.adjusted(-_TICK, -_TICK, _TICK, _TICK))
        self._area = area.adjusted(-6, -6, 6, 6) if not area.isNull() else QRectF()
        self.update()

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.muted:
            return
        scale = max(scale_of(painter), 0.05)
        accent = QColor(self.accent)
        tint = QColor(accent)
        tint.setAlpha(26)
        if not self._sketches.isEmpty():
            painter.setPen(QPen(accent, 1.4 / min(scale, 1.0)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._sketches)
        if self._rays:
            hairline = QPen(accent, 1.0)
            hairline.setCosmetic(True)
            painter.setPen(hairline)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.drawLines(self._rays)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._target is not None:
            painter.setPen(QPen(accent, 2.2 / scale))
            painter.setBrush(tint)
            painter.drawRoundedRect(self._target, 10, 10)
        if self._guides:
            _paint_guides(painter, self._guides, accent, scale)
        if self._band is not None:
            painter.setPen(QPen(accent, 1 / scale, Qt.PenStyle.DashLine))
            painter.setBrush(tint)
            painter.drawRect(self._band)


def _paint_guides(painter: QPainter, guides: Sequence[Guide], colour: QColor, scale: float) -> None:
    """Lines a screen pixel wide; those across a gap end in ticks."""
    line = QPen(colour, 1.0)
    line.setCosmetic(True)
    painter.setPen(line)
    tick = _TICK / max(scale, 1.0)
    for guide in guides:
        start, end = QPointF(guide.start.x, guide.start.y), QPointF(guide.end.x, guide.end.y)
        painter.drawLine(start, end)
        if guide.gap:
            across = QPointF(0, tick) if guide.start.y == guide.end.y else QPointF(tick, 0)
            for at in (start, end):
                painter.drawLine(at - across, at + across)

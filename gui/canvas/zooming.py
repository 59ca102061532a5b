"""While a wheel zooms a canvas that takes long to paint, its last frame is shown, scaled, until the wheel rests."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, QRectF, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QRegion, QTransform
from PySide6.QtWidgets import QGraphicsView

SLOW = 16.0
"""Milliseconds of painting from which on frames are copied: a frame of a screen at 60 Hz."""

REST = 140
"""Milliseconds after the last step of the wheel until everything is painted as it is."""


class Zooming(QObject):
    """Stands in for a view's painting during a gesture. `active`: whether it does."""

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__(view)
        self._view = view
        self._frame: QPixmap | None = None
        self._of = QTransform()
        self._took = 0.0
        self._began = 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.end)

    @property
    def active(self) -> bool:
        """Whether a copy of an earlier frame is shown."""
        return self._frame is not None

    def begin(self) -> None:
        """The wheel is about to turn: keep the frame shown, if painting another one takes long."""
        if self._frame is None and self._took >= SLOW:
            self._frame = self._view.viewport().grab()
            self._of = self._view.viewportTransform()
            # Nothing is to be shifted meanwhile, twice for every step of the wheel, neither background nor frame.
            self._view.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
            self._view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        if self._frame is not None:
            self._rest.start()

    def end(self) -> None:
        """Paint everything as it is."""
        self._rest.stop()
        self._frame = None
        self._view.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self._view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self._view.viewport().update()

    def paint(self, event: QPaintEvent, ground: str) -> bool:
        """Paint the copy where a gesture is under way; False, and nothing is painted, where none is."""
        self._began = perf_counter()
        back, possible = self._of.inverted()
        if self._frame is None or not possible:
            return False
        moved = back * self._view.viewportTransform()
        covered = moved.mapRect(QRectF(self._view.viewport().rect())).toAlignedRect().adjusted(1, 1, -1, -1)
        painter = QPainter(self._view.viewport())
        painter.setClipRegion(event.region().subtracted(QRegion(covered)))
        painter.fillRect(event.rect(), QColor(ground))
        painter.setClipRegion(event.region())
        painter.setTransform(moved)
        painter.drawPixmap(0, 0, self._frame)
        painter.end()
        return True

    def painted(self) -> None:
        """Everything has been painted: take note of how long that took."""
        self._took = (perf_counter() - self._began) * 1000

"""What was pressed in a scrolled list stays under the pointer, though the list grows above it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QScrollArea, QWidget


class Hold(QObject):
    """Keeps one thing of a scroll area at its height within a frame around the area, until it is scrolled by hand."""

    def __init__(self, area: QScrollArea, frame: QWidget) -> None:
        super().__init__(area)
        self._frame, self._bar = frame, area.verticalScrollBar()
        self._held: QWidget | None = None
        self._height = 0
        self._bar.rangeChanged.connect(lambda least, most: self._keep())
        self._bar.actionTriggered.connect(lambda action: self.release())
        area.installEventFilter(self)

    def hold(self, held: QWidget) -> None:
        """Keep this one from now on where it is."""
        self.release()
        self._held, self._height = held, self._now(held)
        held.installEventFilter(self)

    def release(self) -> None:
        """Keep nothing any more."""
        if self._held is not None:
            self._held.removeEventFilter(self)
        self._held = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Move:
            self._keep()
        return False

    def _keep(self) -> None:
        if self._held is not None and self._held.isVisible():
            self._bar.setValue(self._bar.value() + self._now(self._held) - self._height)

    def _now(self, held: QWidget) -> int:
        return held.mapTo(self._frame, QPoint(0, 0)).y()

"""What is dragged to the edge of the canvas goes on beyond it: the picture scrolls while the button is held there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF, QTimer

from gui.canvas.camera import Camera

EDGE = 16.0
"""So near to the edge, in pixels, the picture begins to scroll."""
FASTEST = 30.0
"""Pixels a step; the further out, the faster."""
_PAUSE = 25

Drag = Callable[[QPointF], bool]
"""Drags what is held to a point of the viewport; False where nothing is held."""


def _beyond(at: float, size: int) -> int:
    """How far to scroll in a step, pixels, for a pointer at `at` of 0 to `size`."""
    before, after = min(at - EDGE, 0.0), max(at - size + EDGE, 0.0)
    return round(min(max(before + after, -FASTEST), FASTEST))


class EdgeScroll(QObject):
    """Scrolls a view while something is held at its edge."""

    def __init__(self, view: Camera) -> None:
        super().__init__(view)
        self._view = view
        self._at = QPointF()
        self._drag: Drag | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._step)

    def follow(self, at: QPointF, drag: Drag) -> None:
        """The pointer is here now, a point of the viewport; each step is followed by a drag."""
        self._at, self._drag = at, drag
        if self._by().isNull():
            self.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """The button was released."""
        self._timer.stop()

    def _step(self) -> None:
        if self._drag is None or not self._drag(self._at):
            self.stop()
            return
        self._view.fit_wanted = False
        self._view.scroll_by(self._by())
        self._drag(self._at)

    def _by(self) -> QPoint:
        size = self._view.viewport().size()
        return QPoint(_beyond(self._at.x(), size.width()), _beyond(self._at.y(), size.height()))

"""Whether mouse or keys were used last on the canvas: things are placed where the user is, not where a mouse rests."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGraphicsView

BY_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
"""Why something gets the focus when the keyboard brings it there."""

_HELD = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}
"""Keys that do nothing by themselves."""


class Pointing(QObject):
    """`at`: where on the viewport the mouse points; None while it is elsewhere, or keys went over the canvas since.

    `by_keys`: a key was pressed on the canvas after all that the mouse did, shortcuts included: those leave the
    mouse where it points.
    """

    def __init__(self, canvas: QGraphicsView) -> None:
        super().__init__(canvas)
        self._viewport = canvas.viewport()
        self._last: QPoint | None = None
        self.at: QPoint | None = None
        self.by_keys = False
        canvas.installEventFilter(self)
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._viewport:
            self._follow_mouse(event)
        elif kind == QEvent.Type.ShortcutOverride:
            self.by_keys = True
        elif (isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and event.key() not in _HELD) or (
            isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in BY_KEYBOARD
        ):
            self.at = None
        return super().eventFilter(watched, event)

    def _follow_mouse(self, event: QEvent) -> None:
        if isinstance(event, QMouseEvent):
            # Some systems tell of a move whenever a window comes or goes under a mouse that rests.
            if event.type() == QEvent.Type.MouseMove and event.globalPosition().toPoint() == self._last:
                return
            self._last, self.at = event.globalPosition().toPoint(), event.position().toPoint()
            self.by_keys = False
        elif event.type() == QEvent.Type.Leave:
            self.at = None

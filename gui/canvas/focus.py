"""The frame around the canvas that says the keyboard is there; shown while keys are what is used."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsView, QWidget

from gui.canvas.pointing import BY_KEYBOARD, Pointing


class FocusMark(QWidget):
    """Lies over the canvas rather than in its viewport, whose pixels are shifted when it scrolls."""

    def __init__(self, canvas: QGraphicsView, pointing: Pointing) -> None:
        super().__init__(canvas)
        self._canvas, self._pointing = canvas, pointing
        self._wanted = True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        canvas.installEventFilter(self)
        canvas.viewport().installEventFilter(self)

    def want(self, wanted: bool) -> None:
        """Be there or not: alone on the screen, the canvas has the focus and need not say so."""
        self._wanted = wanted
        self.setVisible(wanted and self._canvas.hasFocus() and self._pointing.by_keys)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and watched is self._canvas:
            # Fields, menus and dialogs give the focus back for reasons of their own.
            pressed = event.reason() == Qt.FocusReason.MouseFocusReason
            came = event.reason() in BY_KEYBOARD or (self._pointing.by_keys and not pressed)
            self.setVisible(self._wanted and event.gotFocus() and came)
            self.raise_()
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            self.hide()
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FocusIn):
            self.setGeometry(self._canvas.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().highlight().color(), 2))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

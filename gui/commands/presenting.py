"""The presentation view: the drawing on the whole screen and nothing else, until Escape."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from gui.canvas.camera import Aim
from gui.canvas.view import Canvas


class Presentation(QObject):
    """Hides what is around the canvas and shows it again as it was. `around`: the widgets to hide."""

    def __init__(self, window: QMainWindow, canvas: Canvas, around: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._window, self._canvas, self._around = window, canvas, tuple(around)
        self._hidden: tuple[QWidget, ...] = ()
        self._state = Qt.WindowState.WindowNoState
        self._aim: Aim | None = None
        self.on = False
        self._end = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._end.setEnabled(False)
        self._end.activated.connect(lambda: self.show(False))

    def show(self, on: bool) -> None:
        """Begin or end it."""
        if on == self.on:
            return
        self.on = on
        self._end.setEnabled(on)
        if on:
            self._state, self._aim = self._window.windowState(), self._canvas.aim()
            self._hidden = tuple(each for each in self._around if not each.isHidden())
            for each in self._hidden:
                each.hide()
            self._window.setWindowState(self._state | Qt.WindowState.WindowFullScreen)
        else:
            for each in self._hidden:
                each.show()
            self._window.setWindowState(self._state)
        self._canvas.aim_at(None if on else self._aim)
        self._canvas.setFocus()
        self._canvas.focus_mark.want(not on)

"""Autosave: unsaved work is kept in the recovery folder while people draw, so that a crash costs seconds."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from gui.document.document import Document
from gui.document.guard import Guard

PAUSE = 15_000
"""Milliseconds from a change to the copy; further changes meanwhile are in the same copy."""


class Autosave(QObject):
    """Lets a guard keep the design a while after it changed, and forget the copy once it is saved."""

    def __init__(self, document: Document, guard: Guard, pause: int = PAUSE) -> None:
        super().__init__(document)
        self._document, self._guard = document, guard
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause)
        self._timer.timeout.connect(lambda: guard.keep())
        document.changed.connect(lambda before, after: self._soon())
        document.modified_changed.connect(self._saved)

    def _soon(self) -> None:
        if self._document.modified and not self._timer.isActive():
            self._timer.start()

    def _saved(self, modified: bool) -> None:
        if modified:
            self._soon()
        else:
            self._timer.stop()
            self._guard.forget()

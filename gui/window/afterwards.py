"""What can wait until the canvas is painted: in a large design the tables and counts follow what is looked at first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from gui.canvas.view import Canvas
from gui.document.document import Document

MANY_FLOWS = 1_000
"""Beyond this, they follow."""


class Afterwards(QObject):
    """Calls what was to be called, each once, after the canvas has been painted."""

    def __init__(self, document: Document, canvas: Canvas, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._canvas = document, canvas
        self._waiting: list[Callable[[], None]] = []
        self._held = False
        canvas.painted.connect(self._painted)

    def hold(self) -> None:
        """Let everything wait for the next paint: the window is about to be seen for the first time."""
        self._held = True

    def call(self, slot: Callable[[], None]) -> None:
        """Call a slot at once; in a large design after the canvas has been painted."""
        few = len(self._document.view.graph.flows) <= MANY_FLOWS
        if not self._held and (few or not self._canvas.isVisibleTo(self._canvas.window())):
            slot()
        elif slot not in self._waiting:
            self._waiting.append(slot)
            self._canvas.viewport().update()

    def _painted(self) -> None:
        self._held = False
        if self._waiting:
            QTimer.singleShot(0, self._call_waiting)

    def _call_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for slot in waiting:
            slot()

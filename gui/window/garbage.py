"""Garbage collection where it does no harm: in the window's thread, between two events.

Python collects wherever memory is asked for: in a thread, which must not end objects of Qt, or while Qt calls one of
the very objects that are about to go. Either ends the program now and then.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

MANY = 50_000
"""From how many new objects on the young ones are looked through. Every change makes thousands that reference
counting frees; looking for cycles among them all at Python's usual rate took a quarter of the time of a switch."""

OFTEN = 20
"""Every so many times all objects are looked through."""

PAUSE = 500
"""Milliseconds from one look at the count to the next."""


class Collector(QObject):
    """Collects in place of Python for as long as it lives; `stop` gives the work back."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._young = 0
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        gc.disable()
        # What has been loaded stays, and need not be looked through again and again.
        gc.freeze()

    def look(self) -> None:
        """Collect if there is enough to be worth it."""
        if gc.get_count()[0] < MANY:
            return
        self._young += 1
        gc.collect(2 if self._young % OFTEN == 0 else 1)

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()

"""What the window's actions do about goals and comparisons."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget

from gui.compare.goals import Goals


class Comparing:
    """Acts for the window."""

    def __init__(self, side: QTabWidget, goals: Goals) -> None:
        self._side, self._goals = side, goals

    def whatif_goals(self) -> None:
        """Show the goals."""
        self._side.setVisible(True)
        self._side.setCurrentWidget(self._goals)
        self._goals.refresh()
        self._goals.chooser.setFocus()

    def wait(self) -> None:
        """Let the threads end."""
        self._goals.wait()

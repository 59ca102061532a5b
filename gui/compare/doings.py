"""What the window's actions do about goals and comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QWidget

from gui.compare.goals import Goals
from gui.document.document import Document
from gui.document.files import Files
from gui.style import theme

if TYPE_CHECKING:
    from gui.compare.window import CompareWindow


class Comparing:
    """Acts for the window. The comparison window is made when it is first asked for."""

    def __init__(
        self, side: QTabWidget, goals: Goals, document: Document, files: Files, parent: QWidget
    ) -> None:
        self._side, self._goals = side, goals
        self._document, self._files, self._parent = document, files, parent
        self._colours = theme.LIGHT
        self.window: CompareWindow | None = None

    def whatif_goals(self) -> None:
        """Show the goals."""
        self._side.setVisible(True)
        self._side.setCurrentWidget(self._goals)
        self._goals.refresh()
        self._goals.chooser.setFocus()

    def compare_table(self) -> None:
        """Show the design and its scenarios as a table."""
        window = self._shown()
        window.show_page(window.table)

    def compare_pictures(self) -> None:
        """Show two designs as drawings side by side."""
        window = self._shown()
        window.show_page(window.pictures)

    def compare_sweep(self) -> None:
        """Show every combination of switches."""
        window = self._shown()
        window.show_page(window.sweep)

    def _shown(self) -> CompareWindow:
        if self.window is None:
            from gui.compare.window import CompareWindow

            self.window = CompareWindow(self._document, self._files, self._parent)
            self.window.retranslate(self._colours)
        return self.window

    def retranslate(self, colours: theme.Colours) -> None:
        """Write all texts in the language in use, in the colours in use."""
        self._colours = colours
        self._goals.colours = colours
        self._goals.retranslate()
        if self.window is not None:
            self.window.retranslate(colours)

    def wait(self) -> None:
        """Let the threads end."""
        self._goals.wait()
        if self.window is not None:
            self.window.wait()
            self.window.close()

"""The comparison window: beside the designer, so that canvas and tables show what is chosen in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTabWidget, QWidget

from gui import theme
from gui.compare.sweep import SweepPage
from gui.document import Document
from gui.language import tr
from gui.widgets import column


class CompareWindow(QDialog):
    """It stays open while the designer is used, and follows the document while it can be seen."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._document = document
        self.sweep = SweepPage(document, self)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.sweep, "")
        self.setLayout(column(self.pages))
        self.resize(1180, 760)
        self.pages.currentChanged.connect(lambda number: self.refresh())
        document.changed.connect(lambda before, after: self.refresh())

    def retranslate(self, colours: theme.Colours) -> None:
        """Write all texts in the language in use, in the colours in use."""
        self.setWindowTitle(tr("compare.title"))
        self.pages.setTabText(self.pages.indexOf(self.sweep), tr("sweep.title"))
        self.sweep.retranslate(colours)

    def refresh(self) -> None:
        """Show the document as it is, on the page that can be seen."""
        if self.isVisible() and self.pages.currentWidget() is self.sweep:
            self.sweep.refresh()

    def show_page(self, page: QWidget) -> None:
        """Show the window with one of its pages in front."""
        self.pages.setCurrentWidget(page)
        self.show()
        self.raise_()
        self.activateWindow()
        self.refresh()

    def wait(self) -> None:
        """Let the threads end."""
        self.sweep.wait()

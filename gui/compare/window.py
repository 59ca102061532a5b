"""The comparison window: beside the designer, so that canvas and tables show what is chosen in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QTabWidget, QWidget

from gui.compare.pictures import PicturesPage
from gui.compare.revisions import RevisionDialog
from gui.compare.sides import Sides
from gui.compare.sweep import SweepPage
from gui.compare.table import TablePage
from gui.document.document import Document
from gui.document.files import Files
from gui.language import tr
from gui.style import theme
from gui.widgets.widgets import column, message, open_at


class CompareWindow(QDialog):
    """It stays open while the designer is used, and follows the document while it can be seen."""

    def __init__(self, document: Document, files: Files, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._files = files
        self.sides = Sides(document, self)
        self.table = TablePage(document, self.sides, self)
        self.pictures = PicturesPage(document, self.sides, self)
        self.sweep = SweepPage(document, self)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        for page in (self.table, self.pictures, self.sweep):
            self.pages.addTab(page, "")
        self.setLayout(column(self.pages))
        room = parent.size()
        open_at(self, max(1100, room.width() * 9 // 10), max(700, room.height() * 9 // 10))
        self.table.pictures_asked.connect(self._see)
        self.table.file_asked.connect(self.add_file)
        self.table.revision_asked.connect(self.add_revision)
        self.sides.changed.connect(self.refresh)
        self.sides.read.connect(self.table.choose)
        self.sides.failed.connect(self._complain)
        self.pages.currentChanged.connect(lambda number: self.refresh())
        document.changed.connect(lambda before, after: self.refresh())

    def retranslate(self, colours: theme.Colours) -> None:
        """Write all texts in the language in use, in the colours in use."""
        self.setWindowTitle(tr("compare.title"))
        titles = ((self.table, tr("compare.table")), (self.pictures, tr("compare.pictures")))
        for page, title in (*titles, (self.sweep, tr("sweep.title"))):
            self.pages.setTabText(self.pages.indexOf(page), title)
            page.retranslate(colours)
        self.refresh()

    def refresh(self) -> None:
        """Show the document as it is, on the page that can be seen."""
        if self.isVisible():
            page = next(
                each for each in (self.table, self.pictures, self.sweep) if each is self.pages.currentWidget()
            )
            page.refresh()

    def show_page(self, page: QWidget) -> None:
        """Show the window with one of its pages in front."""
        self.pages.setCurrentWidget(page)
        self.show()
        self.raise_()
        self.activateWindow()
        self.refresh()

    def _see(self, first: str, second: str) -> None:
        self.pages.setCurrentWidget(self.pictures)
        self.pictures.show_sides(first, second)

    def add_file(self) -> None:
        """Ask for another file and put it beside the design."""
        path = self._files.asked_other(self)
        if path is not None:
            self.sides.read_file(path)

    def add_revision(self) -> None:
        """Ask for a revision of the open file and put it beside the design."""
        path = self._files.path
        if path is None:
            self._complain(tr("compare.revision_unsaved"))
            return
        dialog = RevisionDialog(path, self)
        revision = dialog.chosen() if dialog.exec() else None
        if revision is not None:
            self.sides.read_revision(path, revision)
        dialog.deleteLater()

    def _complain(self, sentence: str) -> None:
        title = tr("file.cannot_open")
        message(self, title, title, QMessageBox.Icon.Warning, more=sentence).exec()

    def wait(self) -> None:
        """Let the threads end."""
        for part in (self.sides, self.table, self.pictures, self.sweep):
            part.wait()

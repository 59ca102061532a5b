"""Asks for a revision of the open file: the list comes from git in a thread, or a sentence why there is none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QWidget

from exports.revisions import Revision, revisions
from gui.document.work import Worker
from gui.language import tr
from gui.widgets.widgets import column, label


class RevisionDialog(QDialog):
    """Lists the revisions of a file, newest first."""

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("compare.revision_title"))
        self.worker = Worker(self)
        self.worker.done.connect(self._take)
        self.worker.failed.connect(self._fail)
        self.about = label(tr("compare.revision_asking"), "muted", wrap=True)
        self.list = QListWidget()
        self.list.setMinimumSize(560, 300)
        self.list.setAccessibleName(tr("compare.revision_title"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemActivated.connect(lambda item: self.accept())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(tr("compare.revision_go"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        self.go.setEnabled(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(self.about, self.list, buttons, margins=(18, 16, 18, 16), spacing=10))
        self.worker.start(lambda progress, stopped: revisions(path))

    def chosen(self) -> Revision | None:
        """The revision selected."""
        items = self.list.selectedItems()
        found: Revision | None = items[0].data(Qt.ItemDataRole.UserRole) if items else None
        return found

    def _take(self, found: tuple[Revision, ...]) -> None:
        self.about.setText(tr("compare.revision_text"))
        for each in found:
            item = QListWidgetItem(f"{each.day}   {each.short}   {each.subject}")
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.go.setEnabled(True)

    def _fail(self, sentence: str) -> None:
        self.about.setText(sentence)
        self.list.hide()
        self.adjustSize()

    def done(self, result: int) -> None:
        self.worker.wait()
        super().done(result)

"""The list of undo steps: a click goes to the state after that step."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QUndoView, QWidget

from gui import language
from gui.desk import Desk
from gui.language import tr
from gui.widgets.widgets import column, label


class History(QObject):
    """Shows the steps in a small window that stays open beside the canvas."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.dialog = QDialog(parent, Qt.WindowType.Tool)
        self.steps = QUndoView(desk.document.stack)
        self._hint = label("", "muted", wrap=True)
        self.dialog.setLayout(column(self.steps, self._hint, margins=(12, 12, 12, 12), spacing=8))
        self.dialog.resize(300, 420)
        language.on_change(self.retranslate)
        self.retranslate()

    def history(self) -> None:
        """Show the list, or bring it to the front."""
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        self.steps.setFocus()

    def retranslate(self) -> None:
        """Write the texts in the language in use."""
        self.dialog.setWindowTitle(tr("history.title"))
        self.steps.setEmptyLabel(tr("history.start"))
        self.steps.setAccessibleName(tr("history.title"))
        self._hint.setText(tr("history.hint"))

    def part(self) -> None:
        """Follow the language no more, and let go of the steps."""
        language.off_change(self.retranslate)
        self.dialog.close()

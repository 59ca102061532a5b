"""Long work that the window waits for: how far it is, and a way to give it up before anything is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QWidget

from gui.document.work import Progress, Stopped, Worker
from gui.widgets.widgets import column, label

Result = TypeVar("Result")


class Waiting(QDialog):
    """Says what is being done, and how far that is."""

    def __init__(self, title: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(label(text), self.bar, buttons, margins=(18, 16, 18, 14), spacing=10))
        self.resize(420, self.sizeHint().height())

    def progress(self, done: int, total: int) -> None:
        """So much is done."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)


class Patience(QObject):
    """Waits for one thing at a time. `complain(sentence)` is told why something could not be done."""

    def __init__(self, parent: QWidget, complain: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._parent, self._complain = parent, complain
        self.worker = Worker(self)

    def wait_for(
        self, title: str, text: str, job: Callable[[Progress, Stopped], Result], *, at_once: bool
    ) -> Result | None:
        """What a job gives; None where it fails or is given up. `at_once`: it takes no time worth showing."""
        given: list[object] = []
        dialog = Waiting(title, text, self._parent)
        ends = (
            self.worker.done.connect(given.append),
            self.worker.done.connect(dialog.accept),
            self.worker.failed.connect(self._complain),
            self.worker.failed.connect(dialog.reject),
            self.worker.progressed.connect(dialog.progress),
        )
        self.worker.start(job, at_once=at_once)
        if self.worker.busy:
            dialog.exec()
        self.worker.cancel()
        for each in ends:
            QObject.disconnect(each)
        dialog.deleteLater()
        return cast("Result", given[0]) if given else None

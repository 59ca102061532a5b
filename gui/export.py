"""Export: one dialog for every format, a worker thread that writes, and a sentence when it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, SignalInstance
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QListWidget, QMessageBox, QWidget

from exports.catalogs import CatalogFile
from exports.firewall.permits import Inexpressible
from exports.registry import FORMATS, Format
from exports.report import report
from gui.language import language, said, tr
from gui.widgets import Chooser, column, label, message
from model.columns import Shown
from model.comparison import Comparison
from model.errors import PortchartError
from model.graph import FlowGraph
from model.storage.atomic import write_atomically


class ExportDialog(QDialog):
    """Asks for the format and the language of an export."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("export.title"))
        self.formats = QListWidget()
        self.formats.setAccessibleName(tr("export.format"))
        for each in FORMATS:
            self.formats.addItem(said(each.name))
        self.formats.setCurrentRow(0)
        self.formats.setMinimumSize(520, 330)
        self.formats.itemActivated.connect(lambda item: self.accept())
        self.languages = Chooser()
        self.languages.setAccessibleName(tr("export.language"))
        shown: tuple[tuple[Shown, str], ...] = (
            ("en", "English"),
            ("ja", "日本語"),
            ("both", tr("export.both")),
        )
        for value, text in shown:
            self.languages.addItem(text, value)
        self.languages.setCurrentIndex(self.languages.findData(language()))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go = buttons.addButton(tr("export.go"), QDialogButtonBox.ButtonRole.AcceptRole)
        go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(
            column(
                label(tr("export.format"), "muted"), self.formats, 4,
                label(tr("export.language"), "muted"), self.languages, 8, buttons, margins=(18, 16, 18, 16), spacing=6,
            )
        )  # fmt: skip

    def chosen(self) -> tuple[Format, Shown]:
        """The format and the language."""
        chosen: Shown = self.languages.currentData()
        return FORMATS[self.formats.currentRow()], chosen


class _Told(QObject):
    done = Signal(object)
    refused = Signal(object)
    failed = Signal(str)


@dataclass(frozen=True)
class Job:
    """One export: what, in which language, where to. `accepted`: flows that the format cannot express are left out."""

    chosen: Format
    shown: Shown
    graph: FlowGraph
    comparison: Comparison | None
    path: Path
    accepted: bool = False


class _Writing(QRunnable):
    """Does one job, in a thread of the pool. Everything it reads is immutable."""

    def __init__(self, job: Job, catalog: CatalogFile) -> None:
        super().__init__()
        self.told = _Told()
        self._job, self._catalog = job, catalog
        self.setAutoDelete(False)

    def run(self) -> None:
        job = self._job
        try:
            about = report(job.graph, self._catalog, job.shown, job.comparison)
            refused = () if job.accepted else job.chosen.unexpressed(about)
            if refused:
                self.told.refused.emit(refused)
                return
            write_atomically(job.path, job.chosen.write(about), None, force=True)
        except PortchartError as error:
            self.told.failed.emit(str(error))
        except Exception as error:  # noqa: BLE001 # the worker's wrapper: whatever happens in the thread is reported in the window
            self.told.failed.emit(tr("export.unexpected", kind=type(error).__name__, text=str(error)))
        else:
            self.told.done.emit(job.path)


class Exporter(QObject):
    """Runs exports one after another. `done(path)`, `failed(sentence)`, and `busy(whether)` while one is written.

    `refused(job, flows)`: the format cannot express these flows; start the job again, accepted, to leave them out.
    """

    done = Signal(object)
    failed = Signal(str)
    refused = Signal(object, object)
    busy = Signal(bool)

    def __init__(self, parent: QWidget, catalog: CatalogFile) -> None:
        super().__init__(parent)
        self._window, self._catalog = parent, catalog
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: list[_Writing] = []

    def ask(self, graph: FlowGraph, comparison: Comparison | None, folder: Path, name: str) -> None:
        """Ask for format, language and place, and write."""
        dialog = ExportDialog(self._window)
        if not dialog.exec():
            return
        chosen, shown = dialog.chosen()
        path, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("export.title"),
            str(folder / f"{name}{chosen.extension}"),
            f"{said(chosen.name)} (*{chosen.extension})",
        )
        if path:
            self.start(Job(chosen, shown, graph, comparison, Path(path)))

    def ask_to_leave_out(self, job: Job, refused: Sequence[Inexpressible]) -> None:
        """Say which flows the format cannot express, and write without them where that is accepted."""
        box = message(
            self._window,
            tr("export.title"),
            tr("export.refused", name=said(job.chosen.name), count=len(refused)),
            QMessageBox.Icon.Warning,
            more=tr("export.refused_more"),
        )
        box.setDetailedText("\n".join(said(each.line) for each in refused))
        go = box.addButton(tr("export.leave_out"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() is go:
            self.start(replace(job, accepted=True))

    def start(self, job: Job) -> None:
        """Write a report in a worker thread."""
        work = _Writing(job, self._catalog)
        queued = Qt.ConnectionType.QueuedConnection
        work.told.done.connect(lambda written: self._end(work, self.done, written), queued)
        work.told.failed.connect(lambda sentence: self._end(work, self.failed, sentence), queued)
        work.told.refused.connect(lambda flows: self._end(work, self.refused, job, flows), queued)
        self._running.append(work)
        self.busy.emit(True)
        self._pool.start(work)

    def _end(self, work: _Writing, outcome: SignalInstance, *about: object) -> None:
        self._running.remove(work)
        self.busy.emit(bool(self._running))
        outcome.emit(*about)

    def wait(self) -> None:
        """Let a running export end before the window goes."""
        self._pool.waitForDone()

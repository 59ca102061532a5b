"""Export: one dialog for every format, a worker thread that writes, and a sentence when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QListWidget, QWidget

from exports.catalogs import CatalogFile
from exports.registry import FORMATS, Format
from exports.report import report
from gui.language import language, said, tr
from gui.widgets import Chooser, column, label
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
        self.formats.setMinimumSize(460, 190)
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
    failed = Signal(str)


class _Writing(QRunnable):
    """Writes one report to one file, in a thread of the pool. Everything it reads is immutable."""

    def __init__(self, make: Callable[[], bytes], path: Path) -> None:
        super().__init__()
        self.told = _Told()
        self._make, self._path = make, path
        self.setAutoDelete(False)

    def run(self) -> None:
        try:
            write_atomically(self._path, self._make(), None, force=True)
        except PortchartError as error:
            self.told.failed.emit(str(error))
        except Exception as error:  # noqa: BLE001 # the worker's wrapper: whatever happens in the thread is reported in the window
            self.told.failed.emit(tr("export.unexpected", kind=type(error).__name__, text=str(error)))
        else:
            self.told.done.emit(self._path)


class Exporter(QObject):
    """Runs exports one after another. `done(path)`, `failed(sentence)`, and `busy(whether)` while one is written."""

    done = Signal(object)
    failed = Signal(str)
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
            self.start(chosen, shown, graph, comparison, Path(path))

    def start(
        self, chosen: Format, shown: Shown, graph: FlowGraph, comparison: Comparison | None, path: Path
    ) -> None:
        """Write a report in a worker thread."""
        work = _Writing(lambda: chosen.write(report(graph, self._catalog, shown, comparison)), path)
        queued = Qt.ConnectionType.QueuedConnection
        work.told.done.connect(lambda written: self._end(work, written, ""), queued)
        work.told.failed.connect(lambda sentence: self._end(work, None, sentence), queued)
        self._running.append(work)
        self.busy.emit(True)
        self._pool.start(work)

    def _end(self, work: _Writing, written: Path | None, sentence: str) -> None:
        self._running.remove(work)
        self.busy.emit(bool(self._running))
        if written is not None:
            self.done.emit(written)
        else:
            self.failed.emit(sentence)

    def wait(self) -> None:
        """Let a running export end before the window goes."""
        self._pool.waitForDone()

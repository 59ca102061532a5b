"""Files being written: a window with what is done, what is left, what could not be, and a way to stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QWidget,
)

from exports.jobs import Outcome, Planned, Source, written
from gui.document.work import Progress, Stopped, Worker
from gui.language import said, tr, worded
from gui.widgets.widgets import Elided, chip, column, label, message, push, row
from model.sentences import told

Prepare = Callable[[], Source]
"""Gives what files are written from; called in the worker's thread. Raises PortchartError."""


_LEFT, _FULL = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag(0)


@dataclass(frozen=True)
class Order:
    """Files to write. `replace`: those that are there already may be written anew."""

    files: tuple[Planned, ...]
    prepare: Prepare
    replace: bool = False


def work(order: Order, stop: Event) -> Callable[[Progress, Stopped], tuple[Outcome, ...]]:
    """The job that writes an order's files one after another until it is stopped; gives what became of those begun."""

    def run(progress: Progress, stopped: Stopped) -> tuple[Outcome, ...]:
        source = order.prepare()
        outcomes: list[Outcome] = []
        for file in order.files:
            if stop.is_set() or stopped():
                break
            outcomes.append(written(file, source, replace=order.replace))
            progress(len(outcomes), len(order.files))
        return tuple(outcomes)

    return run


def may_replace(parent: QWidget, there: list[Path]) -> bool:
    """Whether files that are there already may be written anew."""
    box = message(
        parent,
        tr("export.title"),
        tr("export.replace", count=len(there)),
        QMessageBox.Icon.Warning,
        more="\n".join(str(each) for each in there[:12]) + ("\n…" if len(there) > 12 else ""),
    )
    go = box.addButton(tr("export.replace_go"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is go


class Summary(QDialog):
    """Follows one order. `again(order)`: write the files that were left out, without what they cannot express."""

    again = Signal(object)

    def __init__(self, order: Order, parent: QWidget) -> None:
        super().__init__(parent)
        self.order = order
        self.outcomes: tuple[Outcome, ...] = ()
        self.setWindowTitle(tr("export.title"))
        self.head = label(tr("export.writing", count=len(order.files)), "title", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, len(order.files))
        self.bar.setTextVisible(False)
        self.grid = QGridLayout()
        self.grid.setColumnStretch(1, 1)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(6)
        self._fill_waiting()
        holder = QWidget()
        holder.setLayout(column(self.grid, -1, margins=(12, 12, 12, 12)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setAccessibleName(tr("export.left_out"))
        self.details.setMaximumHeight(150)
        self.details.hide()
        self.stop = push(tr("export.stop"), self._stop)
        self.folder = push(tr("export.open_folder"), self._open_folder)
        self.rest = push(tr("export.leave_out"), self._again)
        self.close_button = push(tr("export.close"), self.accept, primary=True)
        for button in (self.folder, self.rest, self.close_button):
            button.hide()
        buttons = row(self.folder, self.rest, -1, self.stop, self.close_button, spacing=8)
        self.setLayout(
            column(self.head, self.bar, area, self.details, buttons, margins=(18, 16, 18, 16), spacing=10)
        )
        self.resize(680, 420)
        self.stopping = Event()
        """Set: no further file is begun."""

    def _fill_waiting(self) -> None:
        for number, file in enumerate(self.order.files):
            self.grid.addWidget(chip(tr("export.waiting")), number, 0)
            self.grid.addWidget(Elided(file.path.name), number, 1)
            self.grid.addWidget(label(file.form.id, "muted"), number, 2)

    def _stop(self) -> None:
        self.stopping.set()
        self.stop.setEnabled(False)
        self.head.setText(tr("export.stopping"))

    def progress(self, done: int, total: int) -> None:
        """So many files are done."""
        self.bar.setValue(done)

    def fail(self, sentence: str) -> None:
        """Nothing could be begun."""
        self.head.setText(tr("export.failed"))
        self.details.setPlainText(sentence)
        self.details.show()
        self._end()

    def finish(self, outcomes: Sequence[Outcome]) -> None:
        """Say what became of every file, with a link to each that was written."""
        self.outcomes = tuple(outcomes)
        for number in range(len(self.order.files)):
            outcome = outcomes[number] if number < len(outcomes) else None
            self._show(number, outcome)
        good = [each for each in outcomes if not each.problem]
        self.head.setText(tr("export.summary", done=len(good), count=len(self.order.files)))
        lines = [
            f"{each.planned.path.name}: {said(flow.line)}" for each in outcomes for flow in each.unexpressed
        ]
        self.details.setPlainText("\n".join(lines))
        self.details.setVisible(bool(lines))
        self.folder.setVisible(bool(good))
        self.rest.setVisible(any(each.problem and each.unexpressed for each in outcomes))
        self._end()

    def _show(self, number: int, outcome: Outcome | None) -> None:
        for place in range(3):
            item = self.grid.itemAtPosition(number, place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                self.grid.removeWidget(widget)
                widget.deleteLater()
        file = self.order.files[number]
        if outcome is None:
            parts: tuple[QWidget, ...] = (chip(tr("export.not_begun")), Elided(file.path.name), label(""))
        elif outcome.problem:
            parts = (
                chip(tr("export.not_written"), "removed"),
                label(_sentence(outcome), wrap=True),
                label(""),
            )
        else:
            link = push(file.path.name, lambda: _open(file.path))
            link.setProperty("flat", True)
            link.setToolTip(str(file.path))
            parts = (chip(tr("export.written"), "added"), link, label(_size(file.path), "muted"))
        for place, part in enumerate(parts):
            linked = isinstance(part, QPushButton)
            self.grid.addWidget(part, number, place, _LEFT if linked else _FULL)

    def _end(self) -> None:
        self.bar.hide()
        self.stop.hide()
        self.close_button.show()
        self.close_button.setDefault(True)
        self.close_button.setFocus()

    def _again(self) -> None:
        files = tuple(
            each.planned._replace(output=each.planned.output.evolve(accept=True))
            for each in self.outcomes
            if each.problem and each.unexpressed
        )
        self.accept()
        self.again.emit(replace(self.order, files=files))

    def _open_folder(self) -> None:
        _open(self.order.files[0].path.parent)

    def reject(self) -> None:
        """Closing the window while files are written stops after the present one."""
        self.stopping.set()
        super().reject()


def _sentence(outcome: Outcome) -> str:
    if outcome.unexpressed:
        return tr("export.refused", name=outcome.planned.path.name, count=len(outcome.unexpressed))
    return worded(told("{path}: {reason}", path=outcome.planned.path.name, reason=outcome.problem))


def _size(path: Path) -> str:
    try:
        size = path.stat().st_size
    except OSError:
        return ""
    return f"{size / 1024:,.0f} KiB" if size >= 1024 else f"{size} B"


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.absolute())))


class Exporter(Worker):
    """Writes one order at a time, in a thread, with its window."""

    busy_changed = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.summary: Summary | None = None
        self.done.connect(self._finish)
        self.failed.connect(self._fail)
        self.progressed.connect(self._tell_summary)

    def run(self, order: Order) -> Summary:
        """Write the files of an order, and show how that goes."""
        if self.summary is not None:
            self.summary.deleteLater()
        shown = self.summary = Summary(order, self._window)
        shown.again.connect(self.run)
        self.start(work(order, shown.stopping))
        self.busy_changed.emit(True)
        shown.show()
        return shown

    def _tell_summary(self, done: int, total: int) -> None:
        if self.summary is not None:
            self.summary.progress(done, total)

    def _finish(self, outcomes: tuple[Outcome, ...]) -> None:
        if self.summary is not None:
            self.summary.finish(outcomes)
        self.busy_changed.emit(False)

    def _fail(self, sentence: str) -> None:
        if self.summary is not None:
            self.summary.fail(sentence)
        self.busy_changed.emit(False)

    def wait(self) -> None:
        """Begin no further file, and let the one that is being written end."""
        if self.summary is not None:
            self.summary.stopping.set()
        super().wait()

"""The table page: designs side by side, one line a measure, each number with its difference from the first design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from exports.side_by_side import Line, lines
from gui.compare.sides import Side, Sides
from gui.document.document import Document, View
from gui.document.pending import State
from gui.document.work import Stopped, Worker
from gui.language import said, tr, worded
from gui.style import theme
from gui.widgets.widgets import column, label, plain, push, row
from model.derivation.comparison import Comparison, compare
from model.derivation.graph import FlowGraph
from model.errors import ChangeError
from model.whatif.measures import Measures, measures

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class _Table:
    """What the worker finds: the designs that can be compared, the lines, and sentences for those that cannot."""

    sides: tuple[Side, ...]
    lines: tuple[Line, ...]
    problems: tuple[str, ...]


class SideBySide(QAbstractTableModel):
    """Measures down, designs across."""

    def __init__(self) -> None:
        super().__init__()
        self.sides: tuple[Side, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self.colours = theme.LIGHT

    def show_table(self, sides: Sequence[Side], found: Sequence[Line]) -> None:
        """Show others."""
        self.beginResetModel()
        self.sides, self.lines = tuple(sides), tuple(found)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 # Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 # Qt's signature
        return 0 if parent.isValid() else len(self.sides) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.sides[section - 1].name if section else tr("compare.measure")
        if role == Qt.ItemDataRole.ToolTipRole and section:
            return plain(self.sides[section - 1].name)
        return None

    def text(self, line: int, section: int) -> str:
        """What a cell says: the number, with its difference from the first design in brackets."""
        found = self.lines[line]
        if not section:
            return said(found.name)
        number, more = found.numbers[section - 1], self.difference(line, section)
        text = said(found.text(number))
        return tr("compare.cell", number=text, difference=f"{more:+,}".replace("-", "−")) if more else text

    def difference(self, line: int, section: int) -> int:
        """How much more a design has of a measure than the first one."""
        numbers = self.lines[line].numbers
        first, number = numbers[0], numbers[section - 1] if section else None
        return number - first if number is not None and first is not None else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, section = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(line, section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(self.text(line, section))
        more = self.difference(line, section)
        if role == Qt.ItemDataRole.ForegroundRole and more:
            # More flows, openings or findings is what a board asks about; fewer is what it likes.
            return QBrush(QColor(self.colours.changed if more > 0 else self.colours.added))
        return None


class ComparedTable(QTableView):
    """The table. Whole columns are selected; `picked()`: another one."""

    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown = SideBySide()
        self.setModel(self.shown)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(32)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.selectionModel().selectionChanged.connect(lambda now, before: self.picked.emit())

    def chosen(self) -> Side | None:
        """The design whose column is selected."""
        columns = self.selectionModel().selectedColumns()
        number = columns[0].column() - 1 if columns else -1
        return self.shown.sides[number] if number >= 0 else None

    def choose(self, key: str) -> None:
        """Select the column of a design, where it is there."""
        for number, side in enumerate(self.shown.sides, 1):
            if side.key == key:
                flags = (
                    QItemSelectionModel.SelectionFlag.ClearAndSelect
                    | QItemSelectionModel.SelectionFlag.Columns
                )
                self.selectionModel().select(self.shown.index(0, number), flags)

    def fit_columns(self) -> None:
        """Make columns as wide as what they hold, within limits."""
        metrics = self.fontMetrics()
        for section in range(self.shown.columnCount()):
            texts = [self.shown.text(line, section) for line in range(len(self.shown.lines))]
            texts.append(str(self.shown.headerData(section, Qt.Orientation.Horizontal)))
            widest = max(map(metrics.horizontalAdvance, texts), default=0) + 34
            self.setColumnWidth(section, min(max(widest, 120), 380 if not section else 240))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the whole table on the clipboard, tab-separated."""
        sections = range(self.shown.columnCount())
        headings = (str(self.shown.headerData(each, Qt.Orientation.Horizontal)) for each in sections)
        found = ["\t".join(headings)]
        found += [
            "\t".join(self.shown.text(line, each) for each in sections)
            for line in range(len(self.shown.lines))
        ]
        QGuiApplication.clipboard().setText("\n".join(found))


class TablePage(QWidget):
    """The page. `pictures_asked(first, second)`: two designs are to be seen, by their keys."""

    pictures_asked = Signal(str, str)
    file_asked = Signal()
    revision_asked = Signal()

    def __init__(self, document: Document, sides: Sides, parent: QObject) -> None:
        super().__init__()
        self._document, self._sides = document, sides
        self._asked: tuple[View, tuple[str, ...]] | None = None
        self._wanted = ""
        self._worker = Worker(parent)
        self._worker.done.connect(self._take)
        self._worker.failed.connect(self._say)
        self.intro = label("", "muted", wrap=True)
        self.add_file = push("", self.file_asked.emit, small=True)
        self.add_revision = push("", self.revision_asked.emit, small=True)
        self.table = ComparedTable()
        self.table.picked.connect(self._show_choice)
        self.note = label("", "error", wrap=True)
        self.see = push("", self._see, primary=True)
        self.use = push("", self._use)
        self.leave = push("", self._leave)
        head = row(self.intro, self.add_file, self.add_revision, margins=(16, 12, 16, 8), spacing=8)
        head.setStretch(0, 1)
        foot = row(self.see, self.use, self.leave, -1, margins=(16, 9, 16, 12), spacing=8)
        self.setLayout(column(head, self.table, row(self.note, margins=(16, 4, 16, 0)), foot, spacing=0))

    def retranslate(self, colours: theme.Colours) -> None:
        """Write all texts in the language in use, in the colours in use."""
        self.table.shown.colours = colours
        self.table.setAccessibleName(tr("compare.table"))
        self.intro.setText(tr("compare.intro"))
        self.add_file.setText(tr("compare.add_file"))
        self.add_revision.setText(tr("compare.add_revision"))
        self.see.setText(tr("compare.see"))
        self.use.setText(tr("compare.use"))
        self.leave.setText(tr("compare.leave"))
        self._asked = None

    def refresh(self) -> None:
        """Compare the document as it is, unless that is what is shown; in a thread."""
        view, sides = self._document.view, self._sides.all()
        asked = view, tuple(side.key for side in sides)
        if self._asked is not None and self._asked[0] is view and self._asked[1] == asked[1]:
            return
        self._asked = asked
        chosen = self.table.chosen()
        self._wanted = self._wanted or (chosen.key if chosen is not None else "")
        self._worker.start(lambda progress, stopped: _compared(sides, view, stopped))

    def choose(self, key: str) -> None:
        """Select a design's column as soon as it is there."""
        self._wanted = key
        self.table.choose(key)

    def wait(self) -> None:
        """Let the thread end."""
        self._worker.wait()

    def _take(self, found: _Table) -> None:
        same = [side.name for side in found.sides] == [side.name for side in self.table.shown.sides]
        self.table.shown.show_table(found.sides, found.lines)
        if not same:
            self.table.fit_columns()
        self._say("\n".join(found.problems))
        self.table.choose(self._wanted)
        self._wanted = ""
        self._show_choice()

    def _say(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def _show_choice(self) -> None:
        side = self.table.chosen()
        first = self.table.shown.sides[0] if self.table.shown.sides else None
        self.see.setEnabled(side is not None and side is not first)
        scenario = side.subject.scenario if side is not None and side.subject is not None else None
        self.use.setEnabled(scenario is not None)
        self.leave.setVisible(side is not None and side.subject is None)

    def _see(self) -> None:
        side = self.table.chosen()
        if side is not None:
            self.pictures_asked.emit(self.table.shown.sides[0].key, side.key)

    def _use(self) -> None:
        side = self.table.chosen()
        scenario = side.subject.scenario if side is not None and side.subject is not None else None
        if scenario is not None:
            self._document.put(
                tr("edit.try", name=scenario.name),
                lambda state: State(state.design, laid=(scenario.id,), against=state.against),
            )

    def _leave(self) -> None:
        side = self.table.chosen()
        if side is not None:
            self._sides.forget(side.key)


def _compared(sides: Sequence[Side], view: View, stopped: Stopped) -> _Table:
    """Measure designs and compare each with the first."""
    graphs: list[tuple[Side, FlowGraph]] = []
    problems: list[str] = []
    measured: list[Measures] = []
    compared: list[Comparison | None] = []
    for side in sides:
        if stopped():
            break
        try:
            graph = side.graph(view)
        except ChangeError as error:
            problems.append(tr("compare.problem", name=side.name, problem=worded(error)))
            continue
        measured.append(measures(graph))
        compared.append(compare(graphs[0][1], graph) if graphs else None)
        graphs.append((side, graph))
    return _Table(tuple(side for side, _ in graphs), tuple(lines(measured, compared)), tuple(problems))

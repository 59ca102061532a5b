"""The tables under the canvas: port matrix, URL allow-list and changes, from the columns that the exports use too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from gui.language import language
from gui.style import theme
from gui.widgets.widgets import plain
from model.derivation.comparison import Status
from model.design.columns import Column
from model.tables.matrix import natural

Index = QModelIndex | QPersistentModelIndex
_MARKS: dict[Status, str] = {"added": "+", "removed": "−", "changed": "~"}
_WIDEST = 360
SORT_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Written:
    """The cells that people fill in: in which columns, what is written there, and how that is changed.

    `put` changes rows one after another in one step, once the present event is over: the rows are shown anew then.
    """

    columns: frozenset[str]
    text: Callable[[Any, str], str]
    put: Callable[[Sequence[Any], str, str], None]


class TableModel(QAbstractTableModel):
    """Rows under columns of the model. `status_of` gives a row's change; its mark stands before the first cell."""

    def __init__(self, columns: Sequence[Column[Any]], status_of: Callable[[Any], Status | None]) -> None:
        super().__init__()
        self._chosen = self.columns = tuple(columns)
        self._besides: tuple[Column[Any], ...] = ()
        self.rows: tuple[Any, ...] = ()
        self._status_of = status_of
        self.written: Written | None = None
        """How cells that people fill in are changed; None: none can be."""
        self.colours = theme.LIGHT
        self._struck = QFont()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def show_columns(self, columns: Sequence[Column[Any]]) -> None:
        """Show other columns."""
        self._chosen = tuple(columns)
        self._arrange()

    def show_besides(self, columns: Sequence[Column[Any]]) -> None:
        """Begin with these columns, whichever are chosen."""
        self._besides = tuple(columns)
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        self.columns = (*self._besides, *(each for each in self._chosen if each not in self._besides))
        self.endResetModel()

    def can_write(self, column: int) -> bool:
        """Whether people fill in the cells of a column."""
        return self.written is not None and self.columns[column].id in self.written.columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return (
            flags | Qt.ItemFlag.ItemIsEditable
            if index.isValid() and self.can_write(index.column())
            else flags
        )

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self.written is None or not self.can_write(index.column()):
            return False
        column, row = self.columns[index.column()].id, self.rows[index.row()]
        if str(value).strip() != self.written.text(row, column):
            self.written.put([row], column, str(value).strip())
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 # Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 # Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title(language())
        return None

    def text(self, row: int, column: int) -> str:
        """The text of a cell, without a mark."""
        return self.columns[column].cell(self.rows[row], language())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            mark = _MARKS.get(self._status_of(self.rows[row]) or "unchanged", "") if column == 0 else ""
            return f"{mark} {self.text(row, column)}" if mark else self.text(row, column)
        if role == SORT_ROLE:
            return self.text(row, column)
        if role == Qt.ItemDataRole.EditRole and self.written is not None and self.can_write(column):
            return self.written.text(self.rows[row], self.columns[column].id)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(self.text(row, column))
        status = self._status_of(self.rows[row])
        if status is None or status == "unchanged":
            return None
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(QColor(getattr(self.colours, f"{status}_soft")))
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(QColor(getattr(self.colours, status)))
        if role == Qt.ItemDataRole.FontRole and status == "removed" and column:  # a line would hide the mark
            font = QFont(QGuiApplication.font())
            font.setPixelSize(13)
            font.setStrikeOut(True)
            return font
        return None


class _Sorted(QSortFilterProxyModel):
    """Sorts names in natural order and keeps the rows that hold every word asked for, in any column."""

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self._wanted: Callable[[Any], bool] | None = None

    def keep(self, text: str) -> None:
        """Keep the rows that hold all of these words."""
        self.beginFilterChange()
        self._words = tuple(text.casefold().split())
        self.endFilterChange()

    def keep_rows(self, wanted: Callable[[Any], bool] | None) -> None:
        """Keep the rows that are wanted besides; None: all."""
        if wanted is not None or self._wanted is not None:
            self.beginFilterChange()
            self._wanted = wanted
            self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if not self._words and self._wanted is None:
            return True
        model = self.sourceModel()
        assert isinstance(model, TableModel), "made for this model"
        if self._wanted is not None and not self._wanted(model.rows[source_row]):
            return False
        text = "\n".join(model.text(source_row, column) for column in range(len(model.columns))).casefold()
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        return natural(str(left.data(SORT_ROLE))) < natural(str(right.data(SORT_ROLE)))


class Shaded(QStyledItemDelegate):
    """Fills cells with the model's colour, which a style sheet for items would leave out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        behind = index.data(Qt.ItemDataRole.BackgroundRole)
        if behind is not None:
            painter.fillRect(option.rect, behind)
        super().paint(painter, option, index)


class Table(QTableView):
    """A table that sorts by its headings and copies the selected rows as tab-separated text. `picked(rows)`."""

    picked = Signal(list)

    def __init__(self, columns: Sequence[Column[Any]], status_of: Callable[[Any], Status | None]) -> None:
        super().__init__()
        self.rows_model = TableModel(columns, status_of)
        self.order = _Sorted()
        self.order.setSourceModel(self.rows_model)
        self.setModel(self.order)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setShowGrid(False)
        self.setItemDelegate(Shaded(self))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        self.verticalHeader().setMinimumSectionSize(20)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._following = False
        self.selectionModel().selectionChanged.connect(lambda now, before: self._tell())

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows, keeping order, filter and widths."""
        place, across = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        now = self.order.mapToSource(self.currentIndex())
        kept = self.rows_model.rows[now.row()].id if now.isValid() and self.rows_model.written else None
        self._following = True
        self.rows_model.show_rows(rows)
        if kept is not None:
            self._stay(kept, now.column())
        self._following = False
        self.verticalScrollBar().setValue(place)
        self.horizontalScrollBar().setValue(across)

    def _stay(self, name: str, column: int) -> None:
        """Keep the keyboard at the cell where it was."""
        number = next((n for n, row in enumerate(self.rows_model.rows) if row.id == name), None)
        if number is not None:
            index = self.order.mapFromSource(self.rows_model.index(number, column))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def write_in(self, written: Written) -> None:
        """Let people fill in cells: with a double click, or with Enter."""
        self.rows_model.written = written
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)

    def fit_columns(self) -> None:
        """Make columns as wide as their headings and what they usually hold."""
        metrics = QFontMetrics(self.font())
        header = self.horizontalHeader()
        for number in range(len(self.rows_model.columns)):
            cells = [self.rows_model.text(row, number) for row in range(min(len(self.rows_model.rows), 60))]
            widest = max((metrics.horizontalAdvance(text) for text in cells), default=0) + 30
            heading = header.sectionSizeHint(number) + 8
            self.setColumnWidth(number, max(heading, min(widest, _WIDEST)))

    def select_rows(self, wanted: Callable[[Any], bool], *, scroll: bool = True) -> None:
        """Select the rows that fit, without telling."""
        self._following = True
        found = (
            self.order.mapFromSource(self.rows_model.index(number, 0)).row()
            for number, row in enumerate(self.rows_model.rows)
            if wanted(row)
        )
        shown = sorted(number for number in found if number >= 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(self._runs(shown), flags)
        if shown and scroll:
            left = self.horizontalScrollBar().value()
            self.scrollTo(self.order.index(shown[0], 0))
            self.horizontalScrollBar().setValue(left)
        self._following = False

    def _runs(self, rows: Sequence[int]) -> QItemSelection:
        """Rows in order as one selection of runs: Qt looks at all runs there are for each one that is added."""
        made = QItemSelection()
        starts = [row for place, row in enumerate(rows) if place == 0 or rows[place - 1] != row - 1]
        ends = [row for place, row in enumerate(rows) if place + 1 == len(rows) or rows[place + 1] != row + 1]
        for start, end in zip(starts, ends, strict=True):
            made.append(QItemSelectionRange(self.order.index(start, 0), self.order.index(end, 0)))
        return made

    def selected(self) -> list[Any]:
        """The selected rows, in the order shown."""
        indexes = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [self.rows_model.rows[self.order.mapToSource(index).row()] for index in indexes]

    def go_to_first(self) -> None:
        """Take the keyboard, at the first of the selected rows."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        if rows:
            self._following = True
            self.selectionModel().setCurrentIndex(rows[0], QItemSelectionModel.SelectionFlag.NoUpdate)
            self._following = False
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tell(self) -> None:
        if not self._following:
            self.picked.emit(self.selected())

    def event(self, event: QEvent) -> bool:
        """Keep the keys that copy rows for the table: the window has them for what is drawn."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Copy)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        writing = self.state() == QAbstractItemView.State.EditingState
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not writing
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif enter and self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, headings first, tab-separated."""
        columns = self.rows_model.columns
        lines = ["\t".join(column.title(language()) for column in columns)]
        lines += [
            "\t".join(_one_line(column.cell(row, language())) for column in columns)
            for row in self.selected()
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))


def _one_line(text: str) -> str:
    return text.replace("\t", " ").replace("\n", " ")

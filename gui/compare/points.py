"""The combinations of a sweep as a table: sorted by any column at once, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui.language import tr
from gui.widgets.widgets import plain
from model.whatif.sweep import Point

Index = QModelIndex | QPersistentModelIndex
MEASURES = ("openings", "flows", "fqdns", "cleartext")
COLUMNS = ("on", *MEASURES)
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class Points(QAbstractTableModel):
    """Numbers first, and what is on or chosen at the end. `words` says a combination in words."""

    def __init__(self, words: Callable[[Point], str]) -> None:
        super().__init__()
        self.points: list[Point] = []
        self._words = words
        self._sorted_by: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show these, in the order asked for last."""
        self.beginResetModel()
        self.points = list(points)
        self._order()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self.points[index.row()]) for index in self.persistentIndexList() if index.isValid()]
        self._sorted_by = (column, order)
        self._order()
        place = {id(point): number for number, point in enumerate(self.points)} if kept else {}
        for index, point in kept:
            self.changePersistentIndex(index, self.index(place[id(point)], index.column()))
        self.layoutChanged.emit()

    def _order(self) -> None:
        column, order = self._sorted_by
        if column < 0:
            self.points.sort(key=lambda point: (point.on, point.openings, point.flows))
        elif column < len(COLUMNS):
            name = COLUMNS[column]
            self.points.sort(
                key=lambda point: int(getattr(point, name)), reverse=order == Qt.SortOrder.DescendingOrder
            )
        else:
            self.points.sort(key=self._words, reverse=order == Qt.SortOrder.DescendingOrder)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 # Qt's signature
        return 0 if parent.isValid() else len(self.points)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 # Qt's signature
        return 0 if parent.isValid() else len(COLUMNS) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (_RIGHT if section < len(COLUMNS) else _LEFT) | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(COLUMNS[section]) if section < len(COLUMNS) else tr("sweep.combination")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        point, column = self.points[index.row()], index.column()
        number = column < len(COLUMNS)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{getattr(point, COLUMNS[column]):,}" if number else self._words(point)
        if role == Qt.ItemDataRole.ToolTipRole:
            return None if number else plain(self._words(point))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (_RIGHT if number else _LEFT) | Qt.AlignmentFlag.AlignVCenter
        return None


class PointsTable(QTableView):
    """The table. `picked(point)`: another row was chosen; `asked()`: Enter or a double click on it."""

    picked = Signal(object)
    asked = Signal()

    def __init__(self, words: Callable[[Point], str]) -> None:
        super().__init__()
        self.points = Points(words)
        self.setModel(self.points)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        self.verticalHeader().setMinimumSectionSize(20)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._following = False
        self.selectionModel().selectionChanged.connect(lambda now, before: self._tell())
        self.doubleClicked.connect(lambda index: self.asked.emit())

    def fit_columns(self) -> None:
        """Make the number columns as wide as their headings."""
        for number in range(len(COLUMNS)):
            self.setColumnWidth(number, self.horizontalHeader().sectionSizeHint(number) + 2)
        self._share()

    def _share(self) -> None:
        """Give the last column what the others leave; where that is less than its heading, the table scrolls."""
        header = self.horizontalHeader()
        last = header.count() - 1
        others = sum(header.sectionSize(number) for number in range(last))
        needed = header.sectionSizeHint(last) + 2
        header.setStretchLastSection(others + needed <= self.viewport().width())
        if not header.stretchLastSection():
            self.setColumnWidth(last, needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def chosen(self) -> Point | None:
        """The point of the selected row."""
        rows = self.selectionModel().selectedRows()
        return self.points.points[rows[0].row()] if rows else None

    def choose(self, wanted: Callable[[Point], bool]) -> Point | None:
        """Select the first row that fits, without telling; it is given back."""
        number = next((n for n, point in enumerate(self.points.points) if wanted(point)), None)
        self._following = True
        if number is None:
            self.clearSelection()
        else:
            self.selectRow(number)
            self.scrollTo(self.points.index(number, 0))
        self._following = False
        return self.points.points[number] if number is not None else None

    def _tell(self) -> None:
        point = self.chosen()
        if point is not None and not self._following:
            self.picked.emit(point)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen() is not None:
            self.asked.emit()
        else:
            super().keyPressEvent(event)


def heading(name: str) -> str:
    """What a number is called."""
    return {
        "on": tr("sweep.features_on"),
        "openings": tr("compare.openings"),
        "flows": tr("compare.flows"),
        "fqdns": tr("compare.fqdns"),
        "cleartext": tr("compare.cleartext"),
    }[name]

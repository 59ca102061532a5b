"""Choosing the columns of the matrix: as on screen, blocks of the board's matrix, or one by one in an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from gui.language import language, tr
from gui.widgets.widgets import Chooser, column, label, push, row
from model.tables.columnsets import COLUMN_SETS, KNOWN, columns_of

BLOCKS: tuple[tuple[str, ...], ...] = (
    (), ("core",), ("core", "firewall"), ("core", "audit"), ("core", "firewall", "audit"),
)  # fmt: skip
"""The choices that have a name: none is what screens show."""

KEYS = ("screen", "core", "core_firewall", "core_audit", "every")

NO_SETS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class ColumnChoice(QWidget):
    """A combo box of sets of columns, and a dialog for any other. `changed` after each choice."""

    changed = Signal()

    def __init__(self, sets: Mapping[str, tuple[str, ...]] = NO_SETS) -> None:
        super().__init__()
        self._choices = (*BLOCKS, *sets.values())
        self.sets = Chooser()
        self.sets.setAccessibleName(tr("columns.title"))
        for names, key in zip(BLOCKS, KEYS, strict=True):
            self.sets.addItem(tr(f"columns.{key}"), names)
        for name, names in sets.items():
            self.sets.addItem(name, names)
        self.sets.addItem(tr("columns.own"), None)
        self.edit = push(tr("columns.edit"), self._ask, small=True)
        self._own: tuple[str, ...] = ()
        self.sets.activated.connect(lambda number: self._choose())
        layout = row(self.sets, self.edit)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def show_columns(self, names: tuple[str, ...]) -> None:
        """Show a choice."""
        choices = self._choices
        place = choices.index(names) if names in choices else len(choices)
        if place == len(choices):
            self._own = names
        self.sets.setCurrentIndex(place)

    def chosen(self) -> tuple[str, ...]:
        """The names of blocks or columns."""
        place = self.sets.currentIndex()
        return self._choices[place] if place < len(self._choices) else self._own

    def _choose(self) -> None:
        if self.sets.currentIndex() == len(self._choices) and not self._own:
            self._ask()
        else:
            self.changed.emit()

    def _ask(self) -> None:
        before = self.chosen() or self._own
        dialog = ColumnsDialog(before, self)
        if dialog.exec() and dialog.chosen():
            self._own = dialog.chosen()
            self.sets.setCurrentIndex(len(self._choices))
        elif not self._own and self.sets.currentIndex() == len(self._choices):
            self.sets.setCurrentIndex(0)
        dialog.deleteLater()
        self.changed.emit()


class ColumnsDialog(QDialog):
    """Every column with a tick, to be dragged into an order."""

    def __init__(self, names: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("columns.title"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("columns.title"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        chosen = [each.id for each in columns_of(names)]
        rest = [name for block in COLUMN_SETS.values() for name in (each.id for each in block)]
        for name in dict.fromkeys((*chosen, *rest, *KNOWN)):
            item = QListWidgetItem(KNOWN[name].title(language()))
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setCheckState(Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        moves = row(
            push(tr("columns.up"), lambda: self._move(-1), small=True),
            push(tr("columns.down"), lambda: self._move(1), small=True),
            -1,
        )
        hint = label(tr("columns.hint"), "muted", wrap=True)
        self.setLayout(column(hint, self.list, moves, buttons, margins=(16, 14, 16, 14), spacing=8))
        self.resize(420, 620)

    def _move(self, by: int) -> None:
        place = self.list.currentRow()
        if place >= 0 and 0 <= place + by < self.list.count():
            item = self.list.takeItem(place)
            self.list.insertItem(place + by, item)
            self.list.setCurrentRow(place + by)

    def chosen(self) -> tuple[str, ...]:
        """The ids of the ticked columns in their order."""
        items = [self.list.item(number) for number in range(self.list.count())]
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

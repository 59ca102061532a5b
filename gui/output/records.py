"""An edited table read back: what it would change in the design, and the rows that are taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui.language import language, tr, worded
from gui.style.theme import Colours
from gui.widgets.boxes import BoxDelegate
from gui.widgets.widgets import column, label, open_at
from model.design.design import Design
from model.editing.records import RecordChange, apply_records
from model.errors import ChangeError
from model.sentences import Sentence, reason_of
from model.tables.columnsets import WRITTEN
from model.tables.matrix import Row

_TAKE, _FLOW, _WHICH, _FIELD, _NOW, _NEW = range(6)


class RecordsDialog(QDialog):
    """Shows changes with a tick each; those that do not fit their field say why and cannot be ticked."""

    def __init__(
        self,
        design: Design,
        changes: Sequence[RecordChange],
        rows: Mapping[str, Row],
        unknown: int,
        colours: Colours,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._changes = tuple(changes)
        self.setWindowTitle(tr("records.title"))
        self.table = QTableWidget(len(changes), 6)
        self.table.setAccessibleName(tr("records.title"))
        self.table.setHorizontalHeaderLabels(
            ["", *(tr(f"records.{name}") for name in ("id", "flow", "field", "now", "new"))]
        )
        self.table.setItemDelegateForColumn(_TAKE, BoxDelegate(self.table))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        refused = 0
        names = {each.id.replace("-", "_"): each.title(language()) for each in WRITTEN}
        for number, change in enumerate(changes):
            problem = _problem(design, change)
            refused += bool(problem)
            self._fill(number, change, names, rows.get(change.flow), problem, colours)
        self.table.resizeColumnsToContents()
        for place in (_WHICH, _NOW, _NEW):
            self.table.setColumnWidth(place, min(320, self.table.columnWidth(place)))
        self.table.horizontalHeader().setStretchLastSection(True)
        said = [tr("records.count", count=len(changes))]
        if refused:
            said.append(tr("records.refused", count=refused))
        if unknown:
            said.append(tr("records.unknown", count=unknown))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(tr("records.take"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        head = label(" ".join(said), wrap=True)
        self.setLayout(column(head, self.table, buttons, margins=(18, 16, 18, 14), spacing=10))
        open_at(self, 1040, 560)
        self.table.itemChanged.connect(lambda item: self._follow())
        self._follow()

    def _fill(
        self,
        number: int,
        change: RecordChange,
        names: Mapping[str, str],
        row: Row | None,
        problem: str,
        colours: Colours,
    ) -> None:
        tick = QTableWidgetItem()
        tick.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
        tick.setCheckState(Qt.CheckState.Unchecked if problem else Qt.CheckState.Checked)
        if problem:
            tick.setFlags(Qt.ItemFlag.NoItemFlags)
        self.table.setItem(number, _TAKE, tick)
        which = ""
        if row is not None:
            which = f"{row.source.name} → {row.destination.name} {row.flow.port}/{row.flow.transport}"
        new = problem or change.after or tr("records.empty")
        for place, text in (
            (_FLOW, change.flow),
            (_WHICH, which),
            (_FIELD, names[change.field]),
            (_NOW, change.before or tr("records.empty")),
            (_NEW, new),
        ):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if place == _NEW:
                item.setForeground(QColor(colours.removed if problem else colours.added))
            self.table.setItem(number, place, item)

    def _follow(self) -> None:
        self.go.setEnabled(bool(self.chosen()))

    def chosen(self) -> tuple[RecordChange, ...]:
        """The changes to take over."""
        return tuple(
            change
            for number, change in enumerate(self._changes)
            if (item := self.table.item(number, _TAKE)) is not None
            and item.checkState() == Qt.CheckState.Checked
        )


def _problem(design: Design, change: RecordChange) -> str:
    """Why a change cannot be made; "" where it can."""
    try:
        apply_records(design.evolve(records={}), (change,))
    except ChangeError as error:
        said = reason_of(error)
        return worded(cast("str", said.values["reason"])) if isinstance(said, Sentence) else str(error)
    return ""

"""The columns of the port matrix in the window: sets to choose from, and what people write into the cells."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui.desk import Desk
from gui.language import language, tr
from gui.output.choosing import BLOCKS, KEYS, ColumnsDialog
from gui.panels.bottom import SCREEN
from gui.panels.tables import Table, Written
from gui.style import icons, theme
from gui.widgets.asking import asked_text
from gui.widgets.menus import empty, inner_menu
from gui.widgets.widgets import push
from model.design.columns import Column
from model.editing.records import FIELDS, set_field
from model.tables.columnsets import KNOWN, WRITTEN, columns_of
from model.tables.matrix import Row


class Columns(QObject):
    """Acts for the window: fills the menu of the columns button, and lets cells be written in."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w, self._parent = desk, parent
        self._menu = QMenu(parent)
        self._menu.aboutToShow.connect(self._fill)
        self.button = push("", lambda: None, small=True)
        self.button.setMenu(self._menu)
        self._table: Table = desk.bottom.matrix
        self._narrow = False
        desk.bottom.beside_filter(self.button)
        desk.bottom.narrowed.connect(self._narrowed)
        desk.bottom.currentChanged.connect(self._stand_by)
        for table in (self._table, desk.bottom.changes):
            table.write_in(Written(frozenset(each.id for each in WRITTEN), self._text, self._put))
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._show_menu)
        self._show(desk.preferences.matrix_columns)

    def retranslate(self) -> None:
        """Write the texts in the language in use."""
        self.button.setText("▾" if self._narrow else f"{tr('columns.button')} ▾")
        self.button.setToolTip(tr("columns.button"))
        self.button.setAccessibleName(tr("columns.button"))
        colours = theme.BY_MODE[self._w.mode]
        self.button.setIcon(icons.icon("table", colours.text, colours.disabled) if self._narrow else QIcon())

    def _stand_by(self, page: int) -> None:
        """Be there beside the matrix only."""
        self.button.setVisible(page == 0)
        self._w.bottom.fit_tools()

    def _narrowed(self, on: bool) -> None:
        self._narrow = on
        self.retranslate()

    # Which columns

    def _show(self, names: tuple[str, ...]) -> None:
        known = tuple(name for name in names if name in KNOWN or any(name in block for block in BLOCKS))
        columns: Sequence[Column[Row]] = columns_of(known) if known else (*SCREEN, *WRITTEN)
        if columns != self._table.rows_model.columns:
            self._table.rows_model.show_columns(columns)
            self._table.fit_columns()

    def choose(self, names: tuple[str, ...]) -> None:
        """Show a set of columns, and keep that for the next session."""
        self._w.keep(self._w.preferences.evolve(matrix_columns=names))
        self._show(names)

    def _fill(self) -> None:
        menu, kept = self._menu, self._w.preferences
        empty(menu)
        named = [(tr(f"columns.{key}"), names) for key, names in zip(KEYS, BLOCKS, strict=True)]
        named += [(name, names) for name, names in kept.column_sets.items()]
        for number, (text, names) in enumerate(named):
            if number == len(BLOCKS):
                menu.addSeparator()
            action = menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(names == kept.matrix_columns)
            action.triggered.connect(lambda checked, names=names: self.choose(names))
        menu.addSeparator()
        menu.addAction(tr("columns.edit")).triggered.connect(lambda checked: self._ask())
        menu.addAction(tr("columns.keep")).triggered.connect(lambda checked: self._keep())
        if kept.column_sets:
            forget = inner_menu(menu, tr("columns.forget"))
            for name in kept.column_sets:
                forget.addAction(name.replace("&", "&&")).triggered.connect(
                    lambda checked, name=name: self._forget(name)
                )

    def _ask(self) -> None:
        dialog = ColumnsDialog([each.id for each in self._table.rows_model.columns], self._parent)
        if dialog.exec() and dialog.chosen():
            self.choose(dialog.chosen())
        dialog.deleteLater()

    def _keep(self) -> None:
        """Keep the columns shown as a set with a name."""
        name = asked_text(self._parent, tr("columns.keep"), tr("columns.keep_name"))
        if name:
            names = tuple(each.id for each in self._table.rows_model.columns)
            sets = {**self._w.preferences.column_sets, name[:80]: names}
            self._w.keep(self._w.preferences.evolve(column_sets=sets, matrix_columns=names))

    def _forget(self, name: str) -> None:
        sets = {each: names for each, names in self._w.preferences.column_sets.items() if each != name}
        self._w.keep(self._w.preferences.evolve(column_sets=sets))

    # What is written in them

    @staticmethod
    def _text(row: Row, column: str) -> str:
        text: str = getattr(row.record, _field(column))
        return text

    def _put(self, rows: Sequence[Row], column: str, text: str) -> None:
        """Write a text beside flows, once the editor is closed: the table is filled anew by that."""
        flows = tuple(row.id for row in rows)
        name = KNOWN[column].title(language())
        step = tr("edit.record", name=name)
        document = self._w.document
        QTimer.singleShot(
            0,
            self,
            lambda: document.edit(step, lambda design: set_field(design, flows, _field(column), text)),
        )

    def _show_menu(self, at: QPoint) -> None:
        index = self._table.indexAt(at)
        menu = self._menu_at(index.row(), index.column()) if index.isValid() else None
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._table.viewport().mapToGlobal(at))

    def _menu_at(self, number: int, column: int) -> QMenu | None:
        """The menu of a cell."""
        table, model = self._table, self._table.rows_model
        index = table.order.index(number, column)
        row = model.rows[table.order.mapToSource(index).row()]
        menu = QMenu(self._parent)
        if model.can_write(column):
            name = model.columns[column].id
            menu.addAction(tr("records.write")).triggered.connect(lambda checked: table.edit(index))
            selected = table.selected()
            fill = menu.addAction(tr("records.fill", count=len(selected)))
            fill.setEnabled(len(selected) > 1)
            fill.triggered.connect(lambda checked: self._put(selected, name, self._text(row, name)))
        keys = QKeySequence(QKeySequence.StandardKey.Copy).toString(QKeySequence.SequenceFormat.NativeText)
        menu.addAction(f"{tr('records.copy')}\t{keys}").triggered.connect(lambda checked: table.copy())
        return menu


def _field(column: str) -> str:
    """The field of a record that a column shows."""
    name = column.replace("-", "_")
    assert name in FIELDS, "only columns of records can be written in"
    return name

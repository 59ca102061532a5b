"""Inventories of hosts in the window: a file asked for or dropped, what it would do, and the components it places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QMessageBox, QWidget

from exports.incoming.inventory import read_inventory
from gui.commands.dropping import TABLES
from gui.desk import Desk
from gui.document.waiting import Patience
from gui.document.work import Progress, Stopped
from gui.language import language, tr
from gui.panels.tables import Table
from gui.style import theme
from gui.style.theme import Colours
from gui.widgets.widgets import column, label, message, open_at
from model.catalog.catalog import Catalog
from model.derivation.comparison import Status
from model.design.design import Design
from model.errors import FileError
from model.inventory.planning import Fate, Plan, Step, plan
from model.inventory.rows import Inventory
from model.inventory.taking import Taken, card_sizes, take
from model.inventory.words import Told, columns, summary
from model.picture.look import Look
from model.shapes.geometry import Size

_QUICK_BYTES, _QUICK_STEPS = 100_000, 500
"""Inventories and plans below these take no time that one would wait for."""

_STATUS: dict[Fate, Status] = {"added": "added", "updated": "changed", "unchanged": "unchanged"}


@dataclass(frozen=True, slots=True)
class Other:
    """A table that is no inventory: whether a file is one, asked beside the window, and what takes it."""

    fits: Callable[[Path], bool]
    take: Callable[[Path], object]


class Inventories(QObject):
    """Acts for the window. `others`: what a dropped table may be that is no inventory, in the order of asking."""

    def __init__(self, desk: Desk, parent: QWidget, others: Sequence[Other]) -> None:
        super().__init__(parent)
        self._w, self._parent, self._others = desk, parent, others
        self.patience = Patience(parent, lambda why: desk.files.complain(tr("inventory.title"), why))

    def import_inventory(self) -> None:
        """Ask for an inventory, and take it over after a look."""
        folder = str(self._w.files.path.parent if self._w.files.path is not None else Path.home())
        kinds = (
            f"{tr('inventory.files')} ({' '.join(f'*{suffix}' for suffix in TABLES)});;{tr('file.all')} (*)"
        )
        chosen, _ = QFileDialog.getOpenFileName(self._parent, tr("inventory.title"), folder, kinds)
        if chosen:
            self.read(Path(chosen))

    def drop(self, path: Path) -> None:
        """Take a dropped table: an inventory, or one of the others."""
        self._offer(path, self._others)

    def read(self, path: Path) -> None:
        """Show what an inventory would place and change, and do it where that is wanted, as one undo step."""
        self._offer(path, ())

    def _offer(self, path: Path, others: Sequence[Other]) -> None:
        design, catalog = self._w.document.edited, self._w.document.catalog
        study = partial(_studied, path, design, catalog, others)
        title, soon = tr("inventory.title"), _size(path) < _QUICK_BYTES
        found = self.patience.wait_for(title, tr("inventory.reading"), study, at_once=soon)
        if found is None:
            return
        if isinstance(found, Other):
            found.take(path)
            return
        inventory, planned = found
        if not planned.does_something and not planned.refused:
            text = tr("inventory.nothing")
            message(self._parent, tr("inventory.title"), text, QMessageBox.Icon.Information).exec()
            return
        colours = theme.BY_MODE[self._w.mode]
        dialog = InventoryDialog(design, catalog, inventory, planned, colours, self._parent)
        if dialog.exec():
            self._take(design, planned)
        dialog.deleteLater()

    def _take(self, design: Design, planned: Plan) -> None:
        """Carry a plan out, whole or, where that is given up, not at all."""
        work = partial(_taken, design, planned, self._w.scene.look)
        title, soon = tr("inventory.title"), len(planned.steps) < _QUICK_STEPS
        taken = self.patience.wait_for(title, tr("inventory.placing"), work, at_once=soon)
        if taken is not None and self._w.document.edit(tr("edit.inventory"), lambda design: taken.design):
            self._w.selection.select(taken.touched, self)
            self._w.canvas.keep_whole()

    def wait(self) -> None:
        """Let the thread end."""
        self.patience.worker.wait()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # why it cannot be read is said by who reads it


def _studied(
    path: Path,
    design: Design,
    catalog: Catalog,
    others: Sequence[Other],
    progress: Progress,
    stopped: Stopped,
) -> tuple[Inventory, Plan] | Other:
    """An inventory and what it would do; else what the table is."""
    progress(0, 2)
    try:
        inventory = read_inventory(path, catalog)
    except FileError:
        for other in others:
            if other.fits(path):
                return other
        raise  # it is none of them; what is said then is what an inventory lacks
    progress(1, 2)
    return inventory, plan(design, catalog, inventory)


def is_edited(path: Path) -> bool:
    """Whether a table is a matrix that somebody edited."""
    from exports.incoming.edited import read_edited  # it loads every column of the matrix

    try:
        read_edited(path)
    except FileError:
        return False
    return True


def _taken(design: Design, planned: Plan, look: Look, progress: Progress, stopped: Stopped) -> Taken:
    progress(0, 2)
    sizes = card_sizes(look)

    def measured(of: Design) -> Mapping[str, Size]:
        found = sizes(of)
        progress(1, 2)
        return found

    return take(design, planned, measured)


class InventoryDialog(QDialog):
    """What an inventory would place and change, and which of its rows are refused, before it is taken."""

    def __init__(
        self,
        design: Design,
        catalog: Catalog,
        inventory: Inventory,
        planned: Plan,
        colours: Colours,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{tr('inventory.title')} — {inventory.file}")
        self.table = Table(columns(design, catalog, inventory), _status)
        self.table.rows_model.colours = colours
        self.table.setAccessibleName(tr("inventory.title"))
        steps = sorted(planned.steps, key=lambda step: step.fate == "unchanged")
        self.table.show_rows([*planned.refused, *steps])
        self.table.fit_columns()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.full = label("", "muted", wrap=True)
        details = self.table.rows_model.columns[-1]
        self.table.picked.connect(
            lambda rows: self.full.setText(details.cell(rows[0], language()) if rows else "")
        )
        self.table.selectRow(0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(tr("records.take"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        self.go.setEnabled(planned.does_something)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        head = label(summary(planned, inventory, language()), wrap=True)
        warning = label(tr("inventory.refused"), "error", wrap=True)
        warning.setVisible(bool(planned.refused))
        self.setLayout(
            column(head, warning, self.table, self.full, buttons, margins=(18, 16, 18, 14), spacing=10)
        )  # fmt: skip
        open_at(self, 1240, 620)


def _status(row: Told) -> Status | None:
    return _STATUS[row.fate] if isinstance(row, Step) else None

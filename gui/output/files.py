"""The files of an export as a list: every format with a tick, some of them twice, each with the name it will have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from exports.registry import FORMATS, Format, format_by_id
from gui.language import said, tr
from gui.style.theme import Colours
from gui.widgets.boxes import BoxDelegate
from gui.widgets.breaking import kept_together
from gui.widgets.widgets import give_lines
from model.design.output import Output

_ROW = 25
_AROUND_NAME = 40
"""What lies beside a name, the box to tick included, in pixels."""


@dataclass(slots=True)
class Entry:
    """A file that may be written."""

    form: Format
    output: Output
    wanted: bool


class FileList(QTreeWidget):
    """`picked` when another row is current, `changed` when a tick is."""

    picked = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self._items: list[QTreeWidgetItem] = []
        self.setObjectName("files")
        self.setColumnCount(2)
        self.setHeaderLabels([tr("export.format"), tr("export.file")])
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self.setItemDelegateForColumn(0, BoxDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("export.formats"))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(False)
        self.header().resizeSection(1, 240)
        self.header().sectionResized.connect(lambda section, was, now: self._give_lines())
        self.currentItemChanged.connect(lambda now, before: self.picked.emit())
        self.itemChanged.connect(self._ticked)

    def show_outputs(self, outputs: Sequence[Output], usual: Output) -> None:
        """Tick the formats of some files; every other format stands there as `usual` has it."""
        wanted: dict[str, list[Output]] = {}
        for output in outputs:
            wanted.setdefault(output.format, []).append(output)
        self.entries = []
        for form in FORMATS:
            mine = wanted.get(form.id)
            self.entries += [Entry(form, each, True) for each in mine or ()]
            if not mine:
                self.entries.append(Entry(form, usual.evolve(format=form.id), False))
        self._fill(next((n for n, each in enumerate(self.entries) if each.wanted), 0))

    def _fill(self, current: int) -> None:
        self.blockSignals(True)
        self.clear()
        self._items = []
        for entry in self.entries:
            item = QTreeWidgetItem([kept_together(said(entry.form.name)), ""])
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said(entry.form.name))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Checked if entry.wanted else Qt.CheckState.Unchecked)
            item.setToolTip(0, said(entry.form.name))
            self.addTopLevelItem(item)
            self._items.append(item)
        self._give_lines()
        self.setCurrentItem(self._items[current])
        self.blockSignals(False)
        self.picked.emit()
        self.changed.emit()

    def _give_lines(self) -> None:
        """Give names that are too long for one line a second one."""
        for item in self._items:
            give_lines(self, item, self.columnWidth(0) - _AROUND_NAME, _ROW)

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 0:
            entry = self.entries[self.indexOfTopLevelItem(item)]
            wanted = item.checkState(0) == Qt.CheckState.Checked
            if wanted != entry.wanted:
                entry.wanted = wanted
                self.setCurrentItem(item)
                self.changed.emit()

    @property
    def current(self) -> Entry | None:
        """The entry of the current row."""
        place = self._place()
        return self.entries[place] if place is not None else None

    def _place(self) -> int | None:
        item = self.currentItem()
        return self.indexOfTopLevelItem(item) if item is not None else None

    def put(self, output: Output) -> None:
        """Give the current entry other options; a file somebody sets up is wanted."""
        place = self._place()
        if place is None:
            return
        entry = self.entries[place]
        entry.output = output
        if not entry.wanted:
            self._items[place].setCheckState(0, Qt.CheckState.Checked)
        self.changed.emit()

    def double(self) -> None:
        """Add the current format once more, in the other language where it is in one."""
        place = self._place()
        if place is None:
            return
        entry = self.entries[place]
        other = {"en": "ja", "ja": "en"}.get(entry.output.language, entry.output.language)
        entry.wanted = True
        self.entries.insert(place + 1, Entry(entry.form, entry.output.evolve(language=other), True))
        self._fill(place + 1)

    def wanted(self) -> tuple[Output, ...]:
        """The files to write."""
        return tuple(each.output for each in self.entries if each.wanted)

    def show_names(self, names: Sequence[str], standing: frozenset[int], colours: Colours) -> None:
        """Show the names of the files wanted, in order; `standing`: those that are there already, by number."""
        self.blockSignals(True)
        number = 0
        for item, entry in zip(self._items, self.entries, strict=True):
            text, tip = "", ""
            if entry.wanted and number < len(names):
                text = names[number]
                if number in standing:
                    tip = tr("export.standing")
                    text = f"● {text}"
                number += 1
            item.setText(1, text)
            item.setToolTip(1, tip or text)
            item.setForeground(1, QColor(colours.changed if tip else colours.text))
        self.blockSignals(False)


def usual(language: str) -> Output:
    """What a format is set to before anybody chooses."""
    return Output(format=format_by_id("pdf").id, language="ja" if language == "ja" else "en")

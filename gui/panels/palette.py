"""The palette: every kind of the catalog by group, to be dragged onto the canvas or placed by double-click or Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from gui.language import said, tr
from gui.style import icons
from gui.widgets.breaking import kept_together
from gui.widgets.widgets import column, give_lines, plain
from model.catalog.catalog import Catalog
from model.catalog.rules import Kind
from model.reading.kindsearch import kinds_like

MIME = "application/x-portchart-kind"
"""The format in which a kind is dragged: its id in UTF-8."""

_ID = Qt.ItemDataRole.UserRole
_ROW = 34
_AROUND_NAME = 16
"""What lies beside a name besides its icon, in pixels."""


class _Tree(QTreeWidget):
    """The list of kinds; groups are headings that cannot be selected."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("kinds")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setIconSize(QSize(24, 24))
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(False)
        self.setWordWrap(True)
        self.itemDoubleClicked.connect(lambda item: self._choose(item))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_rows()

    def fit_rows(self) -> None:
        """Give names that are too long for one line a second one."""
        room = self.viewport().width() - self.iconSize().width() - _AROUND_NAME
        for number in range(self.topLevelItemCount()):
            item = self.topLevelItem(number)
            if item is not None and item.data(0, _ID):
                give_lines(self, item, room, _ROW)

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        data = QMimeData()
        data.setData(MIME, str(items[0].data(0, _ID)).encode())
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._choose(item)
        else:
            super().keyPressEvent(event)

    def _choose(self, item: QTreeWidgetItem) -> None:
        if item.data(0, _ID):
            self.chosen.emit(item.data(0, _ID))


class Palette(QWidget):
    """The left panel. `chosen(kind)`: place one of this kind. `tile_of` gives a kind's colour in the theme in use."""

    def __init__(self, catalog: Catalog, tile_of: Callable[[Kind], str]) -> None:
        super().__init__()
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._catalog, self._tile_of = catalog, tile_of
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._place_first)
        self.tree = _Tree()
        self.chosen = self.tree.chosen
        self.setLayout(column(self.search, self.tree, margins=(10, 10, 8, 4), spacing=8))
        self.retranslate()

    def retranslate(self) -> None:
        """Write the list anew: for another language or theme."""
        self.search.setPlaceholderText(tr("palette.search"))
        self.search.setAccessibleName(tr("palette.search"))
        self.tree.setAccessibleName(tr("palette.title"))
        self.tree.clear()
        for group in self._catalog.groups:
            heading = QTreeWidgetItem([said(group.name).upper()])
            font = heading.font(0)
            font.setPixelSize(11)
            font.setBold(True)
            heading.setFont(0, font)
            heading.setForeground(0, self.palette().placeholderText())
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setSizeHint(0, QSize(0, 32))
            heading.setTextAlignment(0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.tree.addTopLevelItem(heading)
            for kind in self._catalog.kinds:
                if kind.group == group.id:
                    self.tree.addTopLevelItem(self._item(kind))
        self.tree.fit_rows()
        self._filter(self.search.text())

    def _item(self, kind: Kind) -> QTreeWidgetItem:
        name = said(kind.name)
        item = QTreeWidgetItem([kept_together(name)])
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, name)
        item.setData(0, _ID, kind.id)
        item.setIcon(0, icons.tile(kind.icon, "#ffffff", self._tile_of(kind)))
        item.setToolTip(0, plain(f"{name}\n{tr('palette.tip')}"))
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        )
        return item

    def _filter(self, text: str) -> None:
        """Show the kinds that fit the text, and the groups that have any."""
        fitting = {kind.id for kind in kinds_like(self._catalog, text)}
        heading: QTreeWidgetItem | None = None
        for number in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(number)
            assert item is not None, "the tree has as many items as it counts"
            name = item.data(0, _ID)
            if name is None:
                heading = item
                heading.setHidden(True)
                continue
            item.setHidden(name not in fitting)
            if name in fitting and heading is not None:
                heading.setHidden(False)

    def _place_first(self) -> None:
        """Enter in the search box places the only kind left, or goes to the list."""
        left = [
            item
            for number in range(self.tree.topLevelItemCount())
            if (item := self.tree.topLevelItem(number)) is not None
            and item.data(0, _ID)
            and not item.isHidden()
        ]
        if len(left) == 1:
            self.chosen.emit(left[0].data(0, _ID))
        elif left:
            self.tree.setCurrentItem(left[0])
            self.tree.setFocus()

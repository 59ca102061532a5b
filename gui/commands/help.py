"""What the Help menu shows: every shortcut, to be searched, and what this program is."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QObject, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QMessageBox,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from gui import actions
from gui.desk import Desk
from gui.language import said, tr
from gui.widgets.widgets import column, message

Keyed = tuple[str, str]
"""What is done, and the keys or the hand that do it."""


class Help(QObject):
    """Acts for the Help menu."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w, self._parent = desk, parent

    def shortcuts(self) -> None:
        """Show every shortcut."""
        dialog = ShortcutsDialog(tuple(self._groups()), self._parent)
        dialog.exec()
        dialog.deleteLater()

    def _groups(self) -> Iterator[tuple[str, list[Keyed]]]:
        made = self._w.actions_by_id
        for name, entries in actions.MENUS:
            yield _bare(tr(f"menu.{name}")), list(actions.keyed(entries, made))
        in_menus = {entry for _, entries in actions.MENUS for entry in entries}
        elsewhere = actions.keyed((name for name in made if name not in in_menus), made)
        lines = [*tr("help.hands").split("\n"), *tr("help.walk").split("\n")]
        lines.append(tr("help.differences"))
        hands = (line.partition("\t") for line in lines if line)
        yield tr("help.canvas"), [*elsewhere, *((text, keys) for keys, _, text in hands)]

    def about(self) -> None:
        """Say what this is: versions, catalog, licence."""
        catalog = self._w.document.catalog
        text = tr(
            "help.about",
            version=_version(),
            catalog=f"{said(catalog.title)} {catalog.version}",
            document=said(catalog.document.title),
            qt=qVersion(),
            python=platform.python_version(),
        )
        box = message(
            self._parent, tr("help.about_title"), "Portchart", QMessageBox.Icon.Information, more=text
        )
        box.setStandardButtons(QMessageBox.StandardButton.Close)
        box.exec()


class ShortcutsDialog(QDialog):
    """The shortcuts by menu; a search leaves the lines that hold every word."""

    def __init__(self, groups: tuple[tuple[str, list[Keyed]], ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("help.shortcuts"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("help.search"))
        self.search.setAccessibleName(tr("help.search"))
        self.search.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setIndentation(14)
        self.list.setAccessibleName(tr("help.shortcuts"))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        for title, lines in groups:
            if lines:
                self._add(title, lines)
        self.list.expandAll()
        self.search.textChanged.connect(self._filter)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(self.search, self.list, buttons, margins=(16, 16, 16, 14), spacing=10))
        wanted = self.list.sizeHintForColumn(0) + self.list.sizeHintForColumn(1)
        self.resize(max(560, wanted + 70), 640)

    def _add(self, title: str, lines: list[Keyed]) -> None:
        head = QTreeWidgetItem(self.list, [title])
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        for line in lines:
            QTreeWidgetItem(head, list(line))

    def _filter(self, wanted: str) -> None:
        words = wanted.casefold().split()
        for number in range(self.list.topLevelItemCount()):
            head = self.list.topLevelItem(number)
            assert head is not None, "numbered below the count"
            left = 0
            for each in range(head.childCount()):
                line = head.child(each)
                assert line is not None, "numbered below the count"
                fits = all(word in f"{line.text(0)} {line.text(1)}".casefold() for word in words)
                line.setHidden(not fits)
                left += fits
            head.setHidden(not left)


def _bare(title: str) -> str:
    """A menu's title without the letter that opens it."""
    return re.sub(r"\(&.\)|&", "", title)


def _version() -> str:
    try:
        return version("portchart")
    except PackageNotFoundError:
        return ""

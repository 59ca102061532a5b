"""Menus whose entries come and go, and a menu that stays open while things are ticked in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget


def empty(menu: QMenu) -> None:
    """Take everything out of a menu that is about to be filled anew, its sub-menus too.

    Qt's own `clear` leaves sub-menus alive under the menu: they would pile up with each edit.
    """
    inner = [each.menu() for each in menu.actions()]
    menu.clear()
    for each in inner:
        if isinstance(each, QMenu):
            each.deleteLater()


def inner_menu(menu: QMenu, title: str) -> QMenu:
    """A sub-menu at the end of a menu. Of one that Qt makes itself, Python would keep the wrapper for good."""
    made = QMenu(title.replace("&", "&&"), menu)
    menu.addMenu(made)
    return made


class StayingMenu(QMenu):
    """Closes like any menu, but not because something checkable was chosen."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title.replace("&", "&&"), parent)

    def tick(self, text: str, on: bool) -> QAction:
        """Add something checkable."""
        made = self.addAction(text.replace("&", "&&"))
        made.setCheckable(True)
        made.setChecked(on)
        return made

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._ticked():
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (chosen and self._ticked()):
            super().keyPressEvent(event)

    def _ticked(self) -> bool:
        for action in self.actions():
            if action is self.activeAction() and action.isCheckable() and action.isEnabled():
                action.trigger()
                return True
        return False

"""Going from one part of the window to the next with the keyboard: the way out of the canvas, where Tab walks on."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMenuBar, QWidget

from gui.desk import Desk


class Panes(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk, bar: QMenuBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._w, self._bar = desk, bar

    def next_pane(self) -> None:
        """Go to the next part of the window."""
        self._go(1)

    def previous_pane(self) -> None:
        """Go to the part of the window before."""
        self._go(-1)

    def menu_bar(self) -> None:
        """Go to the menus."""
        self._bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
        self._bar.setActiveAction(self._bar.actions()[0])

    def _panes(self) -> list[QWidget]:
        """The parts that can be seen, in the order of reading."""
        w = self._w
        inner = (w.right.widget(number) for number in range(w.right.count()))
        parts = (w.toolbar, w.palette_panel, w.canvas, *inner, w.bottom, w.status)
        return [part for part in parts if part is not None and part.isVisible()]

    def _go(self, step: int) -> None:
        panes, focus = self._panes(), QApplication.focusWidget()
        here = next(
            (n for n, pane in enumerate(panes) if focus is not None and _within(pane, focus)),
            -1 if step > 0 else len(panes),
        )
        for away in range(1, len(panes) + 1):
            pane = panes[(here + step * away) % len(panes)]
            first = next(_reachable(pane), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)
                return


def _within(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _reachable(pane: QWidget) -> Iterator[QWidget]:
    """The widgets of a part that the Tab key reaches, in its order."""
    widget: QWidget | None = pane
    while widget is not None:
        if (
            _within(pane, widget)
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and widget.isEnabled()
            and widget.focusProxy() is None
        ):
            yield widget
        widget = widget.nextInFocusChain()
        if widget is pane:  # the chain is a ring
            return

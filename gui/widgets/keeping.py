"""The keyboard stays where it is though what it is on is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget


@contextmanager
def focus_kept(within: QWidget) -> Iterator[None]:
    """While a widget is filled anew: what has the same name has the focus afterwards, else what is in its place."""
    focused = QApplication.focusWidget()
    if focused is None or not within.isAncestorOf(focused):
        yield
        return
    named, place = _named(focused), _stops(within).index(focused)
    yield
    there = _stops(within)
    found = next((each for each in there if _named(each) == named), None)
    found = found or (there[min(place, len(there) - 1)] if there else None)
    if found is not None:
        _show(found, within)
        found.setFocus()


def _stops(within: QWidget) -> list[QWidget]:
    """What the Tab key reaches in a widget, and what has the focus without that."""
    return [
        each
        for each in within.findChildren(QWidget)
        if (each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled() and not _hidden(each))
        or each.hasFocus()
    ]


def _hidden(widget: QWidget) -> bool:
    """Whether somebody hid it; what is new is not shown yet, either."""
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


def _show(widget: QWidget, within: QWidget) -> None:
    """Show at once what is new, as its layout would do later: only what can be seen takes the focus."""
    parent = widget.parentWidget()
    if parent is not None and parent is not within:
        _show(parent, within)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
        widget.show()


def _named(widget: QWidget) -> tuple[type[QWidget], str]:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return type(widget), widget.accessibleName() or text

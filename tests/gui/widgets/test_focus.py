"""Where the keyboard is can be seen in every theme, and by more than a colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTabBar,
    QToolButton,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.style import theme
from gui.style.icons import icon
from gui.widgets.boxes import CheckBox
from gui.widgets.widgets import Chooser, Switch, column, push
from tests.gui.window.test_language import contrast


def tabs() -> QTabBar:
    bar = QTabBar()
    bar.addTab("One")
    bar.addTab("Two")
    return bar


def chooser() -> Chooser:
    made = Chooser()
    made.addItem("Choice")
    return made


def small_tool() -> QToolButton:
    made = QToolButton()
    made.setObjectName("inherit")
    made.setIcon(icon("undo", "#808080", "#808080"))
    return made


MAKERS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: push("Button", lambda: None),
    "small button": lambda: push("Button", lambda: None, small=True),
    "primary button": lambda: push("Button", lambda: None, primary=True),
    "field": lambda: QLineEdit("Text"),
    "long field": lambda: QPlainTextEdit("Text"),
    "choice": chooser,
    "switch": Switch,
    "box": lambda: CheckBox("Box"),
    "tabs": tabs,
    "small tool": small_tool,
    "list": QListWidget,
    "tree": QTreeWidget,
}


@pytest.fixture(params=theme.BY_MODE)
def mode(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[theme.Mode]:
    before = qapp.styleSheet(), qapp.palette()
    colours = theme.BY_MODE[request.param]
    qapp.setPalette(theme.palette(colours))
    qapp.setStyleSheet(theme.style_sheet(colours))
    yield request.param
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])


def changed(one: QImage, other: QImage) -> int:
    """How many pixels differ so much that somebody who sees no colours sees it."""
    return sum(
        contrast(one.pixelColor(x, y).name(), other.pixelColor(x, y).name()) >= 3
        for x in range(min(one.width(), 80))
        for y in range(one.height())
        if one.pixel(x, y) != other.pixel(x, y)
    )


@pytest.mark.parametrize("name", MAKERS)
def test_where_the_keyboard_is_can_be_seen(qtbot: QtBot, mode: theme.Mode, name: str) -> None:
    holder, other, shown = QWidget(), QLineEdit(), MAKERS[name]()
    if isinstance(shown, Switch):
        shown.colours = theme.BY_MODE[mode]
    shown.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    holder.setLayout(column(other, shown, margins=(10, 10, 10, 10)))
    qtbot.addWidget(holder)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    other.setFocus()
    QApplication.processEvents()
    before = holder.grab(shown.geometry()).toImage()
    size = shown.size()
    shown.setFocus()
    qtbot.waitUntil(shown.hasFocus)
    QApplication.processEvents()
    assert shown.size() == size, "what gets the focus jumps"
    assert changed(before, holder.grab(shown.geometry()).toImage()) >= 40

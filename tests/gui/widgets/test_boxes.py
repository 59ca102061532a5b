"""Boxes to tick can be seen in every theme, ticked or not, alone and in lists."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.style import theme
from gui.widgets.boxes import BoxDelegate, CheckBox
from gui.widgets.widgets import Chooser
from gui.window.window import Window
from tests.gui.window.test_language import contrast


def most_contrast(widget: QWidget, width: int, background: str) -> float:
    """The strongest contrast to what is behind, among the pixels of the left part of a widget."""
    image = widget.grab().toImage()
    ratio = image.devicePixelRatio()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(2, round(width * ratio))
        for y in range(2, image.height() - 2)
    }
    return max(contrast(each, background) for each in colours)


@pytest.mark.parametrize("mode", theme.BY_MODE)
@pytest.mark.parametrize("checked", [False, True])
def test_a_box_stands_out_from_its_ground(qtbot: QtBot, mode: theme.Mode, checked: bool) -> None:
    colours = theme.BY_MODE[mode]
    box = CheckBox("Name")
    qtbot.addWidget(box)
    box.setPalette(theme.palette(colours))
    box.setAutoFillBackground(True)
    box.setChecked(checked)
    assert most_contrast(box, 18, colours.window) >= 3


@pytest.mark.parametrize("mode", theme.BY_MODE)
def test_the_boxes_of_a_list_stand_out_too(qtbot: QtBot, mode: theme.Mode) -> None:
    colours = theme.BY_MODE[mode]
    shown = QListWidget()
    qtbot.addWidget(shown)
    shown.setPalette(theme.palette(colours))
    shown.setItemDelegate(BoxDelegate(shown))
    item = QListWidgetItem("Name")
    item.setCheckState(Qt.CheckState.Unchecked)
    shown.addItem(item)
    assert most_contrast(shown.viewport(), 20, colours.panel) >= 3


def test_a_box_is_ticked_by_mouse_and_key(qtbot: QtBot) -> None:
    box = CheckBox("Name")
    qtbot.addWidget(box)
    box.show()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    assert box.isChecked()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()


def test_a_box_is_drawn_whole(qtbot: QtBot, sample: Window) -> None:
    """The style sheet is in force then, and it says how large boxes are."""
    box = CheckBox("Name")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    image, panel = box.grab().toImage(), theme.BY_MODE[sample.mode].window
    ratio = image.devicePixelRatio()
    middle = image.height() // 2
    edge = [image.pixelColor(x, middle).name() for x in range(round(2 * ratio))]
    assert max(contrast(each, panel) for each in edge) >= 2, "the left edge is cut"


def test_a_field_put_into_a_choice_lies_within_it(window: Window) -> None:
    """The scale in Qt's own preview of what is printed lost its first digit, and hung out of its box."""
    box = QComboBox(window)
    box.setEditable(True)
    field = QLineEdit()
    box.setLineEdit(field)
    box.resize(117, 30)
    box.show()
    assert box.rect().contains(field.geometry())
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    room = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    assert room.width() == field.width()


def test_a_closed_choice_shows_an_entry_without_the_indent_of_its_list(qtbot: QtBot) -> None:
    pictures = []
    for text in ("Inner network", "    Inner network"):
        made = Chooser()
        qtbot.addWidget(made)
        made.addItem(text)
        made.resize(240, 32)
        pictures.append(made.grab().toImage())
    assert pictures[0] == pictures[1]

"""Buttons of actions: what happens to the action often must not make each next time longer."""

from __future__ import annotations

from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from gui.widgets.widgets import tool_button


def test_a_button_follows_its_action_and_listens_to_it_once(qtbot: QtBot) -> None:
    button = tool_button("undo")
    qtbot.addWidget(button)
    action = QAction("Undo", button)
    button.setDefaultAction(action)
    for number in range(50):
        action.setText(f"Undo: {number}")
        assert button.text() == f"Undo: {number}"
    action.setEnabled(False)
    assert not button.isEnabled()
    assert action.receivers(SIGNAL("changed()")) <= 1

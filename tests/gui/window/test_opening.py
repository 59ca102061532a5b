"""What is seen while the program is loaded: it is there before anything else is, and goes when the window comes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gui.window.opening import Opening

LOADED = """
import sys
import gui.main, gui.window.opening
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"pydantic", "model", "networkx", "reportlab"}))
"""


def test_it_is_painted_before_anything_else_is_done(qtbot: QtBot) -> None:
    opening = Opening()
    qtbot.addWidget(opening)
    seen: list[bool] = []
    opening.painted.connect(lambda: seen.append(True))
    opening.appear()
    assert seen
    assert opening.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_the_name_and_the_mark_are_on_it(qtbot: QtBot) -> None:
    opening = Opening()
    qtbot.addWidget(opening)
    picture: QImage = opening.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())
    }
    assert {QColor("#0b5cd5").name(), "#ffffff"} <= colours
    assert opening.palette().text().color().name() in colours


def test_nothing_but_qt_is_loaded_for_it(root: Path) -> None:
    words = [sys.executable, "-c", LOADED]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []

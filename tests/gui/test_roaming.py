"""Random editing in the window: valid designs, a picture that says what the design says, and undo to the same bytes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QCursor, QGuiApplication

from gui.window.window import Window
from tests.gui.roaming import PARTS, roam


def test_random_edits_are_shown_and_undone(window: Window, tmp_path: Path) -> None:
    QCursor.setPos(-5_000, -5_000)
    QGuiApplication.clipboard().clear()
    walks = [roam(window, seed, 14, tmp_path) for seed in range(PARTS)]
    assert [each for walk in walks for each in walk.wrong] == []
    made = [name for walk in walks for name in walk.done]
    assert set(walks[0].steps) == set(made)

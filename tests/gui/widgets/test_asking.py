"""Small questions have room for their title, and give what was written."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QInputDialog

from gui.language import set_language, tr
from gui.widgets.asking import asked_text
from gui.window.window import Window
from model.frozen import Language

_BUTTONS = 160
"""What a window's icon and buttons take of its title, with some space around the text."""


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("title", ["export.keep", "columns.keep", "whatif.name_title", "views.rename_title"])
def test_the_title_has_room(
    sample: Window, monkeypatch: pytest.MonkeyPatch, title: str, language: Language
) -> None:
    set_language(language)

    def measured(dialog: QInputDialog) -> int:
        dialog.adjustSize()
        name = f"{dialog.windowTitle()} — Portchart"
        assert not dialog.windowTitle().endswith("…")
        assert dialog.fontMetrics().horizontalAdvance(name) + _BUTTONS <= dialog.width()
        dialog.setTextValue("  審査用 ")
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(QInputDialog, "exec", measured)
    assert asked_text(sample, tr(title), "?") == "審査用"


def test_a_question_put_away_has_no_answer(sample: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QInputDialog, "exec", lambda dialog: QDialog.DialogCode.Rejected.value)
    assert asked_text(sample, "Name", "?", "before") == ""

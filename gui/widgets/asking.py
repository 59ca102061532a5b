"""Small questions, answered with a choice or a text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QInputDialog, QLineEdit, QWidget

from gui.widgets.widgets import Chooser, column, label

_WIDTH = 420
"""Of the field that is answered in: with it the window has room for its title and for a name."""


def asked_choice(parent: QWidget, title: str, text: str, choices: Sequence[str]) -> str | None:
    """Ask for one of some choices; None where the question is put away."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    chooser = Chooser()
    chooser.addItems(list(choices))
    chooser.setAccessibleName(text)
    chooser.setMinimumWidth(_WIDTH)
    buttons = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, dialog
    )
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    dialog.setLayout(column(label(text), chooser, buttons, margins=(18, 16, 18, 14), spacing=10))
    answer = chooser.currentText() if dialog.exec() else None
    dialog.deleteLater()
    return answer


def asked_text(parent: QWidget, title: str, text: str, before: str = "") -> str:
    """Ask for a text, with one to begin with; without spaces around it, and empty where the question is put away."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title.rstrip("…"))
    dialog.setLabelText(text)
    dialog.setTextValue(before)
    dialog.sizeHint()  # makes the field; the dialog itself takes no width from outside
    field = dialog.findChild(QLineEdit)
    assert field is not None, "it was made above"
    field.setMinimumWidth(_WIDTH)
    answer = dialog.textValue().strip() if dialog.exec() else ""
    dialog.deleteLater()
    return answer

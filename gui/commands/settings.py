"""The preferences dialog. Every choice holds at once, so that it can be seen, and is kept for the next session."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QWidget

from gui import language
from gui.desk import Desk
from gui.language import NAMES, tr
from gui.preferences import Paper, ThemeChoice
from gui.widgets.boxes import CheckBox
from gui.widgets.widgets import Chooser, column, label


class Settings(QObject):
    """Opens the dialog and lets its choices hold."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w, self._parent = desk, parent

    def preferences(self) -> None:
        """Ask what this person prefers."""
        dialog = SettingsDialog(self._w, self._parent)
        dialog.exec()
        dialog.deleteLater()

    def show_grid(self) -> None:
        """Show or hide the dots of the grid."""
        self._w.keep(self._w.preferences.evolve(grid=not self._w.preferences.grid))
        self._w.canvas.show_grid(self._w.preferences.grid)


class SettingsDialog(QDialog):
    """Language, theme, grid and paper."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w = desk
        kept = desk.preferences
        self.languages = _choice([(each, NAMES[each]) for each in NAMES], language.language())
        self.themes = _choice([(each, "") for each in get_args(ThemeChoice)], kept.theme)
        self.paper = _choice([(each, "") for each in get_args(Paper)], kept.paper)
        self.grid = CheckBox()
        self.grid.setChecked(kept.grid)
        self._names = {name: label() for name in ("language", "theme", "paper")}
        fields = QFormLayout()
        fields.setHorizontalSpacing(18)
        fields.setVerticalSpacing(12)
        for name, field in (("language", self.languages), ("theme", self.themes), ("paper", self.paper)):
            self._names[name].setBuddy(field)
            fields.addRow(self._names[name], field)
        fields.addRow("", self.grid)
        self._where = label("", "muted", wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(fields, self._where, -1, buttons, margins=(20, 18, 20, 16), spacing=14))
        self.setMinimumWidth(440)
        self.languages.currentIndexChanged.connect(lambda index: self._speak())
        self.themes.currentIndexChanged.connect(lambda index: self._colour())
        self.paper.currentIndexChanged.connect(
            lambda index: desk.keep(desk.preferences.evolve(paper=self.paper.currentData()))
        )
        self.grid.toggled.connect(lambda on: desk.actions_by_id["show_grid"].trigger())
        self.retranslate()

    def _speak(self) -> None:
        self._w.actions_by_id[f"language_{self.languages.currentData()}"].trigger()
        self.retranslate()

    def _colour(self) -> None:
        self._w.actions_by_id[f"theme_{self.themes.currentData()}"].trigger()

    def retranslate(self) -> None:
        """Write the texts in the language in use."""
        self.setWindowTitle(tr("settings.title"))
        for name, shown in self._names.items():
            shown.setText(tr(f"settings.{name}"))
        for field, name in ((self.languages, "language"), (self.themes, "theme"), (self.paper, "paper")):
            field.setAccessibleName(tr(f"settings.{name}"))
        for number, each in enumerate(get_args(ThemeChoice)):
            self.themes.setItemText(number, tr(f"settings.theme_{each}"))
        for number, each in enumerate(get_args(Paper)):
            self.paper.setItemText(number, tr(f"settings.paper_{each}"))
        self.grid.setText(tr("action.show_grid"))
        self._where.setText(tr("settings.note"))


def _choice(entries: list[tuple[str, str]], chosen: str) -> Chooser:
    made = Chooser()
    for value, text in entries:
        made.addItem(text, value)
    made.setCurrentIndex(made.findData(chosen))
    return made

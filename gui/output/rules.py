"""Existing rules that flows are compared with: a line of file names, and whose rules they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QFormLayout, QLineEdit, QWidget

from gui.language import tr
from gui.widgets.widgets import Chooser, column, label, push, row
from model.design.design import Design
from model.design.output import Job

_BETWEEN = "|"
"""Between file names, and between groups; names on Windows cannot hold it, and it is rare elsewhere."""


class Rules(NamedTuple):
    """Files with rules; `at`: the component whose rules they are, else firewalls in the path; `groups`: as in jobs."""

    paths: tuple[Path, ...] = ()
    at: str | None = None
    groups: tuple[str, ...] = ()


NO_RULES = Rules()


def ask_for_rules(parent: QWidget, folder: Path) -> list[Path]:
    """Ask for files with existing rules; none where that is given up."""
    paths, _ = QFileDialog.getOpenFileNames(
        parent,
        tr("existing.open"),
        str(folder),
        f"{tr('existing.kinds')} (*.csv *.json *.rules *.txt *.save);;{tr('file.all')} (*)",
    )
    return [Path(each) for each in paths]


def seen_from(path: Path, folder: Path) -> str:
    """A path as seen from a folder, where it lies in it; otherwise as it is."""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def _joined(texts: Sequence[str]) -> str:
    return f" {_BETWEEN} ".join(texts)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(_BETWEEN) if (name := part.strip()))


class RulesField:
    """The widgets. `folder`: from where file names are meant; `usual`: the rules where no job says others."""

    def __init__(self, folder: Path, usual: Rules) -> None:
        self._folder, self._usual = folder, usual
        self.files = QLineEdit()
        self.files.setPlaceholderText(tr("export.rules_none"))
        self.browse = push("…", self._browse, small=True)
        self.browse.setAccessibleName(tr("export.browse"))
        self.at = Chooser()
        self.at.setAccessibleName(tr("export.rules_at"))
        self.groups = QLineEdit()
        self.groups.setPlaceholderText("sg-0123=web-1")

    def show_rules(self, design: Design, job: Job | None) -> None:
        """Show the rules of a job, or those that the window compares with."""
        usual = self._usual
        names = job.rules if job is not None else [seen_from(path, self._folder) for path in usual.paths]
        self._show(names)
        self.groups.setText(_joined(job.rules_groups if job is not None else usual.groups))
        self.at.clear()
        self.at.addItem(tr("export.rules_path"), None)
        for each in design.components:
            self.at.addItem(each.name, each.id)
        wanted = job.rules_at if job is not None else usual.at
        if wanted is not None and wanted not in design.component_by_id:
            self.at.addItem(wanted, wanted)
        self.at.setCurrentIndex(max(0, self.at.findData(wanted)))

    def _show(self, names: Sequence[str]) -> None:
        self.files.setText(_joined(names))

    def wanted(self) -> tuple[str, ...]:
        """The files, as a job keeps them."""
        return _parts(self.files.text())

    def wanted_groups(self) -> tuple[str, ...]:
        """Which component each security group is for, as a job keeps it."""
        return _parts(self.groups.text())

    def _browse(self) -> None:
        chosen = ask_for_rules(self.files, self._folder)
        if chosen:
            self._show([seen_from(path, self._folder) for path in chosen])

    def rules(self) -> Rules:
        """What the widgets say."""
        paths = tuple(self._folder / name for name in self.wanted())
        return Rules(paths, self.at.currentData(), self.wanted_groups())


class RulesDialog(QDialog):
    """Asks which rules the flows are compared with, and whose rules they are."""

    def __init__(self, design: Design, folder: Path, usual: Rules, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("export.rules"))
        self.field = RulesField(folder, usual)
        self.field.show_rules(design, None)
        self.field.files.setMinimumWidth(420)
        self.field.groups.setToolTip(tr("export.rules_groups_tip"))
        fields = QFormLayout()
        files = row(self.field.files, self.field.browse)
        fields.addRow(tr("existing.open"), files)
        fields.addRow(tr("export.rules_at"), self.field.at)
        fields.addRow(tr("export.rules_groups"), self.field.groups)
        for field, name in (
            (self.field.files, "existing.open"),
            (self.field.groups, "export.rules_groups"),
        ):
            field.setAccessibleName(tr(name))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(tr("existing.go"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        note = label(tr("export.rules_groups_tip"), "muted", wrap=True)
        self.setLayout(column(fields, note, buttons, margins=(18, 16, 18, 14), spacing=12))
        self.field.files.textChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.go.setEnabled(bool(self.field.wanted()))

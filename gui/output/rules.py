"""Existing rules that files are compared with: a line of file names, and whose rules they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from gui.existing import ask_for_rules
from gui.language import tr
from gui.widgets import Chooser, push
from model.design import Design
from model.output import Job

_BETWEEN = "|"
"""Between file names, and between groups; names on Windows cannot hold it, and it is rare elsewhere."""


def seen_from(path: Path, folder: Path) -> str:
    """A path as seen from a folder, where it lies in it; otherwise as it is."""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def _joined(texts: Sequence[str]) -> str:
    return f" {_BETWEEN} ".join(texts)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(_BETWEEN) if (name := part.strip()))


class RulesField:
    """The widgets. `folder`: from where file names are meant; `usual`: the files of an export that is not a job."""

    def __init__(self, folder: Path, usual: Sequence[Path]) -> None:
        self._folder, self._usual = folder, tuple(usual)
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
        names = job.rules if job is not None else [seen_from(path, self._folder) for path in self._usual]
        self._show(names)
        self.groups.setText(_joined(job.rules_groups if job is not None else ()))
        self.at.clear()
        self.at.addItem(tr("export.rules_path"), None)
        for each in design.components:
            self.at.addItem(each.name, each.id)
        wanted = job.rules_at if job is not None else None
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

"""The file behind the document: new, open, save, and every question that keeps work from being lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

import resources
from gui.document.document import Document
from gui.document.guard import Origin, origin_of
from gui.language import tr, worded
from gui.widgets.widgets import message
from model.design.design import Design
from model.errors import ChangedOnDisk, FileError
from model.storage import Stamp, load, parse_design, save

SUFFIX = ".portchart"
TEMPLATES = ("single-vpc", "on-premises", "multi-vpc", "air-gapped")


class Files(QObject):
    """`path` is None for a design on no disk yet. `changed` follows path and unsaved mark; `used(path)` a success."""

    changed = Signal()
    used = Signal(object)

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._window = document, window
        self.path: Path | None = None
        self._stamp: Stamp | None = None
        document.modified_changed.connect(lambda modified: self.changed.emit())

    @property
    def name(self) -> str:
        """What the design is called: its file's name."""
        return self.path.name if self.path is not None else tr("file.untitled")

    def origin(self) -> Origin | None:
        """The file of the design, and what it held when it was last read or written; None for a design in no file."""
        if self.path is None or self._stamp is None:
            return None
        return Origin(self.path, self._stamp)

    # Opening

    def new(self, template: str | None) -> bool:
        """Begin a design, empty or from a template."""
        if not self.may_leave():
            return False
        if template is None:
            design = self._document.blank()
        else:
            name = f"samples/{template}{SUFFIX}"
            design = parse_design(resources.path(name).read_bytes(), name)
        self._take(design, None, None)
        return True

    def open(self, path: Path | None = None) -> bool:
        """Open a file, asked for where none is given."""
        if not self.may_leave():
            return False
        if path is None:
            folder = str(self.path.parent if self.path is not None else Path.home())
            chosen, _ = QFileDialog.getOpenFileName(
                self._window, tr("file.open_title"), folder, self._filters()
            )
            if not chosen:
                return False
            path = Path(chosen)
        return self.read(path)

    def read(self, path: Path) -> bool:
        """Open a file without asking about the design that is open; a sentence says why where it cannot be."""
        try:
            loaded = load(path)
        except FileError as error:
            self.complain(tr("file.cannot_open"), worded(error))
            return False
        self._take(loaded.design, loaded.path, loaded.stamp)
        self.used.emit(path)
        return True

    def other(self) -> tuple[Design, Path] | None:
        """Ask for another file to compare with, and read it; None where there is none or it cannot be read."""
        chosen = self.asked_other(self._window)
        if chosen is None:
            return None
        try:
            return load(chosen).design, chosen
        except FileError as error:
            self.complain(tr("file.cannot_open"), worded(error))
            return None

    def asked_other(self, parent: QWidget) -> Path | None:
        """Ask for another file to compare with."""
        folder = str(self.path.parent if self.path is not None else Path.home())
        chosen, _ = QFileDialog.getOpenFileName(parent, tr("file.compare_title"), folder, self._filters())
        return Path(chosen) if chosen else None

    def recover(self, path: Path) -> bool:
        """Open work kept from a crash; it counts as unsaved, and belongs to the file it came from."""
        try:
            design = load(path).design
        except FileError as error:
            self.complain(tr("file.cannot_open"), worded(error))
            return False
        origin = origin_of(path)
        self.path, self._stamp = (origin.path, origin.stamp) if origin is not None else (None, None)
        self._document.open(design, modified=True)
        self.changed.emit()
        return True

    def revert(self) -> None:
        """Go back to what is on disk, as one undo step."""
        if self.path is None:
            return
        try:
            loaded = load(self.path)
        except FileError as error:
            self.complain(tr("file.cannot_open"), worded(error))
            return
        self._stamp = loaded.stamp
        if self._document.edit(tr("edit.revert"), lambda design: loaded.design, done=True):
            self._document.saved(loaded.design)

    def _take(self, design: Design, path: Path | None, stamp: Stamp | None) -> None:
        self.path, self._stamp = path, stamp
        self._document.open(design)
        self.changed.emit()

    # Saving

    def save(self) -> bool:
        """Save where the design came from; ask for a place where there is none."""
        return self._write(self.path, self._stamp) if self.path is not None else self.save_as()

    def save_as(self) -> bool:
        """Save under another name."""
        folder = self.path or Path.home() / f"{_file_name(self._document.design.title) or 'design'}{SUFFIX}"
        dialog = QFileDialog(self._window, tr("file.save_title"), str(folder.parent), self._filters())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX[1:])
        dialog.selectFile(folder.name)
        if not dialog.exec():
            return False
        path = Path(dialog.selectedFiles()[0])
        # The dialog has asked whether an existing file may be replaced.
        return self._write(path, None, force=path.exists())

    def _write(self, path: Path, stamp: Stamp | None, *, force: bool = False) -> bool:
        design = self._document.design
        try:
            fresh = save(design, path, stamp, force=force)
        except ChangedOnDisk as error:
            return self._changed_on_disk(path, error)
        except FileError as error:
            self.complain(tr("file.cannot_save"), worded(error))
            return False
        self.path, self._stamp = path, fresh
        self._document.saved(design)
        self.changed.emit()
        self.used.emit(path)
        return True

    def _changed_on_disk(self, path: Path, error: ChangedOnDisk) -> bool:
        """The file is another one than was read: overwrite it, take it, save elsewhere, or leave it."""
        box = message(
            self._window,
            tr("file.changed_title"),
            worded(error),
            QMessageBox.Icon.Warning,
            more=tr("file.changed_more"),
        )
        answers = {
            _button(box, tr("file.save_elsewhere"), QMessageBox.ButtonRole.AcceptRole): self.save_as,
            _button(box, tr("file.overwrite"), QMessageBox.ButtonRole.DestructiveRole): lambda: self._write(
                path, None, force=True
            ),
            _button(box, tr("file.take_theirs"), QMessageBox.ButtonRole.DestructiveRole): lambda: self.read(
                path
            ),
        }
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        answer: Callable[[], bool] = answers.get(box.clickedButton(), lambda: False)  # type: ignore[call-overload]  # any button may be the key
        return answer()

    # Not losing work

    def may_leave(self) -> bool:
        """Whether the open design may be left: it is saved, or the user says so."""
        if not self._document.modified:
            return True
        box = message(
            self._window,
            tr("file.unsaved_title"),
            tr("file.unsaved", name=self.name),
            QMessageBox.Icon.Question,
            more=tr("file.unsaved_more"),
        )
        save_button = _button(box, tr("file.save"), QMessageBox.ButtonRole.AcceptRole)
        leave = _button(box, tr("file.do_not_save"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(save_button)
        box.exec()
        if box.clickedButton() is save_button:
            return self.save()
        return box.clickedButton() is leave

    def complain(self, title: str, sentence: str) -> None:
        """Say why something could not be done, over the window, even where that was about to be shown."""
        self._window.show()
        box = message(self._window, title, title, QMessageBox.Icon.Warning, more=sentence)
        box.exec()

    def _filters(self) -> str:
        return f"{tr('file.kind')} (*{SUFFIX});;{tr('file.all')} (*)"


def _button(box: QMessageBox, text: str, role: QMessageBox.ButtonRole) -> QPushButton:
    return box.addButton(text, role)


def _file_name(title: str) -> str:
    kept = "".join(character if character.isalnum() or character in " -_." else " " for character in title)
    return "-".join(kept.split())[:80].strip(".")


def template_titles() -> list[tuple[str, str]]:
    """(id, title) of every template that ships, in the language in use."""
    there = set(resources.names("samples", SUFFIX))
    return [(name, tr(f"template.{name}")) for name in TEMPLATES if f"samples/{name}{SUFFIX}" in there]

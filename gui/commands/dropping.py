"""Files dropped on the window: designs are opened, tables of hosts or records and rules are taken after a look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDropEvent

from gui.document.files import SUFFIX, Files

TABLES = (".csv", ".tsv", ".txt")
"""How files with tables of plain text end."""

_RULES = (".json", ".rules", ".save")
"""How files end that can only be existing rules."""
_TAKEN = (SUFFIX, ".xlsx", *TABLES, *_RULES)


def enter(event: QDropEvent) -> None:
    """Say whether what is dragged could be dropped."""
    if _file(event) is not None:
        event.acceptProposedAction()


def drop(
    event: QDropEvent, files: Files, table: Callable[[Path], object], rules: Callable[[Path], object]
) -> None:
    """Take what is dropped, once the event is over: a dialog within it would keep the other program waiting."""
    path = _file(event)
    if path is not None:
        event.acceptProposedAction()
        suffix = path.suffix.lower()
        take = files.open if suffix == SUFFIX else rules if suffix in _RULES else table
        QTimer.singleShot(0, files, lambda: take(path))


def _file(event: QDropEvent) -> Path | None:
    """The one file that is dropped, where it is a design, a table or rules."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in _TAKEN else None

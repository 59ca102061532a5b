"""Every error Portchart raises on purpose; the message of each is a sentence for the user.

PortchartError
├── CatalogError      a catalog file cannot be used
├── DesignError       an edit or a design breaks a rule of the design itself
│   └── ChangeError   a what-if change names something that does not exist
├── FileError         a file cannot be read or written; knows the file and the place in it
│   └── ChangedOnDisk the file is no longer the one that was read
└── ExportError       a format cannot hold what it was given
"""

from __future__ import annotations

from pathlib import Path

from model.sentences import told


class PortchartError(Exception):
    """The root: `str(error)` is a sentence that says what is wrong, where, and what to do."""


class CatalogError(PortchartError):
    """A catalog file is not a catalog, or refers to things it does not define."""


class DesignError(PortchartError):
    """An edit would make a design that contradicts itself; nothing has been changed."""


class ChangeError(DesignError):
    """A what-if change names a feature, setting, value or component that does not exist."""


class FileError(PortchartError):
    """A file cannot be read or written.

    `path` is the file, `place` the position inside it ("components[3].name", "line 12"; may be empty),
    `reason` a sentence.
    """

    def __init__(self, path: Path | str, reason: str, place: str = "") -> None:
        self.path = Path(path)
        self.place = place
        self.reason = reason
        named = {"path": self.path, "place": place, "reason": reason}
        super().__init__(told("{path}: {place}: {reason}" if place else "{path}: {reason}", **named))


class ChangedOnDisk(FileError):
    """The file was changed by someone else since it was read; saving over it must be asked for."""


class ExportError(PortchartError):
    """A format cannot hold what it was given; nothing has been written."""

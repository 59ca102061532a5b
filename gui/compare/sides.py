"""What stands side by side: the design, the what-if and scenarios, and designs from other files and from git."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from exports.revisions import Revision, design_at
from gui.compare.subjects import SAVED, Subject, graph_of, subjects
from gui.document.document import Document, View
from gui.document.work import Worker
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.storage import load


@dataclass(frozen=True, eq=False)
class Side:
    """One of them: part of the open document (`subject`), or a design that was read."""

    key: str
    name: str
    subject: Subject | None = None
    design: Design | None = None

    def graph(self, view: View) -> FlowGraph:
        """Its flows, by the rules of the open document's catalog. Raises ChangeError; slow for a large design."""
        if self.subject is not None:
            return graph_of(self.subject, view)
        assert self.design is not None, "a side is a subject or a design"
        return derive(self.design, view.graph.catalog)


class Sides(QObject):
    """All that can be compared. `changed()`: there are others now; `read(key)`: a file or revision was read."""

    changed = Signal()
    read = Signal(str)
    failed = Signal(str)

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._others: dict[str, Side] = {}
        self.reader = Worker(self)
        self.reader.done.connect(self._take)
        self.reader.failed.connect(self.failed)
        document.replacing.connect(self._forget)

    def all(self) -> tuple[Side, ...]:
        """The design first, then the what-if, the scenarios, and what was read."""
        found = [Side(each.key, each.name, each) for each in subjects(self._document.state)]
        found.sort(key=lambda side: side.key != SAVED)
        return (*found, *self._others.values())

    def read_file(self, path: Path) -> None:
        """Read another file, in a thread."""
        self.reader.start(lambda progress, stopped: Side(f"file:{path}", path.name, design=load(path).design))

    def read_revision(self, path: Path, revision: Revision) -> None:
        """Read the open file as it was in a revision, in a thread."""
        name = f"{revision.short} · {revision.day}"
        self.reader.start(
            lambda progress, stopped: Side(
                f"revision:{revision.id}", name, design=design_at(path, revision.id)
            )
        )

    def _take(self, side: Side) -> None:
        self._others[side.key] = side
        self.changed.emit()
        self.read.emit(side.key)

    def forget(self, key: str) -> None:
        """Leave out what was read."""
        if self._others.pop(key, None) is not None:
            self.changed.emit()

    def _forget(self) -> None:
        self._others.clear()
        self.changed.emit()

    def wait(self) -> None:
        """Let the thread end."""
        self.reader.wait()

"""Everything that is written on the canvas itself: names, notes, numbers of hosts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGraphicsView

from gui.canvas.hosts import HostsEditor
from gui.canvas.naming import NameEditor
from gui.canvas.notes import NoteEditor
from gui.canvas.scene import Scene
from gui.document.document import Document


class Writing:
    """The editors, of which one at most is shown."""

    def __init__(
        self, document: Document, scene: Scene, view: QGraphicsView, tell: Callable[[str], None]
    ) -> None:
        self.names = NameEditor(document, scene, view)
        self.notes = NoteEditor(document, scene, view)
        self.hosts = HostsEditor(document, scene, view, tell)
        self._scene = scene

    def start(self, thing: str) -> None:
        """Edit the name of a component or a zone, or the text of a note."""
        if any(thing == note.id for note in self._scene.notes):
            self.notes.start(thing)
        else:
            self.names.start(thing)

    def finish(self) -> None:
        """Take over what is being written."""
        for each in (self.names, self.notes, self.hosts):
            each.finish()

    def leave(self) -> None:
        """Leave everything as it was: what is being written is no part of the design any more."""
        for each in (self.names, self.notes, self.hosts):
            each.leave()

"""Notes written where they lie: a text field over the note, as large and as coloured as the note itself."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsView

from gui.canvas.scene import Scene
from gui.document.document import Document
from gui.language import tr
from gui.widgets.fields import Lines
from model.design.design import Design
from model.editing import edits, locks

_SMALLEST = (180, 64)
_LETTERS = 12
"""The height of a note's letters, scene pixels; on the screen they are never smaller while they are written."""


class NoteEditor(Lines):
    """Hidden unless a note is written. Ctrl+Enter and leaving take the text over, Escape does not."""

    def __init__(self, document: Document, scene: Scene, view: QGraphicsView) -> None:
        super().__init__(view.viewport())
        self.left.connect(self.finish)
        self.setObjectName("noteEditor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        self._design, self._scene, self._view = document, scene, view
        self._note: str | None = None
        self.hide()

    def start(self, name: str) -> None:
        """Write a note that is seen; one that is locked is refused."""
        note = next((each for each in self._scene.notes if each.id == name), None)
        if note is None:
            return
        if note.locked:
            self._design.edit(tr("edit.note"), lambda design: _written(design, name, note.text))
            return
        self._note = name
        scale = self._view.transform().m11()
        theme = self._scene.look.theme
        letters, sheet = max(_LETTERS, round(_LETTERS * scale)), theme.changes["changed"].fill
        left, top = (max(4, round(gap * scale) - 1) for gap in (10, 7))
        self.setStyleSheet(
            f"#noteEditor {{ background: {sheet}; color: {theme.text}; border: 1px solid {theme.accent};"
            f" border-radius: 4px; padding: {top}px 2px 2px {left}px; font-size: {letters}px; }}"
        )
        corner = self._view.mapFromScene(note.rect.x, note.rect.y)
        width, height = round(note.rect.width * scale), round(note.rect.height * scale)
        self.setGeometry(QRect(corner.x(), corner.y(), max(width, _SMALLEST[0]), max(height, _SMALLEST[1])))
        self.setAccessibleName(tr("inspector.note"))
        self.setToolTip(tr("note.keys"))
        self.setPlainText(note.text)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Take the text over, where one is written."""
        name = self.leave()
        text = self.toPlainText()
        there = {note.id: note.text for note in self._design.edited.notes}
        if name is not None and there.get(name, text) != text:
            self._design.edit(tr("edit.note"), lambda design: _written(design, name, text))

    def leave(self) -> str | None:
        """Leave the note as it was; gives which one was written."""
        name, self._note = self._note, None
        if name is not None:
            self.hide()
            self._view.setFocus()
        return name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _written(design: Design, name: str, text: str) -> Design:
    """With another text of a note that is not locked."""
    locks.free(design, (name,))
    return edits.change_note(design, name, text=text)

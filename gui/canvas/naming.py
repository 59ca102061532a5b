"""Names edited where they stand: a line edit over a card's or a zone's name."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGraphicsView, QLineEdit

from gui.canvas.scene import Scene
from gui.document import Document
from gui.language import tr
from model import locks


class NameEditor(QLineEdit):
    """Hidden unless a name is being edited. Enter and leaving take the name over, Escape does not."""

    def __init__(self, document: Document, scene: Scene, view: QGraphicsView) -> None:
        super().__init__(view.viewport())
        self.setObjectName("name")
        self._document, self._scene, self._view = document, scene, view
        self._thing: str | None = None
        self.setAccessibleName(tr("canvas.name"))
        self.hide()

    def start(self, thing: str) -> None:
        """Edit the name of a component or a zone; anything else has none."""
        design = self._document.view.design
        if thing in locks.locked(design):
            self._document.edit(tr("edit.rename"), lambda before: locks.renamed(before, thing, ""))
            return
        if thing in self._scene.folding.within:
            self._document.refused.emit(tr("canvas.folded"))
            return
        if thing in design.component_by_id:
            name, frame = design.component_by_id[thing].name, self._scene.cards[thing]
            left, top, width = frame.x + 42, frame.y + 4, frame.width - 46
        elif thing in design.zone_by_id:
            zone = design.zone_by_id[thing]
            name, frame = zone.name, zone.rect
            left, top, width = frame.x + 8, frame.y + 3, min(frame.width - 16, 320)
        else:
            return
        self._thing = thing
        scale = self._view.transform().m11()
        corner = self._view.mapFromScene(left, top)
        height = self.sizeHint().height()
        self.setGeometry(QRect(corner.x(), corner.y(), max(140, round(width * scale)), height))
        self.setText(name)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Take the name over, where one is being edited."""
        thing, self._thing = self._thing, None
        if thing is None:
            return
        name = self.text().strip()
        self.hide()
        self._view.setFocus()
        design = self._document.edited
        there = design.component_by_id.get(thing) or design.zone_by_id.get(thing)
        if there is not None and name and name != there.name:
            self._document.edit(tr("edit.rename"), lambda before: locks.renamed(before, thing, name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._thing = None
            self.hide()
            self._view.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finish()

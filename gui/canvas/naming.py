"""Names edited where they stand: a line edit over a card's or a zone's name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGraphicsView

from gui.canvas.scene import Scene
from gui.document.document import Document
from gui.language import tr
from gui.widgets.fields import Field
from model.editing import locks
from model.shapes.geometry import Point


class LineEditor(Field):
    """Hidden unless something is being edited. Enter and leaving take it over, Escape does not."""

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__(view.viewport())
        self.left.connect(self.finish)
        self._view = view
        self._done: Callable[[str], None] | None = None
        self.hide()

    def ask(self, text: str, at: Point, width: float, done: Callable[[str], None]) -> None:
        """Edit a text at a point of the scene, in a field as wide as so many scene pixels; `done` is told the text."""
        self._done = done
        corner = self._view.mapFromScene(at.x, at.y)
        scaled = round(width * self._view.transform().m11())
        self.setGeometry(
            QRect(corner.x(), corner.y(), max(self.minimumWidth(), scaled), self.sizeHint().height())
        )
        self.setText(text)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Take the text over, where one is being edited."""
        done = self.leave()
        if done is not None:
            done(self.text().strip())

    def leave(self) -> Callable[[str], None] | None:
        """Leave it as it was; gives what would have been told of the text, None where nothing was edited."""
        done, self._done = self._done, None
        if done is not None:
            self.hide()
            self._view.setFocus()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        else:
            super().keyPressEvent(event)


class NameEditor(LineEditor):
    """Edits the name of a component or a zone."""

    def __init__(self, document: Document, scene: Scene, view: QGraphicsView) -> None:
        super().__init__(view)
        self.setObjectName("name")
        self.setMinimumWidth(140)
        self._document, self._scene = document, scene

    def start(self, thing: str) -> None:
        """Edit the name of a component or a zone; anything else has none."""
        design = self._document.view.design
        if thing in locks.locked(design):
            self._document.edit(tr("edit.rename"), lambda before: locks.renamed(before, thing, ""))
            return
        if thing in self._scene.folding.within:
            self._document.refused.emit(tr("canvas.folded"))
            return
        self.setAccessibleName(tr("canvas.name"))
        if thing in design.component_by_id:
            name, frame = design.component_by_id[thing].name, self._scene.cards[thing]
            at, width = Point(frame.x + 42, frame.y + 4), frame.width - 46
        elif thing in design.zone_by_id:
            zone = design.zone_by_id[thing]
            name, frame = zone.name, zone.rect
            at, width = Point(frame.x + 8, frame.y + 3), min(frame.width - 16, 320)
        else:
            return
        self.ask(name, at, width, partial(self._rename, thing))

    def _rename(self, thing: str, name: str) -> None:
        design = self._document.edited
        there = design.component_by_id.get(thing) or design.zone_by_id.get(thing)
        if there is not None and name and name != there.name:
            self._document.edit(tr("edit.rename"), lambda before: locks.renamed(before, thing, name))

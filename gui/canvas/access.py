"""What the canvas tells assistive technology: every zone, component, note and connector as something with a name, a
role, a state and a place, although on screen they are only painted.

Qt asks the factory for the interface of a widget and keeps it until the widget ends. It holds no reference to Python
objects, so whatever is handed to Qt is also kept here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from gui.canvas.bundles import Bundle
from gui.canvas.paint import qrect
from gui.canvas.scene import Scene
from gui.canvas.spoken import component_spoken, note_spoken, zone_spoken
from gui.canvas.view import Canvas
from gui.document.document import Document
from gui.document.selection import Pair, Selection
from model.shapes.geometry import bounding

Key = tuple[str, str | Pair]
"""What a thing is ("zone", "component", "note", "connector") and its id, or the ends of a connector."""

_ROLES = {
    "zone": QAccessible.Role.Grouping,
    "component": QAccessible.Role.ListItem,
    "note": QAccessible.Role.Note,
    "connector": QAccessible.Role.ListItem,
}

_NONE = cast("QAccessibleInterface", None)
"""Qt's null pointer: many of these functions may give it, which their stubs do not say."""


class Things:
    """The things on a canvas, and what can be asked of each. `faces` are those Qt was given."""

    def __init__(self, canvas: Canvas, document: Document, selection: Selection, scene: Scene) -> None:
        self.canvas, self._document, self._selection, self._scene = canvas, document, selection, scene
        self.faces: dict[Key, Face] = {}
        self._keys: tuple[Key, ...] | None = None

    def keys(self) -> tuple[Key, ...]:
        """Everything there is, in the order in which it is told: zones, components, notes, connectors."""
        if self._keys is None:
            design = self._document.view.design
            self._keys = (
                *(("zone", zone.id) for zone in design.zones if zone.id not in self._scene.folding.within),
                *(("component", name) for name in self._scene.cards if name in design.component_by_id),
                *(("note", note.id) for note in self._scene.notes),
                *(("connector", pair) for pair in self._scene.wires.pairs),
            )
        return self._keys

    def face(self, key: Key) -> Face:
        """The interface of a thing."""
        if key not in self.faces:
            made = self.faces[key] = Face(self, key)
            QAccessible.registerAccessibleInterface(made)
        return self.faces[key]

    def name(self, key: Key) -> str:
        """What is said of a thing; nothing of one that is gone."""
        what, name = key
        view, pairs = self._document.view, self._scene.wires.pairs
        design = view.design
        if isinstance(name, tuple):
            return self._scene.wires.title(name) if name in pairs else ""
        if what == "component" and name in design.component_by_id:
            return component_spoken(
                design.component_by_id[name], design, self._document.catalog, pairs.keys()
            )
        if what == "zone" and name in design.zone_by_id:
            return zone_spoken(design.zone_by_id[name], design)
        return next((note_spoken(note) for note in design.notes if note.id == name), "")

    def frame(self, key: Key) -> QRect:
        """Where a thing is on the screen."""
        what, name = key
        design = self._document.view.design
        found = QRectF()
        if isinstance(name, tuple):
            connector = self._scene.wires.pairs.get(name)
            around = bounding(connector.areas) if connector is not None else None
            found = qrect(around) if around is not None else found
        elif name in self._scene.cards:
            found = qrect(self._scene.cards[name])
        elif what == "zone" and name in design.zone_by_id:
            found = qrect(design.zone_by_id[name].rect)
        else:
            found = next((qrect(note.rect) for note in design.notes if note.id == name), found)
        viewport = self.canvas.viewport()
        on_viewport = self.canvas.mapFromScene(found).boundingRect()
        return QRect(viewport.mapToGlobal(on_viewport.topLeft()), on_viewport.size())

    def at(self, x: int, y: int) -> Key | None:
        """The topmost thing at a point of the screen."""
        point = QPointF(self.canvas.mapToScene(self.canvas.viewport().mapFromGlobal(QPoint(x, y))))
        scene = self._scene
        searches: tuple[tuple[str, Callable[[], str | Pair | None]], ...] = (
            ("component", lambda: scene.card_at(point)),
            ("note", lambda: scene.note_at(point)),
            ("connector", lambda: self._connector_at(point)),
            ("zone", lambda: scene.zone_at(point)),
        )
        for what, search in searches:
            found = search()
            if found is not None:
                return "zone" if found in self._document.view.design.zone_by_id else what, found
        return None

    def _connector_at(self, point: QPointF) -> Pair | None:
        found = self._scene.wires.hit(point, self.canvas.scale_now())
        return None if isinstance(found, Bundle) else found

    def selected(self, key: Key) -> bool:
        """Whether a thing is selected."""
        return key[1] in self._selection.ids or (key[0] == "connector" and key[1] == self._scene.chosen())

    def focused(self) -> Key | None:
        """The one thing that is selected while the canvas has the keyboard: what a screen reader follows."""
        if not self.canvas.hasFocus():
            return None
        chosen = self._scene.chosen()
        if chosen is not None:
            return "connector", chosen
        if len(self._selection.ids) != 1:
            return None
        return next((key for key in self.keys() if key[1] in self._selection.ids), None)

    # Following

    def follow_scene(self) -> None:
        """Let go of what is gone, and tell of what is new."""
        before, self._keys = self._keys, None
        if before is None:  # nobody has asked since the last change
            return
        there = set(self.keys())
        for key in [key for key in self.faces if key not in there]:
            face = self.faces.pop(key)
            _tell(face, QAccessible.Event.ObjectDestroyed)
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(face))
        if QAccessible.isActive():
            for key in there.difference(before):
                _tell(self.face(key), QAccessible.Event.ObjectCreated)

    def follow_selection(self) -> None:
        """Tell which thing has the keyboard now."""
        key = self.focused() if QAccessible.isActive() else None
        if key is not None:
            _tell(self.face(key), QAccessible.Event.Focus)

    def end(self) -> None:
        """The canvas is no more."""
        for face in self.faces.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(face))
        self.faces.clear()


def _tell(face: QAccessibleInterface, event: QAccessible.Event) -> None:
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(face, event))


def _say(canvas: Canvas, sentence: str) -> None:
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(canvas, sentence))


class Face(QAccessibleInterface):
    """One thing on the canvas as assistive technology sees it."""

    def __init__(self, things: Things, key: Key) -> None:
        super().__init__()
        self._things, self.key = things, key

    def isValid(self) -> bool:
        return isValid(self._things.canvas)

    def object(self) -> QObject:
        return cast("QObject", None)

    def window(self) -> QWindow:
        return self._things.canvas.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._things.canvas)

    def child(self, index: int) -> QAccessibleInterface:
        return _NONE

    def childCount(self) -> int:
        return 0

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return _NONE

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return _ROLES[self.key[0]]

    def rect(self) -> QRect:
        return self._things.frame(self.key)

    def text(self, kind: QAccessible.Text) -> str:
        return self._things.name(self.key) if kind == QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Names are changed in the inspector or in place; assistive technology drives those."""

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        # The stubs call these bit fields of one integer each; they are read and written as such.
        state.selectable = state.focusable = 1
        state.selected = int(self._things.selected(self.key))
        state.focused = int(self._things.focused() == self.key)
        return state


class CanvasFace(QAccessibleWidget):
    """The canvas: the widgets on it, followed by the things that are painted."""

    def __init__(self, canvas: Canvas, things: Things) -> None:
        super().__init__(canvas, QAccessible.Role.Canvas)
        self._things = things

    def _widgets(self) -> int:
        return super().childCount()

    def childCount(self) -> int:
        return self._widgets() + len(self._things.keys())

    def child(self, index: int) -> QAccessibleInterface:
        widgets, keys = self._widgets(), self._things.keys()
        if index < widgets:
            return super().child(index)
        return self._things.face(keys[index - widgets]) if index < widgets + len(keys) else _NONE

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        if isinstance(child, Face):
            keys = self._things.keys()
            return self._widgets() + keys.index(child.key) if child.key in keys else -1
        return super().indexOfChild(child)

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        key = self._things.at(x, y)
        return self._things.face(key) if key is not None else super().childAt(x, y)

    def focusChild(self) -> QAccessibleInterface:
        key = self._things.focused()
        return self._things.face(key) if key is not None else super().focusChild()


def speak_for(canvas: Canvas, document: Document, selection: Selection, scene: Scene) -> None:
    """Let assistive technology see what is on a canvas; before anything else is done with it."""
    things = Things(canvas, document, selection, scene)
    made: list[CanvasFace] = []

    def face() -> CanvasFace:
        if not made:
            made.append(CanvasFace(canvas, things))
        return made[0]

    canvas.face = face
    scene.shown.connect(things.follow_scene)
    selection.changed.connect(lambda origin: things.follow_selection())
    canvas.told.connect(lambda sentence: _say(canvas, sentence))
    document.refused.connect(lambda sentence: _say(canvas, sentence))
    canvas.destroyed.connect(lambda: things.end())


def install() -> None:
    """Let Qt ask here for the interface of a canvas; once for the application."""
    QAccessible.installFactory(_face_of)


def _face_of(name: str, thing: QObject) -> QAccessibleInterface | None:
    return thing.face() if isinstance(thing, Canvas) and thing.face is not None else None

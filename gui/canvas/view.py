"""The canvas on screen: the mouse handed to the tool in use, keys, and drops from the palette."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessibleInterface,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)

from gui.canvas.camera import Camera
from gui.canvas.edging import EdgeScroll
from gui.canvas.focus import FocusMark
from gui.canvas.hand import Hand
from gui.canvas.handle import Handle
from gui.canvas.hosts import on_badge
from gui.canvas.nodes import fold
from gui.canvas.paint import qrect
from gui.canvas.pointing import Pointing
from gui.canvas.scene import Scene
from gui.canvas.shaping import Shaping
from gui.canvas.tools import FrameTool, SelectTool, Tool
from gui.canvas.tying import TieTool
from gui.canvas.walking import Walk
from gui.canvas.wires import REACH
from gui.canvas.writing import Writing
from gui.document.document import Document
from gui.document.selection import Selection
from gui.panels.palette import MIME


class Canvas(Camera):
    """The view. `dropped(kind, x, y)`: a kind was dropped; `told`: something to be said aloud; `kinds_asked`: something
    is to be added where the mouse points.

    `face` is what assistive technology sees of it.
    """

    dropped = Signal(str, float, float)
    menu_asked = Signal(QPoint)
    tool_done = Signal()
    rows_asked = Signal()
    ties_asked = Signal()
    kinds_asked = Signal()
    told = Signal(str)

    def __init__(self, document: Document, selection: Selection, scene: Scene) -> None:
        super().__init__(scene)
        self.setObjectName("canvas")
        self._document, self._selection = document, selection
        self.face: Callable[[], QAccessibleInterface] | None = None
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self._hand = Hand(document, selection, scene, self.scale_now, self.seen, self._made)
        self.handle = Handle(document, selection, scene)
        self._selecting = SelectTool(self._hand, self.handle)
        self.tools: dict[str, Tool] = {
            "select": self._selecting,
            "tie": TieTool(self._hand),
            "zone": FrameTool(self._hand, "zone"),
            "note": FrameTool(self._hand, "note"),
        }
        self.tool_name = "select"
        self.edge = EdgeScroll(self)
        self._held, self._dragged_to = Qt.KeyboardModifier.NoModifier, QPointF()
        self._pan_from: QPoint | None = None
        self._space = False
        # What a hand holds may be gone, or elsewhere, once the design is another one: an undo in a drag.
        scene.shown.connect(lambda: self.tool().cancel())
        self.writing = Writing(document, scene, self, self.told.emit)
        self.leaving.connect(self.writing.finish)
        document.replacing.connect(self.writing.leave)
        self.walk, self.shaping = Walk(self._hand, self.told.emit), Shaping(self._hand, self.told.emit)
        self.pointing = Pointing(self)
        self.focus_mark = FocusMark(self, self.pointing)

    # Tools

    def use_tool(self, name: str) -> None:
        """Change the tool: "select", "pan", "zone" or "note"."""
        self.tool().cancel()
        self.tool_name = name
        self._show_cursor(QPointF())

    def tool(self) -> Tool:
        """The tool in use; while panning, the one that selects."""
        return self.tools.get(self.tool_name, self.tools["select"])

    def _made(self, what: str, name: str) -> None:
        self.tool_done.emit()
        if what == "tie":
            self.ties_asked.emit()
            return
        self.writing.start(name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.writing.finish()
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (
            left and (self._space or self.tool_name == "pan")
        ):
            self._pan_from = event.position().toPoint()
            self.fit_wanted = False
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif left:
            self.tool().press(self._at(event), event.modifiers())
        elif event.button() == Qt.MouseButton.RightButton:
            self._pick_under(self._at(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pan_from is not None:
            self.scroll_by(self._pan_from - at)
            self._pan_from = at
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._held = event.modifiers()
            self._drag(event.position())
            self.edge.follow(event.position(), self._drag)
        else:
            self._show_cursor(self._at(event))

    def _drag(self, point: QPointF) -> bool:
        """What is held goes to a point of the viewport. False where nothing is."""
        self._dragged_to, copied = point, self._selecting.copying
        self.tool().drag(self._scene_point(point), self._held)
        if self._selecting.copying != copied:
            self._show_cursor(self._scene_point(point))
        self.handle.keep_up()
        return self.tool().busy

    def _hold(self, event: QKeyEvent, down: bool) -> None:
        """Ctrl pressed or released while something is dragged turns moving into duplicating, and back."""
        if event.key() == Qt.Key.Key_Control and self.tool().busy:
            ctrl = Qt.KeyboardModifier.ControlModifier
            self._held = self._held | ctrl if down else self._held & ~ctrl
            self._drag(self._dragged_to)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.edge.stop()
        if self._pan_from is not None:
            self._pan_from = None
        elif event.button() == Qt.MouseButton.LeftButton:
            self.tool().release(self._at(event))
            self.handle.keep_up()
        self._show_cursor(self._at(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.tool_name != "select":
            return
        at = self._at(event)
        thing = self._scene.card_at(at)
        note = None if thing else self._scene.note_at(at)
        grip = None if thing or note else self._scene.zone_grip(at, REACH / self.scale_now())
        if note:
            self.writing.start(note)
        elif thing and on_badge(self._scene, at):
            self.writing.hosts.start(self._selection.ids | {thing})
        elif thing in self._document.design.zone_by_id:
            fold(self._document, frozenset((thing,)), False)
        elif thing:
            self.writing.start(thing)
        elif grip:
            self.writing.start(grip[0])
        elif self._scene.wires.hit(at, self.scale_now()) is None:
            self.kinds_asked.emit()

    def _at(self, event: QMouseEvent) -> QPointF:
        return self._scene_point(event.position())

    def _scene_point(self, point: QPointF) -> QPointF:
        inverted, possible = self.viewportTransform().inverted()
        assert possible, "a scale between the smallest and the largest can be inverted"
        return inverted.map(point)

    def _pick_under(self, point: QPointF) -> None:
        """A right click selects what is under it, unless that is part of what is selected."""
        thing = self._scene.card_at(point) or self._scene.note_at(point)
        if thing is None:
            wire = self._scene.wires.hit(point, self.scale_now())
            if wire is not None:
                self._scene.choose(wire)
                return
            thing = self._scene.zone_at(point)
        if thing is None:
            self._selection.clear()
        elif thing not in self._selection.ids:
            self._selection.select([thing])

    def _show_cursor(self, point: QPointF) -> None:
        if self._space or self.tool_name == "pan":
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.viewport().setCursor(self.tool().cursor(point))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.selected_middle())
        self.menu_asked.emit(at)

    def selected_middle(self) -> QPoint:
        """The middle of what is selected, as far as it can be seen; of what is seen where none of it can."""
        seen, around = self.viewport().rect(), self.around(self._selection.ids)
        area = self.mapFromScene(around).boundingRect().intersected(seen)
        return seen.center() if around.isNull() or area.isEmpty() else area.center()

    def here(self) -> QPoint:
        """Where the user is, on the viewport: where the mouse points; with keys, at what is selected."""
        return self.pointing.at if self.pointing.at is not None else self.selected_middle()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        self._hold(event, True)
        if self.walk.press(event) or self.shaping.press(event):
            return
        if self.writing.hosts.press(event, self._selection.ids):
            return
        if key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
            self._show_cursor(QPointF())
        elif key == Qt.Key.Key_Escape and self._selecting.copying:
            self.tool().cancel()
            self._show_cursor(self._scene_point(self._dragged_to))
        elif key == Qt.Key.Key_Escape:
            self.tool().cancel()
            if self.tool_name != "select":
                self.tool_done.emit()
            else:
                self._selection.clear()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_selected()
        elif key != Qt.Key.Key_Space:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._hold(event, False)
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor(QPointF())
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks over the components, if any; F6 (`gui.commands.panes`) and the mouse leave the canvas."""
        return False if self._scene.cards else super().focusNextPrevChild(forward)

    def _open_selected(self) -> None:
        """Enter: a name or a note is edited in place, and a connector's rows are gone to.

        With a tool that draws: one of the usual size in the middle, or the servers that are used, to choose from.
        """
        if self.tool_name == "tie":
            self._made("tie", "")
            return
        if isinstance(self.tool(), FrameTool):
            middle = self.mapToScene(self.viewport().rect().center())
            self.tool().press(middle - QPointF(160, 110), Qt.KeyboardModifier.NoModifier)
            self.tool().release(middle - QPointF(160, 110))
            return
        ids = self._selection.ids
        if self._selection.pair is not None:
            self.rows_asked.emit()
        elif len(ids) == 1:
            self.writing.start(next(iter(ids)))

    # Drops from the palette

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not event.mimeData().hasFormat(MIME):
            event.ignore()
            return
        zone = self._scene.zone_at(self.mapToScene(event.position().toPoint()))
        self._scene.overlay.show_target(
            qrect(self._document.view.design.zone_by_id[zone].rect) if zone else None
        )
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._scene.overlay.clear()

    def dropEvent(self, event: QDropEvent) -> None:
        self._scene.overlay.clear()
        at = self.mapToScene(event.position().toPoint())
        self.dropped.emit(bytes(event.mimeData().data(MIME).data()).decode(), at.x(), at.y())
        event.acceptProposedAction()
        self.setFocus()

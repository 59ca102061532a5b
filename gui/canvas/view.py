"""The canvas on screen: zoom and pan, the mouse handed to the tool in use, keys, and drops from the palette."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessibleInterface,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView

from gui.canvas.focus import FocusMark
from gui.canvas.ground import paint_ground
from gui.canvas.hand import Hand
from gui.canvas.handle import Handle
from gui.canvas.naming import NameEditor
from gui.canvas.nodes import fold
from gui.canvas.paint import qrect
from gui.canvas.scene import Scene
from gui.canvas.still import Still
from gui.canvas.tools import REACH, FrameTool, SelectTool, Tool
from gui.canvas.tying import TieTool
from gui.canvas.walking import Walk
from gui.canvas.zooming import Zooming
from gui.document import Document
from gui.language import tr
from gui.moves import nudged
from gui.panels.palette import MIME
from gui.selection import Selection
from model.geometry import Rect

SMALLEST, LARGEST = 0.05, 4.0
STEP = 1.2
"""The factor of one zoom step."""

_FIT_MARGIN = 36.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(QGraphicsView):
    """The view. `dropped(kind, x, y)`: a kind was dropped.

    `face` is what assistive technology sees of it.
    """

    scale_changed = Signal(float)
    dropped = Signal(str, float, float)
    menu_asked = Signal(QPoint)
    tool_done = Signal()
    note_chosen = Signal(str)
    rows_asked = Signal()
    ties_asked = Signal()
    fitted = Signal()
    painted = Signal()

    def __init__(self, document: Document, selection: Selection, scene: Scene) -> None:
        super().__init__(scene)
        self.setObjectName("canvas")
        self._document, self._selection, self._scene = document, selection, scene
        self.face: Callable[[], QAccessibleInterface] | None = None
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        # Panning needs no bars, and the free space around the drawing would always show them.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self._hand = Hand(document, selection, scene, self.scale_now, self.seen, self._made)
        self.handle = Handle(document, selection, scene)
        self.tools: dict[str, Tool] = {
            "select": SelectTool(self._hand, self.handle),
            "tie": TieTool(self._hand),
            "zone": FrameTool(self._hand, "zone"),
            "note": FrameTool(self._hand, "note"),
        }
        self.tool_name = "select"
        self._pan_from: QPoint | None = None
        self._space = False
        self._grid = True
        self._still = Still(self, scene)
        self.zooming = Zooming(self)
        self.fit_wanted = True
        self.names = NameEditor(document, scene, self)
        self.walk = Walk(self._hand)
        self.focus_mark = FocusMark(self)

    def show_grid(self, shown: bool) -> None:
        """Paint the dots of the grid, or not."""
        if shown != self._grid:
            self._grid = shown
            self.resetCachedContent()
            self.viewport().update()

    # Zoom and pan

    def scale_now(self) -> float:
        """Logical screen pixels per scene pixel."""
        return self.transform().m11()

    def seen(self) -> Rect:
        """The part of the scene that can be seen."""
        area = self.mapToScene(self.viewport().rect()).boundingRect()
        return Rect(area.x(), area.y(), area.width(), area.height())

    def zoom_to(self, scale: float, at: QPoint | None = None) -> None:
        """Show at a scale, keeping a point of the viewport (else its middle) where it is."""
        factor = min(max(scale, SMALLEST), LARGEST) / self.scale_now()
        self.fit_wanted = False
        self.names.finish()
        point = at if at is not None else self.viewport().rect().center()
        fixed = self.mapToScene(point)
        self.scale(factor, factor)
        self._scroll(self.mapFromScene(fixed) - point)
        self.scale_changed.emit(self.scale_now())

    def zoom_by(self, factor: float) -> None:
        """Zoom around the middle."""
        self.zoom_to(self.scale_now() * factor)

    def _scroll(self, by: QPoint) -> None:
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + by.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + by.y())

    def fit(self) -> None:
        """Show everything, at most at its natural size; and keep doing so until zoomed by hand."""
        content = self._scene.content().adjusted(-_FIT_MARGIN, -_FIT_MARGIN, _FIT_MARGIN, _FIT_MARGIN)
        self.names.finish()
        self.fitInView(content, Qt.AspectRatioMode.KeepAspectRatio)
        if self.scale_now() > 1.0:
            self.resetTransform()
            self.centerOn(content.center())
        self.fit_wanted = True
        self.scale_changed.emit(self.scale_now())

    def reveal(self, ids: frozenset[str]) -> None:
        """Scroll so that things can be seen; nothing moves where they can be already."""
        around = self._around(ids)
        seen = self.mapToScene(self.viewport().rect()).boundingRect()
        if not around.isNull() and not seen.contains(around):
            self.centerOn(around.center())

    def _around(self, ids: frozenset[str]) -> QRectF:
        """What things occupy, in the scene."""
        ids = frozenset(self._scene.folding.end(name) for name in ids)
        frames = [qrect(f) for n, f in self._scene.cards.items() if n in ids]
        frames += [qrect(z.rect) for z in self._scene.zones if z.id in ids]
        frames += [qrect(n.rect) for n in self._scene.notes if n.id in ids]
        around = QRectF()
        for frame in frames:
            around = around.united(frame)
        return around

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fit_wanted:
            self.fit()
        self.fitted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.zooming.paint(event, self._scene.look.theme.canvas):
            return
        if not self._still.paint(event):
            super().paintEvent(event)
            self.zooming.painted()
        self.painted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zooming.begin()
            self.zoom_to(
                self.scale_now() * STEP ** (event.angleDelta().y() / 120), event.position().toPoint()
            )
            event.accept()
            return
        self.names.finish()
        self.fit_wanted = False
        super().wheelEvent(event)

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
        if what == "zone":
            self.names.start(name)
        else:
            self.note_chosen.emit(name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.names.finish()
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (
            left and (self._space or self.tool_name == "pan")
        ):
            self._pan_from = event.position().toPoint()
            self.fit_wanted = False
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif left:
            adding = event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            )
            self.tool().press(self._at(event), bool(adding))
        elif event.button() == Qt.MouseButton.RightButton:
            self._pick_under(self._at(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pan_from is not None:
            self._scroll(self._pan_from - at)
            self._pan_from = at
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self.tool().drag(self._at(event), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
            self.handle.keep_up()
        else:
            self._show_cursor(self._at(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
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
            self.note_chosen.emit(note)
        elif thing in self._document.design.zone_by_id:
            fold(self._document, frozenset((thing,)), False)
        elif thing:
            self.names.start(thing)
        elif grip:
            self.names.start(grip[0])

    def _at(self, event: QMouseEvent) -> QPointF:
        inverted, possible = self.viewportTransform().inverted()
        assert possible, "a scale between the smallest and the largest can be inverted"
        return inverted.map(event.position())

    def _pick_under(self, point: QPointF) -> None:
        """A right click selects what is under it, unless that is part of what is selected."""
        thing = self._scene.card_at(point) or self._scene.note_at(point)
        if thing is None:
            pair = self._scene.wires.at(point, REACH / self.scale_now())
            if pair is not None:
                self._scene.choose(pair)
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
        """The middle of what is selected, as far as it can be seen."""
        around = self._around(self._selection.ids)
        area = self.mapFromScene(around).boundingRect() if not around.isNull() else self.viewport().rect()
        return area.intersected(self.viewport().rect()).center()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.walk.press(event):
            return
        if key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
            self._show_cursor(QPointF())
        elif key == Qt.Key.Key_Escape:
            self.tool().cancel()
            if self.tool_name != "select":
                self.tool_done.emit()
            else:
                self._selection.clear()
        elif key in _ARROWS and self._selection.ids:
            step = 1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 10
            dx, dy = _ARROWS[key]
            ids, by = self._selection.ids, (dx * step, dy * step)
            self._document.edit(tr("edit.nudge"), lambda design: nudged(design, ids, by, self._scene.sizes))
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self._scene.cards:
            self._next(-1 if key == Qt.Key.Key_Backtab else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_selected()
        elif key != Qt.Key.Key_Space:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor(QPointF())
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks over the components while there are any; F6 (`gui.panes`) and the mouse leave the canvas."""
        return False if self._scene.cards else super().focusNextPrevChild(forward)

    def _open_selected(self) -> None:
        """Enter: a name is edited in place, a note in the inspector, and a connector's rows are gone to.

        With a tool that draws: one of the usual size in the middle.
        """
        if isinstance(self.tool(), FrameTool):
            middle = self.mapToScene(self.viewport().rect().center())
            self.tool().press(middle - QPointF(160, 110), False)
            self.tool().release(middle - QPointF(160, 110))
            return
        ids, notes = self._selection.ids, {note.id for note in self._document.view.design.notes}
        if self._selection.pair is not None:
            self.rows_asked.emit()
        elif len(ids) == 1 and ids <= notes:
            self.note_chosen.emit(next(iter(ids)))
        elif len(ids) == 1:
            self.names.start(next(iter(ids)))

    def _next(self, step: int) -> None:
        names = list(self._scene.cards)
        chosen = [number for number, name in enumerate(names) if name in self._selection.ids]
        number = (chosen[0] + step) % len(names) if chosen else 0 if step > 0 else len(names) - 1
        self._selection.select([names[number]])
        self.reveal(self._selection.ids)

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

    # Background

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        paint_ground(painter, rect, self._scene.look.theme, self.scale_now(), self._grid)

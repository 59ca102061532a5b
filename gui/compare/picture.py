"""A drawing to look at: zoomed and panned by hand or by another view, which shows the same part of its own drawing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.canvas.camera import LARGEST, SMALLEST, STEP
from gui.canvas.paint import READABLE, Picture, flattened, qrect
from gui.language import tr
from gui.widgets.widgets import plain
from model.shapes.geometry import Rect, bounding
from model.shapes.primitives import Box, Drawing, Group, IconMark, Line, Primitive, Text

_MARGIN = 24.0
_FEW = 800
"""Up to so many parts a drawing is painted anew for every step of a gesture."""

_PAUSE = 120
"""Milliseconds after which a hand counts as resting."""

_LEGIBLE = 0.25
"""The scale down to which a drawing of few parts shows names."""

_FRAME, _AROUND = 2.0, 5.0
"""Screen pixels: how wide the frames around what is marked are, and how far from it."""

_STROLL = 60.0
"""Screen pixels of one step with an arrow key."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of a drawing, ready to be painted, with what a tool tip says of it."""

    bounds: QRectF
    picture: Picture
    title: str
    line: Line | None


def parts(drawing: Drawing) -> tuple[Part, ...]:
    """A drawing made ready to be looked at; slow for a large one, and can be done in another thread."""
    return tuple(map(_part, drawing.items))


class PictureView(QWidget):
    """The view. `moved(scale, centre)`: a hand zoomed or panned; scale in screen pixels per scene pixel."""

    moved = Signal(float, QPointF)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(260, 220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.canvas_colour, self.accent = "#ffffff", "#0b5cd5"
        self._parts: tuple[Part, ...] = ()
        self._marked: tuple[Rect, ...] = ()
        self.scale, self.centre = 1.0, QPointF(0, 0)
        self._held: QPointF | None = None
        self._frame: tuple[QPixmap, float, QPointF] | None = None
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_PAUSE)
        self._settled.timeout.connect(self.update)

    def show_parts(self, shown: tuple[Part, ...]) -> None:
        """Show a drawing where the view stands."""
        self._parts = shown
        self._frame = None
        self.update()

    def mark(self, rects: tuple[Rect, ...]) -> None:
        """Draw frames around these alone."""
        self._marked = rects
        self.update()

    def show_place(self, scale: float, centre: QPointF) -> None:
        """Show another part, without telling. While a large drawing is on the move its last picture is shown."""
        if (scale, centre) != (self.scale, self.centre):
            self.scale, self.centre = scale, centre
            if len(self._parts) >= _FEW:
                self._settled.start()
            self.update()

    def fitting(self, bounds: Rect) -> float:
        """The scale at which bounds can be seen whole, at most their natural size."""
        room = self.rect().adjusted(*(round(edge) for edge in (_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)))
        scale = min(room.width() / max(bounds.width, 1), room.height() / max(bounds.height, 1), 1.0)
        return max(scale, SMALLEST)

    # Places

    def to_scene(self, point: QPointF) -> QPointF:
        """The point of the drawing at a point of the view."""
        middle = QRectF(self.rect()).center()
        return self.centre + (point - middle) / self.scale

    def to_view(self, point: QPointF) -> QPointF:
        """The point of the view at a point of the drawing."""
        return QRectF(self.rect()).center() + (point - self.centre) * self.scale

    def _go(self, scale: float, centre: QPointF) -> None:
        self.show_place(scale, centre)
        self.moved.emit(scale, centre)

    def zoom(self, factor: float, at: QPointF) -> None:
        """Zoom, keeping a point of the view where it is."""
        scale = min(max(self.scale * factor, SMALLEST), LARGEST)
        fixed, middle = self.to_scene(at), QRectF(self.rect()).center()
        self._go(scale, fixed - (at - middle) / scale)

    def pan(self, by: QPointF) -> None:
        """Move what is seen by screen pixels."""
        self._go(self.scale, self.centre + by / self.scale)

    # Hands

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(STEP ** (event.angleDelta().y() / 120), event.position())
        else:
            self.pan(QPointF(-event.angleDelta().x(), -event.angleDelta().y()) / 2)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self.pan(self._held - event.position())
            self._held = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.unsetCursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: QPointF(-_STROLL, 0),
            Qt.Key.Key_Right: QPointF(_STROLL, 0),
            Qt.Key.Key_Up: QPointF(0, -_STROLL),
            Qt.Key.Key_Down: QPointF(0, _STROLL),
        }.get(Qt.Key(event.key()))
        middle = QRectF(self.rect()).center()
        if step is not None:
            self.pan(step)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(STEP, middle)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / STEP, middle)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self.title_at(self.to_scene(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), plain(text), self)
            return True
        return super().event(event)

    def title_at(self, point: QPointF) -> str:
        """What the topmost thing at a point of the drawing is called: a component, or a connector near by."""
        reach = 6.0 / self.scale
        for part in reversed(self._parts):
            near = part.bounds.adjusted(-reach, -reach, reach, reach).contains(point)
            if part.title and near and (part.line is None or _near(part.line, point, reach)):
                return part.title
        return ""

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.canvas_colour))
        if not self._parts:
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("compare.drawing"))
        elif len(self._parts) < _FEW:
            self._paint_parts(painter)
        else:
            self._paint_frame(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.accent), _FRAME, Qt.PenStyle.DotLine))
        for rect in map(qrect, self._marked):
            around = QRectF(self.to_view(rect.topLeft()), self.to_view(rect.bottomRight()))
            painter.drawRoundedRect(around.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND), 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.accent), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        """Draw the picture made last, where it belongs by now; make another one when the hand has come to rest."""
        if self._frame is None or not self._settled.isActive():
            if self._frame is None or self._frame[1:] != (self.scale, self.centre):
                ratio = self.devicePixelRatioF()
                picture = QPixmap(self.size() * ratio)
                picture.setDevicePixelRatio(ratio)
                picture.fill(QColor(self.canvas_colour))
                inside = QPainter(picture)
                self._paint_parts(inside)
                inside.end()
                self._frame = picture, self.scale, self.centre
            painter.drawPixmap(0, 0, self._frame[0])
            return
        picture, scale, centre = self._frame
        factor = self.scale / scale
        middle = QRectF(self.rect()).center()
        corner = middle + (centre - middle / scale - self.centre) * self.scale
        painter.drawPixmap(QRectF(corner, QSizeF(self.size()) * factor), picture, QRectF(picture.rect()))

    def _paint_parts(self, painter: QPainter) -> None:
        many = len(self._parts) >= _FEW
        # Thousands of slanting edges cost most, and at small scales there is nothing slanting to be seen.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not many or self.scale >= READABLE)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        seen = QRectF(self.to_scene(QPointF(0, 0)), self.to_scene(QRectF(self.rect()).bottomRight()))
        # A drawing of few parts keeps its names at scales where they cost too much in a large one.
        detail = max(self.scale, READABLE) if not many and self.scale > _LEGIBLE else self.scale
        painter.save()
        painter.translate(QRectF(self.rect()).center())
        painter.scale(self.scale, self.scale)
        painter.translate(-self.centre)
        for part in self._parts:
            if part.bounds.intersects(seen):
                part.picture.paint(painter, detail)
        painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._frame = None


def _part(item: Primitive) -> Part:
    pieces = tuple(flattened((item,)))
    around = bounding(map(_extent, pieces)) or Rect(0, 0, 0, 0)
    title = item.title if isinstance(item, Group) else ""
    line = next((piece for piece in pieces if isinstance(piece, Line)), None)
    return Part(qrect(around.grow(8)), Picture((item,)), title, line)


def _extent(piece: Box | Line | Text | IconMark) -> Rect:
    """What a primitive occupies; a text's width is a generous guess, since only what is seen is to be painted."""
    match piece:
        case Box() | IconMark():
            return piece.rect
        case Line():
            return bounding(Rect(point.x, point.y, 0, 0) for point in piece.points) or Rect(0, 0, 0, 0)
        case Text():
            width = piece.size * len(piece.text)
            left = {"start": 0.0, "middle": width / 2, "end": width}[piece.anchor]
            return Rect(piece.x - left, piece.y - piece.size, width, piece.size * 1.4)


def _near(line: Line, point: QPointF, reach: float) -> bool:
    """Whether a line of right angles passes within reach of a point."""
    return any(
        min(a.x, b.x) - reach <= point.x() <= max(a.x, b.x) + reach
        and min(a.y, b.y) - reach <= point.y() <= max(a.y, b.y) + reach
        for a, b in zip(line.points, line.points[1:], strict=False)
    )

"""The card that appears where the pointer rests on a component or a connector, which then stands out, and goes when it
moves away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHelpEvent, QHideEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from gui.canvas.bundles import Bundle
from gui.canvas.hovering import Said
from gui.canvas.scene import Scene
from gui.canvas.view import Canvas
from gui.document.selection import Pair
from gui.widgets.widgets import column, empty, label

Thing = str | Pair | Bundle
_AWAY = QPoint(14, 18)
_WIDE = 400
_ENDING = {
    QEvent.Type.Leave,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.Hide,
}


class HoverCard(QFrame):
    """Shows what is said of a thing, wholly on the screen."""

    gone = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.setObjectName("hoverCard")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._parts = column(margins=(14, 11, 14, 12), spacing=4)
        self.setLayout(self._parts)
        self.setFixedWidth(_WIDE)

    def show_at(self, said: Said, at: QPoint) -> None:
        """Show it near a point of the screen."""
        empty(self._parts)
        self._parts.addWidget(label(said.title, "title", wrap=True))
        if said.what:
            self._parts.addWidget(label(said.what, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        grid.setContentsMargins(0, 5, 0, 3)
        grid.setColumnStretch(1, 1)
        for number, (left, right) in enumerate(said.rows):
            grid.addWidget(label(left, "strong"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(right, "muted", wrap=True), number, 1)
        self._parts.addLayout(grid)
        for sentence in said.more:
            self._parts.addWidget(label(sentence, wrap=True))
        self.setFixedHeight(self._parts.heightForWidth(_WIDE))
        screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
        area = screen.availableGeometry()
        x = min(at.x() + _AWAY.x(), area.right() - self.width())
        y = at.y() + _AWAY.y()
        if y + self.height() > area.bottom():
            y = at.y() - self.height() - 8
        self.move(max(x, area.left()), max(y, area.top()))
        self.show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.gone.emit()


class Hover(QObject):
    """Watches the pointer on the canvas. `said_of` gives what is said of a thing, None for nothing."""

    def __init__(self, canvas: Canvas, scene: Scene, said_of: Callable[[Thing], Said | None]) -> None:
        super().__init__(canvas)
        self._canvas, self._scene, self._said_of = canvas, scene, said_of
        self.card = HoverCard(canvas)
        self._on: Thing | None = None
        canvas.viewport().installEventFilter(self)
        scene.shown.connect(self.card.hide)
        self.card.gone.connect(lambda: scene.wires.point_at(None))

    def at(self, point: QPointF) -> Thing | None:
        """The component, or what is drawn of connectors, at a point of the scene; nothing at the handle of a card."""
        if self._canvas.handle.at(point, self._canvas.scale_now()) is not None:
            return None
        card = self._scene.card_at(point)
        if card is not None:
            return card
        return self._scene.wires.hit(point, self._canvas.scale_now())

    def said_at(self, point: QPointF) -> Said | None:
        """What the card says at a point of the scene."""
        thing = self.at(point)
        return self._said_of(thing) if thing is not None else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._rest(event)
            return True
        if event.type() in _ENDING or (
            isinstance(event, QMouseEvent) and self.card.isVisible() and self._left(event)
        ):
            self.card.hide()
        return False

    def _left(self, event: QMouseEvent) -> bool:
        return self.at(self._canvas.mapToScene(event.position().toPoint())) != self._on

    def _rest(self, event: QHelpEvent) -> None:
        point = self._canvas.mapToScene(event.pos())
        self._on, said = self.at(point), self.said_at(point)
        if said is None:
            self.card.hide()
        else:
            self.card.show_at(said, event.globalPos())
            self._scene.wires.point_at(self._on if isinstance(self._on, tuple) else None)

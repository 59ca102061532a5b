"""The handle at the selected component's card from which a line to a server is drawn."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.items import OVERLAY
from gui.canvas.scene import Scene
from gui.canvas.untouched import Untouched
from gui.document.document import Document
from gui.document.selection import Selection
from model.editing.ties import server_kinds

_RADIUS = 8.0
_BESIDE = 6.0
"""How far its middle lies beyond the card's edge, in screen pixels: on the edge it would cover the card's text."""
_SMALLEST_SCALE = 0.35
"""Below this, cards are too small to hold a handle."""


class Handle(Untouched):
    """Lies at the right edge of the one card selected, where its kind connects to anything; always the same size."""

    def __init__(self, document: Document, selection: Selection, scene: Scene) -> None:
        super().__init__()
        self.setZValue(OVERLAY)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._document, self._selection, self._scene = document, selection, scene
        self.component: str | None = None
        scene.addItem(self)
        scene.shown.connect(self.follow)
        selection.changed.connect(lambda origin: self.follow())
        self.follow()

    def follow(self) -> None:
        """Go to the selected card."""
        name = next(iter(self._selection.ids)) if len(self._selection.ids) == 1 else None
        there = name is not None and name in self._scene.cards and self._connects(name)
        self.component = name if there else None
        self.setVisible(there)
        self.keep_up()

    def keep_up(self) -> None:
        """Go where the card is drawn, also while a hand moves it."""
        if self.component is not None:
            frame = self._scene.card_items[self.component].frame
            self.setPos(frame.right, frame.center.y)

    def _connects(self, name: str) -> bool:
        component = self._document.view.design.component_by_id.get(name)
        return component is not None and bool(server_kinds(self._document.catalog, component.kind))

    def at(self, point: QPointF, scale: float) -> str | None:
        """The component whose line begins at a point of the scene."""
        if self.component is None or scale < _SMALLEST_SCALE:
            return None
        away = self.scenePos() + QPointF(_BESIDE / scale, 0) - point
        near = (away.x() ** 2 + away.y() ** 2) ** 0.5 * scale <= _RADIUS + 3
        return self.component if near else None

    def boundingRect(self) -> QRectF:
        return QRectF(_BESIDE - _RADIUS - 2, -_RADIUS - 2, 2 * _RADIUS + 4, 2 * _RADIUS + 4)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        views = self._scene.views()
        if self.component is None or not views or views[0].transform().m11() < _SMALLEST_SCALE:
            return
        if self._scene.card_items[self.component].frame.right != self.pos().x():
            return  # the card is gliding to its place
        theme = self._scene.look.theme
        painter.translate(_BESIDE, 0)
        painter.setPen(QPen(QColor(theme.accent), 1.6))
        painter.setBrush(QColor(theme.card))
        painter.drawEllipse(QPointF(0, 0), _RADIUS - 1, _RADIUS - 1)
        painter.drawLine(QPointF(-3, 0), QPointF(3, 0))
        painter.drawPolyline([QPointF(0.5, -2.8), QPointF(3.3, 0), QPointF(0.5, 2.8)])

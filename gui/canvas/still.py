"""While a hand moves cards that very many connectors lead to, what stays is painted once and only copied after that."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QGraphicsView, QStyleOptionGraphicsItem

from gui.canvas.paint import scale_of
from gui.canvas.scene import Scene


class Still:
    """The picture of a view without the lifted cards and without the overlay."""

    def __init__(self, view: QGraphicsView, scene: Scene) -> None:
        self._view, self._scene = view, scene
        self._picture: QPixmap | None = None
        self._of: object = None
        scene.shown.connect(self.forget)

    def forget(self) -> None:
        """The design shown is another one: paint anew."""
        self._picture = None

    def paint(self, event: QPaintEvent) -> bool:
        """Paint the viewport while cards are lifted; False, and nothing is painted, while none are."""
        cards = self._scene.card_layer
        if not cards.lifted:
            self._picture = None
            return False
        painter = QPainter(self._view.viewport())
        try:
            painter.setClipRegion(event.region())
            painter.drawPixmap(0, 0, self._still())
            painter.setWorldTransform(self._view.viewportTransform())
            painter.setRenderHints(self._view.renderHints())
            self._scene.overlay.paint(painter, QStyleOptionGraphicsItem())
            scale = scale_of(painter)
            for name in cards.lifted:
                cards.cards[name].paint(painter, scale)
        finally:
            painter.end()
        return True

    def _still(self) -> QPixmap:
        viewport = self._view.viewport()
        of = viewport.size(), self._view.viewportTransform(), self._scene.card_layer.lifted
        if self._picture is None or of != self._of:
            self._of = of
            ratio = viewport.devicePixelRatioF()
            self._picture = QPixmap(viewport.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            painter = QPainter(self._picture)
            self._scene.overlay.muted = True
            try:
                painter.setRenderHints(self._view.renderHints())
                area = QRect(viewport.rect())
                self._view.render(painter, QRectF(area), area)
            finally:
                self._scene.overlay.muted = False
                painter.end()
        return self._picture

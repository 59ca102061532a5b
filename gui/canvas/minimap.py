"""The minimap: the whole drawing in a corner of the canvas, with the part that is seen. A drag moves that part.

It is painted from the cards' and zones' frames once for every state of the scene, and copied from then on.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from gui.canvas.paint import qrect
from gui.canvas.scene import Scene
from gui.canvas.view import Canvas
from gui.document.document import Document
from gui.language import tr

WIDEST, HIGHEST = 190.0, 130.0
_SHARE = 0.3
"""The most it takes of the canvas, each way: what is looked at must not lie below it."""
_PAD = 5.0


class Minimap(QWidget):
    """Seen while it is wanted and a part of the drawing is out of sight."""

    def __init__(self, document: Document, scene: Scene, canvas: Canvas) -> None:
        # Over the viewport, not beside it: a widget that lies on another one keeps Qt from copying what is scrolled.
        super().__init__(canvas.viewport())
        self._document, self._scene, self._canvas = document, scene, canvas
        self._wanted = True
        self._area = QRectF()
        self._picture: QPixmap | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        scene.shown.connect(self._draw_anew)
        canvas.fitted.connect(self.place)
        canvas.scale_changed.connect(lambda scale: self.place())
        for bar in (canvas.horizontalScrollBar(), canvas.verticalScrollBar()):
            bar.valueChanged.connect(lambda value: self.place())

    def retranslate(self) -> None:
        """Write the text in the language in use."""
        self.setAccessibleName(tr("minimap.title"))
        self.setToolTip(tr("minimap.tip"))

    def want(self, wanted: bool) -> None:
        """Show it when it is of use, or never."""
        self._wanted = wanted
        self.place()

    def _draw_anew(self) -> None:
        self._picture = None
        self.place()

    def place(self) -> None:
        """Stay in the corner, as large as the drawing's shape lets it be; away where everything is seen."""
        self._area = self._scene.content()
        seen = self._seen()
        self.setVisible(self._wanted and not seen.contains(self._area))
        if self.isHidden():
            return
        view = self._canvas.viewport()
        wide, high = min(WIDEST, view.width() * _SHARE), min(HIGHEST, view.height() * _SHARE)
        scale = min(wide / self._area.width(), high / self._area.height())
        width, height = self._area.width() * scale + 2 * _PAD, self._area.height() * scale + 2 * _PAD
        if (round(width), round(height)) != (self.width(), self.height()):
            self._picture = None
            self.resize(round(width), round(height))
        self.move(self._canvas.width() - self.width() - 14, self._canvas.height() - self.height() - 14)
        self.update()

    def _seen(self) -> QRectF:
        return qrect(self._canvas.seen())

    def _scale(self) -> float:
        return (self.width() - 2 * _PAD) / self._area.width()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = self._drawn(ratio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._picture)
        accent = QColor(self._scene.look.theme.accent)
        painter.setPen(QPen(accent, 1.5))
        accent.setAlpha(30)
        painter.setBrush(accent)
        seen, scale = self._seen(), self._scale()
        frame = QRectF(
            (seen.x() - self._area.x()) * scale + _PAD,
            (seen.y() - self._area.y()) * scale + _PAD,
            seen.width() * scale,
            seen.height() * scale,
        )
        painter.drawRect(frame.intersected(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)))
        painter.end()

    def _drawn(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        theme = self._scene.look.theme
        picture.fill(QColor(theme.card_stroke))
        painter = QPainter(picture)
        painter.fillRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), QColor(theme.canvas))
        painter.translate(_PAD, _PAD)
        painter.scale(self._scale(), self._scale())
        painter.translate(-self._area.topLeft())
        for zone in self._scene.zones:
            style = theme.zone(zone.kind)
            painter.fillRect(qrect(zone.rect), QColor(style.stroke))
            edge = 1.0 / self._scale()
            painter.fillRect(qrect(zone.rect).adjusted(edge, edge, -edge, -edge), QColor(style.fill))
        kinds, design = self._document.catalog.kind_by_id, self._scene.design
        for name, frame in self._scene.cards.items():
            component = design.component_by_id.get(name)
            kind = kinds.get(component.kind) if component is not None else None
            colour = theme.tile(kind.group if kind is not None else "default")
            painter.fillRect(qrect(frame), QColor(colour))
        painter.end()
        return picture

    # The hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._look_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._look_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.place()

    def _look_at(self, point: QPointF) -> None:
        at = (point - QPointF(_PAD, _PAD)) / self._scale() + self._area.topLeft()
        self._canvas.look_at(at)
        self.update()

"""What part of the scene is seen, and how large: zooming, panning, fitting, and how frames are painted meanwhile."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView

from gui.canvas.ground import paint_ground
from gui.canvas.paint import qrect
from gui.canvas.scene import Scene
from gui.canvas.still import Still
from gui.canvas.zooming import Zooming
from model.shapes.geometry import Rect

SMALLEST, LARGEST = 0.05, 4.0
STEP = 1.2
"""The factor of one zoom step."""

_FIT_MARGIN = 36.0
"""The free space around what is fitted, in scene pixels."""
_NEAR = 2.0
_NAMES_MARGIN = 14.0
"""The least of it in screen pixels: from far away, zones have their names on their edges."""


class Aim(NamedTuple):
    """A scale, and the point of the scene in the upper left corner."""

    scale: float
    corner: QPointF


class Camera(QGraphicsView):
    """A view of a scene. `fit_wanted`: everything is shown, and will be when the size changes, while it is the same.

    `leaving`: another part or scale is about to be shown; `fitted`: the size is another one; `painted`: a whole
    frame is on the screen.
    """

    scale_changed = Signal(float)
    leaving = Signal()
    fitted = Signal()
    painted = Signal()

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._scene = scene
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        # Panning needs no bars, and the free space around the drawing would always show them.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Every pixel is painted: what is scrolled can be copied, however style sheets would have it.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._grid = True
        self._still = Still(self, scene)
        self.zooming = Zooming(self)
        self.fit_wanted = True
        self._fitted: Rect | None = None
        self._ever_fitted = False

    def show_grid(self, shown: bool) -> None:
        """Paint the dots of the grid, or not."""
        if shown != self._grid:
            self._grid = shown
            self.resetCachedContent()
            self.viewport().update()

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
        self.leaving.emit()
        point = at if at is not None else self.viewport().rect().center()
        fixed = self.mapToScene(point)
        self.scale(factor, factor)
        self.scroll_by(self.mapFromScene(fixed) - point)
        self.scale_changed.emit(self.scale_now())

    def zoom_by(self, factor: float) -> None:
        """Zoom around the middle."""
        self.zoom_to(self.scale_now() * factor)

    def scroll_by(self, by: QPoint) -> None:
        """Show what lies this far (pixels) to the right and below."""
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + by.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + by.y())

    def fit(self) -> None:
        """Show everything, at most at its natural size; and keep doing so until zoomed by hand or edited."""
        content, self._fitted, self._ever_fitted = self._scene.content(), self._scene.things(), True
        self.leaving.emit()
        self._fit_in(content, _FIT_MARGIN)
        if self.scale_now() * _FIT_MARGIN < _NAMES_MARGIN:
            self._fit_in(content, _NAMES_MARGIN / self.scale_now())
        if self.scale_now() > 1.0 or self._scene.is_empty():
            self.resetTransform()
            self.centerOn(content.center())
        self.fit_wanted = True
        self.scale_changed.emit(self.scale_now())

    def show_whole(self) -> None:
        """Fit everything, where some of it is out of sight; nothing moves where all can be seen already."""
        if not self.mapToScene(self.viewport().rect()).boundingRect().contains(self._scene.content()):
            self.fit()

    def keep_whole(self) -> None:
        """Let who looked at everything go on doing so, though something grew or moved."""
        if self.fit_wanted:
            self.fit()

    def fit_on(self, ids: frozenset[str]) -> None:
        """Show things as large as they can be, up to twice their natural size."""
        around = self.around(ids)
        if around.isNull():
            return
        self.leaving.emit()
        self._fit_in(around, _FIT_MARGIN)
        self.zoom_to(min(self.scale_now(), _NEAR))
        self.look_at(around.center())

    def _fit_in(self, area: QRectF, margin: float) -> None:
        self.fitInView(area.adjusted(-margin, -margin, margin, margin), Qt.AspectRatioMode.KeepAspectRatio)

    def reveal(self, ids: frozenset[str]) -> None:
        """Scroll so that things can be seen; nothing moves where they can be already.

        Who looked at everything goes on doing so.
        """
        around = self.around(ids)
        seen = self.mapToScene(self.viewport().rect()).boundingRect()
        if not around.isNull() and not seen.contains(around):
            if self.fit_wanted:
                self.fit()
            else:
                self.look_at(around.center())

    def look_at(self, point: QPointF) -> None:
        """Show this point of the scene in the middle."""
        self.fit_wanted = False
        self.centerOn(point)

    def aim(self) -> Aim | None:
        """What is looked at, to come back to it; None where everything is shown."""
        return None if self.fit_wanted else Aim(self.scale_now(), self.mapToScene(QPoint(0, 0)))

    def aim_at(self, aim: Aim | None) -> None:
        """Show what was looked at."""
        if aim is None:
            self.fit()
            return
        self.zoom_to(aim.scale)
        self.scroll_by(self.mapFromScene(aim.corner))

    def around(self, ids: frozenset[str]) -> QRectF:
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
        # What was drawn since then stays under the hand, though the legend takes room for it. Connectors that a
        # filter leaves out are not drawn by hand: below its strip everything can be seen again.
        if self.fit_wanted and (not self._ever_fitted or self._fitted == self._scene.things()):
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
        self.leaving.emit()
        self.fit_wanted = False
        super().wheelEvent(event)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        paint_ground(painter, rect, self._scene.look.theme, self.scale_now(), self._grid)

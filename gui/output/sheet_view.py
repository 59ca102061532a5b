"""Pages below one another, scrolled and zoomed; links lead to the places they name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from exports.pdf.pages.sheets import Page
from gui.output.pages import picture_of

_GAP = 16
LEAST, MOST = 0.2, 6.0
_KEPT = 12
"""Pages whose pictures are kept."""


class SheetView(QAbstractScrollArea):
    """`page_changed(number from 1)` follows scrolling, `zoomed(scale)` zooming; a scale of 1 is 96 dots an inch."""

    page_changed = Signal(int)
    zoomed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.pages: tuple[Page, ...] = ()
        self.scale = 1.0
        self.fitting = True
        """Whether the scale follows the width of the window."""
        self.behind = QColor("#d8dde3")
        self._tops: list[int] = []
        self._kept: dict[int, QPixmap] = {}
        self._number = 0
        self.verticalScrollBar().valueChanged.connect(lambda value: self._tell())

    # What is shown

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Show other pages, at the place where the earlier ones were."""
        share = self._share()
        self.pages = tuple(pages)
        self._kept.clear()
        self._lay_out()
        bar = self.verticalScrollBar()
        bar.setValue(round(share * max(1, bar.maximum())))
        self._number = 0
        self._tell()

    def _share(self) -> float:
        bar = self.verticalScrollBar()
        return bar.value() / bar.maximum() if bar.maximum() else 0.0

    def _unit(self) -> float:
        """Pixels a point."""
        return self.scale * 96 / 72

    def _size(self, page: Page) -> QSize:
        unit = self._unit()
        return QSize(round(page.paper.width * unit), round(page.paper.height * unit))

    def _lay_out(self) -> None:
        width = self.pages[0].paper.width if self.pages else 1.0
        if self.fitting:
            room = self.viewport().width() - 2 * _GAP
            self.scale = min(MOST, max(LEAST, room / width * 72 / 96))
        y, widest = _GAP, 0
        self._tops = []
        for page in self.pages:
            size = self._size(page)
            self._tops.append(y)
            y += size.height() + _GAP
            widest = max(widest, size.width())
        view = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, y - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(60)
        self.horizontalScrollBar().setRange(0, max(0, widest + 2 * _GAP - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.viewport().update()
        self.zoomed.emit(self.scale)

    def zoom_to(self, scale: float) -> None:
        """Show everything at a scale."""
        self.fitting = False
        self._rescale(scale)

    def fit_width(self) -> None:
        """Make the first page, and those of its size, as wide as the window, and keep them so."""
        self.fitting = True
        self._rescale(self.scale)

    def _rescale(self, scale: float) -> None:
        share = self._share()
        self.scale = min(MOST, max(LEAST, scale))
        self._kept.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(round(share * self.verticalScrollBar().maximum()))

    def go_to(self, number: int, y: float = 0.0) -> None:
        """Show a page (from 1), at `y` points from its top."""
        if 0 < number <= len(self._tops):
            self.verticalScrollBar().setValue(self._tops[number - 1] - _GAP // 2 + round(y * self._unit()))

    def go_to_anchor(self, anchor: str) -> None:
        """Show the place with a name, where there is one."""
        for number, page in enumerate(self.pages, start=1):
            if anchor in page.anchors:
                self.go_to(number, page.anchors[anchor])
                return

    @property
    def number(self) -> int:
        """The page that fills most of the window, from 1; 0 without pages."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return sum(top <= middle for top in self._tops) if self._tops else 0

    def _tell(self) -> None:
        if self.number != self._number:
            self._number = self.number
            self.page_changed.emit(self._number)

    # Painting

    def _place(self, number: int) -> QRect:
        """Where a page (from 0) lies on the viewport."""
        size = self._size(self.pages[number])
        left = max(_GAP, (self.viewport().width() - size.width()) // 2) - self.horizontalScrollBar().value()
        return QRect(QPoint(left, self._tops[number] - self.verticalScrollBar().value()), size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.behind)
        for number in range(len(self.pages)):
            place = self._place(number)
            if place.intersects(event.rect()):
                painter.drawPixmap(place.topLeft(), self._picture(number))
        painter.end()

    def _picture(self, number: int) -> QPixmap:
        found = self._kept.get(number)
        if found is None:
            while len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            found = self._kept[number] = picture_of(
                self.pages[number], self._unit(), self.devicePixelRatioF()
            )
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.fitting:
            self._kept.clear()
        self._lay_out()

    # Hands

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_to(self.scale * 1.2 ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in steps:
            self.go_to(min(len(self.pages), max(1, self.number + steps[Qt.Key(event.key())])))
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(1)
        elif event.key() == Qt.Key.Key_End:
            self.go_to(len(self.pages))
        else:
            super().keyPressEvent(event)

    def _link_at(self, point: QPoint) -> str:
        unit = self._unit()
        for number, page in enumerate(self.pages):
            place = self._place(number)
            if place.contains(point):
                x, y = (point.x() - place.x()) / unit, (point.y() - place.y()) / unit
                for link in page.links:
                    if QRectF(link.rect.x, link.rect.y, link.rect.width, link.rect.height).contains(x, y):
                        return link.anchor
        return ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._link_at(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        anchor = self._link_at(event.position().toPoint())
        if anchor and event.button() == Qt.MouseButton.LeftButton:
            self.go_to_anchor(anchor)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

"""The trade-off as a plot: a measure against features on, one mark for all combinations that fall on a spot."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.language import tr
from gui.style import theme
from gui.widgets.breaking import kept_together
from gui.widgets.widgets import plain

Spot = tuple[int, int]
"""Features on, and the measure."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 20, 16, 44
_INSET = 16
"""Between the frame and the outermost marks, which have a size."""

_SMALLEST, _LARGEST = 4.0, 13.0
_REACH = 18.0


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole numbers along one side: from the first tick to the last."""

    ticks: tuple[int, ...]

    @classmethod
    def over(cls, low: int, high: int, room: float) -> Axis:
        """Round steps that hold everything from low to high, with about 60 pixels between ticks."""
        wanted = max(1.0, (high - low) / max(2.0, room / 60))
        magnitude = 10 ** math.floor(math.log10(wanted))
        step = next(int(factor * magnitude) for factor in (1, 2, 5, 10) if factor * magnitude >= wanted)
        first, last = low // step * step, -(-high // step) * step
        return cls(tuple(range(first, max(last, first + step) + 1, step)))

    def part(self, value: float) -> float:
        """Where a value lies: 0 at the first tick, 1 at the last."""
        return (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])


class Plot(QWidget):
    """The plot. `picked(spot)`: another spot was chosen; `activated()`: Enter or a double click on it."""

    picked = Signal(object)
    activated = Signal()

    def __init__(self, describe: Callable[[Spot, int], str]) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(QSize(320, 200))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe = describe
        self.colours = theme.LIGHT
        self.measure = ""
        self.spots: dict[Spot, int] = {}
        self.least: tuple[Spot, ...] = ()
        self.chosen: Spot | None = None
        self.now: Spot | None = None

    # What it shows

    def show_spots(self, spots: Iterable[Spot]) -> None:
        """Show combinations by their spots."""
        counts: dict[Spot, int] = {}
        for spot in spots:
            counts[spot] = counts.get(spot, 0) + 1
        self.spots = dict(sorted(counts.items()))
        least: dict[int, int] = {}
        for on, value in self.spots:
            least[on] = min(value, least.get(on, value))
        self.least = tuple(least.items())
        if self.chosen not in self.spots:
            self.chosen = None
        self.update()

    def choose(self, spot: Spot | None) -> None:
        """Mark a spot as chosen, without telling."""
        if spot != self.chosen:
            self.chosen = spot if spot in self.spots else None
            about = self.describe(self.chosen) if self.chosen is not None else ""
            self.setAccessibleDescription(about)
            self.update()

    def describe(self, spot: Spot) -> str:
        """A spot in words."""
        return self._describe(spot, self.spots[spot])

    # Places

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    def _axes(self) -> tuple[Axis, Axis]:
        area = self._area()
        across = [on for on, _ in self.spots] or [0]
        up = [value for _, value in self.spots] or [0]
        return (
            Axis.over(min(across), max(across), area.width()),
            Axis.over(min(up), max(up), area.height()),
        )

    def place(self, spot: Spot) -> QPointF:
        """Where a spot lies in the widget."""
        across, up = self._axes()
        return self._placed(spot, across, up)

    def _placed(self, spot: Spot, across: Axis, up: Axis) -> QPointF:
        area = self._area().adjusted(_INSET, _INSET, -_INSET, -_INSET)
        return QPointF(
            area.left() + across.part(spot[0]) * area.width(),
            area.bottom() - up.part(spot[1]) * area.height(),
        )

    def spot_at(self, point: QPointF) -> Spot | None:
        """The nearest spot within reach."""
        across, up = self._axes()
        best, nearest = None, _REACH
        for spot in self.spots:
            at = self._placed(spot, across, up)
            away = math.hypot(at.x() - point.x(), at.y() - point.y())
            if away < nearest:
                best, nearest = spot, away
        return best

    def _radius(self, count: int) -> float:
        most = max(self.spots.values(), default=1)
        share = math.log1p(count) / math.log1p(most) if most > 1 else 0.0
        return _SMALLEST + (_LARGEST - _SMALLEST) * share if most > 1 else _SMALLEST + 2

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self.spot_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and spot is not None:
            self._pick(spot)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.chosen is not None and self.spot_at(event.position()) == self.chosen:
            self.activated.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.spot_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self.spot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain(self.describe(spot)) if spot else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }.get(Qt.Key(event.key()))
        if step is not None and self.spots:
            self._pick(self._beside(*step))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen is not None:
            self.activated.emit()
        else:
            super().keyPressEvent(event)

    def _beside(self, across: int, up: int) -> Spot:
        """The next spot in a direction: in the same column up and down, the nearest value left and right."""
        if self.chosen is None:
            return self.now if self.now in self.spots and self.now is not None else next(iter(self.spots))
        on, value = self.chosen
        if up:
            column = [each for each in self.spots if each[0] == on and (each[1] - value) * up > 0]
            return min(column, key=lambda each: abs(each[1] - value), default=self.chosen)
        beyond = [each for each in self.spots if (each[0] - on) * across > 0]
        return min(beyond, key=lambda each: (abs(each[0] - on), abs(each[1] - value)), default=self.chosen)

    def _pick(self, spot: Spot) -> None:
        self.choose(spot)
        self.picked.emit(spot)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self.colours.panel))
        if self.spots:
            across, up = self._axes()
            self._paint_grid(painter, across, up)
            self._paint_least(painter, across, up)
            self._paint_spots(painter, across, up)
            self._paint_marks(painter, across, up)
        else:
            painter.setPen(QColor(self.colours.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(30, 20, -30, -20), flags, kept_together(tr("sweep.empty")))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.colours.accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
        painter.end()

    def _paint_grid(self, painter: QPainter, across: Axis, up: Axis) -> None:
        area, colours = self._area(), self.colours
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        line = QPen(QColor(colours.line), 1)
        line.setCosmetic(True)
        for value in up.ticks:
            y = round(self._placed((across.ticks[0], value), across, up).y()) + 0.5
            painter.setPen(line)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(colours.muted))
            box = QRectF(0, y - 9, area.left() - 10, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:,}")
        for value in across.ticks:
            x = self._placed((value, up.ticks[0]), across, up).x()
            box = QRectF(x - 30, area.bottom() + 6, 60, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{value:,}")
        bottom = QRectF(area.left(), area.bottom() + 22, area.width(), 18)
        painter.drawText(bottom, Qt.AlignmentFlag.AlignCenter, tr("sweep.features_on"))
        painter.save()
        painter.translate(13, area.center().y())
        painter.rotate(-90)
        side = QRectF(-area.height() / 2, -9, area.height(), 18)
        painter.drawText(side, Qt.AlignmentFlag.AlignCenter, self.measure)
        painter.restore()

    def _paint_least(self, painter: QPainter, across: Axis, up: Axis) -> None:
        """The line along the fewest for each number of features."""
        line = QPen(QColor(self.colours.added), 1.6, Qt.PenStyle.DashLine)
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([self._placed(spot, across, up) for spot in self.least]))

    def _paint_spots(self, painter: QPainter, across: Axis, up: Axis) -> None:
        least = set(self.least)
        fill = QColor(self.colours.accent)
        fill.setAlpha(70)
        for spot, count in self.spots.items():
            at, radius = self._placed(spot, across, up), self._radius(count)
            if spot in least:
                painter.setPen(QPen(QColor(self.colours.panel), 1))
                painter.setBrush(QColor(self.colours.added))
                painter.drawPolygon(_diamond(at, max(radius, 6.0)))
            else:
                painter.setPen(QPen(QColor(self.colours.accent), 1.2))
                painter.setBrush(fill)
                painter.drawEllipse(at, radius, radius)

    def _paint_marks(self, painter: QPainter, across: Axis, up: Axis) -> None:
        """Rings around the design as it is, and around what is chosen, each with its name or value beside it."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        marks: Sequence[tuple[Spot | None, str, str]] = (
            (self.now, self.colours.text, tr("sweep.now")),
            (self.chosen, self.colours.accent, ""),
        )
        for spot, colour, text in marks:
            if spot is None or spot not in self.spots:
                continue
            at, radius = self._placed(spot, across, up), self._radius(self.spots[spot]) + 4
            painter.setPen(QPen(QColor(colour), 2))
            painter.drawEllipse(at, radius, radius)
            if text:
                width = painter.fontMetrics().horizontalAdvance(text) + 8
                box = QRectF(at.x() - width / 2, at.y() - radius - 19, width, 16)
                painter.fillRect(box, QColor(self.colours.panel))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _diamond(at: QPointF, radius: float) -> QPolygonF:
    return QPolygonF(
        [
            QPointF(at.x(), at.y() - radius),
            QPointF(at.x() + radius, at.y()),
            QPointF(at.x(), at.y() + radius),
            QPointF(at.x() - radius, at.y()),
        ]
    )

"""Primitives → QPainter. Made ready once (pens, paths, text positions), painted often."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from gui.style import icons
from gui.style.theme import FAMILY
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Box, Group, IconMark, Line, Primitive, Text

READABLE = 0.5
"""The scale below which texts are left out: nobody can read them, and they cost the most."""

RECOGNISABLE = 0.25
"""The scale below which icons are left out: they are smaller than five pixels."""

ARROW_LENGTH = 9.0
ARROW_HALF = 4.5

Op = Callable[[QPainter], None]
_NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)
_NO_PEN = QPen(Qt.PenStyle.NoPen)


class Picture:
    """Primitives made ready when they are first painted; icons and texts apart, to be left out at small scales."""

    __slots__ = ("_drawn", "_icons", "_shapes", "_texts", "_written")

    def __init__(self, items: Iterable[Primitive], like: Picture | None = None) -> None:
        """`like`: an earlier picture; what it made ready is taken over where only texts differ."""
        flat = tuple(flattened(items))
        self._drawn = tuple(item for item in flat if not isinstance(item, Text))
        self._written = tuple(item for item in flat if isinstance(item, Text))
        same = like is not None and like._drawn == self._drawn
        self._shapes: tuple[Op, ...] | None = like._shapes if like is not None and same else None
        self._icons: tuple[Op, ...] | None = like._icons if like is not None and same else None
        self._texts: tuple[Op, ...] | None = None

    def paint(self, painter: QPainter, scale: float) -> None:
        """Draw everything; icons and texts only where they can be told and read."""
        if self._shapes is None:
            self._shapes = tuple(_shape(item) for item in self._drawn if isinstance(item, Box | Line))
        for op in self._shapes:
            op(painter)
        if scale < RECOGNISABLE:
            return
        if self._icons is None:
            self._icons = tuple(_icon(item) for item in self._drawn if isinstance(item, IconMark))
        for op in self._icons:
            op(painter)
        if scale < READABLE:
            return
        if self._texts is None:
            self._texts = tuple(_text(item) for item in self._written)
        for op in self._texts:
            op(painter)


def flattened(items: Iterable[Primitive]) -> Iterator[Box | Line | Text | IconMark]:
    """The primitives without their groups, bottom first."""
    for item in items:
        if isinstance(item, Group):
            yield from flattened(item.items)
        else:
            yield item


def qrect(rect: Rect) -> QRectF:
    """A rectangle of the model as one of Qt's."""
    return QRectF(rect.x, rect.y, rect.width, rect.height)


@cache
def pen(colour: str, width: float = 1.0, dash: tuple[float, ...] = ()) -> QPen:
    """A pen; `dash` is in scene pixels, as everywhere in the model (Qt counts in pen widths)."""
    made = QPen(QColor(colour), width)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        made.setDashPattern([length / width for length in dash])
    return made


@cache
def brush(colour: str) -> QBrush:
    """A plain brush."""
    return QBrush(QColor(colour))


@cache
def font(size: float, bold: bool = False, strike: bool = False) -> QFont:
    """The bundled font, unhinted: so that a text has the width the model measured, at every zoom."""
    made = QFont(FAMILY)
    made.setPixelSize(max(1, round(size)))
    made.setBold(bold)
    made.setStrikeOut(strike)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def _shape(item: Box | Line) -> Op:
    match item:
        case Box():
            return _box(item)
        case Line():
            return _line(item)


def _box(box: Box) -> Op:
    outline = pen(box.stroke, box.width, box.dash) if box.stroke else _NO_PEN
    fill = brush(box.fill) if box.fill else _NO_BRUSH
    rect, radius = qrect(box.rect), box.radius

    def op(painter: QPainter) -> None:
        painter.setPen(outline)
        painter.setBrush(fill)
        painter.drawRoundedRect(rect, radius, radius)

    return op


def _icon(mark: IconMark) -> Op:
    icon = icons.outlines()[mark.name]
    outline = QPen(QColor(mark.colour), icon.stroke)
    outline.setCapStyle(Qt.PenCapStyle.RoundCap)
    outline.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    outline.setWidthF(icon.stroke * mark.rect.width / icon.size)
    factor = mark.rect.width / icon.size
    moved = QTransform(factor, 0, 0, factor, mark.rect.x, mark.rect.y).map(icons.path(mark.name))

    def op(painter: QPainter) -> None:
        painter.setPen(outline)
        painter.setBrush(_NO_BRUSH)
        painter.drawPath(moved)

    return op


def _line(line: Line) -> Op:
    outline = pen(line.stroke, line.width, line.dash)
    path = rounded(shortened(line.points, ARROW_LENGTH * 0.8) if line.arrow else line.points, line.radius)
    head = arrow_head(line.points, line.width) if line.arrow else None
    fill = QBrush(QColor(line.stroke))

    def op(painter: QPainter) -> None:
        painter.setPen(outline)
        painter.setBrush(_NO_BRUSH)
        painter.drawPath(path)
        if head is not None:
            painter.setPen(_NO_PEN)
            painter.setBrush(fill)
            painter.drawPolygon(head)

    return op


def _text(text: Text) -> Op:
    face = font(text.size, text.bold, text.strike)
    ink = QPen(QColor(text.colour))
    x = text.x
    if text.anchor != "start":
        width = QFontMetricsF(face).horizontalAdvance(text.text)
        x -= width if text.anchor == "end" else width / 2
    at, words = QPointF(x, text.y), text.text

    def op(painter: QPainter) -> None:
        painter.setFont(face)
        painter.setPen(ink)
        painter.drawText(at, words)

    return op


def scale_of(painter: QPainter) -> float:
    """How many logical screen pixels a scene pixel takes; the screen's own pixel ratio is no part of it."""
    return painter.worldTransform().m11()


# Lines with round corners and arrowheads


def rounded(points: Sequence[Point], radius: float) -> QPainterPath:
    """A polyline whose corners are rounded by at most `radius`."""
    path = QPainterPath()
    if not points:
        return path
    path.moveTo(points[0].x, points[0].y)
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        room = min(radius, _distance(before, corner) / 2, _distance(corner, after) / 2)
        if room < 0.5:
            path.lineTo(corner.x, corner.y)
            continue
        start, end = _towards(corner, before, room), _towards(corner, after, room)
        path.lineTo(start.x, start.y)
        path.quadTo(corner.x, corner.y, end.x, end.y)
    path.lineTo(points[-1].x, points[-1].y)
    return path


def shortened(points: Sequence[Point], by: float) -> tuple[Point, ...]:
    """A polyline that ends `by` before its end, so that its arrowhead has a sharp tip."""
    if len(points) < 2:
        return tuple(points)
    last = _distance(points[-2], points[-1])
    return (*points[:-1], _towards(points[-1], points[-2], min(by, last / 2)))


def arrow_head(points: Sequence[Point], width: float) -> QPolygonF | None:
    """The triangle at the end of a polyline; None for one without a direction."""
    if len(points) < 2 or _distance(points[-2], points[-1]) == 0:
        return None
    tip, before = points[-1], points[-2]
    angle = math.atan2(tip.y - before.y, tip.x - before.x)
    length, half = ARROW_LENGTH + width, ARROW_HALF + width / 2
    back = (tip.x - length * math.cos(angle), tip.y - length * math.sin(angle))
    side = (-half * math.sin(angle), half * math.cos(angle))
    return QPolygonF(
        [
            QPointF(tip.x, tip.y),
            QPointF(back[0] + side[0], back[1] + side[1]),
            QPointF(back[0] - side[0], back[1] - side[1]),
        ]
    )


def _distance(a: Point, b: Point) -> float:
    return math.hypot(b.x - a.x, b.y - a.y)


def _towards(start: Point, end: Point, by: float) -> Point:
    length = _distance(start, end)
    if length == 0:
        return start
    return Point(start.x + (end.x - start.x) * by / length, start.y + (end.y - start.y) * by / length)

"""A connector as it is drawn, and how many are at a scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from gui.canvas.captions import Caption
from gui.canvas.paint import Picture, arrow_head, pen, qrect, rounded, shortened
from model.picture.connectors import Wire
from model.shapes.geometry import Rect

_RADIUS = 6.0
_UNDER_HEAD = 7.0

ROUND_FROM = 0.55
"""The scale from which corners are drawn round."""

_HEADS_FROM = 0.3
"""The scale from which arrowheads can be told from a line's end."""

_DASHED_FROM = 0.3
"""The scale from which lines are dashed: below, a dash is smaller than a screen pixel."""


def paint_lines(painter: QPainter, shown: Sequence[Connector], scale: float) -> None:
    """Draw connectors without their labels, at a scale: what cannot be told at it is left out."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if scale >= ROUND_FROM:
        stroke: QPen | None = None
        for each in shown:
            if each.stroke is not stroke:
                stroke = each.stroke
                painter.setPen(stroke)
            painter.drawPath(each.path)
    else:
        _paint_hairlines(painter, shown, scale)
    if scale < _HEADS_FROM:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    colour = ""
    for each in shown:
        if each.head is not None:
            if each.style.colour != colour:
                colour = each.style.colour
                painter.setBrush(QBrush(QColor(colour)))
            painter.drawPolygon(each.head)


def _paint_hairlines(painter: QPainter, shown: Sequence[Connector], scale: float) -> None:
    """At small scales: sharp corners, and no thinner than a screen pixel."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    by_stroke: dict[int, list[Connector]] = {}
    for each in shown:
        by_stroke.setdefault(id(each.stroke), []).append(each)
    for alike in by_stroke.values():
        path = QPainterPath()
        for each in alike:
            path.addPolygon(each.corners)
        painter.setPen(_hairline(alike[0].stroke, scale))
        painter.drawPath(path)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _hairline(stroke: QPen, scale: float) -> QPen:
    """A pen for small scales: a line one pixel wide is drawn many times faster than any other, and dashes are lost."""
    visible = QPen(stroke)
    if scale < _DASHED_FROM:
        visible.setStyle(Qt.PenStyle.SolidLine)
    if stroke.widthF() * scale <= 1.0:
        visible.setCosmetic(True)
        visible.setWidthF(1.0)
    return visible


class Connector:
    """What painting needs is made when it is first painted: most of it never is."""

    def __init__(self, wire: Wire, caption: Caption) -> None:
        self.wire, self.caption, self.style = wire, caption, caption.style
        self.pair = (wire.link.source, wire.link.target)
        self.stroke = pen(self.style.colour, self.style.width, self.style.dash)
        self.label: Picture | None = None
        self.number = 0

    @property
    def areas(self) -> Iterator[Rect]:
        """The areas of its straight pieces and of its label, with room for their width."""
        for a, b in pairwise(self.wire.points):
            area = Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))
            yield area.grow(8)
        yield self.wire.label.grow(2)

    @cached_property
    def label_rect(self) -> QRectF:
        """Where the label lies."""
        return qrect(self.wire.label)

    @cached_property
    def path(self) -> QPainterPath:
        """The line with round corners, up to the arrowhead."""
        return rounded(shortened(self.wire.points, _UNDER_HEAD), _RADIUS)

    @cached_property
    def corners(self) -> QPolygonF:
        """The line with its corners as they are."""
        return QPolygonF([QPointF(point.x, point.y) for point in self.wire.points])

    @cached_property
    def head(self) -> QPolygonF | None:
        """The arrowhead."""
        return arrow_head(self.wire.points, self.style.width)

    def taken_over(self, wire: Wire, caption: Caption) -> bool:
        """Whether a connector is drawn the same; it then stands for that one."""
        if self.caption is caption and self.wire.points == wire.points and self.wire.label == wire.label:
            self.wire = wire
            return True
        return False

"""A connector as it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from gui.canvas.captions import Caption
from gui.canvas.paint import Picture, arrow_head, pen, qrect, rounded, shortened
from model.picture.connectors import Wire
from model.shapes.geometry import Rect

_RADIUS = 6.0
_UNDER_HEAD = 7.0


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

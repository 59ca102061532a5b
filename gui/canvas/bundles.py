"""Connectors from far away: those from one zone to another, drawn alike, are one line, the wider the more they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log10

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from gui.canvas.routes import sketch
from model.design.design import Design
from model.picture.connectors import Wire
from model.shapes.geometry import Point, Rect
from model.shapes.theme import LineStyle

Pair = tuple[str, str]

MERGED_BELOW = 0.25
"""The scale below which connectors are merged: single ones would be a smear."""

MANY = 500
"""Up to how many connectors each is drawn at every scale: so few can be followed."""


_APART = 5.0
"""How far from each other, in screen pixels, those between the same ends are drawn."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Connectors from one zone to another, in one style; components without a zone and collapsed zones are ends, too.

    `ends` are the ids of both, `pairs` the connectors it stands for; `rank` counts the others between the same ends.
    """

    ends: Pair
    line: tuple[Point, ...]
    style: LineStyle
    pairs: tuple[Pair, ...]
    rank: int = 0

    @property
    def count(self) -> int:
        """How many connectors it stands for."""
        return len(self.pairs)

    def line_at(self, scale: float) -> tuple[Point, ...]:
        """Its line where it is drawn: beside those between the same ends."""
        aside = self.rank * _APART / scale
        return tuple(point.moved(aside, aside) for point in self.line) if aside else self.line

    def paint(self, painter: QPainter, scale: float) -> None:
        """Draw it, one to about four screen pixels wide."""
        stroke = QPen(Qt.GlobalColor.black, 1.0 + log10(self.count))
        stroke.setColor(self.style.colour)
        stroke.setCosmetic(True)
        painter.setPen(stroke)
        painter.drawPolyline(QPolygonF([QPointF(point.x, point.y) for point in self.line_at(scale)]))


def bundled(wires: Iterable[tuple[Wire, LineStyle]], design: Design) -> Sequence[Bundle]:
    """The bundles of connectors; those within one zone are left out, since their zone is but a block from far away."""
    zone_of = {each.id: each.zone for each in design.components}
    ends: dict[str, Rect] = {zone.id: zone.rect for zone in design.zones if not zone.collapsed}
    found: dict[tuple[Pair, LineStyle], list[Pair]] = {}
    for wire, style in wires:
        names = []
        for name, at in ((wire.link.source, wire.points[0]), (wire.link.target, wire.points[-1])):
            zone = zone_of.get(name)
            if zone is None:
                ends.setdefault(name, Rect(at.x, at.y, 0, 0))
            names.append(zone or name)
        if names[0] != names[1]:
            found.setdefault(((names[0], names[1]), style), []).append(wire.link.pair)
    ranks: Counter[frozenset[str]] = Counter()
    bundles = []
    for (pair, style), pairs in found.items():
        between = frozenset(pair)
        line = sketch(ends[pair[0]], ends[pair[1]])
        bundles.append(Bundle(pair, line, style, tuple(pairs), ranks[between]))
        ranks[between] += 1
    return bundles

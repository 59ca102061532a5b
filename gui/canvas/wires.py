"""All connectors as one layer with its own hit test; their labels are another, above the cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import inf

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.bundles import MANY, MERGED_BELOW, Bundle, Pair, bundled
from gui.canvas.captions import Caption
from gui.canvas.connector import ROUND_FROM, Connector, paint_lines
from gui.canvas.items import LABELS, WIRES, exposed_by
from gui.canvas.paint import READABLE, Picture, qrect, scale_of
from gui.canvas.tiles import Tiles
from gui.canvas.untouched import Untouched
from model.derivation.comparison import Comparison
from model.derivation.graph import FlowGraph
from model.picture.connectors import Wire, link_title, wire_label
from model.picture.look import Look
from model.shapes.geometry import Point, Rect, bounding
from model.shapes.theme import StepBack

REACH = 6.0
"""How near (screen pixels) a hand must come to a connector or a zone's border."""

_MASS = 150
"""From so many connectors on, lines that nothing marks step back somewhat behind cards and labels."""


class WireLayer(Untouched):
    """The lines of all connectors. `lit`: those that stand out while something is selected (None: all)."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(WIRES)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._ready: dict[Pair, Connector] = {}
        self._tiles: Tiles[Pair] = Tiles()
        self._filed: dict[Pair, Connector] = {}
        self._settled: dict[Pair, Connector] = {}
        """The connectors where nothing is held."""
        self._bundles: Sequence[Bundle] | None = None
        self._graph: FlowGraph | None = None
        self._comparison: Comparison | None = None
        self._look: Look | None = None
        self._chosen_and_lit: tuple[Pair | None, frozenset[Pair] | None] = None, None
        self._pointed: Pair | None = None
        self._found: frozenset[Pair] = frozenset()
        self._lit: frozenset[Pair] | None = None
        self._hidden: frozenset[str] = frozenset()
        self._hidden_pair: Pair | None = None
        self._chosen: Pair | None = None
        self._bounds = QRectF()
        self.labels = LabelLayer(self)

    # What it shows

    def show_wires(
        self,
        wires: Sequence[tuple[Wire, Caption]],
        graph: FlowGraph,
        comparison: Comparison | None,
        look: Look,
        area: QRectF,
    ) -> None:
        """Show connectors with their captions, all within an area; those that look as before are taken over."""
        anew = (
            (look.theme.id, look.language) != (self._look.theme.id, self._look.language)
            if self._look
            else True
        )
        before = {} if anew else self._ready
        ready: dict[Pair, Connector] = {}
        for wire, caption in wires:
            pair = (wire.link.source, wire.link.target)
            known = before.get(pair)
            same = known is not None and known.taken_over(wire, caption)
            ready[pair] = known if known is not None and same else Connector(wire, caption)
        for number, each in enumerate(ready.values()):
            each.number = number
        self._ready, self._settled, self._bundles = ready, ready, None
        self._graph, self._comparison, self._look = graph, comparison, look
        self._resize(area)

    def show_held(self, wires: Iterable[Wire]) -> None:
        """Show some of the connectors elsewhere while a hand holds what they join, and all others where they are."""
        held: dict[Pair, Connector] = {}
        for wire in wires:
            known = self._settled[wire.link.pair]
            held[known.pair] = each = Connector(wire, known.caption)
            each.number = known.number
        self._ready, self._bundles = {**self._settled, **held}, None
        areas = (area for each in held.values() for area in each.areas)
        around = bounding(areas)
        self._resize(self._bounds if around is None else self._bounds.united(qrect(around)))

    def label(self, connector: Connector) -> Picture:
        """The label of a connector, made when it is first painted."""
        if connector.label is None:
            assert self._look is not None, "connectors are shown with a look"
            connector.label = Picture(wire_label(connector.wire, self._comparison, self._look))
        return connector.label

    def _resize(self, area: QRectF) -> None:
        self.prepareGeometryChange()
        self.labels.prepareGeometryChange()
        self._bounds = area
        self._redraw()

    def light(self, lit: frozenset[Pair] | None, chosen: Pair | None) -> None:
        """Let connectors stand out, and mark one as chosen."""
        self._chosen_and_lit = chosen, lit
        self._stand_out()

    def point_at(self, pair: Pair | None) -> None:
        """Let a connector stand out beside those while the pointer rests on it: among hundreds it cannot be told."""
        self._pointed = pair
        self._stand_out()

    def find(self, pairs: frozenset[Pair]) -> None:
        """Take note of what a search found: those connectors keep their labels while others stand out."""
        if pairs != self._found:
            self._found = pairs
            self._redraw()

    def _stand_out(self) -> None:
        chosen, lit = self._chosen_and_lit
        if self._pointed in self._ready:
            chosen, lit = self._pointed, frozenset([self._pointed, *(lit or ())])
        if (lit, chosen) != (self._lit, self._chosen):
            self._lit, self._chosen = lit, chosen
            self._redraw()

    def hide_at(self, components: frozenset[str]) -> None:
        """Leave out the connectors of components that are being moved: the overlay draws those."""
        if components != self._hidden:
            self._hidden = components
            self._redraw()

    def hide_pair(self, pair: Pair | None) -> None:
        """Leave out one connector while a hand bends it."""
        if pair != self._hidden_pair:
            self._hidden_pair = pair
            self._redraw()

    def _redraw(self) -> None:
        self.update()
        self.labels.update()

    # Questions

    @property
    def pairs(self) -> Mapping[Pair, Connector]:
        """The connectors shown, by pair."""
        return self._ready

    def title(self, pair: Pair) -> str:
        """What a tool tip or a screen reader says of a connector."""
        assert self._graph is not None, "connectors are shown of a graph"
        assert self._look is not None, "connectors are shown with a look"
        before = self._comparison.before if self._comparison is not None else None
        return link_title(self._ready[pair].wire.link, self._graph, self._look, before)

    def at(self, point: QPointF, reach: float) -> Pair | None:
        """The connector nearest to a point, within `reach` scene pixels; a label drawn counts as its connector."""
        best: Pair | None = None
        nearest = reach
        x, y = point.x(), point.y()
        for ready in self.near(Rect(x, y, 0, 0).grow(reach)):
            pair = ready.pair
            if ready.label_rect.contains(point) and self.is_labelled(pair):
                return pair
            away = _away(point, ready.wire.points)
            if away < nearest:
                best, nearest = pair, away
        return best

    def hit(self, point: QPointF, scale: float) -> Pair | Bundle | None:
        """What is drawn of connectors where a hand points: one of them, or a line that stands for several."""
        reach = REACH / scale
        if not self.merged_at(scale):
            return self.at(point, reach)
        single = self.at(point, reach) if self._lit is not None else None
        if single is not None and self.is_lit(single):
            return single
        return min(  # of those that lie on each other the one painted last
            (each for each in reversed(self.bundles) if _away(point, each.line_at(scale)) < reach),
            key=lambda each: _away(point, each.line_at(scale)),
            default=None,
        )

    def near(self, area: Rect) -> list[Connector]:
        """The connectors that may touch an area, in the order shown."""
        self._file()
        found = self._tiles.near(area)
        if len(found) == len(self._ready):
            return list(self._ready.values())
        return sorted((self._ready[pair] for pair in found), key=lambda each: each.number)

    def _file(self) -> None:
        """Bring the tiles up to date: the connectors that look as before are where they were."""
        if self._filed is self._ready:
            return
        for pair in self._filed.keys() - self._ready.keys():
            self._tiles.drop(pair)
        for pair, each in self._ready.items():
            if self._filed.get(pair) is not each:
                self._tiles.put(pair, each.areas)
        self._filed = self._ready

    def visible(self, area: QRectF | None = None) -> list[Connector]:
        """The connectors (in an area) that are not being moved, those that stand out last."""
        everything = area is None or area.contains(self._bounds)
        found: Iterable[Connector] = self._ready.values()
        if area is not None and not everything:
            found = self.near(Rect(area.x(), area.y(), area.width(), area.height()))
        hides = bool(self._hidden) or self._hidden_pair is not None
        shown = [each for each in found if not (hides and self._is_hidden(each.pair))]
        if self._lit is not None:
            shown.sort(key=lambda ready: self.is_lit(ready.pair))
        return shown

    def _is_hidden(self, pair: Pair) -> bool:
        return pair[0] in self._hidden or pair[1] in self._hidden or pair == self._hidden_pair

    def is_lit(self, pair: Pair) -> bool:
        """Whether a connector stands out."""
        return self._lit is None or pair in self._lit

    def is_labelled(self, pair: Pair) -> bool:
        """Whether a connector's label is drawn where it can be read."""
        return self.is_lit(pair) or pair in self._found

    def boundingRect(self) -> QRectF:
        return self._bounds

    # Painting

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = scale_of(painter)
        if self.merged_at(scale):
            self._paint_bundles(painter, scale)
            return
        lit, faint = self.visible(exposed_by(option)), list[Connector]()
        if self._lit is not None:
            faint = [each for each in lit if not self.is_lit(each.pair)]
            lit = lit[len(faint) :]  # those that stand out come last
        elif len(self._ready) >= _MASS and scale >= ROUND_FROM and self._back.crowd < 1.0:
            faint = [each for each in lit if each.wire.link.status == "unchanged"]
            lit = [each for each in lit if each.wire.link.status != "unchanged"]
        if faint:
            painter.setOpacity(self._back.line if self._lit is not None else self._back.crowd)
            paint_lines(painter, faint, scale)
            painter.setOpacity(1.0)
        chosen = self._ready.get(self._chosen) if self._chosen is not None else None
        if chosen is not None and self._chosen != self._hidden_pair:
            glow = QColor(chosen.style.colour)
            glow.setAlpha(60)
            painter.setPen(QPen(glow, chosen.stroke.widthF() + 7))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(chosen.path)
        paint_lines(painter, lit, scale)

    @property
    def _back(self) -> StepBack:
        return self._look.theme.back if self._look is not None else StepBack()

    def merged_at(self, scale: float) -> bool:
        """Whether connectors are merged at a scale."""
        return scale < MERGED_BELOW and len(self._ready) > MANY

    @property
    def bundles(self) -> Sequence[Bundle]:
        """The connectors as they are merged from far away."""
        if self._bundles is None:
            assert self._graph is not None, "connectors are shown of a graph"
            every = ((each.wire, each.style) for each in self._ready.values())
            self._bundles = bundled(every, self._graph.design)
        return self._bundles

    def _paint_bundles(self, painter: QPainter, scale: float) -> None:
        """The merged connectors; those that stand out are drawn singly above them."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setOpacity(1.0 if self._lit is None else self._back.line)
        for bundle in self.bundles:
            bundle.paint(painter, scale)
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._lit is not None:
            paint_lines(painter, [self._ready[pair] for pair in self._lit if pair in self._ready], scale)


class LabelLayer(Untouched):
    """The labels of connectors, above the cards; of those that step back only what was searched for: so faint nobody
    could read them, and their lines would show through and strike their ports out."""

    def __init__(self, wires: WireLayer) -> None:
        super().__init__()
        self.setZValue(LABELS)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._wires = wires

    def boundingRect(self) -> QRectF:
        return self._wires.boundingRect()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = scale_of(painter)
        if scale < READABLE:
            return
        exposed = exposed_by(option)
        for each in self._wires.visible(exposed):
            if self._wires.is_labelled(each.pair) and each.label_rect.intersects(exposed):
                self._wires.label(each).paint(painter, scale)


def _away(point: QPointF, line: Sequence[Point]) -> float:
    """How far a point is from a line."""
    return min((_distance(point.x(), point.y(), a, b) for a, b in pairwise(line)), default=inf)


def _distance(x: float, y: float, a: Point, b: Point) -> float:
    """How far a point is from a straight piece."""
    dx, dy = b.x - a.x, b.y - a.y
    length = dx * dx + dy * dy
    t = 0.0 if length == 0 else min(1.0, max(0.0, ((x - a.x) * dx + (y - a.y) * dy) / length))
    return float(((x - a.x - t * dx) ** 2 + (y - a.y - t * dy) ** 2) ** 0.5)

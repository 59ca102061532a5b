"""All cards as one layer: a canvas of thousands of items spends most of its time asking each whether it is seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.detail import MARKED, from_afar, step_of
from gui.canvas.items import AROUND, CARDS, exposed_by, paint_ring
from gui.canvas.paint import READABLE, Picture, brush, pen, qrect, scale_of
from gui.canvas.tiles import Tiles
from gui.canvas.untouched import Untouched
from gui.style.looks import text_measure
from model.shapes.geometry import Point, Rect, bounding
from model.shapes.primitives import Box, Group, Text

_RADIUS = 8.0

BlockStyle = tuple[str, str, float]
"""The fill, the stroke and its width."""


class Card:
    """One component as it is drawn: its picture, where it is, and whether it stands out or steps back."""

    __slots__ = (
        "_afar",
        "_block",
        "_group",
        "_layer",
        "frame",
        "name",
        "number",
        "opacity",
        "picture",
        "ring",
    )

    def __init__(self, layer: CardLayer, name: str) -> None:
        self._layer, self.name = layer, name
        self.frame = Rect(0, 0, 0, 0)
        self.number = 0
        self.picture = Picture(())
        self.opacity = 1.0
        self.ring: str | None = None
        self._group: Group | None = None
        self._afar: tuple[int, Picture] | None = None
        self._block: tuple[BlockStyle, QRectF] | None = None

    @property
    def title(self) -> str:
        """What a screen reader says of it."""
        return self._group.title if self._group else ""

    def texts(self) -> tuple[Text, ...]:
        """What is written on it, placed from its top left corner."""
        return tuple(item for item in (self._group.items if self._group else ()) if isinstance(item, Text))

    @property
    def position(self) -> Point:
        """Where its top left corner is drawn, in the scene."""
        return Point(self.frame.x, self.frame.y)

    def show_group(self, group: Group) -> None:
        """Show primitives; nothing is done where they are those shown already."""
        if group != self._group:
            self._group = group
            self.picture = Picture(group.items, self.picture)
            self._afar = self._block = None
            self._layer.changed(self.frame)

    def move_to(self, frame: Rect) -> None:
        """Draw it in this place."""
        if frame != self.frame:
            before, self.frame, self._block = self.frame, frame, None
            self._layer.moved(self, before)

    def set_ring(self, colour: str | None) -> None:
        """Draw a ring around it: selected, or changed by what is being tried out."""
        if colour != self.ring:
            self.ring = colour
            self._layer.changed(self.frame)

    def set_opacity(self, opacity: float) -> None:
        """Step back behind what is selected, or come forward again."""
        if opacity != self.opacity:
            self.opacity = opacity
            self._layer.changed(self.frame)

    def paint(self, painter: QPainter, scale: float) -> None:
        """Draw it in the scene."""
        painter.setOpacity(self.opacity)
        painter.translate(self.frame.x, self.frame.y)
        if scale >= READABLE:
            self.picture.paint(painter, scale)
        else:
            self._seen_from_afar(step_of(scale)).paint(painter, 1.0)
        painter.translate(-self.frame.x, -self.frame.y)
        self.paint_ring(painter, scale)

    def paint_ring(self, painter: QPainter, scale: float) -> None:
        """Draw its ring, if it has one."""
        if self.ring is not None:
            paint_ring(painter, qrect(self.frame), self.ring, _RADIUS, scale)

    def block(self) -> tuple[BlockStyle, QRectF]:
        """What is drawn of it where blocks have no icons any more: how, and where in the scene."""
        if self._block is None:
            items = self._group.items if self._group is not None else ()
            box = from_afar(items, 0, text_measure())[0]
            assert isinstance(box, Box), "a block is a box"
            style = (box.fill or "", box.stroke or "", box.width)
            self._block = style, qrect(box.rect.moved(self.frame.x, self.frame.y))
        return self._block

    def _seen_from_afar(self, step: int) -> Picture:
        """The picture for a step of detail; that of the step painted last is kept."""
        if self._afar is None or self._afar[0] != step:
            items = self._group.items if self._group is not None else ()
            self._afar = step, Picture(from_afar(items, step, text_measure()))
        return self._afar[1]


class CardLayer(Untouched):
    """Every card, in design order, by component."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(CARDS)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.cards: dict[str, Card] = {}
        self.lifted: frozenset[str] = frozenset()
        """The cards that a hand moves and that the view paints itself."""
        self._tiles: Tiles[str] = Tiles()
        self._ordered: tuple[Card, ...] = ()
        self._bounds = QRectF()

    def show_cards(self, groups: Mapping[str, Group], frames: Mapping[str, Rect]) -> None:
        """Show these components and no others, the last on top."""
        for name in [each for each in self.cards if each not in groups]:
            card = self.cards.pop(name)
            self._tiles.drop(name)
            self.changed(card.frame)
        for number, (name, group) in enumerate(groups.items()):
            card = self.cards.get(name) or self.cards.setdefault(name, Card(self, name))
            card.number = number
            card.move_to(frames[name])
            card.show_group(group)
        self._ordered = tuple(sorted(self.cards.values(), key=lambda card: card.number))
        self._fit()

    def lift(self, names: frozenset[str]) -> None:
        """Leave out these cards (none: paint all again)."""
        if names != self.lifted:
            self.lifted = names
            self.update()

    def moved(self, card: Card, before: Rect) -> None:
        """Take note that a card is elsewhere."""
        self._tiles.put(card.name, (card.frame,))
        self.changed(before)
        self.changed(card.frame)
        if not self._bounds.contains(_around(card.frame)):
            self._grow(_around(card.frame))

    def changed(self, frame: Rect) -> None:
        """Paint the place of a card anew."""
        self.update(_around(frame))

    def near(self, area: Rect) -> Iterable[Card]:
        """The cards that touch an area, the topmost last."""
        if qrect(area).contains(self._bounds):
            return self._ordered
        found = sorted((self.cards[name] for name in self._tiles.near(area)), key=lambda card: card.number)
        return (card for card in found if card.frame.intersects(area))

    def at(self, point: QPointF) -> str | None:
        """The topmost card at a point."""
        spot = Point(point.x(), point.y())
        found = [card for card in self.near(Rect(spot.x, spot.y, 0, 0).grow(1)) if card.frame.contains(spot)]
        return found[-1].name if found else None

    def _fit(self) -> None:
        around = bounding(card.frame for card in self.cards.values())
        bounds = _around(around) if around is not None else QRectF()
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds

    def _grow(self, area: QRectF) -> None:
        self.prepareGeometryChange()
        self._bounds = self._bounds.united(area)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = scale_of(painter)
        seen = exposed_by(option)
        area = Rect(seen.x(), seen.y(), seen.width(), seen.height()).grow(AROUND)
        shown = [card for card in self.near(area) if card.name not in self.lifted]
        if scale < MARKED:
            _paint_blocks(painter, shown, scale)
        else:
            for card in shown:
                card.paint(painter, scale)
        painter.setOpacity(1.0)


def _paint_blocks(painter: QPainter, cards: Iterable[Card], scale: float) -> None:
    """Bare blocks, all of a kind at once: so small ones are many."""
    alike: dict[tuple[BlockStyle, float], list[QRectF]] = {}
    ringed: list[Card] = []
    for card in cards:
        style, where = card.block()
        alike.setdefault((style, card.opacity), []).append(where)
        if card.ring is not None:
            ringed.append(card)
    for ((fill, stroke, width), opacity), places in alike.items():
        painter.setOpacity(opacity)
        painter.setPen(pen(stroke, width))
        painter.setBrush(brush(fill))
        painter.drawRects(places)
    for card in ringed:
        painter.setOpacity(card.opacity)
        card.paint_ring(painter, scale)


def _around(frame: Rect) -> QRectF:
    """A card with its ring and its badge."""
    reach = AROUND
    return QRectF(frame.x - reach, frame.y - reach, frame.width + 2 * reach, frame.height + 2 * reach)

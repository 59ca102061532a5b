"""Duplicating by hand: with Ctrl held, copies of the selected things follow the hand, and are left where it lets go."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.canvas.cards import Card
from gui.canvas.hand import Hand
from gui.canvas.items import AROUND, OVERLAY, Drawn
from gui.canvas.moving import drawn_to, neighbours
from gui.canvas.paint import qrect, scale_of
from gui.canvas.untouched import Untouched
from gui.document.moves import frames, joined
from gui.language import tr
from model.design.design import Design
from model.editing import edits, parts
from model.editing.placing import innermost
from model.errors import DesignError
from model.sentences import told
from model.shapes.geometry import bounding


class Copy:
    """Copies follow the hand while what is selected stays; zones are copied with all they hold."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._ids = hand, hand.selection.ids
        scene, design = hand.scene, hand.document.view.design
        taken = parts.take(design, self._ids)
        self._loose = parts.loose(taken)
        self._box = bounding(frames(design, self._loose, scene.cards).values())
        self._others = neighbours(hand, frozenset(self._loose), frozenset())
        whole = taken.frames(scene.sizes).keys()
        self._copies = _Copies(
            [scene.areas.boxes[zone.id] for zone in scene.zones if zone.id in whole]
            + [scene.areas.titles[zone.id] for zone in scene.zones if zone.id in whole]
            + [scene.note_items[note.id] for note in scene.notes if note.id in whole],
            [card for name, card in scene.card_items.items() if name in whole],
        )
        scene.addItem(self._copies)
        self._by = (0, 0)

    def to(self, dx: float, dy: float, free: bool) -> None:
        """Show the copies this far from the originals: at a neighbour's line or the grid, or just so where `free`."""
        if self._box is None:
            return
        found = drawn_to(self._hand, self._box, dx, dy, self._others, free)
        self._by = (found.dx, found.dy)
        self._copies.setPos(*self._by)
        self._hand.scene.overlay.show_guides(found.guides)
        self._show_target()

    def _show_target(self) -> None:
        """Mark the zone that a component comes to lie in."""
        design, scene = self._hand.document.view.design, self._hand.scene
        cards = [scene.cards[name] for name in self._loose if name in scene.sizes and name in scene.cards]
        found = (innermost(design, card.moved(*self._by).center) for card in cards)
        zone = next((name for name in found if name is not None), None)
        scene.overlay.show_target(qrect(design.zone_by_id[zone].rect) if zone else None)

    def commit(self) -> None:
        """Leave the copies there, as one step, and select them."""
        made: list[str] = []

        def change(design: Design) -> Design:
            gone = self._ids - edits.things(design)
            if gone:
                raise DesignError(told("there is nothing called {name}", name=min(gone)))
            arrival = parts.paste(design, parts.take(design, self._ids), self._by)
            made[:] = [arrival.names[name] for name in self._loose]
            sizes = self._hand.scene.sizes
            new = {arrival.names[name]: sizes[name] for name in arrival.names.keys() & sizes.keys()}
            return joined(arrival.design, frozenset(made), new, never=self._ids)

        self.abandon()
        if self._by != (0, 0) and self._hand.document.edit(tr("edit.duplicate"), change):
            self._hand.selection.select(made)

    def abandon(self) -> None:
        """Take the copies away again."""
        scene = self._copies.scene()
        if scene is not None:
            scene.removeItem(self._copies)


class _Copies(Untouched):
    """What is copied, drawn once more with all that is drawn of it where it is."""

    def __init__(self, drawn: list[Drawn], cards: list[Card]) -> None:
        super().__init__()
        self.setZValue(OVERLAY - 2)
        self._drawn, self._cards = drawn, cards
        self._area = QRectF()
        for item in drawn:
            self._area = self._area.united(item.boundingRect())
        for card in cards:
            self._area = self._area.united(qrect(card.frame.grow(AROUND)))

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        for item in self._drawn:
            item.paint(painter, option, widget)
        scale = scale_of(painter)
        for card in self._cards:
            card.paint(painter, scale)
        painter.setOpacity(1.0)

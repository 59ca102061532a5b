"""Zones and notes on the canvas. Each shows a group of primitives; none decides anything."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from gui.canvas.paint import READABLE, Picture, pen, qrect, scale_of
from model.shapes.geometry import Rect
from model.shapes.primitives import Group, Primitive

ZONES, WIRES, TITLES, NOTES, CARDS, LABELS, OVERLAY = (1_000.0 * level for level in range(7))
"""The order of the layers."""

AROUND = 8.0
"""How far a ring or a badge at a corner reaches beyond what it marks, in scene pixels."""


class Drawn(QGraphicsItem):
    """A group of primitives with the frame it occupies, relative to the item's position."""

    def __init__(self, level: float, radius: float) -> None:
        super().__init__()
        self.setZValue(level)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._radius, self._is_title = radius, level == TITLES
        self._frame = QRectF()
        self._group: Group | None = None
        self._picture = Picture(())
        self._ring: str | None = None
        self._button: tuple[Primitive, ...] = ()
        self._button_picture = Picture(())

    def show_group(self, group: Group, frame: Rect) -> None:
        """Show primitives; nothing is done where they are shown there already."""
        if group == self._group and qrect(frame) == self._frame:
            return
        self._group = group
        if qrect(frame) != self._frame:
            self.prepareGeometryChange()
            self._frame = qrect(frame)
        self._picture = Picture(group.items, self._picture)
        self.update()

    def set_ring(self, colour: str | None) -> None:
        """Draw a ring around it: selected, or changed by what is being tried out."""
        if colour != self._ring:
            self._ring = colour
            self.update()

    def set_button(self, button: tuple[Primitive, ...]) -> None:
        """Draw a button over it, or none."""
        if button != self._button:
            self._button = button
            self._button_picture = Picture(button)
            self.update()

    @property
    def title(self) -> str:
        """What a screen reader says of it."""
        return self._group.title if self._group else ""

    def boundingRect(self) -> QRectF:
        return self._frame.adjusted(-AROUND, -AROUND, AROUND, AROUND)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = scale_of(painter)
        if scale < READABLE and self._is_title:
            return  # the zones' names are drawn larger then (`detail.FarNames`)
        self._picture.paint(painter, scale)
        if self._ring is not None:
            paint_ring(painter, self._frame, self._ring, self._radius, scale)
        self._button_picture.paint(painter, scale)


def item_for(scene: QGraphicsScene, items: dict[str, Drawn], name: str, level: float, radius: float) -> Drawn:
    """The item of a thing, made and added where there is none yet."""
    if name not in items:
        items[name] = Drawn(level, radius)
        scene.addItem(items[name])
    return items[name]


def drop(scene: QGraphicsScene, items: dict[str, Drawn], kept: Iterable[str]) -> None:
    """Take away the items of all other things."""
    names = set(kept)
    for name in [each for each in items if each not in names]:
        scene.removeItem(items.pop(name))


def paint_ring(painter: QPainter, frame: QRectF, colour: str, radius: float, scale: float) -> None:
    """A ring around a frame with round corners, no thinner on a small scale."""
    painter.setPen(pen(colour, 2.0 / min(1.0, max(scale, 0.2))))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)


def exposed_by(option: QStyleOptionGraphicsItem) -> QRectF:
    """The part of the scene that has to be painted, for an item that has asked to be told."""
    return QRectF(option.exposedRect)

"""Collapsed zones on the canvas: the node that stands for one, and the buttons that collapse and expand."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from gui.document.document import Document
from gui.language import tr
from model.design.elements import Component, Zone
from model.editing.folding import set_collapsed
from model.picture.look import Look
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Box, Group, IconMark, Text
from model.shapes.theme import Theme

_WIDTH, _HEIGHT = 210.0, 70.0
_BUTTON = 18.0
_ICONS = {"internet": "globe", "data-center": "server", "office": "building", "vpc": "cloud"}


def fold(document: Document, zones: frozenset[str], value: bool) -> bool:
    """Collapse zones or expand them, as one step."""
    step = tr("edit.collapse") if value else tr("edit.expand")
    return document.edit(step, lambda design: set_collapsed(design, zones, value))


def node(zone: Zone, held: tuple[Component, ...], services: frozenset[str], look: Look) -> Group:
    """The node of a collapsed zone at the origin: a card in the zone's colours with a second border.

    `services`: the kinds that are no hosts.
    """
    style, theme, measure = look.theme.zone(zone.kind), look.theme, look.measure
    sheet = Rect(0, 0, _WIDTH, _HEIGHT)
    tile = Rect(12, 12, 28, 28)
    hosts = sum(each.count for each in held if each.kind not in services)
    what = tr(f"zone.{zone.kind}")
    if zone.cidrs:
        what += f" · {zone.cidrs[0]}" + (" …" if len(zone.cidrs) > 1 else "")
    size = " · ".join((tr("status.components", count=len(held)), tr("status.hosts", count=hosts)))
    room = _WIDTH - 50 - 12
    lines = (what, size)
    return Group(
        f"zone:{zone.id}",
        ", ".join(part for part in (zone.name, what, size, zone.firewall) if part),
        (
            Box(sheet, 10, style.fill, style.stroke, 1.6),
            Box(sheet.inset(3.5), 7, None, style.stroke, 0.8),
            Box(tile, 7, style.title),
            IconMark(_ICONS.get(zone.kind, "network"), tile.inset(5.5), theme.tile_mark),
            Text(50, 25, measure.elide(zone.name, 13, room - 18, bold=True), 13, theme.text, bold=True),
            *(
                Text(50, 42 + 16 * number, measure.elide(line, 11, room), 11, theme.muted)
                for number, line in enumerate(lines)
            ),
            IconMark("expand", _button_in(sheet).inset(3), style.title),
        ),
    )


def _button_in(frame: Rect) -> Rect:
    """Where a node's button lies."""
    return Rect(frame.right - _BUTTON - 8, frame.top + 9, _BUTTON, _BUTTON)


def button_on(frame: Rect) -> Rect:
    """Where the button of a selected zone lies: over its upper left corner."""
    return Rect(frame.left + 3 - _BUTTON / 2, frame.top + 3 - _BUTTON / 2, _BUTTON, _BUTTON)


def button(theme: Theme, frame: Rect) -> tuple[Box | IconMark, ...]:
    """The button that collapses a selected zone."""
    plate = button_on(frame)
    return (
        Box(plate, _BUTTON / 2, theme.accent, theme.card, 1.2),
        IconMark("collapse", plate.inset(4), theme.card),
    )


def presses(card: Rect, point: QPointF) -> bool:
    """Whether a point is on the button of a node."""
    return _button_in(card).contains(Point(point.x(), point.y()))

"""Level of detail: what is drawn of cards and zones where a whole card could not be read any more.

First only names, as large as the card lets them be; farther away blocks in the colour of the kind, with their icons
while those can be told, and the names of the outermost zones on their edges. Nothing is drawn too small to be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.canvas.items import OVERLAY
from gui.canvas.paint import READABLE, Picture, flattened, scale_of
from gui.canvas.tiles import Tiles
from gui.canvas.untouched import Untouched
from model.design.elements import Zone
from model.picture.look import Look
from model.shapes.geometry import Rect
from model.shapes.primitives import Box, IconMark, Primitive, Text
from model.shapes.text import TextMeasure

NAMED = 0.3
"""The scale from which names have room on their cards; below it cards are blocks."""

MARKED = 0.08
"""The scale from which blocks carry their icons; below it an icon is two pixels, which nobody can tell."""

_NAME = 9.5
_ZONE = 10.5
_FAR_ZONE = 12.0
"""How large names are on screen, in pixels."""

_SMALLER = 0.84
"""How much smaller a name may become before it is cut."""
_LEADING = 1.2
_LEAST = 6.0
"""What room the name of a small zone gets from afar, in its own height."""
_TITLE_BAND = 26.0
_BEYOND = 250.0
"""How far a name may reach beyond its zone, in scene pixels: half its height at the smallest scale."""
_PAD = 8.0
_BAR = 7.0


def step_of(scale: float) -> int:
    """The size of names, in scene pixels, for a scale: one step for scales that look alike; 0 for blocks."""
    return round(_NAME / scale) if scale >= NAMED else 0


def from_afar(items: Sequence[Primitive], step: int, measure: TextMeasure) -> tuple[Primitive, ...]:
    """A card's primitives for a step: its sheet with a bar of its colour and its name; or a block with its icon."""
    flat = list(flattened(items))
    sheet = flat[0]
    assert isinstance(sheet, Box), "a card begins with its sheet"
    mark = next((number for number, item in enumerate(flat) if isinstance(item, IconMark)), None)
    tile = flat[mark - 1] if mark else None
    colour = tile.fill if isinstance(tile, Box) and tile.fill is not None else sheet.stroke
    if step:
        name = next((item for item in flat if isinstance(item, Text)), None)
        bar = Box(Rect(sheet.rect.x, sheet.rect.y, _BAR, sheet.rect.height), 2, colour)
        return (sheet, bar, *(_name(name, sheet.rect, step, measure) if name is not None else ()))
    block = Box(sheet.rect, sheet.radius, colour, sheet.stroke, sheet.width)
    icon = flat[mark] if mark is not None else None
    if not isinstance(icon, IconMark):
        return (block,)
    side, middle = sheet.rect.height * 0.62, sheet.rect.center
    return block, IconMark(icon.name, Rect(middle.x - side / 2, middle.y - side / 2, side, side), icon.colour)


def _name(name: Text, sheet: Rect, size: int, measure: TextMeasure) -> Iterator[Text]:
    """A name in as many lines as a sheet has room for: somewhat smaller before it is cut."""
    left, room = sheet.left + _BAR + _PAD, sheet.width - _BAR - 1.5 * _PAD
    for smaller in (size, round(size * _SMALLER)):
        fitting = max(1, int((sheet.height - 6) // (smaller * _LEADING)))
        lines = measure.wrap(name.text, smaller, room, bold=True)
        if len(lines) <= fitting and all(measure.width(line, smaller, bold=True) <= room for line in lines):
            break
    else:
        cut = name.text.find(lines[fitting - 1]) if fitting <= len(lines) else 0
        lines = (*lines[: fitting - 1], measure.elide(name.text[cut:], smaller, room, bold=True))
    height = smaller * _LEADING
    top = sheet.center.y - len(lines) * height / 2
    for number, line in enumerate(lines):
        yield Text(left, top + (number + 0.8) * height, line, smaller, name.colour, bold=True)


class FarNames(Untouched):
    """The zones' names where titles cannot be read: in the zones' heads, then on the edges of the outermost ones."""

    def __init__(self, look: Callable[[], Look], zones: Callable[[], Sequence[Zone]]) -> None:
        super().__init__()
        self.setZValue(OVERLAY - 1)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._look, self._zones = look, zones
        self._area = QRectF()
        self._made: tuple[object, Picture] | None = None

    def show_area(self, area: QRectF) -> None:
        """Take note that the zones, all within an area, are others."""
        self._made = None
        around = area.adjusted(-_BEYOND, -_BEYOND, _BEYOND, _BEYOND)
        if around != self._area:
            self.prepareGeometryChange()
            self._area = around
        self.update()

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = scale_of(painter)
        if scale >= READABLE:
            return
        size = round((_ZONE if scale >= NAMED else _FAR_ZONE) / scale)
        key = (size, scale >= NAMED)
        if self._made is None or self._made[0] != key:
            found = self._heads(size) if scale >= NAMED else self._across(size)
            self._made = key, Picture(found)
        self._made[1].paint(painter, 1.0)

    def _heads(self, size: int) -> Iterator[Primitive]:
        look = self._look()
        zones = self._zones()
        for number, zone in enumerate(zones):
            fitting = min(size, _TITLE_BAND)
            frame, style = zone.rect, look.theme.zone(zone.kind)
            text = look.measure.elide(zone.name, fitting, frame.width - 20, bold=True)
            top, wide = frame.top + 4, look.measure.width(text, fitting, bold=True)
            # A plate, as under the titles: what runs into the zone here must not run through its name.
            plate = Rect(frame.left + 7, top, wide + 6, fitting * 1.25)
            if text and not any(above.rect.intersects(plate) for above in zones[number + 1 :]):
                yield Box(plate, 3, style.fill)
                yield Text(frame.left + 10, top + fitting * 0.95, text, fitting, style.title, bold=True)

    def _across(self, size: int) -> Iterator[Primitive]:
        look = self._look()
        taken: Tiles[Rect] = Tiles()
        for zone in self._zones():
            if zone.parent is None:
                frame, style = zone.rect, look.theme.zone(zone.kind)
                text = look.measure.elide(zone.name, size, max(frame.width, size * _LEAST), bold=True)
                width = look.measure.width(text, size, bold=True) + size
                left, high = frame.center.x - width / 2, size * 1.6
                places = [Rect(left, edge - high / 2, width, high) for edge in (frame.top, frame.bottom)]
                free = (each for each in places if not any(map(each.intersects, taken.near(each))))
                plate = next(free, None)
                if plate is None:
                    continue  # two names on top of each other are none
                taken.put(plate, (plate,))
                yield Box(plate, size * 0.4, style.fill, style.stroke, size / 12)
                base = plate.center.y + size * 0.36
                yield Text(frame.center.x, base, text, size, style.title, bold=True, anchor="middle")

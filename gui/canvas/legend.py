"""The legend below the canvas, made from what the canvas shows: purposes, changes, kinds of zones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame

from gui.canvas.paint import Picture
from gui.canvas.scene import Scene
from gui.language import said, tr
from model.picture.legend import line_entries
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Box, Line, Primitive, Text
from model.shapes.theme import LineStyle, ZoneStyle

_SIZE = 12.0
_LINE = 24.0
_SAMPLE = 30.0
_SWATCH = 16.0
_GAP = 18.0
_SIDE = 14.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A text, and what it explains."""

    text: str
    style: LineStyle | ZoneStyle


class Legend(QFrame):
    """As many lines high as the entries need; hidden while nothing is drawn."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.setObjectName("legend")
        self._scene = scene
        self.entries: tuple[Entry, ...] = ()
        self._picture = Picture(())
        self._wanted = True
        scene.shown.connect(self.refresh)

    def want(self, wanted: bool) -> None:
        """Show it, or not."""
        self._wanted = wanted
        self.refresh()

    def refresh(self) -> None:
        """Explain what is drawn now."""
        self.entries = tuple(self._found())
        self.setAccessibleName(tr("legend.title") + ": " + ", ".join(entry.text for entry in self.entries))
        self.setVisible(self._wanted and bool(self.entries))
        self._lay_out()

    def _found(self) -> Iterator[Entry]:
        look = self._scene.look
        drawn = [each.wire.link for each in self._scene.wires.pairs.values()]
        for text, style in line_entries(drawn, look.catalog, look.theme):
            yield Entry(said(text), style)
        for kind in dict.fromkeys(zone.kind for zone in self._scene.zones):
            yield Entry(tr(f"zone.{kind}"), look.theme.zone(kind))

    def _lay_out(self) -> None:
        look = self._scene.look
        items: list[Primitive] = []
        x, y = _SIDE, _LINE / 2
        for entry in self.entries:
            sample = _SAMPLE if isinstance(entry.style, LineStyle) else _SWATCH
            needed = sample + 6 + look.measure.width(entry.text, _SIZE)
            if x > _SIDE and x + needed > self.width() - _SIDE:
                x, y = _SIDE, y + _LINE
            items.append(_sample(entry.style, x, y))
            base = y + look.measure.ascent(_SIZE) * 0.36
            items.append(Text(x + sample + 6, base, entry.text, _SIZE, look.theme.muted))
            x += needed + _GAP
        self._picture = Picture(items)
        self.setFixedHeight(round(y + _LINE / 2) + 1)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self._picture.paint(painter, 1.0)
        painter.end()


def _sample(style: LineStyle | ZoneStyle, x: float, y: float) -> Primitive:
    if isinstance(style, ZoneStyle):
        return Box(Rect(x, y - 6, _SWATCH, 12), 3, style.fill, style.stroke, 1.2, style.dash)
    line = (Point(x, y), Point(x + _SAMPLE, y))
    return Line(line, style.colour, style.width, style.dash, arrow=True)

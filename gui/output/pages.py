"""The pages of the report on screen: the same values that become the PDF, painted in the same way.

Lengths are points. Texts are set at the size of the model's measure, so that every line is as long as on paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)

from exports.pdf.pages.marks import Stamp, flattened
from exports.pdf.pages.sheets import Grid, Page, Placed
from exports.pdf.pages.style import CELL, INK, LEADING, PAD, RULE, bundled_icons, first_base, text_measure
from gui.canvas.paint import pen, qrect
from gui.style.theme import FAMILY
from model.design.profile import Logo
from model.shapes.icons import Segment
from model.shapes.outline import outline
from model.shapes.primitives import Box, Group, IconMark, Line, Primitive, Text

_EM = 100
"""Pixels of the fonts that texts are painted with, scaled to their size: Qt's own sizes are whole numbers."""
_NO_BRUSH, _NO_PEN = QBrush(Qt.BrushStyle.NoBrush), QPen(Qt.PenStyle.NoPen)


def picture_of(page: Page, unit: float, ratio: float = 1.0) -> QPixmap:
    """A page with `unit` logical pixels a point, for a screen with `ratio` pixels each."""
    width, height = round(page.paper.width * unit), round(page.paper.height * unit)
    made = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
    made.setDevicePixelRatio(ratio)
    painter = QPainter(made)
    painter.scale(width / page.paper.width, height / page.paper.height)
    paint_page(page, painter)
    painter.end()
    return made


def paint_page(page: Page, painter: QPainter) -> None:
    """Paint a page, paper included, with the painter's origin at its top left corner."""
    painter.save()
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.TextAntialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.fillRect(QRectF(0, 0, page.paper.width, page.paper.height), QColor("#ffffff"))
    for item in page.items:
        match item:
            case Placed():
                _placed(item, painter)
            case Grid():
                _grid(item, painter)
            case Stamp():
                _stamp(item, painter)
            case _:
                _primitive(item, painter)
    painter.restore()


def _placed(placed: Placed, painter: QPainter) -> None:
    bounds, scale = placed.drawing.bounds, placed.scale
    painter.save()
    painter.translate(placed.at.x - bounds.x * scale, placed.at.y - bounds.y * scale)
    painter.scale(scale, scale)
    for item in placed.drawing.items:
        _primitive(item, painter)
    painter.restore()


def _primitive(item: Primitive, painter: QPainter) -> None:
    match item:
        case Group():
            for each in item.items:
                _primitive(each, painter)
        case Box():
            painter.setPen(pen(item.stroke, item.width, item.dash) if item.stroke else _NO_PEN)
            painter.setBrush(QColor(item.fill) if item.fill else _NO_BRUSH)
            radius = min(item.radius, item.rect.width / 2, item.rect.height / 2)
            painter.drawRoundedRect(qrect(item.rect), radius, radius)
        case Line():
            _line(item, painter)
        case Text():
            _text(item, painter)
        case IconMark():
            _icon(item, painter)


def _line(line: Line, painter: QPainter) -> None:
    path, head = outline(line)
    painter.strokePath(_path(path), pen(line.stroke, line.width, line.dash))
    if head is not None:
        painter.setPen(_NO_PEN)
        painter.setBrush(QColor(line.stroke))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in head]))


def _text(text: Text, painter: QPainter) -> None:
    width = text_measure().width(text.text, text.size, text.bold)
    x = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    painter.setPen(QColor(text.colour))
    _write(text.text, x, text.y, text.size, text.bold, painter)
    if text.strike:
        y = text.y - text.size * 0.3
        painter.setPen(pen(text.colour, text.size / 14))
        painter.drawLine(QPointF(x, y), QPointF(x + width, y))


def _write(text: str, x: float, y: float, size: float, bold: bool, painter: QPainter) -> None:
    """One line in the pen's colour, its baseline beginning at a point."""
    painter.save()
    painter.translate(x, y)
    painter.scale(size / _EM, size / _EM)
    painter.setFont(_font(bold))
    painter.drawText(QPointF(0, 0), text)
    painter.restore()


@cache
def _font(bold: bool) -> QFont:
    made = QFont(FAMILY)
    made.setPixelSize(_EM)
    made.setBold(bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setKerning(False)
    return made


def _icon(mark: IconMark, painter: QPainter) -> None:
    icon = bundled_icons()[mark.name]
    scale = mark.rect.width / icon.size
    stroke = QPen(QColor(mark.colour), icon.stroke)
    stroke.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroke.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.save()
    painter.translate(mark.rect.x, mark.rect.y)
    painter.scale(scale, scale)
    for path in icon.paths:
        painter.strokePath(_path(path), stroke)
    painter.restore()


def _stamp(mark: Stamp, painter: QPainter) -> None:
    vector = mark.logo.vector
    if vector is None:
        painter.drawImage(qrect(mark.rect), _image(mark.logo))
        return
    painter.save()
    painter.translate(mark.rect.x, mark.rect.y)
    painter.scale(mark.rect.width / vector.size.width, mark.rect.height / vector.size.height)
    for shape in vector.shapes:
        path = _path(shape.path)
        path.setFillRule(Qt.FillRule.OddEvenFill if shape.even_odd else Qt.FillRule.WindingFill)
        if shape.fill:
            painter.fillPath(path, QColor(shape.fill))
        if shape.stroke:
            stroke = QPen(QColor(shape.stroke), shape.width)
            stroke.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.strokePath(path, stroke)
    painter.restore()


@lru_cache(4)
def _image(logo: Logo) -> QImage:
    plain = flattened(logo)
    data = plain.tobytes()
    made = QImage(data, plain.width, plain.height, 3 * plain.width, QImage.Format.Format_RGB888)
    return made.copy()  # which does not hang on `data`


def _path(segments: Iterable[Segment]) -> QPainterPath:
    path = QPainterPath()
    for segment in segments:
        match segment:
            case ("M", x, y):
                path.moveTo(x, y)
            case ("L", x, y):
                path.lineTo(x, y)
            case ("C", x1, y1, x2, y2, x, y):
                path.cubicTo(x1, y1, x2, y2, x, y)
            case ("Z",):
                path.closeSubpath()
    return path


def _grid(grid: Grid, painter: QPainter) -> None:
    """Backgrounds, borders, marks and text, in the order in which they are written into the PDF."""
    left, right = grid.edges[0], grid.edges[-1]
    top, bottom = grid.strips[0].top, grid.strips[-1].top + grid.strips[-1].height
    for strip in grid.strips:
        if strip.fill is not None:
            painter.fillRect(QRectF(left, strip.top, right - left, strip.height), QColor(strip.fill))
    painter.setPen(pen(RULE, 0.5))
    for x in grid.edges:
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    for y in (top, *(strip.top + strip.height for strip in grid.strips)):
        painter.drawLine(QPointF(left, y), QPointF(right, y))
    for strip in grid.strips:
        if strip.bar is not None:
            painter.fillRect(QRectF(left, strip.top, 2.5, strip.height), QColor(strip.bar))
    painter.setPen(QColor(INK))
    for strip in grid.strips:
        for column, lines in enumerate(strip.cells):
            y = strip.top + PAD + first_base()
            for line in lines:
                if line:
                    bold = strip.heading or column in grid.bold
                    _write(line, grid.edges[column] + PAD, y, CELL, bold, painter)
                y += LEADING

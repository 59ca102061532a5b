"""The screen paints what the exported pictures show; tests/formats holds those against the PDF."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from exports.pictures.diagram import picture, theme_called
from exports.pictures.png_file import painted
from gui.canvas.paint import Picture
from model.design.columns import Shown
from model.shapes.primitives import Drawing
from model.shapes.theme import ThemeName
from tests.formats.pictures import REPORTS, apart, report_called


def on_screen(drawing: Drawing, background: str, scale: float, size: tuple[int, int]) -> Image.Image:
    """A drawing as the canvas paints it."""
    image = QImage(*size, QImage.Format.Format_RGB888)
    image.fill(QColor(background))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    painter.translate(-drawing.bounds.x, -drawing.bounds.y)
    Picture(drawing.items).paint(painter, scale)
    painter.end()
    data = bytes(image.constBits())
    return Image.frombytes("RGB", size, data, "raw", "RGB", image.bytesPerLine())


@pytest.mark.parametrize(
    ("theme", "language", "scale"), [("light", "en", 1.0), ("dark", "ja", 1.0), ("paper", "en", 2.0)]
)
@pytest.mark.parametrize("name", REPORTS)
def test_screen_and_png_agree(
    qapp: QApplication, name: str, theme: ThemeName, language: Shown, scale: float
) -> None:
    look = theme_called(theme)
    drawing = picture(report_called(name, language), look).drawing
    exported = Image.open(io.BytesIO(painted(drawing, look.canvas, scale, name))).convert("RGB")
    screen = on_screen(drawing, look.canvas, scale, exported.size)
    assert apart(exported, screen) < 2.0
    assert apart(exported, screen.rotate(180)) > 3.0, "the comparison must be able to fail"

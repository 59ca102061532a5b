"""Screenshots of the samples, kept small and looked at by people when they change.

`python -m tests.gui.shots` takes them anew into tests/gui/shots/; look at each one that differs before it is committed.
A kept picture is the whole window at a third of its size in few colours: enough to see what moved, lost its place, its
colour or its text, and not so much that another machine's smoothing of edges would count.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from gui import language
from gui.files import TEMPLATES
from gui.window import Window
from model.frozen import Language

FOLDER = Path(__file__).parent / "shots"
THEMES = ("light", "dark")
LANGUAGES: tuple[Language, ...] = ("en", "ja")
SIZE = (1680, 1020)
SMALLER = 3
COLOURS = 256
TILE = 10
LIMIT = 12.0
"""How far a tile of a picture may be from the kept one on average, 0 to 255."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One of the pictures that are kept."""

    sample: str
    language: Language
    theme: str

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return FOLDER / f"{self.sample}-{self.language}-{self.theme}.png"

    def set_up(self, window: Window) -> None:
        """Show what it shows."""
        language.set_language(self.language)
        window.actions_by_id[f"theme_{self.theme}"].trigger()
        window.resize(*SIZE)
        window.files.new(self.sample)
        window.canvas.fit()


def every() -> Iterator[Shot]:
    """All pictures that are kept."""
    for sample, spoken, theme in product(TEMPLATES, LANGUAGES, THEMES):
        yield Shot(sample, spoken, theme)


def taken(widget: QWidget, ratio: int = 1) -> Image.Image:
    """A widget as it looks on a screen with this many pixels to the point."""
    image = QImage(widget.size() * ratio, QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(ratio)
    widget.render(image, QPoint(), QRegion(widget.rect()))
    data = bytes(image.constBits())
    return Image.frombytes("RGB", (image.width(), image.height()), data, "raw", "RGB", image.bytesPerLine())


def settled(window: Window) -> bool:
    """Whether nothing is under way any more that would change what is seen."""
    before = taken(window)
    QApplication.processEvents()
    return before == taken(window)


def small(picture: Image.Image, ratio: int = 1) -> Image.Image:
    """A picture at the size in which it is kept."""
    return picture.reduce(SMALLER * ratio)


def worst(one: Image.Image, other: Image.Image) -> tuple[float, tuple[int, int]]:
    """How far the two tiles that differ most are apart, a little blurred, and where they are in the small picture."""
    blurred = [each.convert("RGB").filter(ImageFilter.BoxBlur(1)) for each in (one, other)]
    channels = ImageChops.difference(*blurred).split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    tiles = most.resize((most.width // TILE, most.height // TILE), Image.Resampling.BOX)
    values = tiles.tobytes()
    place = max(range(len(values)), key=values.__getitem__)
    return float(values[place]), (place % tiles.width * TILE, place // tiles.width * TILE)


def in_few_colours(picture: Image.Image) -> Image.Image:
    """A picture that takes little room and looks as before."""
    return picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)


def main() -> None:
    """Take every picture anew; those that look like the kept ones stay as they are."""
    from exports.catalogs import catalog_file
    from gui.app import make_application

    application = make_application([sys.argv[0]])
    FOLDER.mkdir(exist_ok=True)
    for shot in every():
        with tempfile.TemporaryDirectory() as folder:
            window = Window(catalog_file(), Path(folder))
            window.show()
            shot.set_up(window)
            while not settled(window):
                pass
            picture = small(taken(window))
            if not (shot.path.exists() and worst(picture, Image.open(shot.path))[0] <= LIMIT / 2):
                in_few_colours(picture).save(shot.path, optimize=True)
                print(shot.path)
            window.document.saved(window.document.design)
            window.close()
    application.quit()


if __name__ == "__main__":
    main()

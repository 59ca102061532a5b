"""Screenshots of the samples, kept small and looked at by people when they change.

`python -m tests.gui.shots` takes them anew into tests/gui/shots/; look at each one that differs before it is committed.
Each is kept as on an ordinary screen (1x) and as on a fine one (2x), smaller and in few colours: enough to see a word
that changed or a label that moved by three pixels, and not so much that another machine's smoothing would count.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from gui import language
from gui.document.files import TEMPLATES
from gui.window.furnishing import furnish
from gui.window.window import Window
from model.frozen import Language

FOLDER = Path(__file__).parent / "shots"
TOP = FOLDER.parents[2]
THEMES = ("light", "dark")
CONTRAST = "on-premises"
"""The sample that is kept in high contrast, too."""
LANGUAGES: tuple[Language, ...] = ("en", "ja")
SIZE = (1680, 1020)
SMALLER = {1: 2, 2: 3}
"""By how much a picture is kept smaller, by the pixels of its screen to the point."""
COLOURS = 256
TILE = 4
LIMIT = 12.0
"""How far a tile of a picture may be from the kept one on average, 0 to 255."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One of the windows of which pictures are kept."""

    sample: str
    language: Language
    theme: str

    @property
    def name(self) -> str:
        """What its files are called, without the screen they are for."""
        return f"{self.sample}-{self.language}-{self.theme}"

    def path(self, ratio: int) -> Path:
        """Where it is kept as a screen with this many pixels to the point shows it."""
        return FOLDER / f"{self.name}-{ratio}x.png"

    def set_up(self, window: Window) -> None:
        """Show what it shows."""
        language.set_language(self.language)
        window.actions_by_id[f"theme_{self.theme}"].trigger()
        window.files.new(self.sample)
        # Whatever was shown before, every panel is laid out anew for the texts of this language.
        for width in (SIZE[0] + 10, SIZE[0]):
            window.resize(width, SIZE[1])
            QApplication.processEvents()
        window.canvas.fit()


def every() -> Iterator[Shot]:
    """All windows of which pictures are kept."""
    for sample, spoken, theme in product(TEMPLATES, LANGUAGES, THEMES):
        yield Shot(sample, spoken, theme)
    for spoken in LANGUAGES:
        yield Shot(CONTRAST, spoken, "contrast")


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
    return picture.reduce(SMALLER[ratio])


def worst(one: Image.Image, other: Image.Image) -> tuple[float, tuple[int, int]]:
    """How far the two tiles that differ most are apart, a little blurred, and where they are in the small picture."""
    if one.size != other.size:
        raise ValueError(f"pictures of {one.size} and {other.size} cannot be compared")
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


def keep(picture: Image.Image, path: Path) -> None:
    """Write a picture and tell, unless it looks like the kept one."""
    if not (path.exists() and worst(picture, Image.open(path))[0] <= LIMIT / 2):
        in_few_colours(picture).save(path, optimize=True)
        print(path)


def take(ratio: int, folder: Path) -> None:
    """Take every picture into a folder, in a program of its own: how fine the screen is, Qt asks when it starts."""
    fine = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(ratio)}
    command = [sys.executable, "-m", "tests.gui.shots", str(ratio), str(folder)]
    subprocess.run(command, env=os.environ | fine, cwd=TOP, check=True, stderr=subprocess.DEVNULL)


def take_here(ratio: int, into: Path) -> None:
    """Take every picture on the screen of this program."""
    from exports.catalogs import catalog_file
    from gui.app import make_application

    application = make_application([sys.argv[0]])
    for shot in every():
        with tempfile.TemporaryDirectory() as folder:
            window = Window(catalog_file(), Path(folder), furnish)
            window.complete()
            window.show()
            shot.set_up(window)
            while not settled(window):
                pass
            small(taken(window, ratio), ratio).save(into / shot.path(ratio).name)
            window.document.saved(window.document.design)
            window.close()
            language.set_language("en")
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    application.quit()


def main(arguments: Sequence[str]) -> None:
    """Take every picture anew; those that look like the kept ones stay as they are."""
    if arguments:
        take_here(int(arguments[0]), Path(arguments[1]))
        return
    FOLDER.mkdir(exist_ok=True)
    for ratio in SMALLER:
        with tempfile.TemporaryDirectory() as folder:
            take(ratio, Path(folder))
            for path in sorted(Path(folder).iterdir()):
                keep(Image.open(path), FOLDER / path.name)


if __name__ == "__main__":
    main(sys.argv[1:])

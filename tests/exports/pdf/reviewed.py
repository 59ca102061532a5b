"""Every page of the samples' reports as somebody has looked at it: small grey pictures, a sheet a report.

After a change that is meant to show, look at the pages of the PDFs themselves, then write the sheets anew:
`python -m tests.exports.pdf.reviewed`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pdfplumber
from PIL import Image, ImageChops, ImageStat

from exports.pdf import write_pdf
from model.design.columns import Shown
from tests.exports.pdf.reading import LANGUAGES, report_called
from tests.reports import SAMPLES

FOLDER = Path(__file__).parent / "pages"
REPORTS: tuple[tuple[str, Shown], ...] = (
    *((name, language) for name in (*SAMPLES, "compared") for language in LANGUAGES),
    ("as-is", "en"),
    ("as-is", "ja"),
    ("short", "en"),
    ("a3", "ja"),
    ("upright", "ja"),
    ("letter", "en"),
)
WIDTH, HEIGHT = 112, 80
"""Pixels of a page in a sheet: lines of text are grey, tables and drawings can be told."""
ACROSS = 6


def thumbnails(data: bytes) -> list[Image.Image]:
    """Every page of a PDF, small and grey, on a frame of one size."""
    found = []
    with pdfplumber.open(io.BytesIO(data)) as opened:
        for page in opened.pages:
            large = page.to_image(resolution=48).original.convert("L")
            scale = min(WIDTH / large.width, HEIGHT / large.height)
            small = large.resize(
                (round(large.width * scale), round(large.height * scale)), Image.Resampling.BOX
            )
            frame = Image.new("L", (WIDTH, HEIGHT), 128)
            frame.paste(small, (0, 0))
            found.append(frame)
    return found


def sheet_of(pictures: Sequence[Image.Image]) -> Image.Image:
    """Pictures side by side and below one another, in 16 shades of grey."""
    sheet = Image.new("L", (WIDTH * ACROSS, HEIGHT * -(-len(pictures) // ACROSS)), 128)
    for number, each in enumerate(pictures):
        sheet.paste(each, (number % ACROSS * WIDTH, number // ACROSS * HEIGHT))
    return sheet.point([value // 17 * 17 for value in range(256)])


def pages_of(sheet: Image.Image, count: int) -> list[Image.Image]:
    """The first pictures of a sheet."""
    boxes = [(number % ACROSS * WIDTH, number // ACROSS * HEIGHT) for number in range(count)]
    return [sheet.crop((x, y, x + WIDTH, y + HEIGHT)) for x, y in boxes]


def differs(one: Image.Image, other: Image.Image) -> float:
    """How far two pages are apart where they differ most, 0 to 255, in squares of eight pixels."""
    size = WIDTH // 8, HEIGHT // 8
    blurred = [each.resize(size, Image.Resampling.BOX) for each in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*blurred)).extrema[0][1])


def path_of(name: str, language: str) -> Path:
    """Where the sheet of a report is."""
    return FOLDER / f"{name}-{language}.png"


def main() -> None:
    """Write every sheet anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, language in REPORTS:
        pictures = thumbnails(write_pdf(report_called(name, language)))
        sheet_of(pictures).quantize(16).save(path_of(name, language), optimize=True)
        print(path_of(name, language), len(pictures))


if __name__ == "__main__":
    main()

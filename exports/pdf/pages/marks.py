"""The company's mark on pages: its logo and its name. Lengths are points from the top left corner."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from exports.pdf.pages.style import SOFT, Paper, text_measure
from model.design.profile import Logo, Profile
from model.errors import ExportError
from model.sentences import told
from model.shapes.geometry import Rect
from model.shapes.primitives import Text

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 900
"""Of a PNG's longer side as it is put into the file: sharp in print at the size of a cover's logo."""


class Stamp(NamedTuple):
    """A logo in a rectangle of its proportions."""

    rect: Rect
    logo: Logo


def stamp(logo: Logo, right: float, top: float, width: float, height: float) -> Stamp:
    """The logo as large as it may be in a box, at the box's right end and in the middle of its height."""
    scale = min(width / logo.aspect, height)
    wide, high = scale * logo.aspect, scale
    return Stamp(Rect(right - wide, top + (height - high) / 2, wide, high), logo)


def running(profile: Profile, paper: Paper) -> tuple[Stamp | Text, ...]:
    """What stands above the text of every page but the cover."""
    found: list[Stamp | Text] = []
    right = paper.right
    if profile.logo is not None:
        mark = stamp(profile.logo, right, 14, 120, 17)
        found.append(mark)
        right = mark.rect.left - 8
    if profile.company:
        name = text_measure().elide(profile.company, 7.5, paper.room * 0.6)
        found.append(Text(right, 26, name, 7.5, SOFT, anchor="end"))
    return tuple(found)


@lru_cache(8)
def flattened(logo: Logo) -> Image:
    """A PNG on white, no larger than print needs. Raises ExportError where it cannot be decoded."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(logo.bytes), formats=("PNG",)) as opened:
            seen = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ExportError(
            told("The logo cannot be decoded; save it again as PNG and choose it anew.")
        ) from error
    white = Image.new("RGBA", seen.size, "#ffffff")
    plain = Image.alpha_composite(white, seen).convert("RGB")
    if max(plain.size) > _MOST_PIXELS:
        plain.thumbnail((_MOST_PIXELS, _MOST_PIXELS), Image.Resampling.LANCZOS)
    return plain


def put_image(canvas: Any, mark: Stamp, paper: Paper) -> None:
    """Put a PNG on the page that reportlab's canvas is at."""
    from reportlab.lib.utils import ImageReader

    rect = mark.rect
    image = ImageReader(flattened(mark.logo))
    canvas.drawImage(image, rect.left, paper.height - rect.bottom, rect.width, rect.height)

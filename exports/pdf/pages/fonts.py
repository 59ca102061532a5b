"""The bundled fonts, registered with reportlab once."""

from __future__ import annotations

from functools import cache
from typing import Any

import resources

REGULAR = "NotoSansJP-Regular"
BOLD = "NotoSansJP-Bold"


@cache
def bundled_fonts() -> dict[str, Any]:
    """reportlab's font objects by name."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics

    from exports.pdf.pages.face import Font

    # Otherwise reportlab names Helvetica on every page and leaves it to the reader's machine.
    rl_config.canvas_basefontname = REGULAR
    rl_config.useA85 = 0  # ASCII armour would make every stream a quarter larger
    fonts = {name: Font(name, resources.path(f"fonts/{name}.ttf")) for name in (REGULAR, BOLD)}
    for font in fonts.values():
        pdfmetrics.registerFont(font)
    return fonts

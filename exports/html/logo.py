"""The company's logo inside the page: an SVG as shapes, a PNG as data; nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator

from exports.markup import number
from exports.pictures.svg_file import path_data
from model.design.profile import Logo


def logo_lines(logo: Logo) -> Iterator[str]:
    """The lines of a logo. It says nothing that the company's name beside it does not."""
    vector = logo.vector
    if vector is None:
        yield f'<img class="logo" alt="" src="data:{logo.media};base64,{logo.data}">'
        return
    size = f"0 0 {number(vector.size.width)} {number(vector.size.height)}"
    yield f'<svg class="logo" viewBox="{size}" aria-hidden="true">'
    for shape in vector.shapes:
        stroke = f' stroke="{shape.stroke}" stroke-width="{number(shape.width)}"' if shape.stroke else ""
        rule = ' fill-rule="evenodd"' if shape.even_odd else ""
        yield f'<path d="{path_data(shape.path)}" fill="{shape.fill or "none"}"{stroke}{rule}/>'
    yield "</svg>"

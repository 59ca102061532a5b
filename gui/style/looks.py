"""What drawing on the canvas needs, from the resources: themes, the text measure, and the colour of a kind's tile."""

from __future__ import annotations

from functools import cache

import resources
from gui.style.theme import Mode
from model.catalog.catalog import Catalog
from model.catalog.rules import Kind
from model.frozen import Language
from model.picture.look import Look
from model.shapes.text import TextMeasure, measure
from model.shapes.theme import Theme, parse_theme


@cache
def text_measure() -> TextMeasure:
    """The measure of the bundled fonts."""
    return measure(resources.text("fonts/widths.json"))


@cache
def drawing_theme(mode: Mode) -> Theme:
    """The theme of the drawing."""
    return parse_theme(resources.text(f"themes/{mode}.json"))


def look(catalog: Catalog, mode: Mode, language: Language) -> Look:
    """How the canvas draws a design of this catalog."""
    return Look(catalog, drawing_theme(mode), text_measure(), language)


def tile_of(kind: Kind, mode: Mode) -> str:
    """The colour of a kind's tile."""
    return drawing_theme(mode).tile(kind.group)

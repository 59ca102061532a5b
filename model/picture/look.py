"""How a drawing is to look: what every part of it needs to know."""

from __future__ import annotations

from typing import NamedTuple

from model.catalog.catalog import Catalog
from model.frozen import Language
from model.shapes.text import TextMeasure
from model.shapes.theme import Theme

GRID = 10


class Look(NamedTuple):
    """How a drawing is to look: whose names, which theme, which measure, which language."""

    catalog: Catalog
    theme: Theme
    measure: TextMeasure
    language: Language

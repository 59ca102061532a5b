"""What every page shares: paper, margins, colours, type sizes, the measure of the bundled font. Lengths are points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import resources
from model.design.profile import Profile
from model.shapes.icons import Icon, icons
from model.shapes.text import TextMeasure, measure
from model.shapes.theme import Theme, parse_theme


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet's size and what is left of it inside margins and footer."""

    width: float
    height: float

    left = 32.0
    top = 40.0

    @property
    def right(self) -> float:
        """The right end of the text area."""
        return self.width - self.left

    @property
    def bottom(self) -> float:
        """The lower end of the text area, above the footer."""
        return self.height - 46.0

    @property
    def room(self) -> float:
        """The width of the text area."""
        return self.right - self.left


A4 = Paper(841.89, 595.28)
A3 = Paper(1190.55, 841.89)
LETTER = Paper(792.0, 612.0)
TABLOID = Paper(1224.0, 792.0)


class Papers(NamedTuple):
    """The sheets of one report: for text, for tables that need the width, and for large drawings."""

    text: Paper
    wide: Paper
    large: Paper


def papers_of(profile: Profile) -> Papers:
    """The sheets that a profile asks for."""
    wide, large = {"a4": (A4, A3), "a3": (A3, A3), "letter": (LETTER, TABLOID)}[profile.paper]
    text = Paper(wide.height, wide.width) if profile.orientation == "portrait" else wide
    return Papers(text, wide, large)


INK = "#111820"
SOFT = "#4d5a69"
HEAD = "#0b3f93"
RULE = "#c9d1db"
BAND = "#edf1f6"

CELL = 6.5
"""The size of table text."""
LEADING = 8.4
"""The distance between lines of table text."""
PAD = 2.8
"""The room around the text of a cell."""


@cache
def text_measure() -> TextMeasure:
    """The measure of the bundled fonts."""
    return measure(resources.text("fonts/widths.json"))


def first_base() -> float:
    """How far below the padding of a cell the baseline of its first line lies."""
    measure = text_measure()
    return (LEADING - measure.line_height(CELL)) / 2 + measure.ascent(CELL)


@cache
def paper_theme() -> Theme:
    """The theme for paper."""
    return parse_theme(resources.text("themes/paper.json"))


@cache
def bundled_icons() -> Mapping[str, Icon]:
    """The bundled icons."""
    return icons(resources.text("icons/icons.json"))

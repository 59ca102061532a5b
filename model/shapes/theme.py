"""Colours and line styles as data, for the screen (light, dark) and for paper.

Colours are "#rrggbb", lengths scene pixels.
"""

from typing import Annotated, Literal

from pydantic import StringConstraints

from model.frozen import Frozen

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]


ThemeName = Literal["light", "dark", "paper"]
"""The themes that ship."""


class ZoneStyle(Frozen):
    """How zones of one kind look."""

    fill: Colour
    stroke: Colour
    title: Colour
    dash: tuple[float, ...] = ()


class LineStyle(Frozen):
    """How connectors of one purpose look: colour and pattern, so that neither has to carry the meaning alone."""

    colour: Colour
    width: float = 1.6
    dash: tuple[float, ...] = ()


class ChangeStyle(Frozen):
    """How something added, removed or changed looks; `mark` stands in its label, `fill` behind its table row."""

    colour: Colour
    fill: Colour
    mark: str
    width: float
    dash: tuple[float, ...] = ()


class StepBack(Frozen):
    """How opaque on screen stays what steps back: cards and lines beside a selection, and lines in a crowd of lines."""

    card: float = 0.38
    line: float = 0.13
    crowd: float = 0.45


class Theme(Frozen):
    """A whole theme. The styles keyed "default" stand in for kinds, groups and purposes a theme does not name."""

    id: str
    canvas: Colour
    grid: Colour
    text: Colour
    muted: Colour
    accent: Colour
    card: Colour
    card_stroke: Colour
    tile_mark: Colour
    label: Colour
    zones: dict[str, ZoneStyle]
    tiles: dict[str, Colour]
    purposes: dict[str, LineStyle]
    changes: dict[str, ChangeStyle]
    back: StepBack = StepBack()

    def zone(self, kind: str) -> ZoneStyle:
        """The style of a zone kind."""
        return self.zones.get(kind, self.zones["default"])

    def tile(self, group: str) -> str:
        """The colour of the icon tiles of a palette group."""
        return self.tiles.get(group, self.tiles["default"])

    def purpose(self, purpose: str) -> LineStyle:
        """The style of a purpose."""
        return self.purposes.get(purpose, self.purposes["default"])


def parse_theme(data: str) -> Theme:
    """A theme from its JSON text."""
    return Theme.model_validate_json(data)

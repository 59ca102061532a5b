"""The course of a connector as a hand laid it. Stored in the design; every other connector finds its way by itself.

A course of components that are not there (any more) counts for nothing.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.catalog.rules import Identifier
from model.design.fields import FURTHEST, Coordinate, Several
from model.frozen import Frozen
from model.sentences import told


class Course(Frozen):
    """Straight pieces in turn from source to target, the first along `axis`.

    `places` holds for every piece where it lies across its direction: y for a level one, x for an upright one.
    """

    source: Identifier
    target: Identifier
    axis: Literal["x", "y"] = "x"
    places: Annotated[Several[Coordinate], Field(min_length=1, max_length=24)]

    @property
    def pair(self) -> tuple[str, str]:
        """The ends."""
        return self.source, self.target

    @model_validator(mode="after")
    def _two_ends(self) -> Self:
        if self.source == self.target:
            raise ValueError(told("a connector joins two components; name another target"))
        return self

    def shifted(self, dx: int, dy: int) -> Self:
        """All of it elsewhere."""
        places = [place + (dy if level else dx) for place, level in self._pieces()]
        return self._with(places)

    def followed(self, source: tuple[int, int], target: tuple[int, int]) -> Self:
        """After its ends moved by so much: all of it where both did the same, else the pieces that touch them."""
        if source == target:
            return self.shifted(*source)
        pieces = self._pieces()
        if len(pieces) == 1:
            return self
        places = list(self.places)
        for number, by in ((0, source), (-1, target)):
            places[number] += by[1] if pieces[number][1] else by[0]
        return self._with(places)

    def _with(self, places: list[int]) -> Self:
        return self.evolve(places=tuple(min(max(place, -FURTHEST), FURTHEST) for place in places))

    def _pieces(self) -> list[tuple[int, bool]]:
        """Every place, and whether the piece is level."""
        return [(place, (number % 2 == 0) == (self.axis == "x")) for number, place in enumerate(self.places)]

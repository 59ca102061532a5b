"""Saved views: which flows are shown, and from where they are looked at. Stored in the design, never derived from.

Whatever a filter names and design or catalog do not have (any more) counts for nothing, so a view outlives the
zone it was made for.
"""

from typing import Annotated

from pydantic import Field

from model.catalog.rules import Identifier, PortNumber
from model.design.fields import Coordinate, Name, Several
from model.frozen import Frozen

MAX_CHOICES = 1_000


class Filter(Frozen):
    """Which flows are shown: those that meet every part that asks for something.

    `features`: one of them asks for the flow; `zones`: it begins or ends in one of them, nested ones included; `ports`:
    it goes to one of them; `findings`: a finding concerns one of its ends; `changes`: it comes, goes or changes.
    """

    features: Several[Identifier] = Field(default=(), max_length=MAX_CHOICES)
    zones: Several[Identifier] = Field(default=(), max_length=MAX_CHOICES)
    ports: Several[PortNumber] = Field(default=(), max_length=MAX_CHOICES)
    findings: bool = False
    changes: bool = False


ALL = Filter()
"""Shows every flow."""


class SavedView(Frozen):
    """A filter, the purposes whose connectors are not drawn (null: the quiet ones), and a place to look at.

    `centre` is the point in the middle of the canvas in scene pixels, `zoom` the scale in percent.
    """

    id: Identifier
    name: Name
    filter: Filter = ALL
    hidden: Several[Identifier] | None = None
    centre: tuple[Coordinate, Coordinate] = (0, 0)
    zoom: Annotated[int, Field(ge=1, le=1_000)] = 100

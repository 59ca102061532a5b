"""What stands on the canvas: zones, components and notes, and which component uses which. Values of the design."""

from functools import cached_property
from typing import Literal

from pydantic import Field

from model.catalog.rules import Identifier, PortNumber
from model.design.fields import (
    MAX_ADDRESSES,
    Address,
    Cidr,
    Coordinate,
    Extent,
    Fqdn,
    HostCount,
    Line,
    Name,
    Prose,
    SettingValue,
    Several,
)
from model.frozen import Frozen
from model.shapes.geometry import Point, Rect

ZoneKind = Literal["vpc", "subnet", "dmz", "data-center", "office", "internet", "other"]


class Zone(Frozen):
    """A network area. `frame` is [x, y, width, height]; `firewall` names the device its boundary stands for.

    `collapsed`: the canvas shows it as one node; its frame is kept for when it is expanded again.
    """

    id: Identifier
    name: Name
    kind: ZoneKind
    cidrs: Several[Cidr] = Field(default=(), max_length=1_000)
    parent: Identifier | None = None
    frame: tuple[Coordinate, Coordinate, Extent, Extent]
    firewall: Line = ""
    collapsed: bool = False
    locked: bool = False

    @property
    def rect(self) -> Rect:
        """The frame as a rectangle in scene pixels."""
        return Rect(*self.frame)


class Component(Frozen):
    """One host, a group of `count` identical hosts, or a service. `position` is the top left corner.

    `features` and `settings` override the design's; `ports` maps a default listening port to the one used here (D12);
    `proxies` maps a traffic class to the web proxy it goes through (D11).
    """

    id: Identifier
    kind: Identifier
    name: Name
    zone: Identifier | None = None
    position: tuple[Coordinate, Coordinate] = (0, 0)
    count: HostCount = 1
    addresses: Several[Address] = Field(default=(), max_length=MAX_ADDRESSES)
    fqdn: Fqdn | None = None
    features: dict[Identifier, bool] = Field(default_factory=dict)
    settings: dict[Identifier, SettingValue] = Field(default_factory=dict)
    ports: dict[PortNumber, PortNumber] = Field(default_factory=dict)
    proxies: dict[Identifier, Identifier] = Field(default_factory=dict)
    locked: bool = False
    """Not moved, renamed or deleted by hand; see `model.editing.locks`."""

    @cached_property
    def likeness(self) -> str:
        """Equal for components that open the same where they also use the same others; a text, whose hash is kept."""
        choices = (self.features, self.settings, self.ports, self.proxies)
        return repr((self.kind, *choices)) if any(choices) else self.kind

    @property
    def point(self) -> Point:
        """The position as a point in scene pixels."""
        return Point(*self.position)


class Assignment(Frozen):
    """Narrows D2: `source` uses only `targets` of a kind, or none of that kind. Without one it uses all of them."""

    source: Identifier
    kind: Identifier
    targets: Literal["none"] | Several[Identifier]

    @cached_property
    def likeness(self) -> str:
        """Equal for assignments to the same targets; a text, whose hash is kept."""
        return repr((self.kind, self.targets))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen components; empty for "none"."""
        return () if self.targets == "none" else self.targets


class Note(Frozen):
    """Free text on the canvas; `frame` is [x, y, width, height]."""

    id: Identifier
    text: Prose
    frame: tuple[Coordinate, Coordinate, Extent, Extent]
    locked: bool = False

    @property
    def rect(self) -> Rect:
        """The frame as a rectangle in scene pixels."""
        return Rect(*self.frame)

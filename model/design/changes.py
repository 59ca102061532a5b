"""What-if changes as values, and the scenarios that are made of them; `scenario` lays them over a design."""

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Tag, model_validator

from model.catalog.rules import Identifier, PortNumber
from model.design.elements import Component
from model.design.fields import HostCount, Name, SettingValue, Several
from model.frozen import Frozen
from model.sentences import told


class Change(Frozen):
    """One what-if change to the design or to one component.

    It sets a feature (true or false; null goes back to what is inherited) or a setting.
    """

    feature: Identifier | None = None
    setting: Identifier | None = None
    value: bool | SettingValue | None
    component: Identifier | None = None

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        if (self.feature is None) == (self.setting is None):
            raise ValueError(told("a change names either a feature or a setting"))
        if self.value is not None and isinstance(self.value, bool) != (self.feature is not None):
            raise ValueError(told("a feature is set to true or false, a setting to a text"))
        return self


class PortChange(Frozen):
    """Lets a component listen on `value` instead of the default `port`; null goes back to the default (D12)."""

    port: PortNumber
    value: PortNumber | None
    component: Identifier


class ProxyChange(Frozen):
    """Sends a traffic class of a component through the web proxy `value`; null goes direct (D11)."""

    traffic: Identifier
    value: Identifier | None
    component: Identifier


class ServersChange(Frozen):
    """Ties a component to these components of the kind `servers`, or to none; null: to all of them again (D2)."""

    servers: Identifier
    value: Literal["none"] | Several[Identifier] | None
    component: Identifier

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if self.value == ():
            raise ValueError(told('name at least one component, or write "none" or null'))
        return self


class CountChange(Frozen):
    """Makes a component a group of `count` hosts."""

    count: HostCount
    component: Identifier


class Addition(Frozen):
    """Puts a component on the canvas."""

    add: Component

    @property
    def component(self) -> str:
        """The id of the component."""
        return self.add.id

    def __hash__(self) -> int:
        return hash(self.add.id)


class Removal(Frozen):
    """Takes a component from the canvas, with the ties to it."""

    remove: Identifier

    @property
    def component(self) -> str:
        """The id of the component."""
        return self.remove


def _member(value: Any) -> str:
    """Which change is written, told apart by its key; what has none of the keys is read as a feature or setting."""
    keys = value if isinstance(value, dict) else type(value).model_fields if isinstance(value, Frozen) else ()
    return next((name for key, name in _MEMBERS.items() if key in keys), "Change")


_MEMBERS = {
    "port": "PortChange",
    "traffic": "ProxyChange",
    "servers": "ServersChange",
    "count": "CountChange",
    "add": "Addition",
    "remove": "Removal",
}


AnyChange = Annotated[
    Annotated[Change, Tag("Change")]
    | Annotated[PortChange, Tag("PortChange")]
    | Annotated[ProxyChange, Tag("ProxyChange")]
    | Annotated[ServersChange, Tag("ServersChange")]
    | Annotated[CountChange, Tag("CountChange")]
    | Annotated[Addition, Tag("Addition")]
    | Annotated[Removal, Tag("Removal")],
    Discriminator(_member),
]
"""One change that a scenario may make; a closed union, told apart by its key."""


def mentioned(change: AnyChange) -> tuple[str, ...]:
    """The components that a change needs to be there, by id."""
    match change:
        case Addition():
            return tuple(change.add.proxies.values())
        case ProxyChange(value=str(proxy)):
            return change.component, proxy
        case ServersChange(value=tuple(servers)):
            return change.component, *servers
        case _:
            return (change.component,) if change.component is not None else ()


class Scenario(Frozen):
    """A named set of changes laid over the design. They may name the design's components and those they add."""

    id: Identifier
    name: Name
    changes: Several[AnyChange] = ()

"""What lies between two designs: the changes a scenario can make, and the rest, which only an edit can.

With them an edit made to what a what-if shows is told apart into what is tried out and what is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from model.design.changes import (
    Addition,
    AnyChange,
    Change,
    CountChange,
    PortChange,
    ProxyChange,
    Removal,
    ServersChange,
)
from model.design.course import Course
from model.design.design import Design
from model.design.elements import Component
from model.editing import edits

Key = TypeVar("Key")
Value = TypeVar("Value")

_CHOICES = {"id", "kind", "count", "features", "settings", "ports", "proxies"}
_CARRIED = tuple(name for name in Component.model_fields if name not in _CHOICES)
"""The fields of a component that no change of a scenario sets."""

_CHANGED = {"format", "catalog", "features", "settings", "components", "assignments", "scenarios", "courses"}
_KEPT = tuple(name for name in Design.model_fields if name not in _CHANGED)
"""The fields of a design that no change of a scenario sets."""


def changes_between(before: Design, after: Design) -> tuple[AnyChange, ...]:
    """The changes of a scenario that make of one design what they can of another, what is added first.

    What is left is what `carried` takes over.
    """
    gone = [each for each in before.component_by_id if each not in after.component_by_id]
    kept = edits.delete(before, gone)
    return (
        *_additions(before, after),
        *_shared(kept, after),
        *(change for each in after.components for change in _own(kept, after, each)),
        *(Removal(remove=name) for name in gone),
    )


def carried(design: Design, after: Design) -> Design:
    """A design with everything of another that no change of a scenario sets: names, places, zones, notes, document.

    So are the places of what scenarios add. What else concerns components that only one of them has stays as it is.
    Raises DesignError where they do not go together.
    """
    there = after.component_by_id
    kept = edits.delete(design, design.zone_by_id.keys() - after.zone_by_id.keys())
    added = {name: there.get(name, each).position for name, each in edits.additions(after).items()}
    return edits.change_design(
        kept,
        scenarios=edits.added_at(kept, added),
        **{name: getattr(after, name) for name in _KEPT},
        components=tuple(_like(each, there.get(each.id)) for each in kept.components),
        courses=(
            *_courses(after, kept),
            *(each for each in kept.courses if not there.keys() >= {*each.pair}),
        ),
    )


def same(one: Design, other: Design, base: Design) -> bool:
    """Whether two designs made from a third are the same but for scenarios and the order of components and ties.

    How connectors run counts where the third has both their ends.
    """
    return (
        one.component_by_id == other.component_by_id
        and one.assignments_of == other.assignments_of
        and _bare(one) == _bare(other)
        and {each.pair: each for each in _courses(one, base)}
        == {each.pair: each for each in _courses(other, base)}
    )


def _bare(design: Design) -> Design:
    return design.evolve(components=(), assignments=(), scenarios=(), courses=())


def _courses(design: Design, base: Design) -> tuple[Course, ...]:
    """The courses of connectors between components that another design has."""
    return tuple(each for each in design.courses if base.component_by_id.keys() >= {*each.pair})


def _like(component: Component, model: Component | None) -> Component:
    if model is None:  # it is only taken away on trial
        return component
    fields = {name: getattr(model, name) for name in _CARRIED}
    if all(getattr(component, name) == value for name, value in fields.items()):
        return component
    return component.evolve(**fields)


def _additions(before: Design, after: Design) -> Iterator[AnyChange]:
    """What is new, without the proxies among what is new: those are chosen when all are there."""
    for each in after.components:
        if each.id not in before.component_by_id:
            known = {name: proxy for name, proxy in each.proxies.items() if proxy in before.component_by_id}
            yield Addition(add=each if known == each.proxies else each.evolve(proxies=known))


def _shared(before: Design, after: Design) -> Iterator[AnyChange]:
    for feature, on in _differing(before.features, after.features):
        yield Change(feature=feature, value=on)
    for setting, value in _differing(before.settings, after.settings):
        yield Change(setting=setting, value=value)


def _own(before: Design, after: Design, component: Component) -> Iterator[AnyChange]:
    """The changes of one component that is there afterwards."""
    name = component.id
    was = before.component_by_id.get(name)
    ties = {kind: each.targets for kind, each in before.assignments_of.get(name, {}).items()}
    new = {kind: each.targets for kind, each in after.assignments_of.get(name, {}).items()}
    for kind, targets in _differing(ties, new):
        yield ServersChange(servers=kind, value=targets, component=name)
    if was is None:
        there = before.component_by_id
        known = {traffic: proxy for traffic, proxy in component.proxies.items() if proxy in there}
        was = component.evolve(proxies=known)
    for feature, on in _differing(was.features, component.features):
        yield Change(feature=feature, value=on, component=name)
    for setting, value in _differing(was.settings, component.settings):
        yield Change(setting=setting, value=value, component=name)
    for port, actual in _differing(was.ports, component.ports):
        yield PortChange(port=port, value=actual, component=name)
    for traffic, proxy in _differing(was.proxies, component.proxies):
        yield ProxyChange(traffic=traffic, value=proxy, component=name)
    if was.count != component.count:
        yield CountChange(count=component.count, component=name)


def _differing(before: Mapping[Key, Value], after: Mapping[Key, Value]) -> Iterator[tuple[Key, Value | None]]:
    """The keys whose values differ, with the later value; None where there is none any more."""
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield key, after.get(key)

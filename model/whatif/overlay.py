"""Scenarios laid over a design, in any number: what they set, where they contradict each other, what results."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from model.catalog.catalog import Catalog
from model.design.changes import (
    Addition,
    AnyChange,
    Change,
    CountChange,
    PortChange,
    ProxyChange,
    Removal,
    Scenario,
    ServersChange,
    mentioned,
)
from model.design.design import Design
from model.editing.scenario import apply_changes
from model.errors import ChangeError
from model.sentences import told
from model.whatif.words import change_text


class Conflict(NamedTuple):
    """Two scenarios that set the same thing differently, each with its change."""

    first: Scenario
    first_change: AnyChange
    second: Scenario
    second_change: AnyChange


def subject_of(change: AnyChange) -> Hashable:
    """What a change sets: equal for two changes of which only the later can have its way."""
    match change:
        case Change():
            return (
                "feature" if change.feature else "setting",
                change.feature or change.setting,
                change.component,
            )
        case PortChange():
            return "port", change.port, change.component
        case ProxyChange():
            return "proxy", change.traffic, change.component
        case ServersChange():
            return "servers", change.servers, change.component
        case CountChange():
            return "count", change.component
        case Addition() | Removal():
            return "component", change.component


def settled(changes: Iterable[AnyChange]) -> tuple[AnyChange, ...]:
    """Changes without those that a later one overrides: what is added first, what is removed last."""
    last = {subject_of(change): change for change in changes}
    return tuple(sorted(last.values(), key=_turn))


def _turn(change: AnyChange) -> int:
    return 0 if isinstance(change, Addition) else 2 if isinstance(change, Removal) else 1


def conflicts(scenarios: Iterable[Scenario]) -> tuple[Conflict, ...]:
    """Every contradiction between two of the scenarios."""
    return tuple(
        conflict for first, second in combinations(scenarios, 2) for conflict in _between(first, second)
    )


def _between(first: Scenario, second: Scenario) -> Iterator[Conflict]:
    for one in settled(first.changes):
        for other in settled(second.changes):
            same = subject_of(one) == subject_of(other)
            if (same and one != other) or (not same and (_breaks(one, other) or _breaks(other, one))):
                yield Conflict(first, one, second, other)


def _breaks(removal: AnyChange, other: AnyChange) -> bool:
    """Whether one change removes a component that the other needs."""
    return isinstance(removal, Removal) and removal.remove in mentioned(other)


def overlaid(design: Design, catalog: Catalog, *scenarios: Scenario) -> Design:
    """The design with scenarios stacked over it; the order in which they are named makes no difference.

    Raises ChangeError where two of them contradict each other, or one names something that does not exist.
    """
    for found in conflicts(scenarios):
        one = change_text(catalog, design, found.first_change).en
        other = change_text(catalog, design, found.second_change).en
        raise ChangeError(
            told(
                "The scenarios {first} and {second} contradict each other: {one} against {other}. "
                "Use one of them, or change one.",
                first=found.first.name,
                second=found.second.name,
                one=one,
                other=other,
            )
        )
    stacked = sorted(scenarios, key=lambda scenario: scenario.id)
    return apply_changes(design, catalog, settled(each for one in stacked for each in one.changes))


def included(design: Design, catalog: Catalog, scenario: Scenario) -> bool:
    """Whether a design already is as a scenario wants it, as one that it was laid over; not where it wants nothing."""
    return bool(scenario.changes) and all(_holds(design, catalog, change) for change in scenario.changes)


def _holds(design: Design, catalog: Catalog, change: AnyChange) -> bool:
    if isinstance(change, Addition):
        return design.component_by_id.get(change.component) == change.add
    if isinstance(change, Removal):
        return change.component not in design.component_by_id
    try:
        return apply_changes(design, catalog, [change]) == design
    except ChangeError:
        return False


def scenario_named(design: Design, name: str) -> Scenario:
    """The scenario with an id or a name. Raises ChangeError."""
    for scenario in design.scenarios:
        if name in (scenario.id, scenario.name):
            return scenario
    known = ", ".join(scenario.id for scenario in design.scenarios) or "none"
    raise ChangeError(
        told("The design has no scenario {name}; its scenarios are {known}.", name=name, known=known)
    )


def stack_named(design: Design, text: str) -> tuple[Scenario, ...]:
    """The scenarios named by ids or names joined by +. Raises ChangeError."""
    if any(text in (each.id, each.name) for each in design.scenarios):
        return (scenario_named(design, text),)
    return tuple(scenario_named(design, name.strip()) for name in text.split("+"))

"""What each switch would do, before it is pressed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from model.design import Change, Component
from model.effective import Effective, effective_feature, effective_setting
from model.graph import FlowGraph
from model.rules import Feature, Setting
from model.whatif.board import Board, Counts

Switch = tuple[str, bool | str]
"""A feature with the value it would be switched to, or a setting with the choice that would be taken."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a switch would change in the design, and the flows that would come, go and change."""

    changes: tuple[Change, ...]
    counts: Counts


def previews(graph: FlowGraph, components: Collection[str] | None = None) -> dict[Switch, Preview]:
    """What every switch would do: of the whole design, or of the chosen components taken together.

    A feature that is on for all of them would be switched off, any other one on; a setting would get each choice
    that not all of them have. Components of kinds without the switch are left as they are; what none of them has
    is left out. Features that are set once for the design are among its switches only. The counts are those of
    `compare` between the graph and that of the changed design.
    """
    chosen = None if components is None else frozenset(components)
    board = Board(graph, () if chosen is None else (chosen,))
    found: dict[Switch, Preview] = {}
    for switch, changes in _switches(graph, chosen):
        found[switch] = Preview(changes, board.count(changes))
    return found


def _switches(graph: FlowGraph, chosen: frozenset[str] | None) -> Iterator[tuple[Switch, tuple[Change, ...]]]:
    for feature in graph.catalog.features:
        if chosen is not None and feature.scope == "design":
            continue
        targets = _targets(graph, chosen, feature)
        if targets:
            on = all(effective_feature(graph.design, each, feature).value for each in targets)
            yield (
                (feature.id, not on),
                tuple(Change(feature=feature.id, value=not on, component=_id(each)) for each in targets),
            )
    for setting in graph.catalog.settings:
        targets = _targets(graph, chosen, setting)
        values: set[Effective[str]] = {effective_setting(graph.design, each, setting) for each in targets}
        in_force = {each.value for each in values}
        for choice in setting.choices:
            if in_force and in_force != {choice.id}:
                yield (
                    (setting.id, choice.id),
                    tuple(
                        Change(setting=setting.id, value=choice.id, component=_id(each)) for each in targets
                    ),
                )


def _targets(
    graph: FlowGraph, chosen: frozenset[str] | None, switch: Feature | Setting
) -> tuple[Component | None, ...]:
    """Where the switch would be set: None stands for the design."""
    if chosen is None:
        return (None,)
    return tuple(each for each in graph.design.components if each.id in chosen and each.kind in switch.kinds)


def _id(component: Component | None) -> str | None:
    return None if component is None else component.id

"""Collapsed zones: what the canvas shows as one node, and the connectors merged at it.

Only the canvas folds. Papers and pictures for others always show everything: a change board must not miss a component
because somebody had folded its zone away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from model.derivation.comparison import Status
from model.design.design import Design
from model.design.elements import Component, Zone
from model.editing import edits
from model.picture.connectors import Link


@dataclass(frozen=True, slots=True)
class Folding:
    """What is folded away: `within` gives for every hidden component, zone and note the node that stands for it."""

    nodes: tuple[Zone, ...]
    within: Mapping[str, str]

    def end(self, name: str) -> str:
        """What the canvas shows for a component, zone or note: a node, or the thing itself."""
        return self.within.get(name, name)

    def pair(self, pair: tuple[str, str]) -> tuple[str, str]:
        """The ends of the connector that a pair of components is part of."""
        return self.end(pair[0]), self.end(pair[1])

    def merged(self, pair: tuple[str, str]) -> bool:
        """Whether a connector begins or ends at a node."""
        return any(node.id in pair for node in self.nodes)


def folding(design: Design) -> Folding:
    """What is folded away in a design: all that lies in a collapsed zone, notes inside its frame included."""
    outermost = {zone.id: _outermost(design, zone.id) for zone in design.zones}
    nodes = tuple(zone for zone in design.zones if outermost[zone.id] == zone.id)
    within = {name: node for name, node in outermost.items() if node is not None and node != name}
    if nodes:
        within |= {
            each.id: node for each in design.components if each.zone and (node := outermost[each.zone])
        }
    for note in design.notes:
        around = next((node.id for node in nodes if node.rect.contains(note.rect)), None)
        if around is not None:
            within[note.id] = around
    return Folding(nodes, within)


def _outermost(design: Design, zone: str) -> str | None:
    """The outermost collapsed zone around a zone, itself included."""
    folded = [name for name in design.zone_chain(zone) if design.zone_by_id[name].collapsed]
    return folded[-1] if folded else None


def held(design: Design, fold: Folding) -> dict[str, tuple[Component, ...]]:
    """The components that each node stands for, in design order."""
    found: dict[str, list[Component]] = {node.id: [] for node in fold.nodes}
    for component in design.components if found else ():
        if component.id in fold.within:
            found[fold.within[component.id]].append(component)
    return {name: tuple(components) for name, components in found.items()}


def folded(links: Iterable[Link], fold: Folding) -> tuple[Link, ...]:
    """The connectors as the canvas shows them: merged at nodes, without those inside one.

    What is left of a node's flows are the openings of its boundary.
    """
    if not fold.nodes:
        return tuple(links)
    found: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        pair = fold.pair((link.source, link.target))
        if pair[0] != pair[1]:
            found.setdefault(pair, []).append(link)
    return tuple(
        parts[0] if (parts[0].source, parts[0].target) == pair and len(parts) == 1 else _merged(pair, parts)
        for pair, parts in found.items()
    )


def _merged(pair: tuple[str, str], parts: list[Link]) -> Link:
    states: set[Status] = {link.status for link in parts}
    return Link(
        *pair,
        tuple(flow for link in parts for flow in link.flows),
        tuple(flow for link in parts for flow in link.removed),
        states.pop() if len(states) == 1 else "changed",
    )


def set_collapsed(design: Design, ids: Collection[str], value: bool) -> Design:
    """Collapse zones to one node each, or expand them. Other ids are passed over."""
    return edits.change_design(
        design,
        zones=tuple(
            zone.evolve(collapsed=value) if zone.id in ids and zone.collapsed != value else zone
            for zone in design.zones
        ),
    )

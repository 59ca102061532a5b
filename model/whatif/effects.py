"""What a difference means beyond its flows: for each pair of zones, for each firewall, and for the findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.derivation.comparison import Comparison, Status, compare
from model.derivation.graph import FlowGraph
from model.design.zoning import way
from model.findings import Finding, findings
from model.flow import Flow
from model.whatif.board import NOTHING, Counts

ZonePair = tuple[str | None, str | None]
"""The zones of the initiator and of the listener; None is outside every zone."""

_ONE: dict[Status, Counts] = {
    "added": Counts(added=1),
    "removed": Counts(removed=1),
    "changed": Counts(changed=1),
}


@dataclass(frozen=True, slots=True)
class Effects:
    """A comparison with what follows from it. Pairs and firewalls without a difference are left out.

    `firewalls` are the named devices on the boundaries that the flows cross.
    """

    comparison: Comparison
    zones: dict[ZonePair, Counts]
    firewalls: dict[str, Counts]
    new: tuple[Finding, ...]
    solved: tuple[Finding, ...]


def effects(before: FlowGraph, after: FlowGraph) -> Effects:
    """How one design differs from another, seen from all sides."""
    comparison = compare(before, after)
    zones: dict[ZonePair, Counts] = {}
    firewalls: dict[str, Counts] = {}
    for status, graph, flow in _differing(comparison, before, after):
        pair = graph.zone(flow.source), graph.zone(flow.destination)
        zones[pair] = zones.get(pair, NOTHING) + _ONE[status]
        for device in way(graph.design, *pair).firewalls:
            firewalls[device] = firewalls.get(device, NOTHING) + _ONE[status]
    earlier, later = findings(before), findings(after)
    return Effects(
        comparison,
        zones,
        firewalls,
        tuple(each for each in later if each not in earlier),
        tuple(each for each in earlier if each not in later),
    )


def _differing(
    comparison: Comparison, before: FlowGraph, after: FlowGraph
) -> Iterator[tuple[Status, FlowGraph, Flow]]:
    """Network flows that differ, each with the graph that knows its ends."""
    yield from (("added", after, flow) for flow in comparison.added if flow.basis.scope == "network")
    yield from (("removed", before, flow) for flow in comparison.removed if flow.basis.scope == "network")
    yield from (
        ("changed", after, each.after) for each in comparison.changed if each.after.basis.scope == "network"
    )

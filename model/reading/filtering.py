"""Which flows a filter lets through, as one question to ask of each flow."""

from __future__ import annotations

from collections.abc import Callable, Collection

from model.derivation.comparison import Comparison
from model.derivation.graph import FlowGraph
from model.design.views import Filter
from model.flow import Flow

Question = Callable[[Flow], bool]


def question(
    chosen: Filter, graph: FlowGraph, comparison: Comparison | None, concerned: Collection[str]
) -> Question | None:
    """Whether a flow, also one that the comparison says is gone, meets a filter; None where every flow does.

    `concerned`: the components and zones that findings concern; asked only where the filter asks for findings.
    """
    parts: list[Question] = []
    if features := graph.catalog.feature_by_id.keys() & set(chosen.features):
        parts.append(lambda flow: not features.isdisjoint(flow.basis.features))
    if chosen.ports:
        ports = frozenset(chosen.ports)
        parts.append(lambda flow: flow.port in ports)
    if zones := graph.design.zone_by_id.keys() & set(chosen.zones):
        parts.append(_touching(_inside(zones, graph, comparison)))
    if chosen.findings:
        ends = set(concerned) | _inside(graph.design.zone_by_id.keys() & set(concerned), graph, comparison)
        parts.append(_touching(ends))
    if chosen.changes:
        parts.append(lambda flow: comparison is not None and comparison.status(flow) != "unchanged")
    if not parts:
        return None
    return lambda flow: all(part(flow) for part in parts)


def _touching(components: Collection[str]) -> Question:
    return lambda flow: flow.source in components or flow.destination in components


def _inside(zones: Collection[str], graph: FlowGraph, comparison: Comparison | None) -> set[str]:
    """The components in zones or in what is nested in them, as drawn or as they were before."""
    designs = [graph.design] if comparison is None else [comparison.before.design, graph.design]
    found: set[str] = set()
    for design in designs:
        within = {zone.id for zone in design.zones if not set(design.zone_chain(zone.id)).isdisjoint(zones)}
        found |= {each.id for each in design.components if each.zone in within}
    return found

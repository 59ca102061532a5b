"""Finding things of a design by what is written on them: names, addresses, FQDNs, ports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from model.derivation.graph import FlowGraph
from model.flow import Flow

_PORT = re.compile(r"([0-9]{1,5})(?:/(tcp|udp))?")


@dataclass(frozen=True, slots=True)
class Hit:
    """A component, zone or note found by its `id`; or a connector, by the flow that was found first on it."""

    id: str = ""
    flow: Flow | None = None


def hits(graph: FlowGraph, text: str) -> tuple[Hit, ...]:
    """Everything on which all words of a text are written, in design order: components, zones, notes, connectors.

    Case does not matter. A connector is found by a port ("443", "514/udp") or by a part of a name it leads to.
    """
    words = text.casefold().split()
    if not words:
        return ()
    found = [Hit(name) for name, written in _written(graph) if all(word in written for word in words)]
    connectors: dict[tuple[str, str], Flow] = {}
    for flow in graph.network:
        if all(_leads_to(flow, word) for word in words):
            connectors.setdefault((flow.source, flow.destination), flow)
    return (*found, *(Hit(flow=flow) for flow in connectors.values()))


def _written(graph: FlowGraph) -> Iterator[tuple[str, str]]:
    design, kinds = graph.design, graph.catalog.kind_by_id
    for component in design.components:
        kind = kinds.get(component.kind)
        names = (component.kind,) if kind is None else (kind.name.en, kind.name.ja)
        yield component.id, _joined(component.name, *names, component.fqdn or "", *component.addresses)
    for zone in design.zones:
        yield zone.id, _joined(zone.name, zone.firewall, *zone.cidrs)
    for note in design.notes:
        yield note.id, _joined(note.text)


def _joined(*texts: str) -> str:
    return "\n".join(texts).casefold()


def _leads_to(flow: Flow, word: str) -> bool:
    port = _PORT.fullmatch(word)
    if port is not None and int(port[1]) == flow.port and port[2] in (None, flow.transport):
        return True
    return any(word in name for name in (*flow.basis.fqdns, *flow.basis.inferred_fqdns)) and len(word) > 1

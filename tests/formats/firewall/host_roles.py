"""What each host must accept and open, worked out flow by flow: the formats for hosts are compared with this."""

from __future__ import annotations

from model.derivation.graph import FlowGraph
from tests.formats.firewall.oracle import Networks, opened_by
from tests.formats.firewall.requests import SERVICES

Facts = tuple[str, str, int, Networks, Networks]
"""Direction as the host sees it, transport, port, the host's networks, the others' networks."""

LOOPBACK = (frozenset({"127.0.0.1/32"}), frozenset({"::1/128"}))


def expected(graph: FlowGraph) -> dict[str, set[Facts]]:
    found: dict[str, set[Facts]] = {
        each.id: set()
        for each in graph.design.components
        if each.kind in graph.catalog.kind_by_id and each.kind not in SERVICES
    }
    for flow in graph.flows:
        if flow.basis.scope == "host":
            for direction in ("in", "out"):
                found[flow.source] |= {(direction, flow.transport, flow.port, own, own) for own in LOOPBACK}
            continue
        for sources, destinations, transport, port in opened_by(graph, flow):
            if flow.source in found:
                found[flow.source].add(("out", transport, port, sources, destinations))
            if flow.destination in found:
                found[flow.destination].add(("in", transport, port, destinations, sources))
    return found

"""Findings that the catalog itself raises, by what a design uses; and cleartext protocols."""

from __future__ import annotations

from collections.abc import Iterator

from model import edits
from model.effective import features_on
from model.findings.finding import Finding, Fix, said
from model.flow import Flow
from model.frozen import Bilingual
from model.graph import FlowGraph
from model.rules import Notice


def raised(graph: FlowGraph) -> Iterator[Finding]:
    """The catalog's notices that this design gives reason for."""
    by_rule: dict[str, list[Flow]] = {}
    for flow in graph.network:
        for rule in flow.basis.rules:
            by_rule.setdefault(rule, []).append(flow)
    on = {
        component.id: features_on(graph.design, graph.catalog, component)
        for component in graph.design.components
    }
    design_on = graph.design.features
    for notice in graph.catalog.notices:
        if notice.unless is not None and design_on.get(notice.unless, False):
            continue
        subjects = tuple(dict.fromkeys(_subjects(notice, graph, by_rule, on)))
        if subjects:
            rules = tuple(rule for rule in notice.rules if rule in by_rule)
            yield Finding(
                notice.code,
                notice.severity,
                notice.message,
                subjects,
                notice.discrepancies,
                rules,
                _offer(graph, notice),
            )


def _subjects(
    notice: Notice, graph: FlowGraph, by_rule: dict[str, list[Flow]], on: dict[str, frozenset[str]]
) -> Iterator[str]:
    for rule in notice.rules:
        for flow in by_rule.get(rule, ()):
            yield flow.source
    for component in graph.design.components:
        if component.kind in notice.kinds or on[component.id].intersection(notice.features):
            yield component.id
    if notice.uncertain_names:
        yield from (flow.source for flow in graph.network if flow.basis.uncertain_fqdns)


def _offer(graph: FlowGraph, notice: Notice) -> Fix | None:
    if notice.offer is None or graph.design.features.get(notice.offer, False):
        return None
    feature = graph.catalog.feature_by_id[notice.offer]
    label = Bilingual(en=f"Switch on: {feature.name.en}", ja=f"有効にする: {feature.name.ja}")
    return Fix(label, lambda design: edits.set_feature(design, feature.id, True))


def cleartext(graph: FlowGraph) -> Iterator[Finding]:
    """Protocols that protect nothing, with what the document offers instead (warning), one finding each."""
    used: dict[str, list[Flow]] = {}
    for flow in graph.network:
        for name in flow.basis.protocol.split(", "):
            used.setdefault(name, []).append(flow)
    for protocol in graph.catalog.protocols:
        flows = used.get(protocol.name, [])
        if protocol.warns and flows:
            ports = sorted({(flow.port, flow.transport.upper()) for flow in flows})
            yield said(
                graph.catalog,
                "cleartext",
                [end for flow in flows for end in (flow.source, flow.destination)],
                {
                    "protocol": protocol.name,
                    "ports": ", ".join(f"{port}/{transport}" for port, transport in ports),
                    "count": len(flows),
                    "alternative": protocol.alternative or Bilingual(en="", ja=""),
                },
                {rule for flow in flows for rule in flow.basis.rules},
            )

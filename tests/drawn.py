"""Small designs and their flows written as short texts, so that expectations can be read beside the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from model.derivation.graph import FlowGraph
from model.design.design import CatalogReference, Design
from model.design.elements import Assignment, Component, Zone
from model.flow import Flow

GOV = "workload.gov-us-1.cloudonegov.trendmicro.com"
SIX = (
    GOV,
    f"agents-001.{GOV}",
    f"agents.{GOV}",
    f"dsmim.{GOV}",
    f"relay.{GOV}",
    f"xdr-resp-gw.{GOV}",
)
CENSUS = "dsaas1100-en-census.trendmicro.com"
ICRC = "dsaas.icrc.trendmicro.com"
TRX = ("dsaas-en-f.trx.trendmicro.com", "dsaas-en-b.trx.trendmicro.com")
GFRBRIDGE = "deepsecaas11-en.gfrbridge.trendmicro.com"
URL = "dsaas.url.trendmicro.com"
FEEDBACK = "ds200-en.fbs25.trendmicro.com"
NETWORK = "smart-protection-network"
SERVER = "smart-protection-server"
PROTECTION = (
    "smart-scan",
    "web-reputation",
    "behavior-monitoring",
    "predictive-machine-learning",
    "process-memory-scan",
    "smart-feedback",
)


def place(name: str, /, **fields: Any) -> Component:
    """A component by its id; "agent-2" is of kind agent unless `kind` says otherwise."""
    stem, _, number = name.rpartition("-")
    return Component(**{"id": name, "kind": stem if number.isdigit() else name, "name": name, **fields})


def draw(
    *components: str | Component,
    features: Iterable[str] = (),
    settings: Mapping[str, str] | None = None,
    tied: Mapping[tuple[str, str], str] | None = None,
    zones: Iterable[Zone] = (),
) -> Design:
    """A design of components given by name or made with `place`.

    `features` are on for the whole design. `tied` maps (source, kind) to "none" or to names with spaces between.
    """
    return Design(
        catalog=CatalogReference(id="workload-security-govcloud", version="2026-11"),
        components=tuple(place(item) if isinstance(item, str) else item for item in components),
        features=dict.fromkeys(features, True),
        settings=dict(settings or {}),
        assignments=tuple(
            Assignment(source=source, kind=kind, targets="none" if names == "none" else tuple(names.split()))
            for (source, kind), names in (tied or {}).items()
        ),
        zones=tuple(zones),
    )


def opened(graph: FlowGraph, *, source: str | None = None, scope: str = "network") -> set[str]:
    """The flows as "agent > relay 4122/tcp"; only those of one source where one is named."""
    return {
        f"{flow.source} > {flow.destination} {flow.port}/{flow.transport}"
        for flow in graph.of_scope(scope)
        if source in (None, flow.source)
    }


def ports(graph: FlowGraph, source: str, destination: str) -> set[str]:
    """The ports between two components as "443/tcp"."""
    return {f"{flow.port}/{flow.transport}" for flow in graph.by_pair.get((source, destination), ())}


def flow(graph: FlowGraph, text: str) -> Flow:
    """The flow written "agent > relay 4122/tcp"; fails where there is none."""
    (found,) = (
        item
        for item in graph.flows
        if text == f"{item.source} > {item.destination} {item.port}/{item.transport}"
    )
    return found


def names(graph: FlowGraph, source: str, destination: str) -> tuple[str, ...]:
    """The printed names of a pair, which all its network flows must share."""
    (found,) = {item.basis.fqdns for item in graph.by_pair[source, destination]}
    return found


def missing(graph: FlowGraph, source: str) -> set[str]:
    """What a component needs and does not find, as "dns-server 53/udp"; each must be reported once."""
    found = [f"{item.kind} {item.port}/{item.transport}" for item in graph.missing if item.source == source]
    assert len(found) == len(set(found)), found
    return set(found)


def rules(graph: FlowGraph, text: str) -> tuple[str, ...]:
    """The rules a flow cites."""
    return flow(graph, text).basis.rules


def necessity(graph: FlowGraph, text: str) -> str:
    """Whether a flow is required, conditional or optional."""
    return flow(graph, text).basis.necessity

"""What clients reach by name through web proxies: who, through which proxy, to which names on which port.

A flow from a proxy carries the names of all its clients together. What each client needs is read from the same design
with its proxies taken out: a direct flow there that is none here goes through the proxy that carries it here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exports.firewall.permits import WITHIN_HOST, Inexpressible, inexpressible
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.flow import Flow
from model.frozen import Bilingual

NOT_PROXIED = Bilingual(
    en="it goes directly, not through a web proxy", ja="Webプロキシを経由せず直接通信する"
)
UDP = Bilingual(en="UDP cannot go through a web proxy", ja="UDP は Webプロキシを経由できない")
NO_NAME = Bilingual(
    en="no name of the destination is known, and a proxy permits by name",
    ja="宛先の名前が分からず、名前で許可するプロキシでは表せない",
)


@dataclass(frozen=True, slots=True)
class Way:
    """What `client` needs from `destination` through `proxy`: exact names, one port. `tunnel`: encrypted (CONNECT).

    `proxy` is None in a design without any proxied flow. `first` is the flow to the proxy, `last` the one to the
    destination; without a proxy both are the direct flow.
    """

    client: str
    proxy: str | None
    destination: str
    port: int
    names: tuple[str, ...]
    tunnel: frozenset[bool]
    first: Flow
    last: Flow


def ways(graph: FlowGraph) -> tuple[Way, ...]:
    """Every way through a web proxy, in the graph's order; in a design without any, every TCP flow to a service.

    Servers on the premises are reached directly (D11).
    """
    to_proxy = [flow for flow in graph.network if flow.basis.proxied == "to-proxy"]
    if not to_proxy:
        services = {kind.id for kind in graph.catalog.kinds if kind.service}
        return tuple(
            _way(graph, flow, None, flow, flow)
            for flow in graph.network
            if flow.transport == "tcp" and graph.component(flow.destination).kind in services
        )
    return tuple(_through(graph, to_proxy))


def _direct_graph(graph: FlowGraph) -> FlowGraph:
    """The same design with every proxy taken out of the way."""
    bare = tuple(each.evolve(proxies={}) if each.proxies else each for each in graph.design.components)
    return derive(graph.design.evolve(components=bare), graph.catalog)


def _through(graph: FlowGraph, to_proxy: list[Flow]) -> Iterator[Way]:
    carried = {(flow.source, end): flow for flow in to_proxy for end in flow.basis.carried}
    for direct in _direct_graph(graph).network:
        first = carried.get((direct.source, direct.destination))
        if first is None or direct.key in graph.by_key:
            continue
        last = graph.by_key.get((first.destination, direct.destination, direct.port, direct.transport))
        if last is not None:
            yield _way(graph, direct, first.destination, first, last)


def _way(graph: FlowGraph, direct: Flow, proxy: str | None, first: Flow, last: Flow) -> Way:
    basis = direct.basis
    protocols = {each.name: each.encrypted for each in graph.catalog.protocols}
    return Way(
        direct.source,
        proxy,
        direct.destination,
        direct.port,
        (*basis.fqdns, *basis.inferred_fqdns),
        frozenset(protocols[each] for each in basis.protocol.split(", ")),
        first,
        last,
    )


def unexpressed(
    graph: FlowGraph, expressed: set[str], reasons: dict[str, Bilingual]
) -> tuple[Inexpressible, ...]:
    """Every flow that is not among those expressed, with its reason: a given one, or what rules proxies out."""
    found = []
    for flow in graph.flows:
        if flow.id in expressed and flow.id not in reasons:
            continue
        found.append(inexpressible(flow, reasons.get(flow.id) or _out(flow)))
    return tuple(found)


def _out(flow: Flow) -> Bilingual:
    if flow.basis.scope == "host":
        return WITHIN_HOST
    return UDP if flow.transport == "udp" else NOT_PROXIED

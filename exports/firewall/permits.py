"""Flows as what an address filter can hold: permits between address groups, and the flows that no permit can express.

One naming scheme for every format: the address group of a component is `host-` and its id (`source-` for what it
connects from where that is printed, and where it listens is not), a service object `tcp-` or `udp-` and the port, a
rule the id of its flow. Nothing is ever widened: a flow whose ends have no known addresses is listed as inexpressible,
and never becomes "any", a zone's network, or a name looked up today.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from model.derivation.graph import FlowGraph
from model.design.elements import Component
from model.flow import Flow
from model.frozen import Bilingual
from model.sentences import closed
from model.tables.matrix import source_object
from model.terms import Transport

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LOOPBACK = ("127.0.0.1/32", "::1/128")
"""What "localhost" stands for, one network per family (D13)."""

_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")

WITHIN_HOST = Bilingual(
    en="the connection stays within the host and never reaches a network filter",
    ja="ホスト内の通信であり、ネットワークのフィルターには届かない",
)
NO_COMMON_FAMILY = Bilingual(
    en="one end has only IPv4 and the other only IPv6 addresses",
    ja="一方は IPv4アドレスのみ、他方は IPv6アドレスのみである",
)


class Inexpressible(NamedTuple):
    """A flow that a format cannot express, by its id, its ends and its listener, and the reason."""

    flow: str
    source: str
    destination: str
    port: int
    transport: Transport
    reason: Bilingual

    @property
    def line(self) -> Bilingual:
        """The flow and the reason on one line."""
        what = f"{self.flow} {self.source} -> {self.destination} {self.port}/{self.transport}: "
        return Bilingual(en=what + self.reason.en, ja=what + self.reason.ja)


class Group(NamedTuple):
    """The address group of one component, its name and its networks in the shortest form, ascending."""

    component: str
    name: str
    v4: tuple[str, ...]
    v6: tuple[str, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """All networks, IPv4 first."""
        return self.v4 + self.v6


class Permit(NamedTuple):
    """One flow with the addresses of both ends."""

    flow: Flow
    source: Group
    destination: Group

    @property
    def families(self) -> Iterator[tuple[int, tuple[str, ...], tuple[str, ...]]]:
        """(4 or 6, source networks, destination networks) for each family that both ends have."""
        if self.source.v4 and self.destination.v4:
            yield 4, self.source.v4, self.destination.v4
        if self.source.v6 and self.destination.v6:
            yield 6, self.source.v6, self.destination.v6


class Permits(NamedTuple):
    """What an address filter can hold of a graph, in its order, and what it cannot. `loopback`: for host filters."""

    permits: tuple[Permit, ...]
    loopback: tuple[Flow, ...]
    inexpressible: tuple[Inexpressible, ...]

    @property
    def for_networks(self) -> tuple[Inexpressible, ...]:
        """What a filter between hosts cannot express: the same and the loopback flows."""
        return self.inexpressible + tuple(inexpressible(flow, WITHIN_HOST) for flow in self.loopback)


def group_name(component: str) -> str:
    """The name of the address object of a component."""
    return f"host-{component}"


def service_name(port: int, transport: Transport) -> str:
    """The name of a service object."""
    return f"{transport}-{port}"


def zone_name(zone: str | None) -> str:
    """The name of a zone on a device; None: that of what the design draws in none."""
    return "outside" if zone is None else f"zone-{zone}"


def said(flow: Flow) -> str:
    """What stands beside a rule: the ends and the service of its flow."""
    return f"{flow.source} to {flow.destination}, {service_name(flow.port, flow.transport)}"


def shortened(name: str, most: int) -> str:
    """A name of at most `most` characters; what is cut off stays told apart by a hash."""
    if len(name) <= most:
        return name
    return f"{name[: most - 17]}-{sha256(name.encode()).hexdigest()[:16]}"


def inexpressible(flow: Flow, reason: Bilingual) -> Inexpressible:
    """A flow that cannot be expressed, with the reason."""
    return Inexpressible(flow.id, flow.source, flow.destination, flow.port, flow.transport, reason)


def networks(addresses: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | Bilingual:
    """Addresses as IPv4 and IPv6 networks without overlap, or why a filter must not hold them."""
    v4: list[ipaddress.IPv4Network] = []
    v6: list[ipaddress.IPv6Network] = []
    for text in addresses:
        network = ipaddress.ip_network(text)
        if network.is_loopback or network.is_multicast or network.is_unspecified:
            return _no_host(text)
        if isinstance(network, ipaddress.IPv4Network):
            v4.append(network)
        elif network.overlaps(_MAPPED) and network.prefixlen:
            return _no_host(text)
        else:
            v6.append(network)
    found: list[Network] = [*ipaddress.collapse_addresses(v4), *ipaddress.collapse_addresses(v6)]
    if any(network.prefixlen == 0 for network in found):
        return Bilingual(
            en="its addresses amount to any address", ja="アドレスがすべてのアドレスになってしまう"
        )
    return (
        tuple(str(network) for network in found if network.version == 4),
        tuple(str(network) for network in found if network.version == 6),
    )


def _no_host(text: str) -> Bilingual:
    return Bilingual(
        en=f"{text} is not the address of a host that others can reach",
        ja=f"{text} はほかから到達できるホストのアドレスではない",
    )


def address_permits(graph: FlowGraph, *, named: bool = False) -> Permits:
    """The permits of a graph, its loopback flows, and the flows for which an address is missing or must not be used.

    `named`: reasons call components by their names, for people; else by their ids, which artefacts may hold.
    """
    book = Groups(graph, named=named)
    permits: list[Permit] = []
    loopback: list[Flow] = []
    refused: list[Inexpressible] = []
    for flow in graph.flows:
        if flow.basis.scope == "host":
            loopback.append(flow)
            continue
        source, destination = book.initiator(flow.source), book.listener(flow)
        if isinstance(source, Bilingual):
            refused.append(inexpressible(flow, source))
        elif isinstance(destination, Bilingual):
            refused.append(inexpressible(flow, destination))
        elif not (source.v4 and destination.v4) and not (source.v6 and destination.v6):
            refused.append(inexpressible(flow, NO_COMMON_FAMILY))
        else:
            permits.append(Permit(flow, source, destination))
    return Permits(tuple(permits), tuple(loopback), tuple(refused))


class Groups:
    """The groups of a graph, each made once: what a component connects from, and where it listens."""

    def __init__(self, graph: FlowGraph, *, named: bool = False) -> None:
        self.graph = graph
        self.named = named
        self.found: dict[tuple[str, bool], Group | Bilingual] = {}

    def initiator(self, name: str) -> Group | Bilingual:
        """Those the document prints for connections from its kind, else its own addresses."""
        component = self.graph.component(name)
        kind = self.graph.catalog.kind_by_id[component.kind]
        return self._group(component, source_object(kind, component), kind.connects_from(component.addresses))

    def listener(self, flow: Flow) -> Group | Bilingual:
        """Its own addresses; printed source addresses are never a destination."""
        component = self.graph.component(flow.destination)
        found = self._group(component, group_name(component.id), component.addresses)
        names = (*flow.basis.fqdns, *flow.basis.inferred_fqdns)
        if component.addresses or not (names or component.fqdn):
            return found
        first = (names or (component.fqdn,))[0]
        more = len(names) - 1
        english, japanese = (f" (+{more})", f" ほか {more} 件") if more > 0 else ("", " ")
        return self._about(
            component,
            Bilingual(
                en=f" is known only by name, {first}{english}, which an address filter cannot hold",
                ja=f" は名前 {first}{japanese}でのみ特定され、アドレスのフィルターでは表せない",
            ),
        )

    def _about(self, component: Component, said: Bilingual) -> Bilingual:
        called = component.name if self.named else component.id
        return Bilingual(en=called + said.en, ja=closed(called, said.ja))

    def _group(self, component: Component, name: str, addresses: tuple[str, ...]) -> Group | Bilingual:
        key = (name, bool(addresses))
        if key not in self.found:
            made = _made(component, name, addresses)
            self.found[key] = self._about(component, made) if isinstance(made, Bilingual) else made
        return self.found[key]


def _made(component: Component, name: str, addresses: tuple[str, ...]) -> Group | Bilingual:
    """The group, or what is said of the component where there can be none."""
    if not addresses:
        return Bilingual(en=" has no known address", ja=" のアドレスが設定されていない")
    found = networks(addresses)
    if isinstance(found, Bilingual):
        return Bilingual(en=f": {found.en}", ja=f": {found.ja}")
    return Group(component.id, name, *found)


def hosts(graph: FlowGraph) -> tuple[Component, ...]:
    """The components that are hosts of one's own, in design order: those whose kind is known and no service."""
    kinds = graph.catalog.kind_by_id
    return tuple(
        component
        for component in graph.design.components
        if component.kind in kinds and not kinds[component.kind].service
    )

"""What address filters must open, worked out from the design afresh: the artefacts are compared with this.

Kept apart from `exports.firewall.permits` on purpose; it knows flows, addresses and nothing of any format.
"""

from __future__ import annotations

import ipaddress
import random
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from exports.report import Report
from model.derivation.graph import FlowGraph
from model.flow import Flow
from tests.designs import random_design, shipped_catalog
from tests.reports import SAMPLES, report_of, sample

RANDOM = 500
LOOPBACK = (("127.0.0.1", "127.0.0.1", "tcp", 4123), ("127.0.0.1", "127.0.0.1", "tcp", 4122))
"""A packet that every host permits itself, and one that none does."""
"""How many random designs every format is tried with."""

Networks = frozenset[str]
PRINTED_SOURCES = ("3.30.186.224/27",)
"""What the vendor's document prints for connections from Workload Security."""


class Opened(NamedTuple):
    """What one rule opens: networks, in their shortest form, of one family at both ends."""

    sources: Networks
    destinations: Networks
    transport: str
    port: int


class Packet(NamedTuple):
    source: str
    destination: str
    transport: str
    port: int


def shortest(texts: list[str], version: int) -> Networks:
    found = [_network(text) for text in texts]
    if version == 4:
        fourth = [network for network in found if isinstance(network, ipaddress.IPv4Network)]
        return frozenset(map(str, ipaddress.collapse_addresses(fourth)))
    sixth = [network for network in found if isinstance(network, ipaddress.IPv6Network)]
    return frozenset(map(str, ipaddress.collapse_addresses(sixth)))


def ends(graph: FlowGraph, flow: Flow) -> tuple[list[str], list[str]]:
    source, destination = graph.component(flow.source), graph.component(flow.destination)
    printed = PRINTED_SOURCES if source.kind == "workload-security" else ()
    return list(printed or source.addresses), list(destination.addresses)


def opened_by(graph: FlowGraph, flow: Flow) -> set[Opened]:
    """What a network flow must open; nothing where the ends have no addresses of one family."""
    sources, destinations = ends(graph, flow)
    found = set()
    for version in (4, 6):
        one, other = shortest(sources, version), shortest(destinations, version)
        if one and other:
            found.add(Opened(one, other, flow.transport, flow.port))
    return found


def all_opened(graph: FlowGraph) -> set[Opened]:
    return {each for flow in graph.network for each in opened_by(graph, flow)}


def not_opened(graph: FlowGraph) -> set[str]:
    """The ids of the network flows that address filters cannot hold."""
    return {flow.id for flow in graph.network if not opened_by(graph, flow)}


def holds(rule: Opened, packet: Packet) -> bool:
    return (
        (rule.transport, rule.port) == (packet.transport, packet.port)
        and _inside(packet.source, rule.sources)
        and _inside(packet.destination, rule.destinations)
    )


@cache
def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    return ipaddress.ip_network(text)


def _inside(address: str, networks: Networks) -> bool:
    found = ipaddress.ip_address(address)
    return any(found in _network(network) for network in networks)


def packets(graph: FlowGraph, rng: random.Random, number: int) -> list[tuple[Packet, bool]]:
    """Packets, and whether the design permits each: about half do, the others differ from one in one thing."""
    rules = sorted(all_opened(graph), key=lambda rule: (sorted(rule[0]), sorted(rule[1]), rule[2:]))
    found: list[tuple[Packet, bool]] = []
    while rules and len(found) < number:
        rule = rng.choice(rules)
        packet = Packet(_some(rng, rule.sources), _some(rng, rule.destinations), rule.transport, rule.port)
        if len(found) % 2:
            packet = _altered(rng, packet)
        found.append((packet, any(holds(each, packet) for each in rules)))
    return found


def packets_of(graph: FlowGraph, role: str, way: str, number: int) -> tuple[list[Packet], list[bool]]:
    """Packets, and whether a flow that the host of a role starts (`way` out) or takes (in) permits each."""
    own = [flow for flow in graph.network if role == (flow.source if way == "out" else flow.destination)]
    opened = {each for flow in own for each in opened_by(graph, flow)}
    asked = [packet for packet, _ in packets(graph, random.Random(way), number)]
    return asked, [any(holds(rule, packet) for rule in opened) for packet in asked]


def _some(rng: random.Random, networks: Networks) -> str:
    network = _network(rng.choice(sorted(networks)))
    return str(network[rng.randrange(network.num_addresses)])


def _altered(rng: random.Random, packet: Packet) -> Packet:
    what = rng.choice(("source", "destination", "turned", "transport", "port"))
    if what == "turned":
        return packet._replace(source=packet.destination, destination=packet.source)
    if what == "transport":
        return packet._replace(transport="udp" if packet.transport == "tcp" else "tcp")
    if what == "port":
        return packet._replace(port=rng.choice((packet.port % 65535 + 1, packet.port - 1 or 65535, 22)))
    beside = rng.choice((-300, -33, -1, 1, 33, 300))
    if what == "source":
        return packet._replace(source=_beside(packet.source, beside))
    return packet._replace(destination=_beside(packet.destination, beside))


def _beside(text: str, distance: int) -> str:
    address = ipaddress.ip_address(text)
    return str(type(address)(int(address) + distance))


@cache
def random_reports(number: int, size: int = 12) -> tuple[Report, ...]:
    """Reports on random designs, the same on every run; most of their components have addresses."""
    catalog = shipped_catalog()
    found = []
    for seed in range(number):
        rng = random.Random(seed)
        design = random_design(rng, catalog, 1 + seed % size)
        components = [
            component.evolve(addresses=_addresses(rng))
            if not component.addresses and rng.random() < 0.7
            else component
            for component in design.components
        ]
        found.append(report_of(design.evolve(components=tuple(components)), "both"))
    return tuple(found)


def _addresses(rng: random.Random) -> tuple[str, ...]:
    """Single hosts, neighbouring and overlapping networks, of one family or both."""
    third = rng.randrange(256)
    every = (f"10.1.{third}.0/24", f"10.1.{third}.7", f"10.1.{third ^ 1}.0/24", f"2001:db8:{third:x}::/64",
             f"2001:db8:{third:x}::9", f"203.0.113.{third}")  # fmt: skip
    return tuple(rng.sample(every, rng.randint(1, 3)))


@cache
def sample_reports() -> dict[str, Report]:
    return {name: report_of(sample(name), "both") for name in SAMPLES}


def every_report(number: int = RANDOM) -> Iterator[Report]:
    """The samples, and `number` random designs."""
    yield from sample_reports().values()
    yield from random_reports(number)

"""Single packets against rules, one at a time: the second opinion that box arithmetic is compared with.

Rules here are plain values, and are also written in every format that is read. A packet decides nothing between the
edges of ranges, so trying every edge and its neighbours tries everything.
"""

from __future__ import annotations

import ipaddress
import random
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from exports.report import Report
from model.derivation.graph import FlowGraph
from tests.designs import random_design, shipped_catalog
from tests.formats.firewall.oracle import ends
from tests.reports import report_of

POOL = ("10.0.0.0/30", "10.0.0.1", "10.0.0.4/31", "10.0.0.6", "10.0.0.2/31", "10.0.0.0/28")
NUMBERS = {"tcp": 6, "udp": 17, "any": None}


class Packet(NamedTuple):
    source: int
    destination: int
    protocol: int
    port: int


class Plain(NamedTuple):
    """A rule; the verb is permit, deny, return, or the number of a chain to jump to.

    `doubtful`: each packet that it matches may also go past it.
    """

    name: str
    verb: str
    sources: tuple[str, ...]
    destinations: tuple[str, ...]
    transport: str
    ports: tuple[int, int]
    doubtful: bool = False

    def matches(self, packet: Packet) -> bool:
        return (
            any(_holds(each, packet.source) for each in self.sources)
            and any(_holds(each, packet.destination) for each in self.destinations)
            and NUMBERS[self.transport] in (None, packet.protocol)
            and self.ports[0] <= packet.port <= self.ports[1]
        )


def _holds(network: str, address: int) -> bool:
    return ipaddress.IPv4Address(address) in ipaddress.IPv4Network(network)


def small_report(rng: random.Random) -> Report:
    """A design of a few components that share a handful of IPv4 addresses."""
    design = random_design(rng, shipped_catalog(), rng.randint(2, 4))
    components = tuple(
        each.evolve(addresses=tuple(rng.sample(POOL, rng.randint(1, 2))), proxies={})
        for each in design.components
    )
    return report_of(design.evolve(components=components, assignments=()))


def flow_packets(graph: FlowGraph) -> dict[str, tuple[tuple[str, ...], tuple[str, ...], int, int]]:
    found = {}
    for flow in graph.network:
        sources, destinations = ends(graph, flow)
        fourth = [tuple(each for each in texts if ":" not in each) for texts in (sources, destinations)]
        if all(fourth):
            found[flow.id] = (fourth[0], fourth[1], NUMBERS[flow.transport] or 0, flow.port)
    return found


def random_rules(rng: random.Random, graph: FlowGraph, number: int) -> list[Plain]:
    """Rules near the flows: some just right, most a little off."""
    flows = list(flow_packets(graph).values()) or [(("10.0.0.1",), ("10.0.0.6",), 6, 443)]
    found = []
    for place in range(number):
        sources, destinations, protocol, port = rng.choice(flows)
        if rng.random() < 0.25:
            sources = tuple(rng.sample(POOL, rng.randint(1, 2)))
        if rng.random() < 0.25:
            destinations = tuple(rng.sample(POOL, rng.randint(1, 2)))
        transport = rng.choice(("tcp" if protocol == 6 else "udp",) * 4 + ("any", "udp"))
        if transport == "any":
            ports = (0, 65535)
        else:
            ports = rng.choice(
                ((port, port), (port, port), (max(port - 2, 0), port), (port, min(port + 50, 65535)))
            )
        verb = "deny" if rng.random() < 0.25 else "permit"
        found.append(Plain(f"r{place}", verb, sources, destinations, transport, ports))
    return found


def points(rules: Iterable[Plain], graph: FlowGraph) -> Iterator[Packet]:
    """Every combination of edges, and of what lies just beyond them."""
    sources: set[int] = set()
    destinations: set[int] = set()
    ports = {0, 65535}
    flows = flow_packets(graph).values()
    given = [(each.sources, each.destinations, each.ports) for each in rules]
    given += [(one, other, (port, port)) for one, other, _, port in flows]
    for one, other, (low, high) in given:
        for found, texts in ((sources, one), (destinations, other)):
            for text in texts:
                network = ipaddress.IPv4Network(text)
                first, last = int(network.network_address), int(network.broadcast_address)
                found |= {first - 1, first, last, last + 1}
        ports |= {each for each in (low - 1, low, high, high + 1) if 0 <= each <= 65535}
    yield from (
        Packet(*each) for each in product(sorted(sources), sorted(destinations), (6, 17, 47), sorted(ports))
    )


def in_flow(flow: tuple[tuple[str, ...], tuple[str, ...], int, int], packet: Packet) -> bool:
    sources, destinations, protocol, port = flow
    return (
        (protocol, port) == (packet.protocol, packet.port)
        and any(_holds(each, packet.source) for each in sources)
        and any(_holds(each, packet.destination) for each in destinations)
    )


class Opinion(NamedTuple):
    """The words for flows and for permitting rules, by id and by name."""

    flows: dict[str, str]
    rules: dict[str, str]


def opinion(graph: FlowGraph, chains: list[list[Plain]]) -> Opinion:
    """What trying every point says; the first chain is the one that packets meet, what it lets fall is denied."""
    flows = flow_packets(graph)
    every = [rule for chain in chains for rule in chain]
    decided = {packet: outcomes(chains, 0, 0, packet) for packet in points(every, graph)}
    needed = {packet for packet in decided if any(in_flow(flow, packet) for flow in flows.values())}
    rules = {}
    for rule in every:
        if rule.verb != "permit" or rule.doubtful:
            continue
        own = {packet for packet, by in decided.items() if f"permit {rule.name}" in by}
        if not own:
            rules[rule.name] = "hidden"
        elif not own & needed:
            rules[rule.name] = "surplus"
        else:
            rules[rule.name] = "wide" if own - needed else "needed"
    words = {}
    for name, flow in flows.items():
        by = [found for packet, found in decided.items() if in_flow(flow, packet)]
        permits = [{each for each in found if each.startswith("permit ")} for found in by]
        if not all(permits):
            words[name] = "missing"
        elif by != permits:
            words[name] = "unknown"
        else:
            used = {rules.get(each.removeprefix("permit ")) for found in permits for each in found}
            words[name] = "wide" if "wide" in used else "permitted"
    return Opinion(words, rules)


def outcomes(chains: list[list[Plain]], chain: int, start: int, packet: Packet) -> set[str]:
    """All that may become of a packet from a rule of a chain on: permitted or denied by a rule, or let "fall"."""
    for number in range(start, len(chains[chain])):
        rule = chains[chain][number]
        if not rule.matches(packet):
            continue
        if rule.verb == "return":
            found, goes_on = {"fall"}, False
        elif rule.verb in ("permit", "deny"):
            found, goes_on = {f"{rule.verb} {rule.name}"}, False
        else:
            found = outcomes(chains, int(rule.verb), 0, packet)
            goes_on = "fall" in found
            found -= {"fall"}
        if rule.doubtful or goes_on:
            found |= outcomes(chains, chain, number + 1, packet)
        return found
    return {"fall"}

"""Flows as a host sees them: per host role what it may open and what it may accept, and what stays within it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from exports.firewall.permits import LOOPBACK, Permits, hosts
from model.derivation.graph import FlowGraph
from model.flow import Flow

Direction = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class HostRule:
    """One flow at one end: the networks of this host (`here`) and of the others (`there`), of one family.

    `local`: both ends are the loopback of the host.
    """

    direction: Direction
    family: int
    here: tuple[str, ...]
    there: tuple[str, ...]
    flow: Flow
    local: bool = False

    def ends(self) -> Iterator[tuple[str, str]]:
        """Every pair of a network that packets come from and one that they go to."""
        for here in self.here:
            for there in self.there:
                yield (there, here) if self.direction == "in" else (here, there)


def host_rules(graph: FlowGraph, found: Permits) -> dict[str, list[HostRule]]:
    """The rules of every host role, by component, in ascending order of the ids; a host without flows has none."""
    rules: dict[str, list[HostRule]] = {name: [] for name in sorted(each.id for each in hosts(graph))}
    for flow in found.loopback:
        rules[flow.source].extend(_local(flow))
    for permit in found.permits:
        flow = permit.flow
        for family, sources, destinations in permit.families:
            if flow.source in rules:
                rules[flow.source].append(HostRule("out", family, sources, destinations, flow))
            if flow.destination in rules:
                rules[flow.destination].append(HostRule("in", family, destinations, sources, flow))
    return rules


def _local(flow: Flow) -> Iterator[HostRule]:
    for family, network in zip((4, 6), LOOPBACK, strict=True):
        yield HostRule("out", family, (network,), (network,), flow, local=True)
        yield HostRule("in", family, (network,), (network,), flow, local=True)

"""What clients must reach through web proxies, worked out client by client: the proxy files are compared with this."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from exports.report import Report
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.elements import Component
from model.flow import Flow
from tests.formats.firewall.oracle import RANDOM, every_report, random_reports
from tests.reports import report_of

SERVICES = {
    "workload-security", "smart-protection-network", "update-server", "download-center", "vision-one",
}  # fmt: skip


class Wanted(NamedTuple):
    """`proxy` and `listens` are None in a design that sends nothing through a proxy."""

    client: str
    proxy: str | None
    listens: int | None
    destination: str
    port: int
    tunnel: frozenset[bool]
    names: frozenset[str]


def wanted(graph: FlowGraph) -> set[Wanted]:
    """For each client alone the flows that its proxies open: a design in which nobody else has a proxy."""
    design, catalog = graph.design, graph.catalog
    if not any(flow.basis.proxied for flow in graph.network):
        return {
            Wanted(flow.source, None, None, flow.destination, *_asked(flow))
            for flow in graph.network
            if flow.transport == "tcp" and graph.component(flow.destination).kind in SERVICES
        }
    found = set()
    for component in design.components:
        if not component.proxies:
            continue
        others = tuple(each if each is component else each.evolve(proxies={}) for each in design.components)
        alone = derive(design.evolve(components=others), catalog)
        listening = {
            flow.destination: flow.port
            for flow in alone.network
            if flow.source == component.id and flow.basis.proxied == "to-proxy"
        }
        for flow in alone.network:
            if flow.basis.proxied == "from-proxy":
                listens = listening[flow.source]
                found.add(Wanted(component.id, flow.source, listens, flow.destination, *_asked(flow)))
    return found


def _asked(flow: Flow) -> tuple[int, frozenset[bool], frozenset[str]]:
    names = frozenset(flow.basis.fqdns + flow.basis.inferred_fqdns)
    return flow.port, frozenset(each == "HTTPS" for each in flow.basis.protocol.split(", ")), names


@cache
def proxied_reports(number: int) -> tuple[Report, ...]:
    """Random designs with two web proxies, one of them mostly without a name, that most components use."""
    found = []
    for seed, report in enumerate(random_reports(number)):
        rng = random.Random(seed)
        design = report.design
        proxies = [
            Component(id=f"gate-{n}", kind="web-proxy", name="Gate", addresses=(f"10.7.{n}.1", "2001:db8:7::1"),
                      fqdn="gate.example.jp" if n or rng.random() < 0.3 else None)
            for n in range(2)
        ]  # fmt: skip
        classes = [each.id for each in report.catalog.traffic_classes]
        users = tuple(
            each.evolve(proxies={name: f"gate-{rng.randrange(2)}" for name in classes if rng.random() < 0.6})
            for each in design.components
        )
        found.append(report_of(design.evolve(components=(*users, *proxies)), "both"))
    return tuple(found)


def every_way(number: int = RANDOM // 2) -> Iterator[Report]:
    """The samples, and random designs with and without web proxies."""
    yield from every_report(number)
    yield from proxied_reports(number)

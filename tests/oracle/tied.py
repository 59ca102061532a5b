"""Designs of agents that are each tied to one or two of several servers, most of which are quite alike."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from model.design.design import CatalogReference, Design
from model.design.elements import Assignment, Component, Zone
from tests.oracle.choices import KINDS

SERVERS = ("relay", "siem", "dns-server", "smart-protection-server", "service-gateway", "web-proxy")
_PLAIN = Component(id="make", kind="make", name="make")
SERVER_MAKES = (
    *(_PLAIN, _PLAIN, _PLAIN),
    _PLAIN.evolve(ports={4122: 8443, 514: 5140, 53: 5353}),
    _PLAIN.evolve(settings={"syslog-transport": "tls"}, fqdn="same.example.com"),
)
AGENT_MAKES = (_PLAIN, _PLAIN.evolve(features={"web-reputation": True, "syslog-direct": True}))
ZONES = ("one", "two")


def tied_design(rng: random.Random, size: int) -> Design:
    """A design with so many agents; the same for the same state of `rng`."""
    servers = {
        kind: [f"{kind}-{number}" for number in range(rng.randint(2, 4))]
        for kind in SERVERS
        if rng.random() < 0.8
    }
    used = rng.sample(sorted(servers), min(len(servers), rng.choice((1, 1, 2))))
    components = list(_components(rng, size, servers))
    rng.shuffle(components)
    return Design(
        catalog=CatalogReference(id="workload-security-govcloud", version="2026-11"),
        features={
            name: rng.random() < 0.5 for name in ("smart-scan", "syslog-direct", "dns-over-tcp", "vision-one")
        },
        zones=tuple(Zone(id=name, name=name, kind="vpc", frame=(0, 0, 900, 900)) for name in ZONES),
        components=tuple(components),
        assignments=tuple(tie for each in components for tie in _ties(rng, each, servers, used)),
    )


def _components(rng: random.Random, size: int, servers: Mapping[str, list[str]]) -> Iterator[Component]:
    proxies = servers.get("web-proxy")
    for kind, names in servers.items():
        for name in names:
            make = rng.choice(SERVER_MAKES)
            yield make.evolve(id=name, kind=kind, name=name, zone=rng.choice((None, *ZONES)))
    for kind in KINDS:
        if kind not in (*servers, "agent") and rng.random() < 0.4:
            yield _PLAIN.evolve(id=kind, kind=kind, name=kind)
    for number in range(size):
        name = f"agent-{number}"
        behind = {"updates": rng.choice(proxies)} if proxies and rng.random() < 0.1 else {}
        yield rng.choice(AGENT_MAKES).evolve(
            id=name, kind="agent", name=name, zone=rng.choice(ZONES), proxies=behind
        )


def _ties(
    rng: random.Random, source: Component, servers: Mapping[str, list[str]], used: list[str]
) -> Iterator[Assignment]:
    """The ties of an agent to servers of the kinds used; a few servers are tied to one, or to none."""
    for kind, names in servers.items():
        others = [name for name in names if name != source.id]
        chosen = tuple(rng.sample(others, min(len(others), rng.choice((1, 1, 1, 2)))))
        if source.kind == "agent" and kind in used:
            yield Assignment(source=source.id, kind=kind, targets=chosen)
        elif rng.random() < 0.03:
            yield Assignment(source=source.id, kind=kind, targets=rng.choice(("none", chosen)))

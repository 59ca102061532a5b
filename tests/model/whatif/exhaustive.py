"""Every set of changes there is, tried one after another: what the search for the smallest one is held against."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.changes import Addition, AnyChange, Change, ProxyChange, ServersChange
from model.design.design import CatalogReference, Design
from model.design.elements import Component
from model.editing.scenario import apply_changes
from model.whatif.overlay import settled, subject_of

KINDS = (
    "agent", "agent", "relay", "relay", "siem", "web-proxy", "workload-security", "smart-protection-network",
    "smart-protection-server", "update-server", "dns-server", "download-center", "active-directory",
    "data-center-gateway",
)  # fmt: skip
FEATURES = (
    "smart-scan",
    "web-reputation",
    "syslog-direct",
    "vision-one",
    "smart-feedback",
    "download-center-http",
)


def small_design(seed: int, catalog: Catalog) -> Design:
    rng = random.Random(seed)
    kinds = rng.sample(KINDS, rng.randint(2, 5))
    ids = [f"{kind}-{number}" for number, kind in enumerate(kinds)]
    proxies = [name for name in ids if name.startswith("web-proxy")]
    return Design(
        catalog=CatalogReference(id=catalog.id, version=catalog.version),
        features={name: True for name in FEATURES if rng.random() < 0.4},
        components=tuple(
            Component(
                id=name,
                kind=kind,
                name=name,
                features={"smart-scan": True} if kind == "agent" and rng.random() < 0.3 else {},
                settings={"communication": "bidirectional"} if kind == "agent" and rng.random() < 0.3 else {},
                proxies={"management": proxies[0]}
                if proxies and kind == "agent" and rng.random() < 0.4
                else {},
            )
            for name, kind in zip(ids, kinds, strict=True)
        ),
    )


def everything(design: Design, catalog: Catalog) -> Iterator[AnyChange]:
    """Every change that a search may make, from the catalog and the design alone, without a look at conditions."""
    for feature in catalog.features:
        owners = [each.id for each in design.components if each.kind in feature.kinds]
        places: list[str | None] = [None, *(owners if feature.scope == "policy" else [])]
        yield from (
            Change(feature=feature.id, value=on, component=at) for at in places for on in (True, False)
        )
    for setting in catalog.settings:
        owners = [each.id for each in design.components if each.kind in setting.kinds]
        for place in (None, *owners):
            for choice in setting.choices:
                yield Change(setting=setting.id, value=choice.id, component=place)
    for component in design.components:
        for kind in catalog.destination_kinds(component.kind):
            there = [each.id for each in design.components if each.kind == kind and each is not component]
            yield ServersChange(servers=kind, value="none", component=component.id)
            for number in range(1, len(there) + 1):
                for some in combinations(there, number):
                    yield ServersChange(servers=kind, value=some, component=component.id)
        for proxy in design.components_by_kind.get("web-proxy", ()):
            if proxy is not component:
                for traffic in catalog.traffic_classes:
                    for through in (proxy.id, None):
                        yield ProxyChange(traffic=traffic.id, value=through, component=component.id)
    for each in catalog.kinds:
        yield Addition(add=Component(id=f"added-{each.id}", kind=each.id, name="Added"))


def lacking(graph: FlowGraph) -> set[tuple[str, str, str]]:
    return {(each.source, each.kind, each.rule) for each in graph.missing}


def fulfils(graph: FlowGraph, changes: Iterable[AnyChange], done: Callable[[FlowGraph], bool]) -> bool:
    after = derive(apply_changes(graph.design, graph.catalog, settled(changes)), graph.catalog)
    return done(after) and lacking(after) <= lacking(graph)


def exhaustive(
    graph: FlowGraph, size: int, done: Callable[[FlowGraph], bool]
) -> Iterator[tuple[AnyChange, ...]]:
    """Every set of so many changes that fulfils a wish."""
    for some in combinations(everything(graph.design, graph.catalog), size):
        if len({subject_of(change) for change in some}) == size and fulfils(graph, some, done):
            yield some

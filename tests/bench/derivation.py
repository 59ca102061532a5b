"""Deriving a large design, beside merely making that many flow tuples."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from model.catalog import Catalog
from model.derive import derive
from model.design import CatalogReference, Design
from model.elements import Assignment, Component


def estate(catalog: Catalog, components: int) -> Design:
    """Agents tied to one of a hundred relays each, half with web reputation, with every service and infrastructure."""
    fixed = [kind.id for kind in catalog.kinds if kind.service or kind.group == "infrastructure"]
    relays = [f"relay-{number}" for number in range(max(2, components // 100))]
    agents = [f"agent-{number}" for number in range(components - len(fixed) - len(relays))]
    return Design(
        catalog=CatalogReference(id=catalog.id, version=catalog.version),
        features={"smart-scan": True},
        components=(
            *(Component(id=kind, kind=kind, name=kind) for kind in fixed),
            *(Component(id=name, kind="relay", name=name) for name in relays),
            *(
                Component(id=name, kind="agent", name=name, features={"web-reputation": bool(number % 2)})
                for number, name in enumerate(agents)
            ),
        ),
        assignments=(
            *(Assignment(source=name, kind="relay", targets="none") for name in relays),
            *(
                Assignment(source=name, kind="relay", targets=(relays[number % len(relays)],))
                for number, name in enumerate(agents)
            ),
        ),
    )


def derivation_times(catalog: Catalog, components: int = 2000, rounds: int = 15) -> tuple[float, float, int]:
    """Milliseconds to derive, milliseconds to make as many tuples of the same five fields, and the number of flows."""
    design = estate(catalog, components)
    deriving, making = [], []
    for _ in range(rounds):
        begin = perf_counter()
        graph = derive(design, catalog)
        deriving.append((perf_counter() - begin) * 1000)
        rows = [tuple(flow) for flow in graph.flows]
        begin = perf_counter()
        made = [(a, b, c, d, e) for a, b, c, d, e in rows]
        making.append((perf_counter() - begin) * 1000)
        assert len(made) == len(graph.flows)
    return median(deriving), median(making), len(rows)

"""Deriving a large design, and deriving it again after a switch, beside merely making as many flows."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import process_time
from typing import TypeVar

from model.catalog.catalog import Catalog
from model.derivation.blocks import new_tuple
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.design import CatalogReference, Design
from model.design.elements import Assignment, Component
from model.editing import edits
from model.flow import Flow
from tests.bench.toggle import FEATURES, SERVERS, large_design
from tests.designs import shipped_catalog

Result = TypeVar("Result")

SIZES = (1_000, 2_000, 10_000)


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


def fifty(catalog: Catalog, count: int) -> Design:
    """Fifty agents, each a group of so many hosts, with one set of servers and every service."""
    others = len(SERVERS) + sum(kind.service for kind in catalog.kinds)
    design = large_design(catalog, 50 + others)
    return design.evolve(
        components=tuple(
            each.evolve(count=count) if each.kind == "agent" else each for each in design.components
        )
    )


@dataclass(frozen=True)
class Measured:
    """Milliseconds of CPU time that something and its floor take: medians over rounds in which they take turns."""

    time: float
    floor: float
    flows: int

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.time / self.floor


def derivation(design: Design, catalog: Catalog, rounds: int = 15) -> Measured:
    """Deriving a design that was just edited, beside making its flows.

    Every round gets a design of its own, so that nothing that a design remembers of itself is there already; what a
    catalog remembers of its conditions (`Catalog.bases`) is there from the second round on.
    """
    times, floors = [], []
    flows: Sequence[Flow] = ()
    with uncollected():
        for number in range(rounds):
            edited = design.evolve(title=f"round {number}")
            time, graph = timed(partial(_derived, edited, catalog))
            flows = graph.flows
            times.append(time)
            floors.append(floor(flows))
    return Measured(median(times), median(floors), len(flows))


def _derived(design: Design, catalog: Catalog, earlier: FlowGraph | None = None) -> FlowGraph:
    graph = derive(design, catalog, earlier)
    assert graph.flows
    return graph


def toggling(design: Design, catalog: Catalog, rounds: int = 5) -> tuple[Measured, float]:
    """Deriving a design again after a switch, beside making the flows that are there now and were not before.

    The sums over the switches of `FEATURES`, each turned on its own; and the milliseconds that it takes besides to put
    all flows, those made and those taken over, in the design's order.
    """
    before = derive(design, catalog)
    known = {id(flow) for flow in before.flows}
    switched = [_switched(design, catalog, name) for name in FEATURES]
    rows = []
    changed = 0
    with uncollected():
        for _ in range(rounds):
            time = least = ordering = 0.0
            changed = 0
            for after in switched:
                spent, graph = timed(partial(derive, after, catalog, before))
                ordered, flows = timed(partial(getattr, graph, "flows"))
                new = [flow for flow in flows if id(flow) not in known]
                time, ordering, least = time + spent, ordering + ordered, least + floor(new)
                changed += len(new)
            rows.append((time, least, ordering))
    times, floors, orderings = zip(*rows, strict=True)
    return Measured(median(times), median(floors), changed), median(orderings)


def moving(design: Design, catalog: Catalog, rounds: int = 15) -> float:
    """Milliseconds to derive a design again after one component was moved."""
    before = derive(design, catalog)
    first = design.components[0].id
    times = []
    with uncollected():
        for number in range(rounds):
            after = edits.move(design, {first: (number, number)})
            times.append(timed(partial(_derived, after, catalog, before))[0])
    return median(times)


def _switched(design: Design, catalog: Catalog, name: str) -> Design:
    value = design.features.get(name, catalog.feature_by_id[name].default)
    return edits.set_feature(design, name, not value)


def grouping(catalog: Catalog) -> Measured:
    """Deriving fifty groups of 20,000 hosts each, beside fifty single components."""
    groups, singles = (derivation(fifty(catalog, count), catalog, 45) for count in (20_000, 1))
    return Measured(groups.time, singles.time, singles.flows)


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """The milliseconds of CPU time that work takes, and its result."""
    begin = process_time()
    result = work()
    return (process_time() - begin) * 1000, result


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's garbage collector, as in the window: a collection would hit either side by chance."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def floor(flows: Sequence[Flow]) -> float:
    """Milliseconds to make as many of our flow objects from known values, as quickly as we know how to make one.

    One by one: `model.derivation.blocks` makes them by the column, which takes four fifths of that.
    """
    rows = [tuple(flow) for flow in flows]
    time, made = timed(partial(_made, rows))
    assert len(made) == len(flows)
    return time


def _made(rows: Sequence[tuple[object, ...]]) -> list[Flow]:
    return [
        new_tuple(Flow, (source, destination, port, transport, basis))
        for source, destination, port, transport, basis in rows
    ]


def main() -> None:
    """Print one line per figure: what, measured, floor, ratio, target."""
    catalog = shipped_catalog()
    for what, design_of in (("alike", large_design), ("tied to relays of their own", estate)):
        for size in SIZES:
            design = design_of(catalog, size)
            derived = derivation(design, catalog)
            print(
                f"derive {size:,} components, {what}: {derived.flows:,} flows in {derived.time:.2f} ms;",
                end=" ",
            )
            print(f"merely making them {derived.floor:.2f} ms; ratio {derived.ratio:.2f} (target ≤ 2.5)")
            toggled, ordering = toggling(design, catalog)
            print(
                f"  {len(FEATURES)} switches, {toggled.flows:,} flows other: {toggled.time:.2f} ms;", end=" "
            )
            print(
                f"merely making them {toggled.floor:.2f} ms; ratio {toggled.ratio:.2f} (target ≤ 2);", end=" "
            )
            print(f"with all flows in order {(toggled.time + ordering) / toggled.floor:.2f}")
            print(f"  one component moved: {moving(design, catalog):.2f} ms, all flows in order")
    groups = grouping(catalog)
    print(f"derive a million hosts in 50 groups: {groups.time:.2f} ms;", end=" ")
    print(f"50 single components {groups.floor:.2f} ms; ratio {groups.ratio:.2f} (target 1)")


if __name__ == "__main__":
    main()

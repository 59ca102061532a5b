"""The smallest changes: held to an exhaustive search that knows nothing of conditions."""

import random
from collections.abc import Callable

from model.catalog.catalog import Catalog
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.changes import Addition, Scenario, ServersChange
from model.design.design import CatalogReference, Design
from model.design.elements import Component
from model.editing.scenario import apply_changes
from model.flow import Flow
from model.whatif.overlay import overlaid, subject_of
from model.whatif.search import appearance, removal, search
from tests.model.whatif.exhaustive import exhaustive, fulfils, small_design
from tests.reports import sample


def test_ways_to_remove_a_flow_are_the_smallest_there_are(catalog: Catalog) -> None:
    sizes = []
    for seed in range(80):
        graph = derive(small_design(seed, catalog), catalog)
        if not graph.network:
            continue
        target = random.Random(seed).choice(graph.network).key

        def still(after: FlowGraph, target: object = target) -> list[Flow]:
            return [flow for flow in after.network if flow.key == target]

        answer = search(graph, removal(still))
        assert answer.proved
        for way in answer.ways:
            assert fulfils(graph, way.changes, lambda after: not still(after)), (seed, way.changes)
            assert way.comparison == compare(
                graph, derive(apply_changes(graph.design, catalog, way.changes), catalog)
            )
        size = len(answer.ways[0].changes) if answer.ways else None
        sizes.append(size)
        if size is None or size > 1:
            alone = list(exhaustive(graph, 1, lambda after: not still(after)))
            assert alone == [], seed
        elif size == 1:
            found = {
                change
                for (change,) in exhaustive(graph, 1, lambda after: not still(after))
                if not isinstance(change, Addition)
            }
            shown = {way.changes[0] for way in answer.ways if not isinstance(way.changes[0], Addition)}
            assert shown <= found
            assert {subject_of(change) for change in shown} == {subject_of(change) for change in found}, seed
    assert sizes.count(None) >= 1
    assert sizes.count(1) >= 10
    assert sizes.count(2) >= 5


def test_no_pair_of_changes_does_what_is_said_to_take_three_or_to_be_impossible(catalog: Catalog) -> None:
    design = Design(
        catalog=CatalogReference(id=catalog.id, version=catalog.version),
        features=dict.fromkeys(("smart-scan", "web-reputation", "smart-feedback"), True),
        components=tuple(
            Component(id=kind, kind=kind, name=kind)
            for kind in ("agent", "smart-protection-network", "dns-server")
        ),
    )
    graph = derive(design, catalog)

    def reaching(kind: str) -> Callable[[FlowGraph], list[Flow]]:
        return lambda after: [flow for flow in after.network if flow.destination == kind]

    network, names = reaching("smart-protection-network"), reaching("dns-server")
    assert network(graph)
    assert names(graph)
    found = search(graph, removal(network))
    assert {len(way.changes) for way in found.ways} == {3}
    impossible = search(graph, removal(names))
    assert (impossible.ways, impossible.proved) == ((), True)
    pairs = exhaustive(graph, 2, lambda after: not network(after) or not names(after))
    assert list(pairs) == []


def test_ways_to_add_a_flow_are_the_smallest_there_are(catalog: Catalog) -> None:
    sizes = []
    for seed in range(80):
        graph = derive(small_design(seed, catalog), catalog)
        rng = random.Random(seed)
        first, second = rng.sample([each.id for each in graph.design.components], 2)

        def there(after: FlowGraph, pair: tuple[str, str] = (first, second)) -> bool:
            return pair in after.by_pair

        answer = search(graph, appearance(first, second))
        assert answer.proved
        assert all(fulfils(graph, way.changes, there) for way in answer.ways)
        size = len(answer.ways[0].changes) if answer.ways else None
        sizes.append(size)
        assert (size == 0) == there(graph)
        if size is None or size > 1:
            assert list(exhaustive(graph, 1, there)) == [], (seed, first, second)
    assert sizes.count(1) >= 3
    assert sizes.count(None) >= 10


def test_several_flows_of_one_tie_are_removed_by_one_narrower_tie(catalog: Catalog) -> None:
    design = Design(
        catalog=CatalogReference(id=catalog.id, version=catalog.version),
        components=(
            Component(id="agent", kind="agent", name="A"),
            *(Component(id=f"relay-{n}", kind="relay", name=f"R{n}") for n in range(3)),
        ),
    )
    graph = derive(design, catalog)

    def crossing(after: FlowGraph) -> list[Flow]:
        return [f for f in after.network if f.source == "agent" and f.destination in ("relay-0", "relay-2")]

    (way,) = search(graph, removal(crossing)).ways
    assert way.changes == (ServersChange(servers="relay", value=("relay-1",), component="agent"),)


def test_one_tie_to_nobody_is_found_where_each_flow_has_a_lever_of_its_own(catalog: Catalog) -> None:
    design = Design(
        catalog=CatalogReference(id=catalog.id, version=catalog.version),
        settings={"communication": "bidirectional"},
        components=(
            Component(id="workload-security", kind="workload-security", name="W"),
            *(
                Component(
                    id=f"agent-{n}", kind="agent", name=f"A{n}", settings={"communication": "bidirectional"}
                )
                for n in range(2)
            ),
        ),
    )

    def inbound(after: FlowGraph) -> list[Flow]:
        return [flow for flow in after.network if flow.source == "workload-security"]

    graph = derive(design, catalog)
    assert len(inbound(graph)) == 2
    (way,) = search(graph, removal(inbound)).ways
    assert way.changes == (ServersChange(servers="agent", value="none", component="workload-security"),)


def test_a_way_is_a_scenario_as_it_is(catalog: Catalog) -> None:
    design = sample("on-premises")
    graph = derive(design, catalog)
    network = next(each.id for each in design.components if each.kind == "smart-protection-network")

    def reaching(after: FlowGraph) -> list[Flow]:
        return [flow for flow in after.network if flow.destination == network]

    ways = search(graph, removal(reaching)).ways
    assert len({len(way.changes) for way in ways}) == 1
    effects = [len(w.comparison.added) + len(w.comparison.removed) + len(w.comparison.changed) for w in ways]
    assert effects == sorted(effects)
    for way in ways:
        saved = design.evolve(scenarios=(Scenario(id="way", name="Way", changes=way.changes),))
        assert reaching(derive(overlaid(saved, catalog, *saved.scenarios), catalog)) == []


def test_a_search_can_be_cancelled_and_bounded_and_says_so(catalog: Catalog) -> None:
    graph = derive(sample("multi-vpc"), catalog)
    wish = removal(lambda after: after.network)
    few = search(graph, removal(lambda g: [f for f in g.network if f.basis.purpose == "reputation"]), steps=3)
    assert (few.ways, few.proved) == ((), False)
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 1

    stopped = search(
        graph,
        removal(lambda g: [f for f in g.network if f.basis.purpose == "reputation"]),
        cancelled=cancelled,
    )
    assert (stopped.ways, stopped.proved) == ((), False)
    assert search(graph, wish).proved
    assert search(graph, wish).ways == ()

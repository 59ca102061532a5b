"""Filters: which flows they let through, written beside the flows."""

from __future__ import annotations

import pytest

from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.design.elements import Zone
from model.design.views import ALL, Filter
from model.flow import Flow
from model.reading.filtering import question
from tests.designs import shipped_catalog
from tests.drawn import draw, place

ZONES = (
    Zone(id="vpc", name="VPC", kind="vpc", frame=(0, 0, 500, 500)),
    Zone(id="inner", name="Inner", kind="subnet", frame=(10, 10, 200, 200), parent="vpc"),
    Zone(id="ops", name="Ops", kind="office", frame=(600, 0, 200, 200)),
)


def graph_of(*features: str) -> FlowGraph:
    design = draw(
        place("agent", zone="inner"),
        place("relay", zone="vpc"),
        place("workload-security"),
        place("siem", zone="ops"),
        features=features,
        zones=ZONES,
    )
    return derive(design, shipped_catalog())


def through(chosen: Filter, graph: FlowGraph, concerned: frozenset[str] = frozenset()) -> set[str]:
    ask = question(chosen, graph, None, concerned)
    assert ask is not None
    return {f"{flow.source} > {flow.destination} {flow.port}" for flow in graph.network if ask(flow)}


def all_of(graph: FlowGraph) -> set[str]:
    return {f"{flow.source} > {flow.destination} {flow.port}" for flow in graph.network}


def test_a_filter_that_asks_for_nothing_is_no_question() -> None:
    assert question(ALL, graph_of(), None, ()) is None


@pytest.mark.parametrize(
    "chosen", [Filter(zones=("gone",)), Filter(features=("not-in-the-catalog",))], ids=["zone", "feature"]
)
def test_what_is_not_there_any_more_counts_for_nothing(chosen: Filter) -> None:
    assert question(chosen, graph_of(), None, ()) is None


def test_by_port() -> None:
    assert through(Filter(ports=(4122,)), graph_of()) == {"agent > relay 4122"}


def test_a_zone_holds_what_is_nested_in_it() -> None:
    graph = graph_of()
    inner, outer = through(Filter(zones=("inner",)), graph), through(Filter(zones=("vpc",)), graph)
    assert "agent > relay 4122" in inner
    assert inner == {each for each in all_of(graph) if "agent" in each}
    assert outer == {each for each in all_of(graph) if "agent" in each or "relay" in each}
    assert inner < outer


def test_parts_must_all_be_met() -> None:
    graph = graph_of()
    both = through(Filter(ports=(443,), zones=("inner",)), graph)
    assert both == {each for each in all_of(graph) if "agent" in each and each.endswith(" 443")}
    assert both


def test_findings_light_what_they_concern() -> None:
    graph = graph_of()
    assert through(Filter(findings=True), graph, frozenset({"relay"})) == {
        each for each in all_of(graph) if "relay" in each
    }
    assert through(Filter(findings=True), graph, frozenset({"inner"})) == {
        each for each in all_of(graph) if "agent" in each
    }


def keys(flows: tuple[Flow, ...]) -> set[tuple[str, str, int, str]]:
    return {flow.key for flow in flows}


def test_changes_are_those_of_the_comparison_also_what_goes() -> None:
    before = graph_of()
    design: Design = before.design.evolve(components=before.design.components[:-2])
    after = derive(design, shipped_catalog())
    comparison = compare(before, after)
    ask = question(Filter(changes=True), after, comparison, ())
    assert ask is not None
    assert comparison.removed
    assert all(ask(flow) for flow in comparison.removed)
    assert {flow.key for flow in after.flows if ask(flow)} == keys(
        (*comparison.added, *(change.after for change in comparison.changed))
    )


def test_what_went_is_found_by_the_zone_it_was_in() -> None:
    before = graph_of()
    design = before.design.evolve(
        components=tuple(each for each in before.design.components if each.id != "agent")
    )
    comparison = compare(before, derive(design, shipped_catalog()))
    ask = question(Filter(zones=("inner",)), derive(design, shipped_catalog()), comparison, ())
    assert ask is not None
    assert {flow.source for flow in comparison.removed if ask(flow)} == {"agent"}

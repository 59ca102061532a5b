"""Deriving again from an earlier graph: what still holds is taken over, and nothing else."""

import pytest

from model.catalog.catalog import Catalog
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.editing import edits
from tests.reports import SAMPLES, sample


@pytest.fixture
def graph(catalog: Catalog) -> FlowGraph:
    return derive(sample("multi-vpc"), catalog)


def test_what_no_rule_looks_at_leaves_all_flows_as_they_are(graph: FlowGraph, catalog: Catalog) -> None:
    one = graph.design.components[0].id
    moved = edits.move(graph.design, {one: (7, 7)})
    renamed = edits.change_component(moved, one, name="Another name", count=12, addresses=("192.0.2.9",))
    again = derive(renamed, catalog, graph)
    assert again.flows is graph.flows
    assert again.missing is graph.missing
    assert again.design is renamed
    differing = compare(graph, again)
    assert not differing.added
    assert not differing.removed
    ends = {one: "source_addresses", None: "destination_addresses"}
    assert {(each.after[:2], each.what) for each in differing.changed} == {
        (flow[:2], (ends[one if flow.source == one else None],)) for flow in graph.network if one in flow[:2]
    }, "flows stay as they are, and permits for them do not"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_switch_makes_only_the_flows_that_are_other_ones(catalog: Catalog, name: str) -> None:
    before = derive(sample(name), catalog)
    known = {id(flow): flow for flow in before.flows}
    made = 0
    for feature in catalog.features:
        on = before.design.features.get(feature.id, feature.default)
        after = edits.set_feature(before.design, feature.id, not on)
        again, afresh = derive(after, catalog, before), derive(after, catalog)
        assert again.flows == afresh.flows
        assert again.missing == afresh.missing
        assert dict(again.subjects) == dict(afresh.subjects)
        new = [flow for flow in again.flows if id(flow) not in known]
        assert set(new).isdisjoint(before.flows), feature.id
        made += len(new)
    assert made > 5


def test_a_listener_that_moves_to_another_port_is_reached_there(graph: FlowGraph, catalog: Catalog) -> None:
    relay = next(each.id for each in graph.design.components if each.kind == "relay")
    after = edits.set_port(graph.design, relay, 4122, 8443)
    again = derive(after, catalog, graph)
    assert any(flow.destination == relay and flow.port == 8443 for flow in again.flows)
    assert again.flows == derive(after, catalog).flows


def test_another_catalog_takes_nothing_over(graph: FlowGraph, catalog: Catalog) -> None:
    other = catalog.evolve(version="later")
    assert derive(graph.design, other, graph).catalog is other
    assert derive(graph.design, other, graph).flows is not graph.flows


def test_hosts_in_groups_are_not_told_apart(catalog: Catalog) -> None:
    def classes(design: Design) -> int:
        return len(derive(design, catalog).planner.company.classes)

    design = sample("multi-vpc")
    grouped = design.evolve(components=tuple(each.evolve(count=20_000) for each in design.components))
    assert classes(grouped) == classes(design)
    assert derive(grouped, catalog).flows == derive(design, catalog).flows

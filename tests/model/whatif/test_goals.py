"""Goals: verdicts on the samples, checked by hand against the source document, and the changes that meet them."""

import pytest

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.changes import AnyChange
from model.design.design import CatalogReference, Design
from model.design.elements import Component, Zone
from model.editing import edits
from model.editing.scenario import apply_changes
from model.whatif.goals import GOALS, Goal, goals_met, judged, verdicts
from tests.reports import SAMPLES, sample

BY_ID = {goal.id: goal for goal in GOALS}


def design(*components: Component) -> Design:
    return Design(
        catalog=CatalogReference(id="workload-security-govcloud", version="2026-11"),
        zones=(
            Zone(id="vpc", name="VPC", kind="vpc", frame=(0, 0, 100, 100)),
            Zone(id="net", name="Internet", kind="internet", frame=(200, 0, 100, 100)),
        ),
        components=components,
    )


def part(kind: str, zone: str = "vpc", **fields: object) -> Component:
    return Component.model_validate({"id": kind, "kind": kind, "name": kind, "zone": zone, **fields})


def broken(found: Design, catalog: Catalog, goal: str) -> set[tuple[str, str, int]]:
    return {flow[:3] for flow in BY_ID[goal].breaking(derive(found, catalog))}


def test_cleartext_is_what_the_catalog_warns_about(catalog: Catalog) -> None:
    found = design(
        part("relay"), part("update-server", "net"), part("dns-server"), part("workload-security", "net")
    )
    assert broken(found, catalog, "no-cleartext") == {("relay", "update-server", 80)}


def test_only_web_proxies_may_connect_to_the_internet(catalog: Catalog) -> None:
    direct = design(
        part("agent"), part("web-proxy"), part("workload-security", "net"), part("ntp-server", "net")
    )
    assert broken(direct, catalog, "internet-by-proxy") == {
        ("agent", "workload-security", 443),
        ("agent", "ntp-server", 123),
    }
    through = edits.set_proxy(direct, "agent", "management", "web-proxy")
    assert broken(through, catalog, "internet-by-proxy") == {("agent", "ntp-server", 123)}


def test_inbound_counts_for_agents_and_from_outside_for_relays(catalog: Catalog) -> None:
    found = design(part("agent"), part("relay"), part("workload-security", "net"))
    assert broken(found, catalog, "no-inbound") == set()
    managed = edits.set_setting(found, "communication", "bidirectional")
    assert broken(managed, catalog, "no-inbound") == {
        ("workload-security", "agent", 4118),
        ("workload-security", "relay", 4118),
    }


def test_names_are_out_of_reach_of_an_address_only_firewall_unless_a_proxy_filters(catalog: Catalog) -> None:
    found = design(part("agent"), part("web-proxy"), part("workload-security", "net"))
    assert broken(found, catalog, "address-only") == {("agent", "workload-security", 443)}
    assert (
        broken(edits.set_proxy(found, "agent", "management", "web-proxy"), catalog, "address-only") == set()
    )
    known = edits.change_component(found, "workload-security", addresses=("192.0.2.1",))
    assert broken(known, catalog, "address-only") == set()
    inside = edits.change_component(found, "workload-security", zone="vpc")
    assert broken(inside, catalog, "address-only") == set()


EXPECTED = {
    # Relays need the Update Server on 80 without condition (P22), so no sample with a relay can do without HTTP.
    # Agents without relays may stop fetching updates themselves (U03), so the sample without a relay can.
    "air-gapped": {"no-cleartext": None, "internet-by-proxy": 1, "no-inbound": 0, "address-only": 1},
    "multi-vpc": {"no-cleartext": None, "internet-by-proxy": 2, "no-inbound": 0, "address-only": 2},
    # A proxy, and one class of traffic each: 6 for management, 1 for updates, 4 for the Network.
    "on-premises": {"no-cleartext": None, "internet-by-proxy": 12, "no-inbound": 0, "address-only": 12},
    # A proxy, 4 for management, 3 for the Network, and no direct updates in place of 3 for updates.
    "single-vpc": {"no-cleartext": 6, "internet-by-proxy": 9, "no-inbound": 0, "address-only": 9},
}
"""How many changes the nearest way takes; 0 where the goal is met, None where the rules allow none."""


@pytest.mark.parametrize("name", SAMPLES)
def test_the_verdicts_on_a_sample(catalog: Catalog, name: str) -> None:
    graph = derive(sample(name), catalog)
    found: dict[str, int | None] = {}
    for verdict in verdicts(graph):
        assert goals_met(graph)[verdict.goal.id] == len(verdict.breaking)
        if verdict.met:
            found[verdict.goal.id] = 0
        elif verdict.impossible:
            found[verdict.goal.id] = None
            assert {(flow.basis.listener, flow.basis.rules[0]) for flow in verdict.unavoidable} == {
                (80, "P22")
            }
        else:
            assert verdict.answer is not None
            assert verdict.answer.proved
            for way in verdict.answer.ways:
                assert verdict.goal.breaking(changed(graph, way.changes)) == ()
            found[verdict.goal.id] = len(verdict.answer.ways[0].changes)
    assert found == EXPECTED[name]


def changed(graph: FlowGraph, changes: tuple[AnyChange, ...]) -> FlowGraph:
    return derive(apply_changes(graph.design, graph.catalog, changes), graph.catalog)


def test_a_search_that_is_cut_short_claims_nothing(catalog: Catalog) -> None:
    verdict = judged(derive(sample("on-premises"), catalog), BY_ID["internet-by-proxy"], steps=2)
    assert not verdict.met
    assert not verdict.impossible
    assert verdict.answer is not None
    assert not verdict.answer.proved


def test_every_goal_is_named_in_both_languages() -> None:
    def named(goal: Goal) -> bool:
        return bool(goal.name.en) and any(ord(character) > 0x3000 for character in goal.name.ja)

    assert all(map(named, GOALS))

import random

import pytest

from model.catalog.catalog import Catalog
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.design import CatalogReference, Design
from model.design.elements import Component
from model.editing import edits
from model.tables.allowlist import ALLOW_COLUMNS, AllowedName, allow_list
from tests.designs import random_design
from tests.reports import sample

CENSUS = "dsaas1100-en-census.trendmicro.com"
ICRC = "dsaas.icrc.trendmicro.com"
URL = "dsaas.url.trendmicro.com"


@pytest.fixture
def graph(catalog: Catalog) -> FlowGraph:
    names = {
        "app": "agent",
        "batch": "agent",
        "relay": "relay",
        "ws": "workload-security",
        "spn": "smart-protection-network",
        "sps": "smart-protection-server",
        "update": "update-server",
    }
    components = tuple(Component(id=name, kind=kind, name=name.upper()) for name, kind in names.items())
    made = Design(
        catalog=CatalogReference(id=catalog.id, version=catalog.version),
        components=components,
        features={"web-reputation": True, "behavior-monitoring": True},
    )
    made = edits.change_component(made, "sps", fqdn="sps.corp.example")
    made = edits.set_setting(made, "web-reputation-source", "smart-protection-server", "batch")
    return derive(made, catalog)


def by_name(entries: tuple[AllowedName, ...]) -> dict[str, list[AllowedName]]:
    found: dict[str, list[AllowedName]] = {}
    for entry in entries:
        found.setdefault(entry.fqdn, []).append(entry)
    return found


def sources(entry: AllowedName) -> set[str]:
    return {source.id for source in entry.sources}


def test_every_need_of_every_flow_is_listed_and_nothing_else(catalog: Catalog) -> None:
    for seed in range(40):
        graph = derive(random_design(random.Random(seed), catalog, 14), catalog)
        needed = {
            (name, flow.source, flow.destination, flow.port, flow.transport)
            for flow in graph.network
            for name in (*flow.basis.fqdns, *flow.basis.inferred_fqdns)
        }
        listed = [
            (entry.fqdn, source.id, entry.destination.id, port, transport)
            for entry in allow_list(graph)
            for source in entry.sources
            for port, transport in entry.ports
        ]
        assert set(listed) == needed
        assert len(set(listed)) == len(listed)
        keys = [entry.key for entry in allow_list(graph)]
        assert len(set(keys)) == len(keys)
        assert [key[0] for key in keys] == sorted(key[0] for key in keys)


def test_each_name_says_who_needs_it_on_which_ports_and_for_what(graph: FlowGraph) -> None:
    found = by_name(allow_list(graph))
    (url,) = found[URL]
    assert sources(url) == {"app", "relay"}, "batch takes web reputation from the local server"
    assert url.ports == ((80, "tcp"), (443, "tcp"))
    assert [feature for feature, _ in url.features] == ["web-reputation"]
    assert "U10" in url.rules
    assert "U05" not in url.rules, "a rule about another name of the same flow"
    (census,) = found[CENSUS]
    assert sources(census) == {"app", "batch", "relay"}
    assert [feature for feature, _ in census.features] == ["behavior-monitoring"]
    assert ICRC not in found


def test_names_of_own_servers_are_listed_as_their_own(graph: FlowGraph) -> None:
    (own,) = by_name(allow_list(graph))["sps.corp.example"]
    assert own.own
    assert sources(own) == {"batch"}
    assert own.destination.id == "sps"
    assert (5274, "tcp") in own.ports


def test_names_of_the_source_side_are_no_destinations(graph: FlowGraph) -> None:
    changed = edits.set_setting(graph.design, "communication", "bidirectional")
    changed = edits.set_feature(changed, "inferred-agents-002", True)
    again = derive(changed, graph.catalog)
    assert [flow for flow in again.network if flow.basis.source_fqdns]
    for entry in allow_list(again):
        assert entry.destination.kind not in ("agent", "relay")
        if entry.destination.kind == "workload-security":
            assert "ws" not in sources(entry)


def test_inferred_and_uncertain_names_are_marked(graph: FlowGraph) -> None:
    changed = edits.set_feature(graph.design, "inferred-agents-002", True)
    changed = edits.set_setting(changed, "agent-version", "12.0", "app")
    found = by_name(allow_list(derive(changed, graph.catalog)))
    (inferred,) = found["agents-002.workload.gov-us-1.cloudonegov.trendmicro.com"]
    assert inferred.inferred
    assert [feature for feature, _ in inferred.features] == ["inferred-agents-002"]
    (printed,) = found["agents-001.workload.gov-us-1.cloudonegov.trendmicro.com"]
    assert (printed.inferred, printed.uncertain) == (False, True)
    standing = next(column for column in ALLOW_COLUMNS if column.id == "standing")
    assert standing.cell(inferred, "en") == "inferred, not printed"
    assert standing.cell(printed, "ja") == "このエージェントのバージョンでは不確か"


def test_through_a_proxy_the_proxy_needs_the_names(graph: FlowGraph) -> None:
    changed, proxy = edits.place(graph.design, "web-proxy", "Proxy", (0, 0))
    for name in ("app", "batch", "relay"):
        changed = edits.set_proxy(changed, name, "smart-protection", proxy)
    (census,) = by_name(allow_list(derive(changed, graph.catalog)))[CENSUS]
    assert sources(census) == {proxy}


def test_a_comparison_marks_what_comes_goes_and_changes(graph: FlowGraph) -> None:
    after = edits.set_feature(graph.design, "web-reputation", False)
    after = edits.set_feature(after, "smart-scan", True)
    after = edits.delete(after, {"batch"})
    later = derive(after, graph.catalog)
    found = by_name(allow_list(later, compare(graph, later)))
    assert [entry.status for entry in found[URL]] == ["removed"]
    assert [entry.status for entry in found[ICRC]] == ["added"]
    assert [entry.status for entry in found[CENSUS]] == ["changed"], "one source fewer"
    assert [entry.status for entry in found["sps.corp.example"]] == ["removed"]
    same = allow_list(graph, compare(graph, graph))
    assert {entry.status for entry in same} == {"unchanged"}


def test_many_sources_are_counted_past_a_readable_number(catalog: Catalog) -> None:
    made = Design(
        catalog=CatalogReference(id=catalog.id, version=catalog.version),
        components=(
            Component(id="ws", kind="workload-security", name="WS"),
            *(Component(id=f"a{n}", kind="agent", name=f"Agent {n}") for n in range(1, 61)),
        ),
    )
    entry = allow_list(derive(made, catalog))[0]
    column = next(column for column in ALLOW_COLUMNS if column.id == "sources")
    text = column.cell(entry, "en")
    assert text.startswith("Agent 1, Agent 2, ")
    assert text.endswith("Agent 40 and 20 more, see the matrix")
    assert len(entry.sources) == 60


def test_an_entry_says_why_each_source_needs_it(graph: FlowGraph) -> None:
    (entry,) = by_name(allow_list(graph))["agents-001.workload.gov-us-1.cloudonegov.trendmicro.com"]
    sources = {source.id: source for source in entry.sources}
    assert set(sources) == {"app", "batch", "relay"}
    assert entry.rules == ("P10", "P19", "U01")
    assert entry.needed_by((sources["app"], sources["batch"])).rules == ("P10", "U01"), "P19 is about relays"
    assert entry.needed_by((sources["relay"],)).rules == ("P10", "P19", "U01")
    assert entry.needed_by((sources["app"],)).sources == (sources["app"],)


def test_an_inferred_name_nobody_asked_for_is_no_reason_for_the_same_name_printed(catalog: Catalog) -> None:
    design = sample("air-gapped")  # administrators and agents reach Workload Security through one proxy
    assert not design.features.get("inferred-console-name", False)
    (entry,) = by_name(allow_list(derive(design, catalog)))["workload.gov-us-1.cloudonegov.trendmicro.com"]
    assert entry.features == ()
    assert "P03" not in entry.rules

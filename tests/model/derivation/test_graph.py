"""What the flow graph answers: zone boundaries and openings, who depends on whom, columns, hosts and names."""

import networkx as nx
import pytest

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.derivation.graph import OUTSIDE, FlowGraph
from model.design.elements import Zone
from tests.drawn import draw, opened, place

GOV = "workload.gov-us-1.cloudonegov.trendmicro.com"


def zone(name: str, parent: str | None = None, kind: str = "other") -> Zone:
    return Zone.model_validate(
        {"id": name, "name": name, "kind": kind, "parent": parent, "frame": (0, 0, 100, 100)}
    )


ZONES = (
    zone("vpc", kind="vpc"),
    zone("subnet-a", "vpc", "subnet"),
    zone("subnet-b", "vpc", "subnet"),
    zone("cell", "subnet-b"),
    zone("dc", kind="data-center"),
    zone("internet", kind="internet"),
)


@pytest.fixture
def graph(catalog: Catalog) -> FlowGraph:
    """Agents in two subnets, a relay deeper in one, DNS in a data centre, services on the Internet."""
    return derive(
        draw(
            place("agent-1", zone="subnet-a", count=40),
            place("agent-2", zone="subnet-a"),
            place("agent-3", zone="subnet-b"),
            place("relay", zone="cell"),
            place("dns-server", zone="dc"),
            place("workload-security", zone="internet"),
            place("update-server", zone="internet"),
            "administrator",
            zones=ZONES,
        ),
        catalog,
    )


def test_a_zone_path_crosses_every_boundary_once(graph: FlowGraph) -> None:
    assert graph.zone_path("subnet-a", "subnet-b") == ("subnet-a", "vpc", "subnet-b")
    assert graph.zone_path("cell", "subnet-b") == ("cell", "subnet-b")
    assert graph.zone_path("cell", "vpc") == ("cell", "subnet-b", "vpc")
    assert graph.zone_path("cell", "dc") == ("cell", "subnet-b", "vpc", OUTSIDE, "dc")
    assert graph.zone_path("dc", "internet") == ("dc", OUTSIDE, "internet")
    assert graph.zone_path("internet", "cell") == ("internet", OUTSIDE, "vpc", "subnet-b", "cell")


def test_a_component_in_no_zone_lies_outside_them_all(graph: FlowGraph) -> None:
    assert graph.zone("administrator") is None
    assert graph.zone_path(None, "subnet-a") == (OUTSIDE, "vpc", "subnet-a")
    assert graph.zone_path("dc", None) == ("dc", OUTSIDE)
    assert graph.zone_path(None, None) == (OUTSIDE,)
    assert graph.zone_path("dc", "dc") == ("dc",)


def test_the_zone_graph_is_a_tree_of_boundaries(graph: FlowGraph) -> None:
    assert nx.is_tree(graph.zone_graph)
    assert {frozenset(edge) for edge in graph.zone_graph.edges} == {
        frozenset(edge)
        for edge in (
            ("vpc", OUTSIDE),
            ("subnet-a", "vpc"),
            ("subnet-b", "vpc"),
            ("cell", "subnet-b"),
            ("dc", OUTSIDE),
            ("internet", OUTSIDE),
        )
    }


def test_openings_merge_sources_and_name_what_one_firewall_must_permit(graph: FlowGraph) -> None:
    found = {
        (item.source_zone, item.destination, f"{item.port}/{item.transport}"): (item.path, item.sources)
        for item in graph.openings
    }
    to_internet = ("vpc", OUTSIDE, "internet")
    to_data_center = ("vpc", OUTSIDE, "dc")
    below = ("cell", "subnet-b")
    assert found == {
        ("subnet-a", "dns-server", "53/udp"): (("subnet-a", *to_data_center), ("agent-1", "agent-2")),
        ("subnet-b", "dns-server", "53/udp"): (("subnet-b", *to_data_center), ("agent-3",)),
        ("cell", "dns-server", "53/udp"): ((*below, *to_data_center), ("relay",)),
        (OUTSIDE, "dns-server", "53/udp"): ((OUTSIDE, "dc"), ("administrator",)),
        ("subnet-a", "workload-security", "443/tcp"): (("subnet-a", *to_internet), ("agent-1", "agent-2")),
        ("subnet-b", "workload-security", "443/tcp"): (("subnet-b", *to_internet), ("agent-3",)),
        ("cell", "workload-security", "443/tcp"): ((*below, *to_internet), ("relay",)),
        (OUTSIDE, "workload-security", "443/tcp"): ((OUTSIDE, "internet"), ("administrator",)),
        ("subnet-a", "relay", "4122/tcp"): (("subnet-a", "vpc", "subnet-b", "cell"), ("agent-1", "agent-2")),
        ("subnet-b", "relay", "4122/tcp"): (("subnet-b", "cell"), ("agent-3",)),
        ("cell", "update-server", "80/tcp"): ((*below, *to_internet), ("relay",)),
        ("cell", "update-server", "443/tcp"): ((*below, *to_internet), ("relay",)),
    }
    for item in graph.openings:
        assert item.destination_zone == graph.zone(item.destination)
        assert tuple(flow.source for flow in item.flows) == item.sources


def test_every_network_flow_between_zones_is_in_exactly_one_opening(graph: FlowGraph) -> None:
    crossing = [flow for flow in graph.network if graph.zone(flow.source) != graph.zone(flow.destination)]
    covered = [flow for item in graph.openings for flow in item.flows]
    assert sorted(flow.id for flow in covered) == sorted(flow.id for flow in crossing)


def test_within_one_zone_nothing_is_opened(catalog: Catalog) -> None:
    inside = derive(draw(place("agent", zone="dc"), place("relay", zone="dc"), zones=(zone("dc"),)), catalog)
    assert opened(inside) == {"agent > relay 4122/tcp"}
    assert inside.openings == ()
    assert derive(draw("agent", "relay"), catalog).openings == ()


def test_loopback_is_no_opening_and_no_edge(graph: FlowGraph) -> None:
    assert opened(graph, scope="host") == {"relay > relay 4123/tcp"}
    assert all(flow.basis.scope == "network" for flow in graph.network)
    assert not graph.graph.has_edge("relay", "relay")
    assert len(graph.of_scope("all")) == len(graph.of_scope("host")) + len(graph.of_scope("network"))


def test_the_multigraph_holds_exactly_the_network_flows(graph: FlowGraph) -> None:
    assert isinstance(graph.graph, nx.MultiDiGraph)
    assert set(graph.graph.nodes) == {component.id for component in graph.design.components}
    edges = [(source, to, *key) for source, to, key in graph.graph.edges(keys=True)]
    assert sorted(edges) == sorted(flow.key for flow in graph.network)
    for source, to, key, held in graph.graph.edges(keys=True, data=True):
        assert held["flow"].key == (source, to, *key)


def test_two_ports_of_one_pair_are_two_edges(graph: FlowGraph) -> None:
    ends = [(to, key) for _source, to, key in graph.graph.out_edges("relay", keys=True)]
    assert [key for to, key in ends if to == "update-server"] == [(80, "tcp"), (443, "tcp")]


def test_ranks_put_initiators_left_of_listeners(graph: FlowGraph) -> None:
    assert graph.ranks.keys() == {component.id for component in graph.design.components}
    assert all(graph.ranks[flow.source] < graph.ranks[flow.destination] for flow in graph.network)
    assert graph.ranks["agent-1"] == graph.ranks["administrator"] == 0
    assert graph.ranks["relay"] == 1
    assert graph.ranks["update-server"] == 2


def test_components_that_call_each_other_share_a_rank(catalog: Catalog) -> None:
    called = place("agent", settings={"communication": "bidirectional"})
    both = derive(draw(called, "workload-security", "administrator", "dns-server"), catalog)
    assert both.ranks["agent"] == both.ranks["workload-security"]
    assert both.ranks["administrator"] < both.ranks["agent"] < both.ranks["dns-server"]


def test_hosts_count_members_of_groups_and_no_services(graph: FlowGraph) -> None:
    assert graph.hosts == 40 + 1 + 1 + 1 + 1 + 1  # agents, relay, DNS server, administrator


def test_only_the_services_of_the_vendor_are_no_hosts(catalog: Catalog) -> None:
    services = {
        *("workload-security", "smart-protection-network", "update-server", "download-center", "vision-one")
    }
    for kind in catalog.kinds:
        assert derive(draw(kind.id), catalog).hosts == (0 if kind.id in services else 1), kind.id


def test_names_are_those_of_destinations_inferred_ones_included(catalog: Catalog) -> None:
    mirror = place("software-mirror", fqdn="mirror.example.com")
    design = draw(
        "administrator", "agent", "workload-security", mirror, settings={"communication": "bidirectional"}
    )
    printed = {
        *(f"{host}.{GOV}" for host in ("agents-001", "agents", "dsmim", "relay", "xdr-resp-gw")),
        GOV,
        "mirror.example.com",
    }
    assert derive(design, catalog).fqdns == tuple(sorted(printed))
    more = design.evolve(features={"inferred-agents-002": True})
    assert derive(more, catalog).fqdns == tuple(sorted(printed | {f"agents-002.{GOV}"}))


def test_names_of_the_source_side_are_no_destinations(catalog: Catalog) -> None:
    tied = {("agent", "workload-security"): "none"}
    settings = {"communication": "bidirectional"}
    only_back = derive(draw("agent", "workload-security", settings=settings, tied=tied), catalog)
    assert opened(only_back) == {"workload-security > agent 4118/tcp"}
    assert only_back.fqdns == ()  # A17


def test_flows_are_found_by_key_id_pair_and_component(graph: FlowGraph) -> None:
    for flow in graph.flows:
        assert graph.by_key[flow.key] is flow
        assert graph.by_id[flow.id] is flow
        assert flow in graph.touching[flow.source]
        assert flow in graph.touching[flow.destination]
    assert {flow.port for flow in graph.by_pair["relay", "update-server"]} == {80, 443}
    assert ("relay", "relay") not in graph.by_pair
    assert [flow.port for flow in graph.touching["relay"] if flow.source == flow.destination] == [4123]
    assert graph.component("relay").kind == "relay"

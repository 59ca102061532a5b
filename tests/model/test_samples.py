"""The sample designs, which double as templates: whole, canonical, and free of errors."""

import pytest

import resources
from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.findings import findings
from model.storage import dump, parse_design

FILES = resources.names("samples", ".portchart")


def design(name: str) -> Design:
    return parse_design(resources.path(name).read_bytes(), name)


@pytest.fixture(params=FILES)
def graph(request: pytest.FixtureRequest, catalog: Catalog) -> FlowGraph:
    return derive(design(request.param), catalog)


def test_there_are_the_four_that_architects_know() -> None:
    assert [name.removeprefix("samples/").removesuffix(".portchart") for name in FILES] == [
        "air-gapped",
        "multi-vpc",
        "on-premises",
        "single-vpc",
    ]


@pytest.mark.parametrize("name", FILES)
def test_file_is_in_canonical_form(name: str) -> None:
    assert dump(design(name)) == resources.path(name).read_bytes()


def test_nothing_is_missing_and_no_finding_is_an_error(graph: FlowGraph) -> None:
    assert graph.missing == ()
    assert [each.message.en for each in findings(graph) if each.severity == "error"] == []


def test_document_data_is_filled_in(graph: FlowGraph) -> None:
    document = graph.design.document
    assert graph.design.title
    assert document.change_number
    assert document.author
    assert all(each.date and each.author and each.text for each in document.revisions)
    assert document.revisions[0].number == len(document.revisions), "newest first, none left out"


def test_features_are_chosen_explicitly(graph: FlowGraph) -> None:
    chosen = {each.id for each in graph.catalog.features if each.category in ("protection", "service")}
    assert set(graph.design.features) == chosen


def test_everything_lies_in_a_zone_and_has_an_address(graph: FlowGraph) -> None:
    services = {kind.id for kind in graph.catalog.kinds if kind.service}
    assert 10 <= len(graph.design.components) <= 18
    for component in graph.design.components:
        assert component.zone is not None
        internet = graph.design.zone_by_id[component.zone].kind == "internet"
        assert internet == (component.kind in services)
        assert component.addresses or component.kind in services
    for zone in graph.design.zones:
        assert zone.cidrs or zone.kind == "internet"
        assert zone.firewall or zone.parent or zone.kind == "internet"


def test_addresses_lie_in_the_networks_of_their_zones(graph: FlowGraph) -> None:
    from ipaddress import ip_network

    for component in graph.design.components:
        nets = [
            ip_network(each)
            for zone in graph.design.zone_chain(component.zone)
            for each in graph.design.zone_by_id[zone].cidrs
        ]
        for address in component.addresses:
            assert all(ip_network(address).subnet_of(net) for net in nets)  # type: ignore[arg-type] # all are IPv4


def flows(name: str, catalog: Catalog) -> set[tuple[str, str, int]]:
    return {flow[:3] for flow in derive(design(f"samples/{name}.portchart"), catalog).network}


def test_single_vpc_updates_directly_and_sends_events_home(catalog: Catalog) -> None:
    found = flows("single-vpc", catalog)
    assert ("web-tier", "update-server", 80) in found
    assert ("db-tier", "download-center", 443) in found
    assert ("workload-security", "siem-1", 514) in found


def test_on_premises_uses_its_own_servers_and_keeps_the_residue(catalog: Catalog) -> None:
    found = flows("on-premises", catalog)
    assert {("app-tier", "sps-1", port) for port in (80, 443, 5274, 5275)} <= found
    assert ("app-tier", "smart-protection-network", 443) in found
    assert not any(source == "web-tier" and target == "sps-1" for source, target, _ in found)
    assert {("dcgw-1", "vcenter-1", 443), ("dcgw-1", "corp-ad", 636)} <= found
    assert ("dcgw-1", "corp-ad", 389) not in found


def test_multi_vpc_goes_out_through_the_proxy_only(catalog: Catalog) -> None:
    found = flows("multi-vpc", catalog)
    hosts = {"prod-web", "prod-app", "dev-hosts", "relay-prod", "relay-dev"}
    outside = {
        "workload-security",
        "smart-protection-network",
        "update-server",
        "download-center",
        "trend-vision-one",
    }
    assert {(host, "proxy-1", 1443) for host in hosts} <= found
    assert not any(source in hosts and target in outside for source, target, _ in found)
    assert {target for source, target, _ in found if source == "proxy-1"} == outside
    assert {(source, target) for source, target, port in found if port == 4122} == {
        ("prod-web", "relay-prod"),
        ("prod-app", "relay-prod"),
        ("dev-hosts", "relay-dev"),
    }
    assert ("workload-security", "siem-1", 6514) in found


def test_air_gapped_takes_software_from_the_mirror(catalog: Catalog) -> None:
    found = flows("air-gapped", catalog)
    agents = {"analysis-hosts", "windows-2012", "rhel-6-hosts", "control-consoles"}
    enclave = design("samples/air-gapped.portchart")
    assert {enclave.component_by_id[name].settings["agent-version"] for name in agents} == {
        "20.0",
        "12.0",
        "11.0",
        "10.0",
    }
    assert {(agent, "mirror-1", 443) for agent in agents} <= found
    assert {source for source, target, _ in found if target in ("workload-security", "update-server")} == {
        "proxy-1",
        "relay-1",
    }

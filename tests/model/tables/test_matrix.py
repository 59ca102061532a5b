import random
from itertools import pairwise

import pytest

from model.catalog.catalog import Catalog
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.design import CatalogReference, Design
from model.design.elements import Component, Zone
from model.editing import edits
from model.tables.matrix import COLUMNS, Row, rows
from tests.designs import random_design

FRAME = (0, 0, 500, 500)


def zone(name: str, parent: str | None = None, firewall: str = "", title: str = "") -> Zone:
    return Zone(id=name, name=title or name, kind="subnet", frame=FRAME, parent=parent, firewall=firewall)


def component(name: str, kind: str, zone: str | None = None, title: str = "", **fields: object) -> Component:
    made = {"id": name, "kind": kind, "name": title or name, "zone": zone} | fields
    return Component.model_validate(made)


def design(
    catalog: Catalog, *components: Component, zones: tuple[Zone, ...] = (), **fields: object
) -> Design:
    reference = CatalogReference(id=catalog.id, version=catalog.version)
    return Design.model_validate({"catalog": reference, "components": components, "zones": zones} | fields)


def cells(row: Row) -> dict[str, str]:
    return {column.id: column.cell(row, "en") for column in COLUMNS}


def only(graph: FlowGraph, source: str, destination: str, port: int, transport: str = "tcp") -> Row:
    (found,) = [
        row for row in rows(graph, scope="all") if row.flow[:4] == (source, destination, port, transport)
    ]
    return found


@pytest.fixture
def on_premises(catalog: Catalog) -> FlowGraph:
    return derive(
        design(
            catalog,
            component(
                "web-10", "agent", "app", title="Web 10", count=40, addresses=("10.1.0.0/24", "10.2.0.7")
            ),
            component("web-2", "agent", "app", title="Web 2"),
            component("sps", "smart-protection-server", "dc", fqdn="sps.corp.example"),
            component("dns", "dns-server", "app"),
            component("ws", "workload-security", "net"),
            component("spn", "smart-protection-network", "net"),
            component("update", "update-server"),
            component("relay", "relay", "dc"),
            zones=(
                zone("vpc", firewall="FW-VPC", title="Production VPC"),
                zone("app", "vpc", title="App subnet"),
                zone("dc", firewall="FW-DC", title="Data centre"),
                zone("net", title="Internet"),
            ),
            features={"web-reputation": True, "behavior-monitoring": True},
            settings={"web-reputation-source": "smart-protection-server"},
        ),
        catalog,
    )


def test_one_row_per_flow_and_no_cell_is_empty(catalog: Catalog) -> None:
    for seed in range(30):
        graph = derive(random_design(random.Random(seed), catalog, 15), catalog)
        for scope in ("network", "host", "all"):
            found = rows(graph, scope=scope)
            assert {row.flow for row in found} == set(graph.of_scope(scope))
            assert len(found) == len(graph.of_scope(scope))
        for row in rows(graph, scope="all"):
            for column in COLUMNS:
                for language in ("en", "ja", "both"):
                    text = column.cell(row, language)
                    assert text.strip()
                    assert text.lower() != "any"


def test_a_row_says_who_opens_what_where(on_premises: FlowGraph) -> None:
    row = only(on_premises, "web-10", "ws", 443)
    found = cells(row)
    assert found["flow-id"] == row.flow.id
    assert found["change"] == "no baseline"
    assert (found["source-zone"], found["source"]) == ("App subnet", "Web 10 ×40")
    assert found["source-ip"] == "10.1.0.0/24, 10.2.0.7"
    assert (found["destination-zone"], found["destination"]) == ("Internet", "ws")
    assert found["destination-ip"] == "not printed"
    assert (found["transport"], found["port"], found["service"]) == ("TCP", "443", "HTTPS")
    assert found["direction"] == "Agent → Workload Security"
    assert found["device"] == "FW-VPC"
    assert (found["necessity"], found["condition"]) == ("required", "always")
    assert found["rules"] == "P10, U01"
    assert "agents-001.workload.gov-us-1.cloudonegov.trendmicro.com" in found["destination-fqdn"].split(", ")


def test_absent_addresses_and_names_are_said_to_be_absent(on_premises: FlowGraph) -> None:
    found = cells(only(on_premises, "web-2", "dns", 53, "udp"))
    assert (found["source-ip"], found["destination-ip"]) == ("not given", "not given")
    assert found["destination-fqdn"] == "not given", (
        "the document names no user's server; this one has no name yet"
    )
    assert found["device"] == "same zone"
    outside = cells(only(on_premises, "relay", "update", 443))
    assert outside["destination-zone"] == "no zone"


def test_firewalls_on_the_way_are_named_in_order_else_the_zones(on_premises: FlowGraph) -> None:
    assert cells(only(on_premises, "web-2", "relay", 4122))["device"] == "FW-VPC, FW-DC"
    bare = edits.change_zone(on_premises.design, "vpc", firewall="")
    bare = edits.change_zone(bare, "dc", firewall="")
    graph = derive(bare, on_premises.catalog)
    assert cells(only(graph, "web-2", "relay", 4122))["device"] == "App subnet → Data centre"


def test_a_servers_own_name_and_the_condition_in_words(on_premises: FlowGraph) -> None:
    found = cells(only(on_premises, "web-2", "sps", 5274))
    assert found["destination-fqdn"] == "sps.corp.example"
    assert found["necessity"] == "conditional"
    assert "web reputation comes from a Smart Protection Server" in found["condition"]
    assert "Web Reputation" in found["justification"]


def test_printed_protocol_shows_where_the_reading_differs(on_premises: FlowGraph) -> None:
    assert cells(only(on_premises, "relay", "update", 443))["service"] == "HTTPS (printed as HTTP)"
    assert cells(only(on_premises, "relay", "update", 80))["service"] == "HTTP"


def test_inferred_and_uncertain_names_are_marked(on_premises: FlowGraph) -> None:
    changed = edits.set_setting(on_premises.design, "agent-version", "12.0", "web-2")
    changed = edits.set_feature(changed, "inferred-agents-002", True)
    graph = derive(changed, on_premises.catalog)
    names = cells(only(graph, "web-2", "ws", 443))["destination-fqdn"].split(", ")
    printed = [name for name in names if "002" not in name]
    assert printed
    assert all(name.endswith(" (uncertain)") for name in printed)
    assert "agents-002.workload.gov-us-1.cloudonegov.trendmicro.com (inferred)" in names


def test_loopback_stays_within_the_host(on_premises: FlowGraph) -> None:
    assert not [row for row in rows(on_premises) if row.flow.basis.scope == "host"]
    found = [cells(row) for row in rows(on_premises, scope="host")]
    assert found
    assert {(each["port"], each["device"]) for each in found} == {("4123", "within the host")}


def test_the_source_addresses_the_document_prints_are_shown(catalog: Catalog) -> None:
    graph = derive(
        design(
            catalog,
            component("agent", "agent", settings={"communication": "bidirectional"}),
            component("ws", "workload-security"),
        ),
        catalog,
    )
    found = cells(only(graph, "ws", "agent", 4118))
    assert found["source-ip"] == "3.30.186.224/27"
    assert found["destination-fqdn"] == "not given", "the name printed for it is the source's (A17)"


def test_a_users_server_is_named_by_its_own_name_else_by_its_address(catalog: Catalog) -> None:
    def shown(fqdn: str | None = None, addresses: tuple[str, ...] = ()) -> str:
        ends = component("app", "agent"), component("relay", "relay", fqdn=fqdn, addresses=addresses)
        return cells(only(derive(design(catalog, *ends), catalog), "app", "relay", 4122))["destination-fqdn"]

    assert shown(fqdn="relay.corp.example", addresses=("10.1.0.9",)) == "relay.corp.example"
    assert shown(addresses=("10.1.0.9",)) == "by address"
    assert shown() == "not given"


def test_order_is_by_zones_then_names_in_natural_order(on_premises: FlowGraph) -> None:
    found = rows(on_premises)
    zones = [(cells(row)["source-zone"], cells(row)["destination-zone"]) for row in found]
    assert zones == sorted(zones, key=lambda pair: (pair[0].lower(), pair[1].lower()))
    from_app = [row.source.component.name for row in found if row.source.component.zone == "app"]
    in_net = [row for row in found if row.destination.component.zone == "net"]
    names = list(
        dict.fromkeys(row.source.component.name for row in in_net if row.source.component.zone == "app")
    )
    assert names == ["Web 2", "Web 10"]
    assert set(from_app) == {"Web 2", "Web 10"}
    ports = [row.flow.port for row in found if row.flow[:2] == ("web-2", "sps")]
    assert ports == sorted(ports)
    assert len(ports) > 1


def test_equal_zone_names_are_told_apart_by_what_is_around_them(catalog: Catalog) -> None:
    graph = derive(
        design(
            catalog,
            component("a", "agent", "a-private"),
            component("b", "dns-server", "b-private"),
            zones=(
                zone("a-vpc", title="VPC A"),
                zone("b-vpc", title="VPC B"),
                zone("a-private", "a-vpc", title="private"),
                zone("b-private", "b-vpc", title="private"),
            ),
        ),
        catalog,
    )
    found = cells(only(graph, "a", "b", 53, "udp"))
    assert (found["source-zone"], found["destination-zone"]) == ("VPC A › private", "VPC B › private")


def test_proxied_ways_say_so(catalog: Catalog) -> None:
    graph = derive(
        design(
            catalog,
            component("app", "agent", proxies={"management": "proxy"}),
            component("ws", "workload-security", title="Cloud"),
            component("proxy", "web-proxy"),
        ),
        catalog,
    )
    first, second = only(graph, "app", "proxy", 1443), only(graph, "proxy", "ws", 443)
    assert cells(first)["condition"] == "sent through a web proxy to Cloud"
    assert cells(first)["destination-fqdn"] == "not given"
    assert cells(second)["condition"] == "on behalf of components that use this web proxy"
    assert "agents-001" in cells(second)["destination-fqdn"]
    assert cells(first)["justification"].startswith("Leads through this web proxy to Cloud. An agent reaches")
    assert cells(second)["justification"].startswith(
        "On behalf of components that use this web proxy. An agent"
    )


def test_changes_come_first_and_removed_flows_are_described_as_they_were(on_premises: FlowGraph) -> None:
    after = edits.delete(on_premises.design, {"web-10"})
    after = edits.rename(after, "dc", "Data center")
    after = edits.set_port(after, "relay", 4122, 14122)
    after, _ = edits.place(after, "ntp-server", "Clock", (0, 0))
    graph = derive(after, on_premises.catalog)
    comparison = compare(on_premises, graph)
    found = rows(graph, comparison)
    statuses = [row.status for row in found]
    assert list(dict.fromkeys(statuses)) == ["added", "changed", "removed", "unchanged"]
    assert sum(one != next for one, next in pairwise(statuses)) == 3, "each group in one piece"
    assert {cells(row)["destination"] for row in found if row.status == "added"} == {"Clock"}
    removed = [cells(row) for row in found if row.status == "removed"]
    assert {each["source"] for each in removed} == {"Web 10 ×40"}
    assert "Data centre" in {each["destination-zone"] for each in removed}
    moved = only_changed(found, "web-2", "relay")
    assert cells(moved)["change"] == "changed: port 4122 → 14122"
    assert moved.before is not None
    assert moved.before.port == 4122
    current = {row.flow for row in found if row.status != "removed"}
    assert current == set(graph.network)


def only_changed(found: tuple[Row, ...], source: str, destination: str) -> Row:
    (row,) = [row for row in found if row.flow[:2] == (source, destination) and row.status == "changed"]
    return row


def test_ids_do_not_depend_on_order_or_language(on_premises: FlowGraph) -> None:
    backwards = on_premises.design.evolve(
        components=on_premises.design.components[::-1], zones=on_premises.design.zones[::-1]
    )
    again = derive(backwards, on_premises.catalog)
    first = {row.flow[:4]: row.id for row in rows(on_premises, scope="all")}
    assert {row.flow[:4]: row.id for row in rows(again, scope="all")} == first
    assert [row.flow[:4] for row in rows(again)] == [row.flow[:4] for row in rows(on_premises)]


def test_headings_are_bilingual() -> None:
    by_id = {column.id: column for column in COLUMNS}
    assert by_id["port"].title("both") == "Port 宛先ポート番号"
    assert by_id["port"].title("ja") == "宛先ポート番号"
    assert len(by_id) == len(COLUMNS)

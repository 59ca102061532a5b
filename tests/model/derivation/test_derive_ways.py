"""Worked examples by hand from the document, paragraph by paragraph: the ways traffic takes (D8–D10, D12).

Expectations come from the document's rows (P01 …, U01 …) as the semantics read them, never from the program's output.
Functions that take only a catalog are also run on altered catalogs (tests/mutation.py): keep them so.
"""

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from tests.drawn import GOV, NETWORK, SERVER, draw, flow, names, opened, place, ports, rules

# D8 Relays and updates


def test_d8_an_agent_with_relays_updates_from_them(catalog: Catalog) -> None:
    graph = derive(draw("agent", "relay", "update-server", "download-center"), catalog)
    assert opened(graph, source="agent") == {"agent > relay 4122/tcp"}  # P11
    assert opened(graph, source="relay") == {
        "relay > update-server 80/tcp",
        "relay > update-server 443/tcp",
        "relay > download-center 443/tcp",
    }


def test_d8_an_agent_tied_to_no_relay_updates_directly(catalog: Catalog) -> None:
    tied = {("agent", "relay"): "none"}
    graph = derive(draw("agent", "relay", "update-server", "download-center", tied=tied), catalog)
    assert opened(graph, source="agent") == {
        "agent > update-server 80/tcp",
        "agent > update-server 443/tcp",
        "agent > download-center 443/tcp",
    }


def test_d8_direct_updates_can_be_allowed_beside_relays_and_forbidden_without(catalog: Catalog) -> None:
    agents = (
        place("agent-1", settings={"direct-updates": "on"}),
        place("agent-2", settings={"direct-updates": "off"}),
    )
    tied = {("agent-2", "relay"): "none"}
    graph = derive(draw(*agents, "relay", "update-server", "download-center", tied=tied), catalog)
    assert opened(graph, source="agent-1") == {
        "agent-1 > relay 4122/tcp",
        "agent-1 > update-server 80/tcp",
        "agent-1 > update-server 443/tcp",
        "agent-1 > download-center 443/tcp",
    }
    assert opened(graph, source="agent-2") == set()


def test_d8_a_mirror_takes_the_place_of_the_download_center_only(catalog: Catalog) -> None:
    mirror = place("software-mirror", fqdn="mirror.example.com")
    graph = derive(draw("agent", "relay", mirror, "update-server", "download-center"), catalog)
    assert opened(graph, source="agent") == {"agent > relay 4122/tcp", "agent > software-mirror 443/tcp"}
    assert opened(graph, source="relay") == {
        "relay > software-mirror 443/tcp",
        "relay > update-server 80/tcp",
        "relay > update-server 443/tcp",
    }
    assert names(graph, "agent", "software-mirror") == ("mirror.example.com",)
    assert names(graph, "relay", "software-mirror") == ("mirror.example.com",)
    assert rules(graph, "relay > software-mirror 443/tcp") == ("P24", "U02")


def test_d8_a_component_tied_to_no_mirror_keeps_the_download_center(catalog: Catalog) -> None:
    tied = {("agent", "software-mirror"): "none", ("relay", "software-mirror"): "none"}
    tied[("agent", "relay")] = "none"
    graph = derive(draw("agent", "relay", "software-mirror", "download-center", tied=tied), catalog)
    assert opened(graph) == {"agent > download-center 443/tcp", "relay > download-center 443/tcp"}


def test_d8_a_mirror_takes_the_place_of_the_download_center_by_plain_http_too(catalog: Catalog) -> None:
    asked = {"download-center-http": True}
    mirrored = draw("agent", "relay", "software-mirror", "download-center", features=asked)
    assert "download-center" not in {flow.destination for flow in derive(mirrored, catalog).network}
    alone = draw("agent", "software-mirror", "download-center", features=asked)
    assert opened(derive(alone, catalog)) == {"agent > software-mirror 443/tcp"}
    without = draw("agent", "download-center", features=asked)
    assert opened(derive(without, catalog)) == {
        "agent > download-center 443/tcp",
        "agent > download-center 80/tcp",
    }


def test_d8_direct_updates_with_a_mirror_keep_the_update_server(catalog: Catalog) -> None:
    graph = derive(draw("agent", "software-mirror", "update-server", "download-center"), catalog)
    assert opened(graph) == {
        "agent > software-mirror 443/tcp",
        "agent > update-server 80/tcp",
        "agent > update-server 443/tcp",
    }


def test_d8_a_relay_with_an_upstream_relay_keeps_its_own_sources(catalog: Catalog) -> None:
    tied = {("relay-1", "relay"): "none", ("relay-2", "relay"): "relay-1"}
    graph = derive(draw("relay-1", "relay-2", "update-server", "download-center", tied=tied), catalog)
    assert opened(graph, source="relay-2") == {
        "relay-2 > relay-1 4122/tcp",
        "relay-2 > update-server 80/tcp",
        "relay-2 > update-server 443/tcp",
        "relay-2 > download-center 443/tcp",
    }


def test_d8_update_sources_have_their_printed_names(catalog: Catalog) -> None:
    graph = derive(
        draw("agent", "relay", "update-server", "download-center", settings={"direct-updates": "on"}), catalog
    )
    for source in ("agent", "relay"):
        assert names(graph, source, "update-server") == (
            "iaus.activeupdate.trendmicro.com",
            "iaus.trendmicro.com",
            "ipv6-iaus.trendmicro.com",
            "ipv6-iaus.activeupdate.trendmicro.com",
        )
        assert names(graph, source, "download-center") == ("files.trendmicro.com",)
    basis = flow(graph, "relay > update-server 443/tcp").basis
    assert (basis.protocol, basis.printed_protocol) == ("HTTPS", "HTTP")  # A01


def test_d8_vision_one_where_that_feature_is_on(catalog: Catalog) -> None:
    graph = derive(draw("agent", "relay", "vision-one", features=("vision-one",)), catalog)
    for source in ("agent", "relay"):
        assert ports(graph, source, "vision-one") == {"443/tcp"}
        assert names(graph, source, "vision-one") == (f"xdr-resp-gw.{GOV}",)
    assert opened(derive(draw("agent", "vision-one"), catalog)) == set()


# D9 Syslog


def test_d9_a_siem_takes_udp_or_tls_never_both(catalog: Catalog) -> None:
    tls = place("siem-2", settings={"syslog-transport": "tls"})
    graph = derive(draw("workload-security", "siem-1", tls), catalog)
    assert opened(graph) == {
        "workload-security > siem-1 514/udp",  # P04
        "workload-security > siem-2 6514/tcp",  # P05
    }
    assert flow(graph, "workload-security > siem-1 514/udp").basis.protocol == "Syslog"
    assert flow(graph, "workload-security > siem-2 6514/tcp").basis.protocol == "Syslog over TLS"


def test_d9_agents_forward_directly_only_where_chosen_and_only_over_udp(catalog: Catalog) -> None:
    direct = place("agent-2", features={"syslog-direct": True})
    tls = place("siem-2", settings={"syslog-transport": "tls"})
    graph = derive(draw("agent-1", direct, "siem-1", tls), catalog)
    assert opened(graph) == {"agent-2 > siem-1 514/udp"}  # P09


def test_d9_a_custom_port_replaces_the_printed_one(catalog: Catalog) -> None:
    siems = (
        place("siem-1", ports={514: 1514}),
        place("siem-2", ports={514: 1514, 6514: 7514}, settings={"syslog-transport": "tls"}),
    )
    graph = derive(draw("workload-security", "agent", *siems, features=("syslog-direct",)), catalog)
    assert {text for text in opened(graph) if "siem" in text} == {
        "workload-security > siem-1 1514/udp",
        "workload-security > siem-2 7514/tcp",
        "agent > siem-1 1514/udp",
    }


# D10 Gateways


def test_d10_a_data_center_gateway_opens_what_the_document_prints(catalog: Catalog) -> None:
    design = draw(
        *("data-center-gateway", "dns-server", "ntp-server", "workload-security", "vcenter-1", "vcenter-2"),
        "active-directory",
    )
    graph = derive(design, catalog)
    assert opened(graph, source="data-center-gateway") == {
        "data-center-gateway > dns-server 53/udp",  # P25
        "data-center-gateway > ntp-server 123/udp",  # P26
        "data-center-gateway > workload-security 443/tcp",  # P27
        "data-center-gateway > vcenter-1 443/tcp",  # P28
        "data-center-gateway > vcenter-2 443/tcp",
        "data-center-gateway > active-directory 389/tcp",  # P29
        "data-center-gateway > active-directory 389/udp",
        "data-center-gateway > active-directory 636/tcp",  # P30
        "data-center-gateway > active-directory 636/udp",
    }
    assert names(graph, "data-center-gateway", "workload-security") == (
        "gateway.workload.us-1.cloudone.trendmicro.com",
        "gateway-control.workload.us-1.cloudone.trendmicro.com",
    )
    assert flow(graph, "data-center-gateway > active-directory 389/tcp").basis.protocol == "LDAP + STARTTLS"
    assert flow(graph, "data-center-gateway > active-directory 636/tcp").basis.protocol == "LDAPS"


def test_d10_a_directory_set_to_one_protocol_keeps_just_its_port(catalog: Catalog) -> None:
    directories = (
        place("active-directory-1", settings={"directory-protocol": "ldaps-only"}),
        place("active-directory-2", settings={"directory-protocol": "starttls-only"}),
    )
    graph = derive(draw("data-center-gateway", *directories), catalog)
    assert ports(graph, "data-center-gateway", "active-directory-1") == {"636/tcp", "636/udp"}
    assert ports(graph, "data-center-gateway", "active-directory-2") == {"389/tcp", "389/udp"}


def test_d10_a_service_gateway_opens_dns_ntp_and_the_network(catalog: Catalog) -> None:
    graph = derive(draw("service-gateway", "dns-server", "ntp-server", NETWORK, "workload-security"), catalog)
    assert opened(graph) == {
        "service-gateway > dns-server 53/udp",  # P31
        "service-gateway > ntp-server 123/udp",  # P32
        f"service-gateway > {NETWORK} 80/tcp",  # P33
        f"service-gateway > {NETWORK} 443/tcp",  # P34
    }


def test_d10_an_api_client_needs_workload_security_only(catalog: Catalog) -> None:
    graph = derive(draw("api-client", "workload-security", "dns-server", "ntp-server"), catalog)
    assert opened(graph) == {"api-client > workload-security 443/tcp"}  # P35


# D12 Ports are defaults


PRINTED_PORTS = {
    "administrator": (),
    "api-client": (),
    "data-center-gateway": (),
    "agent": (4118,),
    "relay": (4118, 4122, 4123),
    "service-gateway": (8080,),
    SERVER: (80, 443, 5274, 5275),
    "dns-server": (53,),
    "ntp-server": (123,),
    "siem": (514, 6514),
    "vcenter": (443,),
    "active-directory": (389, 636),
    "software-mirror": (443,),
    "web-proxy": (1443,),
    "workload-security": (443,),
    NETWORK: (80, 443),
    "update-server": (80, 443),
    "download-center": (80, 443),
    "vision-one": (443,),
}


def test_d12_the_printed_ports_of_every_kind(catalog: Catalog) -> None:
    assert {kind.id: catalog.listening_ports(kind.id) for kind in catalog.kinds} == PRINTED_PORTS


def test_d12_a_port_changed_at_the_listener_is_used_by_everyone(catalog: Catalog) -> None:
    directory = place("active-directory", ports={389: 3389, 636: 3636})
    relay = place(
        "relay", ports={4118: 5118, 4122: 5122, 4123: 5123}, settings={"communication": "bidirectional"}
    )
    graph = derive(draw("agent", "data-center-gateway", "workload-security", directory, relay), catalog)
    assert ports(graph, "data-center-gateway", "active-directory") == {
        *("3389/tcp", "3389/udp", "3636/tcp", "3636/udp")
    }
    assert ports(graph, "agent", "relay") == {"5122/tcp"}
    assert ports(graph, "workload-security", "relay") == {"5118/tcp"}
    assert opened(graph, scope="host") == {"relay > relay 5123/tcp"}
    assert flow(graph, "agent > relay 5122/tcp").basis.listener == 4122


def test_d12_two_rows_on_one_changed_port_are_one_flow_for_both(catalog: Catalog) -> None:
    server = place(SERVER, ports={80: 8443, 443: 8443})
    settings = {"file-reputation-source": SERVER}
    graph = derive(draw("agent", server, features=("smart-scan",), settings=settings), catalog)
    assert opened(graph) == {f"agent > {SERVER} 8443/tcp"}
    basis = flow(graph, f"agent > {SERVER} 8443/tcp").basis
    assert (basis.rules, basis.protocol, basis.listener) == (("P15", "P16", "U11"), "HTTP, HTTPS", 80)

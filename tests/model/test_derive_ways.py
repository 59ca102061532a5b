"""Worked examples by hand from the document, paragraph by paragraph: the ways traffic takes (D8–D12).

Expectations come from the document's rows (P01 …, U01 …) as the semantics read them, never from the program's output.
Functions that take only a catalog are also run on altered catalogs (tests/mutation.py): keep them so.
"""

from model.catalog import Catalog
from model.derive import derive
from tests.drawn import GOV, NETWORK, SERVER, SIX, draw, flow, names, opened, place, ports, rules

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


# D11 Web proxy


CLASSES = ("management", "updates", "smart-protection", "relays")


def test_d11_each_class_goes_through_its_proxy_and_the_others_stay_direct(catalog: Catalog) -> None:
    others = ("workload-security", "vision-one", "update-server", "download-center", NETWORK, "relay")
    features = ("smart-scan", "vision-one", "download-center-http")
    for source in ("agent", "relay-2"):
        direct = {
            "management": {f"{source} > workload-security 443/tcp", f"{source} > vision-one 443/tcp"},
            "updates": {
                f"{source} > update-server 80/tcp",
                f"{source} > update-server 443/tcp",
                f"{source} > download-center 80/tcp",
                f"{source} > download-center 443/tcp",
            },
            "smart-protection": {f"{source} > {NETWORK} 80/tcp", f"{source} > {NETWORK} 443/tcp"},
            "relays": {f"{source} > relay 4122/tcp"},
        }
        everything = set().union(*direct.values())
        for traffic in CLASSES:
            moved = direct[traffic]
            behind = place(source, settings={"direct-updates": "on"}, proxies={traffic: "web-proxy"})
            graph = derive(draw(behind, "web-proxy", *others, features=features), catalog)
            assert opened(graph, source=source) == everything - moved | {f"{source} > web-proxy 1443/tcp"}
            assert opened(graph, source="web-proxy") == {text.replace(source, "web-proxy") for text in moved}


def test_d11_dns_and_time_never_go_through_a_proxy(catalog: Catalog) -> None:
    sources = ("administrator", "agent", "relay", "data-center-gateway", "service-gateway")
    behind = [place(source, proxies=dict.fromkeys(CLASSES, "web-proxy")) for source in sources]
    graph = derive(
        draw(*behind, "web-proxy", "dns-server", "ntp-server", features=("dns-over-tcp",)), catalog
    )
    for source in sources:
        assert ports(graph, source, "dns-server") == {"53/udp", "53/tcp"}
        assert ports(graph, source, "ntp-server") == {"123/udp"}
    assert ports(graph, "web-proxy", "dns-server") == set()


def test_d11_names_stay_on_the_second_hop(catalog: Catalog) -> None:
    agent = place("agent", proxies={"management": "web-proxy"})
    graph = derive(draw(agent, "web-proxy", "workload-security"), catalog)
    first = flow(graph, "agent > web-proxy 1443/tcp").basis
    second = flow(graph, "web-proxy > workload-security 443/tcp").basis
    assert (first.fqdns, first.protocol, first.proxied) == ((), "HTTP proxy", "to-proxy")
    assert first.carried == ("workload-security",)
    assert (second.fqdns, second.protocol, second.proxied) == (SIX, "HTTPS", "from-proxy")
    assert first.rules == second.rules == ("P10", "U01", "T01")


def test_d11_the_proxy_listens_on_its_own_port(catalog: Catalog) -> None:
    agent = place("agent", proxies={"management": "web-proxy"})
    service = place("workload-security", ports={443: 8443})
    graph = derive(draw(agent, place("web-proxy", ports={1443: 3128}), service), catalog)
    assert opened(graph) == {"agent > web-proxy 3128/tcp", "web-proxy > workload-security 8443/tcp"}


def test_d11_one_second_hop_serves_everyone_behind_the_proxy(catalog: Catalog) -> None:
    behind = {"proxies": {"management": "web-proxy"}}
    graph = derive(
        draw(
            *(
                place(kind, **behind)
                for kind in ("data-center-gateway", "agent-1", "agent-2", "administrator")
            ),
            *("web-proxy", "workload-security"),
            features=("inferred-console-name",),
        ),
        catalog,
    )
    basis = flow(graph, "web-proxy > workload-security 443/tcp").basis
    assert basis.rules == ("P03", "P10", "P27", "U01", "U13", "T01")
    assert basis.fqdns == (
        *SIX,
        "gateway.workload.us-1.cloudone.trendmicro.com",
        "gateway-control.workload.us-1.cloudone.trendmicro.com",
    )
    assert basis.inferred_fqdns == ()  # printed for the agents, so no longer inferred
    assert basis.necessity == "required"  # P10 and P03 are, P27 is not
    assert opened(graph, source="web-proxy") == {"web-proxy > workload-security 443/tcp"}


def test_d11_servers_on_the_premises_and_relays_way_in_stay_direct(catalog: Catalog) -> None:
    classes = dict.fromkeys(CLASSES, "web-proxy")
    tls = place("siem-2", settings={"syslog-transport": "tls"})
    agent = place("agent", settings={"communication": "bidirectional"}, proxies=classes)
    service = place("workload-security", proxies=classes)
    settings = {"file-reputation-source": SERVER, "web-reputation-source": SERVER}
    graph = derive(
        draw(
            *(
                agent,
                service,
                "web-proxy",
                SERVER,
                "software-mirror",
                "siem",
                tls,
                "dns-server",
                "ntp-server",
            ),
            features=("smart-scan", "web-reputation", "syslog-direct"),
            settings=settings,
        ),
        catalog,
    )
    assert opened(graph, source="agent") == {
        "agent > web-proxy 1443/tcp",  # P10 only
        *(f"agent > {SERVER} {port}/tcp" for port in (80, 443, 5274, 5275)),
        "agent > software-mirror 443/tcp",
        "agent > siem 514/udp",
        "agent > dns-server 53/udp",
        "agent > ntp-server 123/udp",
    }
    assert opened(graph, source="workload-security") == {
        "workload-security > agent 4118/tcp",
        "workload-security > siem 514/udp",
        "workload-security > siem-2 6514/tcp",
    }


def test_d11_file_reputation_through_a_service_gateway_stays_direct(catalog: Catalog) -> None:
    agent = place("agent", proxies=dict.fromkeys(CLASSES, "web-proxy"))
    settings = {"file-reputation-source": "service-gateway"}
    gateway = place("service-gateway", proxies=dict.fromkeys(CLASSES, "web-proxy"))
    graph = derive(
        draw(agent, gateway, "web-proxy", NETWORK, features=("smart-scan",), settings=settings), catalog
    )
    assert opened(graph) == {
        "agent > service-gateway 8080/tcp",
        "service-gateway > web-proxy 1443/tcp",
        f"web-proxy > {NETWORK} 80/tcp",
        f"web-proxy > {NETWORK} 443/tcp",
    }


def test_d11_what_is_no_web_proxy_is_not_used_as_one(catalog: Catalog) -> None:
    agent = place("agent", proxies={"management": "siem", "no-such-class": "web-proxy"})
    graph = derive(draw(agent, "siem", "web-proxy", "workload-security"), catalog)
    assert opened(graph, source="agent") == {"agent > workload-security 443/tcp"}


def test_d11_relays_reach_their_own_kind_through_a_proxy_but_not_themselves(catalog: Catalog) -> None:
    relays = tuple(place(f"relay-{number}", proxies={"relays": "web-proxy"}) for number in (1, 2))
    graph = derive(draw(*relays, "web-proxy"), catalog)
    assert opened(graph) == {
        "relay-1 > web-proxy 1443/tcp",
        "relay-2 > web-proxy 1443/tcp",
        "web-proxy > relay-1 4122/tcp",
        "web-proxy > relay-2 4122/tcp",
    }
    assert opened(derive(draw(relays[0], "web-proxy"), catalog)) == set()


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

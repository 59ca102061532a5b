"""Worked examples by hand from the document: what goes through a web proxy and what never does (D11).

Expectations come from the document's rows (P01 …, U01 …) as the semantics read them, never from the program's output.
Functions that take only a catalog are also run on altered catalogs (tests/mutation.py): keep them so.
"""

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from tests.drawn import NETWORK, SERVER, SIX, draw, flow, opened, place, ports

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

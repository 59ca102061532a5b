"""Worked examples by hand, paragraph by paragraph: scope, names, reasons, marks (D13–D18), and what always holds.

Expectations come from the document's rows (P01 …, U01 …) as the semantics read them, never from the program's output.
Functions that take only a catalog are also run on altered catalogs (tests/mutation.py): keep them so.
"""

import random

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.design.elements import Component
from tests.drawn import (
    CENSUS,
    FEEDBACK,
    GFRBRIDGE,
    GOV,
    ICRC,
    NETWORK,
    PROTECTION,
    SERVER,
    SIX,
    TRX,
    draw,
    flow,
    names,
    necessity,
    opened,
    place,
    rules,
)

# D13 Host-only


def test_d13_4123_stays_on_the_relay(catalog: Catalog) -> None:
    graph = derive(draw("relay-1", "relay-2", "agent"), catalog)
    assert opened(graph, scope="host") == {"relay-1 > relay-1 4123/tcp", "relay-2 > relay-2 4123/tcp"}
    assert not any(item.port == 4123 or item.source == item.destination for item in graph.network)
    basis = flow(graph, "relay-1 > relay-1 4123/tcp").basis
    assert (basis.rules, basis.protocol, basis.scope, basis.fqdns) == (("P21",), "loopback", "host", ())


# D14 FQDNs


def test_d14_agents_and_relays_need_six_names_once_each(catalog: Catalog) -> None:
    graph = derive(draw("agent", "relay", "workload-security"), catalog)
    for source in ("agent", "relay"):
        assert names(graph, source, "workload-security") == SIX
        assert flow(graph, f"{source} > workload-security 443/tcp").basis.uncertain_fqdns == ()
    assert rules(graph, "agent > workload-security 443/tcp") == ("P10", "U01")
    assert rules(graph, "relay > workload-security 443/tcp") == ("P10", "P19", "U01")


def test_d14_agents_below_20_use_the_same_names_marked_uncertain(catalog: Catalog) -> None:
    for kind in ("agent", "relay"):
        for version, uncertain in (("19.9", SIX), ("12.0", SIX), ("9.6", SIX), ("20.0", ()), ("20.1", ())):
            design = draw(place(kind, settings={"agent-version": version}), "workload-security")
            basis = flow(derive(design, catalog), f"{kind} > workload-security 443/tcp").basis
            assert basis.fqdns == SIX
            assert basis.uncertain_fqdns == uncertain, version


def test_d14_a_server_has_its_own_name_where_the_document_says_so(catalog: Catalog) -> None:
    settings = {"file-reputation-source": SERVER}
    named = place(f"{SERVER}-1", fqdn="sps.example.com")
    relay = place("relay", fqdn="relay.example.com")
    graph = derive(
        draw("agent", named, f"{SERVER}-2", relay, features=("smart-scan",), settings=settings), catalog
    )
    assert names(graph, "agent", f"{SERVER}-1") == ("sps.example.com",)
    assert names(graph, "agent", f"{SERVER}-2") == ()
    assert names(graph, "agent", "relay") == ()  # no row of the URL table names a relay
    graph = derive(
        draw("agent", named, features=("web-reputation",), settings={"web-reputation-source": SERVER}),
        catalog,
    )
    assert names(graph, "agent", f"{SERVER}-1") == ("sps.example.com",)


def test_d14_each_destination_gets_its_own_names_and_no_others(catalog: Catalog) -> None:
    feedback = {
        "20.0": FEEDBACK,
        "12.0": "ds120-en.fbs25.trendmicro.com",
        "11.0": "deepsecurity1100-en.fbs25.trendmicro.com",
        "10.0": "deepsecurity1000-en.fbs20.trendmicro.com",
    }
    servers = {"file-reputation-source": "service-gateway", "web-reputation-source": SERVER}
    features = (*PROTECTION, "vision-one", "syslog-direct", "inferred-agents-002", "inferred-agent-comm")
    others = (
        *("workload-security", NETWORK, SERVER, "service-gateway", "update-server", "download-center"),
        *("vision-one", "relay-1", "dns-server", "ntp-server", "siem"),
    )
    for version, name in feedback.items():
        for source in ("agent", "relay-2"):
            choices = {"agent-version": version, "direct-updates": "on", **servers}
            named = [place(other, fqdn=f"{other}.example.com") for other in others]
            design = draw(place(source, settings=choices), *named, features=features)
            found = {
                item.destination: (item.basis.fqdns, item.basis.inferred_fqdns)
                for item in derive(design, catalog).network
                if item.source == source
            }
            assert found == {
                "workload-security": (SIX, (f"agents-002.{GOV}", f"agent-comm.{GOV}")),
                NETWORK: ((CENSUS, name, *TRX, GFRBRIDGE), ()),
                SERVER: ((f"{SERVER}.example.com",), ()),
                "service-gateway": ((), ()),  # the URL table gives it no name
                "update-server": (
                    (
                        "iaus.activeupdate.trendmicro.com",
                        "iaus.trendmicro.com",
                        "ipv6-iaus.trendmicro.com",
                        "ipv6-iaus.activeupdate.trendmicro.com",
                    ),
                    (),
                ),
                "download-center": (("files.trendmicro.com",), ()),
                "vision-one": ((f"xdr-resp-gw.{GOV}",), ()),
                **dict.fromkeys(("relay-1", "dns-server", "ntp-server", "siem"), ((), ())),
            }


def test_d14_inferred_names_are_off_until_asked_for_and_stay_marked(catalog: Catalog) -> None:
    design = draw(
        *("administrator", "agent", "relay", "api-client", "data-center-gateway", "service-gateway"),
        *("workload-security", NETWORK),
        settings={"communication": "bidirectional"},
    )
    assert all(item.basis.inferred_fqdns == () for item in derive(design, catalog).flows)
    second = f"agents-002.{GOV}"
    for feature, expected in {
        "inferred-agents-002": {"agent": (second,), "relay": (second,), "api-client": (second,)},
        "inferred-agent-comm": {"agent": (f"agent-comm.{GOV}",), "relay": (f"agent-comm.{GOV}",)},
        "inferred-gateway-names": {"data-center-gateway": (f"gateway.{GOV}", f"gateway-control.{GOV}")},
        "inferred-service-gateway-names": {"service-gateway": (ICRC,)},
        "inferred-console-name": {"administrator": (GOV,)},
    }.items():
        graph = derive(design.evolve(features={feature: True}), catalog)
        found = {
            item.source: item.basis.inferred_fqdns for item in graph.network if item.basis.inferred_fqdns
        }
        assert found == expected, feature
        assert all(second not in item.basis.fqdns for item in graph.flows)
    graph = derive(design.evolve(features={"inferred-agents-002": True}), catalog)
    for to in ("agent", "relay"):
        assert flow(graph, f"workload-security > {to} 4118/tcp").basis.source_fqdns == (
            f"agents-001.{GOV}",
            second,
        )


def test_d14_api_clients_get_all_six_and_the_others_none(catalog: Catalog) -> None:
    graph = derive(
        draw("api-client", "administrator", "workload-security", "service-gateway", NETWORK), catalog
    )
    assert names(graph, "api-client", "workload-security") == SIX
    assert names(graph, "administrator", "workload-security") == ()
    assert names(graph, "service-gateway", NETWORK) == ()
    assert rules(graph, "api-client > workload-security 443/tcp") == ("P35", "U14")


# D16 Nothing invented


def test_d16_what_the_document_does_not_state_opens_nothing(catalog: Catalog) -> None:
    everything = draw(
        *(kind.id for kind in catalog.kinds), features=(*PROTECTION, "vision-one", "syslog-direct")
    )
    graph = derive(everything, catalog)
    assert {item.source for item in graph.network} == {
        *("administrator", "workload-security", "agent", "relay", "data-center-gateway", "service-gateway"),
        "api-client",
    }
    with_monitoring = everything.evolve(features={**everything.features, "activity-monitoring": True})
    assert derive(with_monitoring, catalog).flows == graph.flows  # A30: its endpoint is not documented


def test_d16_port_80_is_never_opened_to_workload_security(catalog: Catalog) -> None:
    graph = derive(draw("agent", "relay", "api-client", "administrator", "workload-security"), catalog)
    assert {item.port for item in graph.network if item.destination == "workload-security"} == {443}  # A05


def test_unknown_kinds_features_settings_and_values_do_nothing(catalog: Catalog) -> None:
    plain = draw("agent", NETWORK, "workload-security", features=("smart-scan",))
    strange = draw(
        place(
            "agent",
            features={"no-such-feature": True},
            settings={
                "agent-version": "next",
                "file-reputation-source": "elsewhere",
                "no-such-setting": "on",
            },
            ports={4118: 5118, 9999: 1},
        ),
        *(NETWORK, "workload-security", place("stranger", kind="no-such-kind")),
        features=("smart-scan", "no-such-feature"),
        settings={"agent-version": "20", "communication": "sometimes"},
    )
    assert derive(strange, catalog).flows == derive(plain, catalog).flows


# D17 Why


def test_d17_every_flow_cites_rows_the_catalog_knows(catalog: Catalog) -> None:
    graph = derive(draw(*(kind.id for kind in catalog.kinds), features=PROTECTION), catalog)
    assert len(graph.flows) > 30
    for item in graph.flows:
        assert item.basis.rules
        assert list(item.basis.rules) == sorted(item.basis.rules, key=catalog.order.__getitem__)
        assert all(catalog.rule_by_id[rule].citation.lines for rule in item.basis.rules)


# D18 Necessity


def test_d18_required_conditional_and_optional(catalog: Catalog) -> None:
    kinds = [kind.id for kind in catalog.kinds]
    graph = derive(
        draw(*kinds, "relay-2", features=("smart-scan", "dns-over-tcp", "download-center-http")), catalog
    )
    found: dict[str, set[str]] = {}
    for item in graph.flows:
        text = f"{item.source} > {item.destination} {item.port}/{item.transport}"
        if "relay-2" not in text:
            found.setdefault(item.basis.necessity, set()).add(text)
    # Rows with neither a condition nor an "if any" mark: P01-P03, P07, P08, P10, and for the relay P19, P22, P23.
    assert found["required"] == {
        *(f"{source} > dns-server 53/udp" for source in ("administrator", "agent", "relay")),
        *(f"{source} > ntp-server 123/udp" for source in ("administrator", "agent", "relay")),
        *(f"{source} > workload-security 443/tcp" for source in ("administrator", "agent", "relay")),
        "relay > update-server 80/tcp",
        "relay > update-server 443/tcp",
    }
    # UDP on the directory ports is printed and of no use; the rest was asked for beyond the document.
    assert found["optional"] == {
        "data-center-gateway > active-directory 389/udp",
        "data-center-gateway > active-directory 636/udp",
        *(
            f"{source} > dns-server 53/tcp"
            for source in ("administrator", "agent", "relay", "data-center-gateway", "service-gateway")
        ),
    }
    assert "data-center-gateway > active-directory 636/tcp" in found["conditional"]
    assert "relay > relay 4123/tcp" in found["conditional"]
    assert "agent > relay 4122/tcp" in found["conditional"]


def test_d18_port_80_to_the_download_center_only_when_asked_for(catalog: Catalog) -> None:
    design = draw("agent", "relay", "download-center", tied={("agent", "relay"): "none"})
    assert {item.port for item in derive(design, catalog).network} == {443}
    graph = derive(design.evolve(features={"download-center-http": True}), catalog)
    for source in ("agent", "relay"):
        assert necessity(graph, f"{source} > download-center 80/tcp") == "optional"
        assert flow(graph, f"{source} > download-center 80/tcp").basis.protocol == "HTTP"
        assert names(graph, source, "download-center") == ("files.trendmicro.com",)


def test_d18_merging_takes_the_stronger_necessity(catalog: Catalog) -> None:
    behind = {"proxies": {"updates": "web-proxy"}}
    graph = derive(
        draw(place("agent", settings={"direct-updates": "on"}, **behind), "web-proxy", "update-server"),
        catalog,
    )
    assert necessity(graph, "web-proxy > update-server 443/tcp") == "conditional"  # U03
    graph = derive(
        draw(
            *(place("agent", settings={"direct-updates": "on"}, **behind), place("relay", **behind)),
            *("web-proxy", "update-server"),
        ),
        catalog,
    )
    assert necessity(graph, "web-proxy > update-server 443/tcp") == "required"  # and P23


# What holds for every design


def test_purposes_follow_the_rows(catalog: Catalog) -> None:
    graph = derive(draw(*(kind.id for kind in catalog.kinds), features=("smart-scan",)), catalog)
    purposes = {
        "agent > dns-server 53/udp": "infrastructure",
        "agent > workload-security 443/tcp": "management",
        "agent > relay 4122/tcp": "updates",
        f"agent > {NETWORK} 80/tcp": "reputation",
        "workload-security > siem 514/udp": "logging",
        "data-center-gateway > vcenter 443/tcp": "directory",
        "data-center-gateway > active-directory 636/tcp": "directory",
        "relay > relay 4123/tcp": "updates",
    }
    assert {text: flow(graph, text).basis.purpose for text in purposes} == purposes


def test_a_million_hosts_cost_what_one_costs(catalog: Catalog) -> None:
    kinds = ("relay", "dns-server", "workload-security", NETWORK)
    one = derive(draw("agent", *kinds, features=("smart-scan",)), catalog)
    million = derive(draw(place("agent", count=1_000_000), *kinds, features=("smart-scan",)), catalog)
    assert million.flows == one.flows
    assert million.hosts == one.hosts + 999_999


def test_ids_survive_edits_elsewhere_and_changed_ports(catalog: Catalog) -> None:
    before = derive(draw("agent", "relay", "dns-server", "workload-security"), catalog)
    after = derive(
        draw(
            *("ntp-server", "relay-2", place("relay", ports={4122: 5122}), "workload-security", "dns-server"),
            *("siem", place("agent", name="Renamed", count=40)),
            features=PROTECTION,
        ),
        catalog,
    )
    kept = {
        "agent > relay 4122/tcp": "agent > relay 5122/tcp",
        "agent > dns-server 53/udp": "agent > dns-server 53/udp",
        "relay > relay 4123/tcp": "relay > relay 4123/tcp",
    }
    for old, new in kept.items():
        assert flow(before, old).id == flow(after, new).id
    assert len({item.id for item in after.flows}) == len(after.flows)


def test_the_order_of_components_changes_nothing_but_the_order(catalog: Catalog) -> None:
    behind = dict.fromkeys(("management", "updates", "smart-protection", "relays"), "web-proxy")
    drawn: list[Component] = [
        place(f"{kind.id}-{number}", proxies=behind if number == 1 and kind.id != "web-proxy" else {})
        for kind in catalog.kinds
        for number in (1, 2)
        if kind.id != "web-proxy"
    ]
    drawn.append(place("web-proxy"))
    features = (*PROTECTION, "vision-one", "inferred-agents-002", "inferred-console-name")
    first = derive(draw(*drawn, features=features), catalog)
    random.Random(1).shuffle(drawn)
    second = derive(draw(*drawn, features=features), catalog)
    assert [item.id for item in first.flows] != [item.id for item in second.flows]
    assert first.by_key.keys() == second.by_key.keys()
    for item in first.flows:
        other = second.by_key[item.key].basis
        assert (item.basis.fqdns, item.basis.rules, item.basis.features, item.basis.necessity) == (
            other.fqdns,
            other.rules,
            other.features,
            other.necessity,
        )


def test_d18_the_url_table_marks_only_the_mirror_if_any_where_it_adds_a_connection(catalog: Catalog) -> None:
    marked = {
        (rule.id, link.to, link.if_any)
        for rule in catalog.rules
        for link in rule.connections
        if rule.id[0] != "P" and link.if_any
    }
    assert marked == {("U02", ("software-mirror",), ("destination",))}

"""Worked examples by hand from the document, paragraph by paragraph: who opens what to whom, and why (D1–D7).

Expectations come from the document's rows (P01 …, U01 …) as the semantics read them, never from the program's output.
Functions that take only a catalog are also run on altered catalogs (tests/mutation.py): keep them so.
"""

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from tests.drawn import (
    CENSUS,
    FEEDBACK,
    GFRBRIDGE,
    GOV,
    ICRC,
    NETWORK,
    PROTECTION,
    SERVER,
    TRX,
    URL,
    draw,
    flow,
    missing,
    names,
    opened,
    place,
    ports,
    rules,
)

# D1 Direction


def test_d1_a_plain_agent_opens_what_the_document_prints_and_is_never_called_back(catalog: Catalog) -> None:
    design = draw(
        "agent", "dns-server", "ntp-server", "workload-security", "update-server", "download-center"
    )
    assert opened(derive(design, catalog)) == {
        "agent > dns-server 53/udp",  # P07
        "agent > ntp-server 123/udp",  # P08
        "agent > workload-security 443/tcp",  # P10
        "agent > update-server 80/tcp",  # U03: no relay, so it updates directly
        "agent > update-server 443/tcp",
        "agent > download-center 443/tcp",  # U02
    }


def test_d1_the_administrator_opens_three_ports(catalog: Catalog) -> None:
    design = draw("administrator", "dns-server", "ntp-server", "workload-security", "agent", "relay", "siem")
    assert opened(derive(design, catalog), source="administrator") == {
        "administrator > dns-server 53/udp",  # P01
        "administrator > ntp-server 123/udp",  # P02
        "administrator > workload-security 443/tcp",  # P03
    }


# D2 Which instances


def test_d2_without_a_choice_every_instance_is_reached(catalog: Catalog) -> None:
    graph = derive(draw("agent-1", "agent-2", "dns-server-1", "dns-server-2"), catalog)
    assert opened(graph) == {
        "agent-1 > dns-server-1 53/udp",
        "agent-1 > dns-server-2 53/udp",
        "agent-2 > dns-server-1 53/udp",
        "agent-2 > dns-server-2 53/udp",
    }


def test_d2_a_choice_narrows_one_source_only(catalog: Catalog) -> None:
    tied = {("agent-1", "dns-server"): "dns-server-2", ("agent-2", "dns-server"): "none"}
    graph = derive(draw("agent-1", "agent-2", "agent-3", "dns-server-1", "dns-server-2", tied=tied), catalog)
    assert opened(graph) == {
        "agent-1 > dns-server-2 53/udp",
        "agent-3 > dns-server-1 53/udp",
        "agent-3 > dns-server-2 53/udp",
    }


def test_d2_relays_reach_each_other_but_never_themselves(catalog: Catalog) -> None:
    graph = derive(draw("relay-1", "relay-2"), catalog)
    assert opened(graph) == {"relay-1 > relay-2 4122/tcp", "relay-2 > relay-1 4122/tcp"}  # P20
    assert opened(derive(draw("relay"), catalog)) == set()


def test_d2_a_relay_is_tied_to_its_upstream_relay(catalog: Catalog) -> None:
    tied = {("relay-1", "relay"): "none", ("relay-2", "relay"): "relay-1"}
    graph = derive(draw("relay-1", "relay-2", tied=tied), catalog)
    assert opened(graph) == {"relay-2 > relay-1 4122/tcp"}


def test_d2_workload_security_can_be_tied_to_one_siem(catalog: Catalog) -> None:
    tied = {("workload-security", "siem"): "siem-1"}
    graph = derive(draw("workload-security", "siem-1", "siem-2", tied=tied), catalog)
    assert opened(graph) == {"workload-security > siem-1 514/udp"}


# D3 Presence


def test_d3_a_lone_agent_misses_what_its_rows_require_and_nothing_marked_if_any(catalog: Catalog) -> None:
    graph = derive(draw("agent"), catalog)
    assert graph.flows == ()
    assert missing(graph, "agent") == {
        "dns-server 53/udp",
        "ntp-server 123/udp",
        "workload-security 443/tcp",
        "update-server 80/tcp",
        "update-server 443/tcp",
        "download-center 443/tcp",
    }


def test_d3_each_kind_alone_misses_its_required_destinations(catalog: Catalog) -> None:
    everyone = (
        "administrator",
        "relay",
        "data-center-gateway",
        "service-gateway",
        "api-client",
        "siem",
        SERVER,
    )
    graph = derive(draw(*everyone), catalog)
    infrastructure = {"dns-server 53/udp", "ntp-server 123/udp"}
    assert missing(graph, "administrator") == infrastructure | {"workload-security 443/tcp"}
    assert missing(graph, "relay") == infrastructure | {
        "workload-security 443/tcp",
        "update-server 80/tcp",
        "update-server 443/tcp",
        "download-center 443/tcp",
    }
    assert missing(graph, "data-center-gateway") == infrastructure | {"workload-security 443/tcp"}
    assert missing(graph, "service-gateway") == infrastructure | {f"{NETWORK} 80/tcp", f"{NETWORK} 443/tcp"}
    assert missing(graph, "api-client") == {"workload-security 443/tcp"}
    assert missing(graph, "siem") == missing(graph, SERVER) == set()


def test_d3_a_chosen_server_that_is_not_there_is_missing(catalog: Catalog) -> None:
    for kind in ("agent", "relay"):
        settings = {"file-reputation-source": SERVER, "web-reputation-source": SERVER}
        graph = derive(draw(kind, features=("smart-scan", "web-reputation"), settings=settings), catalog)
        assert {text for text in missing(graph, kind) if text.startswith("smart")} == {
            f"{SERVER} 80/tcp",
            f"{SERVER} 443/tcp",
            f"{SERVER} 5274/tcp",
            f"{SERVER} 5275/tcp",
        }
        settings = {"file-reputation-source": "service-gateway"}
        graph = derive(draw(kind, features=("smart-scan", "vision-one"), settings=settings), catalog)
        assert {"service-gateway 8080/tcp", "vision-one 443/tcp"} <= missing(graph, kind)
        assert not any(text.startswith("smart") for text in missing(graph, kind))


def test_d3_being_tied_to_none_is_told_apart_from_there_being_none(catalog: Catalog) -> None:
    graph = derive(draw("agent", "dns-server", tied={("agent", "dns-server"): "none"}), catalog)
    excluded = {need.kind: need.excluded for need in graph.missing}
    assert excluded["dns-server"] is True
    assert excluded["ntp-server"] is False


def test_d3_what_lies_beyond_the_document_is_never_missing(catalog: Catalog) -> None:
    graph = derive(draw("agent", features=("dns-over-tcp", "download-center-http")), catalog)
    assert "dns-server 53/tcp" not in missing(graph, "agent")
    assert "download-center 80/tcp" not in missing(graph, "agent")


# D4 A relay is an agent


def test_d4_a_relay_needs_what_an_agent_needs_except_4122_and_its_own_rows(catalog: Catalog) -> None:
    design = draw(
        *("relay", "dns-server", "ntp-server", "siem", "workload-security", NETWORK, "update-server"),
        *("download-center", "vision-one"),
        features=("smart-scan", "syslog-direct", "vision-one"),
    )
    graph = derive(design, catalog)
    assert opened(graph, source="relay") == {
        "relay > dns-server 53/udp",  # P07 through P19
        "relay > ntp-server 123/udp",  # P08
        "relay > siem 514/udp",  # P09
        "relay > workload-security 443/tcp",  # P10
        f"relay > {NETWORK} 80/tcp",  # P12
        f"relay > {NETWORK} 443/tcp",  # P13
        "relay > update-server 80/tcp",  # P22
        "relay > update-server 443/tcp",  # P23
        "relay > download-center 443/tcp",  # P24
        "relay > vision-one 443/tcp",  # U04
    }
    assert rules(graph, "relay > dns-server 53/udp") == ("P07", "P19")
    assert rules(graph, f"relay > {NETWORK} 80/tcp") == ("P12", "P19", "U07")
    assert rules(graph, "relay > update-server 80/tcp") == ("P22", "U03")
    assert rules(graph, "relay > vision-one 443/tcp") == ("U04",)


def test_d4_a_relay_uses_the_local_servers_as_an_agent_does(catalog: Catalog) -> None:
    settings = {"file-reputation-source": SERVER, "web-reputation-source": SERVER}
    design = draw(
        place("relay-1", settings=settings),
        place("relay-2", settings={"file-reputation-source": "service-gateway"}),
        place(SERVER, fqdn="sps.example.com"),
        "service-gateway",
        features=("smart-scan", "web-reputation"),
    )
    graph = derive(design, catalog)
    assert ports(graph, "relay-1", SERVER) == {"80/tcp", "443/tcp", "5274/tcp", "5275/tcp"}
    assert ports(graph, "relay-2", "service-gateway") == {"8080/tcp"}
    assert rules(graph, "relay-2 > service-gateway 8080/tcp") == ("P14", "P19")
    assert rules(graph, f"relay-1 > {SERVER} 80/tcp") == ("P15", "P19", "U11")
    assert rules(graph, f"relay-1 > {SERVER} 443/tcp") == ("P16", "P19", "U11")
    assert rules(graph, f"relay-1 > {SERVER} 5274/tcp") == ("P17", "P19", "U11")
    assert rules(graph, f"relay-1 > {SERVER} 5275/tcp") == ("P18", "P19", "U11")


def test_d4_a_relay_follows_its_own_choices_not_those_of_its_agents(catalog: Catalog) -> None:
    graph = derive(
        draw(place("relay", features={"smart-scan": False}), "agent", NETWORK, features=("smart-scan",)),
        catalog,
    )
    assert ports(graph, "agent", NETWORK) == {"80/tcp", "443/tcp"}
    assert ports(graph, "relay", NETWORK) == set()


# D5 Direction of management


def test_d5_4118_comes_on_top_of_443_for_exactly_those_components(catalog: Catalog) -> None:
    for mode in ("bidirectional", "manager-initiated"):
        graph = derive(
            draw(
                *("workload-security", "agent-1", "relay-1"),
                place("agent-2", settings={"communication": mode}),
                place("relay-2", settings={"communication": mode}),
                settings={"communication": "agent-initiated"},
            ),
            catalog,
        )
        assert opened(graph, source="workload-security") == {
            "workload-security > agent-2 4118/tcp",
            "workload-security > relay-2 4118/tcp",
        }
        for source in ("agent-1", "agent-2", "relay-1", "relay-2"):
            assert ports(graph, source, "workload-security") == {"443/tcp"}


def test_d5_connections_from_workload_security_name_their_source(catalog: Catalog) -> None:
    design = draw("workload-security", "agent", "relay", settings={"communication": "bidirectional"})
    graph = derive(design, catalog)
    for to in ("agent", "relay"):
        basis = flow(graph, f"workload-security > {to} 4118/tcp").basis
        assert basis.rules == ("P06", "U12")
        assert basis.source_fqdns == (f"agents-001.{GOV}",)
        assert basis.fqdns == basis.inferred_fqdns == ()
        assert (basis.protocol, basis.necessity) == ("HTTPS", "conditional")
    assert catalog.kind_by_id["workload-security"].source_addresses == ("3.30.186.224/27",)


# D6 Smart Protection Network


NAMES_OF_FEATURES: dict[str, set[str]] = {
    "smart-scan": {ICRC},
    "web-reputation": {URL},
    "behavior-monitoring": {CENSUS, GFRBRIDGE},
    "predictive-machine-learning": {CENSUS, *TRX, GFRBRIDGE},
    "process-memory-scan": {GFRBRIDGE},
    "smart-feedback": {FEEDBACK},
    "firewall": set(),
    "intrusion-prevention": set(),
    "integrity-monitoring": set(),
    "log-inspection": set(),
    "application-control": set(),
    "device-control": set(),
    "activity-monitoring": set(),
}


def test_d6_each_feature_brings_both_ports_and_its_names(catalog: Catalog) -> None:
    for kind in ("agent", "relay"):
        for feature, needed in NAMES_OF_FEATURES.items():
            graph = derive(draw(kind, NETWORK, features=(feature,)), catalog)
            assert ports(graph, kind, NETWORK) == ({"80/tcp", "443/tcp"} if needed else set()), feature
            if needed:
                assert set(names(graph, kind, NETWORK)) == needed, feature
                assert flow(graph, f"{kind} > {NETWORK} 80/tcp").basis.features == (feature,)
                assert flow(graph, f"{kind} > {NETWORK} 80/tcp").basis.protocol == "HTTP"
                assert flow(graph, f"{kind} > {NETWORK} 443/tcp").basis.protocol == "HTTPS"


def test_d6_all_features_together_need_the_union_in_document_order(catalog: Catalog) -> None:
    graph = derive(draw("agent", NETWORK, features=PROTECTION), catalog)
    assert names(graph, "agent", NETWORK) == (CENSUS, FEEDBACK, ICRC, *TRX, GFRBRIDGE, URL)
    assert rules(graph, f"agent > {NETWORK} 443/tcp") == ("P13", "U05", "U06a", "U07", "U08", "U09", "U10")


def test_d6_features_belong_to_agents_and_relays_and_are_off_until_chosen(catalog: Catalog) -> None:
    here = dict.fromkeys((*PROTECTION, "syslog-direct", "vision-one"), True)
    strangers = [place(kind, features=here) for kind in ("administrator", "api-client", "dns-server", "siem")]
    graph = derive(draw(*strangers, "agent", NETWORK, "vision-one", "siem-2"), catalog)
    assert {
        item.source for item in graph.flows if item.destination in (NETWORK, "vision-one", "siem-2")
    } == set()
    for feature in catalog.features:
        assert feature.default is False
        if feature.category in ("protection", "service"):
            assert (feature.kinds, feature.scope) == (("agent", "relay"), "policy")
        else:
            assert feature.scope == "design"


def test_d6_a_component_overrides_the_design_in_both_directions(catalog: Catalog) -> None:
    graph = derive(
        draw(
            *("agent-1", NETWORK),
            place("agent-2", features={"web-reputation": False, "smart-scan": True}),
            features=("web-reputation",),
        ),
        catalog,
    )
    assert names(graph, "agent-1", NETWORK) == (URL,)
    assert names(graph, "agent-2", NETWORK) == (ICRC,)


def test_d6_smart_feedback_has_one_name_for_each_printed_version(catalog: Catalog) -> None:
    printed = {
        "20.0": FEEDBACK,
        "20.1": FEEDBACK,
        "100.0": FEEDBACK,
        "19.9": None,
        "12.1": None,
        "12.0": "ds120-en.fbs25.trendmicro.com",
        "11.9": None,
        "11.1": None,
        "11.0": "deepsecurity1100-en.fbs25.trendmicro.com",
        "10.9": None,
        "10.1": None,
        "10.0": "deepsecurity1000-en.fbs20.trendmicro.com",
        "9.9": None,
    }
    for kind in ("agent", "relay"):
        for version, name in printed.items():
            component = place(kind, settings={"agent-version": version})
            graph = derive(draw(component, NETWORK, features=("smart-feedback",)), catalog)
            assert names(graph, kind, NETWORK) == ((name,) if name else ()), version
            assert ports(graph, kind, NETWORK) == {"80/tcp", "443/tcp"}


# D7 Substitution leaves a residue


def test_d7_moving_file_reputation_removes_only_icrc(catalog: Catalog) -> None:
    for source, opens in ((SERVER, {"80/tcp", "443/tcp"}), ("service-gateway", {"8080/tcp"})):
        settings = {"file-reputation-source": source}
        graph = derive(draw("agent", NETWORK, source, features=PROTECTION, settings=settings), catalog)
        assert ports(graph, "agent", source) == opens
        assert names(graph, "agent", NETWORK) == (CENSUS, FEEDBACK, *TRX, GFRBRIDGE, URL)
        assert ports(graph, "agent", NETWORK) == {"80/tcp", "443/tcp"}
        assert "smart-scan" not in flow(graph, f"agent > {NETWORK} 80/tcp").basis.features


def test_d7_moving_web_reputation_removes_only_url(catalog: Catalog) -> None:
    settings = {"web-reputation-source": SERVER}
    graph = derive(draw("agent", NETWORK, SERVER, features=PROTECTION, settings=settings), catalog)
    assert ports(graph, "agent", SERVER) == {"5274/tcp", "5275/tcp"}
    assert names(graph, "agent", NETWORK) == (CENSUS, FEEDBACK, ICRC, *TRX, GFRBRIDGE)


def test_d7_moving_both_leaves_the_network_only_for_what_cannot_move(catalog: Catalog) -> None:
    settings = {"file-reputation-source": SERVER, "web-reputation-source": SERVER}
    graph = derive(draw("agent", NETWORK, SERVER, features=PROTECTION, settings=settings), catalog)
    assert ports(graph, "agent", SERVER) == {"80/tcp", "443/tcp", "5274/tcp", "5275/tcp"}
    assert names(graph, "agent", NETWORK) == (CENSUS, FEEDBACK, *TRX, GFRBRIDGE)
    graph = derive(
        draw("agent", NETWORK, SERVER, features=("smart-scan", "web-reputation"), settings=settings), catalog
    )
    assert ports(graph, "agent", NETWORK) == set()


def test_d7_a_local_server_without_its_feature_is_not_reached(catalog: Catalog) -> None:
    settings = {"file-reputation-source": SERVER, "web-reputation-source": SERVER}
    graph = derive(draw("agent-1", SERVER, settings=settings), catalog)
    assert opened(graph) == set()
    graph = derive(draw("agent-1", SERVER, features=("web-reputation",), settings=settings), catalog)
    assert ports(graph, "agent-1", SERVER) == {"5274/tcp", "5275/tcp"}
    assert flow(graph, f"agent-1 > {SERVER} 5274/tcp").basis.features == ("web-reputation",)

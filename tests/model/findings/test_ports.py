"""Listeners that get in each other's way, and syslog that nobody could read."""

import pytest

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from tests.drawn import draw, opened, place
from tests.model.findings.asking import FILES_BY_SERVER, SERVER, SITE, fixed, found, only, settles

# Syslog


def test_direct_syslog_to_a_tls_siem_is_an_error_and_forwarding_is_switched_off(catalog: Catalog) -> None:
    tls = place("siem", settings={"syslog-transport": "tls"})
    design = draw("agent-1", "agent-2", tls, *SITE, features=["syslog-direct"])
    finding = only(design, catalog, "direct-syslog-to-tls")
    assert finding.severity == "error"
    assert finding.subjects == ("agent-1", "agent-2", "siem")
    assert settles(design, catalog, "direct-syslog-to-tls")
    assert found(draw("agent-1", tls, *SITE), catalog, "direct-syslog-to-tls") == []
    assert found(draw("agent", "siem", features=["syslog-direct"]), catalog, "direct-syslog-to-tls") == []


def test_with_a_udp_siem_at_hand_the_agents_keep_forwarding_to_that_one(catalog: Catalog) -> None:
    tls = place("siem-1", settings={"syslog-transport": "tls"})
    design = draw("agent", tls, "siem-2", features=["syslog-direct"])
    after = fixed(design, catalog, "direct-syslog-to-tls")
    assert found(after, catalog, "direct-syslog-to-tls") == []
    assert "agent > siem-2 514/udp" in opened(derive(after, catalog))


def test_an_agent_tied_to_the_udp_siem_only_is_fine(catalog: Catalog) -> None:
    tls = place("siem-1", settings={"syslog-transport": "tls"})
    design = draw("agent", tls, "siem-2", features=["syslog-direct"], tied={("agent", "siem"): "siem-2"})
    assert found(design, catalog, "direct-syslog-to-tls") == []


# Port conflicts


def test_a_relay_on_its_own_loopback_port_conflicts(catalog: Catalog) -> None:
    design = draw(place("relay", ports={4122: 4123}), "agent", *SITE)
    finding = only(design, catalog, "port-conflict")
    assert finding.severity == "error"
    assert "4123/TCP" in finding.message.en
    assert "4122/TCP" in finding.message.en
    assert settles(design, catalog, "port-conflict")


@pytest.mark.parametrize(("direction", "count"), [("agent-initiated", 0), ("bidirectional", 1)])
def test_4118_counts_only_where_workload_security_may_connect(
    catalog: Catalog, direction: str, count: int
) -> None:
    design = draw(place("relay", ports={4122: 4118}), *SITE, settings={"communication": direction})
    assert len(found(design, catalog, "port-conflict")) == count


def test_a_server_that_serves_one_reputation_only_does_not_listen_for_the_other(catalog: Catalog) -> None:
    server = place(SERVER, ports={5274: 80})
    sources = {"web-reputation-source": SERVER, **FILES_BY_SERVER}
    web = draw(server, "agent", *SITE, features=["web-reputation"], settings=sources)
    both = draw(server, "agent", *SITE, features=["web-reputation", "smart-scan"], settings=sources)
    assert found(web, catalog, "port-conflict") == []
    assert "80/TCP" in only(both, catalog, "port-conflict").message.en
    assert settles(both, catalog, "port-conflict")


def test_the_same_port_over_another_transport_is_no_conflict(catalog: Catalog) -> None:
    gateway = draw(
        "data-center-gateway",
        place("active-directory", ports={636: 389}, settings={"directory-protocol": "ldaps-only"}),
    )
    assert found(gateway, catalog, "port-conflict") == []
    both = draw("data-center-gateway", place("active-directory", ports={636: 389}))
    assert len(found(both, catalog, "port-conflict")) == 2  # TCP and UDP


def test_listeners_conflict_before_anyone_connects(catalog: Catalog) -> None:
    assert len(found(draw(place("active-directory", ports={636: 389})), catalog, "port-conflict")) == 2
    assert len(found(draw(place("web-proxy", ports={1443: 80})), catalog, "port-conflict")) == 0


def test_alike_components_share_one_conflict_and_one_fix(catalog: Catalog) -> None:
    design = draw(*(place(f"relay-{n}", ports={4122: 4123}) for n in range(1, 6)))
    finding = only(design, catalog, "port-conflict")
    assert len(finding.subjects) == 5
    assert "relay-1, relay-2, relay-3 and 2 more" in finding.message.en
    assert settles(design, catalog, "port-conflict")


def test_resetting_ports_never_trades_one_conflict_for_another(catalog: Catalog) -> None:
    server = place(SERVER, ports={80: 5274, 5274: 5275})
    sources = {"web-reputation-source": SERVER, **FILES_BY_SERVER}
    design = draw(server, "agent", features=["web-reputation", "smart-scan"], settings=sources)
    assert settles(design, catalog, "port-conflict")

"""Names and addresses that a rule needs, directions, groups and cleartext."""

import pytest

from model.catalog.catalog import Catalog
from model.design.design import Design
from model.design.elements import Zone
from tests.drawn import draw, place
from tests.model.findings.asking import FILES_BY_SERVER, SERVER, SITE, found, only, settles

# Names and addresses


def zones() -> tuple[Zone, Zone]:
    inside = Zone(id="lan", name="LAN", kind="subnet", frame=(0, 0, 100, 100))
    outside = Zone(id="net", name="Internet", kind="internet", frame=(200, 0, 100, 100))
    return inside, outside


def test_zones_and_components_at_a_boundary_need_addresses(catalog: Catalog) -> None:
    agent, services = place("agent", zone="lan"), [place(name, zone="net") for name in SITE[2:]]
    design = draw(
        agent, *services, place("dns-server", zone="lan"), place("ntp-server", zone="lan"), zones=zones()
    )
    assert only(design, catalog, "missing-address").subjects == ("agent",)
    zone = only(design, catalog, "zone-without-cidr")
    assert (zone.severity, zone.subjects) == ("warning", ("lan",))
    assert "LAN" in zone.message.en


def test_a_zone_with_a_cidr_gives_its_components_addresses(catalog: Catalog) -> None:
    inside, outside = zones()
    design = draw(
        place("agent", zone="lan"),
        place("workload-security", zone="net"),
        zones=[inside.evolve(cidrs=("10.0.0.0/8",)), outside],
    )
    assert found(design, catalog, "missing-address") == []
    assert found(design, catalog, "zone-without-cidr") == []


def test_within_one_zone_nothing_needs_an_address(catalog: Catalog) -> None:
    design = draw(*(place(name, zone="lan") for name in ("agent", "dns-server")), zones=zones())
    assert found(design, catalog, "missing-address") == []


@pytest.mark.parametrize("kind", [SERVER, "software-mirror"])
def test_a_server_in_use_whose_fqdn_the_document_asks_for_needs_one(catalog: Catalog, kind: str) -> None:
    def design(**fields: str) -> Design:
        server = place(kind, **fields)
        return draw(server, "agent", *SITE, features=["smart-scan"], settings=FILES_BY_SERVER)

    finding = only(design(name="Local one"), catalog, "missing-fqdn")
    assert (finding.severity, finding.subjects) == ("warning", (kind,))
    assert "Local one" in finding.message.en
    assert finding.rules == (("U11",) if kind == SERVER else ("U02",))
    assert found(design(fqdn="local.example.com"), catalog, "missing-fqdn") == []


def test_a_server_nobody_uses_needs_no_fqdn_yet(catalog: Catalog) -> None:
    assert found(draw(SERVER, "agent", *SITE), catalog, "missing-fqdn") == []


# Directions and groups


def test_communication_other_than_the_default_is_told_and_can_be_put_back(catalog: Catalog) -> None:
    design = draw("agent", place("relay", settings={"communication": "bidirectional"}), *SITE)
    finding = only(design, catalog, "communication-not-default")
    assert (finding.severity, finding.subjects, finding.rules) == ("information", ("relay",), ("P06",))
    assert "Bidirectional" in finding.message.en
    assert settles(design, catalog, "communication-not-default")


def test_a_direction_set_for_the_design_is_put_back_at_each_component(catalog: Catalog) -> None:
    design = draw("agent", "relay", *SITE, settings={"communication": "manager-initiated"})
    assert settles(design, catalog, "communication-not-default")


def test_a_group_of_relays_is_told(catalog: Catalog) -> None:
    assert only(draw(place("relay", count=3)), catalog, "relay-group-members").subjects == ("relay",)
    assert found(draw("relay", place("agent", count=3)), catalog, "relay-group-members") == []


# Cleartext


def test_cleartext_protocols_are_told_with_ports_count_and_alternative(catalog: Catalog) -> None:
    design = draw("agent-1", "agent-2", "siem", *SITE, features=["syslog-direct"])
    by_protocol = {each.message.en.split(" on ")[0]: each for each in found(design, catalog, "cleartext")}
    assert set(by_protocol) == {"HTTP", "Syslog"}
    syslog = by_protocol["Syslog"]
    assert syslog.severity == "warning"
    assert "514/UDP" in syslog.message.en
    assert "3" in syslog.message.en  # two agents and Workload Security
    assert "TLS (6514)" in syslog.message.en
    assert syslog.rules == ("P04", "P09")
    assert syslog.subjects == ("agent-1", "agent-2", "siem", "workload-security")


def test_ldap_without_tls_from_the_start_is_told_and_ldaps_alone_is_not(catalog: Catalog) -> None:
    both = draw("data-center-gateway", "active-directory")
    assert "389/TCP and 389/UDP" in only(both, catalog, "cleartext").message.en
    ldaps = draw("data-center-gateway", "active-directory", settings={"directory-protocol": "ldaps-only"})
    assert found(ldaps, catalog, "cleartext") == []

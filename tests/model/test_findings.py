"""Each finding: what raises it, what does not, and that its fix settles it."""

import pytest

from model.catalog import Catalog
from model.derive import derive
from model.design import CatalogReference, Design
from model.elements import Zone
from model.findings import Finding, findings
from tests.drawn import draw, opened, place

SITE = (
    "dns-server",
    "ntp-server",
    "workload-security",
    "update-server",
    "download-center",
    "smart-protection-network",
)
SERVER = "smart-protection-server"
NETWORK = "smart-protection-network"
FILES_BY_SERVER = {"file-reputation-source": SERVER}


def found(design: Design, catalog: Catalog, code: str) -> list[Finding]:
    return [finding for finding in findings(derive(design, catalog)) if finding.code == code]


def only(design: Design, catalog: Catalog, code: str) -> Finding:
    (finding,) = found(design, catalog, code)
    return finding


def fixed(design: Design, catalog: Catalog, code: str) -> Design:
    fix = only(design, catalog, code).fix
    assert fix is not None
    return fix.edit(design)


def settles(design: Design, catalog: Catalog, code: str) -> bool:
    return found(fixed(design, catalog, code), catalog, code) == []


# Missing components


def test_a_required_kind_that_is_absent_is_an_error_naming_sources_kind_ports_and_rules(
    catalog: Catalog,
) -> None:
    design = draw("agent-1", "relay", *(name for name in SITE if name != "dns-server"))
    finding = only(design, catalog, "missing-component")
    assert finding.severity == "error"
    assert finding.subjects == ("agent-1", "relay")
    assert finding.rules == ("P07",)
    for text in ("DNS server", "agent-1, relay", "53/UDP", "P07"):
        assert text in finding.message.en
    assert "DNSサーバ" in finding.message.ja


def test_each_missing_kind_is_one_finding_and_adding_it_settles_it(catalog: Catalog) -> None:
    design = draw("agent-1", "agent-2")
    kinds = {
        "dns-server",
        "ntp-server",
        "workload-security",
        "update-server",
        "download-center",
    }
    assert len(found(design, catalog, "missing-component")) == len(kinds)
    while missing := found(design, catalog, "missing-component"):
        assert missing[0].fix is not None
        design = missing[0].fix.edit(design)
    assert {component.kind for component in design.components} == {"agent", *kinds}


def test_what_the_document_marks_if_any_is_never_missed(catalog: Catalog) -> None:
    design = draw("agent", "relay", "data-center-gateway", *SITE, features=["syslog-direct"])
    assert found(design, catalog, "missing-component") == []


def test_a_service_is_added_inside_the_internet_zone(catalog: Catalog) -> None:
    internet = Zone(id="net", name="Internet", kind="internet", frame=(500, 0, 400, 400))
    design = draw("agent", *(name for name in SITE if name != "update-server"), zones=[internet])
    after = fixed(design, catalog, "missing-component")
    assert after.components[-1].kind == "update-server"
    assert after.components[-1].zone == "net"


def test_a_component_tied_to_none_of_what_it_needs_is_warned_about_and_may_use_all(catalog: Catalog) -> None:
    design = draw("agent-1", "agent-2", *SITE, tied={("agent-1", "ntp-server"): "none"})
    finding = only(design, catalog, "excluded-component")
    assert (finding.severity, finding.subjects) == ("warning", ("agent-1",))
    assert "123/UDP" in finding.message.en
    assert settles(design, catalog, "excluded-component")
    assert found(draw("agent-1", *SITE), catalog, "excluded-component") == []


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


# Proxies, kinds, values and catalogs that do not fit


def test_a_proxy_that_is_none_is_an_error_and_going_direct_settles_it(catalog: Catalog) -> None:
    agents = [
        place(f"agent-{n}", proxies={"management": "dns-server", "updates": "web-proxy"}) for n in (1, 2)
    ]
    design = draw(*agents, "web-proxy", *SITE)
    finding = only(design, catalog, "proxy-not-a-proxy")
    assert (finding.severity, finding.subjects) == ("error", ("agent-1", "agent-2", "dns-server"))
    after = fixed(design, catalog, "proxy-not-a-proxy")
    assert found(after, catalog, "proxy-not-a-proxy") == []
    assert after.component_by_id["agent-1"].proxies == {"updates": "web-proxy"}


def test_an_unknown_kind_is_told_by_its_component_names(catalog: Catalog) -> None:
    design = draw(
        place("mf-1", kind="mainframe", name="Ledger"), place("mf-2", kind="mainframe", name="Payroll")
    )
    finding = only(design, catalog, "unknown-kind")
    assert finding.subjects == ("mf-1", "mf-2")
    assert "Ledger, Payroll" in finding.message.en
    assert "mainframe" in finding.message.ja
    assert found(draw("agent"), catalog, "unknown-kind") == []


@pytest.mark.parametrize(
    ("fields", "code", "words"),
    [
        ({"features": {"telepathy": True}}, "unknown-value", "telepathy"),
        ({"settings": {"mood": "good"}}, "unknown-value", "mood"),
        ({"settings": {"communication": "shouting"}}, "unknown-value", "“Communication direction”"),
        ({"proxies": {"gossip": "agent-2"}}, "unknown-value", "gossip"),
        ({"features": {"dns-over-tcp": True}}, "misplaced-value", "“DNS over TCP too”"),
        ({"settings": {"syslog-transport": "tls"}}, "misplaced-value", "“Transport from Workload Security”"),
        ({"ports": {4122: 5000}}, "misplaced-value", "4122"),
    ],
)
def test_an_entry_without_effect_is_told_and_can_be_removed(
    catalog: Catalog, fields: dict[str, object], code: str, words: str
) -> None:
    design = draw(place("agent-1", **fields), place("agent-2"))
    finding = only(design, catalog, code)
    assert finding.subjects == ("agent-1",)
    assert words in finding.message.en
    assert settles(design, catalog, code)


def test_an_unknown_entry_of_the_design_itself_can_be_removed(catalog: Catalog) -> None:
    design = draw("agent", settings={"agent-version": "newest"})
    assert only(design, catalog, "unknown-value").subjects == ()
    after = fixed(design, catalog, "unknown-value")
    assert after.settings == {}
    assert found(draw("agent", settings={"agent-version": "20.1"}), catalog, "unknown-value") == []


def test_another_catalog_or_version_is_a_warning_and_can_be_taken_over(catalog: Catalog) -> None:
    other = draw("agent").evolve(catalog=CatalogReference(id=catalog.id, version="2020-01"))
    finding = only(other, catalog, "catalog-mismatch")
    assert "2020-01" in finding.message.en
    assert catalog.version in finding.message.en
    assert settles(other, catalog, "catalog-mismatch")
    assert found(draw("agent"), catalog, "catalog-mismatch") == []


# Servers


@pytest.mark.parametrize(
    ("names", "tied", "features"),
    [
        ((SERVER, "agent"), {}, ()),
        (("service-gateway", "agent"), {}, ()),
        (("service-gateway", "agent"), {}, ("smart-scan",)),
        ((SERVER, "agent"), {("agent", SERVER): "none"}, ("smart-scan",)),
        (("vision-one", "agent"), {}, ()),
        (("relay", "agent"), {("agent", "relay"): "none"}, ()),
        (("software-mirror", "agent"), {("agent", "software-mirror"): "none"}, ()),
        (("siem", "workload-security"), {("workload-security", "siem"): "none"}, ()),
        (("vcenter", "data-center-gateway"), {("data-center-gateway", "vcenter"): "none"}, ()),
    ],
)
def test_a_server_nobody_uses_can_be_put_to_use(
    catalog: Catalog, names: tuple[str, str], tied: dict[tuple[str, str], str], features: tuple[str, ...]
) -> None:
    server, user = names
    design = draw(server, user, tied=tied, features=features)
    (finding,) = (each for each in found(design, catalog, "unused-server") if server in each.subjects)
    assert finding.severity == "warning"
    assert finding.fix is not None
    after = derive(finding.fix.edit(design), catalog)
    assert any(flow.source == user and flow.destination == server for flow in after.flows)


def test_where_nobody_could_use_a_server_there_is_no_fix(catalog: Catalog) -> None:
    finding = only(draw("vcenter"), catalog, "unused-server")
    assert finding.fix is None


def test_used_servers_and_those_who_only_open_connections_are_not_called_unused(catalog: Catalog) -> None:
    used = draw("agent", "relay", "administrator", "api-client", "siem", *SITE, features=["smart-scan"])
    assert found(used, catalog, "unused-server") == []


def test_being_managed_does_not_make_a_relay_used(catalog: Catalog) -> None:
    design = draw("relay", "workload-security", settings={"communication": "bidirectional"})
    assert any("relay" in each.subjects for each in found(design, catalog, "unused-server"))


def test_idle_servers_of_a_kind_are_one_finding(catalog: Catalog) -> None:
    finding = only(draw("vcenter-1", "vcenter-2"), catalog, "unused-server")
    assert finding.subjects == ("vcenter-1", "vcenter-2")


def test_using_a_server_leaves_alone_who_chose_another(catalog: Catalog) -> None:
    chosen = place("agent-1", settings={"file-reputation-source": "service-gateway"})
    design = draw(chosen, "agent-2", "service-gateway", SERVER, features=["smart-scan"])
    after = derive(fixed(design, catalog, "unused-server"), catalog)
    assert ("agent-1", "service-gateway") in after.by_pair
    assert ("agent-2", SERVER) in after.by_pair
    assert ("agent-1", SERVER) not in after.by_pair


def test_a_mirror_without_any_relay_is_warned_about(catalog: Catalog) -> None:
    design = draw("software-mirror", "agent", *SITE)
    assert only(design, catalog, "mirror-without-relay").severity == "warning"
    assert settles(design, catalog, "mirror-without-relay")
    assert found(draw("software-mirror", "relay", "agent"), catalog, "mirror-without-relay") == []


def test_moving_file_reputation_leaves_what_no_local_server_can_replace(catalog: Catalog) -> None:
    features = ["smart-scan", "web-reputation", "process-memory-scan"]
    design = draw("agent", SERVER, *SITE, features=features, settings=FILES_BY_SERVER)
    finding = only(design, catalog, "residue")
    assert (finding.severity, finding.subjects) == ("information", ("agent",))
    for text in ("deepsecaas11-en.gfrbridge.trendmicro.com", "dsaas.url.trendmicro.com"):
        assert text in finding.message.en
        assert text in finding.message.ja
    assert "icrc" not in finding.message.en
    assert "Web Reputation, Process Memory Scan" in finding.message.en
    assert {"U09", "U10"} <= set(finding.rules)


def test_what_stays_without_a_printed_name_is_told_by_its_ports(catalog: Catalog) -> None:
    settings = {"agent-version": "11.3", **FILES_BY_SERVER}
    design = draw("agent", SERVER, *SITE, features=["smart-scan", "smart-feedback"], settings=settings)
    assert "remains necessary: 80, 443." in only(design, catalog, "residue").message.en


def test_where_nothing_stays_on_the_network_there_is_no_residue(catalog: Catalog) -> None:
    moved = draw("agent", SERVER, *SITE, features=["smart-scan"], settings=FILES_BY_SERVER)
    assert found(moved, catalog, "residue") == []
    unmoved = draw("agent", SERVER, *SITE, features=["web-reputation"], settings=FILES_BY_SERVER)
    assert found(unmoved, catalog, "residue") == []
    kept = draw("agent", SERVER, *SITE, features=["smart-scan", "web-reputation"])
    assert found(kept, catalog, "residue") == []


@pytest.mark.parametrize(
    ("version", "count"), [("20.1", 0), ("12.0", 0), ("11.0", 0), ("10.0", 0), ("11.3", 1), ("9.6", 1)]
)
def test_smart_feedback_needs_a_version_with_a_printed_name(
    catalog: Catalog, version: str, count: int
) -> None:
    design = draw("agent", "relay", *SITE, features=["smart-feedback"], settings={"agent-version": version})
    raised = found(design, catalog, "version-without-names")
    assert len(raised) == count
    for finding in raised:
        assert finding.subjects == ("agent", "relay")
        assert version in finding.message.en
        assert set(finding.rules) == {"U06a", "U06b", "U06c", "U06d"}


def test_without_smart_feedback_the_version_needs_no_name(catalog: Catalog) -> None:
    design = draw("agent", *SITE, settings={"agent-version": "9.6"})
    assert found(design, catalog, "version-without-names") == []


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
    assert "389/TCP, 389/UDP" in only(both, catalog, "cleartext").message.en
    ldaps = draw("data-center-gateway", "active-directory", settings={"directory-protocol": "ldaps-only"})
    assert found(ldaps, catalog, "cleartext") == []


# The catalog's own notices


@pytest.mark.parametrize(
    ("code", "severity", "raising", "silent", "subjects"),
    [
        (
            "gateway-names-outside-govcloud",
            "warning",
            draw("data-center-gateway", *SITE),
            draw("agent", *SITE),
            ("data-center-gateway",),
        ),
        ("agents-002-not-printed", "warning", draw("agent", *SITE), draw("administrator", *SITE), ("agent",)),
        (
            "uncertain-agent-names",
            "warning",
            draw("agent", *SITE, settings={"agent-version": "12.0"}),
            draw("agent", *SITE),
            ("agent",),
        ),
        (
            "update-server-443-printed-http",
            "information",
            draw("relay", *SITE),
            draw("administrator"),
            ("relay",),
        ),
        (
            "ldaps-over-udp",
            "information",
            draw("data-center-gateway", "active-directory"),
            draw("data-center-gateway", "vcenter"),
            ("data-center-gateway",),
        ),
        (
            "siem-reachable-from-internet",
            "warning",
            draw("siem", *SITE),
            draw("agent", "siem", features=["syslog-direct"]),
            ("siem",),
        ),
        ("undocumented-outbound", "warning", draw("web-proxy"), draw("siem"), ("web-proxy",)),
        (
            "activity-monitoring-endpoint",
            "warning",
            draw("agent", *SITE, features=["activity-monitoring"]),
            draw("agent", *SITE),
            ("agent",),
        ),
        (
            "console-names-not-printed",
            "information",
            draw("administrator", *SITE),
            draw("agent", *SITE),
            ("administrator",),
        ),
        (
            "service-gateway-names-not-printed",
            "information",
            draw("service-gateway", *SITE),
            draw("agent", *SITE),
            ("service-gateway",),
        ),
        ("api-client-names", "information", draw("api-client", *SITE), draw("agent", *SITE), ("api-client",)),
        (
            "dns-over-tcp-not-printed",
            "information",
            draw("agent", *SITE),
            draw("api-client", *SITE),
            ("agent",),
        ),
        (
            "addresses-of-services-dynamic",
            "information",
            draw("agent", "workload-security"),
            draw("workload-security", "siem"),
            ("agent",),
        ),
    ],
)
def test_a_notice_is_raised_by_what_it_is_about_and_by_nothing_else(
    catalog: Catalog, code: str, severity: str, raising: Design, silent: Design, subjects: tuple[str, ...]
) -> None:
    finding = only(raising, catalog, code)
    assert (finding.severity, finding.subjects) == (severity, subjects)
    assert finding.discrepancies != ()
    assert found(silent, catalog, code) == []


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("agents-002-not-printed", "agent"),
        ("console-names-not-printed", "administrator"),
        ("service-gateway-names-not-printed", "service-gateway"),
        ("dns-over-tcp-not-printed", "agent"),
    ],
)
def test_an_offer_that_settles_a_notice_is_a_fix(catalog: Catalog, code: str, source: str) -> None:
    assert settles(draw(source, *SITE), catalog, code)


@pytest.mark.parametrize(
    ("code", "source"),
    [("gateway-names-outside-govcloud", "data-center-gateway"), ("activity-monitoring-endpoint", "agent")],
)
def test_an_offer_that_proves_nothing_leaves_the_notice_and_is_made_once(
    catalog: Catalog, code: str, source: str
) -> None:
    after = fixed(draw(source, *SITE, features=["activity-monitoring"]), catalog, code)
    assert only(after, catalog, code).fix is None


def test_findings_come_errors_first(catalog: Catalog) -> None:
    tls = place("siem", settings={"syslog-transport": "tls"})
    design = draw("agent", tls, *SITE, features=["syslog-direct"], tied={("agent", "ntp-server"): "none"})
    raised = findings(derive(design, catalog))
    order = [finding.severity for finding in raised]
    assert set(order) == {"error", "warning", "information"}
    assert order == sorted(order, key=["error", "warning", "information"].index)
    assert {"direct-syslog-to-tls", "excluded-component"} <= {finding.code for finding in raised}


def test_subjects_and_names_follow_the_design_whatever_their_classes(catalog: Catalog) -> None:
    agents = [place(f"agent-{n}", features={"firewall": n % 2 == 0}) for n in range(1, 5)]
    design = draw(*agents, SERVER, *SITE, features=["smart-scan", "smart-feedback"],
                  settings={"communication": "bidirectional", "agent-version": "9.6", **FILES_BY_SERVER})  # fmt: skip
    for code in ("communication-not-default", "residue", "version-without-names", "uncertain-agent-names"):
        assert only(design, catalog, code).subjects == ("agent-1", "agent-2", "agent-3", "agent-4"), code


def test_texts_name_components_by_their_names_and_count_the_rest(catalog: Catalog) -> None:
    named = [place(f"agent-{n}", name=f"Web {n}") for n in range(1, 6)]
    finding = found(draw(*named), catalog, "missing-component")[0]
    assert "Web 1, Web 2, Web 3 and 2 more" in finding.message.en
    assert "Web 1、Web 2、Web 3 ほか2件" in finding.message.ja
    assert "agent-1" not in finding.message.en

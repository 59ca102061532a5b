"""Servers nobody uses, and what a local server cannot take over."""

import pytest

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from tests.drawn import draw, place
from tests.model.findings.asking import FILES_BY_SERVER, SERVER, SITE, fixed, found, only, settles


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
    assert "Web Reputation and Process Memory Scan" in finding.message.en
    assert {"U09", "U10"} <= set(finding.rules)


def test_what_stays_without_a_printed_name_is_told_by_its_ports(catalog: Catalog) -> None:
    settings = {"agent-version": "11.3", **FILES_BY_SERVER}
    design = draw("agent", SERVER, *SITE, features=["smart-scan", "smart-feedback"], settings=settings)
    assert "remains necessary: 80 and 443." in only(design, catalog, "residue").message.en


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

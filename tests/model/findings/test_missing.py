"""Components that the document asks for and the design lacks."""

from model.catalog.catalog import Catalog
from model.design.elements import Zone
from tests.drawn import draw
from tests.model.findings.asking import SITE, fixed, found, only, settles


def test_a_required_kind_that_is_absent_is_an_error_naming_sources_kind_ports_and_rules(
    catalog: Catalog,
) -> None:
    design = draw("agent-1", "relay", *(name for name in SITE if name != "dns-server"))
    finding = only(design, catalog, "missing-component")
    assert finding.severity == "error"
    assert finding.subjects == ("agent-1", "relay")
    assert finding.rules == ("P07",)
    for text in ("DNS server", "agent-1 and relay", "53/UDP", "P07"):
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

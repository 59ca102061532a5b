"""The catalog's own notices; the order and the wording of all findings."""

import pytest

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.design.design import Design
from model.findings import findings
from tests.drawn import draw, place
from tests.model.findings.asking import FILES_BY_SERVER, SERVER, SITE, fixed, found, only, settles


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
    assert "Web 1、Web 2、Web 3 ほか 2 件" in finding.message.ja
    assert "agent-1" not in finding.message.en

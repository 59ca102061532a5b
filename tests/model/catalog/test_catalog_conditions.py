"""The conditions of the catalog that ships: the ports and names that features and settings bring."""

import itertools
from collections.abc import Iterable

import pytest

import resources
from model.catalog.catalog import Catalog, parse_catalog
from model.catalog.condition import Subject, holds
from tests.model.vendor_rows import Row, rows

NAME = "catalogs/workload-security-govcloud.json"
NETWORK = "smart-protection-network"

DEFAULTS = {
    "agent-version": "20.0",
    "communication": "agent-initiated",
    "file-reputation-source": NETWORK,
    "web-reputation-source": NETWORK,
    "direct-updates": "automatic",
    "syslog-transport": "udp",
    "directory-protocol": "both",
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return parse_catalog(resources.text(NAME), NAME)


def test_nothing_is_on_and_the_settings_are_as_described_unless_the_architect_says_so(
    catalog: Catalog,
) -> None:
    assert not any(feature.default for feature in catalog.features)
    assert {setting.id: setting.default for setting in catalog.settings} == DEFAULTS


def _subject(kind: str, features: Iterable[str], settings: dict[str, str], reaches: Iterable[str]) -> Subject:
    return Subject(kind, frozenset(features), DEFAULTS | settings, frozenset(reaches))


def _opened(catalog: Catalog, source: Subject, destination: Subject) -> set[str]:
    return {
        f"{followed.part.port}/{followed.part.transport}"
        for followed in catalog.connections_of[source.kind]
        if destination.kind in followed.part.to
        and holds(followed.part.when, source, destination, catalog.terms)
    }


def _named(catalog: Catalog, source: Subject, to: str) -> set[str]:
    destination = _subject(to, (), {}, ())
    return {
        "own" if followed.part.own else fqdn
        for followed in catalog.names_of[source.kind, to]
        if holds(followed.part.when, source, destination, catalog.terms)
        for fqdn in followed.part.fqdns or ("own",)
    }


# source | destination | features | the source's settings | what else serves it | the destination's | opened
CASES = """
administrator       | dns-server               |                      |                          |                 |                          | 53/udp
administrator       | dns-server               | dns-over-tcp         |                          |                 |                          | 53/udp 53/tcp
data-center-gateway | dns-server               |                      |                          |                 |                          | 53/udp
data-center-gateway | dns-server               | dns-over-tcp         |                          |                 |                          | 53/udp 53/tcp
service-gateway     | dns-server               |                      |                          |                 |                          | 53/udp
service-gateway     | dns-server               | dns-over-tcp         |                          |                 |                          | 53/udp 53/tcp
relay               | dns-server               |                      |                          |                 |                          | 53/udp
relay               | dns-server               | dns-over-tcp         |                          |                 |                          | 53/udp 53/tcp
agent               | dns-server               | dns-over-tcp         |                          |                 |                          | 53/udp 53/tcp
agent               | dns-server               |                      |                          |                 |                          | 53/udp
agent               | ntp-server               |                      |                          |                 |                          | 123/udp
agent               | workload-security        |                      |                          |                 |                          | 443/tcp
agent               | workload-security        |                      | communication=manager-initiated |                 |                          | 443/tcp
relay               | workload-security        |                      |                          |                 |                          | 443/tcp
workload-security   | agent                    |                      |                          |                 |                          |
workload-security   | agent                    |                      |                          |                 | communication=bidirectional | 4118/tcp
workload-security   | relay                    |                      |                          |                 | communication=manager-initiated | 4118/tcp
workload-security   | siem                     |                      |                          |                 |                          | 514/udp
workload-security   | siem                     |                      |                          |                 | syslog-transport=tls     | 6514/tcp
agent               | siem                     |                      |                          |                 |                          |
agent               | siem                     | syslog-direct        |                          |                 |                          | 514/udp
agent               | siem                     | syslog-direct        |                          |                 | syslog-transport=tls     |
relay               | siem                     | syslog-direct        |                          |                 |                          | 514/udp
agent               | relay                    |                      |                          |                 |                          | 4122/tcp
relay               | relay                    |                      |                          |                 |                          | 4122/tcp 4123/tcp
agent               | download-center          |                      |                          |                 |                          | 443/tcp
agent               | download-center          |                      |                          | relay           |                          |
agent               | download-center          |                      | direct-updates=on        | relay           |                          | 443/tcp
agent               | download-center          |                      | direct-updates=off       |                 |                          |
agent               | download-center          |                      | direct-updates=on        | software-mirror |                          |
agent               | download-center          | download-center-http |                          |                 |                          | 443/tcp 80/tcp
agent               | download-center          | download-center-http |                          | relay           |                          |
agent               | download-center          | download-center-http | direct-updates=on        | software-mirror |                          |
agent               | update-server            |                      |                          |                 |                          | 80/tcp 443/tcp
agent               | update-server            |                      |                          | relay           |                          |
agent               | update-server            |                      |                          | software-mirror |                          | 80/tcp 443/tcp
agent               | update-server            |                      | direct-updates=off       |                 |                          |
agent               | software-mirror          |                      | direct-updates=off       | relay           |                          | 443/tcp
relay               | download-center          |                      |                          | relay           |                          | 443/tcp
relay               | download-center          |                      |                          | software-mirror |                          |
relay               | download-center          | download-center-http |                          |                 |                          | 443/tcp 80/tcp
relay               | download-center          | download-center-http |                          | software-mirror |                          |
relay               | software-mirror          |                      |                          |                 |                          | 443/tcp
relay               | update-server            |                      |                          | relay           |                          | 80/tcp 443/tcp
agent               | vision-one               |                      |                          |                 |                          |
agent               | vision-one               | vision-one           |                          |                 |                          | 443/tcp
relay               | vision-one               | vision-one           |                          |                 |                          | 443/tcp
data-center-gateway | active-directory         |                      |                          |                 |                          | 389/tcp 389/udp 636/tcp 636/udp
data-center-gateway | active-directory         |                      |                          |                 | directory-protocol=ldaps-only | 636/tcp 636/udp
data-center-gateway | active-directory         |                      |                          |                 | directory-protocol=starttls-only | 389/tcp 389/udp
data-center-gateway | vcenter                  |                      |                          |                 |                          | 443/tcp
service-gateway     | smart-protection-network |                      |                          |                 |                          | 80/tcp 443/tcp
api-client          | workload-security        |                      |                          |                 |                          | 443/tcp
"""  # noqa: E501 # a case stays on one line


@pytest.mark.parametrize("case", rows(CASES), ids=lambda case: " ".join(filter(None, case)))
def test_a_connection_is_open_exactly_when_its_condition_holds(catalog: Catalog, case: Row) -> None:
    source, destination, features, settings, reaches, other, opened = case
    chosen, chosen_there = (dict([text.split("=")]) if text else {} for text in (settings, other))
    subject = _subject(source, features.split(), chosen, reaches.split())
    assert _opened(catalog, subject, _subject(destination, (), chosen_there, ())) == set(opened.split())


REPUTATION = (
    "smart-scan",
    "web-reputation",
    "behavior-monitoring",
    "predictive-machine-learning",
    "process-memory-scan",
    "smart-feedback",
)


@pytest.mark.parametrize("kind", ["agent", "relay"])
@pytest.mark.parametrize("file_source", [NETWORK, "smart-protection-server", "service-gateway"])
@pytest.mark.parametrize("web_source", [NETWORK, "smart-protection-server"])
def test_a_local_server_replaces_its_own_name_and_leaves_the_residue(
    catalog: Catalog, kind: str, file_source: str, web_source: str
) -> None:
    for switches in itertools.product([False, True], repeat=len(REPUTATION)):
        on = {feature for feature, switched in zip(REPUTATION, switches, strict=True) if switched}
        settings = {"file-reputation-source": file_source, "web-reputation-source": web_source}
        subject = _subject(kind, on, settings, ())
        names: set[str] = set()
        if "smart-scan" in on and file_source == NETWORK:
            names |= {"dsaas.icrc.trendmicro.com"}
        if "web-reputation" in on and web_source == NETWORK:
            names |= {"dsaas.url.trendmicro.com"}
        if on & {"behavior-monitoring", "predictive-machine-learning"}:
            names |= {"dsaas1100-en-census.trendmicro.com"}
        if on & {"behavior-monitoring", "predictive-machine-learning", "process-memory-scan"}:
            names |= {"deepsecaas11-en.gfrbridge.trendmicro.com"}
        if "predictive-machine-learning" in on:
            names |= {"dsaas-en-f.trx.trendmicro.com", "dsaas-en-b.trx.trendmicro.com"}
        if "smart-feedback" in on:
            names |= {"ds200-en.fbs25.trendmicro.com"}
        file_server = "smart-scan" in on and file_source == "smart-protection-server"
        web_server = "web-reputation" in on and web_source == "smart-protection-server"
        gateway = "smart-scan" in on and file_source == "service-gateway"
        local = ({"80/tcp", "443/tcp"} if file_server else set()) | (
            {"5274/tcp", "5275/tcp"} if web_server else set()
        )
        assert _named(catalog, subject, NETWORK) == names
        assert _opened(catalog, subject, _subject(NETWORK, (), {}, ())) == (
            {"80/tcp", "443/tcp"} if names else set()
        )
        assert _opened(catalog, subject, _subject("smart-protection-server", (), {}, ())) == local
        assert _named(catalog, subject, "smart-protection-server") == ({"own"} if local else set())
        assert _opened(catalog, subject, _subject("service-gateway", (), {}, ())) == (
            {"8080/tcp"} if gateway else set()
        )


@pytest.mark.parametrize(
    ("version", "names"),
    [
        ("9.6", set()),
        ("10.0", {"deepsecurity1000-en.fbs20.trendmicro.com"}),
        ("10.1", set()),
        ("11.0", {"deepsecurity1100-en.fbs25.trendmicro.com"}),
        ("11.3", set()),
        ("12.0", {"ds120-en.fbs25.trendmicro.com"}),
        ("12.5", set()),
        ("20.0", {"ds200-en.fbs25.trendmicro.com"}),
        ("25.0", {"ds200-en.fbs25.trendmicro.com"}),
    ],
)
def test_smart_feedback_has_one_name_per_printed_version(
    catalog: Catalog, version: str, names: set[str]
) -> None:
    settings = {"agent-version": version}
    assert _named(catalog, _subject("agent", ["smart-feedback"], settings, ()), NETWORK) == names
    assert _named(catalog, _subject("agent", [], settings, ()), NETWORK) == set()


@pytest.mark.parametrize(
    "feature",
    [
        "firewall",
        "intrusion-prevention",
        "integrity-monitoring",
        "log-inspection",
        "application-control",
        "device-control",
        "activity-monitoring",
    ],
)
def test_a_feature_without_a_row_needs_nothing(catalog: Catalog, feature: str) -> None:
    subject = _subject("agent", [feature], {}, ())
    assert _named(catalog, subject, NETWORK) == set()
    assert _opened(catalog, subject, _subject(NETWORK, (), {}, ())) == set()


@pytest.mark.parametrize(
    ("communication", "expected"),
    [("agent-initiated", []), ("bidirectional", ["001", "002"]), ("manager-initiated", ["001", "002"])],
)
def test_the_source_names_need_a_component_that_accepts_management(
    catalog: Catalog, communication: str, expected: list[str]
) -> None:
    source = _subject("workload-security", ["inferred-agents-002"], {}, ())
    destination = _subject("agent", (), {"communication": communication}, ())
    assert [
        fqdn.split(".")[0].removeprefix("agents-")
        for part in catalog.rule_by_id["U12"].names
        if holds(part.when, source, destination, catalog.terms)
        for fqdn in part.fqdns
    ] == expected

"""The catalog that ships, held to the facts of the document's rows (vendor_rows), and its texts."""

import re
import string
from collections import Counter
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

import resources
from model.catalog.catalog import Catalog, parse_catalog
from model.catalog.condition import VersionIn, features_in
from model.catalog.rules import Names
from model.frozen import Bilingual
from tests.model.vendor_rows import GOV, PORT_ROWS, URL_ROWS, Row, numbers, rows

NAME = "catalogs/workload-security-govcloud.json"
DOCUMENT_LINES = 291

NETWORK = "smart-protection-network"

INFERRED = {
    ("agent relay", "workload-security", f"agents-002.{GOV}"),
    ("agent relay", "workload-security", f"agent-comm.{GOV}"),
    ("workload-security", "agent relay", f"agents-002.{GOV}"),
    ("api-client", "workload-security", f"agents-002.{GOV}"),
    ("data-center-gateway", "workload-security", f"gateway.{GOV}"),
    ("data-center-gateway", "workload-security", f"gateway-control.{GOV}"),
    ("service-gateway", NETWORK, "dsaas.icrc.trendmicro.com"),
    ("administrator", "workload-security", GOV),
}

# Names of products, which stay as they are in Japanese.
UNTRANSLATED = {
    "Relay",
    "Service Gateway",
    "Smart Protection Network",
    "Smart Protection Server",
    "Workload Security",
    "Trend Vision One",
    "VMware vCenter",
    "Microsoft Active Directory",
}
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return parse_catalog(resources.text(NAME), NAME)


def _row_id(row: Row) -> str:
    return row[0]


# The rows


def test_every_row_of_both_tables_is_present_once_and_in_order(catalog: Catalog) -> None:
    printed = [row[0] for row in PORT_ROWS + URL_ROWS]
    assert len(printed) == 35 + 17
    assert [rule.id for rule in catalog.rules] == [*printed, "T01"]
    places = [(rule.citation.table, rule.citation.row) for rule in catalog.rules]
    assert places == [("ports", row) for row in range(1, 36)] + [("urls", row) for row in range(1, 18)] + [
        ("text", 1)
    ]


@pytest.mark.parametrize("row", PORT_ROWS, ids=_row_id)
def test_a_port_row_says_what_the_document_prints(catalog: Catalog, row: Row) -> None:
    name, source, destinations, ports, protocol, _, lines = row
    rule = catalog.rule_by_id[name]
    printed = [link for link in rule.connections if link.optional != "beyond"]
    said = Counter(
        (source, to, f"{link.port}/{link.transport}", link.printed_protocol or link.protocol)
        for link in printed
        for source in link.from_
        for to in link.to
    )
    assert said == Counter(
        (source, to, port, protocol.strip("()")) for to in destinations.split() for port in ports.split()
    )
    assert rule.citation.lines == numbers(lines)


@pytest.mark.parametrize("row", PORT_ROWS, ids=_row_id)
def test_a_port_row_is_marked_if_any_on_the_right_sides(catalog: Catalog, row: Row) -> None:
    name, *_, marked, _ = row
    for link in catalog.rule_by_id[name].connections:
        if marked == "software-mirror":  # the document marks one of two destinations
            assert link.if_any == (("destination",) if link.to == ("software-mirror",) else ())
        else:
            assert link.if_any == tuple(marked.replace("-", "").split())


@pytest.mark.parametrize("row", URL_ROWS, ids=_row_id)
def test_a_url_row_says_what_the_document_prints(catalog: Catalog, row: Row) -> None:
    name, sources, destinations, names, lines = row
    rule = catalog.rule_by_id[name]
    printed = [part for part in rule.names if not part.inferred]
    assert {part.from_ for part in printed} == {tuple(sources.split())}
    assert [to for part in printed for to in part.to] == destinations.split()
    said = [name for part in printed for name in (*part.fqdns, *(["own"] if part.own else []))]
    assert said == names.split()
    assert rule.citation.lines == numbers(lines)


def test_the_names_not_inferred_are_those_the_document_prints(catalog: Catalog) -> None:
    printed = {name for row in URL_ROWS for name in row[3].split() if name != "own"}
    assert len(printed) == 23
    assert {fqdn for part in _names(catalog) if not part.inferred for fqdn in part.fqdns} == printed


def test_the_inferred_names_are_these_and_need_asking_for(catalog: Catalog) -> None:
    inferred = [part for part in _names(catalog) if part.inferred]
    assert {
        (" ".join(part.from_), " ".join(part.to), fqdn) for part in inferred for fqdn in part.fqdns
    } == INFERRED
    for part in inferred:
        asked = [catalog.feature_by_id[name] for name in features_in(part.when, catalog.terms)]
        assert [feature.category for feature in asked] == ["inferred"]
        assert set(part.from_) <= set(asked[0].kinds)


def test_only_the_row_for_connections_from_workload_security_names_the_source(catalog: Catalog) -> None:
    assert {rule.id for rule in catalog.rules for part in rule.names if part.side == "source"} == {"U12"}
    assert {part.side for part in catalog.rule_by_id["U12"].names} == {"source"}


def test_names_for_old_agents_are_uncertain_at_workload_security_only(catalog: Catalog) -> None:
    uncertain = [
        (rule.id, part) for rule in catalog.rules for part in rule.names if part.certain_when is not None
    ]
    assert [name for name, _ in uncertain] == ["U01"]
    certain = uncertain[0][1].certain_when
    assert isinstance(certain, VersionIn)
    assert [certain.version.holds(version) for version in ("12.0", "20.0", "21.4")] == [False, True, True]


def test_the_connections_the_url_table_and_the_text_add(catalog: Catalog) -> None:
    added = {
        (rule.id, source, to, link.port, link.transport, link.protocol, link.optional)
        for rule in catalog.rules
        for link in rule.connections
        if rule.id[0] != "P" or link.optional == "beyond"
        for source in link.from_ or ("-",)
        for to in link.to
    }
    assert added == {
        ("P01", "administrator", "dns-server", 53, "tcp", "DNS", "beyond"),
        ("P07", "agent", "dns-server", 53, "tcp", "DNS", "beyond"),
        ("P25", "data-center-gateway", "dns-server", 53, "tcp", "DNS", "beyond"),
        ("P31", "service-gateway", "dns-server", 53, "tcp", "DNS", "beyond"),
        ("U02", "agent", "download-center", 443, "tcp", "HTTPS", None),
        ("U02", "agent", "software-mirror", 443, "tcp", "HTTPS", None),
        ("U02", "agent", "download-center", 80, "tcp", "HTTP", "beyond"),
        ("U02", "relay", "download-center", 80, "tcp", "HTTP", "beyond"),
        ("U03", "agent", "update-server", 80, "tcp", "HTTP", None),
        ("U03", "agent", "update-server", 443, "tcp", "HTTPS", None),
        ("U04", "agent", "vision-one", 443, "tcp", "HTTPS", None),
        ("U04", "relay", "vision-one", 443, "tcp", "HTTPS", None),
        ("T01", "-", "web-proxy", 1443, "tcp", "HTTP proxy", None),
    }
    assert catalog.proxy_rule == "T01"
    if_any = [
        (rule.id, link.to, link.if_any)
        for rule in catalog.rules
        if rule.id[0] == "U"
        for link in rule.connections
        if link.if_any
    ]
    assert if_any == [("U02", ("software-mirror",), ("destination",))]


def test_what_is_optional_or_stays_on_the_host(catalog: Catalog) -> None:
    links = [(rule.id, link) for rule in catalog.rules for link in rule.connections]
    assert [(name, link.port, link.transport) for name, link in links if link.optional == "printed"] == [
        ("P29", 389, "udp"),
        ("P30", 636, "udp"),
    ]
    assert [(name, link.port) for name, link in links if link.scope == "host"] == [("P21", 4123)]
    assert [(name, link.protocol) for name, link in links if link.printed_protocol] == [("P23", "HTTPS")]


def test_the_only_printed_addresses_are_those_workload_security_connects_from(catalog: Catalog) -> None:
    assert {kind.id: kind.source_addresses for kind in catalog.kinds if kind.source_addresses} == {
        "workload-security": ("3.30.186.224/27",)
    }
    assert {kind.id for kind in catalog.kinds if kind.service} == {
        "workload-security",
        "smart-protection-network",
        "update-server",
        "download-center",
        "vision-one",
    }


def test_a_relay_follows_the_agent_rows_except_those_that_name_relays_themselves(catalog: Catalog) -> None:
    through = [followed for followed in catalog.connections_of["relay"] if followed.through is not None]
    assert {followed.through.id for followed in through if followed.through} == {"P19"}
    assert {followed.rule.id for followed in through} == {
        *("P07", "P08", "P09", "P10", "P12", "P13", "P14", "P15", "P16", "P17", "P18")
    }
    for to in (NETWORK, "smart-protection-server"):
        relay, agent = ([part.rule.id for part in catalog.names_of[kind, to]] for kind in ("relay", "agent"))
        assert relay == agent
    for to in ("workload-security", "download-center", "software-mirror", "update-server", "vision-one"):
        assert all(part.through is None for part in catalog.names_of["relay", to])


TRAFFIC = {
    "workload-security": "management",
    "vision-one": "management",
    "update-server": "updates",
    "download-center": "updates",
    NETWORK: "smart-protection",
    "relay": "relays",
}


def test_traffic_classes_follow_the_destination(catalog: Catalog) -> None:
    for rule in catalog.rules:
        for link in rule.connections:
            expected = (
                {TRAFFIC.get(to) for to in link.to}
                if link.scope == "network" and rule.id != "P06"
                else {None}
            )
            assert {link.traffic} == expected, rule.id


# The findings

# code | severity | placeholders
MESSAGES = """
missing-component         | error       | sources kind ports rules
excluded-component        | warning     | source kind ports
direct-syslog-to-tls      | error       | source siem
port-conflict             | error       | component port first second
missing-address           | warning     | component
missing-fqdn              | warning     | component
zone-without-cidr         | warning     | zone
unused-server             | warning     | component kind
residue                   | information | component server remaining features
cleartext                 | warning     | protocol ports count alternative
communication-not-default | information | component value
mirror-without-relay      | warning     | mirror
unknown-kind              | warning     | component kind
unknown-value             | warning     | component item value
misplaced-value           | warning     | component item value
proxy-not-a-proxy         | error       | component proxy
version-without-names     | warning     | component version
catalog-mismatch          | warning     | design catalog
relay-group-members       | information | component
"""

# code | severity | rules, kinds or features | settled by | offers | discrepancy
NOTICES = """
gateway-names-outside-govcloud    | warning     | U13                                |                                | inferred-gateway-names         | A03
agents-002-not-printed            | warning     | U01 U12 U14                        | inferred-agents-002            | inferred-agents-002            | A04
uncertain-agent-names             | warning     |                                    |                                |                                | A24
update-server-443-printed-http    | information | P23 U03                            |                                |                                | A01
ldaps-over-udp                    | information | P29 P30                            |                                |                                | A14
siem-reachable-from-internet      | warning     | P04 P05                            |                                |                                | A15
undocumented-outbound             | warning     | smart-protection-server software-mirror web-proxy |                                |                                | A27
activity-monitoring-endpoint      | warning     | activity-monitoring                |                                | inferred-agent-comm            | A30
console-names-not-printed         | information | P03                                | inferred-console-name          | inferred-console-name          | A12
service-gateway-names-not-printed | information | P33 P34                            | inferred-service-gateway-names | inferred-service-gateway-names | A19
api-client-names                  | information | U14                                |                                |                                | A29
dns-over-tcp-not-printed          | information | P01 P07 P25 P31                    | dns-over-tcp                   | dns-over-tcp                   | A13
addresses-of-services-dynamic     | information | P03 P10 P27 P35                    |                                |                                | A26
"""  # noqa: E501 # a notice stays on one line


def test_messages_have_their_severity_and_placeholders_in_both_languages(catalog: Catalog) -> None:
    said = {
        (message.code, message.severity, language): _placeholders(message.message.text(language))
        for message in catalog.messages
        for language in ("en", "ja")
    }
    assert said == {
        (code, severity, language): set(placeholders.split())
        for code, severity, placeholders in rows(MESSAGES)
        for language in ("en", "ja")
    }


def test_notices_are_raised_by_what_the_decisions_say(catalog: Catalog) -> None:
    assert [
        [
            notice.code,
            notice.severity,
            " ".join((*notice.rules, *notice.kinds, *notice.features)),
            notice.unless or "",
            notice.offer or "",
            " ".join(notice.discrepancies),
        ]
        for notice in catalog.notices
    ] == rows(NOTICES)
    assert [notice.code for notice in catalog.notices if notice.uncertain_names] == ["uncertain-agent-names"]
    assert not any(
        _placeholders(notice.message.text(lang)) for notice in catalog.notices for lang in ("en", "ja")
    )


def test_only_protocols_that_can_be_read_on_the_wire_warn(catalog: Catalog) -> None:
    assert {protocol.name for protocol in catalog.protocols if protocol.warns} == {
        "HTTP",
        "Syslog",
        "LDAP + STARTTLS",
    }
    assert {protocol.name for protocol in catalog.protocols if protocol.encrypted} == {
        "HTTPS",
        "Syslog over TLS",
        "LDAPS",
    }


# The texts


def test_all_thirty_unclear_places_are_told_and_point_both_ways(catalog: Catalog) -> None:
    assert [item.id for item in catalog.discrepancies] == [f"A{number:02}" for number in range(1, 31)]
    for item in catalog.discrepancies:
        assert item.rules == tuple(rule.id for rule in catalog.rules if item.id in rule.discrepancies)
    told = {name for notice in catalog.notices for name in notice.discrepancies}
    told |= {name for message in catalog.messages for name in message.discrepancies}
    assert told <= set(catalog.discrepancy_by_id)


def test_line_numbers_lie_within_the_document_and_ascend(catalog: Catalog) -> None:
    assert catalog.document.lines == DOCUMENT_LINES
    cited = [(rule.id, rule.citation.lines) for rule in catalog.rules]
    cited += [(item.id, item.lines) for item in catalog.discrepancies]
    for name, lines in cited:
        assert list(lines) == sorted(set(lines)), name
        assert all(1 <= line <= DOCUMENT_LINES for line in lines), name
    assert {name for name, lines in cited if not lines} == {"A27", "A30"}  # about what is not there


def test_every_text_is_written_in_both_languages(catalog: Catalog) -> None:
    texts = list(_texts(catalog, "catalog"))
    assert len(texts) > 250
    for place, text in texts:
        for words in (text.en, text.ja):
            assert words, place
            assert words == " ".join(words.split()), f"{place}: stray spaces"
        assert not JAPANESE.search(text.en), place
        assert not re.search(r"(?<![a-z.-])(the|and|from|of|on|or)(?![a-z.-])", text.ja), place
        if not JAPANESE.search(text.ja):
            assert text.en == text.ja, place
            assert text.en in UNTRANSLATED, f"{place}: {text.ja} is not Japanese"


def test_readings_are_one_or_two_sentences_and_name_the_ports(catalog: Catalog) -> None:
    for rule in catalog.rules:
        sentences = [text for text in re.split(r"(?<=\.)\s", rule.reading.en) if text]
        assert 1 <= len(sentences) <= 2, rule.id
        assert rule.reading.en.endswith("."), rule.id
        assert 1 <= rule.reading.ja.count("。") <= 2, rule.id
        assert rule.reading.ja.endswith("。"), rule.id
        if rule.id[0] == "P":
            for link in rule.connections:
                for words in (rule.reading.en, rule.reading.ja):
                    assert re.search(rf"(?<!\d){link.port}(?!\d)", words), (
                        f"{rule.id} does not name {link.port}"
                    )


def _names(catalog: Catalog) -> Iterator[Names]:
    for rule in catalog.rules:
        yield from rule.names


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _texts(value: object, place: str) -> Iterator[tuple[str, Bilingual]]:
    match value:
        case Bilingual():
            yield place, value
        case BaseModel():
            name = getattr(value, "id", getattr(value, "code", ""))
            for field in type(value).model_fields:
                yield from _texts(
                    getattr(value, field), f"{place}.{name}.{field}" if name else f"{place}.{field}"
                )
        case tuple():
            for item in value:
                yield from _texts(item, place)
        case dict():
            for key, item in value.items():
                yield from _texts(item, f"{place}.{key}")
        case _:
            pass

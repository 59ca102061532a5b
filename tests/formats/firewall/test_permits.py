"""Permits between address groups: what they hold, and what they must never hold."""

import ipaddress
import re

import pytest

from exports.firewall.nftables import nftables
from exports.firewall.permits import Permits, address_permits, networks
from model.derivation.derive import derive
from model.design.design import Design
from model.editing import edits
from model.frozen import Bilingual
from model.tables.columnsets import KNOWN
from tests.designs import shipped_catalog
from tests.formats.firewall.oracle import all_opened, every_report, not_opened, shortest
from tests.reports import report_of, sample


def permits_of(design: Design) -> Permits:
    return address_permits(derive(design, shipped_catalog()))


def test_every_flow_is_a_permit_or_stays_in_the_host_or_is_listed_with_its_reason() -> None:
    refused = permitted = 0
    for report in every_report():
        graph, found = report.graph, address_permits(report.graph)
        split = [permit.flow for permit in found.permits], list(found.loopback)
        assert [flow for flow in graph.network if flow.id not in not_opened(graph)] == split[0]
        assert [flow for flow in graph.flows if flow.basis.scope == "host"] == split[1]
        assert {each.flow for each in found.inexpressible} == not_opened(graph)
        assert all(each.reason.en and each.reason.ja for each in found.inexpressible)
        opened = {
            (shortest(list(one), version), shortest(list(other), version), *permit.flow[3:1:-1])
            for permit in found.permits
            for version, one, other in permit.families
        }
        assert opened == all_opened(graph)
        refused, permitted = refused + len(found.inexpressible), permitted + len(found.permits)
    assert refused > 500
    assert permitted > 500


@pytest.mark.parametrize(
    "addresses",
    [
        ("0.0.0.0/0",),
        ("::/0",),
        ("10.0.0.1", "0.0.0.0/0"),
        ("0.0.0.0/1", "128.0.0.0/1"),
        ("::/1", "8000::/1"),
        ("0.0.0.0",),
        ("::",),
        ("127.0.0.1",),
        ("::1",),
        ("224.0.0.1",),
        ("ff02::1",),
        ("::ffff:0:0/96",),
        ("::ffff:10.0.0.1",),
    ],
)
def test_addresses_that_mean_any_or_no_host_are_refused(addresses: tuple[str, ...]) -> None:
    assert isinstance(networks(addresses), Bilingual)
    design = edits.change_component(sample("single-vpc"), "dns-1", addresses=addresses)
    found = permits_of(design)
    assert not [each for each in found.permits if "dns-1" in (each.flow.source, each.flow.destination)]
    listed = {each.source for each in found.inexpressible if each.destination == "dns-1"}
    assert listed == {"web-tier", "app-tier", "db-tier", "admin-workstations"}


def test_networks_are_the_addresses_given_and_no_more() -> None:
    given = ("10.0.0.0/25", "10.0.0.128/25", "10.0.0.7", "10.0.2.1", "2001:db8::1", "2001:db8::/64")
    found = networks(given)
    assert found == (("10.0.0.0/24", "10.0.2.1/32"), ("2001:db8::/64",))
    assert networks(("10.0.0.0/24", "10.0.2.0/24")) == (("10.0.0.0/24", "10.0.2.0/24"), ())


def test_the_network_of_a_zone_never_stands_for_a_host() -> None:
    design = edits.change_component(sample("single-vpc"), "web-tier", addresses=())
    zones = {cidr for zone in design.zones for cidr in zone.cidrs}
    found = permits_of(design)
    used = {
        each
        for permit in found.permits
        for end in (permit.source, permit.destination)
        for each in end.addresses
    }
    assert not used & zones
    assert {each.reason.en for each in found.inexpressible if each.port == 53} == {
        "web-tier has no known address"
    }


def test_names_and_addresses_of_initiators_are_never_destinations() -> None:
    for report in every_report(100):
        for permit in address_permits(report.graph).permits:
            component = report.graph.component(permit.flow.destination)
            own = [ipaddress.ip_network(each) for each in component.addresses]
            for text in permit.destination.addresses:
                assert any(text == str(each) or _within(text, own) for each in own)


def _within(text: str, own: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    network = ipaddress.ip_network(text)
    return all(any(end in each for each in own) for end in (network[0], network[-1]))


def test_workload_security_connects_from_its_printed_network() -> None:
    design = edits.set_setting(sample("single-vpc"), "communication", "bidirectional", None)
    found = permits_of(design)
    managed = [permit for permit in found.permits if permit.flow.source == "workload-security"]
    assert {permit.flow.port for permit in managed if permit.flow.destination != "siem-1"} == {4118}
    assert {permit.source.addresses for permit in managed} == {("3.30.186.224/27",)}


def test_an_address_given_to_workload_security_is_where_it_listens_and_not_where_it_connects_from() -> None:
    design = edits.set_setting(sample("single-vpc"), "communication", "bidirectional", None)
    design = edits.change_component(design, "workload-security", addresses=("198.51.100.7",))
    report = report_of(design)
    found = address_permits(report.graph).permits
    into = {permit.source[1:] for permit in found if permit.flow.source == "workload-security"}
    out = {permit.destination[1:] for permit in found if permit.flow.destination == "workload-security"}
    assert into == {("source-workload-security", ("3.30.186.224/27",), ())}
    assert out == {("host-workload-security", ("198.51.100.7/32",), ())}
    text = nftables(report).data.decode()
    elements = dict(re.findall(r"set (\S+) \{\n.*\n.*\n +elements = \{ (.*) \}", text))
    assert elements["source-workload-security-v4"] == "3.30.186.224/27"
    assert elements["host-workload-security-v4"] == "198.51.100.7/32"
    objects = {KNOWN["objects"].cell(row, "en") for row in report.rows if row.flow.port == 4118}
    assert "source-workload-security, host-web-tier, tcp-4118" in objects
    shown = {KNOWN["source-ip"].cell(row, "en") for row in report.rows if row.flow.port == 4118}
    assert shown == {"3.30.186.224/27"}


def test_ends_without_a_common_family_have_no_permit() -> None:
    design = edits.change_component(sample("single-vpc"), "dns-1", addresses=("2001:db8::53",))
    found = permits_of(design)
    assert not [each for each in found.permits if each.flow.destination == "dns-1"]
    assert {each.reason.en for each in found.inexpressible if each.destination == "dns-1"} == {
        "one end has only IPv4 and the other only IPv6 addresses"
    }

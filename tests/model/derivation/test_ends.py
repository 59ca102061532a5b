"""A flow stays the same while its ends move, and its permits do not: addresses, zones and firewalls count, too."""

import pytest

from model.catalog.catalog import Catalog
from model.derivation.comparison import Comparison, compare
from model.derivation.derive import derive
from model.design.design import Design
from model.editing import edits
from tests.reports import sample

BEFORE = sample("on-premises")


def compared(catalog: Catalog, after: Design) -> Comparison:
    return compare(derive(BEFORE, catalog), derive(after, catalog))


def what(found: Comparison) -> dict[tuple[str, str, int], tuple[str, ...]]:
    return {(each.after.source, each.after.destination, each.after.port): each.what for each in found.changed}


def test_another_address_concerns_the_flows_of_its_component_at_the_end_it_is(catalog: Catalog) -> None:
    found = compared(catalog, edits.change_component(BEFORE, "relay-1", addresses=("10.30.100.12",)))
    said = what(found)
    assert said["relay-1", "dns-dc", 53] == ("source_addresses",)
    assert said["web-tier", "relay-1", 4122] == ("destination_addresses",)
    assert all("relay-1" in key for key in said)
    assert (found.added, found.removed) == ((), ())
    assert ("relay-1", "relay-1", 4123) not in said, "loopback stays within its host"
    assert found.unchanged + len(found.changed) == len(derive(BEFORE, catalog).flows)


def test_the_service_connects_from_printed_addresses_whatever_its_own_are(catalog: Catalog) -> None:
    found = what(
        compared(catalog, edits.change_component(BEFORE, "workload-security", addresses=("198.51.100.7",)))
    )
    assert set(found.values()) == {("destination_addresses",)}
    assert ("workload-security", "siem-1", 6514) not in found


def test_another_zone_concerns_what_passes_other_boundaries(catalog: Catalog) -> None:
    """The web tier goes into the data centre: to the Internet by another firewall, to its servers by none."""
    found = what(compared(catalog, edits.change_component(BEFORE, "web-tier", zone="server-network")))
    both = ("boundaries", "firewalls")
    assert found["web-tier", "workload-security", 443] == both
    assert found["web-tier", "dns-dc", 53] == both
    assert {key[0] for key in found} == {"web-tier"}


def test_another_firewall_concerns_what_crosses_it(catalog: Catalog) -> None:
    found = what(compared(catalog, edits.change_zone(BEFORE, "operations-office", firewall="fw-office-09")))
    assert set(found) == {
        ("security-admins", "workload-security", 443),
        ("security-admins", "dns-dc", 53),
        ("security-admins", "ntp-dc", 123),
        ("workload-security", "siem-1", 6514),
    }
    assert set(found.values()) == {("firewalls",)}


def test_what_moves_and_changes_says_both(catalog: Catalog) -> None:
    after = edits.set_port(BEFORE, "relay-1", 4122, 4999)
    found = what(compared(catalog, edits.change_component(after, "web-tier", addresses=("10.30.9.0/24",))))
    assert found["web-tier", "relay-1", 4999] == ("port", "source_addresses")
    assert found["app-tier", "relay-1", 4999] == ("port",)


@pytest.mark.parametrize(
    "after",
    [
        edits.change_zone(BEFORE, "internet", name="Internet, the"),
        edits.move(BEFORE, {"web-tier": (1, 1)}),
        edits.change_component(BEFORE, "web-tier", count=99, name="www"),
        edits.change_zone(BEFORE, "server-network", cidrs=("192.168.4.0/25",)),
    ],
)
def test_looks_names_and_numbers_move_nothing(catalog: Catalog, after: Design) -> None:
    assert compared(catalog, after).same

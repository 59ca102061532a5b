"""Every goal on the four samples: the flows against it, written down by hand from the drawing and the document.

Each entry names who opens what, on which ports, and the rows of the document (P: ports, U: names) that ask for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.whatif.goals import GOALS
from tests.reports import SAMPLES, sample


@dataclass(frozen=True)
class Against:
    """Flows from several components to one, on one or two ports, with the rows that each of them rests on."""

    sources: tuple[str, ...]
    destination: str
    ports: tuple[int, ...]
    rows: tuple[str, ...]


def of(sources: str, destination: str, ports: str, rows: str) -> Against:
    return Against(tuple(sources.split()), destination, tuple(map(int, ports.split())), tuple(rows.split()))


SPN, UPDATE, DOWNLOAD, CONSOLE = (
    "smart-protection-network",
    "update-server",
    "download-center",
    "workload-security",
)

# Single VPC: three groups of agents, no relay, so that agents fetch updates themselves; the SIEM takes UDP. Each group
# has a feature that needs the Network (db-tier too: only its web reputation is off), and then on both 80 and 443.
SINGLE = "web-tier app-tier db-tier"
SINGLE_OUT = (
    of("admin-workstations", CONSOLE, "443", "P03"),
    of(SINGLE, CONSOLE, "443", "P10"),
    of(SINGLE, SPN, "80", "P12"),
    of(SINGLE, SPN, "443", "P13"),
    of(SINGLE, UPDATE, "80 443", "U03"),
    of(SINGLE, DOWNLOAD, "443", "U02"),
)

# VPC and data centre: a relay, so that only it fetches updates; app-tier and records-db have file and web reputation
# from sps-1, yet behavior monitoring and predictive machine learning keep them at the Network (U05, U08, U09). The SIEM
# takes TLS and the directory LDAPS only, so neither is in the clear.
HYBRID = "web-tier app-tier records-db relay-1"
LOCAL = "app-tier records-db"
HYBRID_OUT = (
    of("security-admins", CONSOLE, "443", "P03"),
    of(HYBRID, CONSOLE, "443", "P10"),
    of("dcgw-1", CONSOLE, "443", "P27"),
    of(HYBRID, SPN, "80", "P12"),
    of(HYBRID, SPN, "443", "P13"),
    of("relay-1", UPDATE, "80", "P22"),
    of("relay-1", UPDATE, "443", "P23"),
    of("relay-1", DOWNLOAD, "443", "P24"),
)

# Two VPCs behind one egress: everything of agents and relays goes through proxy-1; people and the pipeline do not.
EGRESS_OUT = (of("soc-analysts", CONSOLE, "443", "P03"), of("pipeline", CONSOLE, "443", "P35"))

# Isolated enclave: four groups of agents and a relay, reputation from sps-1 only and no other feature that needs the
# Network, events sent by UDP from each of them, software from the mirror. Only the relay's updates go out directly.
ENCLAVE = "analysis-hosts windows-2012 rhel-6-hosts control-consoles relay-1"
ENCLAVE_OUT = (of("relay-1", UPDATE, "80", "P22"), of("relay-1", UPDATE, "443", "P23"))

BY_HAND: dict[str, dict[str, tuple[Against, ...]]] = {
    "single-vpc": {
        "no-cleartext": (
            of("workload-security", "siem-1", "514", "P04"),
            of(SINGLE, SPN, "80", "P12"),
            of(SINGLE, UPDATE, "80", "U03"),
        ),
        "internet-by-proxy": SINGLE_OUT,
        "no-inbound": (),
        "address-only": SINGLE_OUT,
    },
    "on-premises": {
        "no-cleartext": (
            of(HYBRID, SPN, "80", "P12"),
            of(LOCAL, "sps-1", "80", "P15"),
            of(LOCAL, "sps-1", "5274", "P17"),
            of("relay-1", UPDATE, "80", "P22"),
        ),
        "internet-by-proxy": HYBRID_OUT,
        "no-inbound": (),
        "address-only": HYBRID_OUT,
    },
    "multi-vpc": {
        # The proxy opens what its users would: HTTP stays HTTP behind it.
        "no-cleartext": (of("proxy-1", SPN, "80", "P12"), of("proxy-1", UPDATE, "80", "P22")),
        "internet-by-proxy": EGRESS_OUT,
        "no-inbound": (),
        "address-only": EGRESS_OUT,
    },
    "air-gapped": {
        "no-cleartext": (
            of(ENCLAVE, "siem-1", "514", "P09"),
            of(ENCLAVE, "sps-1", "80", "P15"),
            of(ENCLAVE, "sps-1", "5274", "P17"),
            of("relay-1", UPDATE, "80", "P22"),
        ),
        "internet-by-proxy": ENCLAVE_OUT,
        "no-inbound": (),
        "address-only": ENCLAVE_OUT,
    },
}
"""Nothing is inbound anywhere: the console connects to agents on 4118 (P06) only where communication is set so."""

COUNTS = {
    "single-vpc": (7, 19, 0, 19),
    "on-premises": (9, 17, 0, 17),
    "multi-vpc": (2, 2, 0, 2),
    "air-gapped": (16, 2, 0, 2),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_flows_against_every_goal_are_those_written_down(catalog: Catalog, name: str) -> None:
    graph = derive(sample(name), catalog)
    assert set(BY_HAND[name]) == {goal.id for goal in GOALS}
    for goal in GOALS:
        expected = {
            (source, each.destination, port): each.rows
            for each in BY_HAND[name][goal.id]
            for source in each.sources
            for port in each.ports
        }
        breaking = goal.breaking(graph)
        assert {flow[:3] for flow in breaking} == expected.keys(), goal.id
        assert len(breaking) == len(expected)
        for flow in breaking:
            assert set(flow.basis.rules) >= set(expected[flow[:3]]), flow


@pytest.mark.parametrize("name", SAMPLES)
def test_the_counts_are_those_added_up_by_hand(catalog: Catalog, name: str) -> None:
    graph = derive(sample(name), catalog)
    assert tuple(len(goal.breaking(graph)) for goal in GOALS) == COUNTS[name]

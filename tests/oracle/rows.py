"""The document's port table, and what its URL table adds to it, as if-statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.design.design import Design
from model.design.elements import Component
from tests.oracle.choices import (
    AGENTS,
    feature,
    file_reputation,
    manageable,
    network_features,
    setting,
    targets,
    updates_directly,
    web_reputation,
)


@dataclass(frozen=True)
class Row:
    """One row that applies to a pair of components."""

    rules: tuple[str, ...]
    port: int
    transport: str
    protocol: str
    purpose: str
    necessity: str = "required"
    traffic: str = ""
    features: tuple[str, ...] = ()
    scope: str = "network"
    if_any: bool = False
    """The document marks the destination "if any": without one, nothing is missing."""


def rows(design: Design, source: Component, destination: Component) -> Iterator[Row]:
    """The rows of the port table, and those the URL table adds, that apply to a pair of components."""
    if source.id == destination.id:
        if source.kind == "relay":  # P21: its own agent, on the loopback
            yield Row(("P21",), 4123, "tcp", "loopback", "updates", "conditional", scope="host")
        return
    if destination in targets(design, source, destination.kind):
        yield from rows_towards(design, source, destination)


def rows_towards(design: Design, source: Component, destination: Component) -> Iterator[Row]:
    """The rows that apply once a destination is chosen, or would if it stood there."""
    if source.kind == "administrator":
        yield from administrator_rows(design, source, destination)
    elif source.kind == "workload-security":
        yield from workload_security_rows(design, destination)
    elif source.kind == "agent":
        yield from shared_rows(design, source, destination, ())
        yield from agent_rows(design, source, destination)
    elif source.kind == "relay":
        yield from shared_rows(design, source, destination, ("P19",))
        yield from relay_rows(design, source, destination)
    elif source.kind == "data-center-gateway":
        yield from data_center_gateway_rows(design, source, destination)
    elif source.kind == "service-gateway":
        yield from service_gateway_rows(design, source, destination)
    elif source.kind == "api-client" and destination.kind == "workload-security":
        yield Row(("P35",), 443, "tcp", "HTTPS", "management", "conditional", "management")


def administrator_rows(design: Design, source: Component, destination: Component) -> Iterator[Row]:
    if destination.kind == "dns-server":
        yield from name_service_rows(design, source, "P01", (), "required")
    if destination.kind == "ntp-server":
        yield Row(("P02",), 123, "udp", "NTP", "infrastructure")
    if destination.kind == "workload-security":
        yield Row(("P03",), 443, "tcp", "HTTPS", "management", traffic="management")


def workload_security_rows(design: Design, destination: Component) -> Iterator[Row]:
    if destination.kind == "siem":
        if setting(design, destination, "syslog-transport") == "udp":
            yield Row(("P04",), 514, "udp", "Syslog", "logging", "conditional", if_any=True)
        else:
            yield Row(("P05",), 6514, "tcp", "Syslog over TLS", "logging", "conditional", if_any=True)
    if destination.kind in AGENTS and manageable(design, destination):
        yield Row(("P06",), 4118, "tcp", "HTTPS", "management", "conditional", if_any=True)


def shared_rows(
    design: Design, source: Component, destination: Component, through: tuple[str, ...]
) -> Iterator[Row]:
    """What agents need, and relays because each contains an agent (D4)."""
    if destination.kind == "dns-server":
        yield from name_service_rows(design, source, "P07", through, "required")
    if destination.kind == "ntp-server":
        yield Row(("P08", *through), 123, "udp", "NTP", "infrastructure")
    if (
        destination.kind == "siem"
        and feature(design, source, "syslog-direct")
        and setting(design, destination, "syslog-transport") == "udp"
    ):
        yield Row(
            ("P09", *through),
            514,
            "udp",
            "Syslog",
            "logging",
            "conditional",
            features=("syslog-direct",),
            if_any=True,
        )
    if destination.kind == "workload-security":
        yield Row(("P10", *through), 443, "tcp", "HTTPS", "management", traffic="management")
    if destination.kind == "smart-protection-network":
        using = network_features(design, source)
        if using:
            for rule, port, protocol in (("P12", 80, "HTTP"), ("P13", 443, "HTTPS")):
                yield Row(
                    (rule, *through),
                    port,
                    "tcp",
                    protocol,
                    "reputation",
                    "conditional",
                    "smart-protection",
                    using,
                )
    if destination.kind == "service-gateway" and file_reputation(design, source) == "service-gateway":
        yield reputation_row("P14", through, 8080, "HTTP", "smart-scan")
    if destination.kind == "smart-protection-server":
        if file_reputation(design, source) == "smart-protection-server":
            yield reputation_row("P15", through, 80, "HTTP", "smart-scan")
            yield reputation_row("P16", through, 443, "HTTPS", "smart-scan")
        if web_reputation(design, source) == "smart-protection-server":
            yield reputation_row("P17", through, 5274, "HTTP", "web-reputation")
            yield reputation_row("P18", through, 5275, "HTTPS", "web-reputation")
    if destination.kind == "vision-one" and feature(design, source, "vision-one"):
        yield Row(("U04",), 443, "tcp", "HTTPS", "management", "conditional", "management", ("vision-one",))


def reputation_row(rule: str, through: tuple[str, ...], port: int, protocol: str, used_by: str) -> Row:
    """A server on the premises: reached directly, so without a class of proxied traffic."""
    return Row((rule, *through), port, "tcp", protocol, "reputation", "conditional", features=(used_by,))


def agent_rows(design: Design, source: Component, destination: Component) -> Iterator[Row]:
    if destination.kind == "relay":
        yield Row(("P11",), 4122, "tcp", "HTTPS", "updates", "conditional", "relays", if_any=True)
    if destination.kind == "update-server" and updates_directly(design, source):
        yield Row(("U03",), 80, "tcp", "HTTP", "updates", "conditional", "updates")
        yield Row(("U03",), 443, "tcp", "HTTPS", "updates", "conditional", "updates")
    if destination.kind == "software-mirror":
        yield Row(("U02",), 443, "tcp", "HTTPS", "updates", "conditional", if_any=True)
    if (
        destination.kind == "download-center"
        and updates_directly(design, source)
        and targets(design, source, "software-mirror") == []
    ):
        yield Row(("U02",), 443, "tcp", "HTTPS", "updates", "conditional", "updates")
        yield from download_over_http(design, source)


def relay_rows(design: Design, source: Component, destination: Component) -> Iterator[Row]:
    if destination.kind == "relay":
        yield Row(("P20",), 4122, "tcp", "HTTPS", "updates", "conditional", "relays", if_any=True)
    if destination.kind == "update-server":
        yield Row(("P22",), 80, "tcp", "HTTP", "updates", traffic="updates")
        yield Row(("P23",), 443, "tcp", "HTTPS", "updates", traffic="updates")
    if destination.kind == "software-mirror":
        yield Row(("P24",), 443, "tcp", "HTTPS", "updates", "conditional", if_any=True)
    if destination.kind == "download-center" and targets(design, source, "software-mirror") == []:
        yield Row(("P24",), 443, "tcp", "HTTPS", "updates", "conditional", "updates")
        yield from download_over_http(design, source)


def download_over_http(design: Design, source: Component) -> Iterator[Row]:
    """Port 80 to the Download Center stands in the prose only: offered beyond the tables (A06)."""
    if feature(design, source, "download-center-http"):
        yield Row(("U02",), 80, "tcp", "HTTP", "updates", "optional", "updates", ("download-center-http",))


def data_center_gateway_rows(design: Design, source: Component, destination: Component) -> Iterator[Row]:
    if destination.kind == "dns-server":
        yield from name_service_rows(design, source, "P25", (), "conditional")
    if destination.kind == "ntp-server":
        yield Row(("P26",), 123, "udp", "NTP", "infrastructure", "conditional")
    if destination.kind == "workload-security":
        yield Row(("P27",), 443, "tcp", "HTTPS", "management", "conditional", "management")
    if destination.kind == "vcenter":
        yield Row(("P28",), 443, "tcp", "HTTPS", "directory", "conditional", if_any=True)
    if destination.kind == "active-directory":
        choice = setting(design, destination, "directory-protocol")
        if choice != "ldaps-only":
            yield Row(("P29",), 389, "tcp", "LDAP + STARTTLS", "directory", "conditional", if_any=True)
            yield Row(("P29",), 389, "udp", "LDAP + STARTTLS", "directory", "optional", if_any=True)
        if choice != "starttls-only":
            yield Row(("P30",), 636, "tcp", "LDAPS", "directory", "conditional", if_any=True)
            yield Row(("P30",), 636, "udp", "LDAPS", "directory", "optional", if_any=True)


def service_gateway_rows(design: Design, source: Component, destination: Component) -> Iterator[Row]:
    if destination.kind == "dns-server":
        yield from name_service_rows(design, source, "P31", (), "conditional")
    if destination.kind == "ntp-server":
        yield Row(("P32",), 123, "udp", "NTP", "infrastructure", "conditional")
    if destination.kind == "smart-protection-network":
        yield Row(("P33",), 80, "tcp", "HTTP", "reputation", "conditional", "smart-protection")
        yield Row(("P34",), 443, "tcp", "HTTPS", "reputation", "conditional", "smart-protection")


def name_service_rows(
    design: Design, source: Component, rule: str, through: tuple[str, ...], necessity: str
) -> Iterator[Row]:
    """DNS over UDP as printed; over TCP only where asked for (A13)."""
    yield Row((rule, *through), 53, "udp", "DNS", "infrastructure", necessity)
    if feature(design, source, "dns-over-tcp"):
        yield Row(
            (rule, *through), 53, "tcp", "DNS", "infrastructure", "optional", features=("dns-over-tcp",)
        )

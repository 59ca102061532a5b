"""Columns that tables on paper have in their own form: whole FQDNs need the room of two, ports are said in one way."""

from __future__ import annotations

from collections.abc import Iterable

from model.design.columns import Column, listed, same
from model.flow import Flow
from model.frozen import Bilingual
from model.tables.allowlist import AllowedName
from model.tables.matrix import BY_ADDRESS, Row, destination_names


def port_text(flow: Flow) -> str:
    """Where a flow listens: "TCP 443"."""
    return f"{flow.transport.upper()} {flow.port}"


def grouped_ports(ports: Iterable[tuple[str, int]]) -> str:
    """Where flows listen, each transport named once: "TCP 80, 443 · UDP 53"."""
    ordered = sorted(set(ports))
    return " · ".join(
        f"{transport.upper()} " + ", ".join(str(port) for kind, port in ordered if kind == transport)
        for transport in dict.fromkeys(kind for kind, _ in ordered)
    )


def _target(row: Row) -> Bilingual:
    addresses = row.destination.component.addresses
    return same(", ".join(addresses)) if addresses else destination_names(row)


def _destination(row: Row) -> Bilingual:
    names, addresses = destination_names(row), row.destination.component.addresses
    if not addresses or names == BY_ADDRESS:
        return _target(row)
    return listed([*map(same, addresses), names], same(", "))


def _port(row: Row) -> str:
    return port_text(row.flow).replace(" ", "\u00a0")


TARGET = Column("target", Bilingual(en="Destination IP or FQDN", ja="宛先IP・FQDN"), _target, 40)
"""Where a rule leads: addresses, else names."""
DESTINATION = Column(
    "target", Bilingual(en="Destination IP, FQDN/URL", ja="宛先IP・FQDN・URL"), _destination, 40
)
"""Where a flow leads: its addresses and its names."""
PORT = Column("port", Bilingual(en="Port", ja="宛先ポート"), _port, 8)
"""The port with its transport, on one line."""


def _ports(entry: AllowedName) -> str:
    return grouped_ports((transport, port) for port, transport in entry.ports)


PORTS = Column("ports", Bilingual(en="Ports", ja="ポート"), _ports, 14)
"""The ports of a name of the allow-list."""

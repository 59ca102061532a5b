"""What is tried at each source: names, connections, handshakes, answers, ways through proxies, what must stay closed.

A probe holds nothing but ids, checked names, addresses and numbers, so it can stand in any script as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal

from exports.connectivity.checks import UNKNOWN_HOST, hosts_of
from exports.connectivity.closed import closed_targets
from exports.firewall.permits import Inexpressible, inexpressible
from exports.report import Report
from model.frozen import Bilingual
from model.tables.columnsets import check_id, encrypted
from model.tables.matrix import Row, rows

Kind = Literal["resolve", "tcp", "tls", "dns", "ntp", "send", "connect", "get", "closed"]

VENDOR = Bilingual(
    en="it starts at the vendor's side, where no script of yours runs: watch the listener instead",
    ja="送信元がベンダー側のためスクリプトを実行できない。待ち受け側で確認すること",
)
NO_TARGET = Bilingual(
    en="no single address and no name of its destination is known",
    ja="宛先の名前も単一のアドレスも分からない",
)
LOCALHOST = "127.0.0.1"
_DNS_NAME = "example.com"
"""What DNS servers are asked for where the design needs no name."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing to try. `flow`: the flow it is evidence for, "" for none. `name`: what is asked for, or lies beyond.

    resolve, tcp, tls, closed: `host` and `port`. dns: asks `host` for `name`. send: no answer can be expected.
    connect, get: through the proxy `host`, `port` on to `name` (a host and a port).
    """

    id: str
    flow: str
    kind: Kind
    host: str
    port: int
    name: str = ""

    @property
    def transport(self) -> str:
        """ "tcp" or "udp"; "" where nothing is sent."""
        return {"resolve": "", "dns": "udp", "ntp": "udp", "send": "udp"}.get(self.kind, "tcp")


@dataclass(frozen=True, slots=True)
class Plan:
    """The probes of every source, by component in ascending order, and the flows that no probe can try."""

    sources: Mapping[str, tuple[Probe, ...]]
    inexpressible: tuple[Inexpressible, ...]


def plan(report: Report) -> Plan:
    """What to try for a report; flows that stay within a host are tried there."""
    found: dict[str, list[Probe]] = {}
    refused: list[Inexpressible] = []
    # By ids, not by names: what somebody is called moves no line of a script.
    every = sorted(rows(report.graph, report.comparison, "all"), key=lambda row: row.flow[:4])
    asked = next((name for row in every for name in row.flow.basis.fqdns), _DNS_NAME)
    beyond = _beyond(every)
    for row in every:
        if row.status == "removed":
            continue
        hosts = places(row)
        if row.source.kind.service or hosts == (UNKNOWN_HOST,):
            refused.append(inexpressible(row.flow, VENDOR if row.source.kind.service else NO_TARGET))
            continue
        found.setdefault(row.flow.source, []).extend(_probes(row, hosts, asked, beyond))
    for number, (row, host, port, _) in enumerate(closed_targets(every), start=1):
        if host != UNKNOWN_HOST:
            flow = row.id if row.status == "removed" else ""
            closed = Probe(f"N-{number:02}", flow, "closed", host, port)
            found.setdefault(row.flow.source, []).append(closed)
    return Plan({name: tuple(found[name]) for name in sorted(found)}, tuple(refused))


def places(row: Row) -> tuple[str, ...]:
    """What is connected to for a flow."""
    return (LOCALHOST,) if row.flow.basis.scope == "host" else hosts_of(row)


def _beyond(every: list[Row]) -> dict[tuple[str, str], list[Row]]:
    """The rows on from a web proxy, by proxy and destination."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in every:
        if row.flow.basis.proxied == "from-proxy" and row.status != "removed":
            found.setdefault(row.flow[:2], []).append(row)
    return found


def _probes(
    row: Row, hosts: tuple[str, ...], asked: str, beyond: Mapping[tuple[str, str], list[Row]]
) -> Iterator[Probe]:
    name, flow = check_id(row), row.flow
    for host in hosts:
        if not _is_address(host):
            yield Probe(name, flow.id, "resolve", host, flow.port)
        if flow.transport == "udp":
            yield _udp(row, host, asked)
            continue
        yield Probe(name, flow.id, "tcp", host, flow.port)
        if encrypted(row):
            yield Probe(name, flow.id, "tls", host, flow.port)
    if flow.basis.proxied == "to-proxy":
        for end in flow.basis.carried:
            for onward in beyond.get((flow.destination, end), ()):
                target = hosts_of(onward)[0]
                if target != UNKNOWN_HOST:
                    kind: Kind = "connect" if encrypted(onward) else "get"
                    yield Probe(name, flow.id, kind, hosts[0], flow.port, _place(target, onward.flow.port))


def _udp(row: Row, host: str, asked: str) -> Probe:
    name, flow = check_id(row), row.flow
    match flow.basis.protocol:
        case "DNS":
            return Probe(name, flow.id, "dns", host, flow.port, asked)
        case "NTP":
            return Probe(name, flow.id, "ntp", host, flow.port)
        case _:
            return Probe(name, flow.id, "send", host, flow.port)


def _place(host: str, port: int) -> str:
    """A host and a port as proxies are told them: IPv6 addresses in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


DNS_ID = b"PC"


def dns_query(name: str) -> bytes:
    """A recursive query for the IPv4 addresses of a name, its id DNS_ID."""
    labels = b"".join(bytes((len(label),)) + label.encode("ascii") for label in name.split("."))
    return DNS_ID + b"\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + labels + b"\x00\x00\x01\x00\x01"


NTP_QUERY = b"\x23" + bytes(47)
"""A client's packet of version 4."""


def request(probe: Probe) -> bytes:
    """What a proxy is asked: to tunnel to a place, or for the page of one."""
    host = probe.name.removesuffix(":80")
    if probe.kind == "connect":
        text = f"CONNECT {probe.name} HTTP/1.1\r\nHost: {probe.name}\r\n\r\n"
    else:
        text = f"GET http://{host}/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    return text.encode("ascii")

"""A check for every opening that can be run at its source.

Commands hold nothing but names, addresses and ports that the design has checked; a destination without either is
left to be filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import NamedTuple

from model.frozen import Bilingual
from model.tables.columnsets import check_id
from model.tables.matrix import Row

UNKNOWN_HOST = "DESTINATION"
"""Stands in commands for a host whose name and address are not known."""

REACHED = Bilingual(en="connected", ja="接続できる")
ANSWERED = Bilingual(en="an answer arrives", ja="応答が返る")
ARRIVES = Bilingual(en="no answer; the message arrives at the destination", ja="応答なし、宛先で受信")
AT_LISTENER = Bilingual(
    en="Cannot be run at the source, which the vendor operates: watch the listener for connections from {source}.",
    ja="送信元はベンダー側のため実行できません。待ち受け側で {source} からの接続を確認します。",
)
SEEN = Bilingual(en="a connection from there is logged", ja="接続がログに記録される")
_HTTP = {"HTTP", "HTTPS"}
_PORTS = {"http": 80, "https": 443}
_DNS = 53


class Check(NamedTuple):
    """Commands for a shell at the source of a flow, and what they are to show. `row`: the flow concerned."""

    id: str
    row: Row
    posix: tuple[str, ...]
    powershell: tuple[str, ...]
    expected: Bilingual
    instead: Bilingual | None = None
    """What to do where no command can be run at the source."""
    beyond: str | None = None
    """The name of what is tried where that is not the flow's destination but lies beyond it, which is a proxy."""

    @property
    def target(self) -> str:
        """The name of the component that is tried."""
        return self.beyond or self.row.destination.name


def hosts_of(row: Row) -> tuple[str, ...]:
    """What to connect to: the names the flow is for, else the listener's own name or addresses of single hosts.

    A DNS server is asked by its addresses: its name could only be looked up by asking it.
    """
    basis, component = row.flow.basis, row.destination.component
    names = (*basis.fqdns, *basis.inferred_fqdns)
    if names:
        return names
    single = tuple(address for address in component.addresses if "/" not in address)[:3]
    if component.fqdn is not None and not (single and basis.protocol == "DNS"):
        return (component.fqdn,)
    return single or (UNKNOWN_HOST,)


def checks(rows: Iterable[Row]) -> tuple[Check, ...]:
    """One check per flow, in the order of the rows."""
    found = tuple(rows)
    name = next((name for row in found for name in row.flow.basis.fqdns), "example.com")
    ends = {
        (row.flow.source, row.flow.destination): hosts_of(row)[0]
        for row in found
        if row.flow.basis.proxied == "from-proxy"
    }
    return tuple(_check(row, name, ends) for row in found)


def _check(row: Row, name: str, ends: Mapping[tuple[str, str], str]) -> Check:
    """The check of a flow; `name` is asked of DNS servers, `ends` are the hosts beyond proxies."""
    if row.source.kind.service:
        source = ", ".join(row.source.source_addresses) or row.source.name
        instead = Bilingual(en=AT_LISTENER.en.format(source=source), ja=AT_LISTENER.ja.format(source=source))
        return Check(check_id(row), row, (), (), SEEN, instead)
    hosts, port = hosts_of(row), row.flow.port
    if row.flow.transport == "udp":
        return Check(check_id(row), row, *_udp(row, hosts[0], port, name))
    posix = [f"nc -vz -w 5 {host} {port}" for host in hosts]
    shell = [test_net(host, port) for host in hosts]
    if row.flow.basis.proxied == "to-proxy":
        beyond = [
            ends[row.flow.destination, end]
            for end in row.flow.basis.carried
            if (row.flow.destination, end) in ends
        ]
        beyond = beyond or [UNKNOWN_HOST]
        posix += [f"curl -sSI -m 10 -x http://{hosts[0]}:{port} https://{beyond[0]}/"]
        shell += [
            f"Invoke-WebRequest -UseBasicParsing -TimeoutSec 10 -Proxy http://{hosts[0]}:{port} https://{beyond[0]}/"
        ]
    elif set(row.flow.basis.protocol.split(", ")) <= _HTTP:
        scheme = "http" if row.flow.basis.protocol == "HTTP" else "https"
        shown = "" if port == _PORTS[scheme] else f":{port}"
        posix += [f"curl -sSI -m 10 {scheme}://{_bracketed(hosts[0])}{shown}/"]
    return Check(check_id(row), row, tuple(posix), tuple(shell), REACHED)


def test_net(host: str, port: int) -> str:
    """The command of PowerShell that connects to a port."""
    return f"Test-NetConnection {host} -Port {port}"


def _bracketed(host: str) -> str:
    """A host as URLs want it: IPv6 addresses in brackets."""
    try:
        return f"[{host}]" if ip_address(host).version == 6 else host
    except ValueError:
        return host


def _udp(row: Row, host: str, port: int, name: str) -> tuple[tuple[str, ...], tuple[str, ...], Bilingual]:
    protocol = row.flow.basis.protocol
    if protocol == "DNS":
        shown = "" if port == _DNS else f" -p {port}"
        return (
            (f"dig +time=3 +tries=1{shown} @{host} {name}",),
            (f"Resolve-DnsName {name} -Server {host} -DnsOnly",),
            ANSWERED,
        )
    if protocol == "NTP":
        return (f"ntpdate -q {host}",), (f"w32tm /stripchart /computer:{host} /samples:1",), ANSWERED
    message = f"portchart {check_id(row)}"
    return (
        (f"echo {message} | nc -u -w 1 {host} {port}",),
        (
            f"$b=[Text.Encoding]::ASCII.GetBytes('{message}');"
            f" [Net.Sockets.UdpClient]::new('{host}',{port}).Send($b,$b.Length)",
        ),
        ARRIVES,
    )

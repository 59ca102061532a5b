"""Checks of what must stay closed: removed flows, ways round a proxy, ports that nothing asks for.

A filter knows addresses and names, not components: what another flow opens between the same places may answer, and is
never expected to be closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import ip_network
from typing import NamedTuple

from exports.connectivity.checks import UNKNOWN_HOST, Check, hosts_of, test_net
from model.design.elements import Component
from model.frozen import Bilingual
from model.tables.matrix import Party, Row

BLOCKED = Bilingual(en="blocked: times out or is refused", ja="遮断（タイムアウトまたは拒否）")
_PROBED = (22, 443, 80, 3389)
"""Ports that are tried where nothing may be open: well known, so that an answer would mean something."""

_Network = tuple[int, int, int]
"""The width of an address in bits, the length of the prefix, and the prefix."""


_Host = tuple[str, ...]
"""The addresses that a filter knows a component by, or its id where it has none."""


class Closed(NamedTuple):
    """A row, and a host and TCP port that must not be reached from its source."""

    row: Row
    host: str
    port: int
    beyond: str | None = None
    """The name of the component reached so, where it is not the row's destination but lies beyond it."""


def negative_checks(rows: Sequence[Row]) -> tuple[Check, ...]:
    """Checks of what must stay closed; see `closed_targets`."""
    return tuple(
        Check(
            f"N-{number:02}",
            row,
            (f"nc -vz -w 5 {host} {port}",),
            (test_net(host, port),),
            BLOCKED,
            beyond=beyond,
        )
        for number, (row, host, port, beyond) in enumerate(closed_targets(rows), start=1)
    )


def closed_targets(rows: Sequence[Row]) -> tuple[Closed, ...]:
    """What must stay closed: removed flows, ways round a proxy, one unlisted port per source and firewall.

    `rows` are all rows of the matrix, the removed ones included.
    """
    opened = _Opened(rows)
    return (*_removed(rows, opened), *_round_proxies(rows, opened), *_unlisted(rows, opened))


def _removed(rows: Sequence[Row], opened: _Opened) -> Iterator[Closed]:
    for row in rows:
        if row.status == "removed" and row.flow.transport == "tcp" and not row.source.kind.service:
            host = opened.closed_host(row.source, row, row.flow.port)
            if host is not None:
                yield Closed(row, host, row.flow.port)


def _round_proxies(rows: Sequence[Row], opened: _Opened) -> Iterator[Closed]:
    """What goes through a proxy must not get out beside it."""
    beyond = {
        (row.source.component.id, row.destination.component.id): row
        for row in rows
        if row.flow.basis.proxied == "from-proxy" and row.status != "removed"
    }
    for row in rows:
        if row.flow.basis.proxied != "to-proxy" or row.status == "removed":
            continue
        for end in row.flow.basis.carried:
            onward = beyond.get((row.destination.component.id, end))
            host = None if onward is None else opened.closed_host(row.source, onward, onward.flow.port)
            if onward is not None and host is not None:
                yield Closed(row, host, onward.flow.port, onward.destination.name)
                break


def _unlisted(rows: Sequence[Row], opened: _Opened) -> Iterator[Closed]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        place = row.flow.source, row.crossing.firewall.en
        testable = (
            row.crossing.way.crossed and not row.source.kind.service and not row.destination.kind.service
        )
        if row.status == "removed" or not testable or place in seen:
            continue
        seen.add(place)
        for port in _PROBED:
            host = opened.closed_host(row.source, row, port)
            if host is not None:
                yield Closed(row, host, port)
                break


class _Place:
    """Where a component is: the names it is reached by, its id among them, and its networks."""

    def __init__(self, component: Component, names: Iterable[str] = ()) -> None:
        self.names = frozenset((component.id, *names))
        self.networks = frozenset(map(_network, component.addresses))
        self.around = frozenset(wider for network in self.networks for wider in _around(network))

    def meets(self, other: _Place) -> bool:
        """Whether both have a name in common, or an address."""
        return bool(self.names & other.names or self.networks & other.around or self.around & other.networks)


class _Opened:
    """What flows open over TCP, by source and port; components that share an address share what they may open."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.places: dict[tuple[_Host, int], dict[object, _Place]] = {}
        for row in rows:
            if row.status != "removed" and row.flow.transport == "tcp":
                own = self.places.setdefault((_host(row.source.component), row.flow.port), {})
                names = tuple(_names(row))
                if (row.flow.destination, names) not in own:
                    own[row.flow.destination, names] = _Place(row.destination.component, names)
        self.alike = _alike({_host(row.source.component) for row in rows if row.source.component.addresses})

    def closed_host(self, source: Party, row: Row, port: int) -> str | None:
        """What to connect to at a row's destination where a source may open nothing; None where it may."""
        meant = _Place(row.destination.component)
        own = _host(source.component)
        known = [
            place
            for host in (own, *self.alike.get(own, ()))
            for place in self.places.get((host, port), {}).values()
        ]
        if any(place.meets(meant) for place in known):
            return None
        names = frozenset(name for place in known for name in place.names)
        return next((host for host in hosts_of(row) if host not in names), None)


def _names(row: Row) -> Iterator[str]:
    """The names and addresses that the destination of a row is connected to by."""
    yield from (host for host in hosts_of(row) if host != UNKNOWN_HOST)
    if row.destination.component.fqdn is not None:
        yield row.destination.component.fqdn


def _host(component: Component) -> _Host:
    return component.addresses or (component.id,)


def _alike(hosts: Iterable[_Host]) -> dict[_Host, set[_Host]]:
    """The others that a host shares an address with."""
    networks = {host: [_network(text) for text in host] for host in hosts}
    holders: dict[_Network, list[_Host]] = {}
    for host, own in networks.items():
        for network in own:
            holders.setdefault(network, []).append(host)
    found: dict[_Host, set[_Host]] = {}
    for host, own in networks.items():
        for wider in (each for network in own for each in _around(network)):
            for other in holders.get(wider, ()):
                if other != host:
                    found.setdefault(host, set()).add(other)
                    found.setdefault(other, set()).add(host)
    return found


def _network(text: str) -> _Network:
    network = ip_network(text)
    width, length = network.max_prefixlen, network.prefixlen
    return width, length, int(network.network_address) >> (width - length)


def _around(network: _Network) -> Iterator[_Network]:
    """A network and all that hold it."""
    width, length, prefix = network
    return ((width, shorter, prefix >> (length - shorter)) for shorter in range(length + 1))

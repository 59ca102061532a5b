"""nftables: one table of its own, with a set per component and family and a chain per host role.

Loaded as it is, the table permits every flow by the addresses of both ends: for a firewall in the path, and for hosts.
A host keeps to its role once its chain is chosen, which also permits what stays within it (4123). Replies pass by
connection tracking. Names are generated: nft has no escapes in strings.
"""

from __future__ import annotations

from collections.abc import Iterator

from exports.firewall.artefact import Made
from exports.firewall.heading import commented, heading
from exports.firewall.permits import LOOPBACK, Group, Permit, Permits, address_permits, hosts
from exports.report import Report
from model.flow import Flow
from model.frozen import Bilingual

TABLE = "portchart"

NOTES = (
    Bilingual(
        en="Load: nft -f FILE. Everything else is dropped, remote administration, DHCP and what a host sends to itself "
        "included, and no other table can permit it again. Permit what is needed in the same transaction, such as: "
        "add rule inet portchart input ip saddr ADMIN tcp dport 22 accept",
        ja="読み込み: nft -f FILE。その他の通信は、リモート管理、DHCP、ホスト自身への通信も含めすべて破棄され、"
        "ほかのテーブルでは許可し直せない。必要な通信は同じトランザクションで許可すること。例: "
        "add rule inet portchart input ip saddr ADMIN tcp dport 22 accept",
    ),
    Bilingual(
        en="On a host, choose its role in the same transaction: "
        "flush chain inet portchart role; add rule inet portchart role goto role-ID",
        ja="ホストでは同じトランザクションで役割を選ぶ: "
        "flush chain inet portchart role; add rule inet portchart role goto role-ID",
    ),
)

# Without these IPv6 finds no neighbour and no router; the hop limit keeps them on the link.
_NEIGHBOURS = (
    "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, nd-router-advert } "
    "ip6 hoplimit 255 accept"
)
_FAMILY = {4: ("ip", "ipv4_addr"), 6: ("ip6", "ipv6_addr")}


def nftables(report: Report) -> Made:
    """The ruleset as UTF-8 text for `nft -f`; loading it again replaces it in one transaction."""
    found = address_permits(report.graph)
    head = commented("#", heading(report, NOTES, found.inexpressible))
    lines = ["#!/usr/sbin/nft -f", *head, "", f"table inet {TABLE}", f"delete table inet {TABLE}"]
    text = "\n".join([*lines, f"table inet {TABLE} {{", *_table(report, found), "}", ""])
    return Made(text.encode(), found.inexpressible)


def _table(report: Report, found: Permits) -> Iterator[str]:
    groups = {group.name: group for permit in found.permits for group in (permit.source, permit.destination)}
    for _, group in sorted(groups.items()):
        for family, networks in ((4, group.v4), (6, group.v6)):
            if networks:
                yield from _set(_set_name(group, family), family, networks)
    opened: dict[str, list[Permit]] = {}
    received: dict[str, list[Permit]] = {}
    for permit in found.permits:
        opened.setdefault(permit.flow.source, []).append(permit)
        received.setdefault(permit.flow.destination, []).append(permit)
    for source, permits in sorted(opened.items()):
        yield from _chain(f"from-{source}", [rule for permit in permits for rule in _rules(permit)])
    local: dict[str, list[Flow]] = {}
    for flow in found.loopback:
        local.setdefault(flow.source, []).append(flow)
    for name in sorted(component.id for component in hosts(report.graph)):
        rules = [rule for flow in local.get(name, ()) for rule in _local(flow)]
        rules += [f"jump from-{name}"] if name in opened else []
        rules += [rule for permit in received.get(name, ()) for rule in _rules(permit)]
        yield from _chain(f"role-{name}", rules)
    yield from _chain("network", [f"jump from-{source}" for source in sorted(opened)])
    yield from _chain("role", ["jump network"])
    speaks_v6 = any(family == 6 for permit in found.permits for family, *_ in permit.families)
    common = ["ct state established accept", "ct state related meta l4proto { icmp, ipv6-icmp } accept"]
    for hook in ("input", "output", "forward"):
        link = [_NEIGHBOURS] if speaks_v6 and hook != "forward" else []
        yield from _chain(
            hook, [f"type filter hook {hook} priority filter; policy drop;", *common, *link, "jump role"]
        )


def _set(name: str, family: int, networks: tuple[str, ...]) -> list[str]:
    lines = [f"type {_FAMILY[family][1]}", "flags interval", f"elements = {{ {', '.join(networks)} }}"]
    return [f"  set {name} {{", *(f"    {line}" for line in lines), "  }"]


def _set_name(group: Group, family: int) -> str:
    return f"{group.name}-v{family}"


def _chain(name: str, rules: list[str]) -> list[str]:
    return [f"  chain {name} {{", *(f"    {rule}" for rule in rules), "  }"]


def _rules(permit: Permit) -> Iterator[str]:
    flow = permit.flow
    for family, *_ in permit.families:
        ip = _FAMILY[family][0]
        source, destination = _set_name(permit.source, family), _set_name(permit.destination, family)
        yield (
            f"{ip} saddr @{source} {ip} daddr @{destination} {flow.transport} dport {flow.port} "
            f'accept comment "{flow.id}"'
        )


def _local(flow: Flow) -> Iterator[str]:
    for family, network in zip((4, 6), LOOPBACK, strict=True):
        ip, address = _FAMILY[family][0], network.partition("/")[0]
        end = f'{flow.transport} dport {flow.port} accept comment "{flow.id}"'
        for interface in ("iifname", "oifname"):
            yield f'{interface} "lo" {ip} saddr {address} {ip} daddr {address} {end}'

"""iptables: one file for `iptables-restore` and `ip6tables-restore`, with two chains of its own per host role.

Each tool skips the lines of the other's family. Nothing happens until a host's INPUT and OUTPUT jump to the chains of
its role; those end in DROP. Names are generated and at most 28 characters, which is all that iptables accepts.
"""

from __future__ import annotations

from collections.abc import Iterator

from exports.firewall.artefact import Made
from exports.firewall.heading import commented, heading
from exports.firewall.permits import address_permits, shortened
from exports.firewall.roles import Direction, HostRule, host_rules
from exports.report import Report
from model.frozen import Bilingual

NOTES = (
    Bilingual(
        en="Load: iptables-restore --noflush FILE; ip6tables-restore --noflush FILE. Then, with both tools, for the "
        "role of the host: iptables -A INPUT -j CHAIN-in; iptables -A OUTPUT -j CHAIN-out. Everything else is dropped, "
        "remote administration, DHCP and what a host sends to itself included: permit that beforehand.",
        ja="読み込み: iptables-restore --noflush FILE; ip6tables-restore --noflush FILE。"
        "続いて両方のツールでホストの役割を選ぶ: "
        "iptables -A INPUT -j CHAIN-in; iptables -A OUTPUT -j CHAIN-out。"
        "その他の通信は、リモート管理、DHCP、ホスト自身への通信も含めすべて破棄されるため、"
        "必要な通信は事前に許可すること。",
    ),
)
_LONGEST = 28
_NEIGHBOURS = (133, 134, 135, 136)
"""ICMPv6 types without which IPv6 finds no router and no neighbour; the hop limit keeps them on the link."""


def iptables(report: Report) -> Made:
    """The rules as UTF-8 text; loading them again replaces the chains."""
    found = address_permits(report.graph)
    rules = host_rules(report.graph, found)
    names = [chain(role, direction) for role in rules for direction in ("in", "out")]
    lines = [
        *commented("#", heading(report, NOTES, found.inexpressible)),
        *(f"# {role}: {chain(role, 'in')}, {chain(role, 'out')}" for role in rules),
        "*filter",
        *(f":{name} - [0:0]" for name in names),
        *(line for role, each in rules.items() for line in _role(role, each)),
        "COMMIT",
    ]
    return Made(("\n".join(lines) + "\n").encode(), found.inexpressible)


def chain(role: str, direction: str) -> str:
    """The name of a chain of a host role; `direction` is "in" or "out"."""
    return f"{shortened(f'role-{role}', _LONGEST - 4)}-{direction}"


def _role(role: str, rules: list[HostRule]) -> Iterator[str]:
    directions: tuple[Direction, ...] = ("in", "out")
    for direction in directions:
        start = f"-A {chain(role, direction)}"
        yield f"{start} -m conntrack --ctstate ESTABLISHED -j ACCEPT"
        for family, icmp in ((4, "icmp"), (6, "ipv6-icmp")):
            yield f"-{family} {start} -p {icmp} -m conntrack --ctstate RELATED -j ACCEPT"
        own = [rule for rule in rules if rule.direction == direction]
        if any(rule.family == 6 and not rule.local for rule in rules):
            for kind in _NEIGHBOURS:
                yield f"-6 {start} -p ipv6-icmp -m icmp6 --icmpv6-type {kind} -m hl --hl-eq 255 -j ACCEPT"
        for rule in own:
            for ends in _ends(rule):
                yield f"-{rule.family} {start} {ends}"
        yield f"{start} -j DROP"


def _ends(rule: HostRule) -> Iterator[str]:
    flow, device = rule.flow, {"in": "-i lo ", "out": "-o lo "}[rule.direction] if rule.local else ""
    for source, destination in rule.ends():
        yield (
            f"{device}-s {source} -d {destination} -p {flow.transport} -m {flow.transport} --dport {flow.port} "
            f"-m comment --comment {flow.id} -j ACCEPT"
        )

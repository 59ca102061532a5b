"""What an AWS account must hold: a security group per component and a network ACL per zone, for every VPC of a design.

Security groups are stateful and exact: attached to the hosts of one component, they name the peer's networks. Network
ACLs are stateless and know only the far side of a subnet, so they also write the replies, to ephemeral ports (D1);
a connection must pass both. A component belongs to AWS when a zone around it is a VPC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from exports.firewall.permits import (
    Inexpressible,
    Permit,
    address_permits,
    group_name,
    hosts,
    inexpressible,
    service_name,
)
from model.derivation.graph import FlowGraph
from model.flow import Flow
from model.frozen import Bilingual
from model.terms import Transport

Direction = Literal["ingress", "egress"]

EPHEMERAL = (1024, 65535)
"""The ports that replies go to (D1); both templates let the reader change them."""

MOST_ENTRIES = 40
"""What AWS accepts in one direction of a network ACL, at most."""
USUAL_ENTRIES = 20
"""What AWS accepts there unless the quota has been raised."""
MOST_RULES = 60
"""What AWS accepts in one direction and one family of a security group, unless the quota has been raised."""
FIRST_NUMBER = 100
STEP = 10
"""Between the numbers of entries, so that others find room."""

NO_VPC = Bilingual(
    en="neither end lies in a zone of kind VPC, so AWS never sees it",
    ja="どちらの端も VPC種別のゾーンになく、AWS を通らない",
)
NOTES = (
    Bilingual(
        en="A security group per component in a VPC and a network ACL per zone there. Attach the groups to the hosts "
        "and the ACLs to the subnets; remove wider groups and ACLs, which would go on permitting more. Both deny "
        "everything else, remote administration included: permit that beforehand.",
        ja="VPC内のコンポーネントごとにセキュリティグループ、ゾーンごとにネットワークACL を定義する。"
        "グループはホストに、ACL はサブネットに関連付け、より広い既存の設定は外すこと。"
        "いずれもその他の通信はリモート管理も含めすべて拒否するため、必要な通信は事前に許可すること。",
    ),
)

NTP = ("udp", 123)
FROM_NTP = Bilingual(
    en="The network ACLs permit replies to ephemeral ports only: NTP clients that ask from port 123, as Windows and "
    "ntpd do, get none. Permit theirs where that is so.",
    ja="ネットワークACL が許可する戻り通信は一時ポート宛てのみ。Windows や ntpd のように 123 番ポートから"
    "問い合わせる NTP クライアントには届かないため、該当する場合は別途許可すること。",
)


class Rule(NamedTuple):
    """One rule of a security group: the far side's network, and where the connection goes."""

    direction: Direction
    transport: Transport
    port: int
    network: str

    @property
    def service(self) -> str:
        """The name of the service object."""
        return service_name(self.port, self.transport)


class Entry(NamedTuple):
    """One entry of a network ACL; `port` is None for replies, which go to the ephemeral ports."""

    direction: Direction
    transport: Transport
    port: int | None
    network: str


@dataclass(frozen=True, slots=True)
class SecurityGroup:
    """The security group of one component, its rules in ascending order with the flows each one is for."""

    component: str
    vpc: str
    rules: tuple[tuple[Rule, tuple[str, ...]], ...]

    @property
    def name(self) -> str:
        """The name of the group: the address group's."""
        return group_name(self.component)


@dataclass(frozen=True, slots=True)
class NetworkAcl:
    """The network ACL of one zone, its entries with their flows, numbered by STEP in each direction."""

    zone: str
    vpc: str
    entries: tuple[tuple[int, Entry, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Account:
    """All there is to write. `vpcs` and `notes`: what the reader must provide, and must know."""

    vpcs: tuple[str, ...]
    groups: tuple[SecurityGroup, ...]
    acls: tuple[NetworkAcl, ...]
    inexpressible: tuple[Inexpressible, ...]
    notes: tuple[Bilingual, ...]


def account(graph: FlowGraph) -> Account:
    """What an AWS account needs for the flows of a graph. A service drawn inside a VPC is no host of that account."""
    found = address_permits(graph)
    vpc_of = _vpcs(graph)
    permits: list[Permit] = []
    elsewhere: list[Flow] = []
    for permit in found.permits:
        if permit.flow.source in vpc_of or permit.flow.destination in vpc_of:
            permits.append(permit)
        else:
            elsewhere.append(permit.flow)
    rules: dict[str, dict[Rule, list[str]]] = {each.id: {} for each in hosts(graph) if each.id in vpc_of}
    entries: dict[str, dict[Entry, list[str]]] = {}
    for name in rules:
        entries.setdefault(graph.zone(name) or "", {})
    for permit in permits:
        for name, direction, network in _peers(permit):
            if name not in rules:
                continue
            rule = Rule(direction, permit.flow.transport, permit.flow.port, network)
            rules[name].setdefault(rule, []).append(permit.flow.id)
            for entry in _there_and_back(rule):
                entries[graph.zone(name) or ""].setdefault(entry, []).append(permit.flow.id)
    groups = tuple(
        SecurityGroup(
            name, vpc_of[name], tuple((rule, tuple(rules[name][rule])) for rule in sorted(rules[name]))
        )
        for name in sorted(rules)
    )
    acls, notes = _acls(graph, entries)
    refused = found.for_networks + tuple(inexpressible(flow, NO_VPC) for flow in elsewhere)
    vpcs = tuple(sorted({*(group.vpc for group in groups)}))
    asking = any((entry.transport, entry.port) == NTP for acl in acls for _, entry, _ in acl.entries)
    replies = (FROM_NTP,) if asking else ()
    return Account(vpcs, groups, acls, refused, (*NOTES, *replies, *_long(groups), *notes))


def _vpcs(graph: FlowGraph) -> dict[str, str]:
    """The innermost VPC around each host that lies in one."""
    zones = graph.design.zone_by_id
    found = {}
    for component in hosts(graph):
        around = [name for name in graph.design.zone_chain(component.zone) if zones[name].kind == "vpc"]
        if around:
            found[component.id] = around[0]
    return found


def _peers(permit: Permit) -> Iterator[tuple[str, Direction, str]]:
    """(component, direction as it sees it, network of the far side) for both ends."""
    for _, sources, destinations in permit.families:
        yield from ((permit.flow.source, "egress", network) for network in destinations)
        yield from ((permit.flow.destination, "ingress", network) for network in sources)


def _there_and_back(rule: Rule) -> tuple[Entry, Entry]:
    """The ACL entries of a rule, within one zone too: its hosts may lie in several subnets."""
    back: Direction = "ingress" if rule.direction == "egress" else "egress"
    return Entry(*rule), Entry(back, rule.transport, None, rule.network)


def _acls(
    graph: FlowGraph, wanted: dict[str, dict[Entry, list[str]]]
) -> tuple[tuple[NetworkAcl, ...], list[Bilingual]]:
    """The ACLs by zone; one that AWS would not accept is left out, and said so: the groups still hold."""
    found, notes = [], []
    zones = graph.design.zone_by_id
    for zone, entries in sorted(wanted.items()):
        numbered: list[tuple[int, Entry, tuple[str, ...]]] = []
        most = 0
        for direction in ("ingress", "egress"):
            ordered = sorted((each for each in entries if each.direction == direction), key=_place)
            numbered += [
                (FIRST_NUMBER + STEP * place, each, tuple(dict.fromkeys(entries[each])))
                for place, each in enumerate(ordered)
            ]
            most = max(most, len(ordered))
        if most > MOST_ENTRIES:
            notes.append(_left_out(zone, most))
            continue
        if most > USUAL_ENTRIES:
            notes.append(_over_quota(zone, most))
        vpc = next(name for name in graph.design.zone_chain(zone) if zones[name].kind == "vpc")
        found.append(NetworkAcl(zone, vpc, tuple(numbered)))
    return tuple(found), notes


def _place(entry: Entry) -> tuple[object, ...]:
    return entry.port is None, entry.transport, entry.port or 0, entry.network


def _left_out(zone: str, number: int) -> Bilingual:
    return Bilingual(
        en=f"No network ACL for {zone}: it needs {number} entries in one direction, and AWS accepts {MOST_ENTRIES}.",
        ja=f"{zone} のネットワークACL は、一方向に {number} 件必要で AWS の上限 {MOST_ENTRIES} 件を"
        "超えるため作成しない。",
    )


def _over_quota(zone: str, number: int) -> Bilingual:
    return Bilingual(
        en=f"The network ACL for {zone} has {number} entries in one direction; the usual quota of AWS is "
        f"{USUAL_ENTRIES}.",
        ja=f"{zone} のネットワークACL は一方向に {number} 件あり、AWS の標準の上限は {USUAL_ENTRIES} 件である。",
    )


def _long(groups: Iterable[SecurityGroup]) -> Iterator[Bilingual]:
    """A group over the usual quota: AWS must be asked to raise it first."""
    for group in groups:
        counts: dict[tuple[Direction, bool], int] = {}
        for rule, _ in group.rules:
            key = rule.direction, ":" in rule.network
            counts[key] = counts.get(key, 0) + 1
        most = max(counts.values(), default=0)
        if most > MOST_RULES:
            yield Bilingual(
                en=f"{group.name} has {most} rules in one direction; the usual quota of AWS is {MOST_RULES}.",
                ja=f"{group.name} は一方向に {most} 件のルールがあり、AWS の標準の上限は {MOST_RULES} 件である。",
            )


def described(flows: Iterable[str]) -> str:
    """The ids of flows as the description of a rule: at most 255 characters of those that AWS accepts."""
    ids = list(flows)
    first = ids[:20]
    return " ".join(first) + (f" +{len(ids) - len(first)}" if len(ids) > len(first) else "")


def is_v6(network: str) -> bool:
    """Whether a network is of the sixth version."""
    return ":" in network

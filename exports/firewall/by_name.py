"""Rules for flows to names alone, on devices that have objects for names: written, but disabled.

Such a device looks a name up itself and permits the addresses it finds, which may serve other names, too. Whether that
is near enough only its owner can say, so these rules open nothing until somebody enables them, and their flows stay
among those not expressed. aerleon knows no such objects: it is given stand-ins, addresses that no host has, which are
then written as what they stand for.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports.firewall.permits import Group, Groups, Permits, shortened
from model.derivation.graph import FlowGraph
from model.flow import Flow
from model.frozen import Bilingual

NOTE = Bilingual(
    en="Flows to names alone are written as disabled rules with FQDN objects. Enabled, the device looks the names up "
    "and permits the addresses it finds, which may serve other names, too; it must ask the DNS servers of the hosts.",
    ja="名前のみで特定される宛先への通信は、FQDN オブジェクトを使う無効なルールとして出力する。"
    "有効にすると、機器が名前を解決し、得られたアドレスを許可する（そのアドレスはほかの名前にも使われることがある）。"
    "機器はホストと同じ DNS サーバーに問い合わせること。",
)
_LONGEST = 60  # devices add two and accept 63
_ADDRESS = r"(2[45]\d\.\d+\.\d+\.\d+)"
_RULE = "F-[0-9A-Z]{8}-fqdn"
_WRITTEN = {
    "ciscoasa": (rf" host {_ADDRESS}(?= eq )", " object {object}", r"(?m)( object fqdn-.*)$", r"\1 inactive"),
    "srx": (rf" {_ADDRESS}/32;", " {{ dns-name {name}; }}", rf"( +)(policy {_RULE} )", r"\1inactive: \2"),
    "paloalto": (
        f"<ip-netmask>{_ADDRESS}/32</ip-netmask>",
        "<fqdn>{name}</fqdn>",
        rf'( +)(<entry name="{_RULE}">\n)',
        r"\1\2\1  <disabled>yes</disabled>\n",
    ),
    "fortigate": (
        rf"set type ipmask\n        set subnet {_ADDRESS} 255\.255\.255\.255",
        'set type fqdn\n        set fqdn "{name}"',
        rf'( +)(set name "{_RULE}"\n)',
        r"\1\2\1set status disable\n",
    ),
}
"""By platform: how aerleon writes a stand-in and what it becomes, how a rule begins and how it is disabled."""
_RESERVED = ipaddress.IPv4Network("240.0.0.0/4")
"""For future use: nobody's addresses, though a design may hold one."""


@dataclass(frozen=True, slots=True)
class Named:
    """A flow to names alone, from known IPv4 addresses."""

    flow: Flow
    source: Group
    names: tuple[str, ...]

    @property
    def rule(self) -> str:
        """The name of its rule."""
        return f"{self.flow.id}-fqdn"


@dataclass(frozen=True, slots=True)
class NameRules:
    """The flows to names alone, in the graph's order, and the address that stands in for each name."""

    flows: tuple[Named, ...]
    stand_ins: Mapping[str, str]

    def token(self, name: str) -> str:
        """What the object of a name is called until it is written as one."""
        return f"fqdn-{int(ipaddress.IPv4Address(self.stand_ins[name])):08x}"


def name_rules(platform: str, graph: FlowGraph, found: Permits) -> NameRules:
    """The flows of a graph to names alone; none for a platform without objects for names."""
    if platform not in _WRITTEN:
        return NameRules((), {})
    groups = Groups(graph)
    flows = tuple(named for flow in graph.network if (named := _named(groups, flow)) is not None)
    names = sorted({name for each in flows for name in each.names})
    return NameRules(flows, dict(zip(names, _free(found), strict=False)))


def _named(groups: Groups, flow: Flow) -> Named | None:
    names = (*flow.basis.fqdns, *flow.basis.inferred_fqdns)
    if not names or groups.graph.component(flow.destination).addresses:
        return None
    source = groups.initiator(flow.source)
    return Named(flow, source, names) if isinstance(source, Group) and source.v4 else None


def _free(found: Permits) -> Iterator[str]:
    """Reserved addresses that no permit holds, no two of them neighbours that could be merged into one network."""
    taken = [
        network
        for permit in found.permits
        for group in (permit.source, permit.destination)
        for network in map(ipaddress.IPv4Network, group.v4)
        if network.overlaps(_RESERVED)
    ]
    for number in range(1, _RESERVED.num_addresses, 2):
        address = _RESERVED[number]
        if not any(address in network for network in taken):
            yield str(address)


def with_names(platform: str, text: str, rules: NameRules) -> str:
    """A configuration with names in place of their stand-ins, and the rules that use them disabled."""
    if not rules.flows:
        return text
    names = {address: name for name, address in rules.stand_ins.items()}
    tokens = {rules.token(name): object_name(name) for name in rules.stand_ins}
    definition, written, rule, disabled = _WRITTEN[platform]

    def name(match: re.Match[str]) -> str:
        found = names.get(match[1])
        return match[0] if found is None else written.format(name=found, object=object_name(found))

    text = re.sub(definition, name, text)
    text = re.sub("fqdn-[0-9a-f]{8}", lambda match: tokens.get(match[0], match[0]), text)
    text = re.sub(rule, disabled, text)
    if platform != "ciscoasa":
        return text
    objects = (f"object network {object_name(each)}\n fqdn v4 {each}\n" for each in rules.stand_ins)
    return "".join(objects) + text


def object_name(name: str) -> str:
    """The name of the object of a name."""
    return shortened(f"fqdn-{name}", _LONGEST)

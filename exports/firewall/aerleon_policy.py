"""Permits as a policy for aerleon, and its rendering for one vendor.

One term per flow and family, so that a term never mixes IPv4 at one end with IPv6 at the other: some renderings would
then write "any". Tokens follow the naming scheme of all formats, with the family behind.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from exports.firewall.artefact import Made
from exports.firewall.aws import EPHEMERAL
from exports.firewall.by_name import NOTE, NameRules, name_rules, with_names
from exports.firewall.heading import heading
from exports.firewall.permits import (
    Group,
    Permit,
    Permits,
    address_permits,
    inexpressible,
    said,
    service_name,
    shortened,
    zone_name,
)
from exports.firewall.service_objects import with_named_services
from exports.firewall.vendors import Vendor
from exports.report import Report
from model.derivation.graph import FlowGraph
from model.errors import ExportError
from model.flow import Flow
from model.frozen import Bilingual
from model.sentences import told

if TYPE_CHECKING:
    from aerleon.lib.naming import Naming
    from aerleon.lib.policy_builder import PolicyDict

Data = dict[str, Any]

LIST = "portchart"
"""What a list is called on devices without zones."""
NO_V6 = Bilingual(
    en="IPv6 between its ends is not opened: aerleon writes only IPv4 for this device",
    ja="両端間の IPv6 は開放しない。aerleon はこの機器に IPv4 のみを出力する",
)

_LONGEST_GROUP = 50
_LONGEST_ZONE = 31  # Palo Alto Networks accepts no more
_HIGH = "replies"
_LOGGED: dict[str, Data] = {
    "srx": {"logging": True},
    "paloalto": {"logging": True},
    "fortigate": {"logging": True, "option": "log_traffic_mode_all"},
}
"""Firewalls write down each session when it ends; without this aerleon switches the log of a FortiGate off."""
_EMPTY_MARKS = re.compile(r"^.*\$(?:Id|Date|Revision):\$.*\n", re.MULTILINE)
"""Lines for a version control system that would fill them in."""


def rendered(report: Report, vendor: Vendor) -> Made:
    """The configuration for a vendor as ASCII text. Raises ExportError where aerleon is not installed."""
    if importlib.util.find_spec("aerleon") is None:
        raise ExportError(
            told(
                "{id} needs aerleon, which is not installed: pip install 'portchart[firewall]', "
                "or choose another format.",
                id=vendor.id,
            )
        )
    found = address_permits(report.graph)
    text = _configuration(vendor, report.graph, found)
    sixth = (
        ()
        if vendor.v6
        else tuple(inexpressible(permit.flow, NO_V6) for permit in found.permits if 6 in _families(permit))
    )
    refused = found.for_networks + sixth
    # Devices differ over encodings, so the head is in English.
    notes = (*vendor.notes, NOTE) if "-fqdn" in text else vendor.notes
    head = heading(report, notes, refused, "en")
    return Made(_with_head(vendor, head, text).encode("ascii"), refused)


def _configuration(vendor: Vendor, graph: FlowGraph, found: Permits) -> str:
    from aerleon import api

    names = name_rules(vendor.platform, graph, found)
    wanted = policy(vendor, graph, found, names)
    if not wanted["filters"]:
        return ""
    made = api.Generate([wanted], definitions(found, names))
    (text,) = made.values() if made else ("",)
    services = {flow.id: service_name(flow.port, flow.transport) for flow in _flows(found, names)}
    text = with_named_services(vendor.platform, _EMPTY_MARKS.sub("", text), services)
    return with_names(vendor.platform, text, names)


def _flows(found: Permits, names: NameRules) -> list[Flow]:
    """The flows that have rules, those disabled included."""
    return [permit.flow for permit in found.permits] + [named.flow for named in names.flows]


def _families(permit: Permit) -> set[int]:
    return {family for family, *_ in permit.families}


def _with_head(vendor: Vendor, head: list[str], text: str) -> str:
    start, end = vendor.comment
    inside = [line.replace("--", "- -") for line in head] if end == " -->" else head
    lines = "".join(f"{start}{line}{end}".rstrip() + "\n" for line in inside)
    declaration, newline, rest = text.partition("\n")
    if declaration.startswith("<?xml"):
        return declaration + newline + lines + rest
    return lines + text


def definitions(found: Permits, names: NameRules) -> Naming:
    """The networks of each group and family, and every service, under the names that terms use."""
    from aerleon.lib.naming import Naming

    networks: Data = {}
    services: Data = {
        _HIGH: [{"protocol": each, "port": "-".join(map(str, EPHEMERAL))} for each in ("tcp", "udp")]
    }
    for flow in _flows(found, names):
        services[service_name(flow.port, flow.transport)] = [{"protocol": flow.transport, "port": flow.port}]
    ends = [group for permit in found.permits for group in (permit.source, permit.destination)]
    for group in (*ends, *(each.source for each in names.flows)):
        for family, addresses in ((4, group.v4), (6, group.v6)):
            networks[_token(group, family)] = {"values": [{"address": each} for each in addresses]}
    for name, address in names.stand_ins.items():
        networks[names.token(name)] = {"values": [{"address": address}]}
    made = Naming()
    made.ParseDefinitionsObject({"networks": networks, "services": services}, "")
    return made


def policy(vendor: Vendor, graph: FlowGraph, found: Permits, names: NameRules) -> PolicyDict:
    """The policy: per target of the vendor a header and the terms of its flows, in the order of the graph.

    Those to names alone come last, to the addresses that stand in for them.
    """
    filters: dict[str, list[Data]] = {}
    for permit in found.permits:
        for family in sorted(_families(permit) if vendor.v6 else _families(permit) - {6}):
            target = _target(vendor, graph, permit.flow)
            filters.setdefault(target, []).extend(_terms(vendor, permit, family))
    for named in names.flows:
        tokens = " ".join(map(names.token, named.names))
        term = _term(vendor, named.flow, named.rule, _token(named.source, 4), tokens)
        filters.setdefault(_target(vendor, graph, named.flow), []).append(term)
    made = {
        "filename": LIST,
        "filters": [
            {"header": {"targets": {vendor.platform: target}}, "terms": terms}
            for target, terms in filters.items()
        ],
    }
    return cast("PolicyDict", made)


def _target(vendor: Vendor, graph: FlowGraph, flow: Flow) -> str:
    if vendor.zoned:
        ends = (graph.zone(flow.source), graph.zone(flow.destination))
        one, other = map(_zone, ends)
        return f"from-zone {one} to-zone {other}{'' if vendor.platform == 'srx' else ' mixed'}"
    return f"{LIST} mixed" if vendor.v6 else LIST


def _zone(name: str | None) -> str:
    return shortened(zone_name(name), _LONGEST_ZONE)


def _token(group: Group, family: int) -> str:
    return f"{shortened(group.name, _LONGEST_GROUP)}-v{family}"


def _term(vendor: Vendor, flow: Flow, name: str, source: str, destination: str) -> Data:
    return {
        "name": name,
        "comment": said(flow),
        "source-address": source,
        "destination-address": destination,
        "protocol": flow.transport,
        "destination-port": service_name(flow.port, flow.transport),
        "action": "accept",
        **_LOGGED.get(vendor.platform, {}),
    }


def _terms(vendor: Vendor, permit: Permit, family: int) -> Iterator[Data]:
    flow = permit.flow
    source, destination = _token(permit.source, family), _token(permit.destination, family)
    name, service = f"{flow.id}-v{family}", service_name(flow.port, flow.transport)
    yield _term(vendor, flow, name, source, destination)
    if vendor.stateless:
        back: Data = {
            "name": f"{name}-back",
            "comment": f"replies of {flow.destination} to {flow.source}, {service}",
            "source-address": destination,
            "destination-address": source,
            "protocol": flow.transport,
            "source-port": service,
            "destination-port": _HIGH,
            "action": "accept",
        }
        yield back | {"option": "tcp-established"} if flow.transport == "tcp" else back

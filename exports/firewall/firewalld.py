"""firewalld: a shell script that writes the two policies of a host's role, one for each direction.

Rich rules hold one network at either end. firewalld itself accepts replies, and everything on the loopback device, so
the rules for what stays within the host (4123) only keep it open should that change.
"""

from __future__ import annotations

from collections.abc import Iterator

from exports.firewall.artefact import Made
from exports.firewall.heading import commented, heading
from exports.firewall.permits import address_permits
from exports.firewall.roles import Direction, HostRule, host_rules
from exports.report import Report
from model.frozen import Bilingual

NOTES = (
    Bilingual(
        en="Run as root: sh FILE ROLE; then firewall-offline-cmd --check-config and firewall-cmd --reload. "
        "Needs firewalld 0.9 or later. Everything else is dropped, remote administration included: permit that "
        "beforehand, in a policy of a priority below -100.",
        ja="root で実行: sh FILE ROLE。続いて firewall-offline-cmd --check-config と firewall-cmd --reload。"
        "firewalld 0.9 以降が必要。その他の通信はリモート管理も含めすべて破棄されるため、"
        "必要な管理通信は優先度が -100 より小さいポリシーで事前に許可すること。",
    ),
)

_ENDS: dict[Direction, tuple[str, str]] = {"in": ("ANY", "HOST"), "out": ("HOST", "ANY")}
_NEIGHBOURS = (
    "neighbour-solicitation",
    "neighbour-advertisement",
    "router-solicitation",
    "router-advertisement",
)
"""Without these IPv6 finds no neighbour and no router."""

_START = """set -eu
role=${{1-}}
folder=${{2-/etc/firewalld/policies}}
case $role in
  {roles}) ;;
  *) echo 'usage: FILE ROLE [FOLDER]; ROLE is one of: {named}' >&2; exit 2 ;;
esac
case $role in"""
_END = """esac
for way in in out; do
  mv -- "$folder/portchart-$way.new" "$folder/portchart-$way.xml"
done"""


def firewalld(report: Report) -> Made:
    """The script as UTF-8 text; running it again replaces the two policies and nothing else."""
    found = address_permits(report.graph)
    rules = host_rules(report.graph, found)
    lines = ["#!/bin/sh", *commented("#", heading(report, NOTES, found.inexpressible))]
    if rules:
        lines += _START.format(roles="|".join(rules), named=" ".join(rules)).splitlines()
        for role, each in rules.items():
            lines += [f"  {role})", *_policies(each), "    ;;"]
        lines += _END.splitlines()
    else:
        lines.append("echo 'The design has no host of its own' >&2")
    return Made(("\n".join(lines) + "\n").encode(), found.inexpressible)


def _policies(rules: list[HostRule]) -> Iterator[str]:
    speaks_v6 = any(rule.family == 6 and not rule.local for rule in rules)
    for direction, (start, end) in _ENDS.items():
        yield f"""cat >"$folder/portchart-{direction}.new" <<'END'"""
        yield '<?xml version="1.0" encoding="utf-8"?>'
        yield '<policy target="DROP" priority="-100">'
        yield f'  <ingress-zone name="{start}"/>'
        yield f'  <egress-zone name="{end}"/>'
        for kind in _NEIGHBOURS if speaks_v6 else ():
            yield f'  <rule family="ipv6"><icmp-type name="{kind}"/><accept/></rule>'
        for rule, flows in _rules(rules, direction).items():
            yield f"  {rule} <!-- {' '.join(flows)} -->"
        yield from ("</policy>", "END")


def _rules(rules: list[HostRule], direction: Direction) -> dict[str, list[str]]:
    """The rules of one direction, each once since firewalld complains otherwise, with the flows each is for."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        if rule.direction == direction:
            for text in _texts(rule):
                found.setdefault(text, []).append(rule.flow.id)
    return found


def _texts(rule: HostRule) -> Iterator[str]:
    flow = rule.flow
    for source, destination in rule.ends():
        yield (
            f'<rule family="ipv{rule.family}"><source address="{source}"/><destination address="{destination}"/>'
            f'<port port="{flow.port}" protocol="{flow.transport}"/><accept/></rule>'
        )

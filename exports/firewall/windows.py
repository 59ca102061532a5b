"""Windows Defender Firewall: a PowerShell script that gives a host the rules of its role.

Text is in single quotes and made of ids, networks and numbers. UTF-8 with a byte order mark: without one Windows
PowerShell reads the file in the code page of the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exports.firewall.artefact import Made
from exports.firewall.heading import commented, heading
from exports.firewall.permits import address_permits, said
from exports.firewall.roles import HostRule, host_rules
from exports.report import Report
from model.frozen import Bilingual

NOTES = (
    Bilingual(
        en="Run elevated: FILE -Role ID. It replaces the rules of the group Portchart and no others. With -BlockOthers "
        "everything that no rule permits is blocked both ways, remote administration included.",
        ja="管理者として実行: FILE -Role ID。グループ Portchart のルールだけを置き換える。"
        "-BlockOthers を付けると、ルールで許可されない通信はリモート管理も含め双方向で遮断される。",
    ),
)

_START = """[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateSet({roles})] [string] $Role,
    [switch] $BlockOthers
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$common = @{{ Group = 'Portchart'; Action = 'Allow'; Profile = 'Any'; Enabled = 'True' }}
Get-NetFirewallRule -Group 'Portchart' -ErrorAction SilentlyContinue | Remove-NetFirewallRule
switch ($Role) {{"""
_END = """}
if ($BlockOthers) {
    Set-NetFirewallProfile -All -Enabled True -DefaultInboundAction Block -DefaultOutboundAction Block
}"""


def windows(report: Report) -> Made:
    """The script as UTF-8 text with a byte order mark and CR LF line ends."""
    found = address_permits(report.graph)
    rules = host_rules(report.graph, found)
    lines = commented("#", heading(report, NOTES, found.inexpressible))
    if rules:
        lines += _START.format(roles=_quoted(rules)).splitlines()
        for role, each in rules.items():
            lines += [f"    '{role}' {{", *(f"        {line}" for line in _rules(each)), "    }"]
        lines += _END.splitlines()
    else:
        lines.append("Write-Warning 'The design has no host of its own'")
    return Made(("\r\n".join(lines) + "\r\n").encode("utf-8-sig"), found.inexpressible)


def _rules(rules: list[HostRule]) -> Iterator[str]:
    for rule in rules:
        flow, inbound = rule.flow, rule.direction == "in"
        name = f"'portchart-{flow.id}-{rule.direction}-v{rule.family}'"
        yield (
            f"New-NetFirewallRule @common -Name {name} -DisplayName {name} -Description '{said(flow)}' "
            f"-Direction {'Inbound' if inbound else 'Outbound'} -Protocol {flow.transport.upper()} "
            f"-{'LocalPort' if inbound else 'RemotePort'} {flow.port} "
            f"-LocalAddress {_quoted(map(_single, rule.here))} "
            f"-RemoteAddress {_quoted(map(_single, rule.there))} | Out-Null"
        )


def _single(network: str) -> str:
    """A network of one address as that address."""
    address, _, length = network.partition("/")
    return address if length == ("128" if ":" in network else "32") else network


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"'{text}'" for text in texts)

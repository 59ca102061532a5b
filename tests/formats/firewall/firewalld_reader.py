"""Run by the Python that firewalld belongs to: reads policies with firewalld's own reader, or loads them.

`read FOLDER ANSWER`: every policy below FOLDER as JSON. `load FOLDER`: firewalld's rules with the configuration there,
without what it accepts on the loopback device, so that packets sent to oneself meet the policies.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from firewall import config  # type: ignore[import-not-found] # firewalld's own package, of the system's Python
from firewall.core.fw import Firewall  # type: ignore[import-not-found] # likewise
from firewall.core.io.policy import policy_reader  # type: ignore[import-not-found] # likewise
from firewall.core.logger import log  # type: ignore[import-not-found] # likewise


def policy(file: Path) -> dict[str, Any]:
    found = policy_reader(file.name, str(file.parent))
    rules = []
    for rule in found.rules:
        end = rule.element
        rules.append(
            {
                "family": rule.family,
                "source": rule.source and rule.source.addr,
                "destination": rule.destination and rule.destination.addr,
                "element": [
                    type(end).__name__,
                    *(getattr(end, name, "") for name in ("port", "protocol", "name")),
                ],
                "action": type(rule.action).__name__,
                "others": [
                    bool(rule.log or rule.audit or rule.priority),
                    str(getattr(rule.source, "invert", "")),
                ],
            }
        )
    plain = (
        found.services,
        found.ports,
        found.protocols,
        found.icmp_blocks,
        found.forward_ports,
        found.source_ports,
    )
    return {
        "target": found.target,
        "priority": found.priority,
        "ends": [found.ingress_zones, found.egress_zones],
        "rules": rules,
        "more": any(map(bool, plain)) or bool(found.masquerade),
    }


def read(folder: str, answer: str) -> None:
    log.setDebugLogLevel(0)
    found = {str(file.relative_to(folder)): policy(file) for file in sorted(Path(folder).rglob("*.xml"))}
    Path(answer).write_text(json.dumps(found), encoding="utf-8")


def load(folder: str) -> None:
    config.set_system_config_paths(folder)
    firewall = Firewall()
    firewall.start()
    for chain in ("filter_INPUT", "filter_OUTPUT"):
        listed = subprocess.run(
            ["nft", "-a", "list", "chain", "inet", "firewalld", chain],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for line in listed.splitlines():
            if 'ifname "lo" accept' in line:
                handle = line.rsplit(" ", 1)[1]
                subprocess.run(
                    ["nft", "delete", "rule", "inet", "firewalld", chain, "handle", handle], check=True
                )


if __name__ == "__main__":
    if sys.argv[1] == "read":
        read(*sys.argv[2:])
    else:
        load(*sys.argv[2:])

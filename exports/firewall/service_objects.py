"""Service objects in the configurations that aerleon renders, under the names that the port matrix gives them.

aerleon calls a service after the first rule that uses it, or writes it once a rule. Here the objects of a device are
called tcp-443 and the like, each written once, in the order of their ports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_RULE = r"(F-[0-9A-Z]{8})-(?:v[46]|fqdn)"
_NAMES = {
    "srx": re.compile(rf"\b{_RULE}-app(1?)\b"),
    "paloalto": re.compile(rf"\bservice-{_RULE}-(?:tcp|udp)()\b"),
    "fortigate": re.compile(rf'(?m)(?<=^    edit ){_RULE}()$|(?<=set service "){_RULE}()(?=")'),
}
"""What aerleon calls a service, by platform: the id of a flow, and what marks the member of a set."""
_OBJECTS = {
    "srx": re.compile(r"    application(?:-set)? \S+ \{\n(?:        .*\n)+    \}\n"),
    "paloalto": re.compile(r' {12}<entry name="(?:tcp|udp)-\d+">\n(?: {14}.*\n)+ {12}</entry>\n'),
    "fortigate": re.compile(r"    edit (?:tcp|udp)-\d+\n(?:        .*\n)+    next\n"),
}
"""The definition of an object; a configuration holds all of them in one row."""


def with_named_services(platform: str, text: str, services: Mapping[str, str]) -> str:
    """A configuration with its service objects named after what they are. `services`: their names, by flow id.

    Platforms without such objects stay as they are.
    """
    if platform not in _NAMES:
        return text

    def name(match: re.Match[str]) -> str:
        flow, member = [part for part in match.groups() if part is not None]
        return services[flow] + ("_0" if member else "")

    named = _NAMES[platform].sub(name, text)
    objects = _OBJECTS[platform].findall(named)
    return named.replace("".join(objects), "".join(sorted(set(objects), key=_place)))


def _place(text: str) -> list[str | int]:
    """The order of texts with numbers in them: 443 before 4122."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", text)]

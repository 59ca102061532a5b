"""`portchart sweep`: every combination of switches."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable

from exports.changes import sweep_data
from exports.command.opened import opened
from exports.command.scenarios import with_scenarios
from exports.command.terminal import aligned, write_bytes, write_text
from exports.plain import json_text
from model.frozen import Bilingual, Language
from model.whatif.sweep import Dimension, Sweep, dimension
from model.whatif.sweep import sweep as swept

LONG = 64
"""Up to so many combinations are all printed."""

HEADINGS = (
    Bilingual(en="Features on", ja="有効な機能"),
    Bilingual(en="Openings", ja="ファイアウォール開放"),
    Bilingual(en="Flows", ja="通信"),
    Bilingual(en="FQDNs", ja="FQDN"),
    Bilingual(en="Cleartext", ja="平文"),
)
ALL = Bilingual(en="{} combinations.", ja="{} 通りの組み合わせ。")
FEWEST = Bilingual(
    en="{} combinations; shown are those with the fewest openings for each number of features on.",
    ja="{} 通りの組み合わせのうち、有効な機能の数ごとにファイアウォール開放が最も少ないものを示します。",
)


def sweep(arguments: Namespace) -> int:
    """Print the result of every combination; 0. Raises ChangeError where a switch does not exist."""
    graph = with_scenarios(opened(arguments.design), arguments.scenarios).graph
    dimensions = [
        dimension(graph, text, component)
        for text, components in arguments.changes
        for component in (components or (None,))
    ]
    found = swept(graph, dimensions, progress=_progress())
    if arguments.json:
        write_bytes(json_text(sweep_data(found)).encode())
    else:
        write_text(_text(found, arguments.language))
    return 0


def _progress() -> Callable[[int, int], None]:
    """Tells a person at a terminal how far it is, and nobody else."""
    if not sys.stderr.isatty():
        return lambda done, total: None
    return lambda done, total: print(
        f"\r{done:,} / {total:,}", end="\n" if done == total else "", file=sys.stderr
    )


def _text(found: Sweep, language: Language) -> str:
    long = len(found.points) > LONG
    points = sorted(found.frontier(), key=lambda point: point.on) if long else found.points
    headings = [*(_name(each) for each in found.dimensions), *(each.text(language) for each in HEADINGS)]
    rows = [
        [
            *map(_value, point.values),
            *map(str, (point.on, point.openings, point.flows, point.fqdns, point.cleartext)),
        ]
        for point in points
    ]
    summary = (FEWEST if long else ALL).text(language).format(len(found.points))
    return f"{aligned(headings, rows)}\n{summary}\n"


def _name(each: Dimension) -> str:
    return each.name if each.component is None else f"{each.name} ({each.component})"


def _value(value: bool | str) -> str:
    return value if isinstance(value, str) else "on" if value else "off"

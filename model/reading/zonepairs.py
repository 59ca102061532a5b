"""The flows between zones, by pair of zones: what a firewall between them must permit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from model.flow import Flow

ZoneOf = Mapping[str, str | None]
Between = dict[tuple[str | None, str | None], tuple[Flow, ...]]
"""Flows by (source zone, destination zone); None: outside every zone."""


def between(flows: Iterable[Flow], zone_of: ZoneOf) -> Between:
    """Those of the flows that leave their zone, by pair of zones; `zone_of` gives the zone of each component."""
    found: dict[tuple[str | None, str | None], list[Flow]] = {}
    for flow in flows:
        pair = zone_of[flow.source], zone_of[flow.destination]
        if pair[0] != pair[1]:
            found.setdefault(pair, []).append(flow)
    return {pair: tuple(crossing) for pair, crossing in found.items()}


def openings(flows: Iterable[Flow]) -> int:
    """How many openings flows of one pair of zones make: one for each listener, port and transport (D15)."""
    return len({flow[1:4] for flow in flows})

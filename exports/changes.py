"""Changes, ways and verdicts as plain data: the JSON of the commands that search and compare."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from exports.plain import Data, finding_data
from model.derivation.comparison import Comparison
from model.design.changes import AnyChange
from model.flow import Flow
from model.whatif.effects import Effects
from model.whatif.goals import Verdict
from model.whatif.measures import Measures
from model.whatif.residue import Residue
from model.whatif.search import Answer, Way
from model.whatif.sweep import Dimension, Sweep


def change_data(change: AnyChange) -> Data:
    """A change as the design file writes it in a scenario."""
    data: Data = change.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return data


def counts_data(comparison: Comparison) -> Data:
    """How many flows a comparison has of each kind."""
    return {
        "added": len(comparison.added),
        "removed": len(comparison.removed),
        "changed": len(comparison.changed),
    }


def flow_reference(flow: Flow) -> Data:
    """What identifies a flow, and its rules."""
    return {
        "id": flow.id,
        "source": flow.source,
        "destination": flow.destination,
        "port": flow.port,
        "transport": flow.transport,
        "rules": list(flow.basis.rules),
    }


def way_data(way: Way) -> Data:
    """A set of changes and how many flows it turns."""
    return {"changes": [change_data(change) for change in way.changes], **counts_data(way.comparison)}


def answer_data(answer: Answer | None) -> Data:
    """What a search found; `proved` is null where none was made."""
    if answer is None:
        return {"ways": [], "proved": None}
    return {"ways": [way_data(way) for way in answer.ways], "proved": answer.proved}


def verdict_data(verdict: Verdict) -> Data:
    """A goal judged."""
    return {
        "goal": verdict.goal.id,
        "name": {"en": verdict.goal.name.en, "ja": verdict.goal.name.ja},
        "met": verdict.met,
        "impossible": verdict.impossible,
        "breaking": [flow_reference(flow) for flow in verdict.breaking],
        "unavoidable": [flow.id for flow in verdict.unavoidable],
        **answer_data(verdict.answer),
    }


def measures_data(found: Measures) -> Data:
    """The numbers of a design."""
    return asdict(found)


def residue_data(found: Residue) -> Data:
    """What a server took over and what stays."""
    return {
        "setting": found.setting,
        "service": found.service,
        "server": found.server,
        "components": list(found.components),
        "moved": list(found.moved),
        "stays": [
            {"fqdn": each.fqdn, "features": list(each.features), "rules": list(each.rules)}
            for each in found.stays
        ],
        "ports": [{"port": port, "transport": transport} for port, transport in found.ports],
    }


def effects_data(found: Effects) -> Data:
    """A difference by zones and firewalls, and the findings that are new or solved."""
    return {
        "zones": [
            {"source": source, "destination": destination, **asdict(counts)}
            for (source, destination), counts in found.zones.items()
        ],
        "firewalls": [{"firewall": name, **asdict(counts)} for name, counts in found.firewalls.items()],
        "findings": {
            "new": [finding_data(each) for each in found.new],
            "solved": [finding_data(each) for each in found.solved],
        },
    }


def sweep_data(found: Sweep) -> Data:
    """Every combination; `values` in the order of `switches`."""

    def switch(dimension: Dimension) -> Data:
        data: dict[str, Any] = {"name": dimension.name, "values": list(dimension.values)}
        return data if dimension.component is None else data | {"component": dimension.component}

    return {
        "switches": [switch(dimension) for dimension in found.dimensions],
        "combinations": [
            {
                "values": list(point.values),
                "on": point.on,
                "flows": point.flows,
                "openings": point.openings,
                "fqdns": point.fqdns,
                "cleartext": point.cleartext,
            }
            for point in found.points
        ],
    }

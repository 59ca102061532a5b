"""A design in numbers, for scenarios side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from model.catalog.rules import Severity
from model.derivation.graph import FlowGraph
from model.findings import findings
from model.whatif.goals import goals_met, is_cleartext


@dataclass(frozen=True, slots=True)
class Measures:
    """Network flows, openings, destination names, flows that are not encrypted, findings, and what breaks each goal."""

    flows: int
    openings: int
    fqdns: int
    cleartext: int
    findings: dict[Severity, int]
    goals: dict[str, int]


def measures(graph: FlowGraph) -> Measures:
    """The numbers of a design."""
    counts = Counter(finding.severity for finding in findings(graph))
    severities: tuple[Severity, ...] = ("error", "warning", "information")
    return Measures(
        len(graph.network),
        len(graph.openings),
        len(graph.fqdns),
        sum(is_cleartext(graph.catalog, flow) for flow in graph.network),
        {severity: counts[severity] for severity in severities},
        goals_met(graph),
    )

"""All checks of a design, as a table; each is one small function from the surveyed design to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from model.derivation.graph import FlowGraph
from model.findings import addresses, components, notices, ports, servers, syslog, unknown, unused
from model.findings.finding import Finding
from model.findings.survey import Survey

Check = Callable[[Survey], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    components.missing,
    syslog.direct_to_tls,
    ports.conflicts,
    unknown.proxies,
    unknown.kinds,
    unknown.values,
    unknown.catalog,
    unused.unused,
    servers.mirror_without_relay,
    servers.residue,
    servers.versions_without_names,
    notices.cleartext,
    notices.raised,
    addresses.fqdns,
    addresses.components,
    addresses.zones,
    components.communication,
    components.relay_groups,
)

_ORDER = {"error": 0, "warning": 1, "information": 2}


def findings(graph: FlowGraph) -> tuple[Finding, ...]:
    """Every finding of a design: errors, then warnings, then information; within each in the order of the checks."""
    survey = Survey(graph)
    found = [finding for check in CHECKS for finding in check(survey)]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))

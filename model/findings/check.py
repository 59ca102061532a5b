"""All checks of a design, as a table; each is one small function from the flow graph to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from model.findings import addresses, components, notices, servers, unknown
from model.findings.finding import Finding
from model.graph import FlowGraph

Check = Callable[[FlowGraph], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    components.missing,
    servers.direct_syslog_to_tls,
    components.port_conflicts,
    unknown.proxies,
    unknown.kinds,
    unknown.values,
    unknown.catalog,
    servers.unused,
    servers.mirror_without_relay,
    servers.residue,
    servers.versions_without_names,
    notices.cleartext,
    notices.raised,
    addresses.components,
    addresses.zones,
    components.communication,
    components.relay_groups,
)

_ORDER = {"error": 0, "warning": 1, "information": 2}


def findings(graph: FlowGraph) -> tuple[Finding, ...]:
    """Every finding of a design: errors, then warnings, then information; within each in the order of the checks."""
    found = [finding for check in CHECKS for finding in check(graph)]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))

"""Flows, names and findings as plain data: the JSON of `portchart flows --json` and of the JSON export."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # `portchart flows` must not wait for the findings to load
    from model.derivation.comparison import Comparison
    from model.findings import Finding
    from model.flow import Flow
    from model.tables.allowlist import AllowedName
    from model.tables.matrix import Crossing, Party, Row

Data = dict[str, Any]


def json_text(data: object) -> str:
    """Data as readable JSON with a line end after it."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def flow_data(row: Row) -> Data:
    """One flow; ids as in the design file and the catalog, `null` where there is nothing to say."""
    flow, basis = row.flow, row.flow.basis
    ends = _ends(row.source, row.destination, row.crossing)
    data: Data = {
        "id": row.id,
        "source": flow.source,
        "destination": flow.destination,
        "port": flow.port,
        "transport": flow.transport,
        "protocol": basis.protocol,
        "printed_protocol": basis.printed_protocol or basis.protocol,
        "fqdns": list(basis.fqdns),
        "inferred_fqdns": list(basis.inferred_fqdns),
        "uncertain_fqdns": list(basis.uncertain_fqdns),
        "source_fqdns": list(basis.source_fqdns),
        "source_addresses": ends["source_addresses"],
        "destination_addresses": ends["destination_addresses"],
        "rules": list(basis.rules),
        "features": list(basis.features),
        "purpose": basis.purpose,
        "scope": basis.scope,
        "source_zone": row.source.component.zone,
        "destination_zone": row.destination.component.zone,
        "boundaries": ends["boundaries"],
        "firewalls": ends["firewalls"],
        "necessity": basis.necessity,
        "proxied": basis.proxied or None,
    }
    if row.status is not None:
        data["change"] = row.status
    if row.before is not None:
        earlier = {} if row.moved is None else _ends(*row.moved)
        data["before"] = {
            what: earlier[what] if what in earlier else _before(row.before, what) for what in row.what
        }
    return data


def _ends(source: Party, destination: Party, crossing: Crossing) -> Data:
    """What a permit depends on at the ends of a flow and between them."""
    return {
        "source_addresses": list(source.source_addresses),
        "destination_addresses": list(destination.component.addresses),
        "boundaries": [zone.id for zone in crossing.way.crossed],
        "firewalls": list(crossing.way.firewalls),
    }


def _before(flow: Flow, what: str) -> object:
    """The earlier value of a field that differs, in the same form as the present one."""
    if what == "port":
        return flow.port
    value = getattr(flow.basis, what)
    return list(value) if isinstance(value, tuple) else value or None


def flows_data(rows: Iterable[Row]) -> list[Data]:
    """Every flow of some rows, in their order."""
    return [flow_data(row) for row in rows]


def name_data(entry: AllowedName) -> Data:
    """One entry of the URL allow-list."""
    data: Data = {
        "fqdn": entry.fqdn,
        "destination": entry.destination.id,
        "ports": [{"port": port, "transport": transport} for port, transport in entry.ports],
        "sources": [source.id for source in entry.sources],
        "inferred": entry.inferred,
        "uncertain": entry.uncertain,
        "own": entry.own,
        "rules": list(entry.rules),
        "features": [name for name, _ in entry.features],
    }
    if entry.status is not None:
        data["change"] = entry.status
    return data


def finding_data(finding: Finding) -> Data:
    """One finding, in both languages."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": {"en": finding.message.en, "ja": finding.message.ja},
        "subjects": list(finding.subjects),
        "rules": list(finding.rules),
        "discrepancies": list(finding.discrepancies),
        "fix": None if finding.fix is None else {"en": finding.fix.label.en, "ja": finding.fix.label.ja},
    }


def comparison_data(rows: Iterable[Row], comparison: Comparison) -> Data:
    """What a comparison found: flows added and removed, and changed ones with the fields that differ."""
    by_status: dict[str, list[Data]] = {"added": [], "removed": [], "changed": []}
    for row in rows:
        if row.status in by_status:
            by_status[row.status].append(flow_data(row))
    return {**by_status, "unchanged": comparison.unchanged}

"""The JSON export: the flows as `portchart flows --json` gives them, with all else a report holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.plain import Data, finding_data, flows_data, json_text, name_data
from exports.report import Report

if TYPE_CHECKING:
    from exports.existing.judge import Answer


def write_json(report: Report) -> bytes:
    """UTF-8 JSON; the schema is `resources/schemas/flows.schema.json`."""
    data: Data = {
        "catalog": {
            "id": report.catalog.id,
            "version": report.catalog.version,
            "sha256": report.catalog_hash,
        },
        "design": {
            "title": report.design.title,
            "change_number": report.design.document.change_number,
            "sha256": report.design_hash,
        },
        "flows": flows_data(report.rows),
        "allow_list": [name_data(entry) for entry in report.allow_list],
        "findings": [finding_data(finding) for finding in report.findings],
    }
    if report.existing is not None:
        _lay_beside(data, report.existing)
    return json_text(data).encode()


def _lay_beside(data: Data, existing: Answer) -> None:
    """Put what existing rules mean for the flows, and the flows for the rules, into the data."""
    from exports.existing.plain import rules_data, verdict_data

    for flow in data["flows"]:
        verdict = existing.flows.get(flow["id"])
        if verdict is not None:  # a flow that is to go is none that rules are judged by
            flow["existing"] = verdict_data(verdict)
    data["existing"] = {
        "files": [{"name": each.name, "sha256": each.sha256} for each in existing.files],
        "rules": rules_data(existing),
    }

"""The JSON export: the flows as `portchart flows --json` gives them, with all else a report holds."""

from __future__ import annotations

from exports.plain import Data, finding_data, flows_data, json_text, name_data
from exports.report import Report


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
    return json_text(data).encode()

"""`portchart check`: the findings about a design."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter

from exports.command.opened import opened
from exports.command.terminal import write_bytes, write_text
from exports.plain import finding_data, json_text
from exports.tables import SEVERITY_NAMES
from model.findings import Finding, findings
from model.frozen import Language


def check(arguments: Namespace) -> int:
    """Print the findings of a design; 1 where one of them is an error, else 0."""
    found = findings(opened(arguments.design).graph)
    counts = Counter(finding.severity for finding in found)
    if arguments.json:
        data = {
            "findings": [finding_data(finding) for finding in found],
            "counts": {severity: counts[severity] for severity in SEVERITY_NAMES},
        }
        write_bytes(json_text(data).encode())
    else:
        write_text(_text(found, arguments.language))
    return 1 if counts["error"] else 0


def _text(found: tuple[Finding, ...], language: Language) -> str:
    lines = [line for finding in found for line in _lines(finding, language)]
    counts = Counter(finding.severity for finding in found)
    summary = (f"{SEVERITY_NAMES[each].text(language)}: {counts[each]}" for each in SEVERITY_NAMES)
    return "\n".join([*lines, ", ".join(summary)]) + "\n"


def _lines(finding: Finding, language: Language) -> list[str]:
    """The finding on one line; what it rests on and the fix below it, indented."""
    lines = [f"{SEVERITY_NAMES[finding.severity].text(language)}: {finding.message.text(language)}"]
    if finding.subjects:
        lines.append(f"    {', '.join(finding.subjects)}")
    if finding.rules or finding.discrepancies:
        lines.append(f"    {', '.join((*finding.rules, *finding.discrepancies))}")
    if finding.fix is not None:
        lines.append(f"    → {finding.fix.label.text(language)}")
    return lines

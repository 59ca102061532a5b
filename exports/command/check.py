"""`portchart check`: the findings about a design."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter

from exports.command.opened import opened
from exports.command.terminal import write_bytes, write_text
from exports.plain import finding_data, json_text
from exports.tables import SEVERITY_NAMES
from model.findings import Finding, findings
from model.findings.board import REJECTED, Rejected, rejections
from model.frozen import Language


def check(arguments: Namespace) -> int:
    """Print the findings of a design, and what a change board would reject; 1 where a finding is an error, else 0."""
    graph = opened(arguments.design).graph
    found, rejected = findings(graph), rejections(graph)
    counts = Counter(finding.severity for finding in found)
    if arguments.json:
        data = {
            "findings": [finding_data(finding) for finding in found],
            "rejections": [
                {**finding_data(each.finding), "flows": [flow.id for flow in each.flows]} for each in rejected
            ],
            "counts": {severity: counts[severity] for severity in SEVERITY_NAMES},
        }
        write_bytes(json_text(data).encode())
    else:
        write_text(_text(found, rejected, arguments.language))
    return 1 if counts["error"] else 0


def _text(found: tuple[Finding, ...], rejected: tuple[Rejected, ...], language: Language) -> str:
    lines = [line for finding in found for line in _lines(finding, language)]
    counts = Counter(finding.severity for finding in found)
    summary = (f"{SEVERITY_NAMES[each].text(language)}: {counts[each]}" for each in SEVERITY_NAMES)
    lines.append(", ".join(summary))
    if rejected:
        lines += ["", f"{REJECTED.text(language)}:"]
        lines += [f"    {each.finding.message.text(language)}" for each in rejected]
    return "\n".join(lines) + "\n"


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

"""The Markdown export: every table of a report, for wikis and pull requests."""

from __future__ import annotations

import re

from exports.report import Report
from exports.tables import Table, about_lines, tables

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$@]|:(?=//))")
_LINE_ENDS = re.compile(r"\s*[\r\n]+\s*")


def escaped(text: str) -> str:
    """A text that shows as it is: no markup, no link, one line."""
    return _LINE_ENDS.sub(" ", _SPECIAL.sub(r"\\\1", text))


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"


def _section(table: Table) -> list[str]:
    lines = [f"## {escaped(table.title)}", "", _row(table.headings), "|" + " --- |" * len(table.headings)]
    return [*lines, *(_row(row) for row in table.rows), ""]


def write_markdown(report: Report) -> bytes:
    """UTF-8 Markdown with pipe tables, one section a table."""
    lines = [f"# {escaped(report.title)}", ""]
    lines += [f"- {escaped(label)}: {escaped(text)}" for label, text in about_lines(report)]
    lines.append("")
    for table in tables(report):
        lines += _section(table)
    return ("\n".join(lines).rstrip("\n") + "\n").encode()

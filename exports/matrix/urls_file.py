"""The URL allow-list as text, one name a line: what proxies and FQDN filters read."""

from __future__ import annotations

from exports.report import Report
from exports.tables import about_lines


def write_urls(report: Report) -> bytes:
    """UTF-8 text: each FQDN once, sorted, after lines that begin with `#`. Names no longer needed are left out."""
    names = sorted({entry.fqdn for entry in report.allow_list if entry.status != "removed"})
    header = [f"# {label}: {text}" for label, text in about_lines(report)]
    return ("\n".join([*header, *names]) + "\n").encode()

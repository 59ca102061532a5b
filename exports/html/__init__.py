"""The HTML report: one file to open in any browser, with no reference to anything outside it.

Its content policy permits its own style and script by their digests and nothing else, so that no name in a design
can make a reader's browser run or fetch anything. Without the script every table and the picture are still there.
"""

from __future__ import annotations

from exports.report import Report


def write_html(report: Report) -> bytes:
    """The report as a UTF-8 HTML page, the same bytes for the same report."""
    from exports.html.page import page

    return page(report).encode()

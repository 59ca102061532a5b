"""The PDF report: title, vector topology, port matrix, URL allow-list, findings and citations.

Pages are laid out as values first (`document` and `sections`), then painted (`pages.paint`, `pages.write`), so that
every page knows how many there are.
"""

from __future__ import annotations

from exports.report import Report
from model.collecting import collection_paused


def write_pdf(report: Report) -> bytes:
    """The report as a PDF, the same bytes for the same report. Text can be copied; both fonts are embedded."""
    from exports.pdf.document import pages
    from exports.pdf.pages.write import write_pages

    with collection_paused():
        return write_pages(pages(report), report)

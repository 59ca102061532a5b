"""The report's sections in reading order, laid out as pages."""

from __future__ import annotations

from collections.abc import Callable

from exports.pdf.alternatives import add_alternatives
from exports.pdf.appendix import add_appendix, add_open_points
from exports.pdf.cover import add_contents, add_cover
from exports.pdf.decision import add_decision
from exports.pdf.delta import add_delta
from exports.pdf.footer import footer
from exports.pdf.marks import running
from exports.pdf.matrix import add_matrix
from exports.pdf.operations import add_contacts, add_dates
from exports.pdf.parts import Parts
from exports.pdf.reasons import add_reasons
from exports.pdf.refused import add_refused
from exports.pdf.risk import add_risk
from exports.pdf.scope import add_scope
from exports.pdf.sheets import Page, Sheets
from exports.pdf.split import add_topology
from exports.pdf.style import papers_of
from exports.pdf.urls import add_urls
from exports.pdf.work import add_back_out, add_steps, add_tests
from exports.report import Report

_SECTIONS: tuple[tuple[int, Callable[[Sheets, Parts], None]], ...] = (
    (1, add_decision),
    (2, add_scope),
    (3, add_topology),
    (4, add_delta),
    (5, add_matrix),
    (6, add_urls),
    (7, add_reasons),
    (8, add_risk),
    (9, add_alternatives),
    (10, add_refused),
    (11, add_steps),
    (12, add_tests),
    (13, add_back_out),
    (14, add_contacts),
    (15, add_dates),
    (16, add_open_points),
    (17, add_appendix),
)


def pages(report: Report) -> list[Page]:
    """Every page of the sections that are asked for, complete with what stands at its head and foot."""
    sheets, parts = Sheets(report.language, papers_of(report.profile)), Parts(report)
    cover = add_cover(sheets, parts) if report.choice.has(0) else None
    top = sheets.y
    for number, add in _SECTIONS:
        if report.choice.has(number):
            add(sheets, parts)
    if cover is not None:
        add_contents(cover, top, sheets.pages, report)
    for number, page in enumerate(sheets.pages, start=1):
        if page is not cover:
            page.items.extend(running(report.profile, page.paper))
        page.items.extend(footer(page, report, f"{number} / {len(sheets.pages)}"))
    return sheets.pages

"""The report's sections in reading order, laid out as pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from exports.pdf.pages.footer import footer
from exports.pdf.pages.marks import running
from exports.pdf.pages.sheets import Page, Sheets
from exports.pdf.pages.style import papers_of
from exports.pdf.sections import (
    alternatives,
    appendix,
    decision,
    delta,
    matrix,
    operations,
    reasons,
    refused,
    risk,
    scope,
    topology,
    urls,
    work,
)
from exports.pdf.sections.cover import add_contents, add_cover
from exports.pdf.sections.parts import Parts
from exports.pdf.sections.split import add_topology
from exports.report import Report
from model.frozen import Bilingual

COVER = Bilingual(en="Cover", ja="表紙")

_SECTIONS: tuple[tuple[int, Bilingual, Callable[[Sheets, Parts], None]], ...] = (
    (1, decision.TITLE, decision.add_decision),
    (2, scope.TITLE, scope.add_scope),
    (3, topology.TITLE, add_topology),
    (4, delta.TITLE, delta.add_delta),
    (5, matrix.TITLE, matrix.add_matrix),
    (6, urls.TITLE, urls.add_urls),
    (7, reasons.TITLE, reasons.add_reasons),
    (8, risk.TITLE, risk.add_risk),
    (9, alternatives.TITLE, alternatives.add_alternatives),
    (10, refused.TITLE, refused.add_refused),
    (11, work.STEPS, work.add_steps),
    (12, work.TESTS, work.add_tests),
    (13, work.BACK_OUT, work.add_back_out),
    (14, operations.CONTACTS, operations.add_contacts),
    (15, operations.DATES, operations.add_dates),
    (16, appendix.OPEN, appendix.add_open_points),
    (17, appendix.APPENDIX, appendix.add_appendix),
)

TITLES: Mapping[int, Bilingual] = {0: COVER, **{number: title for number, title, _ in _SECTIONS}}
"""The titles of the sections by number."""


def pages(report: Report) -> list[Page]:
    """Every page of the sections that are asked for, complete with what stands at its head and foot."""
    sheets, parts = Sheets(report.language, papers_of(report.profile)), Parts(report)
    cover = add_cover(sheets, parts) if report.choice.has(0) else None
    top = sheets.y
    for number, _, add in _SECTIONS:
        if report.choice.has(number):
            add(sheets, parts)
    if cover is not None:
        add_contents(cover, top, sheets.pages, report)
    for number, page in enumerate(sheets.pages, start=1):
        if page is not cover:
            page.items.extend(running(report.profile, page.paper))
        page.items.extend(footer(page, report, f"{number} / {len(sheets.pages)}"))
    return sheets.pages

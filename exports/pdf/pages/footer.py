"""The foot of every page: what the report is, the hashes of what it was made from, and the page."""

from __future__ import annotations

from exports.pdf.pages.sheets import Page
from exports.pdf.pages.style import RULE, SOFT, text_measure
from exports.report import Report
from model.shapes.geometry import Point
from model.shapes.primitives import Line, Primitive, Text


def footer(page: Page, report: Report, number: str) -> list[Primitive]:
    """The line at the foot of a page: title and change, hashes, page number."""
    paper, document = page.paper, report.design.document
    rule, base = paper.height - 36, paper.height - 24
    revision = f"rev {max(each.number for each in document.revisions)}" if document.revisions else ""
    rest = "".join(f" · {part}" for part in (document.change_number, revision) if part)
    hashes = f"design {short(report.design_hash)} · catalog {short(report.catalog_hash)}"
    measure = text_measure()
    left = (paper.width - measure.width(hashes, 7)) / 2 - paper.left - 10
    name = measure.elide(report.title, 7, left - measure.width(rest, 7))
    title = measure.elide(name + rest, 7, left)
    return [
        Line((Point(paper.left, rule), Point(paper.right, rule)), RULE, 0.5),
        Text(paper.left, base, title, 7, SOFT),
        Text(paper.width / 2, base, hashes, 7, SOFT, anchor="middle"),
        Text(paper.right, base, number, 7, SOFT, anchor="end"),
    ]


def short(digest: str) -> str:
    """The beginning of a digest: short enough to compare by eye."""
    return digest[:12]

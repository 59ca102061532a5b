"""The foot of every page: what the report is, the hashes of what it was made from, and the page."""

from __future__ import annotations

from exports.pdf.pages.sheets import Page
from exports.pdf.pages.style import RULE, SOFT, text_measure
from exports.report import Report
from model.shapes.geometry import Point
from model.shapes.primitives import Line, Primitive, Text

_GAP = 14.0
"""Between what stands at the foot, in points."""


def footer(page: Page, report: Report, number: str) -> list[Primitive]:
    """The line at the foot of a page: title and change, hashes, page number."""
    paper, document = page.paper, report.design.document
    rule, base = paper.height - 36, paper.height - 24
    revision = f"rev {max(each.number for each in document.revisions)}" if document.revisions else ""
    rest = "".join(f" · {part}" for part in (document.change_number, revision) if part)
    hashes = f"design {short(report.design_hash)} · catalog {short(report.catalog_hash)}"
    measure = text_measure()
    wide, end = measure.width(hashes, 7), paper.right - measure.width(number, 7)
    left = end - wide - 2 * _GAP - paper.left
    name = measure.elide(report.title, 7, left - measure.width(rest, 7))
    title = measure.elide(name + rest, 7, left)
    # In the middle, or further right where the title needs the room.
    middle = max(paper.width / 2, paper.left + measure.width(title, 7) + _GAP + wide / 2)
    return [
        Line((Point(paper.left, rule), Point(paper.right, rule)), RULE, 0.5),
        Text(paper.left, base, title, 7, SOFT),
        Text(middle, base, hashes, 7, SOFT, anchor="middle"),
        Text(paper.right, base, number, 7, SOFT, anchor="end"),
    ]


def short(digest: str) -> str:
    """The beginning of a digest: short enough to compare by eye."""
    return digest[:12]

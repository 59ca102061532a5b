"""Pages to bytes, with outline, links and metadata."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from exports.pdf.pages.archive import Said, declare
from exports.pdf.pages.fonts import bundled_fonts
from exports.pdf.pages.marks import Stamp, put_image
from exports.pdf.pages.paint import Form, Painter
from exports.pdf.pages.sheets import Page
from exports.report import Report

PRINTED = 4
"""The flag of annotations that an archived file asks for: shown, and not hidden in print."""


def write_pages(pages: Sequence[Page], report: Report) -> bytes:
    """The PDF of some pages."""
    fonts = bundled_fonts()
    from reportlab.pdfgen.canvas import Canvas

    data = io.BytesIO()
    # Any: the published types lack the document object, through which reportlab names the subsets of its fonts.
    canvas: Any = Canvas(data, invariant=1, pageCompression=1, lang=_language(report))
    said = Said(
        report.title,
        report.design.document.author,
        f"{report.catalog.title.en} · {report.design.document.change_number}".rstrip(" ·"),
        f"design {report.design_hash} catalog {report.catalog_hash}",
        "Portchart",
        "reportlab",
    )
    canvas.setTitle(said.title)
    canvas.setAuthor(said.author)
    canvas.setSubject(said.subject)
    canvas.setKeywords(said.keywords)
    canvas.setCreator(said.creator)
    canvas.setProducer(said.producer)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    painter = Painter(canvas._doc, fonts)
    known = {anchor for page in pages for anchor in page.anchors}
    for page in pages:
        paper = page.paper
        canvas.setPageSize((paper.width, paper.height))
        canvas.addLiteral(painter.page(page))
        canvas._formsinuse.extend(sorted(painter.used))
        for item in page.items:
            if isinstance(item, Stamp) and item.logo.vector is None:
                put_image(canvas, item, paper)
        for anchor, y in page.anchors.items():
            canvas.bookmarkPage(anchor, fit="XYZ", left=0, top=paper.height - y)
        for text, anchor in page.bookmarks:
            canvas.addOutlineEntry(text, anchor, level=0)
        for link in page.links:
            if link.anchor not in known:  # its section is left out
                continue
            rect = link.rect
            area = (rect.left, paper.height - rect.bottom, rect.right, paper.height - rect.top)
            canvas.linkRect("", link.anchor, area, relative=0, thickness=0, F=PRINTED)
        canvas.showPage()
    for form in painter.forms.values():
        _add_form(canvas._doc, form)
    declare(canvas._doc, said)
    canvas.save()
    return data.getvalue()


def _add_form(document: Any, form: Form) -> None:
    """Give reportlab's document object a shape that its pages share."""
    from reportlab.pdfbase.pdfdoc import PDFFormXObject

    shape: Any = PDFFormXObject(*form.bounds)  # Any: the published types lack what follows
    shape.setStreamList([form.operators])
    document.addForm(form.name, shape)


def _language(report: Report) -> str:
    return "ja" if report.language == "ja" else "en"

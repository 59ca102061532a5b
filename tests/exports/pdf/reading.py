"""PDFs read back with tools that had no part in writing them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pdfplumber
import pypdf

from exports.catalogs import catalog_file
from exports.choice import Choice
from exports.pdf import write_pdf
from exports.report import Report, report
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.design.columns import Shown
from model.design.design import Design
from model.design.profile import Profile
from tests.outputs import logos
from tests.reports import SAMPLES, as_is_report, compared_report, hostile_design, report_of, sample

LANGUAGES: tuple[Shown, ...] = ("en", "ja", "both")
NAMES = (*SAMPLES, "hostile", "compared")
CASES: list[tuple[str, Shown]] = [
    ("single-vpc", "en"),
    ("on-premises", "both"),
    ("air-gapped", "ja"),
    ("compared", "en"),
    ("compared", "both"),
    ("hostile", "both"),
]
"""Every report and every language, in as many pairs as it takes to see each with each sort of contents."""

Table = list[list[str]]


def compared(before: Design, after: Design) -> Report:
    """The report on a design beside another."""
    catalog = catalog_file()
    graphs = derive(before, catalog.catalog), derive(after, catalog.catalog)
    return report(graphs[1], catalog, "en", compare(*graphs))


def short_report(language: Shown) -> Report:
    """The short form of the report that compares."""
    return replace(compared_report(language), choice=Choice(frozenset({1, 3, 5})))


def large_report(language: Shown) -> Report:
    """A sample's report on A3, with a company's name and logo."""
    profile = Profile(company="株式会社サンプル", logo=logos()[1], paper="a3")
    return replace(report_of(sample("multi-vpc"), language), profile=profile)


def upright_report(language: Shown) -> Report:
    """Of the report that compares what differs most on upright pages: the cover, the decision and work to do."""
    about = replace(compared_report(language), profile=Profile(orientation="portrait"))
    return replace(about, choice=Choice(frozenset({0, 1, 2, 4, 7, 11, 12, 16, 17})))


def letter_report(language: Shown) -> Report:
    """The same sections, the matrix and the dates of a sample on Letter."""
    about = replace(report_of(sample("on-premises"), language), profile=Profile(paper="letter"))
    return replace(about, choice=Choice(frozenset({0, 1, 3, 5, 11, 12, 15})))


_MADE: dict[str, Callable[[Shown], Report]] = {
    "compared": compared_report,
    "as-is": as_is_report,
    "short": short_report,
    "a3": large_report,
    "upright": upright_report,
    "letter": letter_report,
}

EXACTLY = {"snap_tolerance": 0.5, "vertical_strategy": "lines_strict", "horizontal_strategy": "lines_strict"}
"""Tables below each other must not be taken for one because their columns nearly meet, nor marks for borders."""


@cache
def report_called(name: str, language: Shown, *sections: int) -> Report:
    """A sample's report, that of the hostile design, or the one that compares; with only some sections, if any."""
    if name in _MADE:
        found = _MADE[name](language)
    else:
        found = report_of(hostile_design() if name == "hostile" else sample(name), language)
    return replace(found, choice=Choice(frozenset(sections))) if sections else found


@cache
def pdf_of(name: str, language: Shown, *sections: int) -> bytes:
    """The PDF of a report."""
    return write_pdf(report_called(name, language, *sections))


@cache
def reader(name: str, language: Shown, *sections: int) -> pypdf.PdfReader:
    """The PDF of a report, opened by pypdf."""
    return pypdf.PdfReader(io.BytesIO(pdf_of(name, language, *sections)))


@cache
def plumbed(name: str, language: Shown, *sections: int) -> tuple[Any, ...]:
    """The pages of a report, opened by pdfplumber."""
    return tuple(pdfplumber.open(io.BytesIO(pdf_of(name, language, *sections))).pages)


def first_pages(name: str, language: Shown) -> list[int]:
    """By section number the page (from 0) on which it begins, from the outline."""
    opened = reader(name, language)
    starts = [opened.get_destination_page_number(entry) for entry in opened.outline]  # type: ignore[arg-type] # no nested entries
    assert all(start is not None for start in starts)
    return [start or 0 for start in starts]


@cache
def tables(name: str, language: Shown, section: int) -> tuple[Table, ...]:
    """The tables of a section, at least one per page, with their heading rows."""
    found = [table for page in plumbed(name, language, section) for table in page.extract_tables(EXACTLY)]
    return tuple([[cell or "" for cell in row] for row in table] for table in found)


def whole_rows(name: str, language: Shown, section: int, width: int) -> list[list[str]]:
    """The rows of a section's tables of some width, without spaces; a row that goes over to the next page as one."""
    found: list[list[str]] = []
    for table in tables(name, language, section):
        for row in table[1:]:
            if len(row) != width:
                continue
            cells = [squeezed(cell) for cell in row]
            if cells[0]:
                found.append(cells)
            else:
                found[-1] = [one + other for one, other in zip(found[-1], cells, strict=True)]
    return found


def squeezed(text: str) -> str:
    """A text without spaces and line breaks, which wrapping moves."""
    return "".join(text.split())


def text_of(about: Report, *sections: int) -> str:
    """The text of some sections, without blanks."""
    chosen = replace(about, choice=Choice(frozenset(sections)))
    opened = pypdf.PdfReader(io.BytesIO(write_pdf(chosen)))
    return squeezed("".join(page.extract_text() for page in opened.pages))


def lines_of(about: Report, section: int, *, cover: bool = False) -> list[str]:
    """The lines of a section as they stand on its pages, below the title page if asked for."""
    chosen = replace(about, choice=Choice(frozenset({section, *([0] if cover else [])})))
    opened = pypdf.PdfReader(io.BytesIO(write_pdf(chosen)))
    return [line for page in opened.pages for line in page.extract_text().splitlines()]


def numbers_in(text: str) -> set[int]:
    """The numbers that runs such as "1–3, 7" name."""
    found: set[int] = set()
    for part in text.replace(",", " ").split():
        first, _, last = part.partition("–")
        found.update(range(int(first), int(last or first) + 1))
    return found

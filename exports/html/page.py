"""The page: head with its content policy, then the sections in reading order."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

import resources
from exports.html.colours import variables
from exports.html.diagram import diagram
from exports.html.opening import opening
from exports.html.tables import Sheet, written
from exports.html.words import (
    ABOUT,
    CHANGES,
    CITATIONS,
    CLEAR,
    DIAGRAM,
    EXISTING,
    FINDINGS,
    HELP,
    MATRIX,
    NO_CHANGE,
    ONLY_SELECTED,
    SELECTED,
    SORT,
    SOURCE,
    UNCLEAR,
    URLS,
    said,
)
from exports.markup import escaped
from exports.report import Report
from exports.tables import ALTERED, about_lines, finding_columns, source_columns
from model.catalog.rules import Discrepancy, Rule
from model.design.columns import Column
from model.findings import Finding
from model.frozen import Bilingual
from model.tables.allowlist import ALLOW_COLUMNS, AllowedName
from model.tables.columnsets import columns_of
from model.tables.matrix import Row

if TYPE_CHECKING:
    from exports.existing.judge import Answer, RuleVerdict

_FOLDED = frozenset({"flow-id", "source-ip", "destination-ip", "direction", "condition", "device"})
"""Columns of the matrix that wait until they are asked for: the rest fits a screen."""
_CHOICES = ("change", "as-is", "source-zone", "destination-zone", "transport", "necessity")


def page(report: Report) -> str:
    """The text of the page."""
    style = variables() + resources.text("html/report.css")
    script = resources.text("html/report.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        f"{_pictures(report)}base-uri 'none'; form-action 'none'"
    )
    language = "ja" if report.language == "ja" else "en"
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{language}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="generator" content="Portchart">',
        f"<title>{escaped(report.title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        *_body(report),
        f"<script>{script}</script>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _pictures(report: Report) -> str:
    """What the policy says of pictures: a logo that is one comes along as data."""
    logo = report.profile.logo
    return "img-src data:; " if logo is not None and logo.vector is None else ""


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"


def _body(report: Report) -> Iterator[str]:
    yield from opening(report, tuple(_contents(report)))
    yield f'<main data-sort="{said(SORT, report.language)}">'
    yield from diagram(report)
    yield from _selection(report)
    if report.comparison is not None:
        yield from _changes(report)
    yield from _matrix(report)
    if report.existing is not None:
        yield from _existing(report, report.existing)
    yield from _urls(report)
    yield from _findings(report)
    yield from _citations(report)
    yield "</main>"
    yield from _about(report)


def _contents(report: Report) -> Iterator[tuple[str, Bilingual]]:
    yield "diagram", DIAGRAM
    if report.comparison is not None:
        yield "changes", CHANGES
    yield "matrix", MATRIX
    if report.existing is not None:
        yield "existing", EXISTING
    yield from (
        ("urls", URLS),
        ("findings", FINDINGS),
        ("citations", CITATIONS),
        ("about", ABOUT),
    )


def _selection(report: Report) -> Iterator[str]:
    """The bar that says what is selected; the script fills it."""
    words = report.language
    yield '<div id="selection" class="tools" data-script hidden>'
    yield f'<p class="note help">{said(HELP, words)}</p>'
    yield f'<p class="selected" hidden><b>{said(SELECTED, words)}</b> <output aria-live="polite"></output></p>'
    yield f'<label class="selected" hidden><input type="checkbox" data-only> {said(ONLY_SELECTED, words)}</label>'
    yield f'<button type="button" class="selected" data-clear hidden>{said(CLEAR, words)}</button>'
    yield "</div>"


def _row_lights(row: Row) -> tuple[str, ...]:
    source, destination = row.flow.source, row.flow.destination
    return f"connector:{source}>{destination}", f"component:{source}", f"component:{destination}"


def _matrix_columns(report: Report) -> list[Column[Row]]:
    """The columns asked for; without a baseline there is no change to tell."""
    chosen = columns_of(report.choice.columns)
    return [column for column in chosen if column.id != "change" or report.comparison is not None]


def _rules(report: Report) -> frozenset[str]:
    return frozenset(rule.id for rule in report.rules)


def _changes(report: Report) -> Iterator[str]:
    yield '<section id="changes">'
    yield f"<h2>{said(CHANGES, report.language)}</h2>"
    changed = [row for row in report.rows if row.status != "unchanged"]
    if not changed:
        yield f"<p>{said(NO_CHANGE, report.language)}</p>"
    if report.altered:
        yield f"<h3>{said(ALTERED, report.language)}</h3>"
        yield f"<ul>{''.join(f'<li>{said(each, report.language)}</li>' for each in report.altered)}</ul>"
    if changed:
        sheet = Sheet(
            "changes",
            _matrix_columns(report),
            changed,
            lights=_row_lights,
            status=lambda row: row.status,
            key=lambda row: row.id,
            folded=_FOLDED,
            linked="rules",
        )
        yield from written(sheet, CHANGES, report.language, _rules(report))
    yield "</section>"


def _matrix(report: Report) -> Iterator[str]:
    yield '<section id="matrix">'
    yield f"<h2>{said(MATRIX, report.language)}</h2>"
    sheet = Sheet(
        "matrix",
        _matrix_columns(report),
        report.rows,
        lights=_row_lights,
        status=lambda row: row.status,
        key=lambda row: row.id,
        choices=_CHOICES,
        folded=_FOLDED,
        linked="rules",
    )
    yield from written(sheet, MATRIX, report.language, _rules(report))
    yield "</section>"


def _existing(report: Report, answer: Answer) -> Iterator[str]:
    from exports.existing.shown import RULE_COLUMNS, counted, in_order

    by_id = {row.id: row for row in report.rows}

    def lights(rule: RuleVerdict) -> Iterator[str]:
        for name in rule.flows:
            yield from _row_lights(by_id[name])

    yield '<section id="existing">'
    yield f"<h2>{said(EXISTING, report.language)}</h2>"
    yield f"<p>{said(counted(answer), report.language)}</p>"
    sheet = Sheet("existing", RULE_COLUMNS, in_order(answer), lights=lights, choices=("filter", "verdict"))
    yield from written(sheet, EXISTING, report.language, frozenset())
    yield "</section>"


def _urls(report: Report) -> Iterator[str]:
    def lights(entry: AllowedName) -> Iterator[str]:
        yield f"component:{entry.destination.id}"
        for source in entry.sources:
            yield f"component:{source.id}"
            yield f"connector:{source.id}>{entry.destination.id}"

    yield '<section id="urls">'
    yield f"<h2>{said(URLS, report.language)}</h2>"
    sheet = Sheet(
        "urls",
        [column for column in ALLOW_COLUMNS if column.id != "change" or report.comparison is not None],
        report.allow_list,
        lights=lights,
        status=lambda entry: entry.status,
        choices=("change", "destination", "standing"),
        linked="rules",
    )
    yield from written(sheet, URLS, report.language, _rules(report))
    yield "</section>"


def _findings(report: Report) -> Iterator[str]:
    design = report.design

    def lights(finding: Finding) -> Iterator[str]:
        for name in finding.subjects:
            yield f"component:{name}" if name in design.component_by_id else f"zone:{name}"

    yield '<section id="findings">'
    yield f"<h2>{said(FINDINGS, report.language)}</h2>"
    sheet = Sheet(
        "findings",
        finding_columns(report.graph),
        report.findings,
        lights=lights,
        status=lambda finding: finding.severity,
        choices=("severity",),
        linked="rules",
    )
    yield from written(sheet, FINDINGS, report.language, _rules(report))
    yield "</section>"


def _citations(report: Report) -> Iterator[str]:
    words, title = report.language, report.catalog.document.title
    yield '<section id="citations">'
    yield f"<h2>{said(CITATIONS, words)}</h2>"
    yield f"<p>{said(title, words)}. {said(SOURCE, words)}</p>"
    sources: Sheet[Rule] = Sheet(
        "rule", source_columns(report.catalog), report.rules, key=lambda rule: rule.id
    )
    yield from written(sources, CITATIONS, words, frozenset())
    unclear = report.discrepancies
    if unclear:
        yield f"<h3>{said(UNCLEAR, words)}</h3>"
        yield from written(Sheet("unclear", _DISCREPANCY, unclear), UNCLEAR, words, frozenset())
    yield "</section>"


_DISCREPANCY: tuple[Column[Discrepancy], ...] = (
    Column("number", Bilingual(en="No.", ja="番号"), lambda each: each.id, 6),
    Column("question", Bilingual(en="Question", ja="不明点"), lambda each: each.subject, 60),
    Column("reading", Bilingual(en="Our reading", ja="解釈"), lambda each: each.reading, 90),
    Column("rules", Bilingual(en="Rules", ja="根拠ルール"), lambda each: ", ".join(each.rules) or "—", 14),
)


def _about(report: Report) -> Iterator[str]:
    yield '<footer id="about">'
    yield f"<h2>{said(ABOUT, report.language)}</h2>"
    yield "<dl>"
    for label, text in about_lines(report):
        yield f"<dt>{escaped(label)}</dt><dd>{escaped(text)}</dd>"
    yield "</dl>"
    yield "</footer>"

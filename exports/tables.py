"""The tables of a report as plain texts: what the spreadsheet, CSV and Markdown writers lay out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from exports.report import Report
from model.catalog.catalog import Catalog
from model.catalog.rules import Rule, Severity
from model.derivation.graph import FlowGraph
from model.design.columns import Column, Shown, same, shown
from model.findings import Finding
from model.frozen import Bilingual
from model.tables.allowlist import ALLOW_COLUMNS
from model.tables.columnsets import WRITTEN, columns_of

if TYPE_CHECKING:
    from exports.existing.judge import Answer

RowType = TypeVar("RowType")

SEVERITY_NAMES: dict[Severity, Bilingual] = {
    "error": Bilingual(en="error", ja="エラー"),
    "warning": Bilingual(en="warning", ja="警告"),
    "information": Bilingual(en="information", ja="情報"),
}
ALTERED = Bilingual(en="What changes in the design", ja="設計の変更点")
NONE = Bilingual(en="none", ja="なし")


class Table(NamedTuple):
    """A title, one heading and one width (in characters) per column, and rows of texts of the same length.

    `written`: the places of the columns that people write into.
    """

    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    written: frozenset[int] = frozenset()


def table(
    title: Bilingual, columns: tuple[Column[RowType], ...], items: Iterable[RowType], report: Report
) -> Table:
    """The table of some items, in the report's languages for headings and for cells."""
    language = report.language
    return Table(
        _title(title, language),
        tuple(column.title(report.headings) for column in columns),
        tuple(column.width for column in columns),
        tuple(tuple(column.cell(item, language) for column in columns) for item in items),
    )


def _title(title: Bilingual, language: Shown) -> str:
    return f"{title.en} {title.ja}" if language == "both" else shown(title, language)


def finding_columns(graph: FlowGraph) -> tuple[Column[Finding], ...]:
    """The columns of the findings of a graph."""

    def subjects(finding: Finding) -> Bilingual:
        names = [_subject(graph, name) for name in finding.subjects]
        return same(", ".join(names)) if names else Bilingual(en="the design", ja="設計全体")

    def fix(finding: Finding) -> Bilingual:
        return finding.fix.label if finding.fix is not None else NONE

    return (
        Column("severity", Bilingual(en="Severity", ja="重要度"), _severity, 13, True),
        Column("message", Bilingual(en="Finding", ja="確認事項"), lambda each: each.message, 80, True),
        Column("subjects", Bilingual(en="About", ja="対象"), subjects, 30, True),
        Column("fix", Bilingual(en="Fix", ja="対処"), fix, 30),
        Column("rules", Bilingual(en="Rules", ja="根拠ルール"), lambda each: _ids(each.rules), 14),
        Column(
            "discrepancies",
            Bilingual(en="Discrepancies", ja="文書の不明点"),
            lambda each: _ids(each.discrepancies),
            16,
        ),
        Column("code", Bilingual(en="Code", ja="コード"), lambda each: each.code, 26),
    )


def _subject(graph: FlowGraph, name: str) -> str:
    component, zone = graph.design.component_by_id.get(name), graph.design.zone_by_id.get(name)
    found = component or zone
    return found.name if found is not None else name


def _severity(finding: Finding) -> Bilingual:
    return SEVERITY_NAMES[finding.severity]


def _ids(names: tuple[str, ...]) -> Bilingual:
    return same(", ".join(names)) if names else NONE


def source_columns(catalog: Catalog) -> tuple[Column[Rule], ...]:
    """The columns of the rules cited: where each is printed, and our reading of it."""

    def printed(rule: Rule) -> Bilingual:
        return catalog.document.tables[rule.citation.table]

    def purpose(rule: Rule) -> Bilingual:
        return catalog.purpose_by_id[rule.purpose].name

    return (
        Column("rule", Bilingual(en="Rule", ja="ルール"), lambda rule: rule.id, 8, True),
        Column("table", Bilingual(en="Table", ja="表"), printed, 28, True),
        Column("row", Bilingual(en="Row", ja="行"), lambda rule: str(rule.citation.row), 6, True),
        Column("lines", Bilingual(en="Lines", ja="行番号"), lambda rule: lines_text(rule), 18, True),
        Column("purpose", Bilingual(en="Purpose", ja="用途"), purpose, 18),
        Column("reading", Bilingual(en="Our reading", ja="解釈"), lambda rule: rule.reading, 90, True),
        Column(
            "discrepancies",
            Bilingual(en="Discrepancies", ja="文書の不明点"),
            lambda rule: _ids(rule.discrepancies),
            16,
        ),
    )


def lines_text(rule: Rule) -> str:
    """The lines of the source text that a rule cites, runs shortened: "134–154, 160"."""
    runs: list[list[int]] = []
    for line in rule.citation.lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], line]
        else:
            runs.append([line])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def matrix_table(report: Report) -> Table:
    """The port matrix, with the blocks of columns that are asked for."""
    columns = columns_of(report.choice.columns)
    made = table(Bilingual(en="Matrix", ja="通信要件一覧"), columns, report.rows, report)
    return made._replace(written=frozenset(n for n, column in enumerate(columns) if column in WRITTEN))


def allow_table(report: Report) -> Table:
    """The URL allow-list."""
    title = Bilingual(en="URL allow-list", ja="URL許可リスト")
    return table(title, ALLOW_COLUMNS, report.allow_list, report)


def findings_table(report: Report) -> Table:
    """The findings."""
    columns = finding_columns(report.graph)
    return table(Bilingual(en="Findings", ja="確認事項"), columns, report.findings, report)


def sources_table(report: Report) -> Table:
    """The rules cited."""
    columns = source_columns(report.catalog)
    return table(Bilingual(en="Sources", ja="根拠資料"), columns, report.rules, report)


def existing_table(report: Report, answer: Answer) -> Table:
    """The existing rules, and what the flows mean for each."""
    from exports.existing.shown import RULE_COLUMNS, in_order

    return table(Bilingual(en="Existing rules", ja="既存ルール"), RULE_COLUMNS, in_order(answer), report)


def about_lines(report: Report) -> tuple[tuple[str, str], ...]:
    """What identifies the report, as (label, text)."""
    return tuple((_title(label, report.language), text) for label, text in report.about)


def tables(report: Report) -> tuple[Table, ...]:
    """Every table of a report, in reading order."""
    found = matrix_table(report), allow_table(report), findings_table(report), sources_table(report)
    return found if report.existing is None else (*found, existing_table(report, report.existing))

"""Existing rules beside the flows, a part of section 5: what is missing, what is open too widely, what is surplus."""

from __future__ import annotations

from collections.abc import Sequence

from exports.existing.judge import Answer, RuleVerdict
from exports.existing.shown import RULE_COLUMNS, counted, in_order
from exports.pdf.pages.sheets import Sheets, stacked
from exports.pdf.pages.table import TableRow, flow_table, headings_of, rows_of
from exports.pdf.sections.linked import linking
from exports.pdf.sections.numbers import NUMBER, pair_of
from exports.pdf.sections.parts import Parts
from model.design.columns import Column, same
from model.frozen import Bilingual
from model.tables.columnsets import AS_IS, KNOWN
from model.tables.matrix import Row
from model.tables.standing import WORDS, FlowWord

TITLE = Bilingual(en="Compared with existing rules", ja="既存ルールとの比較")
FLOWS = Bilingual(
    en="Flows that existing rules do not permit as they should", ja="既存ルールに過不足のある通信"
)
RULES = Bilingual(
    en="Existing rules to narrow, to remove or to look at", ja="縮小・削除・確認が必要な既存ルール"
)
ALL_PERMITTED = Bilingual(
    en="Every flow is permitted, and no rule is wider than needed, surplus or unjudged.",
    ja="すべての通信が許可済みで、過剰・不要・判定不能なルールはありません。",
)
_TO_SETTLE: tuple[FlowWord, ...] = ("missing", "wide", "unknown")
_COLUMNS: tuple[Column[Row], ...] = (
    *(
        KNOWN[name]
        for name in "flow-id source source-ip destination destination-ip destination-fqdn transport port".split()
    ),
    *AS_IS,
)


def add_existing(sheets: Sheets, parts: Parts, answer: Answer) -> None:
    """Lay the comparison out, below a heading of its own."""
    sheets.sub(TITLE)
    sheets.remark(counted(answer))
    for each in answer.files:
        sheets.remark(same(f"{each.name}: SHA-256 {each.sha256}"))
    flows = {
        word: [row for row in parts.rows if row.standing and row.standing.word == word] for word in WORDS
    }
    rows = [row for word in _TO_SETTLE for row in flows[word]]
    rules = [rule for rule in in_order(answer) if rule.word != "needed"]
    if not rows and not rules:
        sheets.remark(ALL_PERMITTED)
    if rows:
        sheets.sub(FLOWS)
        _flows(sheets, parts, rows)
    if rules:
        sheets.sub(RULES)
        _rules(sheets, parts, rules)


def _flows(sheets: Sheets, parts: Parts, rows: Sequence[Row]) -> None:
    language = parts.report.language
    texts = [
        TableRow((str(parts.numbers[pair_of(row)]), *cells.cells))
        for row, cells in zip(rows, rows_of(_COLUMNS, rows, language), strict=True)
    ]
    headings = (stacked(NUMBER, language), *headings_of(_COLUMNS, language))
    flow_table(sheets, headings, texts, bold=(0, len(_COLUMNS) - 1), placed=linking(sheets, parts, rows))


def _rules(sheets: Sheets, parts: Parts, rules: Sequence[RuleVerdict]) -> None:
    language = parts.report.language
    flow_table(
        sheets, headings_of(RULE_COLUMNS, language), rows_of(RULE_COLUMNS, rules, language), bold=(0, 2)
    )

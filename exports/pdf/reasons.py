"""Section 7, why: each rule with its citation, our reading in both languages, and the values of its conditions."""

from __future__ import annotations

from exports.pdf.numbers import NUMBER, numbers_of
from exports.pdf.parts import Parts
from exports.pdf.sheets import Sheets
from exports.pdf.table import plain_table
from model.explain import citation_text, condition_lines, why
from model.frozen import Bilingual
from model.matrix import ALWAYS, Row

TITLE = Bilingual(en="Justification", ja="必要理由・根拠")
SOURCE = Bilingual(
    en="Each rule is one row of the vendor's document. The readings are ours, in our words. "
    "✓ and × say whether a part of a condition holds.",
    ja="各ルールは、ベンダー文書の表の1行に対応します。解釈は当方の言葉によるものです。"
    "✓ と × は、条件の各部分が成り立つかどうかを示します。",
)
NO_RULE = Bilingual(en="No rule is cited.", ja="引用するルールはありません。")
_VALUES_SHOWN = 3
"""Conditions that hold in different ways are shown so many times; the flows behind them are alike."""


def add_reasons(sheets: Sheets, parts: Parts) -> None:
    """Lay the section out."""
    report = parts.report
    sheets.begin(7, TITLE)
    if not report.rules:
        sheets.remark(NO_RULE)
        return
    title = report.catalog.document.title
    sheets.remark(Bilingual(en=f"{title.en}. {SOURCE.en}", ja=f"{title.ja}。{SOURCE.ja}"))
    values = condition_values(parts)
    citing: dict[str, list[Row]] = {}
    for row in report.rows:
        for rule in row.flow.basis.rules:
            citing.setdefault(rule, []).append(row)
    rows = [
        (
            rule.id,
            citation_text(report.catalog, rule.citation),
            f"{rule.reading.en}\n{rule.reading.ja}",
            _joined(values.get(rule.id, [])),
            numbers_of(citing[rule.id], parts.numbers),
        )
        for rule in report.rules
    ]
    headings = (
        Bilingual(en="Rule", ja="ルール"),
        Bilingual(en="Citation", ja="出典"),
        Bilingual(en="Our reading", ja="解釈"),
        Bilingual(en="Condition and its value", ja="条件とその値"),
        NUMBER,
    )
    plain_table(sheets, headings, rows)


def condition_values(parts: Parts) -> dict[str, list[Bilingual]]:
    """By rule: its condition with the value of every part, once for each way in which it holds."""
    report = parts.report
    found: dict[str, list[Bilingual]] = {}
    graph, seen = report.graph, set()
    for row in parts.rows:
        # Flows whose ends see the same rules hold for the same reasons.
        alike = (
            id(row.flow.basis),
            id(graph.subjects[row.flow.source]),
            id(graph.subjects[row.flow.destination]),
        )
        if alike in seen:
            continue
        seen.add(alike)
        for reason in why(graph, row.flow).reasons:
            if reason.condition is None:
                continue
            text = Bilingual(
                en="\n".join(condition_lines(report.catalog, reason.condition, "en")),
                ja="\n".join(condition_lines(report.catalog, reason.condition, "ja")),
            )
            known = found.setdefault(reason.rule.id, [])
            if text not in known:
                known.append(text)
    return found


def _joined(values: list[Bilingual]) -> Bilingual:
    if not values:
        return ALWAYS
    shown, more = values[:_VALUES_SHOWN], len(values) - _VALUES_SHOWN
    rest = f"\n… +{more}" if more > 0 else ""
    return Bilingual(
        en="\n".join(each.en for each in shown) + rest, ja="\n".join(each.ja for each in shown) + rest
    )

"""Section 7, why: each rule with its citation, our reading in both languages, and the values of its conditions.

It holds every rule that a section names, so that no reference leads nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from exports.pdf.pages.sheets import Sheets
from exports.pdf.pages.table import plain_table
from exports.pdf.sections.numbers import NUMBER, numbers_of
from exports.pdf.sections.parts import Parts
from model.catalog.catalog import Catalog
from model.catalog.condition import Trace
from model.explain import citation_text, condition_parts, why
from model.frozen import Bilingual, Language
from model.tables.matrix import Row
from model.tables.reason import ALWAYS
from model.tables.wording import worded

TITLE = Bilingual(en="Justification", ja="必要理由・根拠")
SOURCE = Bilingual(
    en="Each rule is one row of the vendor's document. The readings are ours, in our words. "
    "✓ and × say whether a part of a condition holds, one mark for each group of numbers.",
    ja="各ルールは、ベンダー文書の表の 1 行に対応します。解釈は当方の言葉によるものです。"
    "✓ と × は、条件の各部分が成り立つかどうかを、通信の番号の組ごとに示します。",
)
NO_RULE = Bilingual(en="No rule is cited.", ja="引用するルールはありません。")
NO_FLOW = Bilingual(en="no flow of the matrix", ja="通信要件一覧に該当する通信なし")
"""Of a rule that only a finding or another rule's reading names."""
AS_EARLIER = ("as for {rule}, with the same values", "{rule} と同じ（値も同じ）")
_LONG = 3
"""A condition with so many line breaks is said once."""
_WAYS_SHOWN = 4
"""Of a condition that holds in different ways, so many are shown; the flows behind the rest are alike."""


def add_reasons(sheets: Sheets, parts: Parts) -> None:
    """Lay the section out."""
    report = parts.report
    sheets.begin(7, TITLE)
    if not report.rules:
        sheets.remark(NO_RULE)
        return
    title = report.catalog.document.title
    sheets.remark(Bilingual(en=f"{title.en}. {SOURCE.en}", ja=f"{title.ja}。{SOURCE.ja}"))
    first_to_last: tuple[Language, ...] = ("ja", "en") if report.language == "ja" else ("en", "ja")
    conditions = _conditions(parts)
    citing: dict[str, list[Row]] = {}
    for row in report.rows:
        for rule in row.flow.basis.rules:
            citing.setdefault(rule, []).append(row)
    rows = [
        (
            rule.id,
            citation_text(report.catalog, rule.citation),
            "\n".join(rule.reading.text(each) for each in first_to_last),
            conditions[rule.id] if rule.id in citing else NO_FLOW,
            numbers_of(citing.get(rule.id, ()), parts.numbers) or "—",
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
    plain_table(sheets, headings, rows, hanging=(3,))


def _conditions(parts: Parts) -> dict[str, Bilingual]:
    """By rule: its condition; a long one that an earlier rule has with the same values is not said again."""
    ways = condition_ways(parts)
    found: dict[str, Bilingual] = {}
    first: dict[Bilingual, str] = {}
    for rule in parts.report.rules:
        text = _joined(ways.get(rule.id, {}), parts)
        earlier = first.setdefault(text, rule.id)
        again = earlier != rule.id and text.en.count("\n") >= _LONG
        found[rule.id] = worded(*AS_EARLIER, rule=earlier) if again else text
    return found


def condition_ways(parts: Parts) -> dict[str, dict[Way, list[Row]]]:
    """By rule: the ways in which its condition holds, each with the flows that it holds for so."""
    report = parts.report
    graph = report.graph
    found: dict[str, dict[Way, list[Row]]] = {}
    seen: dict[tuple[int, int, int], list[tuple[str, Way]]] = {}
    for row in parts.rows:
        # Flows whose ends see the same rules hold for the same reasons.
        alike = (
            id(row.flow.basis),
            id(graph.subjects[row.flow.source]),
            id(graph.subjects[row.flow.destination]),
        )
        if alike not in seen:
            seen[alike] = [
                (reason.rule.id, _way(report.catalog, reason.condition))
                for reason in why(graph, row.flow).reasons
                if reason.condition is not None
            ]
        for rule, way in seen[alike]:
            found.setdefault(rule, {}).setdefault(way, []).append(row)
    return found


def _way(catalog: Catalog, traced: Trace) -> Way:
    return tuple(
        Part(depth, part.holds, text.en, text.ja) for depth, part, text in condition_parts(catalog, traced)
    )


def _joined(ways: Mapping[Way, list[Row]], parts: Parts) -> Bilingual:
    """A condition as indented lines; where it holds in several ways, each line with the marks of all."""
    if not ways:
        return ALWAYS
    alike: dict[tuple[tuple[int, str], ...], list[Way]] = {}
    for way in ways:
        alike.setdefault(tuple((part.depth, part.en) for part in way), []).append(way)
    heads: list[Bilingual] = []
    for several in alike.values():
        shown, more = several[:_WAYS_SHOWN], len(several) - _WAYS_SHOWN
        if len(ways) > 1:
            numbers = " | ".join(numbers_of(ways[way], parts.numbers) for way in shown)
            rest = f" | … +{more}" if more > 0 else ""
            heads.append(Bilingual(en=f"No. {numbers}{rest}:", ja=f"番号 {numbers}{rest}:"))
        for line in zip(*shown, strict=True):
            marks = " ".join("✓" if part.holds else "×" for part in line)
            start = f"{'  ' * line[0].depth}{marks}"
            heads.append(Bilingual(en=f"{start} {line[0].en}", ja=f"{start} {line[0].ja}"))
    return Bilingual(en="\n".join(each.en for each in heads), ja="\n".join(each.ja for each in heads))


class Part(NamedTuple):
    """A part of a condition: how deep it lies, whether it holds, what it says."""

    depth: int
    holds: bool
    en: str
    ja: str


Way = tuple[Part, ...]
"""A condition with the values of all its parts."""

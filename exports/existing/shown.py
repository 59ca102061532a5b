"""How flows and existing rules stand with each other, as tables and sentences show it."""

from __future__ import annotations

from collections import Counter

from exports.existing.judge import RULE_WORDS, Answer, RuleVerdict, RuleWord
from model.design.columns import COMMA, Column, listed, same
from model.frozen import Bilingual
from model.tables.standing import WORDS

_ORDER: tuple[RuleWord, ...] = ("surplus", "wide", "unjudged", "hidden", "needed")
"""What is to be done something about comes first."""
_NONE = Bilingual(en="none", ja="なし")
_WHY = {
    "surplus": Bilingual(en="no flow of the design needs it", ja="この設計の通信には不要"),
    "wide": Bilingual(
        en="it also lets pass what no flow of the design needs", ja="この設計に不要な通信も許可している"
    ),
    "hidden": Bilingual(
        en="rules before it decide about everything it is about", ja="先行するルールがすべてを判定している"
    ),
    "needed": Bilingual(en="flows need all that it lets pass", ja="許可範囲のすべてが通信に必要"),
}


def _filter(each: RuleVerdict) -> Bilingual:
    return same(each.filter) if each.filter else _NONE


def _flows(each: RuleVerdict) -> Bilingual:
    return same(", ".join(each.flows)) if each.flows else _NONE


RULE_COLUMNS: tuple[Column[RuleVerdict], ...] = (
    Column("existing-rule", Bilingual(en="Rule", ja="ルール"), lambda each: each.label, 24),
    Column("filter", Bilingual(en="Filter", ja="フィルター"), _filter, 24),
    Column("verdict", Bilingual(en="Verdict", ja="判定"), lambda each: RULE_WORDS[each.word], 14),
    Column("why", Bilingual(en="Why", ja="理由"), lambda each: each.reason or _WHY[each.word], 44),
    Column("flows", Bilingual(en="Flows that need it", ja="必要とする通信"), _flows, 44),
)
"""The columns of existing rules."""


def in_order(answer: Answer) -> tuple[RuleVerdict, ...]:
    """The rules, those first that are to be removed or narrowed."""
    return tuple(sorted(answer.rules, key=lambda each: _ORDER.index(each.word)))


def counted(answer: Answer) -> Bilingual:
    """How many flows and rules there are of each verdict, in two sentences."""
    rules = Counter(each.word for each in answer.rules)
    flows = _listed([(text, answer.count(word)) for word, text in WORDS.items()])
    found = _listed([(RULE_WORDS[word], rules[word]) for word in _ORDER])
    return Bilingual(
        en=f"Flows: {flows.en}. Rules that permit: {found.en}.",
        ja=f"通信: {flows.ja}。許可ルール: {found.ja}。",
    )


def _listed(counts: list[tuple[Bilingual, int]]) -> Bilingual:
    texts = [Bilingual(en=f"{text.en} {count}", ja=f"{text.ja} {count}") for text, count in counts if count]
    return listed(texts, COMMA) if texts else _NONE

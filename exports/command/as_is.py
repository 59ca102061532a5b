"""`portchart as-is`: existing rules judged by the flows of a design."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from exports.command.opened import opened
from exports.command.terminal import aligned, write_bytes, write_text
from exports.existing.judge import RULE_WORDS, Answer, judge
from exports.existing.plain import answer_data
from exports.existing.read import attachments, read_existing
from exports.plain import json_text
from model.derivation.graph import FlowGraph
from model.frozen import Language
from model.tables.standing import WORDS

_HEADING = {
    "en": ("Flow ID", "Source", "Destination", "Port", "As is", "Rules"),
    "ja": ("通信ID", "送信元", "宛先", "ポート", "現状", "ルール"),
}
_RULE_HEADING = {"en": ("Rule", "Filter", "Verdict", "Why"), "ja": ("ルール", "フィルター", "判定", "理由")}
_QUIET = ("needed", "hidden")
_MOST_LABELS = 5


def as_is(arguments: Namespace) -> int:
    """Print what the rules mean for the flows, and the flows for the rules; 1 where they differ, else 0."""
    graph = opened(arguments.design).graph
    attached = attachments(arguments.groups)
    paths = [Path(each) for each in arguments.rules]
    answer = judge(graph, read_existing(paths, graph, at=arguments.at, attached=attached))
    if arguments.json:
        write_bytes(json_text(answer_data(answer)).encode())
    else:
        write_text(_text(graph, answer, arguments.language))
    return 1 if differs(answer) else 0


def differs(answer: Answer) -> bool:
    """Whether a flow is missing or permitted too widely, or hangs on a rule that nobody can judge, or a rule opens what
    no flow needs.
    """
    flows = {each.word for each in answer.flows.values() if each.word != "unknown" or each.rules}
    rules = {each.word for each in answer.rules}
    return bool(flows - {"permitted"} or rules & {"wide", "surplus"})


def _text(graph: FlowGraph, answer: Answer, language: Language) -> str:
    flows = []
    for flow in graph.network:
        verdict = answer.flows[flow.id]
        why = verdict.reason.text(language) if verdict.reason is not None else _labels(verdict.rules)
        word = WORDS[verdict.word].text(language)
        flows.append((flow.id, flow.source, flow.destination, f"{flow.port}/{flow.transport}", word, why))
    text = aligned(_HEADING[language], flows) if flows else ""
    rules = [
        (
            each.label,
            each.filter,
            RULE_WORDS[each.word].text(language),
            each.reason.text(language) if each.reason else "",
        )
        for each in answer.rules
        if each.word not in _QUIET
    ]
    if rules:
        text += "\n" + aligned(_RULE_HEADING[language], rules)
    counts = ", ".join(f"{answer.count(word)} {WORDS[word].text(language)}" for word in WORDS)
    return f"{text}\n{counts}\n"


def _labels(rules: Sequence[str]) -> str:
    """The first labels, and how many more there are."""
    more = f" (+{len(rules) - _MOST_LABELS})" if len(rules) > _MOST_LABELS else ""
    return ", ".join(rules[:_MOST_LABELS]) + more

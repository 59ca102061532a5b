"""Flows and existing rules judged by each other, as plain data: words as in the program, reasons in both languages."""

from __future__ import annotations

from exports.existing.judge import Answer
from exports.plain import Data
from model.frozen import Bilingual
from model.tables.standing import FlowVerdict


def answer_data(answer: Answer) -> Data:
    """The JSON of `portchart as-is`: every flow and every rule."""
    return {
        "flows": [{"id": name, **verdict_data(each)} for name, each in answer.flows.items()],
        "rules": rules_data(answer),
    }


def verdict_data(verdict: FlowVerdict) -> Data:
    """What the rules mean for one flow."""
    return {"as_is": verdict.word, "rules": list(verdict.rules), "reason": _both(verdict.reason)}


def rules_data(answer: Answer) -> list[Data]:
    """What the flows mean for each rule."""
    return [
        {
            "rule": each.label,
            "filter": each.filter,
            "verdict": each.word,
            "flows": list(each.flows),
            "reason": _both(each.reason),
        }
        for each in answer.rules
    ]


def _both(text: Bilingual | None) -> dict[str, str] | None:
    return None if text is None else {"en": text.en, "ja": text.ja}

"""Why a flow exists, why a connection does not, and the smallest change that would make the difference (D17)."""

from model.explain.reasons import Reason, Why, why
from model.explain.refusals import Refusal, has_rule, needed, why_not
from model.explain.shown import citation_text, condition_lines, condition_parts
from model.explain.values import value_text

__all__ = [
    "Reason",
    "Refusal",
    "Why",
    "citation_text",
    "condition_lines",
    "condition_parts",
    "has_rule",
    "needed",
    "value_text",
    "why",
    "why_not",
]

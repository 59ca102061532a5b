"""How a flow stands with the rules that firewalls have now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from model.frozen import Bilingual

FlowWord = Literal["permitted", "missing", "wide", "unknown"]

WORDS: Mapping[FlowWord, Bilingual] = {
    "permitted": Bilingual(en="permitted", ja="許可済み"),
    "missing": Bilingual(en="missing", ja="許可なし"),
    "wide": Bilingual(en="permitted too widely", ja="過剰に許可"),
    "unknown": Bilingual(en="cannot be told", ja="判定不能"),
}


class FlowVerdict(NamedTuple):
    """What the rules mean for one flow: the rules that permit it, and more about the word where there is any."""

    word: FlowWord
    rules: tuple[str, ...] = ()
    reason: Bilingual | None = None

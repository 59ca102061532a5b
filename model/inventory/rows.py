"""The rows of an inventory, those that cannot be used with the reason, and how names in it are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from model.frozen import Bilingual, Language

_NUMBERED = re.compile(r"(.*?[^\W\d_])[\s_.-]*\d+(\.[^\W\d_][\w.-]*)?")
_RANGES = 6
"""How many runs of row numbers are told before the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row, counted from 1 with the heading; empty: the row does not say.

    `kind` is the id of a kind, `zone` a name or an id, `version` an agent version such as "20.0".
    """

    row: int
    name: str
    kind: str = ""
    zone: str = ""
    addresses: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Rows that cannot be used, and why: a sentence. `field` is the one of `Entry` that is at fault."""

    rows: tuple[int, ...]
    field: str
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Inventory:
    """What was read of a file: `headings` are the columns as the file calls them, by field; `ignored` the others."""

    file: str
    headings: Mapping[str, str]
    entries: tuple[Entry, ...]
    refused: tuple[Refusal, ...] = ()
    ignored: tuple[str, ...] = ()

    def sentence(self, refusal: Refusal, language: Language) -> str:
        """Which rows and column of which file are refused, and why."""
        rows, reason = row_list(refusal.rows, language), refusal.reason.text(language)
        heading = self.headings.get(refusal.field, refusal.field)
        if language == "ja":
            return f"{self.file} の {rows} 行目、列「{heading}」: {reason}"
        word = "row" if len(refusal.rows) == 1 else "rows"
        return f"{self.file}, {word} {rows}, column {heading}: {reason}"


def same_text(text: str) -> str:
    """A name as it is compared: without case, and full width the same as half width."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def stem(name: str) -> str:
    """A name without the number at its end, or before its domain; itself where no letter would be left before that."""
    found = _NUMBERED.fullmatch(name)
    return found[1] + (found[2] or "") if found else name


def row_list(rows: Iterable[int], language: Language) -> str:
    """Row numbers in runs: "3–5, 8"; where there are many runs, the first ones and how many rows more."""
    numbers = sorted(rows)
    starts = [0, *(n + 1 for n, (one, next_) in enumerate(pairwise(numbers)) if next_ != one + 1)]
    runs = [(numbers[a], numbers[b - 1]) for a, b in pairwise([*starts, len(numbers)])]
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:_RANGES]]
    more = sum(last - first + 1 for first, last in runs[_RANGES:])
    if more:
        shown.append(f"ほか {more:,} 行" if language == "ja" else f"{more:,} more")
    return ("、" if language == "ja" else ", ").join(shown)

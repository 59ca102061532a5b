"""Where texts of widgets may end a line: Qt parts Japanese between any two letters and long names nowhere."""

from __future__ import annotations

import re
from functools import lru_cache

from model.shapes.phrases import phrases
from model.shapes.text import pieces

_LONG_WORD = re.compile(r"[!-~]{24,}")
_SOFT_BREAK = re.compile(r"[-./_@:]")
_MAY_BREAK, _NO_BREAK, _NO_BREAK_SPACE = "\u200b", "\u2060", "\u00a0"
_JAPANESE = "\u3000"
_LONGEST, _LONGEST_IN_LIST = 16, 9
"""Letters of a phrase that is kept together: the narrowest panel, or list, has room for as many."""


@lru_cache(4096)
def broken(text: str) -> str:
    """A text for a label that wraps: long words such as FQDNs end a line after a dot or a hyphen, too, and Japanese
    ends it between phrases. What it adds has no width."""
    return _LONG_WORD.sub(
        lambda word: _SOFT_BREAK.sub(f"\\g<0>{_MAY_BREAK}", word[0]), _together(text, _LONGEST)
    )


def broken_path(text: str) -> str:
    """The same for a sentence about a file, whose path ends a line after a stroke alone: names of files stay whole."""
    return _LONG_WORD.sub(lambda word: word[0].replace("/", f"/{_MAY_BREAK}"), _together(text, _LONGEST))


@lru_cache(4096)
def kept_together(text: str) -> str:
    """A text whose Japanese phrases no line parts, for items of lists and for tool tips."""
    return _together(text, _LONGEST_IN_LIST)


def _together(text: str, longest: int) -> str:
    if not text or max(text) < _JAPANESE:
        return text
    return "\n".join(
        "".join(_whole(each, longest) for each in phrases(pieces(line))) for line in text.split("\n")
    )


def _whole(phrase: str, longest: int) -> str:
    body = phrase.rstrip(" ")
    if len(body) > longest or max(body, default="") < _JAPANESE:
        return phrase
    parts = (f"{each[:-1]}{_NO_BREAK_SPACE}" if each.endswith(" ") else each for each in pieces(body))
    return _NO_BREAK.join(parts) + phrase[len(body) :]

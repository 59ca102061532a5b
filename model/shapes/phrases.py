"""Japanese phrases: what a reader expects to find together on a line.

Japanese may break between almost any two letters, and in a narrow cell that leaves the end of a verb alone and parts
words in the middle. A phrase is a word with what is attached to it: particles and endings in hiragana, the whole of a
word in katakana, kanji that stand together, a number with what it counts. Told by the letters alone, with no
dictionary: where that is wrong, a line ends somewhere else that Japanese permits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_KANA, _KANJI, _KATAKANA, _LATIN = "heo", "Ks", "Cm", "Aa0:!"
_ATTACHED = (
    f"[^.m]/[{_KANA}]",  # particles and endings, after brackets and names too
    f"[{_KATAKANA}]/[{_KATAKANA}s]",  # サーバー, サーバー用
    f"[{_KANJI}o]/[{_KANJI}]",  # 許可, お願い
    f"[{_KANJI}]e/[{_KANJI}]",  # 切り戻し, 受け取る
    f"[{_KANJI}{_KATAKANA}]/[Aa0]",  # 通信ID
    f"[Aa0]/[{_KANJI}{_KATAKANA}]",  # IPアドレス
    f"[{_LATIN}] +/[{_KANA}]",  # Relay は
    f"0 +/[{_KANJI}]",  # 443 番
    rf"[{_KANJI}{_KATAKANA}] +/0\Z",  # 判定不能 1、; what counts something, as in 表 3 行目, goes with that alone
    f"[A:] +/0|[{_LATIN}] +/×",  # 通信: 6, TCP 443, web ×40
)
"""What goes on with the phrase before the stroke, which stands where the line might end; letters by their kinds."""
_GOES_ON = re.compile("|".join(_ATTACHED))


class _Kinds(dict[int, str]):
    """The kind of each character: patterns over kinds are made at once, over thousands of kanji they take long."""

    def __missing__(self, code: int) -> str:
        kind = self[code] = _kind(chr(code))
        return kind


def _kind(character: str) -> str:
    """a, A, 0 and ! are of Latin texts, h is hiragana, C katakana, K kanji, ? what else there is."""
    if "!" <= character <= "~":
        return (
            "0"
            if character.isdigit()
            else "A"
            if character.isupper()
            else "a"
            if character.isalpha()
            else "!"
        )
    if "ぁ" <= character <= "ゟ":
        return "h"
    if "ァ" <= character <= "ヿ":
        return "C"
    return "K" if "一" <= character <= "鿿" else "?"


_KINDS = _Kinds(
    {ord(character): character for character in " ×:"}
    | {ord(character): "." for character in "、。，．：；？！…"}
    | {
        ord(character): "e" for character in "いきぎしちびみりえけげせべめれ"
    }  # what ends a verb before the next
    | {
        ord(character): "s" for character in "用側型版名化先元時内外間中的性者"
    }  # what goes with a word in katakana
    | {ord("お"): "o", ord("・"): "m", ord("々"): "K"}
)


def phrases(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces between which a line may end, put together where that would part a phrase."""
    phrase = ""
    for piece in pieces:
        if phrase and not _goes_on(phrase, piece):
            yield phrase
            phrase = ""
        phrase += piece
    if phrase:
        yield phrase


def _goes_on(phrase: str, piece: str) -> bool:
    """Whether a piece belongs to the phrase before it."""
    before, after = phrase[-3:].translate(_KINDS), piece[0].translate(_KINDS)
    return bool(_GOES_ON.search(f"{before}/{after}{' ' if piece[-1] == ' ' else ''}"))

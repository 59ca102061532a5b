"""Japanese phrases: what a reader expects to find together on a line.

Japanese may break between almost any two letters, and in a narrow cell that leaves the end of a verb alone and parts
words in the middle. A phrase is a word with what is attached to it: particles and endings in hiragana, the whole of a
word in katakana, kanji that stand together, a number with what it counts. Told by the letters alone, with no
dictionary: where that is wrong, a line ends somewhere else that Japanese permits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

_KANJI, _KATAKANA, _LATIN = "一-鿿々", "ァ-ヿ", "!-~"
_ATTACHED = (
    "[^、。，．・：；？！…]/[ぁ-ゟ]",  # particles and endings, after brackets and names too
    rf"[{_KATAKANA}]/[{_KATAKANA}用側型版名化先元時内外間中的性者]",  # サーバー, サーバー用
    rf"[{_KANJI}お]/[{_KANJI}]",  # 許可, お願い
    rf"[{_KANJI}][いきぎしちびみりえけげせべめれ]/[{_KANJI}]",  # 切り戻し, 受け取る
    rf"[{_KANJI}{_KATAKANA}]/[A-Za-z0-9]",  # 通信ID
    rf"[A-Za-z0-9]/[{_KANJI}{_KATAKANA}]",  # IPアドレス
    rf"[{_LATIN}] +/[ぁ-ゟ]",  # Relay は
    rf"[0-9] +/[{_KANJI}]",  # 443 番
    rf"[{_KANJI}{_KATAKANA}] +/[0-9]\Z",  # 判定不能 1、; what counts something, as in 表 3 行目, goes with that alone
    "[:A-Z] +/[0-9]|[!-~] +/×",  # 通信: 6, TCP 443, web ×40
)
"""What goes on with the phrase before the stroke, which stands where the line might end."""
_SEAM = "\n"
"""What stands there instead, since no line has it."""
_COUNTED = re.compile(_ATTACHED[-1].replace("/", _SEAM))
_JAPANESE = "\u3000"
"""From here on there is what of these ways is Japanese."""


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
    seam = f"{phrase[-3:]}{_SEAM}{piece[0]}{' ' if piece[-1] == ' ' else ''}"
    return bool((_attached() if max(seam) > _JAPANESE else _COUNTED).search(seam))


@cache
def _attached() -> re.Pattern[str]:
    """All ways as one pattern, made when it is needed: so many kanji take as long as starting Python."""
    return re.compile("|".join(_ATTACHED).replace("/", _SEAM))

"""Columns of a table: heading, cells and width. Screen, paper and files all draw their tables from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Literal, NamedTuple, TypeVar

from model.frozen import Bilingual, Language
from model.sentences import noted

Shown = Literal["en", "ja", "both"]
"""The language of a table: one, or both side by side."""

RowType = TypeVar("RowType")


def shown(text: Bilingual | str, language: Shown) -> str:
    """A text in one language, or in both as "en / ja" (once, where both are the same)."""
    if isinstance(text, str):
        return text
    if language == "both":
        return text.en if text.en == text.ja else f"{text.en} / {text.ja}"
    return text.text(language)


def languages(language: Shown) -> tuple[Language, ...]:
    """The languages that make up a choice, in the order they are shown."""
    return ("en", "ja") if language == "both" else (language,)


def with_note(text: Bilingual, note: Bilingual) -> Bilingual:
    """A text and, in the brackets of each language, what is to be known with it."""
    return Bilingual(en=f"{text.en} ({note.en})", ja=noted(text.ja, note.ja))


def same(text: str) -> Bilingual:
    """A text that needs no translation, such as a name."""
    return Bilingual(en=text, ja=text)


def listed(texts: list[Bilingual], separator: Bilingual) -> Bilingual:
    """Texts joined in each language."""
    return Bilingual(
        en=separator.en.join(text.en for text in texts), ja=separator.ja.join(text.ja for text in texts)
    )


COMMA = Bilingual(en=", ", ja="、")
SENTENCES = Bilingual(en=" ", ja="")
"""What stands between sentences that follow one another."""
_AND = Bilingual(en=" and ", ja="、")


def together(texts: list[Bilingual]) -> Bilingual:
    """Texts as a sentence names them: "a, b and c"."""
    most = [listed(texts[:-1], COMMA)] if texts[1:] else []
    return listed([*most, *texts[-1:]], _AND)


class Column(NamedTuple, Generic[RowType]):
    """One column. `width`: a hint in characters of half width; `essential`: stays when space is short."""

    id: str
    heading: Bilingual
    value: Callable[[RowType], Bilingual | str]
    width: int
    essential: bool = False

    def title(self, language: Shown) -> str:
        """The heading: one language, or "Port ポート"."""
        if language == "both":
            both = (self.heading.en, self.heading.ja)
            return both[0] if both[0] == both[1] else " ".join(both)
        return self.heading.text(language)

    def cell(self, row: RowType, language: Shown) -> str:
        """The text of a row's cell; never empty."""
        return shown(self.value(row), language)

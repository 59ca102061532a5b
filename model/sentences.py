"""Sentences for people: English, but knowing what they were made of, so that they can be said in another language.

The model says what is wrong with `told(template, name=value…)`. The result is the English sentence, an ordinary text;
the template is also its key: who shows it to somebody looks the template up in that person's language and fills it with
the same values, which may be sentences themselves.

A Japanese sentence keeps its names off its own letters by a space where the name ends in Latin letters or a number, and
not where it ends in Japanese: templates are written with the space, and what puts them together takes it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter


class Sentence(str):
    """An English sentence made by `told`."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]


def told(template: str, /, **values: object) -> Sentence:
    """The sentence of a template with `{name}` places, which take conversions and formats as `str.format` does."""
    sentence = Sentence(template.format(**values))
    sentence.template, sentence.values = template, values
    return sentence


def starting(said: object) -> str:
    """What a text says where it stands alone: with a capital, unless it starts with a name or value put into it."""
    text = str(said)
    return text[:1].upper() + text[1:] if _starts_in_words(said) else text


def _starts_in_words(said: object) -> bool:
    if not isinstance(said, Sentence):
        return False
    text, name, _, _ = next(iter(Formatter().parse(said.template)), ("", None, "", ""))
    return bool(text) or (name is not None and _starts_in_words(said.values.get(name)))


def closed(*parts: str) -> str:
    """The parts of a Japanese sentence put together: no space between Japanese letters, one between kana and Latin.

    A space that is a part of its own stays: it parts two names.
    """
    whole, apart = "", True
    for part in parts:
        if not part:
            continue
        before, after = whole.rstrip(" "), part.lstrip(" ")
        if apart or not after:
            whole += part
        elif before and _japanese(before[-1], "）」』】") and _japanese(after[0], "（「『【"):
            whole = before + after
        elif before and _parted(before[-1], after[0]):
            whole = f"{before} {after}"
        else:
            whole += part
        apart = not after
    return whole


def _japanese(character: str, brackets: str) -> bool:
    """Whether a character is a Japanese letter or one of some brackets."""
    return (
        "ぁ" <= character <= "ヿ" or "一" <= character <= "鿿" or character == "々" or character in brackets
    )


def _parted(before: str, after: str) -> bool:
    """Whether kana meets a Latin letter or a digit."""
    return (_kana(before) and _latin(after)) or (_latin(before) and _kana(after))


def _kana(character: str) -> bool:
    return "ぁ" <= character <= "ゟ"


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def closed_template(template: str, values: Mapping[str, object]) -> str:
    """A Japanese template filled in as `str.format` does, its parts put together by `closed`."""
    parts: list[str] = []
    formatter = Formatter()
    for text, name, form, conversion in formatter.parse(template):
        parts.append(text)
        if name is not None:
            value, _ = formatter.get_field(name, (), values)
            parts.append(format(formatter.convert_field(value, conversion), form or ""))
    return closed(*parts)


def bracketed(text: str) -> str:
    """A text in Japanese brackets, square ones where it has round ones itself."""
    return f"［{text}］" if "（" in text else f"（{text}）"


def noted(text: str, note: str) -> str:
    """A Japanese text and, in brackets, what is to be known with it.

    Round brackets stand neither within round ones nor directly after them: the note is in square ones there.
    """
    return f"{text}［{note}］" if "（" in note or text.endswith("）") else f"{text}（{note}）"


def reason_of(error: BaseException) -> str:
    """What an error says, as the sentence it was raised with."""
    return error.args[0] if error.args and isinstance(error.args[0], str) else str(error)

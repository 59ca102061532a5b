"""Sentences for people: English, but knowing what they were made of, so that they can be said in another language.

The model says what is wrong with `told(template, name=value…)`. The result is the English sentence, an ordinary text;
the template is also its key: who shows it to somebody looks the template up in that person's language and fills it with
the same values, which may be sentences themselves.
"""

from __future__ import annotations

from collections.abc import Mapping


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


def reason_of(error: BaseException) -> str:
    """What an error says, as the sentence it was raised with."""
    return error.args[0] if error.args and isinstance(error.args[0], str) else str(error)

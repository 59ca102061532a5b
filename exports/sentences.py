"""The sentences of the model and the exports in the language of whoever reads them.

`resources/sentences` holds, by English template, the same sentence in another language with the same places to fill.
"""

from __future__ import annotations

import json
from functools import cache
from typing import cast

import resources
from model.frozen import Bilingual, Language
from model.sentences import Sentence, closed_template, reason_of


@cache
def templates() -> dict[str, str]:
    """The Japanese templates by the English ones."""
    return cast("dict[str, str]", json.loads(resources.text("sentences/ja.json")))


def in_language(said: object, language: Language) -> str:
    """What an error, a sentence or a text in two languages says; a text without a translation stays as it is."""
    if isinstance(said, BaseException):
        said = reason_of(said)
    if isinstance(said, Bilingual):
        return said.text(language)
    if not isinstance(said, Sentence) or language == "en":
        return str(said)
    template = templates().get(said.template)
    if template is None:
        return str(said)
    return closed_template(template, {name: _filled(value, language) for name, value in said.values.items()})


def _filled(value: object, language: Language) -> object:
    """A value as it stands in a sentence; numbers and paths keep their kind, which formats may ask for."""
    return in_language(value, language) if isinstance(value, Sentence | Bilingual | BaseException) else value

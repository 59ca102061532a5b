"""The window's own texts in English and Japanese, switched while it runs.

They are in `resources/translations`, a file a room: key → {"en", "ja"}. What the catalog says comes with the catalog.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import cast

from PySide6.QtCore import QLocale, QObject, Signal

import resources
from exports.sentences import in_language
from model.frozen import Bilingual, Language
from model.sentences import reason_of, starting

NAMES: dict[Language, str] = {"en": "English", "ja": "日本語"}
"""What each language calls itself."""


class _Choice(QObject):
    """The language in use; `changed` tells every widget to write its texts anew."""

    changed = Signal()
    language: Language = "en"


@cache
def _choice() -> _Choice:
    return _Choice()


@cache
def texts() -> dict[str, dict[str, str]]:
    """Every text by key and language. A key written in two files is a mistake of ours: ValueError."""
    found: dict[str, dict[str, str]] = {}
    for name in resources.names("translations", ".json"):
        room = cast("dict[str, dict[str, str]]", json.loads(resources.text(name)))
        if found.keys() & room.keys():
            raise ValueError(f"{name} has keys of another file: {sorted(found.keys() & room.keys())}")
        found |= room
    return found


def language() -> Language:
    """The language in use."""
    return _choice().language


def set_language(chosen: Language) -> None:
    """Use a language from now on; everybody told by `on_change` rewrites its texts at once."""
    choice = _choice()
    if choice.language != chosen:
        choice.language = chosen
        choice.changed.emit()


def on_change(slot: Callable[[], object]) -> None:
    """Call a slot whenever the language changes."""
    _choice().changed.connect(slot)


def off_change(slot: Callable[[], object]) -> None:
    """Call it no more."""
    _choice().changed.disconnect(slot)


def system_language() -> Language:
    """Japanese where the system speaks Japanese, else English."""
    return "ja" if QLocale.system().language() == QLocale.Language.Japanese else "en"


def tr(key: str, /, **values: object) -> str:
    """The text for a key in the language in use, its `{placeholders}` filled. Raises KeyError for an unknown key.

    Where an English text differs for a `count` of one, that is "en1".
    """
    forms = texts()[key]
    text = (
        forms.get("en1", forms["en"])
        if language() == "en" and values.get("count") == 1
        else forms[language()]
    )
    return text.format(**values) if values else text


def said(both: Bilingual) -> str:
    """What the catalog or the model says, in the language in use."""
    return both.text(language())


def worded(of: BaseException | str) -> str:
    """What an error or a sentence of the model says, in the language in use, as it stands alone in a window."""
    if language() == "en":
        return starting(reason_of(of) if isinstance(of, BaseException) else of)
    return in_language(of, language())

"""Mistakes on the command line, in Japanese, too. Imports nothing of the program, so that they are told at once.

argparse says them in English, already filled in; so they are known by their form. One of another form stays English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_JAPANESE = (
    (
        r"argument (?P<name>.+?): invalid choice: (?P<value>.+) \(choose from (?P<known>.+)\)",
        "{name}: {value} は指定できません（指定できるもの: {known}）",
    ),
    (
        r"argument (?P<name>.+?): invalid int value: (?P<value>.+)",
        "{name}: {value} は整数ではありません",
    ),
    (
        r"argument (?P<name>.+?): (?P<value>.+) is not a number from (?P<low>\S+) to (?P<high>\S+)",
        "{name}: {value} は {low} から {high} までの数値ではありません",
    ),
    (r"argument (?P<name>.+?): expected one argument", "{name}: 値を 1 つ指定してください"),
    (r"argument (?P<name>.+?): expected at least one argument", "{name}: 値を 1 つ以上指定してください"),
    (
        r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)",
        "{name} と {other} は同時に指定できません",
    ),
    (
        r"argument (?P<name>.+?): ignored explicit argument (?P<value>.+)",
        "{name}: 値 {value} は指定できません",
    ),
    (r"the following arguments are required: (?P<names>.+)", "次の引数が必要です: {names}"),
    (r"one of the arguments (?P<names>.+) is required", "次のいずれかの引数が必要です: {names}"),
    (r"unrecognized arguments: (?P<names>.+)", "不明な引数です: {names}"),
    (
        r"ambiguous option: (?P<name>.+) could match (?P<known>.+)",
        "{name} は複数のオプションに一致します: {known}",
    ),
    (
        r"--component belongs after the (?P<name>\S+) it narrows",
        "--component は、対象を絞り込む {name} の後に指定してください",
    ),
)
"""The form of a mistake in English, and the mistake in Japanese."""


def mistake(message: str, program: str, language: str) -> str:
    """A mistake as argparse tells it, with where help is, as a sentence."""
    if language == "ja":
        for pattern, japanese in _JAPANESE:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found is not None:
                return f"{japanese.format(**found.groupdict())}。詳細は {program} --help を参照してください。"
    return f"{message}. See {program} --help."


def language_in(arguments: Sequence[str]) -> str:
    """The language that arguments ask for, which may be wrong otherwise; "en" where they ask for none."""
    found = "en"
    for word, following in pairwise([*arguments, ""]):
        option, equals, value = word.partition("=")
        if len(option) > 3 and "--language".startswith(option):
            found = value if equals else following
    return found

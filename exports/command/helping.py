"""Help in Japanese: the texts by their English ones, in lines as wide as the terminal. Read only when asked for.

argparse breaks lines between spaces and counts letters; Japanese has no spaces, and letters that take two columns.
"""

from __future__ import annotations

import argparse
import json
from functools import cache
from typing import cast

import resources
from exports.command.terminal import columns_of
from model.shapes.text import TextMeasure


@cache
def texts() -> dict[str, str]:
    """The Japanese texts of the help by the English ones."""
    return cast("dict[str, str]", json.loads(resources.text("sentences/help.json")))


class JapaneseFormatter(argparse.HelpFormatter):
    """Says in Japanese what is said in English, and breaks lines between phrases by the columns they take."""

    def format_help(self) -> str:
        """All of it; the word before the usage takes as many columns as the English one, so that lines stand below."""
        return super().format_help().replace("usage: ", "書式:  ", 1)

    def add_text(self, text: str | None) -> None:
        """Add a paragraph."""
        super().add_text(_in_japanese(text))

    def start_section(self, heading: str | None) -> None:
        """Begin a list of arguments."""
        super().start_section(_in_japanese(heading))

    def _expand_help(self, action: argparse.Action) -> str:
        return texts().get(found := super()._expand_help(action), found)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return list(_measure().wrap(text, 1, width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in _measure().wrap(text, 1, width - len(indent)))


def _in_japanese(text: str | None) -> str | None:
    """A text of the help; what has no Japanese one stays as it is."""
    return texts().get(text, text) if text else text


@cache
def _measure() -> TextMeasure:
    """A measure of texts in columns of a terminal."""
    return TextMeasure(units_per_em=1, rise=1, drop=0, regular=columns_of, bold=columns_of)

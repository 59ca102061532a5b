"""Help, in Japanese too: every text has its Japanese one, and lines are no wider than the terminal."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Iterator

import pytest

from exports.command import COMMANDS
from exports.command.helping import texts
from exports.command.parser import parser
from exports.command.terminal import columns_of
from tests.exports.command.runner import Inside

JAPANESE = re.compile("[ぁ-ヿ一-鿿]")


def parsers(only: str | None = None) -> Iterator[tuple[str, ArgumentParser]]:
    """The parser of `portchart` and those of its commands, or of only one, by name."""
    top = parser(lambda: "1", only=only)
    yield "", top
    for action in top._actions:
        if isinstance(action.choices, dict):
            yield from action.choices.items()


def helped(found: ArgumentParser) -> set[str]:
    """The English texts of a parser's help."""
    actions = [*found._actions, *(each for action in found._actions for each in subactions(action))]
    return {
        text
        for text in (found.description, found.epilog, *(getattr(each, "help", None) for each in actions))
        if text
    }


def subactions(action: object) -> list[object]:
    """What the list of commands says of each."""
    return list(getattr(action, "_choices_actions", ()))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_text_has_a_japanese_one_and_none_is_left_over() -> None:
    said = {text for _, each in parsers() for text in helped(each)}
    assert len(said) > 90
    assert said | {"positional arguments", "options"} == set(texts())
    assert all(JAPANESE.search(japanese) for japanese in texts().values())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_made_alone_is_the_one_made_among_all(command: str) -> None:
    made = {name: each for name, each in parsers() if name}
    assert list(made) == list(COMMANDS)
    alone = [(name, each.format_help()) for name, each in parsers(command) if name]
    assert alone == [(command, made[command].format_help())]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_japanese_and_no_wider_than_the_terminal(
    command: str, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = inside(*filter(None, (command, "--help", "--language", "ja")))
    usage, _, rest = done.stdout.decode().partition("\n\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert usage.startswith(f"書式:  portchart {command}".rstrip())
    assert all(columns_of(line) <= 80 for line in rest.splitlines())
    assert not [line for line in rest.splitlines() if re.fullmatch("[ぁ-ゟ。]{1,4}", line.strip())]
    found = dict(parsers())[command]
    assert all(squeezed(texts()[text]) in squeezed(rest) for text in helped(found))


def test_help_is_english_unless_asked_otherwise(inside: Inside) -> None:
    text = inside("flows", "--help").stdout.decode()
    assert text.startswith("usage: portchart flows")
    assert not JAPANESE.search(text)

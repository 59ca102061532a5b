"""The parts that the parsers of all commands are made of. Imports nothing of the program."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

from exports.command.mistakes import mistake

UNUSABLE = "2 the input or the command line cannot be used."
DESIGN_HELP = "a design file (*.portchart); - reads standard input"


class Parser(argparse.ArgumentParser):
    """A parser that answers a mistake with one sentence instead of the whole usage, and helps in a language."""

    language = "en"

    def format_help(self) -> str:
        """The help; in Japanese where that is the language."""
        if self.language == "ja":
            from exports.command.helping import JapaneseFormatter  # nothing of it is needed for other answers

            self.formatter_class = JapaneseFormatter
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and leave with 2."""
        print(f"{self.prog}: {mistake(message, self.prog, self.language)}", file=sys.stderr)
        raise SystemExit(2)


Commands = Any
"""What argparse's add_subparsers gives; its type is private there."""


def add(commands: Commands, name: str, summary: str, details: str, codes: str) -> argparse.ArgumentParser:
    """Add a command."""
    added: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}. {details}",
        epilog=f"Exit codes: {codes}",
    )
    return added


def design(command: argparse.ArgumentParser, name: str = "design") -> None:
    """Add a design as an argument."""
    command.add_argument(name, metavar=name.upper(), help=DESIGN_HELP)


def language(command: argparse.ArgumentParser, *, both: bool = False) -> None:
    """Add --language."""
    choices = ("en", "ja", "both") if both else ("en", "ja")
    command.add_argument("--language", choices=choices, default="en", help="language of texts (default: en)")


def scale(text: str) -> float:
    """A number of pixels a scene pixel. Raises ArgumentTypeError, whose sentence the parser prints."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.25 <= value <= 8:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0.25 to 8")
    return value


def groups(command: argparse.ArgumentParser, goes_with: str = "") -> None:
    """Add --group."""
    command.add_argument(
        "--group",
        dest="groups",
        action="append",
        default=[],
        metavar="GROUP=COMPONENT",
        help=f"{goes_with}the component that a security group is attached to; repeatable",
    )


def json(command: argparse.ArgumentParser) -> None:
    """Add --json."""
    command.add_argument("--json", action="store_true", help="print JSON instead of text")

"""The entry point: arguments in, exit code out. Errors are sentences on standard error."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from exports.command.mistakes import language_in
from exports.command.parser import COMMANDS, parser

UNUSABLE = 2
INTERRUPTED = 130
READER_GONE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run a sub-command (None: that of `sys.argv`) and give its exit code.

    0 done, 1 a difference or an error finding, 2 unusable input, 130 interrupted, 141 the output's reader went away.
    """
    try:
        code = _answer(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_output()
        return READER_GONE
    except OSError as error:
        _give_up_output()
        print(f"portchart: standard output cannot be written: {error.strerror}.", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _answer(argv: Sequence[str] | None) -> int:
    try:
        given = sys.argv[1:] if argv is None else argv
        only = given[0] if given and given[0] in COMMANDS else None
        arguments = parser(_version, language_in(given), only).parse_args(given)
    except SystemExit as stop:  # argparse leaves this way after --help, --version and mistakes
        return stop.code if isinstance(stop.code, int) else UNUSABLE
    return _run(arguments)


def _give_up_output() -> None:
    """Python flushes once more on leaving; let that go nowhere instead of failing again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: Namespace) -> int:
    if arguments.command == "schema":
        from exports.command.files import schema

        return schema(arguments)

    from model.errors import PortchartError

    try:
        return _command(arguments)
    except PortchartError as error:
        from exports.command.terminal import complain

        complain(error, arguments.language or "en")
        return UNUSABLE


def _command(arguments: Namespace) -> int:
    match arguments.command:
        case "flows":
            from exports.command.flows import flows

            return flows(arguments)
        case "check":
            from exports.command.check import check

            return check(arguments)
        case "explain":
            from exports.command.explain import explain

            return explain(arguments)
        case "what-if":
            from exports.command.differences import what_if

            return what_if(arguments)
        case "diff":
            from exports.command.differences import diff

            return diff(arguments)
        case "compare":
            from exports.command.scenarios import compare_scenarios

            return compare_scenarios(arguments)
        case "goals":
            from exports.command.goals import goals

            return goals(arguments)
        case "sweep":
            from exports.command.sweep import sweep

            return sweep(arguments)
        case "catalog":
            from exports.command.rules import catalog

            return catalog(arguments)
        case "export":
            from exports.command.export import export

            return export(arguments)
        case "formats":
            from exports.command.export import formats

            return formats(arguments)
        case "import-records":
            from exports.command.records import import_records

            return import_records(arguments)
        case "import-inventory":
            from exports.command.inventory import import_inventory

            return import_inventory(arguments)
        case "as-is":
            from exports.command.as_is import as_is

            return as_is(arguments)
        case "fmt":
            from exports.command.files import fmt

            return fmt(arguments)
        case "new":
            from exports.command.files import new

            return new(arguments)
    raise AssertionError(f"the parser lets no command {arguments.command} through")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("portchart")
    except PackageNotFoundError:
        return "(not installed)"

"""What the command line accepts. Imports nothing of the program, so that `--help` answers at once."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

COMMANDS = (
    "flows",
    "check",
    "export",
    "formats",
    "what-if",
    "diff",
    "explain",
    "fmt",
    "catalog",
    "schema",
    "new",
)
"""The sub-commands; any other first argument is a design to open in the window."""

UNUSABLE = "2 the input or the command line cannot be used."
DESIGN_HELP = "a design file (*.portchart); - reads standard input"


SHORT_FORM = "1,3,5"
"""The sections of the change-board report's short form."""


class Parser(argparse.ArgumentParser):
    """A parser that answers a mistake with one sentence instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and leave with 2."""
        print(f"{self.prog}: {message}. See {self.prog} --help.", file=sys.stderr)
        raise SystemExit(2)


class _SetFeature(argparse.Action):
    """Collects --set FEATURE=VALUE, each with the components named after it."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: Any = None
    ) -> None:
        namespace.changes = [*(namespace.changes or ()), (values, ())]


class _ForComponent(argparse.Action):
    """Gives the last --set a component; before any --set it would mean nothing."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: Any = None
    ) -> None:
        if not namespace.changes:
            parser.error("--component belongs after the --set it narrows")
        *earlier, (text, components) = namespace.changes
        namespace.changes = [*earlier, (text, (*components, values))]


def parser(version: Callable[[], str]) -> Parser:
    """The parser of `portchart`; `version` is asked only when --version is given."""
    top = Parser(
        prog="portchart",
        usage="portchart [DESIGN] | portchart COMMAND … | portchart --help | portchart --version",
        description="Design a Workload Security GovCloud deployment and derive the firewall flows it requires. "
        "With a design, or nothing, the designer opens; the commands work without a display.",
        epilog="Exit codes of every command: 0 done; 1 the answer is a difference, or flows a format cannot express; "
        f"{UNUSABLE} 130 interrupted, 141 the reader of the output went away.",
    )
    top.add_argument("--version", action=_Version, version_text=version)
    commands = top.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=Parser, prog="portchart"
    )
    for add in (_flows, _check, _export, _formats, _what_if, _diff, _explain, _fmt, _catalog, _schema, _new):
        add(commands)
    return top


class _Version(argparse.Action):
    """Prints the version and leaves."""

    def __init__(self, option_strings: Sequence[str], dest: str, version_text: Callable[[], str]) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version")
        self.version_text = version_text

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        print(f"portchart {self.version_text()}")
        parser.exit()


Commands = Any
"""What argparse's add_subparsers gives; its type is private there."""


def _add(commands: Commands, name: str, summary: str, details: str, codes: str) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}. {details}",
        epilog=f"Exit codes: {codes}",
    )
    return added


def _design(command: argparse.ArgumentParser, name: str = "design") -> None:
    command.add_argument(name, metavar=name.upper(), help=DESIGN_HELP)


def _language(command: argparse.ArgumentParser, *, both: bool = False) -> None:
    choices = ("en", "ja", "both") if both else ("en", "ja")
    command.add_argument("--language", choices=choices, default="en", help="language of texts (default: en)")


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON instead of text")


def _flows(commands: Commands) -> None:
    command = _add(
        commands,
        "flows",
        "print the flows a design requires",
        "One line, or one JSON entry, per source, destination, port and transport.",
        f"0 done; {UNUSABLE}",
    )
    _design(command)
    _json(command)
    command.add_argument(
        "--scope",
        choices=("network", "host", "all"),
        default="network",
        help="flows between hosts, flows within a host, or both (default: network)",
    )
    command.add_argument(
        "--wide", action="store_true", help="every column of the matrix, not only the main ones"
    )
    _language(command)


def _check(commands: Commands) -> None:
    command = _add(
        commands,
        "check",
        "print the findings about a design",
        "What is missing, contradictory, uncertain or worth knowing.",
        f"0 no finding is an error; 1 some are; {UNUSABLE}",
    )
    _design(command)
    _json(command)
    _language(command)


def _export(commands: Commands) -> None:
    command = _add(
        commands,
        "export",
        "write a design's matrix, allow-list and findings to a file",
        "`portchart formats` lists the formats. A file named with -o is replaced; without -o the file is named after "
        "the design, and one that exists is left alone. Flows that a firewall format cannot express are listed, and "
        "the file is written only when that is accepted.",
        f"0 written; 1 the format cannot express some flows, and nothing was written; {UNUSABLE}",
    )
    _design(command)
    command.add_argument(
        "--to", required=True, metavar="FORMAT", help="one of those `portchart formats` lists"
    )
    command.add_argument("-o", "--output", metavar="FILE", help="the file to write; - is standard output")
    command.add_argument(
        "--accept-inexpressible",
        action="store_true",
        help="write the file although the format cannot express the flows listed",
    )
    command.add_argument(
        "--baseline", metavar="OLD", help=f"show what changes against this design: {DESIGN_HELP}"
    )
    chosen = command.add_mutually_exclusive_group()
    chosen.add_argument(
        "--sections",
        metavar="NUMBERS",
        help="pdf: only these sections, such as 1,3,5 or 5-7 (0 is the cover)",
    )
    chosen.add_argument(
        "--short",
        dest="sections",
        action="store_const",
        const=SHORT_FORM,
        help="pdf: the short form: decision, topology and matrix",
    )
    command.add_argument(
        "--columns",
        metavar="BLOCKS",
        help="csv, xlsx, markdown: blocks of columns out of core,firewall,audit",
    )
    _language(command, both=True)


def _formats(commands: Commands) -> None:
    command = _add(commands, "formats", "list the formats of export", "", f"0 done; {UNUSABLE}")
    _language(command)


def _what_if(commands: Commands) -> None:
    command = _add(
        commands,
        "what-if",
        "print what a change of features or settings would do",
        "The flows that would be added, removed or changed; the design itself stays as it is.",
        f"0 done, whether or not anything would change; {UNUSABLE}",
    )
    _design(command)
    command.add_argument(
        "--set",
        dest="changes",
        action=_SetFeature,
        required=True,
        metavar="FEATURE=VALUE",
        help="a feature set to on, off or inherit, or a setting set to one of its choices; may be repeated",
    )
    command.add_argument(
        "--component",
        dest="changes",
        action=_ForComponent,
        metavar="ID",
        help="applies the --set before it to this component instead of the whole design; may be repeated",
    )
    _json(command)
    _language(command)


def _diff(commands: Commands) -> None:
    command = _add(
        commands,
        "diff",
        "print how the flows of two designs differ",
        "The flows added, removed or changed from OLD to NEW.",
        f"0 the flows are the same; 1 they differ; {UNUSABLE}",
    )
    _design(command, "old")
    _design(command, "new")
    _json(command)
    _language(command)


def _explain(commands: Commands) -> None:
    command = _add(
        commands,
        "explain",
        "say why flows between two components exist or do not",
        "Every flow from SOURCE to DESTINATION with its rules, citations and conditions, and every rule that could "
        "apply and does not, with the reason.",
        f"0 done; {UNUSABLE}",
    )
    _design(command)
    command.add_argument(
        "source", metavar="SOURCE", help="the id of the component that would open the connection"
    )
    command.add_argument(
        "destination", metavar="DESTINATION", help="the id of the component that would listen"
    )
    _language(command)


def _fmt(commands: Commands) -> None:
    command = _add(
        commands,
        "fmt",
        "rewrite design files in canonical form",
        "Files already in that form are left alone; - reads standard input and writes standard output.",
        "0 every file is in canonical form; 2 some file cannot be used (the others are still rewritten).",
    )
    command.add_argument("files", metavar="FILE", nargs="+", help=DESIGN_HELP)


def _catalog(commands: Commands) -> None:
    command = _add(
        commands,
        "catalog",
        "print the rules, features and settings of the catalog",
        "With a rule (P12, U07 …) or a discrepancy (A03 …): where it is printed and how we read it.",
        f"0 done; {UNUSABLE}",
    )
    command.add_argument("rule", metavar="RULE", nargs="?", help="the id of a rule or a discrepancy")
    _language(command)


def _schema(commands: Commands) -> None:
    command = _add(
        commands,
        "schema",
        "print the JSON Schema of a file",
        "Of design files, of catalog files, or of what `flows --json` and the JSON export write.",
        f"0 done; {UNUSABLE}",
    )
    command.add_argument("of", choices=("design", "catalog", "flows"))


def _new(commands: Commands) -> None:
    command = _add(
        commands,
        "new",
        "make a design from a template",
        "Without --template, list the templates.",
        f"0 done; {UNUSABLE}",
    )
    command.add_argument("--template", metavar="NAME", help="the template to start from")
    command.add_argument(
        "-o", "--output", metavar="FILE", help="the new file (default: NAME.portchart); - is standard output"
    )
    command.add_argument("--force", action="store_true", help="replace a file that exists")

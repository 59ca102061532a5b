"""What the command line accepts. Imports nothing of the program, so that `--help` answers at once."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from exports.command import options
from exports.command.questions import QUESTIONS, SCENARIO_HELP, scenario

COMMANDS = (
    "flows",
    "check",
    "export",
    "formats",
    "what-if",
    "diff",
    "compare",
    "explain",
    "goals",
    "sweep",
    "import-records",
    "import-inventory",
    "as-is",
    "fmt",
    "catalog",
    "schema",
    "new",
)
"""The sub-commands; any other first argument is a design to open in the window."""

SHORT_FORM = "1,3,5"
"""The sections of the change-board report's short form."""


def parser(version: Callable[[], str], language: str = "en", only: str | None = None) -> options.Parser:
    """The parser of `portchart`; `version` is asked only when --version is given. `language`: that of mistakes.

    `only`: the command that is asked for, so that the others need not be made (None: it makes them all).
    """
    top = options.Parser(
        prog="portchart",
        usage="portchart [DESIGN] | portchart COMMAND … | portchart --help | portchart --version",
        description="Design a Workload Security GovCloud deployment and derive the firewall flows it requires. "
        "With a design, or nothing, the designer opens; the commands work without a display.",
        epilog="Exit codes of every command: 0 done; 1 the answer is a difference, or flows a format cannot express; "
        f"{options.UNUSABLE} 130 interrupted, 141 the reader of the output went away.",
    )
    top.add_argument("--version", action=_Version, version_text=version)
    commands = top.add_subparsers(
        dest="command",
        metavar="COMMAND",
        required=True,
        parser_class=options.Parser,
        prog="portchart",
    )
    ways = (
        _flows,
        _check,
        _export,
        _formats,
        *QUESTIONS,
        _import_records,
        _import_inventory,
        _as_is,
        _fmt,
        _catalog,
        _schema,
        _new,
    )
    for name, add in zip(COMMANDS, ways, strict=True):
        if only in (None, name):
            add(commands)
    for each in (top, *commands.choices.values()):
        each.language = language
    return top


class _Version(argparse.Action):
    """Prints the version and leaves."""

    def __init__(self, option_strings: Sequence[str], dest: str, version_text: Callable[[], str]) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version")
        self.version_text = version_text

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        print(f"portchart {self.version_text()}")
        parser.exit()


def _flows(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "flows",
        "print the flows a design requires",
        "One line, or one JSON entry, per source, destination, port and transport.",
        f"0 done; {options.UNUSABLE}",
    )
    options.design(command)
    options.json(command)
    command.add_argument(
        "--scope",
        choices=("network", "host", "all"),
        default="network",
        help="flows between hosts, flows within a host, or both (default: network)",
    )
    command.add_argument(
        "--wide", action="store_true", help="every column of the matrix, not only the main ones"
    )
    options.language(command)


def _check(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "check",
        "print the findings about a design",
        "What is missing, contradictory, uncertain or worth knowing.",
        f"0 no finding is an error; 1 some are; {options.UNUSABLE}",
    )
    options.design(command)
    options.json(command)
    options.language(command)


def _export(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "export",
        "write a design's matrix, allow-list and findings to a file",
        "`portchart formats` lists the formats. A file named with -o is replaced, unless it is read for the export; "
        "without -o the file is named after the design, and one that exists is left alone. Flows that a firewall "
        "format cannot express are listed, and the file is written only when that is accepted.",
        f"0 written; 1 the format cannot express some flows, and nothing was written; {options.UNUSABLE}",
    )
    options.design(command)
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", metavar="FORMAT", help="one of those `portchart formats` lists")
    what.add_argument(
        "--job", metavar="NAME", help="write the files of this job, which is kept in the design"
    )
    command.add_argument("--replace", action="store_true", help="--job: replace files that are there already")
    command.add_argument("-o", "--output", metavar="FILE", help="the file to write; - is standard output")
    command.add_argument(
        "--accept-inexpressible",
        action="store_true",
        help="write the file although the format cannot express the flows listed",
    )
    scenario(
        command, f"{SCENARIO_HELP}. What it changes is shown against the design as saved, or the baseline"
    )
    command.add_argument(
        "--baseline", metavar="OLD", help=f"show what changes against this design: {options.DESIGN_HELP}"
    )
    command.add_argument(
        "--profile",
        metavar="FILE",
        help="company, logo, paper and approvers from this JSON file or design instead of the design's own",
    )
    command.add_argument(
        "--as-is",
        dest="existing",
        action="append",
        default=[],
        metavar="RULES",
        help="tables, html, pdf, json: add how flows stand with these existing rules (see portchart as-is); repeatable",
    )
    command.add_argument("--at", metavar="COMPONENT", help="--as-is: the rules are those of this host")
    options.groups(command, "--as-is: ")
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
        metavar="COLUMNS",
        help="tables: blocks of columns out of core,firewall,audit, or columns one by one, such as source,port,owner",
    )
    command.add_argument(
        "--headings",
        choices=("en", "ja", "both"),
        help="tables: language of headings (default: that of the texts)",
    )
    command.add_argument(
        "--encoding",
        choices=("utf-8", "cp932"),
        help="csv, tsv: how texts are written (default: utf-8); what cp932 cannot hold is refused",
    )
    command.add_argument(
        "--theme", choices=("light", "dark", "paper"), help="svg, png: colours (default: paper)"
    )
    command.add_argument(
        "--scale", type=options.scale, metavar="N", help="png: pixels a scene pixel, 0.25 to 8 (default: 2)"
    )
    options.language(command, both=True)
    command.set_defaults(language=None)


def _formats(commands: options.Commands) -> None:
    command = options.add(
        commands, "formats", "list the formats of export", "", f"0 done; {options.UNUSABLE}"
    )
    options.language(command)


def _import_records(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "import-records",
        "read back what people wrote into an exported matrix",
        "EDITED is a CSV or XLSX file that export wrote with --columns core,firewall,audit and somebody filled in: "
        "owner, dates, remarks, NAT, rule number, log, change number, test result, approval; or what the scripts of "
        "tests-shell and tests-powershell printed. Every difference is printed; the design is changed only with "
        "--write.",
        f"0 done, whether or not anything would change; {options.UNUSABLE}",
    )
    command.add_argument("design", metavar="DESIGN", help="a design file (*.portchart)")
    command.add_argument(
        "edited", metavar="EDITED", help="the edited table, *.csv or *.xlsx, or test results"
    )
    command.add_argument("--write", action="store_true", help="make the changes in the design file")
    options.language(command)


def _import_inventory(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "import-inventory",
        "place and update components as an inventory of hosts says",
        "INVENTORY is a CSV or TSV file in UTF-8, UTF-16 or cp932 with the columns name, kind, zone, address, version, "
        "headed in English or Japanese. Hosts of one kind, zone and version whose names differ by a number at the end "
        "become one group; zones that are not there yet are drawn; nothing is removed.",
        f"0 done, whether or not anything changed; 1 rows are refused; {options.UNUSABLE}",
    )
    command.add_argument("design", metavar="DESIGN", help="a design file (*.portchart)")
    command.add_argument("inventory", metavar="INVENTORY", help="the inventory, *.csv or *.tsv")
    command.add_argument("--dry-run", action="store_true", help="only say what would change")
    command.add_argument(
        "--skip-refused", action="store_true", help="leave refused rows out and take the others"
    )
    options.json(command)
    options.language(command)


def _as_is(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "as-is",
        "judge the rules that firewalls have now by the flows of a design",
        "RULES is a rule list as CSV, the output of aws ec2 describe-security-groups, of nft -j list ruleset, or of "
        "iptables-save; several are taken together. Each flow is permitted, missing, permitted too widely, or cannot "
        "be told; each rule is needed, too wide, surplus, never reached, or cannot be told.",
        "0 every flow that can be told is permitted and no rule is too wide or surplus; 1 otherwise; "
        f"{options.UNUSABLE}",
    )
    options.design(command)
    command.add_argument("rules", metavar="RULES", nargs="+", help="a file with existing rules")
    command.add_argument(
        "--at",
        metavar="COMPONENT",
        help="the rules are those of this host (input and output), not of a firewall in the path (forward)",
    )
    options.groups(command)
    options.json(command)
    options.language(command)


def _fmt(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "fmt",
        "rewrite design files in canonical form",
        "Files already in that form are left alone; - reads standard input and writes standard output.",
        "0 every file is in canonical form; 2 some file cannot be used (the others are still rewritten).",
    )
    command.add_argument("files", metavar="FILE", nargs="+", help=options.DESIGN_HELP)
    options.language(command)


def _catalog(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "catalog",
        "print the rules, features and settings of the catalog",
        "With a rule (P12, U07 …) or a discrepancy (A03 …): where it is printed and how we read it. With --against: "
        "what differs in another catalog file, and the flows that would come, go and change in each design.",
        f"0 done; 1 --against differs in its rules or in a design's flows; {options.UNUSABLE}",
    )
    command.add_argument(
        "subjects",
        metavar="RULE",
        nargs="*",
        help="the id of a rule or a discrepancy; with --against: designs",
    )
    command.add_argument("--against", metavar="FILE", help="another catalog file, such as a new revision")
    options.json(command)
    options.language(command)


def _schema(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "schema",
        "print the JSON Schema of a file",
        "Of design files, of catalog files, or of what `flows --json` and the JSON export write. It reads no file of "
        "yours; mind that a shell empties a file before > writes into it.",
        f"0 done; {options.UNUSABLE}",
    )
    command.add_argument("of", choices=("design", "catalog", "flows"))


def _new(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "new",
        "make a design from a template",
        "Without --template, list the templates.",
        f"0 done; {options.UNUSABLE}",
    )
    command.add_argument("--template", metavar="NAME", help="the template to start from")
    command.add_argument(
        "-o", "--output", metavar="FILE", help="the new file (default: NAME.portchart); - is standard output"
    )
    command.add_argument("--force", action="store_true", help="replace a file that exists")
    options.language(command)

"""The parsers of the commands that ask about a design: what if, what differs, why, how to, which goals, which mix."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from exports.command import options
from exports.command.options import UNUSABLE

SCENARIO_HELP = "the id or name of a scenario in the file, or several joined by +; may be repeated"


class _SetFeature(argparse.Action):
    """Collects --set FEATURE=VALUE or --switch NAME, each with the components named after it."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: Any = None
    ) -> None:
        namespace.changes = [*(namespace.changes or ()), (values, ())]


class _ForComponent(argparse.Action):
    """Gives the last --set or --switch a component; before any it would mean nothing."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: Any = None
    ) -> None:
        if not namespace.changes:
            parser.error(f"--component belongs after the {self.const} it narrows")
        *earlier, (text, components) = namespace.changes
        namespace.changes = [*earlier, (text, (*components, values))]


def _component(command: argparse.ArgumentParser, narrows: str) -> None:
    command.add_argument(
        "--component",
        dest="changes",
        action=_ForComponent,
        const=narrows,
        metavar="ID",
        help=f"applies the {narrows} before it to this component instead of the whole design; may be repeated",
    )


def scenario(command: argparse.ArgumentParser, text: str = SCENARIO_HELP) -> None:
    """Add --scenario, which may be repeated."""
    command.add_argument(
        "--scenario", dest="scenarios", action="append", default=[], metavar="NAME", help=text
    )


def _what_if(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "what-if",
        "print what scenarios, or changes of features and settings, would do",
        "The flows that would be added, removed or changed, and what stays where a server takes over; the design "
        "itself stays as it is. --set comes on top of the scenarios.",
        f"0 done, whether or not anything would change; {UNUSABLE}",
    )
    options.design(command)
    scenario(command)
    command.add_argument(
        "--set",
        dest="changes",
        action=_SetFeature,
        metavar="FEATURE=VALUE",
        help="a feature set to on, off or inherit, or a setting set to one of its choices; may be repeated",
    )
    _component(command, "--set")
    command.add_argument(
        "--baseline", metavar="NAME", help="compare with this scenario instead of the design as saved"
    )
    options.json(command)
    options.language(command)


def _diff(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "diff",
        "print how the flows of two designs differ",
        "The flows added, removed or changed from OLD to NEW. Either may be REVISION:PATH, a file as git has it.",
        f"0 the flows are the same; 1 they differ; {UNUSABLE}",
    )
    options.design(command, "old")
    options.design(command, "new")
    options.json(command)
    options.language(command)


def _compare(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "compare",
        "print scenarios side by side",
        "Flows, openings, names, cleartext flows, findings and goals of the design as saved and of each scenario.",
        f"0 done; {UNUSABLE}",
    )
    options.design(command)
    scenario(command, f"{SCENARIO_HELP} (default: every scenario)")
    options.json(command)
    options.language(command)


def _explain(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "explain",
        "say why flows between two components exist or do not",
        "Every flow from SOURCE to DESTINATION with its rules, citations and conditions, and every rule that could "
        "apply and does not, with the reason. With --how-to: the smallest sets of changes that would make flows "
        "go or come; SOURCE and DESTINATION may then be zones, or 'any'.",
        f"0 done; 1 --how-to found no way; {UNUSABLE}",
    )
    options.design(command)
    command.add_argument(
        "source", metavar="SOURCE", help="the id of the component that would open the connection"
    )
    command.add_argument(
        "destination", metavar="DESTINATION", help="the id of the component that would listen"
    )
    command.add_argument(
        "--how-to", choices=("remove", "add"), help="search for the smallest changes instead of explaining"
    )
    command.add_argument("--port", type=int, metavar="PORT", help="with --how-to: only this port, as printed")
    command.add_argument(
        "--cleartext", action="store_true", help="with --how-to remove: only flows that are not encrypted"
    )
    options.json(command)
    options.language(command)


def _goals(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "goals",
        "judge a design by goals",
        "No cleartext, nothing to the Internet except through a web proxy, no inbound connections to agents, works "
        "in an address-only firewall: the flows that break each, and the nearest changes that meet it, or the flows "
        "that no change avoids.",
        f"0 every goal is met; 1 some are not; {UNUSABLE}",
    )
    options.design(command)
    scenario(command)
    command.add_argument(
        "--goal",
        dest="goals",
        action="append",
        default=[],
        metavar="ID",
        help="only this goal; may be repeated",
    )
    options.json(command)
    options.language(command)


def _sweep(commands: options.Commands) -> None:
    command = options.add(
        commands,
        "sweep",
        "evaluate every combination of switches",
        "Flows, openings, names and cleartext flows for each combination. As text, long tables show the fewest "
        "openings for each number of features on; --json has every combination.",
        f"0 done; {UNUSABLE}",
    )
    options.design(command)
    scenario(command)
    command.add_argument(
        "--switch",
        dest="changes",
        action=_SetFeature,
        required=True,
        metavar="NAME",
        help="a feature, or a setting with all its choices, or SETTING=VALUE,VALUE; may be repeated",
    )
    _component(command, "--switch")
    options.json(command)
    options.language(command)


QUESTIONS: tuple[Callable[[options.Commands], None], ...] = (
    _what_if,
    _diff,
    _compare,
    _explain,
    _goals,
    _sweep,
)
"""Adds each command to the others."""

"""Scenarios named on the command line, and `portchart compare`: scenarios side by side."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence

from exports.changes import change_data, counts_data, measures_data
from exports.command.opened import Opened, derived, opened
from exports.command.terminal import aligned, write_bytes, write_text
from exports.plain import Data, json_text
from exports.side_by_side import lines
from model.derivation.comparison import Comparison, compare
from model.design.changes import Scenario
from model.frozen import Bilingual, Language
from model.whatif.measures import Measures, measures
from model.whatif.overlay import overlaid, stack_named

BASELINE = Bilingual(en="Baseline", ja="ベースライン")
_MEASURE = Bilingual(en="Measure", ja="項目")


def laid(found: Opened, scenarios: Iterable[Scenario]) -> Opened:
    """The design with scenarios stacked over it. Raises ChangeError."""
    stack = tuple(dict.fromkeys(scenarios))
    if not stack:
        return found
    return derived(overlaid(found.graph.design, found.catalog.catalog, *stack), found.catalog)


def with_scenarios(found: Opened, names: Sequence[str]) -> Opened:
    """The design with all the scenarios named stacked over it. Raises ChangeError."""
    return laid(found, (each for name in names for each in stack_named(found.graph.design, name)))


def compare_scenarios(arguments: Namespace) -> int:
    """Print the design as saved and its scenarios side by side; 0."""
    before = opened(arguments.design)
    design = before.graph.design
    stacks = [stack_named(design, name) for name in arguments.scenarios] or [
        (each,) for each in design.scenarios
    ]
    columns = [(stack, laid(before, stack)) for stack in stacks]
    measured = [measures(found.graph) for found in (before, *(found for _, found in columns))]
    compared = [compare(before.graph, found.graph) for _, found in columns]
    if arguments.json:
        data = {
            "baseline": measures_data(measured[0]),
            "columns": [
                _column(stack, comparison, numbers)
                for (stack, _), comparison, numbers in zip(columns, compared, measured[1:], strict=True)
            ],
        }
        write_bytes(json_text(data).encode())
    else:
        headings = [" + ".join(each.name for each in stack) for stack, _ in columns]
        write_text(_table(headings, measured, compared, arguments.language))
    return 0


def _column(stack: tuple[Scenario, ...], comparison: Comparison, numbers: Measures) -> Data:
    return {
        "scenarios": [each.id for each in stack],
        "changes": [change_data(change) for each in stack for change in each.changes],
        "difference": counts_data(comparison),
        **measures_data(numbers),
    }


def _table(
    headings: list[str], measured: list[Measures], compared: list[Comparison], language: Language
) -> str:
    rows = [
        [line.name.text(language), *(line.text(number).text(language) for number in line.numbers)]
        for line in lines(measured, [None, *compared])
    ]
    return aligned([_MEASURE.text(language), BASELINE.text(language), *headings], rows)

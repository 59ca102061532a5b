"""Scenarios named on the command line, and `portchart compare`: scenarios side by side."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence

from exports.changes import change_data, counts_data, measures_data
from exports.command.opened import Opened, derived, opened
from exports.command.terminal import aligned, write_bytes, write_text
from exports.plain import Data, json_text
from exports.tables import SEVERITY_NAMES
from model.comparison import Comparison, compare
from model.design import Scenario
from model.frozen import Bilingual, Language
from model.whatif.goals import GOALS
from model.whatif.measures import Measures, measures
from model.whatif.overlay import overlaid, stack_named

BASELINE = Bilingual(en="Baseline", ja="ベースライン")
_MEASURE = Bilingual(en="Measure", ja="項目")
_ADDED = Bilingual(en="Flows added", ja="追加される通信")
_REMOVED = Bilingual(en="Flows removed", ja="廃止される通信")
_CHANGED = Bilingual(en="Flows changed", ja="変更される通信")
_FLOWS = Bilingual(en="Flows", ja="通信")
_OPENINGS = Bilingual(en="Openings", ja="ゾーン間の許可")
_NAMES = Bilingual(en="FQDNs", ja="FQDN")
_CLEARTEXT = Bilingual(en="Cleartext flows", ja="平文の通信")
_FINDINGS = Bilingual(en="Findings: {}", ja="指摘事項: {}")
_MET = Bilingual(en="met", ja="達成")
_BROKEN = Bilingual(en="broken by {}", ja="違反 {} 件")


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
    rows = [[name.text(language), *values] for name, values in _rows(measured, compared, language)]
    return aligned([_MEASURE.text(language), BASELINE.text(language), *headings], rows)


def _rows(
    measured: list[Measures], compared: list[Comparison], language: Language
) -> Iterator[tuple[Bilingual, list[str]]]:
    yield _FLOWS, [str(each.flows) for each in measured]
    yield _ADDED, ["", *(str(len(each.added)) for each in compared)]
    yield _REMOVED, ["", *(str(len(each.removed)) for each in compared)]
    yield _CHANGED, ["", *(str(len(each.changed)) for each in compared)]
    yield _OPENINGS, [str(each.openings) for each in measured]
    yield _NAMES, [str(each.fqdns) for each in measured]
    yield _CLEARTEXT, [str(each.cleartext) for each in measured]
    for severity, name in SEVERITY_NAMES.items():
        heading = Bilingual(en=_FINDINGS.en.format(name.en), ja=_FINDINGS.ja.format(name.ja))
        yield heading, [str(each.findings[severity]) for each in measured]
    for goal in GOALS:
        yield goal.name, [_goal(each.goals[goal.id], language) for each in measured]


def _goal(breaking: int, language: Language) -> str:
    return _BROKEN.text(language).format(breaking) if breaking else _MET.text(language)

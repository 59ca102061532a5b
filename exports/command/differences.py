"""`portchart what-if` and `portchart diff`: which flows and names come, go and change."""

from __future__ import annotations

from argparse import Namespace

from exports.command.consequences import consequence_data, consequence_lines
from exports.command.flows import matrix_text
from exports.command.opened import derived, opened
from exports.command.scenarios import with_scenarios
from exports.command.terminal import aligned, write_bytes, write_text
from exports.plain import comparison_data, json_text, name_data
from model.derivation.comparison import Comparison, compare
from model.derivation.graph import FlowGraph
from model.editing.scenario import apply_changes, parse_change
from model.errors import ChangeError
from model.frozen import Bilingual, Language
from model.sentences import told
from model.tables.allowlist import ALLOW_COLUMNS, AllowedName, allow_list
from model.tables.matrix import Row, rows

SAME = Bilingual(en="The flows are the same.", ja="通信に変更はありません。")
_SHOWN_NAMES = ("fqdn", "change", "destination", "ports", "sources")


def what_if(arguments: Namespace) -> int:
    """Print what scenarios and changes would do to a design; 0. Raises ChangeError."""
    if not (arguments.changes or arguments.scenarios):
        raise ChangeError(
            told("There is nothing to try; name a change with --set or a scenario with --scenario.")
        )
    saved = opened(arguments.design)
    catalog = saved.catalog.catalog
    before = saved if arguments.baseline is None else with_scenarios(saved, [arguments.baseline])
    changes = [
        parse_change(catalog, text, component)
        for text, components in arguments.changes or ()
        for component in (components or (None,))
    ]
    laid = with_scenarios(saved, arguments.scenarios).graph.design
    after = derived(apply_changes(laid, catalog, changes), saved.catalog)
    _print(before.graph, after.graph, arguments, wider=True)
    return 0


def diff(arguments: Namespace) -> int:
    """Print how the flows of two designs differ; 1 where they do, else 0."""
    before, after = opened(arguments.old), opened(arguments.new)
    return 0 if _print(before.graph, after.graph, arguments).same else 1


def _print(before: FlowGraph, after: FlowGraph, arguments: Namespace, *, wider: bool = False) -> Comparison:
    """Print the difference; `wider`: also by zones, firewalls and findings, and what stays at services."""
    comparison = compare(before, after)
    found = rows(after, comparison, scope="all")
    names = [entry for entry in allow_list(after, comparison) if entry.status != "unchanged"]
    if arguments.json:
        data = comparison_data(found, comparison) | {"names": [name_data(entry) for entry in names]}
        write_bytes(json_text(data | (consequence_data(before, after) if wider else {})).encode())
        return comparison
    if comparison.same:
        write_text(SAME.text(arguments.language) + "\n")
    else:
        write_text(_text(found, names, comparison, arguments.language))
    if wider:
        lines = consequence_lines(before, after, arguments.language)
        write_text("".join(f"{line}\n" for line in lines))
    return comparison


def _text(
    found: tuple[Row, ...], names: list[AllowedName], comparison: Comparison, language: Language
) -> str:
    differing = tuple(row for row in found if row.status != "unchanged")
    parts = [matrix_text(differing, language, change=True).rpartition("\n\n")[0] + "\n"]
    if names:
        columns = [column for column in ALLOW_COLUMNS if column.id in _SHOWN_NAMES]
        headings = [column.title(language) for column in columns]
        parts.append(
            aligned(headings, [[column.cell(entry, language) for column in columns] for entry in names])
        )
    counts = len(comparison.added), len(comparison.removed), len(comparison.changed), comparison.unchanged
    summary = Bilingual(
        en="{} added, {} removed, {} changed, {} unchanged.".format(*counts),
        ja="追加 {} 件、廃止 {} 件、変更 {} 件、変更なし {} 件。".format(*counts),
    )
    return "\n".join([*parts, summary.text(language) + "\n"])

"""Section 6, the URL allow-list: one table for each group of sources that need the same names."""

from __future__ import annotations

from dataclasses import replace

from exports.pdf.pages.columns import column_widths
from exports.pdf.pages.sheets import Sheets
from exports.pdf.pages.table import flow_table, headings_of, rows_of
from exports.pdf.sections.joined import PORTS
from exports.pdf.sections.matrix import marked_rows
from exports.pdf.sections.parts import Parts
from exports.report import Report
from model.derivation.comparison import Status
from model.design.elements import Component
from model.frozen import Bilingual
from model.tables.allowlist import ALLOW_COLUMNS, AllowedName, allow_list

TITLE = Bilingual(en="URL allow-list", ja="URL許可リスト")
NOTHING = Bilingual(en="No flow names a destination.", ja="FQDN を指定する通信はありません。")
_NAMED = 12

Group = tuple[tuple[Component, ...], tuple[AllowedName, ...]]


def source_groups(report: Report) -> tuple[Group, ...]:
    """The allow-list by the sources that need it, each with their reasons: who needs the same names is together.

    With a comparison the change of an entry is that for its group: a name that others still need is removed where a
    group no longer needs it, and one that others need anew is unchanged where a group needed it before.
    """
    comparison = report.comparison
    entries = [entry for entry in report.allow_list if entry.status != "removed"]
    before = {} if comparison is None else {entry.key: entry for entry in allow_list(comparison.before)}
    asked: list[tuple[AllowedName, Component, Status | None]] = []
    for entry in entries:
        was = before.get(entry.key)
        for source in entry.sources:
            asked.append((entry, source, None if comparison is None else _status(entry, was, source.id)))
    now = {entry.key: entry.grounds for entry in entries}
    for entry in before.values():
        kept = now.get(entry.key, {})
        asked += [(entry, source, "removed") for source in entry.sources if source.id not in kept]
    asked.sort(key=lambda each: each[0].place)
    needs: dict[str, list[tuple[AllowedName, Status | None]]] = {}
    components: dict[str, Component] = {}
    for entry, source, status in asked:
        needs.setdefault(source.id, []).append((entry, status))
        components[source.id] = source
    groups: dict[tuple[object, ...], list[str]] = {}
    for name, needed in needs.items():
        same = tuple((entry.key, status, entry.why(name).marks) for entry, status in needed)
        groups.setdefault(same, []).append(name)
    return tuple(
        _group(tuple(components[name] for name in names), needs[names[0]]) for names in groups.values()
    )


def _status(entry: AllowedName, before: AllowedName | None, source: str) -> Status:
    """What becomes of a name for one of its sources, by id."""
    if before is None or source not in before.grounds:
        return "added"
    same = entry.own == before.own and entry.why(source) == before.why(source)
    return "unchanged" if same else "changed"


def _group(sources: tuple[Component, ...], needed: list[tuple[AllowedName, Status | None]]) -> Group:
    return sources, tuple(replace(entry.needed_by(sources), status=status) for entry, status in needed)


def add_urls(sheets: Sheets, parts: Parts) -> None:
    """Lay the section out."""
    report = parts.report
    sheets.begin(6, TITLE)
    if not report.allow_list:
        sheets.remark(NOTHING)
        return
    left_out = {"sources"} if report.comparison else {"sources", "change"}
    columns = [
        PORTS if column.id == PORTS.id else column for column in ALLOW_COLUMNS if column.id not in left_out
    ]
    headings = headings_of(columns, report.language)
    every = rows_of(columns, report.allow_list, report.language)
    widths = column_widths(headings, [row.cells for row in every], sheets.page.paper.room)
    for sources, entries in source_groups(report):
        sheets.sub(_named(sources))
        rows = rows_of(columns, entries, report.language)
        statuses = [entry.status for entry in entries]
        flow_table(sheets, headings, marked_rows(rows, statuses, 1), widths=widths)


def _named(sources: tuple[Component, ...]) -> str:
    names = [each.name if each.count == 1 else f"{each.name} ×{each.count}" for each in sources]
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" … +{more}" if more > 0 else "")

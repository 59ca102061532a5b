"""Section 6, the URL allow-list: one table for each group of sources that need the same names."""

from __future__ import annotations

from exports.pdf.pages.columns import column_widths
from exports.pdf.pages.sheets import Sheets
from exports.pdf.pages.table import flow_table, headings_of, rows_of
from exports.pdf.sections.joined import PORTS
from exports.pdf.sections.matrix import marked_rows
from exports.pdf.sections.parts import Parts
from model.design.elements import Component
from model.frozen import Bilingual
from model.tables.allowlist import ALLOW_COLUMNS, AllowedName

TITLE = Bilingual(en="URL allow-list", ja="URL許可リスト")
NOTHING = Bilingual(en="No flow names a destination.", ja="FQDN を指定する通信はありません。")
_NAMED = 12

Group = tuple[tuple[Component, ...], tuple[AllowedName, ...]]


def source_groups(entries: tuple[AllowedName, ...]) -> tuple[Group, ...]:
    """The entries by the sources that need them, each with their reasons: who needs the same entries is together."""
    needs: dict[str, list[int]] = {}
    components: dict[str, Component] = {}
    for place, entry in enumerate(entries):
        for source in entry.sources:
            needs.setdefault(source.id, []).append(place)
            components[source.id] = source
    groups: dict[tuple[int, ...], list[Component]] = {}
    for name, places in needs.items():
        groups.setdefault(tuple(places), []).append(components[name])
    return tuple(
        (tuple(sources), tuple(entries[place].needed_by(tuple(sources)) for place in places))
        for places, sources in groups.items()
    )


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
    for sources, entries in source_groups(report.allow_list):
        sheets.sub(_named(sources))
        rows = rows_of(columns, entries, report.language)
        statuses = [entry.status for entry in entries]
        flow_table(sheets, headings, marked_rows(rows, statuses, 1), widths=widths)


def _named(sources: tuple[Component, ...]) -> str:
    names = [each.name if each.count == 1 else f"{each.name} ×{each.count}" for each in sources]
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" … +{more}" if more > 0 else "")

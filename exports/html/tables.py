"""Tables of the page: filterable, sortable, and with what each row has to do with in the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from exports.html.words import ALL_COLUMNS, ANY, FILTER, NOTHING, said
from exports.markup import escaped
from model.design.columns import Column, Shown
from model.frozen import Bilingual

RowType = TypeVar("RowType")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[RowType]):
    """A table to write. `lights` gives the subjects of the picture that a row is about, `key` what names its row.

    `choices`: columns to filter by choosing one of their values; `folded`: columns shown on request.
    `status`: what became of a row, for its colour; `linked`: a column whose cell holds the ids of rules.
    """

    id: str
    columns: Sequence[Column[RowType]]
    rows: Sequence[RowType]
    lights: Callable[[RowType], Iterable[str]] = lambda row: ()
    status: Callable[[RowType], str | None] = lambda row: None
    key: Callable[[RowType], str] | None = None
    choices: Sequence[str] = ()
    folded: frozenset[str] = frozenset()
    linked: str = ""


def written(sheet: Sheet[RowType], title: Bilingual, language: Shown, rules: frozenset[str]) -> Iterator[str]:
    """The lines of a table with its tools, or a sentence where it has no row. `rules`: those that can be linked to."""
    if not sheet.rows:
        yield f"<p>{said(NOTHING, language)}</p>"
        return
    yield from _tools(sheet, language)
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{said(title, language)}">'
    folds = " data-folds" if sheet.folded else ""
    yield f'<table id="{sheet.id}-table"{folds}>'
    yield f"<caption>{said(title, language)}</caption>"
    yield "<thead><tr>"
    for column in sheet.columns:
        heading = escaped(column.title(language)).replace("/", "/<wbr>")
        yield f'<th scope="col"{_column(sheet, column)}>{heading}</th>'
    yield "</tr></thead>"
    yield "<tbody>"
    for row in sheet.rows:
        yield f"<tr{_attributes(sheet, row)}>"
        yield "".join(
            f"<td{_column(sheet, column)}>{_cell(sheet, column, row, language, rules)}</td>"
            for column in sheet.columns
        )
        yield "</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _tools(sheet: Sheet[RowType], language: Shown) -> Iterator[str]:
    table = f"{sheet.id}-table"
    yield f'<div class="tools" data-script data-for="{table}" hidden>'
    yield f'<label>{said(FILTER, language)} <input type="search" aria-controls="{table}"></label>'
    for column in sheet.columns:
        if column.id not in sheet.choices:
            continue
        values = dict.fromkeys(column.cell(row, language) for row in sheet.rows)
        if len(values) < 2:
            continue
        yield f'<label>{escaped(column.title(language))} <select data-column="{column.id}">'
        yield f'<option value="">{said(ANY, language)}</option>'
        yield from (f"<option>{escaped(value)}</option>" for value in sorted(values))
        yield "</select></label>"
    if any(column.id in sheet.folded for column in sheet.columns):
        yield f'<label><input type="checkbox" data-unfold> {said(ALL_COLUMNS, language)}</label>'
    yield f'<output aria-live="polite">{len(sheet.rows)}</output>'
    yield "</div>"


def _column(sheet: Sheet[RowType], column: Column[RowType]) -> str:
    wide = " wide" if column.width > 30 else ""
    folded = " folded" if column.id in sheet.folded else ""
    return f' class="c-{column.id}{wide}{folded}"'


def _attributes(sheet: Sheet[RowType], row: RowType) -> str:
    key = f' id="{sheet.id}-{escaped(sheet.key(row))}"' if sheet.key is not None else ""
    status = sheet.status(row)
    mark = f' class="{status}"' if status else ""
    lights = " ".join(sheet.lights(row))
    about = f' data-lights="{escaped(lights)}"' if lights else ""
    return f"{key}{mark}{about}"


def _cell(
    sheet: Sheet[RowType], column: Column[RowType], row: RowType, language: Shown, rules: frozenset[str]
) -> str:
    text = column.cell(row, language)
    if column.id != sheet.linked:
        return escaped(text)
    return ", ".join(
        f'<a href="#rule-{escaped(name)}">{escaped(name)}</a>' if name in rules else escaped(name)
        for name in text.split(", ")
    )

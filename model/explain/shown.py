"""Citations and conditions as texts."""

from __future__ import annotations

from collections.abc import Iterator

from model.catalog.catalog import Catalog
from model.catalog.condition import All, AnyOf, Not, Trace
from model.catalog.rules import Citation
from model.frozen import Bilingual, Language
from model.tables.wording import in_words


def citation_text(catalog: Catalog, citation: Citation) -> Bilingual:
    """Where a rule is printed, as a phrase: table, row, and line numbers of the source text."""
    table = catalog.document.tables[citation.table]
    lines = _ranges(citation.lines)
    return Bilingual(
        en=f"{table.en}, row {citation.row}, {'lines' if len(citation.lines) > 1 else 'line'} {lines}",
        ja=f"{table.ja} {citation.row} 行目（原文 {lines} 行目）",
    )


def _ranges(lines: tuple[int, ...]) -> str:
    """Line numbers, runs shortened: 49–51, 53, 55."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


_ALL = Bilingual(en="all of:", ja="次のすべて:")
_ANY = Bilingual(en="at least one of:", ja="次のいずれか:")
_NOT = Bilingual(en="not:", ja="次が成り立たない:")


def condition_parts(catalog: Catalog, traced: Trace) -> Iterator[tuple[int, Trace, Bilingual]]:
    """A condition part by part, outer ones first: how deep each lies, what it came to, and what it says."""
    return _parts(catalog, traced, 0)


def _parts(catalog: Catalog, traced: Trace, depth: int) -> Iterator[tuple[int, Trace, Bilingual]]:
    heading = {All: _ALL, AnyOf: _ANY, Not: _NOT}.get(type(traced.condition))
    yield depth, traced, heading or in_words(traced.condition, catalog)
    for part in traced.parts:
        yield from _parts(catalog, part, depth + 1)


def condition_lines(catalog: Catalog, traced: Trace, language: Language) -> tuple[str, ...]:
    """A condition as indented lines, each part marked ✓ where it holds and × where it does not."""
    return tuple(
        f"{'  ' * depth}{'✓' if part.holds else '×'} {text.text(language)}"
        for depth, part, text in condition_parts(catalog, traced)
    )

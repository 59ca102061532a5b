"""The finding, and how its sentence is made from the catalog's message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from model.catalog.catalog import Catalog
from model.catalog.rules import Severity
from model.design.design import Design
from model.frozen import Bilingual
from model.sentences import closed


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that settles a finding, and what the button says."""

    label: Bilingual
    edit: Callable[[Design], Design] = field(compare=False)


class Finding(NamedTuple):
    """One thing to know. `subjects` are the ids of the components and zones concerned, `rules` what it rests on."""

    code: str
    severity: Severity
    message: Bilingual
    subjects: tuple[str, ...] = ()
    discrepancies: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    fix: Fix | None = None


Value = str | int | Bilingual


def said(
    catalog: Catalog,
    code: str,
    subjects: Iterable[str],
    values: Mapping[str, Value],
    rules: Iterable[str] = (),
    fix: Fix | None = None,
) -> Finding:
    """A finding in the words of the catalog's message `code`, its placeholders filled in.

    Of `rules` those count that the catalog has.
    """
    message = catalog.message_by_code[code]
    return Finding(
        code,
        message.severity,
        Bilingual(
            en="".join(
                _parts(message.message.en, {name: _en(value) for name, value in values.items()})
            ).strip(),
            ja=closed(
                *_parts(message.message.ja, {name: _ja(value) for name, value in values.items()})
            ).strip(),
        ),
        tuple(dict.fromkeys(subjects)),
        message.discrepancies,
        tuple(sorted(catalog.order.keys() & set(rules), key=catalog.order.__getitem__)),
        fix,
    )


def _parts(sentence: str, values: dict[str, str]) -> list[str]:
    """The sentence in pieces. Placeholders are replaced in one pass, so that a name with braces stays as it is."""
    parts: list[str] = []
    for piece in sentence.split("{"):
        name, brace, rest = piece.partition("}")
        if brace and name in values:
            parts += values[name], rest
        else:
            parts.append("{" + piece if parts else piece)
    return parts


def _en(value: Value) -> str:
    return value.en if isinstance(value, Bilingual) else str(value)


def _ja(value: Value) -> str:
    return value.ja if isinstance(value, Bilingual) else str(value)

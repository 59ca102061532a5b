"""The numbers of the openings: one per pair of components, the same in the topology, the matrix and the lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from model.frozen import Bilingual
from model.tables.matrix import Row

Pair = tuple[str, str]
NUMBER = Bilingual(en="No.", ja="番号")


def numbered(rows: Sequence[Row]) -> Mapping[Pair, int]:
    """A number for each (source, destination), in the order of the matrix."""
    pairs = dict.fromkeys((row.flow.source, row.flow.destination) for row in rows)
    return {pair: number for number, pair in enumerate(pairs, start=1)}


def pair_of(row: Row) -> Pair:
    """The pair that a row belongs to."""
    return row.flow.source, row.flow.destination


def number_anchor(number: int) -> str:
    """The name of the place in the topology where a number stands."""
    return f"number-{number}"


def pair_anchor(number: int) -> str:
    """The name of the place in the matrix where the flows of a number begin."""
    return f"flows-{number}"


def runs(numbers: Iterable[int]) -> str:
    """Numbers in order, runs shortened: "1–3, 7"."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(one) if one == other else f"{one}–{other}" for one, other in found)


def numbers_of(rows: Iterable[Row], numbers: Mapping[Pair, int]) -> str:
    """The numbers of some rows as a text."""
    return runs(numbers[pair_of(row)] for row in rows)

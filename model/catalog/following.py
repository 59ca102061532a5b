"""Which parts of the rules a kind follows, directly or by inheritance, and what they ask between two kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Generic, NamedTuple, TypeVar

from model.catalog.questions import Questions
from model.catalog.rules import Connection, Names, Rule

Part = TypeVar("Part", Connection, Names)

ITSELF = ""
"""Stands for the component itself as the destination of what stays within a host."""


class Followed(NamedTuple, Generic[Part]):
    """A part of a rule that a kind follows: directly, or `through` the rule that lets it inherit."""

    rule: Rule
    part: Part
    through: Rule | None = None

    @property
    def cites(self) -> tuple[str, ...]:
        """The ids of the rules that speak, in catalog order for all practical catalogs."""
        return (self.rule.id,) if self.through is None else (self.rule.id, self.through.id)


Placed = tuple[int, Followed[Connection]]
"""A connection behind its place in the order of everything its kind opens."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Everything the rules say of one kind towards another, or towards ITSELF.

    Sources whose answers (see `questions`) agree in the bits `here` open the same ports at destinations that agree in
    the bits `there`, with the same names but for the destination's `own`.
    """

    to: str
    links: tuple[Placed, ...]
    required: tuple[Placed, ...]
    """The links that must lead somewhere where their condition holds."""
    here: int
    there: int
    own: bool
    alone: bool
    """Whether every component has destinations of its own: itself, or all of its kind but itself."""


def pairs(
    kind: str,
    connections: Iterable[Followed[Connection]],
    names_of: Mapping[tuple[str, str], tuple[Followed[Names], ...]],
    questions: Questions,
) -> Iterator[Pair]:
    """What a kind opens, by the kind it opens it to; what stays within a host comes last."""
    places = count()
    towards: dict[str, list[Placed]] = {}
    for each in sorted(connections, key=lambda each: each.part.scope == "host"):
        for to in (ITSELF,) if each.part.scope == "host" else each.part.to:
            towards.setdefault(to, []).append((next(places), each))
    for to, links in towards.items():
        names = [each.part for each in names_of.get((kind, to), ())]
        conditions = [link.part.when for _, link in links]
        conditions += [condition for part in names for condition in (part.when, part.certain_when)]
        here, there = questions.ask(conditions, "source"), questions.ask(conditions, "destination")
        if to == ITSELF:
            here, there = here | there, 0
        own = any(part.own for part in names)
        required = tuple(each for each in links if _is_required(each[1].part, questions))
        yield Pair(to, tuple(links), required, here, there, own, alone=to in (ITSELF, kind))


def _is_required(link: Connection, questions: Questions) -> bool:
    """Whether a connection with nowhere to go is missed: none that is optional, or depends on who is there."""
    return (
        link.optional is None
        and "destination" not in link.if_any
        and not questions.ask([link.when], "destination")
    )

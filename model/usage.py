"""Whom components use of the kinds that they are tied to, told apart only as far as rules can tell.

Components that are each tied to a server of their own open the same where those servers are alike: only the names
differ. A *place* stands for such a server: "the first one of this sort that I am tied to".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from model.design import Design
from model.elements import Assignment

Targets = tuple[str, ...]
"""Whom someone uses of a kind; empty for none."""

Ties = tuple[tuple[str, Targets], ...]

PLACE = "\n"
"""What the name of a place begins with; no component's id does."""


@dataclass(slots=True, eq=False)
class Usage:
    """Whom some components use: `ties` with places for names, in design order, and the `names` at those places."""

    ties: Ties
    places: tuple[str, ...]
    names: tuple[str, ...]


class Usages:
    """The usages of a design. `apart`: lots of components that are told from all others, however alike."""

    def __init__(self, design: Design, apart: Sequence[Collection[str]]) -> None:
        self._apart = apart
        self.ties_of: dict[str, str] = {}
        """The ties of each component that is tied, by its id: equal for those that use the same."""
        self._ties: dict[str | None, tuple[Assignment, ...]] = {None: ()}
        self._read(design.assignments)
        wanted = {name for ties in self._ties.values() for tie in ties for name in tie.chosen}
        self._targets = {each.id: each for each in design.components if each.id in wanted} if wanted else {}
        self._order = {name: number for number, name in enumerate(self._targets)}
        self._places: dict[object, str] = {}
        self.standing: dict[str, dict[str, None]] = {}
        """The components that a place stands for, in the order in which they were met."""

    def _read(self, assignments: Iterable[Assignment]) -> None:
        ties_of, known = self.ties_of, self._ties
        for tie in assignments:
            name, ties = tie.source, tie.likeness
            before = ties_of.get(name)
            if before is not None:
                ties = before + ties
            if ties not in known:
                known[ties] = (*known[before], tie)
            ties_of[name] = ties

    def by_name(self, ties: str) -> Usage:
        """The usage that ties are, with every target by its name."""
        found = tuple((tie.kind, self._in_order(tie)) for tie in self._ties[ties])
        return Usage(found, (), ())

    def by_place(self, ties: str) -> Usage:
        """The usage that ties are, with places for names."""
        found: list[tuple[str, Targets]] = []
        at: dict[str, str] = {}
        for tie in self._ties[ties]:
            before: Counter[object] = Counter()
            places: list[str] = []
            for name in self._in_order(tie):
                sort = self._sort(name)
                place = self._places.setdefault((sort, before[sort]), f"{PLACE}{len(self._places)}")
                before[sort] += 1
                places.append(place)
                at[place] = name
                self.standing.setdefault(place, {})[name] = None
            found.append((tie.kind, tuple(places)))
        return Usage(tuple(found), tuple(at), tuple(at.values()))

    def _in_order(self, tie: Assignment) -> tuple[str, ...]:
        names = tie.chosen
        return tuple(sorted(names, key=self._order.__getitem__)) if len(names) > 1 else names

    def _sort(self, name: str) -> object:
        """All that rules can tell of a target: what it chooses, its name, and of which kinds it uses none."""
        target = self._targets[name]
        ties = self._ties[self.ties_of.get(name)]
        lacking = tuple(tie.kind for tie in ties if not tie.chosen)
        return target.likeness, target.fqdn, lacking, tuple(name in lot for lot in self._apart)

"""Whom components use of the kinds that they are tied to, told apart only as far as rules can tell.

Components that are each tied to a server of their own open the same where those servers are alike: only the names
differ. A *place* stands for such a server: "the first one of this sort that I am tied to".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from model.design.design import Design
from model.design.elements import Assignment

Targets = tuple[str, ...]
"""Whom someone uses of a kind; empty for none."""

Ties = tuple[tuple[str, Targets], ...]

PLACE = "\n"
"""What the name of a place begins with; no component's id does."""


class Usages:
    """The usages of a design. `apart`: lots of components that are told from all others, however alike."""

    def __init__(self, design: Design, apart: Sequence[Collection[str]]) -> None:
        self._design = design
        self._apart = apart
        self.ties_of: dict[str, str] = {}
        """The ties of each component that is tied, by its id: equal for those that use the same."""
        self._ties: dict[str | None, tuple[Assignment, ...]] = {None: ()}
        self._read(design.assignments)
        self._places: dict[object, str] = {}
        self.at: dict[str, dict[str, str]] = {}
        """The components that each place stands for: by the ties of those that have them there."""

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

    def by_name(self, ties: str) -> Ties:
        """What ties say, with every target by its name."""
        return tuple((tie.kind, self._in_order(tie)) for tie in self._ties[ties])

    def by_place(self, ties: str) -> Ties:
        """What ties say, with a place for every target."""
        return tuple((tie.kind, tuple(self._places_of(ties, tie))) for tie in self._ties[ties])

    def _places_of(self, ties: str, tie: Assignment) -> Iterator[str]:
        met: dict[object, int] = {}
        for name in self._in_order(tie):
            sort = self._sort(name)
            met[sort] = number = met.get(sort, 0) + 1
            place = self._places.setdefault((sort, number), f"{PLACE}{len(self._places)}")
            self.at.setdefault(place, {})[ties] = name
            yield place

    def _in_order(self, tie: Assignment) -> tuple[str, ...]:
        names = tie.chosen
        return tuple(sorted(names, key=self._order.__getitem__)) if len(names) > 1 else names

    @cached_property
    def _order(self) -> Mapping[str, int]:
        """The place of each component in the design."""
        return {each.id: number for number, each in enumerate(self._design.components)}

    def _sort(self, name: str) -> object:
        """All that rules ask of a target: what it chooses, and its name (whom it uses, they ask of sources alone)."""
        target = self._design.component_by_id[name]
        return target.likeness, target.fqdn, tuple(name in lot for lot in self._apart)

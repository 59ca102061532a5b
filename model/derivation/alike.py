"""Which components are alike: the same kind, choices and ties, so that the rules say the same of all of them.

Whatever is worked out for one of a class holds for all of it; hosts inside a group are never told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from model.catalog.catalog import Catalog
from model.catalog.following import ITSELF
from model.derivation.usage import Targets, Ties, Usages
from model.design.design import Design
from model.design.elements import Component


@dataclass(slots=True, eq=False)
class Alike:
    """A class of components; `members` are their ids in design order, `ties` whom they use of some kinds.

    A tie may name places (see `usage`), at which each member has a component of its own.
    """

    place: int
    kind: str
    first: Component
    ties: Mapping[str, Targets]
    usages: Usages
    members: list[str] = field(default_factory=list)

    def at(self, place: str) -> Sequence[str] | None:
        """Whom the members have at a place, by id; None where it is no place."""
        names = self.usages.at.get(place)
        if names is None:
            return None
        ties = map(self.usages.ties_of.__getitem__, self.members)
        return list(map(names.__getitem__, ties))


Run = tuple[Alike, int]
"""A class, and how many of its components follow each other in the design."""


class Company:
    """The components of a design in classes. Kinds that the catalog lacks are left out: no rule speaks of them."""

    def __init__(self, design: Design, catalog: Catalog, apart: Sequence[Collection[str]] = ()) -> None:
        """`apart`: components that are told from all others, however alike; each lot of them by itself."""
        self.design = design
        self._among: dict[str, Mapping[str, Alike]] = {}
        self._names: dict[str, Sequence[str]] = {}
        self.classes: list[Alike] = []
        self.usages = Usages(design, apart)
        self._mutual = catalog.mutual
        self._known: dict[object, Alike] = {}
        self.runs = self._sorted(catalog, apart)
        """The design's order."""

    def _sorted(self, catalog: Catalog, apart: Sequence[Collection[str]]) -> list[Run]:
        """Put every component into its class."""
        runs: list[Run] = []
        met: defaultdict[object, dict[str | None, Alike]] = defaultdict(dict)
        ties_of = self.usages.ties_of
        lots: tuple[bool, ...] = ()
        last: Alike | None = None
        length = 0
        for component in self.design.components:
            name = component.id
            likeness: object = component.likeness
            if apart:
                lots = tuple(name in lot for lot in apart)
                likeness = likeness, lots
            ties = ties_of.get(name)
            alike = met[likeness].get(ties)
            if alike is None:
                if component.kind not in catalog.kind_by_id:
                    continue
                alike = self._class_for(component, ties, lots)
                if not self._is_alone(alike):
                    met[likeness][ties] = alike
            alike.members.append(name)
            if alike is last:
                length += 1
                continue
            if last is not None:
                runs.append((last, length))
            last, length = alike, 1
        if last is not None:
            runs.append((last, length))
        return runs

    def _class_for(self, component: Component, ties: str | None, lots: tuple[bool, ...]) -> Alike:
        """The class of a component that no other one was quite like."""
        usages = self.usages
        used: Ties = ()
        if ties is not None:
            # A way through a web proxy leads on for its destination: there every name counts.
            used = usages.by_name(ties) if component.proxies else usages.by_place(ties)
        key = component.likeness, used, lots
        alike = self._known.get(key)
        if alike is None:
            alike = Alike(len(self.classes), component.kind, component, dict(used), usages)
            self.classes.append(alike)
            if not self._is_alone(alike):
                self._known[key] = alike
        return alike

    def _is_alone(self, alike: Alike) -> bool:
        """Whether a class is that of one component: what uses all of its own kind but itself is like no other."""
        return alike.kind in self._mutual and alike.kind not in alike.ties

    def same(self, design: Design) -> bool:
        """Whether another design has the same classes: its components differ in nothing that rules look at."""
        mine, theirs = self.design.components, design.components
        if self.design.assignments != design.assignments or len(mine) != len(theirs):
            return False
        return mine == theirs or all(
            one is other or _looked_at(one) == _looked_at(other)
            for one, other in zip(mine, theirs, strict=True)
        )

    def serving(self, alike: Alike, kind: str) -> Sequence[Alike]:
        """The classes of the components that serve those of a class (D2); of ITSELF, the class."""
        if kind == ITSELF:
            return (alike,)
        targets = alike.ties.get(kind)
        if targets is not None:
            among = self.among(kind)
            return list(dict.fromkeys(among[name] for name in targets))
        classes = self.of_kind.get(kind, ())
        return [each for each in classes if each is not alike] if kind == alike.kind else classes

    def served(self, alike: Alike, kind: str) -> Sequence[str]:
        """The components of a kind that serve those of a class (D2): all, these, or none; in design order.

        By id, or by the place where each member has its own.
        """
        if kind == ITSELF:
            return (ITSELF,)
        targets = alike.ties.get(kind)
        if targets is not None:
            return targets
        names = self._names_of(kind)
        return [name for name in names if name not in alike.members] if kind == alike.kind else names

    def among(self, kind: str) -> Mapping[str, Alike]:
        """The class of each component of a kind, by id, and one for each place, of those that it stands for."""
        found = self._among.get(kind)
        if found is None:
            found = {name: alike for alike in self.of_kind.get(kind, ()) for name in alike.members}
            for place, names in self.usages.at.items():
                alike = found.get(next(iter(names.values())))
                if alike is not None:
                    found[place] = alike
            self._among[kind] = found
        return found

    def lots(self) -> Iterator[Collection[str]]:
        """The components that are one to the rules: classes, and whom a place stands for."""
        yield from (alike.members for alike in self.classes)
        yield from (names.values() for names in self.usages.at.values())

    @cached_property
    def of_kind(self) -> Mapping[str, Sequence[Alike]]:
        """The classes of each kind."""
        found: dict[str, list[Alike]] = {}
        for alike in self.classes:
            found.setdefault(alike.kind, []).append(alike)
        return found

    def _names_of(self, kind: str) -> Sequence[str]:
        """The components of a kind by id, in design order."""
        found = self._names.get(kind)
        if found is None:
            classes = self.of_kind.get(kind, ())
            found = self._names[kind] = (
                classes[0].members
                if len(classes) == 1
                else [each.id for each in self.design.components if each.kind == kind]
            )
        return found

    def component(self, kind: str, name: str) -> Component:
        """A component of a kind by its id, or one of those that a place stands for."""
        alike = self.among(kind)[name]
        if len(alike.members) == 1:
            return alike.first
        standing = self.usages.at.get(name)
        return self.design.component_by_id[next(iter(standing.values())) if standing else name]

    @cached_property
    def class_of(self) -> dict[str, Alike]:
        """The class of each component, by id."""
        return {name: alike for alike in self.classes for name in alike.members}


def _looked_at(component: Component) -> tuple[str, str, str | None]:
    return component.id, component.likeness, component.fqdn

"""Which components are alike: the same kind, choices and ties, so that the rules say the same of all of them.

Whatever is worked out for one of a class holds for all of it; hosts inside a group are never told apart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from model.catalog import Catalog
from model.design import Design
from model.elements import Component

Targets = Literal["none"] | tuple[str, ...]
Ties = tuple[tuple[str, Targets], ...]


@dataclass(slots=True, eq=False)
class Alike:
    """A class of components; `members` are their ids in design order, `ties` whom they use of some kinds."""

    place: int
    kind: str
    first: Component
    ties: Mapping[str, Targets]
    members: list[str] = field(default_factory=list)


Run = tuple[Alike, int]
"""A class, and how many of its components follow each other in the design."""


class Company:
    """The components of a design in classes. Kinds that the catalog lacks are left out: no rule speaks of them."""

    def __init__(self, design: Design, catalog: Catalog, apart: Sequence[Collection[str]] = ()) -> None:
        """`apart`: components that are told from all others, however alike; each lot of them by itself."""
        self.design = design
        self.runs: list[Run] = []
        """The design's order."""
        self.classes: list[Alike] = []
        known: dict[object, Alike] = {}
        ties = _ties(design)
        last: Alike | None = None
        length = 0
        for component in design.components:
            name = component.id
            own = ties.get(name)
            key: object = component.likeness if own is None else (component.likeness, own)
            if apart:
                key = key, tuple(name in lot for lot in apart)
            alike = known.get(key)
            if alike is None:
                kind = component.kind
                if kind not in catalog.kind_by_id:
                    continue
                alike = Alike(len(self.classes), kind, component, dict(own or ()))
                self.classes.append(alike)
                # What uses all of its own kind but itself is alone: no other one uses just these.
                if kind not in catalog.mutual or kind in alike.ties:
                    known[key] = alike
            alike.members.append(name)
            if alike is last:
                length += 1
                continue
            if last is not None:
                self.runs.append((last, length))
            last, length = alike, 1
        if last is not None:
            self.runs.append((last, length))

    def same(self, design: Design) -> bool:
        """Whether another design has the same classes: its components differ in nothing that rules look at."""
        mine, theirs = self.design.components, design.components
        if self.design.assignments != design.assignments or len(mine) != len(theirs):
            return False
        return mine == theirs or all(
            one is other or _looked_at(one) == _looked_at(other)
            for one, other in zip(mine, theirs, strict=True)
        )

    def served(self, alike: Alike, kind: str) -> tuple[Sequence[str], Sequence[Alike]]:
        """The components of a kind that serve those of a class (D2): all, these, or none; in design order.

        By id, with their classes.
        """
        names, classes = self.of_kind.get(kind, ((), ()))
        targets = alike.ties.get(kind)
        if targets is not None:
            names = [name for name in names if name in targets]
        elif kind == alike.kind:
            names = [name for name in names if name not in alike.members]
        else:
            return names, classes
        return names, list(dict.fromkeys(self.class_of[name] for name in names))

    @cached_property
    def of_kind(self) -> Mapping[str, tuple[Sequence[str], Sequence[Alike]]]:
        """The components of each kind by id, in design order, and their classes."""
        classes: dict[str, list[Alike]] = {}
        for alike in self.classes:
            classes.setdefault(alike.kind, []).append(alike)
        return {
            kind: (several[0].members if len(several) == 1 else self._in_order(kind), several)
            for kind, several in classes.items()
        }

    def _in_order(self, kind: str) -> Sequence[str]:
        return [each.id for each in self.design.components if each.kind == kind]

    def component(self, name: str) -> Component:
        """A component of a kind that the catalog has, by its id."""
        alike = self.class_of[name]
        return alike.first if len(alike.members) == 1 else self.design.component_by_id[name]

    @cached_property
    def class_of(self) -> dict[str, Alike]:
        """The class of each component, by id."""
        return {name: alike for alike in self.classes for name in alike.members}


def _looked_at(component: Component) -> tuple[str, str, str | None]:
    return component.id, component.likeness, component.fqdn


def _ties(design: Design) -> dict[str, Ties]:
    found: dict[str, Ties] = {}
    for tie in design.assignments:
        name, own = tie.source, ((tie.kind, tie.targets),)
        found[name] = found[name] + own if name in found else own
    return found

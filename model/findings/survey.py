"""A design looked over once for all checks: what is common to many components or flows is gathered here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from model.catalog.catalog import Catalog
from model.catalog.condition import Subject
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.design.elements import Component
from model.flow import Basis, Flow

NOBODY = Subject("", frozenset(), {}, frozenset())
"""A source that has nothing on: a condition that holds for it depends on the destination alone."""


@dataclass(frozen=True)
class Survey:
    """A flow graph with its flows sorted by basis and its components by subject; a check costs classes, not flows."""

    graph: FlowGraph

    @property
    def design(self) -> Design:
        """The design that is looked over."""
        return self.graph.design

    @property
    def catalog(self) -> Catalog:
        """The catalog its flows come from."""
        return self.graph.catalog

    @cached_property
    def by_basis(self) -> tuple[tuple[Basis, list[Flow]], ...]:
        """Each basis of network flows with its flows, in order of first use."""
        found: defaultdict[int, list[Flow]] = defaultdict(list)
        for flow in self.graph.flows:
            found[id(flow[4])].append(flow)
        return tuple((flows[0].basis, flows) for flows in found.values() if flows[0].basis.scope == "network")

    @cached_property
    def by_rule(self) -> dict[str, list[list[Flow]]]:
        """The network flows that rest on each rule, one list per basis."""
        found: dict[str, list[list[Flow]]] = {}
        for basis, flows in self.by_basis:
            for rule in basis.rules:
                found.setdefault(rule, []).append(flows)
        return found

    @cached_property
    def classes(self) -> tuple[tuple[Subject, list[Component]], ...]:
        """Each subject with the components it stands for, in design order; unknown kinds have none.

        Members of a class have the same kind, choices and ties.
        """
        subjects = self.graph.subjects
        found: dict[int, tuple[Subject, list[Component]]] = {}
        for component in self.design.components:
            subject = subjects.get(component.id)
            if subject is not None:
                found.setdefault(id(subject), (subject, []))[1].append(component)
        return tuple(found.values())

    @cached_property
    def subjects_of(self) -> dict[str, list[Subject]]:
        """The subjects of each kind that is on the canvas."""
        found: dict[str, list[Subject]] = {}
        for subject, _members in self.classes:
            found.setdefault(subject.kind, []).append(subject)
        return found

    @cached_property
    def services(self) -> frozenset[str]:
        """The components that the vendor runs, by id."""
        kinds = {kind.id for kind in self.catalog.kinds if kind.service}
        return frozenset(each.id for each in self.design.components if each.kind in kinds)

    @cached_property
    def crossing(self) -> frozenset[str]:
        """The components, by id, with a network flow from or to another zone."""
        if not self.design.zones:
            return frozenset()
        zone = {component.id: component.zone for component in self.design.components}
        found: set[str] = set()
        for _basis, flows in self.by_basis:
            for source, destination, *_rest in flows:
                if zone[source] != zone[destination]:
                    found.add(source)
                    found.add(destination)
        return frozenset(found)

    @cached_property
    def covered(self) -> frozenset[str]:
        """The zones that have a CIDR, themselves or by a zone around them."""
        design = self.design
        return frozenset(
            zone.id
            for zone in design.zones
            if any(design.zone_by_id[name].cidrs for name in design.zone_chain(zone.id))
        )

    def in_order(self, ids: Collection[str]) -> list[Component]:
        """Components by id, in design order."""
        known = self.design.component_by_id
        if len(ids) < 8:  # sorting a handful by looking through thousands would be dear
            place = self._places
            return [known[name] for name in sorted(set(ids), key=place.__getitem__)]
        chosen = frozenset(ids)
        return [component for component in self.design.components if component.id in chosen]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {component.id: place for place, component in enumerate(self.design.components)}

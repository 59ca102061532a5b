"""(Design, Catalog) → FlowGraph: every flow the rules require, and nothing else.

Components with the same kind, choices and servers see the same rules, so they are planned once: a *plan* is
the list of (destination, port, transport, basis) that each component of such a class opens. The cost is that
of making the flows; hosts inside a group are never expanded.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from typing import TypeVar

from model.basis import basis_of, in_order, merged
from model.catalog import Catalog, Followed
from model.condition import Subject, holds, reads_destination
from model.design import Design
from model.effective import servers, subject
from model.elements import Component
from model.flow import Basis, Flow
from model.graph import FlowGraph, Missing
from model.rules import Connection, Transport

new_tuple = tuple.__new__
"""Makes a flow without the detour through `Flow.__new__`, which costs more than the rest of its making."""

Key = TypeVar("Key")
Listener = tuple[str, int, Transport]
"""Who listens: component id, port, transport."""


@dataclass(slots=True)
class Plan:
    """What every component of one class opens."""

    entries: dict[Listener, Basis] = field(default_factory=dict)
    relayed: dict[tuple[str, Listener], Basis] = field(default_factory=dict)
    """By web proxy and listener: what the proxy opens on behalf of the class."""
    loopback: list[tuple[Connection, Basis]] = field(default_factory=list)
    missing: list[tuple[Followed[Connection], str, bool]] = field(default_factory=list)
    """Connection, destination kind, and whether the kind was excluded rather than absent."""
    ends: list[tuple[str, int, Transport, Basis]] = field(default_factory=list)
    """The entries once more, each in the form of the end of a flow."""


def derive(design: Design, catalog: Catalog) -> FlowGraph:
    """Derive all flows (D1–D18). Deterministic; components of kinds the catalog lacks open and receive nothing."""
    planner = Planner(design, catalog)
    flows: list[Flow] = []
    missing: list[Missing] = []
    relayed: dict[tuple[str, Listener], Basis] = {}
    for component in design.components:
        if component.kind not in catalog.kind_by_id:
            continue
        plan, fresh = planner.plan(component)
        name = component.id
        opened = [new_tuple(Flow, (name, *end)) for end in plan.ends]
        flows.extend(
            opened if component.kind not in planner.mutual else [each for each in opened if each[1] != name]
        )
        for link, basis in plan.loopback:
            flows.append(Flow(name, name, component.ports.get(link.port, link.port), link.transport, basis))
        for followed, kind, excluded in plan.missing:
            link = followed.part
            missing.append(Missing(name, kind, followed.rule.id, link.port, link.transport, excluded))
        if fresh:
            for hop, basis in plan.relayed.items():
                relayed[hop] = merged(catalog, relayed[hop], basis) if hop in relayed else basis
    flows.extend(
        Flow(proxy, *listener, basis) for (proxy, listener), basis in sorted(relayed.items(), key=_hop)
    )
    return FlowGraph(design, catalog, tuple(flows), tuple(missing), planner.subjects)


def _hop(item: tuple[tuple[str, Listener], Basis]) -> tuple[str, Listener]:
    return item[0]


class Planner:
    """Plans and subjects of one derivation, each made once."""

    def __init__(self, design: Design, catalog: Catalog) -> None:
        self.design = design
        self.catalog = catalog
        self.plans: dict[object, Plan] = {}
        self.bases: dict[object, Basis | None] = {}
        self.reading: dict[int, bool] = {}
        """Whether each connection's condition looks at the destination, by the connection's identity."""
        self.proxy = catalog.rule_by_id[catalog.proxy_rule]
        self.mutual = {kind.id for kind in catalog.kinds if kind.id in catalog.destination_kinds(kind.id)}
        self.owning = {
            pair for pair, names in catalog.names_of.items() if any(each.part.own for each in names)
        }
        subjects: dict[str, Subject] = {}
        self.subjects: Mapping[str, Subject] = subjects
        """By component; one object for all components of a class."""
        self._classes: dict[str, object] = {}
        classes: dict[object, Subject] = {}
        for component in design.components:
            if component.kind in catalog.kind_by_id:
                self._classes[component.id] = key = self._class_of(component)
                known = classes.get(key)
                if known is None:
                    known = classes[key] = subject(design, catalog, component)
                subjects[component.id] = known

    def plan(self, component: Component) -> tuple[Plan, bool]:
        """The plan for a component, and whether it was made just now."""
        key = self.plan_key(component)
        found = self.plans.get(key)
        if found is not None:
            return found, False
        self.plans[key] = plan = self.make(component)
        plan.ends = [(*listener, basis) for listener, basis in plan.entries.items()]
        return plan, True

    def plan_key(self, component: Component) -> object:
        """Equal for components that share a plan."""
        key = self._classes[component.id]
        if not component.proxies:
            return key
        alone = component.id if self._plans_alone(component) else ""
        return key, tuple(component.proxies.items()), alone

    def varied(self, subjects: Mapping[str, Subject]) -> Planner:
        """A planner for the same design with other subjects, which shares all that it has worked out.

        Whoever calls it keeps every subject ever given alive, since what was worked out is found by them.
        """
        other = copy(self)
        other.subjects = subjects
        return other

    def _plans_alone(self, component: Component) -> bool:
        """Whether a proxy acts for this very component towards its own kind, so that it cannot share a plan."""
        return bool(component.proxies) and component.kind in self.mutual

    def _class_of(self, component: Component) -> object:
        """Equal for components that see the same rules: same kind, choices, ties, and company of their own kind."""
        design, kind = self.design, component.kind
        ties = design.assignments_of.get(component.id)
        return (
            kind,
            tuple(component.features.items()) if component.features else (),
            tuple(component.settings.items()) if component.settings else (),
            tuple((to, tie.targets) for to, tie in ties.items()) if ties else (),
            len(design.components_by_kind[kind]) == 1,
        )

    def make(self, component: Component, kinds: frozenset[str] | None = None) -> Plan:
        """A new plan for a component, from the subjects as they are now; only towards some kinds, where given."""
        plan = Plan()
        source = self.subjects[component.id]
        for followed in self.catalog.connections_of[component.kind]:
            link = followed.part
            if kinds is not None and kinds.isdisjoint(link.to):
                continue
            if link.scope == "host":
                basis = self._basis(followed, source, component)
                if basis is not None:
                    plan.loopback.append((link, basis))
                continue
            for kind in link.to:
                if kinds is None or kind in kinds:
                    self._connect(plan, followed, kind, component, source)
        return plan

    def _connect(
        self, plan: Plan, followed: Followed[Connection], kind: str, component: Component, source: Subject
    ) -> None:
        link = followed.part
        listening = self._candidates(component, kind)
        if not listening:
            if self._is_missed(followed, source):
                plan.missing.append((followed, kind, bool(self.design.components_by_kind.get(kind))))
            return
        proxy = self._proxy(component, link)
        for to in listening:
            basis = self._basis(followed, source, to)
            if basis is None:
                continue
            listener: Listener = (to.id, to.ports.get(link.port, link.port), link.transport)
            if proxy is None:
                _add(self.catalog, plan.entries, listener, basis)
            else:
                way, first, second = self._through(proxy, basis, to)
                _add(self.catalog, plan.entries, way, first)
                _add(self.catalog, plan.relayed, (proxy.id, listener), second)

    def _candidates(self, component: Component, kind: str) -> tuple[Component, ...]:
        """The servers of the whole class: where a class serves its own kind, each member skips itself on emission."""
        shared = kind == component.kind and not self._plans_alone(component)
        if shared and kind not in self.design.assignments_of.get(component.id, {}):
            everyone = self.design.components_by_kind[kind]
            return everyone if len(everyone) > 1 else ()
        return servers(self.design, component, kind)

    def _is_missed(self, followed: Followed[Connection], source: Subject) -> bool:
        link = followed.part
        if "destination" in link.if_any or self._reads_destination(followed):
            return False
        return link.optional is None and holds(link.when, source, source, self.catalog.terms)

    def _reads_destination(self, followed: Followed[Connection]) -> bool:
        known = self.reading.get(id(followed))
        if known is None:
            known = self.reading[id(followed)] = reads_destination(followed.part.when, self.catalog.terms)
        return known

    def _proxy(self, component: Component, link: Connection) -> Component | None:
        """The web proxy this connection goes through (D11). A component that is no web proxy cannot serve as one."""
        name = component.proxies.get(link.traffic) if link.traffic is not None else None
        if name is None:
            return None
        proxy = self.design.component_by_id[name]
        return proxy if proxy.kind in self.proxy.connections[0].to else None

    def _through(self, proxy: Component, basis: Basis, to: Component) -> tuple[Listener, Basis, Basis]:
        """The way to the proxy, with its basis, and the basis of the way on to the destination."""
        link = self.proxy.connections[0]
        rules = in_order(self.catalog, (*basis.rules, self.proxy.id))
        first = Basis(
            listener=link.port,
            protocol=link.protocol,
            rules=rules,
            purpose=basis.purpose,
            scope=link.scope,
            necessity=basis.necessity,
            features=basis.features,
            proxied="to-proxy",
            carried=(to.id,),
        )
        second = replace(basis, rules=rules, proxied="from-proxy")
        return (proxy.id, proxy.ports.get(link.port, link.port), link.transport), first, second

    def _basis(self, followed: Followed[Connection], source: Subject, to: Component) -> Basis | None:
        """The basis of a connection to one destination, or None where its condition fails.

        Shared wherever it can be.
        """
        destination = self.subjects[to.id]
        own = to.fqdn if (source.kind, to.kind) in self.owning else None
        key = (id(followed), id(source), id(destination), own)
        if key not in self.bases:
            self.bases[key] = basis_of(self.catalog, followed, source, destination, own)
        return self.bases[key]


def _add(catalog: Catalog, entries: dict[Key, Basis], key: Key, basis: Basis) -> None:
    known = entries.get(key)
    entries[key] = basis if known is None else merged(catalog, known, basis)

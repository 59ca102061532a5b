"""What the components of a class open: worked out once for each class, from parts that classes share.

A *part* is what a class opens towards one kind. It depends on the few answers that the rules between the two kinds
ask for and on whom the class uses of that kind, and on nothing else: classes that agree in these share the part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import TypeVar

from model.catalog.catalog import Catalog
from model.catalog.condition import Subject, holds
from model.catalog.following import Followed, Pair, Placed
from model.catalog.rules import Connection, Rule
from model.derivation.alike import Alike, Company
from model.derivation.basis import basis_of, in_order, merged
from model.derivation.effective import bare_subject, own_subject
from model.design.design import Design
from model.design.elements import Component
from model.flow import Basis
from model.terms import Transport

Listener = tuple[str, int, Transport]
"""Who listens: component id (or ITSELF, or a place, see `usage`), port, transport."""

End = tuple[str, int, Transport, Basis]
"""The end of a flow: a listener, and why it is reached."""

Opened = tuple[int, Connection, Sequence[End]]
"""What one connection opens, behind its place in the order of all that the kind opens."""

Missed = tuple[int, Followed[Connection], str, bool]
"""A connection with nowhere to go: its place, the kind it needs, and whether that was excluded rather than absent."""

Relayed = dict[tuple[str, Listener], Basis]
"""What web proxies open on behalf of others, by proxy and listener."""

MOST_BASES = 1 << 16
"""So many bases are kept with a catalog; then it starts anew."""

Key = TypeVar("Key")
Value = TypeVar("Value")

_place = itemgetter(0)


@dataclass(slots=True, eq=False)
class Part:
    """What a class opens towards one kind."""

    opened: list[Opened] = field(default_factory=list)
    missing: list[Missed] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Plan:
    """What every component of a class opens, put together from its parts."""

    parts: Sequence[Part]
    ends: Sequence[End]
    relayed: Relayed
    missing: Sequence[Missed]


class Asked(dict[int, Value]):
    """What holds at each class, by its place; worked out when it is asked for."""

    def __init__(self, find: Callable[[int], Value]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, place: int) -> Value:
        self[place] = found = self._find(place)
        return found


def subjects_of(design: Design, catalog: Catalog, company: Company) -> Asked[Subject]:
    """What conditions may ask of the components of each class."""
    bare: dict[str, Subject] = {}

    def subject(place: int) -> Subject:
        alike = company.classes[place]
        if alike.kind not in bare:
            bare[alike.kind] = bare_subject(design, catalog, alike.kind, _reached(company, alike.kind))
        return own_subject(bare[alike.kind], catalog, alike.first, alike.ties)

    return Asked(subject)


def _reached(company: Company, kind: str) -> frozenset[str]:
    """The kinds of which at least one component serves those of a kind that are not tied otherwise."""
    kinds = frozenset(company.of_kind)
    several = company.of_kind[kind]
    return kinds - {kind} if len(several) == 1 and len(several[0].members) == 1 else kinds


class Subjects(Mapping[str, Subject]):
    """What conditions may ask of each component, by id; one object for all that are alike."""

    def __init__(self, planner: Planner) -> None:
        self._company, self._subjects = planner.company, planner.subjects

    def __getitem__(self, name: str) -> Subject:
        return self._subjects[self._company.class_of[name].place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._company.class_of)

    def __len__(self) -> int:
        return len(self._company.class_of)


class Planner:
    """Subjects and parts of a company of components; `subjects` go by the place of their class.

    A part is found by everything that it depends on, so `parts` of another planner of the same company hold without
    further question, and new ones are put among them.
    """

    def __init__(
        self,
        catalog: Catalog,
        company: Company,
        subjects: Asked[Subject],
        parts: dict[object, Part] | None = None,
    ) -> None:
        self.catalog = catalog
        self.company = company
        self.subjects = subjects
        self.answers = Asked(lambda place: catalog.questions.answers(subjects[place]))
        self.parts: dict[object, Part] = {} if parts is None else parts
        self._states: dict[object, Sequence[int]] = {}

    def parts_of(self, alike: Alike) -> list[Part]:
        """What a class opens, by the kind it opens it to."""
        return [self.part(alike, pair) for pair in self.catalog.pairs_of[alike.kind]]

    def parts_after(self, alike: Alike, before: Sequence[Part], touched: int) -> list[Part]:
        """What a class opens now, where it opened these parts before the answers to some questions were touched."""
        pairs = self.catalog.pairs_of[alike.kind]
        return [
            self.part(alike, pair) if touched & (pair.here | pair.there) else part
            for pair, part in zip(pairs, before, strict=True)
        ]

    def part(self, alike: Alike, pair: Pair) -> Part:
        """What a class opens towards one kind."""
        key = self.key(alike, pair)
        part = self.parts.get(key)
        if part is None:
            part = self.parts[key] = self._made(alike, pair)
        return part

    def key(self, alike: Alike, pair: Pair) -> object:
        """All that a part depends on."""
        return (
            pair,
            self.answers[alike.place] & pair.here,
            alike.ties.get(pair.to),
            alike.place if pair.alone else None,
            self._state(alike, pair) if pair.there else None,
        )

    def varied(self, subjects: Asked[Subject], answers: Asked[int]) -> Planner:
        """A planner for the same company with other subjects and answers; all that is worked out is shared."""
        other = copy(self)
        other.subjects, other.answers, other._states = subjects, answers, {}
        return other

    def _state(self, alike: Alike, pair: Pair) -> Sequence[int]:
        """What the rules ask of those that serve a class: the answers of each of their classes."""
        key = (pair, alike.ties.get(pair.to), alike.place if pair.alone else None)
        state = self._states.get(key)
        if state is None:
            classes = self.company.serving(alike, pair.to)
            state = self._states[key] = tuple(self.answers[each.place] & pair.there for each in classes)
        return state

    def _made(self, alike: Alike, pair: Pair) -> Part:
        part = Part()
        classes = self.company.serving(alike, pair.to)
        if not classes:
            source, terms = self.subjects[alike.place], self.catalog.terms
            excluded = pair.to in self.company.of_kind
            part.missing = [
                (place, followed, pair.to, excluded)
                for place, followed in pair.required
                if holds(followed.part.when, source, source, terms)
            ]
            return part
        for placed in pair.links:
            ends = self._ends(alike, pair, placed, classes)
            if ends:
                part.opened.append((placed[0], placed[1].part, ends))
        return part

    def _ends(self, alike: Alike, pair: Pair, placed: Placed, classes: Sequence[Alike]) -> list[End]:
        """What a connection opens at the components of some classes."""
        link, company = placed[1].part, self.company
        port, transport = link.port, link.transport
        if pair.own:
            among = company.among(pair.to)
            components = {name: company.component(pair.to, name) for name in company.served(alike, pair.to)}
            return [
                (name, to.ports.get(port, port), transport, basis)
                for name, to in components.items()
                if (basis := self._basis(alike, pair, placed, among[name], to.fqdn)) is not None
            ]
        reached = {
            each: (each.first.ports.get(port, port), basis)
            for each in classes
            if (basis := self._basis(alike, pair, placed, each, None)) is not None
        }
        if not reached:
            return []
        names = company.served(alike, pair.to)
        ways = {(own_port, id(basis)) for own_port, basis in reached.values()}
        if len(ways) == 1 and len(reached) == len(classes):
            own_port, reason = reached[classes[0]]
            return [(name, own_port, transport, reason) for name in names]
        among = company.among(pair.to)
        return [
            (name, reached[to][0], transport, reached[to][1])
            for name in names
            if (to := among[name]) in reached
        ]

    def _basis(self, alike: Alike, pair: Pair, placed: Placed, to: Alike, own: str | None) -> Basis | None:
        """The basis of a connection, or None where its condition fails; one object wherever the rules say the same."""
        answers, known = self.answers, self.catalog.bases
        key = (pair, placed[0], answers[alike.place] & pair.here, answers[to.place] & pair.there, own)
        try:
            return known[key]
        except KeyError:
            source, destination = self.subjects[alike.place], self.subjects[to.place]
            basis = basis_of(self.catalog, placed[1], source, destination, own)
            if len(known) >= MOST_BASES:
                known.clear()
            known[key] = basis
            return basis


def plan_of(planner: Planner, alike: Alike, parts: Sequence[Part]) -> Plan:
    """The plan that parts make, in the catalog's order."""
    catalog = planner.catalog
    missing = sorted(chain.from_iterable(part.missing for part in parts), key=_place)
    if not alike.first.proxies:
        return Plan(parts, ends_of(catalog, parts), {}, missing)
    ends, relayed = _through_proxies(catalog, planner.company, alike.first, _opened(parts))
    return Plan(parts, _each_once(catalog, ends), relayed, missing)


def ends_of(catalog: Catalog, parts: Sequence[Part]) -> Sequence[End]:
    """What parts open where no web proxy lies between, in the catalog's order."""
    ends = [end for _, _, several in _opened(parts) for end in several]
    return _each_once(catalog, ends) if any(len(part.opened) > 1 for part in parts) else ends


def _opened(parts: Sequence[Part]) -> list[Opened]:
    return sorted(chain.from_iterable(part.opened for part in parts), key=_place)


def _each_once(catalog: Catalog, ends: Sequence[End]) -> Sequence[End]:
    """The ends with those merged that name one listener."""
    found: dict[Listener, Basis] = {}
    for to, port, transport, basis in ends:
        _add(catalog, found, (to, port, transport), basis)
    return ends if len(found) == len(ends) else [(*listener, basis) for listener, basis in found.items()]


def relayed(catalog: Catalog, plans: Iterable[Plan]) -> Relayed:
    """What web proxies open on behalf of everyone behind them."""
    found: Relayed = {}
    for plan in plans:
        for hop, basis in plan.relayed.items():
            _add(catalog, found, hop, basis)
    return found


def _through_proxies(
    catalog: Catalog, company: Company, source: Component, opened: Sequence[Opened]
) -> tuple[list[End], Relayed]:
    """The ends with those behind web proxies led there (D11), and what the proxies then open."""
    rule = catalog.rule_by_id[catalog.proxy_rule]
    ends: list[End] = []
    relayed: Relayed = {}
    for _, link, several in opened:
        name = source.proxies.get(link.traffic) if link.traffic is not None else None
        proxy = company.design.component_by_id[name] if name is not None else None
        if proxy is None or proxy.kind not in rule.connections[0].to:
            ends += several  # what is no web proxy cannot serve as one
            continue
        for to, port, transport, basis in several:
            first, second = _by_way(catalog, rule, proxy, to, basis)
            ends.append(first)
            _add(catalog, relayed, (proxy.id, (to, port, transport)), second)
    return ends, relayed


def _by_way(catalog: Catalog, rule: Rule, proxy: Component, to: str, basis: Basis) -> tuple[End, Basis]:
    """The way to a web proxy, and the basis of the way on to the destination."""
    link = rule.connections[0]
    rules = in_order(catalog, (*basis.rules, rule.id))
    first = Basis(
        listener=link.port,
        protocol=link.protocol,
        rules=rules,
        purpose=basis.purpose,
        scope=link.scope,
        necessity=basis.necessity,
        features=basis.features,
        proxied="to-proxy",
        carried=(to,),
    )
    way = proxy.id, proxy.ports.get(link.port, link.port), link.transport, first
    return way, basis._replace(rules=rules, proxied="from-proxy")


def _add(catalog: Catalog, found: dict[Key, Basis], key: Key, basis: Basis) -> None:
    known = found.get(key)
    found[key] = basis if known is None else merged(catalog, known, basis)

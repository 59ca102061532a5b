"""The URL allow-list: which names must be reachable, from where, on which ports.

It holds names of destinations only; what names a source (U12) never appears here (A17).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from model.catalog.catalog import Catalog
from model.catalog.condition import features_in
from model.catalog.rules import Names
from model.derivation.comparison import Comparison, Status
from model.derivation.graph import FlowGraph
from model.design.columns import COMMA, Column, listed, same
from model.design.elements import Component
from model.flow import Basis, Flow
from model.frozen import Bilingual
from model.tables.matrix import NO_BASELINE, STATUS_NAMES, natural
from model.tables.reason import ALWAYS
from model.tables.wording import worded

Ports = tuple[tuple[int, str], ...]
"""(port, transport) pairs, ascending."""

_READABLE = 40

PRINTED = Bilingual(en="printed", ja="記載あり")
INFERRED = Bilingual(en="inferred, not printed", ja="推定（記載なし）")
UNCERTAIN = Bilingual(en="uncertain for this agent version", ja="このエージェントのバージョンでは不確か")
OWN = Bilingual(en="the server's own name", ja="サーバー自身の名前")


class Grounds(NamedTuple):
    """Why one source needs a name: the ids of rules and features; and how sure the name is for it."""

    rules: frozenset[str]
    features: frozenset[str]
    inferred: bool
    uncertain: bool

    @property
    def marks(self) -> tuple[bool, bool]:
        """How sure the name is: whether it is inferred, whether uncertain."""
        return self.inferred, self.uncertain


@dataclass(frozen=True, slots=True)
class AllowedName:
    """One name at one destination on one set of ports, with every component that needs it.

    `inferred`: the document does not print it; `uncertain`: printed, but for other agent versions; `own`: the
    FQDN that the design gives the destination. `features`: (id, name). `grounds`: by the id of the source.
    `status`: None without comparison.
    """

    fqdn: str
    destination: Component
    ports: Ports
    sources: tuple[Component, ...]
    inferred: bool
    uncertain: bool
    own: bool
    rules: tuple[str, ...]
    features: tuple[tuple[str, Bilingual], ...]
    grounds: Mapping[str, tuple[Grounds, ...]] = field(compare=False, repr=False)
    status: Status | None = None

    @property
    def key(self) -> tuple[str, str, Ports]:
        """What makes the entry one: name, destination id, ports."""
        return self.fqdn, self.destination.id, self.ports

    @property
    def place(self) -> tuple[str, object, Ports]:
        """What the list is sorted by."""
        return self.fqdn, _by_name(self.destination), self.ports

    def why(self, source: str) -> Grounds:
        """All the reasons of one source, by its id, taken together."""
        rules, features, inferred, uncertain = zip(*self.grounds[source], strict=True)
        nothing = frozenset[str]()
        return Grounds(nothing.union(*rules), nothing.union(*features), any(inferred), any(uncertain))

    def needed_by(self, sources: tuple[Component, ...]) -> AllowedName:
        """The entry as some of its sources need it: with their rules, features and marks only."""
        grounds = [self.why(source.id) for source in sources]
        rules = frozenset[str]().union(*(each.rules for each in grounds))
        features = frozenset[str]().union(*(each.features for each in grounds))
        return replace(
            self,
            sources=sources,
            inferred=any(each.inferred for each in grounds),
            uncertain=any(each.uncertain for each in grounds),
            rules=tuple(rule for rule in self.rules if rule in rules),
            features=tuple(each for each in self.features if each[0] in features),
        )


def allow_list(graph: FlowGraph, comparison: Comparison | None = None) -> tuple[AllowedName, ...]:
    """One entry per (FQDN, destination, ports), sorted by FQDN; with a comparison also the removed ones."""
    now = _entries(graph)
    if comparison is None:
        return tuple(now)
    before = {entry.key: entry for entry in _entries(comparison.before)}
    found = [_compared(entry, before.pop(entry.key, None)) for entry in now]
    found += [replace(entry, status="removed") for entry in before.values()]
    return tuple(sorted(found, key=lambda entry: entry.place))


def _compared(entry: AllowedName, before: AllowedName | None) -> AllowedName:
    if before is None:
        return replace(entry, status="added")
    return replace(entry, status="unchanged" if _facts(entry) == _facts(before) else "changed")


def _facts(entry: AllowedName) -> tuple[object, ...]:
    """What a reader of the list would have to act on; a renamed component changes nothing."""
    sources = tuple(source.id for source in entry.sources)
    return sources, entry.inferred, entry.uncertain, entry.own, entry.rules, entry.features


class _Need(NamedTuple):
    """Why one source needs one name at one destination: on which ports, and its flows."""

    ports: set[tuple[int, str]]
    flows: list[Flow]


def _entries(graph: FlowGraph) -> list[AllowedName]:
    needs: dict[tuple[str, str], dict[str, _Need]] = {}
    for flow in graph.network:
        basis = flow.basis
        for name in (*basis.fqdns, *basis.inferred_fqdns):
            by_source = needs.setdefault((name, flow.destination), {})
            need = by_source.get(flow.source)
            if need is None:
                need = by_source[flow.source] = _Need(set(), [])
            need.ports.add(flow[2:4])
            need.flows.append(flow)
    found = [
        _entry(graph, name, destination, ports, users)
        for (name, destination), by_source in needs.items()
        for ports, users in _by_ports(by_source).items()
    ]
    return sorted(found, key=lambda entry: entry.place)


def _by_ports(by_source: dict[str, _Need]) -> dict[Ports, dict[str, _Need]]:
    found: dict[Ports, dict[str, _Need]] = {}
    for source, need in by_source.items():
        found.setdefault(tuple(sorted(need.ports)), {})[source] = need
    return found


def _entry(
    graph: FlowGraph, name: str, destination: str, ports: Ports, users: dict[str, _Need]
) -> AllowedName:
    catalog, components = graph.catalog, graph.design.component_by_id
    bases = {id(flow.basis): flow.basis for need in users.values() for flow in need.flows}
    found = {key: _grounds(catalog, basis, name) for key, basis in bases.items()}
    rules = frozenset[str]().union(*(each.rules for each in found.values()))
    features = frozenset[str]().union(*(each.features for each in found.values()))
    sources = sorted((components[source] for source in users), key=_by_name)
    return AllowedName(
        fqdn=name,
        destination=components[destination],
        ports=ports,
        sources=tuple(sources),
        inferred=any(each.inferred for each in found.values()),
        uncertain=any(each.uncertain for each in found.values()),
        own=components[destination].fqdn == name,
        rules=tuple(rule for rule in catalog.order if rule in rules),
        features=tuple((each.id, each.name) for each in catalog.features if each.id in features),
        grounds={
            source: tuple(dict.fromkeys(found[id(flow.basis)] for flow in need.flows))
            for source, need in users.items()
        },
    )


def _grounds(catalog: Catalog, basis: Basis, name: str) -> Grounds:
    return Grounds(
        frozenset(_rules(catalog, basis, name)),
        frozenset(_features(catalog, basis, name)),
        name in basis.inferred_fqdns,
        name in basis.uncertain_fqdns,
    )


def _naming(catalog: Catalog, basis: Basis, rule: str, name: str) -> list[Names]:
    """The parts of a rule that bring a name; one brought by no list is a server's own.

    An inferred name that nobody asked for is not brought, though another rule may print the same.
    """
    parts = [
        part
        for part in catalog.rule_by_id[rule].names
        if part.side == "destination" and (not part.inferred or name in basis.inferred_fqdns)
    ]
    return [part for part in parts if name in part.fqdns] or [part for part in parts if part.own]


def _rules(catalog: Catalog, basis: Basis, name: str) -> Iterator[str]:
    """The rules of a basis that concern one name: those that open its ports and those that bring it."""
    for rule in basis.rules:
        if not catalog.rule_by_id[rule].names or _naming(catalog, basis, rule, name):
            yield rule


def _features(catalog: Catalog, basis: Basis, name: str) -> Iterator[str]:
    """The features that need one name: often fewer than those that need its port (D7)."""
    for rule in basis.rules:
        for part in _naming(catalog, basis, rule, name):
            asked = features_in(part.when, catalog.terms) if part.when is not None else basis.features
            yield from (each for each in asked if part.inferred or each in basis.features)


def _by_name(component: Component) -> tuple[object, str]:
    return natural(component.name), component.id


# The cells


def _group(component: Component) -> str:
    return component.name if component.count == 1 else f"{component.name} ×{component.count}"


def ports_text(ports: Ports) -> str:
    """Ports as "80/tcp, 443/tcp"."""
    return ", ".join(f"{port}/{transport}" for port, transport in ports)


def _sources(entry: AllowedName) -> Bilingual:
    """The names of the sources; past a readable number the rest is counted (matrix and JSON name all)."""
    names = ", ".join(_group(source) for source in entry.sources[:_READABLE])
    more = len(entry.sources) - _READABLE
    if more <= 0:
        return same(names)
    return worded(
        "{names} and {more} more, see the matrix",
        "{names} ほか {more} 件（通信要件一覧を参照）",
        names=names,
        more=more,
    )


def _standing(entry: AllowedName) -> Bilingual:
    marks = [(entry.own, OWN), (entry.inferred, INFERRED), (entry.uncertain, UNCERTAIN)]
    found = [mark for holds, mark in marks if holds]
    return listed(found, COMMA) if found else PRINTED


def _features_text(entry: AllowedName) -> Bilingual:
    return listed([name for _, name in entry.features], COMMA) if entry.features else ALWAYS


ALLOW_COLUMNS: tuple[Column[AllowedName], ...] = (
    Column("fqdn", Bilingual(en="FQDN", ja="FQDN"), lambda entry: entry.fqdn, 48, True),
    Column(
        "change",
        Bilingual(en="Change", ja="変更区分"),
        lambda entry: NO_BASELINE if entry.status is None else STATUS_NAMES[entry.status],
        14,
    ),
    Column(
        "destination",
        Bilingual(en="Destination", ja="宛先"),
        lambda entry: _group(entry.destination),
        26,
        True,
    ),
    Column("ports", Bilingual(en="Ports", ja="ポート"), lambda entry: ports_text(entry.ports), 18, True),
    Column(
        "sources",
        Bilingual(en="Sources", ja="送信元"),
        _sources,
        40,
        True,
    ),
    Column("standing", Bilingual(en="Standing", ja="名前の根拠"), _standing, 24),
    Column("features", Bilingual(en="Features", ja="機能"), _features_text, 36),
    Column("rules", Bilingual(en="Rules", ja="根拠ルール"), lambda entry: ", ".join(entry.rules), 14, True),
)
"""The columns of the URL allow-list."""

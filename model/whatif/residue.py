"""Substitution and its residue: what a local server takes over, and what stays on the service it stands in for (D7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.catalog.catalog import Catalog
from model.catalog.condition import Subject, holds
from model.catalog.following import Followed
from model.catalog.rules import Names, Setting
from model.derivation.basis import asking
from model.derivation.graph import FlowGraph
from model.terms import Transport


@dataclass(frozen=True, slots=True)
class Staying:
    """A name still needed at the service: the features that keep it there, and the rules that say so."""

    fqdn: str
    features: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Residue:
    """For components that see the same rules: what one setting moved from a service to a server, and what it could not.

    `moved` are the names that only the moved feature needed. Where `stays` is empty so is `ports`: the service is
    needed no more.
    """

    setting: str
    service: str
    server: str
    components: tuple[str, ...]
    moved: tuple[str, ...]
    stays: tuple[Staying, ...]
    ports: tuple[tuple[int, Transport], ...]


def residues(graph: FlowGraph) -> tuple[Residue, ...]:
    """The residue of every substitution in force, in order of the catalog's settings, then of the design.

    Whether the service is drawn, who is tied to it and what goes through a proxy are left aside.
    """
    found: dict[tuple[str, int], list[str]] = {}
    subjects: dict[int, Subject] = {}
    settings = [setting for setting in graph.catalog.settings if setting.substitutes is not None]
    for setting in settings:
        for component in graph.design.components:
            subject = graph.subjects.get(component.id)
            if subject is not None and _is_moved(setting, subject):
                subjects[id(subject)] = subject
                found.setdefault((setting.id, id(subject)), []).append(component.id)
    return tuple(
        _residue(graph.catalog, graph.catalog.setting_by_id[name], subjects[key], tuple(components))
        for (name, key), components in found.items()
    )


def alike(graph: FlowGraph, before: FlowGraph | None = None) -> tuple[tuple[Residue, ...], ...]:
    """The residues of a design, those that keep the same names for the same features together.

    `before`: leaves out those that were there before.
    """
    known = frozenset(residues(before)) if before is not None else frozenset()
    found: dict[object, list[Residue]] = {}
    for each in residues(graph):
        if each not in known:
            kept = tuple((name.fqdn, name.features) for name in each.stays)
            found.setdefault((each.setting, each.server, kept), []).append(each)
    return tuple(map(tuple, found.values()))


def _is_moved(setting: Setting, subject: Subject) -> bool:
    value = subject.settings.get(setting.id)
    return value is not None and value != setting.default and setting.substitutes in subject.features


def _residue(catalog: Catalog, setting: Setting, subject: Subject, components: tuple[str, ...]) -> Residue:
    service = Subject(setting.default, frozenset(), {}, frozenset())
    unmoved = subject._replace(settings={**subject.settings, setting.id: setting.default})
    stays = tuple(_staying(catalog, subject, service))
    names = {each.fqdn for each in stays}
    before = dict.fromkeys(each.fqdn for each in _staying(catalog, unmoved, service))
    ports = {
        (link.part.port, link.part.transport): None
        for link in catalog.connections_of[subject.kind]
        if service.kind in link.part.to and holds(link.part.when, subject, service, catalog.terms)
    }
    return Residue(
        setting.id,
        service.kind,
        subject.settings[setting.id],
        components,
        tuple(name for name in before if name not in names),
        stays,
        tuple(ports),
    )


def _staying(catalog: Catalog, subject: Subject, service: Subject) -> Iterator[Staying]:
    """The names a component needs at a service, each once, with everything that asks for it."""
    needed: dict[str, list[Followed[Names]]] = {}
    for each in catalog.names_of.get((subject.kind, service.kind), ()):
        if holds(each.part.when, subject, service, catalog.terms):
            for name in each.part.fqdns:
                needed.setdefault(name, []).append(each)
    for name, several in needed.items():
        features = dict.fromkeys(
            feature for each in several for feature in asking(each.part.when, subject, service, catalog.terms)
        )
        rules = dict.fromkeys(rule for each in several for rule in each.cites)
        yield Staying(name, tuple(features), tuple(rules))

"""Port conflicts: two listeners of one component on the same port, the loopback port of a relay included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from model.catalog.condition import Subject, holds
from model.design.design import Design
from model.design.elements import Component
from model.findings.finding import Finding, Fix, said
from model.findings.fixes import for_each
from model.findings.survey import NOBODY, Survey
from model.frozen import Bilingual
from model.tables.wording import shortened
from model.terms import Transport

Listener = tuple[int, Transport]
"""A default port, as printed."""


class Clash(NamedTuple):
    """Two listeners, by their default ports, that ended up on one port."""

    port: int
    transport: Transport
    first: int
    second: int


def conflicts(survey: Survey) -> Iterator[Finding]:
    """Listeners in use that ended up on the same port (error), one finding for all components that are alike."""
    found: dict[tuple[str, Clash], list[Component]] = {}
    listening: dict[int, tuple[Listener, ...]] = {}
    for component in survey.design.components:
        subject = survey.graph.subjects.get(component.id)
        if not component.ports or subject is None:
            continue
        if id(subject) not in listening:
            listening[id(subject)] = _listeners(survey, subject)
        for clash in _clashes(listening[id(subject)], component.ports):
            found.setdefault((component.kind, clash), []).append(component)
    for (_kind, clash), components in found.items():
        yield said(
            survey.catalog,
            "port-conflict",
            [component.id for component in components],
            {
                "component": shortened([component.name for component in components]),
                "port": f"{clash.port}/{clash.transport.upper()}",
                "first": f"{clash.first}/{clash.transport.upper()}",
                "second": f"{clash.second}/{clash.transport.upper()}",
            },
            fix=_apart({each.id: listening[id(survey.graph.subjects[each.id])] for each in components}),
        )


def _listeners(survey: Survey, subject: Subject) -> tuple[Listener, ...]:
    """What a component listens on: whatever some component on the canvas, or anyone at all, would connect to.

    So a Smart Protection Server that serves web reputation only does not listen for file reputation, and an
    agent listens on 4118 only where Workload Security may connect; 4122 and 4123 of a relay are always there.
    """
    terms = survey.catalog.terms
    found: set[Listener] = set()
    for kind, followed in survey.catalog.connections_of.items():
        for link in (each.part for each in followed):
            if subject.kind in link.to and (link.port, link.transport) not in found:
                sources = [NOBODY, *survey.subjects_of.get(kind, ())]
                if any(holds(link.when, source, subject, terms) for source in sources):
                    found.add((link.port, link.transport))
    proxy = survey.catalog.rule_by_id[survey.catalog.proxy_rule].connections[0]
    if subject.kind in proxy.to:
        found.add((proxy.port, proxy.transport))
    return tuple(sorted(found))


def _clashes(listeners: tuple[Listener, ...], ports: Mapping[int, int]) -> Iterator[Clash]:
    taken: dict[Listener, int] = {}
    for default, transport in listeners:
        actual = ports.get(default, default)
        first = taken.setdefault((actual, transport), default)
        if first != default:
            yield Clash(actual, transport, first, default)


def _apart(listeners: Mapping[str, tuple[Listener, ...]]) -> Fix:
    """Back to the default port for as many of the listeners as it takes."""

    def settled(component: Component) -> Component:
        ports = dict(component.ports)
        while clash := next(_clashes(listeners[component.id], ports), None):
            del ports[clash.second if clash.second in ports else clash.first]
        return component.evolve(ports=ports)

    def edit(design: Design) -> Design:
        return for_each(design, listeners, settled)

    return Fix(Bilingual(en="Use the default port again", ja="既定のポートに戻す"), edit)

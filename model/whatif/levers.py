"""What could change one flow: the changes of which at least one is needed, read off the conditions of its rules.

A lever is one change to one feature, setting, tie or proxy, or a component added where a rule asks for one. Whoever
wants a flow gone (or there) must pull at least one of the levers given here; so a search that follows them misses
nothing. Taking components away, and tying a component to none of a kind that its rules require, are no levers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from model.catalog.condition import (
    AGENT_VERSION,
    All,
    AnyOf,
    Condition,
    FeatureOn,
    Not,
    Reaches,
    SettingIs,
    Term,
    VersionIn,
    holds,
)
from model.catalog.following import Followed
from model.catalog.rules import Connection
from model.derivation.effective import servers
from model.derivation.graph import FlowGraph, Missing
from model.design.changes import Addition, AnyChange, Change, ProxyChange, ServersChange
from model.design.elements import Component
from model.editing.edits import fresh_id
from model.flow import Flow

Levers = tuple[AnyChange, ...]
Link = tuple[Followed[Connection], Component, Component]
"""A connection with the component that opens it and the one that listens, whatever proxy lies between."""


def against(graph: FlowGraph, flow: Flow) -> Levers:
    """At least one of these must be pulled for a flow to go; empty: nothing can make it go.

    A flow that stands for several connections goes only with all of them; the levers are those of the one that has
    the fewest.
    """
    return min((_breaking(graph, flow, link) for link in links_of(graph, flow)), key=len, default=())


def towards(graph: FlowGraph, source: str, destination: str, port: int | None = None) -> Levers:
    """At least one of these must be pulled for a flow between two components to come; `port` as printed, or any."""
    first, second = graph.component(source), graph.component(destination)
    if first.kind not in graph.catalog.kind_by_id:
        return ()
    found: list[AnyChange] = []
    for followed in graph.catalog.connections_of[first.kind]:
        link = followed.part
        if second.kind in link.to and link.scope == "network" and port in (None, link.port):
            found.extend(_making(graph, (followed, first, second)))
    proxy = graph.catalog.rule_by_id[graph.catalog.proxy_rule].connections[0]
    if second.kind in proxy.to and port in (None, proxy.port):
        found.extend(_through(graph, first, second))
    if first.kind in proxy.to:
        found.extend(_behind(graph, first, second, port))
    return _once(found)


def instead(graph: FlowGraph, missing: Missing) -> Levers:
    """At least one of these must be pulled for a required connection to find somewhere to go, or not to be needed."""
    source = graph.component(missing.source)
    found: list[AnyChange] = []
    if missing.excluded:
        found.append(ServersChange(servers=missing.kind, value=None, component=source.id))
    else:
        found.append(addition(graph, missing.kind, source))
    for followed in graph.catalog.connections_of[source.kind]:
        link = followed.part
        if followed.rule.id == missing.rule and (link.port, link.transport) == (
            missing.port,
            missing.transport,
        ):
            found.extend(_turning(graph, link.when, source, source, False))
    return _once(found)


def addition(graph: FlowGraph, kind: str, beside: Component) -> Addition:
    """A new component of a kind, in the zone of another one."""
    name = graph.catalog.kind_by_id[kind].name.en
    taken = {*graph.design.component_by_id, *graph.design.zone_by_id}
    position = (beside.position[0], beside.position[1] + 110)
    return Addition(
        add=Component(id=fresh_id(taken, kind), kind=kind, name=name, zone=beside.zone, position=position)
    )


def links_of(graph: FlowGraph, flow: Flow) -> Iterator[Link]:
    """Every connection for which a flow is there."""
    for source, destination in _far_ends(graph, flow):
        first, second = graph.subjects[source.id], graph.subjects[destination.id]
        for followed in graph.catalog.connections_of[source.kind]:
            link = followed.part
            if destination.kind not in link.to or link.scope != flow.basis.scope:
                continue
            if not holds(link.when, first, second, graph.catalog.terms):
                continue
            listener = destination.ports.get(link.port, link.port), link.transport
            proxy = _proxy(graph, source, link)
            if flow.basis.proxied == "to-proxy":
                if proxy == flow.destination:
                    yield followed, source, destination
            elif listener == (flow.port, flow.transport) and proxy == (
                flow.source if flow.basis.proxied else None
            ):
                yield followed, source, destination


def _far_ends(graph: FlowGraph, flow: Flow) -> Iterator[tuple[Component, Component]]:
    """The pairs a flow is for: its own ends, or those that a proxy joins."""
    source, destination = graph.component(flow.source), graph.component(flow.destination)
    match flow.basis.proxied:
        case "to-proxy":
            yield from ((source, graph.component(end)) for end in flow.basis.carried)
        case "from-proxy":
            for other in graph.touching[source.id]:
                if other.destination == source.id and destination.id in other.basis.carried:
                    yield graph.component(other.source), destination
        case _:
            yield source, destination


def _proxy(graph: FlowGraph, source: Component, link: Connection) -> str | None:
    """The web proxy that a connection goes through; a component that is none does not count."""
    name = source.proxies.get(link.traffic) if link.traffic is not None else None
    return name if name is not None and graph.component(name).kind in _proxy_kinds(graph) else None


def _proxy_kinds(graph: FlowGraph) -> tuple[str, ...]:
    return graph.catalog.rule_by_id[graph.catalog.proxy_rule].connections[0].to


def _breaking(graph: FlowGraph, flow: Flow, found: Link) -> Levers:
    followed, source, destination = found
    link = followed.part
    levers = [*_turning(graph, link.when, source, destination, False)]
    if link.scope == "network":
        levers.extend(_untying(graph, link, source, destination))
        levers.extend(_detours(graph, flow, link, source))
    return _once(levers)


def _untying(
    graph: FlowGraph, link: Connection, source: Component, destination: Component
) -> Iterator[AnyChange]:
    others = tuple(
        each.id for each in servers(graph.design, source, destination.kind) if each is not destination
    )
    if others or "destination" in link.if_any:
        yield ServersChange(servers=destination.kind, value=others or "none", component=source.id)


def _detours(graph: FlowGraph, flow: Flow, link: Connection, source: Component) -> Iterator[AnyChange]:
    """Other ways for traffic that may go through a web proxy: through another one, or directly."""
    if link.traffic is None:
        return
    now = _proxy(graph, source, link)
    proxies = [
        each.id
        for kind in _proxy_kinds(graph)
        for each in graph.design.components_by_kind.get(kind, ())
        if each.id not in (now, source.id)
    ]
    if now is not None:
        yield ProxyChange(traffic=link.traffic, value=None, component=source.id)
    for name in proxies:
        yield ProxyChange(traffic=link.traffic, value=name, component=source.id)
    if now is None and not proxies:
        yield addition(graph, _proxy_kinds(graph)[0], source)


def _making(graph: FlowGraph, found: Link) -> Levers:
    """Levers of the first thing that stands against a connection; none where something can never be helped."""
    followed, source, destination = found
    link = followed.part
    if source.id == destination.id:
        return ()
    chosen = tuple(each.id for each in servers(graph.design, source, destination.kind))
    ways: list[Levers] = []
    if destination.id not in chosen:
        tie = ServersChange(servers=destination.kind, value=(*chosen, destination.id), component=source.id)
        free = ServersChange(servers=destination.kind, value=None, component=source.id)
        ways.append((tie, free))
    first, second = graph.subjects[source.id], graph.subjects[destination.id]
    if not holds(link.when, first, second, graph.catalog.terms):
        ways.append(tuple(_turning(graph, link.when, source, destination, True)))
    if _proxy(graph, source, link) is not None:
        ways.append((ProxyChange(traffic=link.traffic or "", value=None, component=source.id),))
    return min(ways, key=len, default=())


def _through(graph: FlowGraph, source: Component, proxy: Component) -> Iterator[AnyChange]:
    """Levers for something of a component to go through a web proxy."""
    for followed in graph.catalog.connections_of[source.kind]:
        link = followed.part
        if link.traffic is None or source.id == proxy.id:
            continue
        if source.proxies.get(link.traffic) != proxy.id:
            yield ProxyChange(traffic=link.traffic, value=proxy.id, component=source.id)
            continue
        for kind in link.to:
            for destination in graph.design.components_by_kind.get(kind, ()):
                yield from _making(graph, (followed, source.evolve(proxies={}), destination))
            if not graph.design.components_by_kind.get(kind):
                yield addition(graph, kind, source)


def _behind(
    graph: FlowGraph, proxy: Component, destination: Component, port: int | None
) -> Iterator[AnyChange]:
    """Levers for a web proxy to connect to a component on behalf of another."""
    for source in graph.design.components:
        if source is proxy:
            continue
        for followed in graph.catalog.connections_of.get(source.kind, ()):
            link = followed.part
            if link.traffic is None or destination.kind not in link.to or port not in (None, link.port):
                continue
            if source.proxies.get(link.traffic) == proxy.id:
                yield from _making(graph, (followed, source.evolve(proxies={}), destination))
            else:
                yield ProxyChange(traffic=link.traffic, value=proxy.id, component=source.id)


def _turning(
    graph: FlowGraph, condition: Condition | None, source: Component, destination: Component, wanted: bool
) -> Iterator[AnyChange]:
    """Changes of which at least one is needed for a condition to get another value; none where nothing can."""
    terms = graph.catalog.terms
    first, second = graph.subjects[source.id], graph.subjects[destination.id]

    def turning(part: Condition, wanted: bool) -> Levers:
        if holds(part, first, second, terms) == wanted:
            return ()
        match part:
            case FeatureOn(feature=name):
                return tuple(_switching(graph, name, wanted, source))
            case SettingIs():
                owner = source if part.of == "source" else destination
                return tuple(_choosing(graph, part.setting, part.is_, wanted, owner))
            case VersionIn(version=version):
                choices = [choice.id for choice in graph.catalog.setting_by_id[AGENT_VERSION].choices]
                fitting = tuple(each for each in choices if version.holds(each))
                return tuple(_choosing(graph, AGENT_VERSION, fitting, wanted, source))
            case Reaches(reaches=kind):
                return tuple(_serving(graph, kind, wanted, source))
            case Term(term=name):
                return turning(terms[name], wanted)
            case Not(not_=inner):
                return turning(inner, not wanted)
            case All(all=parts) | AnyOf(any=parts):
                pending = [
                    turning(each, wanted) for each in parts if holds(each, first, second, terms) != wanted
                ]
                if isinstance(part, All) == wanted:
                    return min(pending, key=len)  # all of them must turn: those of the hardest will do
                return _once(lever for each in pending for lever in each)

    if condition is not None:
        yield from turning(condition, wanted)


def _switching(graph: FlowGraph, name: str, wanted: bool, component: Component) -> Iterator[AnyChange]:
    feature = graph.catalog.feature_by_id[name]
    if component.kind not in feature.kinds:
        return
    if feature.scope == "policy":
        yield Change(feature=name, value=wanted, component=component.id)
    if feature.scope == "design" or name not in component.features:
        yield Change(feature=name, value=wanted)


def _choosing(
    graph: FlowGraph, name: str, values: tuple[str, ...], wanted: bool, component: Component
) -> Iterator[AnyChange]:
    setting = graph.catalog.setting_by_id[name]
    if component.kind not in setting.kinds:
        return
    own = component.settings.get(name)
    for choice in setting.choices:
        if (choice.id in values) == wanted:
            yield Change(setting=name, value=choice.id, component=component.id)
            if own is None or not setting.accepts(own):
                yield Change(setting=name, value=choice.id)


def _serving(graph: FlowGraph, kind: str, wanted: bool, component: Component) -> Iterator[AnyChange]:
    if not wanted:
        yield ServersChange(servers=kind, value="none", component=component.id)
    elif any(each.id != component.id for each in graph.design.components_by_kind.get(kind, ())):
        yield ServersChange(servers=kind, value=None, component=component.id)
    else:
        yield addition(graph, kind, component)


def _once(levers: Iterable[AnyChange]) -> Levers:
    return tuple(dict.fromkeys(levers))

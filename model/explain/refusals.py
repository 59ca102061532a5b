"""Why a connection does not exist, and the smallest change that would make it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from model.catalog.catalog import Catalog
from model.catalog.condition import All, AnyOf, Not, Term, Trace, trace
from model.catalog.following import Followed
from model.catalog.rules import Connection, Rule
from model.derivation.effective import servers
from model.derivation.graph import FlowGraph
from model.design.columns import SENTENCES, listed
from model.design.elements import Component
from model.explain.shown import citation_text
from model.frozen import Bilingual
from model.tables.wording import AND, change_in_words, in_words, shortened, worded


class Refusal(NamedTuple):
    """A connection that could apply to a pair of kinds and does not.

    What stands against it, its condition where it has one, and what would change that (None: nothing can).
    """

    rule: Rule
    connection: Connection
    citation: Bilingual
    reason: Bilingual
    condition: Trace | None
    change: Bilingual | None


def why_not(graph: FlowGraph, source: str, destination: str) -> tuple[Refusal, ...]:
    """Every connection that could apply between two components and does not, in catalog order.

    Empty where all apply, and where the document has no row for the pair of kinds (see `has_rule`).
    """
    first, second = graph.component(source), graph.component(destination)
    if first.kind not in graph.catalog.kind_by_id:
        return ()
    refusals = [
        refusal
        for followed in graph.catalog.connections_of[first.kind]
        if second.kind in followed.part.to
        for refusal in _refusals(graph, followed, first, second)
    ]
    if _may_proxy(graph, first, second) and (source, destination) not in graph.by_pair:
        refusals.append(_not_proxied(graph, first, second))
    return tuple(refusals)


def has_rule(graph: FlowGraph, source: str, destination: str) -> bool:
    """Whether the document has any row for the kinds of two components."""
    first, second = graph.component(source), graph.component(destination)
    links = graph.catalog.connections_of.get(first.kind, ())
    return any(second.kind in each.part.to for each in links) or _may_proxy(graph, first, second)


def _may_proxy(graph: FlowGraph, source: Component, destination: Component) -> bool:
    """Whether the source has traffic that the destination could carry as its web proxy."""
    links = graph.catalog.connections_of.get(source.kind, ())
    return _is_proxy(graph, destination) and any(each.part.traffic is not None for each in links)


def _is_proxy(graph: FlowGraph, component: Component) -> bool:
    return component.kind in graph.catalog.rule_by_id[graph.catalog.proxy_rule].connections[0].to


def _not_proxied(graph: FlowGraph, source: Component, proxy: Component) -> Refusal:
    rule = graph.catalog.rule_by_id[graph.catalog.proxy_rule]
    return Refusal(
        rule,
        rule.connections[0],
        citation_text(graph.catalog, rule.citation),
        worded(
            "{source} sends nothing through {proxy}.",
            "{source} には {proxy} を経由する通信がありません。",
            source=source.name,
            proxy=proxy.name,
        ),
        None,
        worded(
            "Choose {proxy} as the proxy for a class of traffic of {source}.",
            "{source} の通信の種類のどれかで、{proxy} をプロキシに選びます。",
            source=source.name,
            proxy=proxy.name,
        ),
    )


class _Obstacle(NamedTuple):
    """One thing that stands against a connection, and what would remove it (None: nothing can)."""

    reason: Bilingual
    change: Bilingual | None


def _refusals(
    graph: FlowGraph, followed: Followed[Connection], source: Component, destination: Component
) -> Iterator[Refusal]:
    """The refusal of one connection; none where it applies."""
    catalog, link = graph.catalog, followed.part
    first, second = graph.subjects[source.id], graph.subjects[destination.id]
    traced = trace(link.when, first, second, catalog.terms) if link.when is not None else None
    impossible = _impossible(link, source, destination)
    if impossible is not None:
        against = [_Obstacle(impossible, None)]
    else:
        against = [*_untied(graph, link, source, destination)]
        if traced is not None and not traced.holds:
            against.append(_unmet(catalog, traced, source, destination))
        against += _diverted(graph, link, source, otherwise=not against)
    if against:
        changes = [each.change for each in against if each.change is not None]
        yield Refusal(
            followed.rule,
            link,
            citation_text(catalog, followed.rule.citation),
            listed([each.reason for each in against], SENTENCES),
            traced,
            listed(changes, SENTENCES) if changes else None,
        )


def _impossible(link: Connection, source: Component, destination: Component) -> Bilingual | None:
    if link.scope == "network" and source.id == destination.id:
        return Bilingual(
            en="A component does not connect to itself over the network.",
            ja="ネットワーク経由で自分自身に接続することはありません。",
        )
    if link.scope == "host" and source.id != destination.id:
        return Bilingual(
            en="It stays within one host and leads to no other component.",
            ja="1 つのホストの中の通信で、ほかのコンポーネントには接続しません。",
        )
    return None


def _untied(
    graph: FlowGraph, link: Connection, source: Component, destination: Component
) -> Iterator[_Obstacle]:
    if link.scope == "host":
        return
    chosen = servers(graph.design, source, destination.kind)
    if any(each.id == destination.id for each in chosen):
        return
    change = worded(
        "Assign {destination} to {source}.",
        "{source} に {destination} を割り当てます。",
        source=source.name,
        destination=destination.name,
    )
    if chosen:
        others = shortened([each.name for each in chosen])
        reason = worded(
            "{source} is tied to {others}, not to {destination}.",
            "{source} に割り当てられているのは {others} で、{destination} ではありません。",
            source=source.name,
            others=others,
            destination=destination.name,
        )
    else:
        kind = graph.catalog.kind_by_id[destination.kind].name
        reason = worded(
            "{source} is tied to no component “{kind}”.",
            "{source} は「{kind}」を使わない設定です。",
            source=source.name,
            kind=kind,
        )
    yield _Obstacle(reason, change)


def _unmet(catalog: Catalog, traced: Trace, source: Component, destination: Component) -> _Obstacle:
    words = listed([in_words(each.condition, catalog) for each in _failing(traced)], AND)
    changes = [
        change_in_words(leaf.condition, not leaf.holds, catalog, source.name, destination.name)
        for leaf in needed(traced)
    ]
    return _Obstacle(
        Bilingual(en=f"It applies only where {words.en}.", ja=f"適用される条件: {words.ja}。"),
        listed(changes, SENTENCES),
    )


def _diverted(graph: FlowGraph, link: Connection, source: Component, otherwise: bool) -> Iterator[_Obstacle]:
    """The web proxy that stands in the way; `otherwise`: nothing else does."""
    name = source.proxies.get(link.traffic) if link.traffic is not None else None
    if name is None or not _is_proxy(graph, graph.component(name)):
        return
    traffic = next(each.name for each in graph.catalog.traffic_classes if each.id == link.traffic)
    proxy = graph.component(name).name
    yield _Obstacle(
        worded(
            "{source} {sends} this traffic through the web proxy {proxy}.",
            "{source} のこの通信は、Webプロキシ {proxy} を経由します。",
            source=source.name,
            sends="sends" if otherwise else "would send",
            proxy=proxy,
        ),
        worded(
            "Let this class of {source} go direct: {traffic}.",
            "{source} の「{traffic}」でプロキシを使わないようにします。",
            source=source.name,
            traffic=traffic,
        ),
    )


def _failing(traced: Trace) -> Iterator[Trace]:
    """The parts for which a failing condition fails, as the sentence names them; "any" is named as a whole."""
    match traced.condition:
        case All():
            for part in traced.parts:
                if not part.holds:
                    yield from _failing(part)
        case Term():
            inner = tuple(_failing(traced.parts[0]))
            yield from (traced,) if inner == traced.parts else inner
        case _:
            yield traced


def needed(traced: Trace) -> tuple[Trace, ...]:
    """The fewest leaves of a condition whose values must turn for the whole to turn."""
    return _turning(traced, not traced.holds)


def _turning(traced: Trace, wanted: bool) -> tuple[Trace, ...]:
    if traced.holds == wanted:
        return ()
    match traced.condition:
        case All() | AnyOf():
            ways = [_turning(part, wanted) for part in traced.parts if part.holds != wanted]
            if isinstance(traced.condition, All) == wanted:
                return tuple(dict.fromkeys(leaf for way in ways for leaf in way))
            return min(ways, key=len)
        case Not():
            return _turning(traced.parts[0], not wanted)
        case Term():
            return _turning(traced.parts[0], wanted)
        case _:
            return (traced,)

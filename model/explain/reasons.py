"""Why a flow exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from model.catalog.condition import Trace, holds, trace
from model.catalog.following import Followed
from model.catalog.rules import Connection, Names, Rule
from model.derivation.graph import FlowGraph
from model.design.elements import Component
from model.explain.shown import citation_text
from model.flow import Flow
from model.frozen import Bilingual
from model.tables.wording import shortened, worded


class Reason(NamedTuple):
    """One rule behind a flow: where it is printed, our reading, and its condition with the value of every part.

    The condition is None where the rule has none for these components; `ends` are the components it was asked of, by
    id: those of the flow, or those that a proxy joins.
    """

    rule: Rule
    citation: Bilingual
    condition: Trace | None
    ends: tuple[str, str]


class Why(NamedTuple):
    """Why a flow exists: the rules in catalog order, and sentences about what else shaped it."""

    flow: Flow
    reasons: tuple[Reason, ...]
    remarks: tuple[Bilingual, ...]


def why(graph: FlowGraph, flow: Flow) -> Why:
    """Every rule behind a flow, in catalog order, and what else shaped it.

    Conditions of a flow that takes part in a way through a proxy are those of the components at its far ends.
    """
    catalog = graph.catalog
    pairs = _far_ends(graph, flow)
    reasons = tuple(_reason(graph, flow, pairs, catalog.rule_by_id[name]) for name in flow.basis.rules)
    return Why(flow, reasons, tuple(_remarks(graph, flow, pairs)))


Pair = tuple[Component, Component]


def _far_ends(graph: FlowGraph, flow: Flow) -> tuple[Pair, ...]:
    """The (source, destination) that a flow is for: its own ends, or those that a proxy joins."""
    source, destination = graph.component(flow.source), graph.component(flow.destination)
    if flow.basis.proxied == "to-proxy":
        return tuple((source, graph.component(end)) for end in flow.basis.carried)
    if flow.basis.proxied == "from-proxy":
        return tuple(
            (graph.component(other.source), destination)
            for other in graph.touching[source.id]
            if other.destination == source.id and destination.id in other.basis.carried
        )
    return ((source, destination),)


def _reason(graph: FlowGraph, flow: Flow, pairs: tuple[Pair, ...], rule: Rule) -> Reason:
    """With the condition of the rule's part that holds for the first pair to which one of its parts applies."""
    cited = citation_text(graph.catalog, rule.citation)
    terms = graph.catalog.terms
    for source, destination in pairs:
        first, second = graph.subjects[source.id], graph.subjects[destination.id]
        parts: list[Connection] | list[Names] = [
            each.part for each in _links(graph, flow, source, destination) if each.rule is rule
        ]
        if not parts:
            named = graph.catalog.names_of.get((source.kind, destination.kind), ())
            parts = [each.part for each in named if each.rule is rule]
        holding = [part.when for part in parts if holds(part.when, first, second, terms)]
        if holding:
            traced = None if holding[0] is None else trace(holding[0], first, second, terms)
            return Reason(rule, cited, traced, (source.id, destination.id))
    return Reason(rule, cited, None, (flow.source, flow.destination))


def _links(
    graph: FlowGraph, flow: Flow, source: Component, destination: Component
) -> Iterator[Followed[Connection]]:
    """The connections between two components that a flow is, or carries to a proxy."""
    to_proxy = flow.basis.proxied == "to-proxy"
    for followed in graph.catalog.connections_of[source.kind]:
        link = followed.part
        ends = destination.kind in link.to and followed.rule.id in flow.basis.rules
        listening = (destination.ports.get(link.port, link.port), link.transport)
        if ends and (to_proxy or listening == (flow.port, flow.transport)):
            yield followed


def _remarks(graph: FlowGraph, flow: Flow, pairs: tuple[Pair, ...]) -> Iterator[Bilingual]:
    basis = flow.basis
    names = graph.design.component_by_id
    if flow.port != basis.listener:
        yield worded(
            "{name} listens on {port} instead of {listener}.",
            "{name} は {listener} ではなく {port} で待ち受けます。",
            name=names[flow.destination].name,
            port=flow.port,
            listener=basis.listener,
        )
    if basis.proxied == "to-proxy":
        ends = shortened([destination.name for _source, destination in pairs])
        yield worded(
            "It goes through a web proxy on the way to {ends}.",
            "Webプロキシを経由して {ends} に接続します。",
            ends=ends,
        )
    if basis.proxied == "from-proxy":
        users = shortened([source.name for source, _destination in pairs])
        yield worded(
            "The web proxy opens it on behalf of {users}.",
            "Webプロキシが {users} に代わって接続します。",
            users=users,
        )
    if basis.necessity == "optional":
        yield _optional(graph, flow, pairs)
    if basis.printed_protocol is not None:
        yield Bilingual(
            en=f"The document prints {basis.printed_protocol}; we read it as {basis.protocol}.",
            ja=f"文書の表記は {basis.printed_protocol} ですが、{basis.protocol} と読みます。",
        )
    if basis.uncertain_fqdns:
        yield Bilingual(
            en="The names are printed for newer agents only; using them here is uncertain.",
            ja="名前は新しいエージェントについてのみ記載されており、ここで使えるかどうかは不確実です。",
        )
    if basis.inferred_fqdns:
        yield Bilingual(
            en="Some names are inferred, not printed, and were switched on for this design.",
            ja="一部の名前は記載がなく、推定したものをこの設計で有効にしています。",
        )
    if basis.scope == "host":
        yield Bilingual(
            en="It never leaves the host: only the host firewall matters.",
            ja="ホストの外には出ません。関係するのはホストのファイアウォールだけです。",
        )


def _optional(graph: FlowGraph, flow: Flow, pairs: tuple[Pair, ...]) -> Bilingual:
    if any(each.part.optional == "beyond" for pair in pairs for each in _links(graph, flow, *pair)):
        return Bilingual(
            en="The document does not print this connection; it was switched on for this design.",
            ja="文書に記載のない通信で、この設計で有効にしたものです。",
        )
    return Bilingual(
        en="It is printed, but of no use in practice, and may stay closed.",
        ja="文書に記載はありますが、実際には役に立たないため、閉じたままで構いません。",
    )

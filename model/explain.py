"""Why a flow exists, why a connection does not, and the smallest change that would make the difference (D17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.catalog import Catalog, Followed
from model.columns import listed
from model.condition import All, AnyOf, Not, Term, Trace, holds, trace
from model.design import Component
from model.effective import servers
from model.flow import Flow
from model.frozen import Bilingual, Language
from model.graph import FlowGraph
from model.rules import Citation, Connection, Names, Rule
from model.wording import AND, change_in_words, in_words, shortened


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule behind a flow: where it is printed, our reading, and its condition with the value of every part.

    The condition is None where the rule has none for these components.
    """

    rule: Rule
    citation: Bilingual
    condition: Trace | None


@dataclass(frozen=True, slots=True)
class Why:
    """Why a flow exists: the rules in catalog order, and sentences about what else shaped it."""

    flow: Flow
    reasons: tuple[Reason, ...]
    remarks: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A connection that could apply to a pair of kinds and does not.

    What stands against it, its condition where it has one, and what would change that (None: nothing can).
    """

    rule: Rule
    connection: Connection
    citation: Bilingual
    reason: Bilingual
    condition: Trace | None
    change: Bilingual | None


def citation_text(catalog: Catalog, citation: Citation) -> Bilingual:
    """Where a rule is printed, as a phrase: table, row, and line numbers of the source text."""
    table = catalog.document.tables[citation.table]
    lines = _ranges(citation.lines)
    return Bilingual(
        en=f"{table.en}, row {citation.row}, {'lines' if len(citation.lines) > 1 else 'line'} {lines}",
        ja=f"{table.ja} {citation.row} 行目（原文 {lines} 行）",
    )


def _ranges(lines: tuple[int, ...]) -> str:
    """Line numbers, runs shortened: 49–51, 53, 55."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


# Why


def why(graph: FlowGraph, flow: Flow) -> Why:
    """Every rule behind a flow, in catalog order, and what else shaped it.

    Conditions of a flow that takes part in a way through a proxy are those of the components at its far ends.
    """
    catalog = graph.catalog
    pairs = _far_ends(graph, flow)
    reasons = tuple(
        Reason(rule, citation_text(catalog, rule.citation), _condition_behind(graph, flow, pairs, rule))
        for rule in (catalog.rule_by_id[name] for name in flow.basis.rules)
    )
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


def _condition_behind(graph: FlowGraph, flow: Flow, pairs: tuple[Pair, ...], rule: Rule) -> Trace | None:
    """The condition of the rule's part that holds for the first pair to which one of its parts applies."""
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
            return None if holding[0] is None else trace(holding[0], first, second, terms)
    return None


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
        yield Bilingual(
            en=f"{names[flow.destination].name} listens on {flow.port} instead of {basis.listener}.",
            ja=f"{names[flow.destination].name} は {basis.listener} ではなく {flow.port} で待ち受けます。",
        )
    if basis.proxied == "to-proxy":
        ends = shortened([destination.name for _source, destination in pairs])
        yield Bilingual(
            en=f"It goes through a web proxy on the way to {ends.en}.",
            ja=f"Webプロキシを経由して {ends.ja} に接続します。",
        )
    if basis.proxied == "from-proxy":
        users = shortened([source.name for source, _destination in pairs])
        yield Bilingual(
            en=f"The web proxy opens it on behalf of {users.en}.",
            ja=f"Webプロキシが {users.ja} に代わって接続します。",
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


_ALL = Bilingual(en="all of:", ja="次のすべて:")
_ANY = Bilingual(en="at least one of:", ja="次のいずれか:")
_NOT = Bilingual(en="not:", ja="次が成り立たない:")


def condition_lines(catalog: Catalog, traced: Trace, language: Language) -> tuple[str, ...]:
    """A condition as indented lines, each part marked ✓ where it holds and × where it does not."""
    return tuple(_lines(catalog, traced, language, 0))


def _lines(catalog: Catalog, traced: Trace, language: Language, depth: int) -> Iterator[str]:
    heading = {All: _ALL, AnyOf: _ANY, Not: _NOT}.get(type(traced.condition))
    text = (heading or in_words(traced.condition, catalog)).text(language)
    yield f"{'  ' * depth}{'✓' if traced.holds else '×'} {text}"
    for part in traced.parts:
        yield from _lines(catalog, part, language, depth + 1)


# Why not


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
        Bilingual(
            en=f"{source.name} sends nothing through {proxy.name}.",
            ja=f"{source.name} には {proxy.name} を経由する通信がありません。",
        ),
        None,
        Bilingual(
            en=f"Choose {proxy.name} as the proxy for a class of traffic of {source.name}.",
            ja=f"{source.name} の通信の種類のどれかで、{proxy.name} をプロキシに選びます。",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Obstacle:
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
            listed([each.reason for each in against], _SENTENCES),
            traced,
            listed(changes, _SENTENCES) if changes else None,
        )


_SENTENCES = Bilingual(en=" ", ja="")


def _impossible(link: Connection, source: Component, destination: Component) -> Bilingual | None:
    if link.scope == "network" and source.id == destination.id:
        return Bilingual(
            en="A component does not connect to itself over the network.",
            ja="ネットワーク経由で自分自身に接続することはありません。",
        )
    if link.scope == "host" and source.id != destination.id:
        return Bilingual(
            en="It stays within one host and leads to no other component.",
            ja="1つのホストの中の通信で、ほかのコンポーネントには接続しません。",
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
    change = Bilingual(
        en=f"Assign {destination.name} to {source.name}.",
        ja=f"{source.name} に {destination.name} を割り当てます。",
    )
    if chosen:
        others = shortened([each.name for each in chosen])
        reason = Bilingual(
            en=f"{source.name} is tied to {others.en}, not to {destination.name}.",
            ja=f"{source.name} に割り当てられているのは {others.ja} で、{destination.name} ではありません。",
        )
    else:
        kind = graph.catalog.kind_by_id[destination.kind].name
        reason = Bilingual(
            en=f"{source.name} is tied to no component “{kind.en}”.",
            ja=f"{source.name} は「{kind.ja}」を使わない設定です。",
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
        listed(changes, _SENTENCES),
    )


def _diverted(graph: FlowGraph, link: Connection, source: Component, otherwise: bool) -> Iterator[_Obstacle]:
    """The web proxy that stands in the way; `otherwise`: nothing else does."""
    name = source.proxies.get(link.traffic) if link.traffic is not None else None
    if name is None or not _is_proxy(graph, graph.component(name)):
        return
    traffic = next(each.name for each in graph.catalog.traffic_classes if each.id == link.traffic)
    proxy = graph.component(name).name
    yield _Obstacle(
        Bilingual(
            en=f"{source.name} {'sends' if otherwise else 'would send'} this traffic through the web proxy {proxy}.",
            ja=f"{source.name} のこの通信は、Webプロキシ {proxy} を経由します。",
        ),
        Bilingual(
            en=f"Let this class of {source.name} go direct: {traffic.en}.",
            ja=f"{source.name} の「{traffic.ja}」でプロキシを使わないようにします。",
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

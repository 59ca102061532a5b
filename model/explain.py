"""Why a flow exists, why a connection does not, and the smallest change that would make the difference (D17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.catalog import Catalog, Followed
from model.condition import (
    All,
    AnyOf,
    Condition,
    FeatureOn,
    Not,
    Reaches,
    SettingIs,
    Term,
    Trace,
    VersionIn,
    trace,
)
from model.design import Component
from model.effective import servers, subject
from model.flow import Flow
from model.frozen import Bilingual, Language
from model.graph import FlowGraph
from model.rules import Citation, Connection, Rule
from model.wording import in_words


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule behind a flow: where it is printed, our reading, and its condition with the value of every part."""

    rule: Rule
    citation: Bilingual
    condition: Trace | None


@dataclass(frozen=True, slots=True)
class Why:
    """Why a flow exists: the rules, and sentences about proxies, changed ports and necessity."""

    flow: Flow
    reasons: tuple[Reason, ...]
    remarks: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A connection that could apply to a pair of kinds and does not.

    What stands against it, and what would change that.
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
    """Every rule behind a flow, in catalog order, and what else shaped it."""
    catalog = graph.catalog
    reasons = tuple(
        Reason(rule, citation_text(catalog, rule.citation), _condition_behind(graph, flow, rule))
        for rule in (catalog.rule_by_id[name] for name in flow.basis.rules)
    )
    return Why(flow, reasons, tuple(_remarks(graph, flow)))


def _condition_behind(graph: FlowGraph, flow: Flow, rule: Rule) -> Trace | None:
    """The condition of the rule's part that applies to the flow's own ends; behind a proxy the ends are others."""
    if flow.basis.proxied:
        return None
    source, destination = graph.component(flow.source), graph.component(flow.destination)
    first, second = (
        subject(graph.design, graph.catalog, source),
        subject(graph.design, graph.catalog, destination),
    )
    conditions = [
        each.part.when
        for each in graph.catalog.connections_of[source.kind]
        if each.rule is rule and destination.kind in each.part.to and each.part.port == flow.basis.listener
    ]
    conditions += [
        each.part.when
        for each in graph.catalog.names_of.get((source.kind, destination.kind), ())
        if each.rule is rule
    ]
    traces = [trace(part, first, second, graph.catalog.terms) for part in conditions if part is not None]
    return next((each for each in traces if each.holds), None)


def _remarks(graph: FlowGraph, flow: Flow) -> Iterator[Bilingual]:
    basis = flow.basis
    names = graph.design.component_by_id
    if flow.port != basis.listener:
        yield Bilingual(
            en=f"{names[flow.destination].name} listens on {flow.port} instead of {basis.listener}.",
            ja=f"{names[flow.destination].name}は {basis.listener} ではなく {flow.port} で待ち受けます。",
        )
    if basis.proxied == "to-proxy":
        ends = [names[end].name for end in basis.carried]
        yield Bilingual(
            en=f"It goes through a web proxy on the way to {', '.join(ends)}.",
            ja=f"Web プロキシを経由して{'、'.join(ends)}に届きます。",
        )
    if basis.proxied == "from-proxy":
        yield Bilingual(
            en="The proxy opens it on behalf of the components that use it.",
            ja="プロキシを利用するコンポーネントに代わって、プロキシが接続します。",
        )
    if basis.printed_protocol is not None:
        yield Bilingual(
            en=f"The document prints {basis.printed_protocol}; we read it as {basis.protocol}.",
            ja=f"原文の表記は {basis.printed_protocol} ですが、{basis.protocol} と解釈しています。",
        )
    if basis.uncertain_fqdns:
        yield Bilingual(
            en="The names are printed for newer agents only; using them here is uncertain.",
            ja="FQDN は新しいエージェント向けにのみ記載されており、ここでの利用は不確実です。",
        )
    if basis.inferred_fqdns:
        yield Bilingual(
            en="Some names are inferred, not printed, and were switched on for this design.",
            ja="一部の FQDN は記載がなく、推定したものをこのデザインで有効にしています。",
        )
    if basis.scope == "host":
        yield Bilingual(
            en="It never leaves the host: only the host firewall matters.",
            ja="ホストの外には出ません。関係するのはホストのファイアウォールだけです。",
        )


def condition_lines(catalog: Catalog, traced: Trace, language: Language) -> tuple[str, ...]:
    """A condition as indented lines, each part marked ✓ where it holds and ✕ where it does not."""
    return tuple(_lines(catalog, traced, language, 0))


_ALL = Bilingual(en="all of:", ja="次のすべて:")
_ANY = Bilingual(en="at least one of:", ja="次のいずれか:")
_NOT = Bilingual(en="not:", ja="次が成り立たない:")


def _lines(catalog: Catalog, traced: Trace, language: Language, depth: int) -> Iterator[str]:
    heading = {All: _ALL, AnyOf: _ANY, Not: _NOT}.get(type(traced.condition))
    text = (heading or in_words(traced.condition, catalog)).text(language)
    yield f"{'  ' * depth}{'✓' if traced.holds else '✕'} {text}"
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
    found: list[Refusal] = []
    for followed in graph.catalog.connections_of[first.kind]:
        link = followed.part
        if second.kind in link.to and (link.scope == "host") == (source == destination):
            refusal = _refusal(graph, followed, first, second)
            if refusal is not None:
                found.append(refusal)
    return tuple(found)


def has_rule(graph: FlowGraph, source: str, destination: str) -> bool:
    """Whether the document has any row for the kinds of two components."""
    kinds = (graph.component(source).kind, graph.component(destination).kind)
    return any(kinds[1] in each.part.to for each in graph.catalog.connections_of.get(kinds[0], ()))


def _refusal(
    graph: FlowGraph, followed: Followed[Connection], source: Component, destination: Component
) -> Refusal | None:
    catalog, link = graph.catalog, followed.part
    first, second = subject(graph.design, catalog, source), subject(graph.design, catalog, destination)
    traced = trace(link.when, first, second, catalog.terms) if link.when is not None else None
    against: list[Bilingual] = []
    change: Bilingual | None = None
    if link.scope == "network" and destination not in servers(graph.design, source, destination.kind):
        against.append(_not_tied(source, destination))
        change = Bilingual(
            en=f"Assign {destination.name} to {source.name}.",
            ja=f"{source.name}に{destination.name}を割り当てます。",
        )
    if traced is not None and not traced.holds:
        failing = tuple(each.condition for each in _failing(traced))
        words = [in_words(part, catalog) for part in failing]
        against.append(
            Bilingual(
                en="It applies only where " + "; ".join(word.en for word in words) + ".",
                ja="次の場合にのみ適用されます: " + "、".join(word.ja for word in words) + "。",
            )
        )
        change = _change(catalog, traced) if change is None else None
    proxy = source.proxies.get(link.traffic) if link.traffic is not None else None
    if not against and proxy is not None and _is_proxied(graph, proxy):
        name = graph.component(proxy).name
        against.append(
            Bilingual(
                en=f"It goes through the web proxy {name} instead.",
                ja=f"Web プロキシ {name} を経由します。",
            )
        )
        change = Bilingual(en="Let this traffic go direct.", ja="この通信でプロキシを使わないようにします。")
    if not against:
        return None
    reason = Bilingual(en=" ".join(part.en for part in against), ja="".join(part.ja for part in against))
    citation = citation_text(catalog, followed.rule.citation)
    return Refusal(followed.rule, link, citation, reason, traced, change)


def _is_proxied(graph: FlowGraph, proxy: str) -> bool:
    accepted = graph.catalog.rule_by_id[graph.catalog.proxy_rule].connections[0].to
    return graph.component(proxy).kind in accepted


def _not_tied(source: Component, destination: Component) -> Bilingual:
    if source.id == destination.id:
        return Bilingual(en="A component does not connect to itself.", ja="自分自身には接続しません。")
    return Bilingual(
        en=f"{source.name} is not tied to {destination.name}.",
        ja=f"{source.name}は{destination.name}に割り当てられていません。",
    )


def _failing(traced: Trace) -> Iterator[Trace]:
    """The parts that have to change for a failing condition to hold.

    For "any" the whole, since one of many would do.
    """
    match traced.condition:
        case All():
            for part in traced.parts:
                if not part.holds:
                    yield from _failing(part)
        case Term():
            yield from _failing(traced.parts[0])
        case _:
            yield traced


def _change(catalog: Catalog, traced: Trace) -> Bilingual | None:
    """The change that would make a failing condition hold, in words, where it is a single one."""
    failing = list(_failing(traced))
    if len(failing) != 1:
        return None
    return _single(catalog, failing[0].condition, wanted=True)


def _single(catalog: Catalog, condition: Condition, wanted: bool) -> Bilingual | None:
    match condition:
        case FeatureOn(feature=feature):
            name = catalog.feature_by_id[feature].name
            if wanted:
                return Bilingual(en=f"Switch on {name.en}.", ja=f"{name.ja}を有効にします。")
            return Bilingual(en=f"Switch off {name.en}.", ja=f"{name.ja}を無効にします。")
        case SettingIs() | VersionIn() | Reaches() | AnyOf():
            words = in_words(condition, catalog)
            if wanted:
                return Bilingual(
                    en=f"Make this hold: {words.en}.", ja=f"次を満たすようにします: {words.ja}。"
                )
            return Bilingual(
                en=f"Make this not hold: {words.en}.", ja=f"次が成り立たないようにします: {words.ja}。"
            )
        case Not(not_=part):
            return _single(catalog, part, not wanted)
        case Term(term=name):
            return _single(catalog, catalog.terms[name], wanted)
        case _:
            return None

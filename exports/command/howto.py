"""`portchart explain --how-to`: the smallest changes that make flows go or come."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator

from exports.changes import answer_data, flow_reference
from exports.command.terminal import write_bytes, write_text
from exports.plain import json_text
from model.derivation.graph import FlowGraph
from model.design.columns import same, with_note
from model.design.design import Design
from model.errors import DesignError
from model.flow import Flow
from model.frozen import Bilingual, Language
from model.sentences import told
from model.whatif.goals import is_cleartext
from model.whatif.search import Answer, Way, appearance, removal, search, unavoidable
from model.whatif.words import changes_texts

ANYWHERE = "any"
NOTHING_THERE = Bilingual(en="There is no such flow to remove.", ja="廃止する対象の通信はありません。")
THERE = Bilingual(en="There is such a flow already.", ja="その通信はすでにあります。")
WAYS = Bilingual(
    en="The smallest ways take {} changes each; {} of them, those that change least first:",
    ja="最小の変更数は {} 件です。そのうち影響の小さい順に {} 通り:",
)
ONE = Bilingual(
    en="One change is enough; {} ways, those that change least first:",
    ja="1 件の変更で足ります。影響の小さい順に {} 通り:",
)
IMPOSSIBLE = Bilingual(
    en="No change of features, settings, servers or proxies does it and leaves every required connection in place.",
    ja="必要な通信をすべて保ったまま、機能・設定・接続先・プロキシの変更で実現する方法はありません。",
)
UNAVOIDABLE = Bilingual(en="No change avoids these:", ja="どの変更でも避けられない通信:")
GIVEN_UP = Bilingual(
    en="Given up after {} designs without an answer; ask for less, such as one --port.",
    ja="{} 通りの設計を調べましたが見つかりませんでした。--port などで範囲を絞ってください。",
)


def how_to(graph: FlowGraph, arguments: Namespace) -> int:
    """Print the smallest changes; 0, or 1 where none was found. Raises DesignError for ends that do not exist."""
    if arguments.how_to == "add":
        for name in (arguments.source, arguments.destination):
            if name not in graph.design.component_by_id:
                known = ", ".join(graph.design.component_by_id) or "none"
                raise DesignError(
                    told(
                        "The design has no component {name}; its components are {known}.",
                        name=name,
                        known=known,
                    )
                )
        answer = search(graph, appearance(arguments.source, arguments.destination, arguments.port))
        never: tuple[Flow, ...] = ()
    else:
        flows = picked(
            graph.design, arguments.source, arguments.destination, arguments.port, arguments.cleartext
        )
        answer = search(graph, removal(flows))
        never = () if answer.ways or not answer.proved else unavoidable(graph, flows)
    if arguments.json:
        data = {**answer_data(answer), "unavoidable": [flow_reference(flow) for flow in never]}
        write_bytes(json_text(data).encode())
    else:
        lines = _lines(graph, answer, never, arguments.how_to, arguments.language)
        write_text("\n".join(lines) + "\n")
    return 0 if answer.ways else 1


def picked(
    design: Design, source: str, destination: str, port: int | None, cleartext: bool
) -> Callable[[FlowGraph], Iterator[Flow]]:
    """Picks the network flows between components or zones; "any" opposite a zone is everything outside it.

    Raises DesignError where an end is neither.
    """
    ends = [_end(design, each) for each in (source, destination)]
    outside = [design.zone_by_id.get(each) is not None for each in (source, destination)]

    def within(graph: FlowGraph, component: str, end: str | None) -> bool:
        return end is None or end == component or end in graph.design.zone_chain(graph.zone(component))

    def pick(graph: FlowGraph) -> Iterator[Flow]:
        for flow in graph.network:
            if port not in (None, flow.basis.listener) or (
                cleartext and not is_cleartext(graph.catalog, flow)
            ):
                continue
            first, second = ends
            if not (within(graph, flow.source, first) and within(graph, flow.destination, second)):
                continue
            crosses_out = second is None and outside[0] and within(graph, flow.destination, first)
            crosses_in = first is None and outside[1] and within(graph, flow.source, second)
            if not (crosses_out or crosses_in):
                yield flow

    return pick


def _end(design: Design, name: str) -> str | None:
    if name == ANYWHERE:
        return None
    if name not in design.component_by_id and name not in design.zone_by_id:
        known = ", ".join((*design.component_by_id, *design.zone_by_id)) or "none"
        raise DesignError(
            told(
                "The design has no component or zone {name}; write {anywhere}, or one of {known}.",
                name=name,
                anywhere=ANYWHERE,
                known=known,
            )
        )
    return name


def _lines(
    graph: FlowGraph, answer: Answer, never: tuple[Flow, ...], how: str, language: Language
) -> Iterator[str]:
    if not answer.ways:
        yield (IMPOSSIBLE if answer.proved else GIVEN_UP).text(language).format(answer.steps)
        if never:
            yield UNAVOIDABLE.text(language)
            yield from flow_lines(graph, never, language)
    elif not answer.ways[0].changes:
        yield (NOTHING_THERE if how == "remove" else THERE).text(language)
    else:
        yield from way_lines(graph, answer.ways, language)


def way_lines(graph: FlowGraph, ways: tuple[Way, ...], language: Language) -> Iterator[str]:
    """Ways as numbered lines, each with what it turns."""
    size = len(ways[0].changes)
    yield ONE.text(language).format(len(ways)) if size == 1 else WAYS.text(language).format(size, len(ways))
    for number, way in enumerate(ways, 1):
        counts = way.comparison
        yield f"{number}. +{len(counts.added)} −{len(counts.removed)} ~{len(counts.changed)}"
        for text in changes_texts(graph.catalog, graph.design, way.changes):
            yield f"   {text.text(language)}"


def flow_lines(graph: FlowGraph, flows: tuple[Flow, ...], language: Language) -> Iterator[str]:
    """Flows as indented lines with their rules."""
    for flow in flows:
        source, destination = graph.component(flow.source).name, graph.component(flow.destination).name
        why = with_note(same(flow.basis.protocol), same(", ".join(flow.basis.rules))).text(language)
        yield f"   {source} → {destination}  {flow.port}/{flow.transport}  {why}"

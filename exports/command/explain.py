"""`portchart explain`: why flows between two components exist, and why others do not."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from exports.command.opened import opened
from exports.command.terminal import write_bytes, write_text
from exports.plain import Data, json_text
from model.catalog.condition import Trace
from model.derivation.graph import FlowGraph
from model.design.columns import same, with_note
from model.errors import DesignError
from model.explain import Refusal, Why, condition_lines, has_rule, why, why_not
from model.flow import Flow
from model.frozen import Bilingual, Language
from model.sentences import told
from model.tables.matrix import NECESSITY_NAMES
from model.tables.wording import worded

REFUSED = Bilingual(en="Rules that could apply and do not:", ja="適用されうるが、適用されないルール:")


def explain(arguments: Namespace) -> int:
    """Print the explanation; 0. Raises DesignError where a component does not exist."""
    graph = opened(arguments.design).graph
    if arguments.how_to is not None:
        from exports.command.howto import how_to

        return how_to(graph, arguments)
    for name in (arguments.source, arguments.destination):
        if name not in graph.design.component_by_id:
            known = ", ".join(graph.design.component_by_id) or "none"
            raise DesignError(
                told(
                    "The design has no component {name}; its components are {known}.", name=name, known=known
                )
            )
    if arguments.json:
        write_bytes(json_text(_data(graph, arguments.source, arguments.destination)).encode())
    else:
        lines = _lines(graph, arguments.source, arguments.destination, arguments.language)
        write_text("\n".join(lines) + "\n")
    return 0


def _data(graph: FlowGraph, source: str, destination: str) -> Data:
    """The same as `_lines`, as data; conditions as lists of their parts with what each comes to."""
    flows = [flow for flow in graph.flows if (flow.source, flow.destination) == (source, destination)]
    return {
        "flows": [
            {
                "id": found.flow.id,
                "port": found.flow.port,
                "transport": found.flow.transport,
                "necessity": found.flow.basis.necessity,
                "fqdns": [*found.flow.basis.fqdns, *found.flow.basis.inferred_fqdns],
                "remarks": [_both(remark) for remark in found.remarks],
                "reasons": [
                    {
                        "rule": reason.rule.id,
                        "citation": _both(reason.citation),
                        "reading": _both(reason.rule.reading),
                        "condition": _condition(reason.condition),
                    }
                    for reason in found.reasons
                ],
            }
            for found in (why(graph, flow) for flow in flows)
        ],
        "refusals": [
            {
                "rule": refusal.rule.id,
                "port": refusal.connection.port,
                "transport": refusal.connection.transport,
                "citation": _both(refusal.citation),
                "reading": _both(refusal.rule.reading),
                "reason": _both(refusal.reason),
                "condition": _condition(refusal.condition),
                "change": _both(refusal.change),
            }
            for refusal in why_not(graph, source, destination)
        ],
    }


def _both(text: Bilingual | None) -> Data | None:
    return None if text is None else {"en": text.en, "ja": text.ja}


def _condition(traced: Trace | None) -> Data | None:
    if traced is None:
        return None
    written = traced.condition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {
        "condition": written,
        "holds": traced.holds,
        "parts": [_condition(part) for part in traced.parts],
    }


def _lines(graph: FlowGraph, source: str, destination: str, language: Language) -> Iterator[str]:
    flows = [flow for flow in graph.flows if (flow.source, flow.destination) == (source, destination)]
    refusals = why_not(graph, source, destination)
    for flow in flows:
        yield from _why_lines(graph, why(graph, flow), language)
        yield ""
    if not flows:
        yield from (each.text(language) for each in _without(graph, source, destination))
    if refusals:
        yield REFUSED.text(language)
        for refusal in refusals:
            yield from _refusal_lines(graph, refusal, language)


def _without(graph: FlowGraph, source: str, destination: str) -> Iterator[Bilingual]:
    """That there is no flow and, where it is so, that no rule is about components of these kinds."""
    yield worded(
        "No flow from {source} to {destination}.",
        "{source} から {destination} への通信はありません。",
        source=source,
        destination=destination,
    )
    if not has_rule(graph, source, destination):
        yield worded(
            "The document has no rule from a component of kind {first} to one of kind {second}.",
            "文書には {first} から {second} へのルールがありません。",
            first=_kind(graph, source),
            second=_kind(graph, destination),
        )


def _kind(graph: FlowGraph, component: str) -> Bilingual:
    kind = graph.component(component).kind
    known = graph.catalog.kind_by_id.get(kind)
    return known.name if known else same(kind)


def _headline(flow: Flow, language: Language) -> str:
    what = f"{flow.id}  {flow.port}/{flow.transport}  {flow.basis.protocol}"
    return with_note(Bilingual(en=f"{what} ", ja=what), NECESSITY_NAMES[flow.basis.necessity]).text(language)


def _why_lines(graph: FlowGraph, found: Why, language: Language) -> Iterator[str]:
    yield _headline(found.flow, language)
    for name in (*found.flow.basis.fqdns, *found.flow.basis.inferred_fqdns):
        yield f"    {name}"
    for remark in found.remarks:
        yield f"  {remark.text(language)}"
    for reason in found.reasons:
        yield f"  {reason.rule.id}  {reason.citation.text(language)}"
        yield f"      {reason.rule.reading.text(language)}"
        if reason.condition is not None:
            for line in condition_lines(graph.catalog, reason.condition, language):
                yield f"      {line}"


def _refusal_lines(graph: FlowGraph, refusal: Refusal, language: Language) -> Iterator[str]:
    link = refusal.connection
    yield f"  {refusal.rule.id}  {link.port}/{link.transport}  {refusal.citation.text(language)}"
    yield f"      {refusal.rule.reading.text(language)}"
    yield f"      {refusal.reason.text(language)}"
    if refusal.condition is not None:
        for line in condition_lines(graph.catalog, refusal.condition, language):
            yield f"      {line}"
    if refusal.change is not None:
        yield f"      → {refusal.change.text(language)}"

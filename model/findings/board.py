"""What a change board rejects rows of the matrix for: "any", blanks, no reason, no end date.

Kept apart from the findings: these are about what people write beside flows, not about the design.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from model.derivation.graph import FlowGraph
from model.design.design import NO_RECORD, Record
from model.findings.finding import Finding
from model.flow import Flow
from model.frozen import Bilingual
from model.tables.wording import shortened

REJECTED = Bilingual(en="What a change board would reject in the matrix", ja="変更審査で差し戻される行")

Flaw = Callable[[FlowGraph, Flow], bool]
"""Whether a flow's row has it."""


def rejections(graph: FlowGraph) -> tuple[Rejected, ...]:
    """Each flaw that rows of the matrix have, with the flows concerned, in their order."""
    found = [
        Rejected(code, text, tuple(flow for flow in graph.network if flaw(graph, flow)))
        for code, flaw, text in _FLAWS
    ]
    return tuple(each for each in found if each.flows)


def _addresses(graph: FlowGraph, component: str) -> tuple[str, ...]:
    """The addresses that the matrix prints for a source."""
    known = graph.design.component_by_id[component]
    return graph.catalog.kind_by_id[known.kind].connects_from(known.addresses)


def _any(graph: FlowGraph, flow: Flow) -> bool:
    ends = (*_addresses(graph, flow.source), *graph.design.component_by_id[flow.destination].addresses)
    return any(each.endswith("/0") for each in ends)


def _no_source(graph: FlowGraph, flow: Flow) -> bool:
    return not _addresses(graph, flow.source)


def _no_destination(graph: FlowGraph, flow: Flow) -> bool:
    known = graph.design.component_by_id[flow.destination]
    return not (known.addresses or known.fqdn or flow.basis.fqdns or flow.basis.inferred_fqdns)


def _no_reason(graph: FlowGraph, flow: Flow) -> bool:
    reading = graph.catalog.rule_by_id[flow.basis.rules[0]].reading
    return not (reading.en.strip() and reading.ja.strip())


def _record(graph: FlowGraph, flow: Flow) -> Record:
    return graph.design.records.get(flow.id, NO_RECORD)


_FLAWS: tuple[tuple[str, Flaw, Bilingual], ...] = (
    ("row-any", _any, Bilingual(en="Rows that open any address", ja="「any」（全アドレス）を許可する行")),
    (
        "row-no-source",
        _no_source,
        Bilingual(en="Rows without a source address", ja="送信元IPアドレスが空欄の行"),
    ),
    (
        "row-no-destination",
        _no_destination,
        Bilingual(
            en="Rows with neither address nor name of the destination",
            ja="宛先の IPアドレスも FQDN も空欄の行",
        ),
    ),
    ("row-no-reason", _no_reason, Bilingual(en="Rows without a reason", ja="設定理由が空欄の行")),
    (
        "row-no-owner",
        lambda graph, flow: not _record(graph, flow).owner.strip(),
        Bilingual(en="Rows without an owner", ja="申請者・管理責任者が空欄の行"),
    ),
    (
        "row-no-start",
        lambda graph, flow: not _record(graph, flow).start,
        Bilingual(en="Rows without a start date", ja="開始日が空欄の行"),
    ),
    (
        "row-no-end",
        lambda graph, flow: not _record(graph, flow).expiry,
        Bilingual(en="Rows without an end date", ja="有効期限が空欄の行"),
    ),
)
"""In the order of the matrix's columns."""


class Rejected(NamedTuple):
    """A flaw, and the flows whose rows have it."""

    code: str
    text: Bilingual
    flows: tuple[Flow, ...]

    @property
    def finding(self) -> Finding:
        """It as a warning that names the first flows; its subjects are their sources."""
        ids = shortened([flow.id for flow in self.flows])
        message = Bilingual(en=f"{self.text.en}: {ids.en}.", ja=f"{self.text.ja}: {ids.ja}。")
        return Finding(
            self.code, "warning", message, tuple(dict.fromkeys(flow.source for flow in self.flows))
        )

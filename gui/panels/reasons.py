"""What the box of explanations is made of: a flow with its rules, a rule that does not apply, a condition as a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from gui.language import said, tr
from gui.widgets.widgets import Role, column, label, push, row
from model.catalog.condition import Trace
from model.catalog.rules import Rule
from model.derivation.comparison import FlowChange
from model.derivation.graph import FlowGraph
from model.explain import Reason, Refusal, condition_parts, value_text, why
from model.flow import Flow
from model.frozen import Bilingual

Part = QWidget | QLayout
_INDENT = 14


def flow_parts(
    graph: FlowGraph, flow: Flow, gone: bool, change: FlowChange | None, ask: Callable[[], object]
) -> Iterator[Part]:
    """What explains one flow. `change`: what a what-if changes of it; `ask` looks for what would remove it."""
    basis = flow.basis
    source, target = graph.component(flow.source).name, graph.component(flow.destination).name
    yield label(f"{source} → {target}", "strong", wrap=True)
    purpose = said(graph.catalog.purpose_by_id[basis.purpose].name)
    yield label(f"{flow.port}/{flow.transport.upper()} {basis.protocol} · {purpose}", wrap=True)
    if gone:
        yield label(tr("why.removed"), "error", wrap=True)
    if change is not None:
        yield from _change_parts(change)
    found = why(graph, flow)
    for reason in found.reasons:
        yield from _reason_parts(graph, reason)
    for remark in found.remarks:
        yield label(said(remark), "muted", wrap=True)
    names = (*basis.fqdns, *basis.inferred_fqdns)
    if names:
        yield label("\n".join(names), "muted", wrap=True)
    if not gone and basis.scope == "network":
        yield _button(tr("why.what_removes"), ask)


def _change_parts(change: FlowChange) -> Iterator[Part]:
    """What differs of a flow that keeps its id: its port, and the names that come and go."""
    before, after = change.before, change.after
    if before.port != after.port:
        yield label(tr("why.port_changed", before=before.port, after=after.port), wrap=True)
    was = (*before.basis.fqdns, *before.basis.inferred_fqdns)
    now = (*after.basis.fqdns, *after.basis.inferred_fqdns)
    lines = [f"+ {name}" for name in now if name not in was] + [
        f"− {name}" for name in was if name not in now
    ]
    if lines:
        yield label(tr("why.names_changed") + "\n" + "\n".join(lines), wrap=True)
    lost = [f"− {rule}" for rule in before.basis.rules if rule not in after.basis.rules]
    come = [f"+ {rule}" for rule in after.basis.rules if rule not in before.basis.rules]
    if lost or come:
        yield label(tr("why.rules_changed", rules=", ".join(come + lost)), wrap=True)


def refusal_parts(
    graph: FlowGraph, refusal: Refusal, ends: tuple[str, str], ask: Callable[[], object]
) -> Iterator[Part]:
    """What says why a rule does not apply, with the part that fails; `ask` looks for what would make it apply."""
    link = refusal.connection
    ports = f"{link.port}/{link.transport.upper()} {link.protocol}"
    yield label(f"× {ports}  {refusal.rule.id}", "strong", wrap=True)
    yield label(said(refusal.reason), wrap=True)
    yield from _rule_parts(refusal.rule, refusal.citation)
    if refusal.condition is not None:
        yield from condition_tree(graph, refusal.condition, ends)
    if refusal.change is not None:
        yield label(f"→ {said(refusal.change)}", wrap=True)
        yield _button(tr("why.what_adds"), ask)


def _reason_parts(graph: FlowGraph, reason: Reason) -> Iterator[Part]:
    yield from _rule_parts(reason.rule, reason.citation)
    if reason.condition is not None:
        yield from condition_tree(graph, reason.condition, reason.ends)


def _rule_parts(rule: Rule, citation: Bilingual) -> Iterator[Part]:
    yield label(f"{rule.id}: {said(rule.reading)}", wrap=True)
    yield label(said(citation), "muted", wrap=True)


def condition_tree(graph: FlowGraph, traced: Trace, ends: tuple[str, str]) -> Iterator[Part]:
    """A condition as a tree: every part with ✓ or ×, and what was found where it asked."""
    for depth, part, text in condition_parts(graph.catalog, traced):
        role: Role = "plain" if part.holds else "error"
        mark = "✓" if part.holds else "×"
        value = value_text(graph, part.condition, *ends)
        lines: list[QWidget] = [label(f"{mark} {said(text)}", role, wrap=True)]
        if value is not None:
            lines.append(label(f"{tr('why.value')} {said(value)}", "muted", wrap=True))
        yield column(*lines, margins=(_INDENT * (depth + 1), 0, 0, 0), spacing=0)


def _button(text: str, action: Callable[[], object]) -> QLayout:
    made = push(text, action, small=True)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return row(made, -1, margins=(0, 2, 0, 4))

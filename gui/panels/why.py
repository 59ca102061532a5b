"""The box that says why the selected flow exists: rules, readings, citations, and conditions part by part."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gui.document import Document
from gui.language import language, said, tr
from gui.selection import Selection
from gui.widgets import column, empty, label
from model.explain import condition_lines, why
from model.flow import Flow
from model.graph import FlowGraph


class WhyBox(QFrame):
    """Shown under the right-hand tabs while a connector or a row of the matrix is selected."""

    def __init__(self, document: Document, selection: Selection) -> None:
        super().__init__()
        self.setObjectName("why")
        self._document, self._selection = document, selection
        self._heading = label("", "heading")
        self._parts = column(margins=(0, 0, 6, 0), spacing=3)
        inside = QWidget()
        inside.setLayout(self._parts)
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.setLayout(column(self._heading, area, margins=(14, 10, 8, 8), spacing=6))
        self.setMinimumHeight(170)
        selection.changed.connect(lambda origin: self.refresh())
        document.changed.connect(lambda before, after: self.refresh())
        self.hide()

    def retranslate(self) -> None:
        """Write all texts in the language in use."""
        self.refresh()

    def refresh(self) -> None:
        """Explain what is selected; hide where that is no flow."""
        pair = self._selection.pair
        found = flows_between(self._document, pair, self._selection.flow) if pair is not None else ()
        self.setVisible(bool(found))
        self._heading.setText(tr("why.heading").upper())
        self._area.setAccessibleName(tr("why.heading"))
        empty(self._parts)
        for number, (graph, flow, gone) in enumerate(found):
            if number:
                self._parts.addSpacing(10)
            for widget in explanation(graph, flow, gone):
                self._parts.addWidget(widget)
        self._parts.addStretch(1)


def flows_between(
    document: Document, pair: tuple[str, str], chosen: str | None
) -> tuple[tuple[FlowGraph, Flow, bool], ...]:
    """The flows of a connector (or the chosen one of them), each with its graph, and whether the what-if removes it."""
    view = document.view
    found = [
        (view.graph, flow, False) for flow in view.graph.flows if (flow.source, flow.destination) == pair
    ]
    removed = view.comparison.removed if view.comparison is not None else ()
    found += [(view.baseline, flow, True) for flow in removed if (flow.source, flow.destination) == pair]
    one = tuple(each for each in found if each[1].id == chosen)
    return one or tuple(found)


def explanation(graph: FlowGraph, flow: Flow, gone: bool) -> list[QWidget]:
    """The widgets that explain one flow."""
    basis = flow.basis
    source, target = graph.component(flow.source).name, graph.component(flow.destination).name
    made: list[QWidget] = [label(f"{source} → {target}", "strong", wrap=True)]
    purpose = said(graph.catalog.purpose_by_id[basis.purpose].name)
    line = f"{flow.port}/{flow.transport.upper()} {basis.protocol} · {purpose}"
    made.append(label(line, wrap=True))
    if gone:
        made.append(label(tr("why.removed"), "error", wrap=True))
    said_why = why(graph, flow)
    for reason in said_why.reasons:
        made.append(label(f"{reason.rule.id}: {said(reason.rule.reading)}", wrap=True))
        made.append(label(said(reason.citation), "muted", wrap=True))
        if reason.condition is not None:
            lines = condition_lines(graph.catalog, reason.condition, language())
            made.append(label("\n".join(lines), "muted", wrap=True))
    made += [label(said(remark), "muted", wrap=True) for remark in said_why.remarks]
    names = (*basis.fqdns, *basis.inferred_fqdns)
    if names:
        made.append(label("\n".join(names), "muted", wrap=True))
    return made

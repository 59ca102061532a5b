"""The box that says why flows exist and why others do not: rules, readings, citations, conditions part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gui.document.document import Document
from gui.document.selection import Selection
from gui.language import tr
from gui.panels.reasons import Part, flow_parts, refusal_parts
from gui.widgets.keeping import focus_kept
from gui.widgets.widgets import column, empty, label, push, row
from model.derivation.graph import FlowGraph
from model.explain import Refusal, has_rule, why_not
from model.flow import Flow
from model.whatif.wishes import Wanted

Pair = tuple[str, str]


class WhyBox(QFrame):
    """Shown under the right-hand tabs while a connector, a row of the matrix or two components are selected.

    `asked(wanted)`: somebody wants to know what would make a flow go or come.
    """

    asked = Signal(object)

    def __init__(self, document: Document, selection: Selection) -> None:
        super().__init__()
        self.setObjectName("why")
        self._document, self._selection = document, selection
        self._open: set[Pair] = set()
        """The pairs whose rules that do not apply are listed although something is there to explain."""
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
        selection.changed.connect(lambda origin: self._follow())
        document.changed.connect(lambda before, after: self.refresh())
        self.hide()

    def retranslate(self) -> None:
        """Write all texts in the language in use."""
        self.refresh()

    def _follow(self) -> None:
        self._open.clear()
        self.refresh()
        self._area.verticalScrollBar().setValue(0)

    def pairs(self) -> tuple[Pair, ...]:
        """What is explained: the connector selected, or both directions between two components selected."""
        if self._selection.pair is not None:
            return (self._selection.pair,)
        there = self._document.view.design.component_by_id
        ids = self._selection.ids
        if len(ids) == 2 and ids <= there.keys():
            first, second = (name for name in there if name in ids)
            return (first, second), (second, first)
        return ()

    def refresh(self) -> None:
        """Explain what is selected; hide where that is nothing to explain."""
        pairs = self.pairs()
        chosen = self._selection.flow
        found = {pair: flows_between(self._document, pair, chosen) for pair in pairs}
        two = len(pairs) == 2
        self.setVisible(two or any(found.values()))
        self._heading.setText((tr("why.heading_pair") if two else tr("why.heading")).upper())
        self._area.setAccessibleName(tr("why.heading_pair") if two else tr("why.heading"))
        with focus_kept(self):
            empty(self._parts)
            if self.isHidden():
                return
            for pair in pairs:
                self._add_pair(pair, found[pair], two)
            self._parts.addStretch(1)

    def _add_pair(self, pair: Pair, flows: tuple[tuple[FlowGraph, Flow, bool], ...], two: bool) -> None:
        comparison = self._document.view.comparison
        for graph, flow, gone in flows:
            change = comparison.change_by_id.get(flow.id) if comparison is not None and not gone else None
            wanted = Wanted("flow", flow.source, flow.destination, flow.basis.listener, flow.transport)
            self._add(flow_parts(graph, flow, gone, change, self._asker(wanted)))
            self._parts.addSpacing(10)
        graph = self._document.view.graph
        if not {*pair} <= graph.design.component_by_id.keys():
            return
        if two and not flows:
            source, target = (graph.component(name).name for name in pair)
            self._add([label(tr("why.no_flow", source=source, destination=target), "strong", wrap=True)])
            if not has_rule(graph, *pair):
                self._add([label(tr("why.no_rule"), "muted", wrap=True)])
        self._add_refusals(graph, pair, why_not(graph, *pair), shown=two or pair in self._open)
        if two:
            self._parts.addSpacing(10)

    def _add_refusals(
        self, graph: FlowGraph, pair: Pair, refusals: tuple[Refusal, ...], *, shown: bool
    ) -> None:
        if not refusals:
            return
        text = tr("why.refusals", count=len(refusals))
        if not shown:
            more = push(f"▸ {text}", lambda: self._list_refusals(pair))
            more.setProperty("flat", True)
            self._add([row(more, -1)])
            return
        self._add([label(text, "muted", wrap=True)])
        for refusal in refusals:
            link = refusal.connection
            wanted = Wanted("appear", *pair, link.port, link.transport)
            self._add(refusal_parts(graph, refusal, pair, self._asker(wanted)))
            self._parts.addSpacing(6)

    def _list_refusals(self, pair: Pair) -> None:
        self._open.add(pair)
        self.refresh()

    def _asker(self, wanted: Wanted) -> Callable[[], None]:
        return lambda: self.asked.emit(wanted)

    def _add(self, parts: Iterable[Part]) -> None:
        for part in parts:
            if isinstance(part, QWidget):
                self._parts.addWidget(part)
            else:
                self._parts.addLayout(part)


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

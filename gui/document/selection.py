"""What is selected, shared by the canvas, the tables and the panels."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from model.derivation.graph import FlowGraph
from model.editing.edits import things
from model.flow import Flow

Pair = tuple[str, str]


class Selection(QObject):
    """Ids of components, zones and notes; or one connector (`pair`), with the flow picked from it (`flow`, an id);
    or several flows (`flows`, ids) with the connectors they are part of (`pairs`).

    `changed(origin)` names who selected, so that the origin need not follow itself. Things, a connector and flows are
    never selected together.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: frozenset[str] = frozenset()
        self.pair: Pair | None = None
        self.flow: str | None = None
        self.flows: frozenset[str] = frozenset()
        self.pairs: frozenset[Pair] = frozenset()

    def select(self, ids: Iterable[str], origin: object = None) -> None:
        """Select components, zones and notes."""
        self._set(frozenset(ids), None, None, origin)

    def select_pair(self, pair: Pair | None, flow: str | None = None, origin: object = None) -> None:
        """Select a connector, and a flow of it."""
        self._set(frozenset(), pair, flow, origin)

    def select_flows(self, flows: Iterable[Flow], origin: object = None) -> None:
        """Select several flows, wherever they are."""
        chosen = tuple(flows)
        pairs = frozenset((flow.source, flow.destination) for flow in chosen)
        self._set(frozenset(), None, None, origin, frozenset(flow.id for flow in chosen), pairs)

    def clear(self, origin: object = None) -> None:
        """Select nothing."""
        self._set(frozenset(), None, None, origin)

    def components(self, graph: FlowGraph) -> tuple[str, ...]:
        """The selected components, in design order."""
        return tuple(each.id for each in graph.design.components if each.id in self.ids)

    def keep(self, graph: FlowGraph, before: FlowGraph) -> None:
        """Drop what is in neither of two graphs any more."""
        pair = self.pair
        if pair is not None and pair not in graph.by_pair and pair not in before.by_pair:
            pair = None
        pairs = frozenset(each for each in self.pairs if each in graph.by_pair or each in before.by_pair)
        flows = self.flows if pairs else frozenset()
        self._set(self.ids & things(graph.design), pair, self.flow if pair else None, None, flows, pairs)

    def _set(
        self,
        ids: frozenset[str],
        pair: Pair | None,
        flow: str | None,
        origin: object,
        flows: frozenset[str] = frozenset(),
        pairs: frozenset[Pair] = frozenset(),
    ) -> None:
        now = (ids, pair, flow, flows, pairs)
        if now != (self.ids, self.pair, self.flow, self.flows, self.pairs):
            self.ids, self.pair, self.flow, self.flows, self.pairs = now
            self.changed.emit(origin)

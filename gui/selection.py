"""What is selected, shared by the canvas, the tables and the panels."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from model.graph import FlowGraph

Pair = tuple[str, str]


class Selection(QObject):
    """Ids of components, zones and notes; or one connector (`pair`), with the flow picked from it (`flow`, an id).

    `changed(origin)` names who selected, so that the origin need not follow itself. Things and a connector are never
    selected together.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: frozenset[str] = frozenset()
        self.pair: Pair | None = None
        self.flow: str | None = None

    def select(self, ids: Iterable[str], origin: object = None) -> None:
        """Select components, zones and notes."""
        self._set(frozenset(ids), None, None, origin)

    def select_pair(self, pair: Pair | None, flow: str | None = None, origin: object = None) -> None:
        """Select a connector, and a flow of it."""
        self._set(frozenset(), pair, flow, origin)

    def clear(self, origin: object = None) -> None:
        """Select nothing."""
        self._set(frozenset(), None, None, origin)

    def components(self, graph: FlowGraph) -> tuple[str, ...]:
        """The selected components, in design order."""
        return tuple(each.id for each in graph.design.components if each.id in self.ids)

    def keep(self, graph: FlowGraph, before: FlowGraph) -> None:
        """Drop what is in neither of two graphs any more."""
        design = graph.design
        there = {*design.component_by_id, *design.zone_by_id, *(note.id for note in design.notes)}
        pair = self.pair
        if pair is not None and pair not in graph.by_pair and pair not in before.by_pair:
            pair = None
        self._set(self.ids & there, pair, self.flow if pair else None, None)

    def _set(self, ids: frozenset[str], pair: Pair | None, flow: str | None, origin: object) -> None:
        if (ids, pair, flow) != (self.ids, self.pair, self.flow):
            self.ids, self.pair, self.flow = ids, pair, flow
            self.changed.emit(origin)

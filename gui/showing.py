"""What of the flows is shown: the purposes drawn on the canvas, and the filter that canvas and tables follow."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from gui.document import Document, View
from model.filtering import Question, question
from model.flow import Flow
from model.views import ALL, Filter


class Showing(QObject):
    """`purposes` None: all but the quiet ones. The filter is dropped with the design it was made for."""

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.purposes: frozenset[str] | None = None
        self.filter = ALL
        self._asked: tuple[View, Filter, Question | None] | None = None
        document.replacing.connect(self._drop)

    def _drop(self) -> None:
        self.show(ALL, self.purposes)

    def show(self, chosen: Filter, purposes: frozenset[str] | None) -> None:
        """Show what meets a filter, and draw these purposes."""
        if (chosen, purposes) != (self.filter, self.purposes):
            self.filter, self.purposes = chosen, purposes
            self.changed.emit()

    def all_but(self, hidden: Iterable[str] | None) -> frozenset[str]:
        """The purposes drawn where some are hidden (None: the quiet ones)."""
        purposes = self._document.catalog.purposes
        away = {each.id for each in purposes if each.quiet} if hidden is None else set(hidden)
        return frozenset(each.id for each in purposes if each.id not in away)

    @property
    def question(self) -> Question | None:
        """What to ask of a flow before it is shown; None: everything is. Worked out once for what is shown."""
        view = self._document.view
        known = self._asked
        if known is None or known[0] is not view or known[1] is not self.filter:
            concerned = (
                {name for each in view.findings for name in each.subjects} if self.filter.findings else set()
            )
            found = question(self.filter, view.graph, view.comparison, concerned)
            known = self._asked = (view, self.filter, found)
        return known[2]

    def is_on(self, purpose: str) -> bool:
        """Whether connectors of a purpose are drawn."""
        if self.purposes is None:
            return not self._document.catalog.purpose_by_id[purpose].quiet
        return purpose in self.purposes

    def draws(self, flow: Flow) -> bool:
        """Whether the canvas has a connector for a flow."""
        drawn = flow.basis.scope == "network" and self.is_on(flow.basis.purpose)
        return drawn and (self.question is None or self.question(flow))

    def not_drawn(self) -> tuple[Flow, ...]:
        """The network flows that the filter lets through and that are of a purpose that is not drawn."""
        ask = self.question
        network = self._document.view.graph.network
        return tuple(f for f in network if not self.is_on(f.basis.purpose) and (ask is None or ask(f)))

    def counts(self) -> tuple[int, int]:
        """How many network flows, those that go included, the filter lets through, and of how many."""
        view = self._document.view
        gone = view.comparison.removed if view.comparison is not None else ()
        flows = [*view.graph.network, *(flow for flow in gone if flow.basis.scope == "network")]
        ask = self.question
        return (len(flows) if ask is None else sum(map(ask, flows))), len(flows)

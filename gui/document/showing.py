"""What of the flows is shown: the purposes drawn on the canvas, and the filter that canvas and tables follow."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from gui.document.document import Document, View
from model.design.views import ALL, Filter
from model.flow import Flow
from model.reading.filtering import Question, question


class Showing(QObject):
    """`usual`: the purposes drawn, of which a filter that names ports or features takes no account: who asks for
    port 123 wants to see it. What is switched off by hand under such a filter is off as long as it lasts.

    The filter is dropped with the design it was made for.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.usual = self.all_but(None)
        self.filter = ALL
        self._lent: frozenset[str] | None = None
        self._asked: tuple[View, Filter, Question | None] | None = None
        document.replacing.connect(self._drop)

    def _drop(self) -> None:
        self.ask(ALL)

    @property
    def purposes(self) -> frozenset[str]:
        """The purposes that are drawn."""
        return self.usual if self._lent is None else self._lent

    def ask(self, chosen: Filter) -> None:
        """Show what meets a filter."""
        if chosen != self.filter:
            named = bool(chosen.ports or chosen.features)
            self._show(chosen, self.usual, self.all_but(()) if named else None)

    def draw(self, purposes: frozenset[str]) -> None:
        """Draw these purposes."""
        self.show(self.filter, purposes)

    def show(self, chosen: Filter, purposes: frozenset[str]) -> None:
        """Show what meets a filter, and draw these purposes and no others."""
        if chosen.ports or chosen.features:
            self._show(chosen, self.usual, purposes)
        else:
            self._show(chosen, purposes, None)

    def _show(self, chosen: Filter, usual: frozenset[str], lent: frozenset[str] | None) -> None:
        if (chosen, usual, lent) != (self.filter, self.usual, self._lent):
            self.filter, self.usual, self._lent = chosen, usual, lent
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

"""The question "what would change it?": a wish, a search beside the window, and the smallest ways to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QSizePolicy, QWidget

from gui.compare.subjects import kept_as
from gui.compare.ways import way_card
from gui.document import pending
from gui.document.document import Document
from gui.document.selection import Selection
from gui.document.work import Worker, counting
from gui.language import tr
from gui.widgets.widgets import Chooser, Role, column, empty, label, push, row, rule
from model.derivation.graph import FlowGraph
from model.flow import Flow
from model.whatif.overlay import settled
from model.whatif.search import Way
from model.whatif.wishes import Found, Wanted, ways

FEW = 8
"""So many flows that nothing avoids are listed."""


class HowTo(QDialog):
    """A window of its own beside the design, so that what a way does can be seen while it is tried."""

    def __init__(self, document: Document, selection: Selection, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._worker = Worker(self)
        self._worker.done.connect(self._show)
        self._worker.failed.connect(lambda sentence: self._end(sentence, "error"))
        self._worker.progressed.connect(self._tell)
        self._graph = document.view.graph
        self._wishes: list[Wanted] = []
        self._found: Found | None = None
        self.intro = label("", "muted", wrap=True)
        self.wish = Chooser()
        self.go = push("", self._search, primary=True)
        self.go.setDefault(True)
        self.cancel = push("", lambda: self._stop())
        self.progress = label("", "muted", wrap=True)
        self.outcome = column(margins=(0, 0, 8, 0), spacing=8)
        inside = QWidget()
        inside.setLayout(self.outcome)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        for button in (self.go, self.cancel):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        head = column(
            self.intro,
            self.wish,
            row(self.go, self.cancel, self.progress, -1, spacing=8),
            margins=(16, 14, 16, 10),
        )
        body = column(self.area, margins=(16, 10, 8, 12))
        whole = column(head, rule(), body, spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.resize(480, 560)
        self.retranslate()

    def retranslate(self) -> None:
        """Write all texts in the language in use."""
        self.setWindowTitle(tr("howto.title"))
        self.intro.setText(tr("howto.intro"))
        self.wish.setAccessibleName(tr("howto.wish"))
        self.area.setAccessibleName(tr("howto.title"))
        self.go.setText(tr("howto.search"))
        self.cancel.setText(tr("howto.cancel"))
        self._offer(self._wishes)
        if self._found is not None:
            self._list(self._found)
        self._settle()

    # What is wished

    def ask(self, wanted: Wanted | None = None) -> None:
        """Show the window; begin to look for a wish where one is given."""
        first = [wanted] if wanted is not None else []
        self._offer(first + [each for each in self._usual() if each != wanted])
        self.show()
        self.raise_()
        self.activateWindow()
        self.wish.setFocus()
        if wanted is not None:
            self._search()

    def _usual(self) -> list[Wanted]:
        """What can be wished of what is selected, and of the design."""
        view = self._document.view
        found: list[Wanted] = []
        pair = self._selection.pair
        if pair is not None:
            flows = view.graph.by_pair.get(pair, ())
            found += [Wanted("flow", *pair, flow.basis.listener, flow.transport) for flow in flows]
        chosen = self._selection.components(view.graph)
        if len(chosen) == 2:
            found += [Wanted("appear", *chosen), Wanted("appear", chosen[1], chosen[0])]
        ends = chosen if pair is None else pair[1:]
        reached = {flow.destination for flow in view.graph.network}
        targets = [name for name in ends if name in reached]
        targets += [
            each.id for each in view.design.components if each.id in reached and each.id not in targets
        ]
        found.append(Wanted("cleartext"))
        found += [Wanted("boundary", destination=zone.id) for zone in view.design.zones]
        found += [Wanted("destination", destination=name) for name in targets]
        return found

    def _offer(self, wishes: list[Wanted]) -> None:
        self._wishes = wishes
        number = max(self.wish.currentIndex(), 0) if self.wish.count() == len(wishes) else 0
        self.wish.clear()
        for each in wishes:
            self.wish.addItem(self._text(each))
        self.wish.setCurrentIndex(number)

    def _text(self, wanted: Wanted) -> str:
        design = self._document.view.design
        names = {each.id: each.name for each in design.components}
        names |= {each.id: each.name for each in design.zones}
        source, target = (names.get(name, name) for name in (wanted.source, wanted.destination))
        port = f" {wanted.port}/{wanted.transport.upper()}" if wanted.port is not None else ""
        match wanted.aim:
            case "flow":
                return tr("howto.flow", source=source, target=target, port=port)
            case "destination":
                return tr("howto.destination", target=target)
            case "cleartext":
                return tr("howto.cleartext")
            case "boundary":
                return tr("howto.boundary", zone=target)
            case "appear":
                return tr("howto.appear", source=source, target=target, port=port)

    # The search

    def _search(self) -> None:
        number = self.wish.currentIndex()
        if not 0 <= number < len(self._wishes):
            return
        wanted = self._wishes[number]
        graph = self._graph = self._document.view.graph
        self._found = None
        empty(self.outcome)
        self.progress.setText(tr("howto.searching"))
        self._worker.start(
            lambda progress, stopped: ways(graph, wanted, cancelled=counting(progress, stopped))
        )
        self._settle()

    def _tell(self, done: int, total: int) -> None:
        self.progress.setText(tr("howto.looked", count=done))

    def _stop(self) -> None:
        self._worker.cancel()
        self._end(tr("howto.stopped"), "muted")

    def _settle(self) -> None:
        busy = self._worker.busy
        self.go.setEnabled(not busy)
        self.wish.setEnabled(not busy)
        self.cancel.setVisible(busy)
        self.progress.setVisible(busy)

    def _end(self, sentence: str, role: Role) -> None:
        empty(self.outcome)
        self._say(sentence, role)
        self.outcome.addStretch(1)
        self._settle()

    def _show(self, found: Found) -> None:
        self._found = found
        self._list(found)
        self._settle()

    def _list(self, found: Found) -> None:
        empty(self.outcome)
        answer = found.answer
        if answer.ways and not answer.ways[0].changes:
            self._say(tr("howto.nothing"), "strong")
        elif answer.ways:
            self._say(tr("howto.smallest", count=len(answer.ways[0].changes)), "strong")
            if len(answer.ways) > 1:
                self._say(tr("howto.ways", count=len(answer.ways)), "muted")
            for way in answer.ways:
                self.outcome.addWidget(way_card(self._graph, way, self._try, self._keep))
        elif answer.proved:
            self._say(tr("howto.impossible"), "strong")
            self._list_never(self._graph, found.unavoidable)
        else:
            self._say(tr("howto.given_up", count=answer.steps), "strong")
        self.outcome.addStretch(1)

    def _list_never(self, graph: FlowGraph, flows: tuple[Flow, ...]) -> None:
        if flows:
            self._say(tr("howto.never", count=len(flows)), "muted")
        for flow in flows[:FEW]:
            source, target = graph.component(flow.source).name, graph.component(flow.destination).name
            rules = ", ".join(flow.basis.rules)
            self._say(f"{source} → {target}  {flow.port}/{flow.transport.upper()}  ({rules})", "plain")

    def _say(self, text: str, role: Role) -> None:
        self.outcome.addWidget(label(text, role, wrap=True))

    # One way

    def _try(self, way: Way) -> None:
        document = self._document
        state = document.state
        changes = pending.toggled(state.pending, document.view.under, document.catalog, way.changes)
        document.try_out(tr("edit.try", name=self._name()), changes)

    def _keep(self, way: Way) -> None:
        changes = settled((*self._document.state.changes, *way.changes))
        name = self._name()
        self._document.edit(tr("edit.scenario"), lambda design: kept_as(design, name, changes), done=True)

    def _name(self) -> str:
        """What the way is for."""
        return self._text(self._found.wanted) if self._found is not None else self.wish.currentText()

    def wait(self) -> None:
        """Let the thread end."""
        self._worker.wait()

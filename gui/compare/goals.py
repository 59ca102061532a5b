"""The Goals panel: what a board asks of a design, which flows are against it, and the nearest changes that meet it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.compare.goal_card import GoalCard, Standing
from gui.compare.subjects import SAVED, Subject, graph_of, kept_as, subjects
from gui.document import pending
from gui.document.document import Document, View
from gui.document.pending import State
from gui.document.selection import Selection
from gui.document.work import Progress, Stopped, Worker, counting
from gui.language import said, tr, worded
from gui.style import theme
from gui.widgets.widgets import Chooser, column, label, rule
from model.derivation.graph import FlowGraph
from model.errors import ChangeError
from model.flow import Flow
from model.whatif.goals import GOALS, Goal, Verdict, goals_met, judged
from model.whatif.search import Way

QUICK = 2_000
"""Up to so many flows, of all that is judged together, judging them is done before anybody notices."""


@dataclass(frozen=True)
class _Judgement:
    """What the worker finds: the graph of the chosen subject, and how many flows break each goal anywhere.

    `broken` has a sentence for a scenario that does not fit the design any more.
    """

    view: View
    key: str
    graph: FlowGraph | None
    broken: dict[str, dict[str, int] | str]


class Goals(QWidget):
    """The panel. The window asks it to refresh while it can be seen."""

    def __init__(self, document: Document, selection: Selection, parent: QObject) -> None:
        super().__init__()
        self._document, self._selection = document, selection
        self.colours = theme.LIGHT
        self._asked: View | None = None
        self._judgement: _Judgement | None = None
        self._judging, self._searching = Worker(parent), Worker(parent)
        self._searched: Goal | None = None
        self._judging.done.connect(self._take)
        self._judging.failed.connect(self._say)
        self._searching.done.connect(self._found)
        self._searching.failed.connect(self._not_found)
        self._searching.progressed.connect(self._tell)
        self.intro = label("", "muted", wrap=True)
        self.heading = label("", "heading")
        self.chooser = Chooser()
        self.chooser.activated.connect(lambda number: self._judge())
        self.cards = {goal.id: self._card(goal) for goal in GOALS}
        inside = QWidget()
        inside.setLayout(column(*self.cards.values(), -1, margins=(12, 12, 12, 12), spacing=8))
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        head = column(self.intro, 2, self.heading, self.chooser, margins=(14, 12, 14, 10))
        self.setLayout(column(head, rule(), area, spacing=0))
        self.retranslate()

    def _card(self, goal: Goal) -> GoalCard:
        made = GoalCard(goal)
        made.searched.connect(lambda: self._search(goal))
        made.cancelled.connect(self._stop)
        made.flow_picked.connect(self._pick)
        made.all_picked.connect(lambda flows: self._selection.select_flows(flows, self))
        made.tried.connect(self._try)
        made.kept.connect(lambda way: self._keep(goal, way))
        return made

    # Judging

    def retranslate(self) -> None:
        """Write all texts in the language in use, in the colours in use."""
        self.intro.setText(tr("goals.intro"))
        self.heading.setText(tr("goals.judged").upper())
        self.chooser.setAccessibleName(tr("goals.judged"))
        self._area.setAccessibleName(tr("goals.title"))
        for card in self.cards.values():
            card.retranslate(self.colours)
        self._asked = None
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Judge the document as it is, unless that is what is shown."""
        view = self._document.view
        if self._asked is view:
            return
        self._asked = view
        chosen = self.chooser.currentData()
        there = subjects(view.state)
        self.chooser.clear()
        for each in there:
            self.chooser.addItem(each.name, each.key)
        keys = [each.key for each in there]
        self.chooser.setCurrentIndex(keys.index(chosen) if chosen in keys and chosen != SAVED else 0)
        self._judge()

    def subject(self) -> Subject:
        """What is judged."""
        there = subjects(self._document.view.state)
        return next((each for each in there if each.key == self.chooser.currentData()), there[0])

    def _judge(self) -> None:
        self._stop()
        view, chosen = self._document.view, self.subject()
        there = subjects(view.state)

        def job(progress: Progress, stopped: Stopped) -> _Judgement:
            found: FlowGraph | None = None
            broken: dict[str, dict[str, int] | str] = {}
            for each in (chosen, *(other for other in there if other.key != chosen.key)):
                if stopped():
                    break
                try:
                    graph = graph_of(each, view)
                except ChangeError as error:
                    broken[each.key] = worded(error)
                    continue
                broken[each.key] = goals_met(graph)
                found = graph if each.key == chosen.key else found
            return _Judgement(view, chosen.key, found, broken)

        quick = len(view.graph.flows) * len(there) <= QUICK
        self._judging.start(job, at_once=quick)

    def _say(self, sentence: str) -> None:
        self.intro.setText(sentence)

    def _take(self, judgement: _Judgement) -> None:
        self._judgement = judgement
        graph, problem = judgement.graph, judgement.broken.get(judgement.key)
        self._say(problem if isinstance(problem, str) else tr("goals.intro"))
        there = subjects(judgement.view.state)
        for goal in GOALS:
            card = self.cards[goal.id]
            card.setVisible(graph is not None)
            if graph is not None:
                card.show_verdict(graph, Verdict(goal, goal.breaking(graph)))
                card.show_others(self._others(goal, judgement, there))

    @staticmethod
    def _others(goal: Goal, judgement: _Judgement, there: Sequence[Subject]) -> list[tuple[str, int]]:
        """The name of everything else that was judged, with how many flows break the goal there."""
        found = []
        for each in there:
            broken = judgement.broken.get(each.key)
            if each.key != judgement.key and isinstance(broken, dict):
                found.append((each.name, broken[goal.id]))
        return found

    # Searching

    def _search(self, goal: Goal) -> None:
        judgement = self._judgement
        if judgement is None or judgement.graph is None:
            return
        self._stop()
        graph = judgement.graph
        self._searched = goal
        self.cards[goal.id].show_standing(Standing.SEARCHING)
        self._searching.start(
            lambda progress, stopped: judged(graph, goal, cancelled=counting(progress, stopped))
        )

    def _stop(self) -> None:
        self._searching.cancel()
        if self._searched is not None:
            self.cards[self._searched.id].show_standing(Standing.ASKED)
            self._searched = None

    def _found(self, verdict: Verdict) -> None:
        self._searched = None
        judgement = self._judgement
        if judgement is not None and judgement.graph is not None:
            self.cards[verdict.goal.id].show_verdict(judgement.graph, verdict)

    def _not_found(self, sentence: str) -> None:
        if self._searched is not None:
            self.cards[self._searched.id].show_problem(sentence)
            self._searched = None

    def _tell(self, done: int, total: int) -> None:
        if self._searched is not None:
            self.cards[self._searched.id].show_progress(done)

    # Acting

    def _pick(self, flow: Flow) -> None:
        view = self._document.view
        pair = (flow.source, flow.destination)
        if pair in view.graph.by_pair or pair in view.baseline.by_pair:
            self._selection.select_pair(pair, flow.id, self)
        else:
            self._selection.select(set(pair) & view.design.component_by_id.keys(), self)

    def _try(self, way: Way) -> None:
        document, subject = self._document, self.subject()
        changes = pending.toggled(subject.changes, document.design, document.catalog, way.changes)
        document.put(
            tr("edit.try_goal"), lambda state: State(state.design, pending=changes, against=state.against)
        )

    def _keep(self, goal: Goal, way: Way) -> None:
        changes = (*self.subject().changes, *way.changes)
        name = said(goal.name)
        self._document.edit(tr("edit.scenario"), lambda design: kept_as(design, name, changes), done=True)

    def wait(self) -> None:
        """Let the threads end."""
        self._judging.wait()
        self._searching.wait()

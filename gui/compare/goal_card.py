"""One goal in the Goals panel: the verdict, the flows against it, and what would meet it or why nothing does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from gui.compare.ways import way_card
from gui.language import said, tr
from gui.style import icons, theme
from gui.widgets.widgets import Elided, Role, column, empty, label, plain, push, row
from model.derivation.graph import FlowGraph
from model.flow import Flow
from model.whatif.goals import Goal, Verdict

FEW = 4
"""So many flows are listed until all are asked for."""

MOST = 200
WAYS = 3
"""So many ways are offered; the command line lists more."""


class Standing(Enum):
    """How far the search for a way is."""

    ASKED = "asked"
    SEARCHING = "searching"
    DONE = "done"


class GoalCard(QFrame):
    """One goal. It decides nothing: what is asked of it comes out as signals."""

    searched = Signal()
    cancelled = Signal()
    flow_picked = Signal(object)
    all_picked = Signal(object)
    tried = Signal(object)
    kept = Signal(object)

    def __init__(self, goal: Goal) -> None:
        super().__init__()
        self.setObjectName("card")
        self.goal = goal
        self._graph: FlowGraph | None = None
        self.verdict: Verdict | None = None
        self._whole = False
        self._colours = theme.LIGHT
        self.mark = QLabel()
        self.mark.setFixedSize(18, 18)
        self.name = label("", "strong", wrap=True)
        self.state = label("", "muted", wrap=True)
        self.others = label("", "muted", wrap=True)
        self.flows = column(spacing=1)
        self.search = push("", self.searched.emit, small=True)
        self.progress = label("", "muted", wrap=True)
        self.cancel = push("", self.cancelled.emit, small=True)
        self.outcome = column(spacing=6)
        for button in (self.search, self.cancel):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        body = column(
            self.name, self.state, self.others, self.flows,
            self.progress, row(self.search, self.cancel, -1, spacing=8), self.outcome, spacing=4,
        )  # fmt: skip
        self.setLayout(row(column(self.mark, -1), body, margins=(10, 9, 10, 10), spacing=9))

    def retranslate(self, colours: theme.Colours) -> None:
        """Write all texts anew; what was found is shown again."""
        self._colours = colours
        self.name.setText(said(self.goal.name))
        self.search.setText(tr("goals.search"))
        self.cancel.setText(tr("goals.cancel"))
        if self._graph is not None and self.verdict is not None:
            self.show_verdict(self._graph, self.verdict)

    # Showing

    def show_verdict(self, graph: FlowGraph, verdict: Verdict) -> None:
        """Show what was judged, and what a search found where there was one."""
        if graph is not self._graph:
            self._whole = False
        self._graph, self.verdict = graph, verdict
        name, colour = (
            ("circle-check", self._colours.added) if verdict.met else ("circle-x", self._colours.removed)
        )
        self.mark.setPixmap(icons.icon(name, colour).pixmap(QSize(18, 18), self.devicePixelRatioF()))
        self.state.setText(
            tr("goals.met") if verdict.met else tr("goals.broken", count=len(verdict.breaking))
        )
        self.setAccessibleName(f"{said(self.goal.name)}: {self.state.text()}")
        self._list_flows()
        empty(self.outcome)
        done = verdict.answer is not None or bool(verdict.unavoidable)
        if done:
            self._show_outcome(graph, verdict)
        self.show_standing(Standing.DONE if done or verdict.met else Standing.ASKED)

    def show_others(self, broken: Sequence[tuple[str, int]]) -> None:
        """Show how everything else stands to the goal: names with how many flows break it there."""
        parts = [
            tr(
                "goals.other",
                name=name,
                verdict=tr("goals.broken", count=count) if count else tr("goals.met"),
            )
            for name, count in broken
        ]
        self.others.setText("\n".join(parts))
        self.others.setVisible(bool(parts))

    def show_standing(self, standing: Standing) -> None:
        """Offer the search, or its end."""
        self.search.setVisible(standing is Standing.ASKED)
        self.cancel.setVisible(standing is Standing.SEARCHING)
        self.progress.setVisible(standing is Standing.SEARCHING)
        self.progress.setText(tr("goals.searching"))

    def show_progress(self, done: int) -> None:
        """Say how many designs were looked at so far."""
        self.progress.setText(tr("goals.looked", count=done))

    def show_problem(self, sentence: str) -> None:
        """Say why there is no answer."""
        self.show_standing(Standing.ASKED)
        empty(self.outcome)
        self.outcome.addWidget(label(sentence, "error", wrap=True))

    # The flows

    def _list_flows(self) -> None:
        empty(self.flows)
        verdict, graph = self.verdict, self._graph
        if verdict is None or graph is None or verdict.met:
            return
        flows = verdict.breaking
        shown = flows[: MOST if self._whole else FEW]
        for flow in shown:
            self.flows.addWidget(self._flow(graph, flow))
        more = [_link(tr("goals.select_all"), lambda: self.all_picked.emit(flows))]
        if len(shown) < len(flows) and not self._whole:
            more.insert(0, _link(tr("goals.more", count=len(flows) - len(shown)), self._list_all))
        self.flows.addLayout(row(*more, -1, spacing=6))

    def _list_all(self) -> None:
        self._whole = True
        self._list_flows()

    def _flow(self, graph: FlowGraph, flow: Flow) -> QWidget:
        source, target = graph.component(flow.source).name, graph.component(flow.destination).name
        ports = f"{flow.port}/{flow.transport.upper()} {flow.basis.protocol}"
        made = _link("", lambda: self.flow_picked.emit(flow))
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setMinimumHeight(38)
        made.setLayout(
            column(
                _still(f"{source} → {target}", "plain"),
                _still(ports, "muted"),
                margins=(6, 2, 4, 2),
                spacing=0,
            )
        )
        made.setAccessibleName(f"{source} → {target}, {ports}")
        made.setToolTip(plain(f"{source} → {target}\n{ports}\n{', '.join(flow.basis.rules)}"))
        return made

    # The outcome

    def _show_outcome(self, graph: FlowGraph, verdict: Verdict) -> None:
        answer = verdict.answer
        if verdict.unavoidable:
            self._say(tr("goals.never"), "strong")
            self._say(tr("goals.never_why", count=len(verdict.unavoidable)), "muted")
            for flow in verdict.unavoidable[:FEW]:
                self.outcome.addWidget(self._flow(graph, flow))
                self._say(tr("goals.asked_by", rules=", ".join(flow.basis.rules)), "muted")
        elif answer is not None and answer.ways:
            size = len(answer.ways[0].changes)
            self._say(tr("goals.nearest", count=size), "strong")
            if len(answer.ways) > 1:
                self._say(tr("goals.ways", count=min(len(answer.ways), WAYS)), "muted")
            for way in answer.ways[:WAYS]:
                self.outcome.addWidget(way_card(graph, way, self.tried.emit, self.kept.emit))
        elif answer is not None:
            self._say(tr("goals.never") if answer.proved else tr("goals.given_up"), "strong")
            self._say(
                tr("goals.never_together") if answer.proved else tr("goals.given_up_why", count=answer.steps),
                "muted",
            )

    def _say(self, text: str, role: Role) -> None:
        self.outcome.addWidget(label(text, role, wrap=True))


def _link(text: str, action: Callable[[], object]) -> QPushButton:
    """A button that looks like a link."""
    made = push(text, action)
    made.setProperty("flat", True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def _still(text: str, role: Role) -> QLabel:
    """A label on a button, which leaves the mouse to it."""
    made = Elided(text, role)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made

"""The trade-off page: every combination of chosen switches as a plot and a table; one of them becomes the what-if."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QProgressBar, QSplitter, QWidget

from gui.compare.plot import Plot, Spot
from gui.compare.points import MEASURES, PointsTable, heading
from gui.compare.switches import Switches
from gui.document import pending
from gui.document.document import Document
from gui.document.work import Worker
from gui.language import said, tr
from gui.style import theme
from gui.widgets.boxes import CheckBox
from gui.widgets.widgets import Chooser, Wrapped, column, label, push, row
from model.derivation.effective import effective_feature, effective_setting
from model.derivation.graph import FlowGraph
from model.design.changes import AnyChange
from model.design.columns import same, with_note
from model.whatif.overlay import subject_of
from model.whatif.sweep import Dimension, Point, Sweep, sweep


class SweepPage(QWidget):
    """The page. It follows the document while it can be seen; what was evaluated stays until it is evaluated anew."""

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__()
        self._document = document
        self._worker = Worker(parent)
        self._worker.done.connect(self._take)
        self._worker.failed.connect(self._fail)
        self._worker.progressed.connect(self._tell)
        self._swept: tuple[Sweep, FlowGraph, tuple[object, ...]] | None = None
        self.switches = Switches(document.catalog)
        self.switches.changed.connect(self._follow_switches)
        self.go = push("", self.evaluate, primary=True)
        self.stop = push("", self.cancel)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.note = label("", "muted", wrap=True)
        self.measure_name = label("", "muted")
        self.measure = Chooser()
        self.measure.setMinimumWidth(220)
        self.measure.activated.connect(lambda number: self._show_measure())
        self.least = CheckBox()
        self.least.toggled.connect(lambda on: self._fill_table())
        self.plot = Plot(self._describe)
        self.plot.picked.connect(self._pick_spot)
        self.plot.activated.connect(self.apply)
        self.table = PointsTable(self._words)
        self.table.picked.connect(self._pick_point)
        self.table.asked.connect(self.apply)
        self.about = Wrapped()
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setWordWrap(True)
        self.use = push("", self.apply, primary=True)
        self._put_together()

    def _put_together(self) -> None:
        left = QWidget()
        left.setLayout(
            column(
                self.switches, self.bar, row(self.go, self.stop, -1, spacing=8), self.note,
                margins=(16, 14, 14, 14), spacing=8,
            )
        )  # fmt: skip
        head = row(self.measure_name, self.measure, 12, self.least, -1, margins=(12, 12, 16, 4), spacing=8)
        upper = QWidget()
        upper.setLayout(column(head, self.plot, spacing=0))
        lower = QWidget()
        foot = row(self.about, self.use, margins=(14, 9, 16, 11), spacing=12)
        foot.setStretch(0, 1)
        lower.setLayout(column(self.table, foot, spacing=0))
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(upper)
        right.addWidget(lower)
        right.setSizes([400, 280])
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(left)
        across.addWidget(right)
        across.setSizes([330, 830])
        across.setStretchFactor(1, 1)
        for splitter in (right, across):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        self.setLayout(column(across))

    def retranslate(self, colours: theme.Colours) -> None:
        """Write all texts in the language in use, in the colours in use."""
        self.plot.colours = colours
        self.plot.setAccessibleName(tr("sweep.title"))
        self.table.setAccessibleName(tr("sweep.table"))
        self.go.setText(tr("sweep.go"))
        self.stop.setText(tr("goals.cancel"))
        self.use.setText(tr("sweep.use"))
        self.least.setText(tr("sweep.least"))
        self.measure_name.setText(tr("sweep.measure"))
        self.measure.setAccessibleName(tr("sweep.measure"))
        chosen = max(0, self.measure.currentIndex())
        self.measure.clear()
        for name in MEASURES:
            self.measure.addItem(heading(name), name)
        self.measure.setCurrentIndex(chosen)
        self.switches.retranslate()
        self.table.fit_columns()
        self.refresh()
        self._show_measure()

    def refresh(self) -> None:
        """Offer the switches of the document as it is, and say where what was evaluated no longer holds."""
        self.switches.show_design(self._document.view.design)
        self._mark_now()
        self._show_state()

    # Evaluating

    def evaluate(self) -> None:
        """Evaluate every combination, in a thread."""
        if not self.switches.ready:
            return
        graph, dimensions = self._document.view.graph, self.switches.dimensions()
        ground = self._ground(dimensions)
        self.bar.setRange(0, 0)
        self.note.setText("")
        self._worker.start(
            lambda progress, stopped: (
                sweep(graph, dimensions, progress=progress, cancelled=stopped),
                graph,
                ground,
            )
        )
        self._show_state()

    def cancel(self) -> None:
        """Stop; what was evaluated before stays."""
        self._worker.cancel()
        self._show_state()

    def wait(self) -> None:
        """Let the thread end."""
        self._worker.wait()

    def _tell(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _take(self, found: tuple[Sweep, FlowGraph, tuple[object, ...]]) -> None:
        self._swept = found
        self.plot.choose(None)
        self.least.blockSignals(True)
        self.least.setChecked(len(found[0].points) > 64)
        self.least.blockSignals(False)
        self._show_measure()
        self.refresh()

    def _fail(self, sentence: str) -> None:
        self._show_state()
        self.note.setText(sentence)

    def _ground(self, dimensions: tuple[Dimension, ...]) -> tuple[object, ...]:
        """What the result rests on: the design, and the pending changes that no switch of the sweep overrides."""
        state = self._document.state
        graph = self._document.view.graph
        swept = {subject_of(each.change(graph, each.values[0])) for each in dimensions}
        return (
            state.design,
            state.laid,
            *(change for change in state.pending if subject_of(change) not in swept),
        )

    # Showing

    def points(self) -> tuple[Point, ...]:
        """Everything that was evaluated."""
        return self._swept[0].points if self._swept is not None else ()

    def _spot_of(self) -> Callable[[Point], Spot]:
        """Where points lie in the plot, by the measure in use."""
        name = str(self.measure.currentData())
        return lambda point: (point.on, int(getattr(point, name)))

    def _show_measure(self) -> None:
        self.plot.measure = self.measure.currentText()
        self.plot.show_spots(map(self._spot_of(), self.points()))
        self._mark_now()
        self._fill_table()

    def _fill_table(self) -> None:
        points = self.points()
        if self.least.isChecked():
            least, spot_of = set(self.plot.least), self._spot_of()
            points = tuple(point for point in points if spot_of(point) in least)
        self.table.points.show_points(points)
        self._show_choice()

    def _mark_now(self) -> None:
        """Mark the combination that the design as shown has."""
        now = None
        if self._swept is not None and not self._stale():
            values = tuple(_value(self._document, each) for each in self._swept[0].dimensions)
            now = next((point for point in self.points() if point.values == values), None)
        self.plot.now = self._spot_of()(now) if now is not None else None
        self.plot.update()

    def _stale(self) -> bool:
        return self._swept is not None and self._swept[2] != self._ground(self._swept[0].dimensions)

    def _follow_switches(self) -> None:
        self.go.setEnabled(self.switches.ready and not self._worker.busy)

    def _show_state(self) -> None:
        busy = self._worker.busy
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self._follow_switches()
        self.least.setEnabled(bool(self.points()))
        if self._stale():
            self.note.setText(tr("sweep.stale"))
        elif not busy and self._swept is not None:
            self.note.setText(tr("sweep.done", count=len(self.points())))
        self._show_choice()

    def _show_choice(self) -> None:
        point = self.table.chosen()
        self.about.setText(self._words(point) if point is not None else tr("sweep.hint"))
        self.use.setEnabled(point is not None and not self._stale())

    def _words(self, point: Point) -> str:
        """A combination in words: the features that are on, and the choices."""
        assert self._swept is not None, "there are points only of a sweep"
        found, (swept, graph, _) = [], self._swept
        catalog, there = graph.catalog, graph.design.component_by_id
        for each, value in zip(swept.dimensions, point.values, strict=True):
            if value is False:
                continue
            if value is True:
                what = said(catalog.feature_by_id[each.name].name)
            else:
                setting = catalog.setting_by_id[each.name]
                names = {choice.id: said(choice.name) for choice in setting.choices}
                what = f"{said(setting.name)}: {names.get(str(value), value)}"
            if each.component is not None:
                what = said(with_note(same(what), same(there[each.component].name)))
            found.append(what)
        return " · ".join(found) or tr("sweep.all_off")

    def _describe(self, spot: Spot, count: int) -> str:
        return tr("sweep.spot", on=spot[0], measure=self.measure.currentText(), value=spot[1], count=count)

    # Choosing

    def _pick_spot(self, spot: Spot) -> None:
        """Show the first combination of a spot: where none of them is listed, list all."""
        spot_of = self._spot_of()
        if self.table.choose(lambda each: spot_of(each) == spot) is None:
            self.least.setChecked(False)
            self.table.choose(lambda each: spot_of(each) == spot)
        self._show_choice()

    def _pick_point(self, point: Point) -> None:
        self.plot.choose(self._spot_of()(point))
        self._show_choice()

    def apply(self) -> None:
        """Make the chosen combination the what-if: what else is pending stays."""
        point = self.table.chosen()
        if point is None or self._swept is None or self._stale():
            return
        swept, graph, _ = self._swept
        changes: list[AnyChange] = [
            each.change(graph, value) for each, value in zip(swept.dimensions, point.values, strict=True)
        ]
        document = self._document
        view = document.view
        merged = pending.toggled(view.state.pending, view.under, document.catalog, changes)
        document.try_out(tr("edit.try_combination"), merged)


def _value(document: Document, each: Dimension) -> bool | str:
    """The value of a switch in the design as shown."""
    shown, catalog = document.view.design, document.catalog
    component = shown.component_by_id[each.component] if each.component is not None else None
    feature = catalog.feature_by_id.get(each.name)
    if feature is not None:
        return effective_feature(shown, component, feature).value
    return effective_setting(shown, component, catalog.setting_by_id[each.name]).value

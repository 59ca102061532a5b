"""The panel below the canvas: three tables with counts and a filter, and the selection they share with the canvas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from gui.document.document import Document, View
from gui.document.selection import Selection
from gui.document.showing import Showing
from gui.language import tr
from gui.panels.effects import EffectsPage
from gui.panels.heat import HeatMap
from gui.panels.tables import Table
from gui.style import theme
from gui.widgets.widgets import column, label, plain, row
from model.derivation.graph import FlowGraph
from model.design.columns import Column
from model.reading.filtering import Question
from model.tables.allowlist import ALLOW_COLUMNS, AllowedName, allow_list
from model.tables.columnsets import KNOWN
from model.tables.matrix import Row, rows
from model.tables.standing import FlowVerdict

_SCREEN_ORDER = (
    "source", "source-zone", "destination", "destination-zone", "destination-fqdn", "destination-ip", "port",
    "transport", "service", "device", "justification", "necessity", "condition", "rules", "source-ip", "direction",
    "change", "flow-id",
)  # fmt: skip
"""The matrix columns as the screen puts them: who, where, which port first."""

SCREEN: tuple[Column[Row], ...] = tuple(KNOWN[name] for name in _SCREEN_ORDER)
"""Those columns."""

_HEAT, _EFFECTS = 3, 4
"""The tabs that are no tables."""

_FILTER_LEAST, _FILTER_BEST, _FILTER_MOST = 96, 180, 300
_GAP, _EDGE = 10, 10

Slot = Callable[[], None]


class Bottom(QTabWidget):
    """Only the table that can be seen is filled; `later` says when: in a large design after the canvas is painted.

    The filter stands beside the tabs, below them where those have no room otherwise.
    `narrowed(on)`: whether buttons beside the filter should do without texts, so that no tab is cut.
    """

    narrowed = Signal(bool)

    def __init__(
        self, document: Document, selection: Selection, showing: Showing, later: Callable[[Slot], None]
    ) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.setObjectName("bottomTabs")
        self._later = later
        self._document, self._selection, self._showing = document, selection, showing
        self.matrix = Table(SCREEN, lambda row: row.status)
        self.names = Table(ALLOW_COLUMNS, lambda entry: entry.status)
        self.changes = Table(
            [KNOWN["change"], *(each for each in SCREEN if each.id != "change")], lambda row: row.status
        )
        self.no_changes = label("", "muted", wrap=True)
        self.no_changes.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._changes = QStackedWidget()
        self._changes.addWidget(self.no_changes)
        self._changes.addWidget(self.changes)
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.left_out = label("", "muted")
        self.standing_of: Callable[[FlowGraph], Mapping[str, FlowVerdict]] = lambda graph: {}
        """How flows stand with the rules that firewalls have now, where somebody compares them."""
        self._besides: tuple[str, ...] = ()
        self._buttons: list[QWidget] = []
        self._beside = row(self.left_out, self.filter, spacing=_GAP)
        self.tools, self._corner = QWidget(), QWidget()
        self.tools.setLayout(column(self._beside, margins=(_EDGE, 3, _EDGE, 3)))
        self._corner.setLayout(column(self.tools))
        self._counts = ("", "", "")
        self.heat = HeatMap()
        self.effects = EffectsPage()
        for page in (self.matrix, self.names, self._changes, self.heat, self.effects):
            holder = QWidget()
            holder.setLayout(column(page, spacing=0))
            self.addTab(holder, "")
        self.setCornerWidget(self._corner)
        self._stale = {*range(self.count())}
        self._fitted: set[int] = set()
        self.currentChanged.connect(lambda number: self._fill())
        document.changed.connect(lambda before, after: self.refresh())
        document.replacing.connect(self._fitted.clear)
        showing.changed.connect(self._ask)
        selection.changed.connect(self._follow)
        self.matrix.picked.connect(self._pick_rows)
        self.changes.picked.connect(self._pick_rows)
        self.names.picked.connect(self._pick_names)
        self.heat.picked.connect(lambda flows: self._selection.select_flows(flows, self))
        self.heat.rows_asked.connect(self.go_to_rows)
        self.retranslate()

    def show_besides(self, names: tuple[str, ...]) -> None:
        """Let the matrix begin with these columns besides those chosen for it."""
        if names != self._besides:
            self._besides = names
            self.matrix.rows_model.show_besides([KNOWN[name] for name in names])
            self.matrix.fit_columns()

    def beside_filter(self, widget: QWidget) -> None:
        """Put a widget beside the filter."""
        self._buttons.append(widget)
        self._beside.insertWidget(1, widget)
        self.fit_tools()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_tools()

    def fit_tools(self) -> None:
        """Share the room beside the tabs out: first the tabs, then the filter, then what is said beside it."""
        self._name_tabs(counted=True)
        room = self.width() - self.tabBar().sizeHint().width() - 2 * _EDGE
        self.narrowed.emit(False)
        if room - self._buttons_width() < _FILTER_LEAST:
            self.narrowed.emit(True)
        below = room - self._buttons_width() < _FILTER_LEAST
        self._put_tools(below)
        if below:
            self._name_tabs(counted=room > 0)
            room = self.width() - 2 * _EDGE
            self.narrowed.emit(False)
        buttons = self._buttons_width()
        words = self.left_out.sizeHint().width() + _GAP
        said = bool(self.left_out.text()) and room - buttons - words >= _FILTER_BEST
        self.left_out.setVisible(said)
        left = room - buttons - (words if said else 0)
        self.filter.setFixedWidth(min(max(left, _FILTER_LEAST), _FILTER_MOST))
        self._corner.adjustSize()

    def _put_tools(self, below: bool) -> None:
        """Let the filter and what is beside it stand beside the tabs, or below them on the page shown."""
        place = self.currentWidget() if below else self._corner
        if self.tools.parentWidget() is not place:
            layout = place.layout()
            assert isinstance(layout, QVBoxLayout), "both are columns"
            layout.insertWidget(0, self.tools)
            self.tools.show()
        self._corner.setVisible(not below)

    def _name_tabs(self, *, counted: bool) -> None:
        """Write the tabs, with how much is in them where there is room for it."""
        titles = (tr("tables.matrix"), tr("tables.names"), tr("tables.changes"))
        for number, (title, count) in enumerate(zip(titles, self._counts, strict=True)):
            whole = f"{title}  {count}".rstrip()
            text = whole if counted else title
            if text != self.tabText(number):
                self.setTabText(number, text)
                self.setTabToolTip(number, "" if counted else whole)

    def _buttons_width(self) -> int:
        return sum(each.sizeHint().width() + _GAP for each in self._buttons if not each.isHidden())

    def retranslate(self) -> None:
        """Write all texts in the language in use."""
        self.filter.setPlaceholderText(tr("tables.filter"))
        self.filter.setAccessibleName(tr("tables.filter_tip"))
        self.no_changes.setText(tr("tables.no_changes"))
        self.matrix.setAccessibleName(tr("tables.matrix"))
        self.names.setAccessibleName(tr("tables.names"))
        self.changes.setAccessibleName(tr("tables.changes"))
        self.heat.setAccessibleName(tr("heat.title"))
        self.setTabText(_HEAT, tr("heat.tab"))
        self.setTabText(_EFFECTS, tr("effects.title"))
        self.setTabToolTip(_HEAT, tr("heat.title"))
        self._fitted.clear()
        for table in (self.matrix, self.names, self.changes):
            table.fit_columns()
        self.refresh()

    def set_colours(self, colours: theme.Colours) -> None:
        """Show changes in the colours of a theme."""
        for table in (self.matrix, self.names, self.changes):
            table.rows_model.colours = colours
            table.viewport().update()
        self.heat.heat.colours = colours
        self.heat.viewport().update()

    def refresh(self) -> None:
        """Show the document as it is."""
        view = self._document.view
        comparison = view.comparison
        parts = []
        if comparison is not None:
            for mark, count in (
                ("+", comparison.added),
                ("−", comparison.removed),
                ("~", comparison.changed),
            ):
                if count:
                    parts.append(f"{mark}{len(count)}")
        self._counts = (str(len(view.graph.network)), str(len(view.graph.fqdns)), " ".join(parts))
        self._stale = {*range(self.count())}
        self._ask()
        self._later(self._fill)

    def _table(self) -> Table | None:
        """The table that can be seen; None where that is the heat map, or what a difference means."""
        number = self.currentIndex()
        return None if number in (_HEAT, _EFFECTS) else (self.matrix, self.names, self.changes)[number]

    def _fill(self) -> None:
        number = self.currentIndex()
        self._say_left_out()
        if number not in self._stale:
            return
        self._stale.discard(number)
        view, table = self._document.view, self._table()
        if number == _EFFECTS:
            self.effects.show_view(view)
            return
        if table is None:
            self.heat.show_document(self._document, self._showing)
            return
        found: Sequence[Any] = _rows_for(number, view)
        verdicts = self.standing_of(view.graph) if table is self.matrix else {}
        if verdicts:
            found = [each._replace(standing=verdicts.get(each.id)) for each in found]
        table.show_rows(found)
        if number not in self._fitted and table.rows_model.rows:
            self._fitted.add(number)
            table.fit_columns()
        self._say_left_out()
        self._changes.setCurrentIndex(1 if view.comparison is not None and not view.comparison.same else 0)
        self._follow(None)

    def _filter(self, text: str) -> None:
        for table in (self.matrix, self.names, self.changes):
            table.order.keep(text)
        self._say_left_out()

    def _ask(self) -> None:
        """Keep the rows that the filter in force lets through."""
        ask = self._showing.question
        for table in (self.matrix, self.changes):
            table.order.keep_rows(None if ask is None else lambda row: ask(row.flow))
        self.names.order.keep_rows(None if ask is None else names_for(ask, self._document.view))
        self._say_left_out()
        self._stale.add(_HEAT)
        if self.currentIndex() == _HEAT:
            self._later(self._fill)

    def _say_left_out(self) -> None:
        """Say how many rows of the table are filtered out, or else how many the canvas does not draw."""
        table = self._table()
        self.filter.setVisible(table is not None)
        if table is None:
            self.left_out.setText("")
            self.fit_tools()
            return
        shown, count = table.order.rowCount(), len(table.rows_model.rows)
        text, tip = "", ""
        if shown < count:
            text = tr("tables.shown", shown=shown, count=count)
        elif table is self.matrix:
            draws = self._showing.draws
            away = sum(
                each.flow.basis.scope == "network" and not draws(each.flow) for each in table.rows_model.rows
            )
            if away:
                text, tip = tr("tables.not_drawn", count=away), tr("tables.not_drawn_tip")
        self.left_out.setText(text)
        self.left_out.setToolTip(plain(tip))
        self.filter.setToolTip(plain("\n".join(each for each in (tr("tables.filter_tip"), text) if each)))
        self.fit_tools()

    # Selection

    def _pick_rows(self, picked: list[Row]) -> None:
        if picked:
            flow = picked[0].flow
            self._selection.select_pair((flow.source, flow.destination), flow.id, self)

    def _pick_names(self, picked: list[AllowedName]) -> None:
        there = self._document.view.design.component_by_id
        ids = {component.id for entry in picked for component in (entry.destination, *entry.sources)}
        if picked:
            self._selection.select(ids & there.keys(), self)

    def go_to_rows(self) -> None:
        """Give the keyboard to the table shown, at the first row of what is selected."""
        self.setVisible(True)
        if self._table() is None:
            self.setCurrentIndex(0)
            self._follow(None)
        table = self._table()
        assert table is not None, "the first tab is a table"
        table.go_to_first()

    def _follow(self, origin: object) -> None:
        """Select the rows of what is selected on the canvas."""
        if origin is self:
            return
        selection, number = self._selection, self.currentIndex()
        chosen = set(selection.components(self._document.view.graph))

        def fits(row: Any) -> bool:
            flow = row.flow
            if selection.flows:
                return row.id in selection.flows
            if selection.flow is not None:
                return bool(row.id == selection.flow)
            if selection.pair is not None:
                return bool((flow.source, flow.destination) == selection.pair)
            return flow.source in chosen or flow.destination in chosen

        def names(entry: AllowedName) -> bool:
            pairs = selection.pairs or ({selection.pair} if selection.pair is not None else ())
            if pairs:
                return any((source.id, entry.destination.id) in pairs for source in entry.sources)
            return entry.destination.id in chosen or any(source.id in chosen for source in entry.sources)

        table = self._table()
        if table is None:
            return
        if not (chosen or selection.pair or selection.pairs):
            table.select_rows(lambda row: False, scroll=False)
        else:
            table.select_rows(names if number == 1 else fits)


def names_for(ask: Question, view: View) -> Callable[[AllowedName], bool]:
    """Whether a name is needed by a flow that meets the question."""
    gone = view.comparison.removed if view.comparison is not None else ()
    met = {flow[:4] for flow in (*view.graph.network, *gone) if ask(flow)}

    def wanted(entry: AllowedName) -> bool:
        ends = ((source.id, entry.destination.id) for source in entry.sources)
        return any((*pair, *port) in met for pair in ends for port in entry.ports)

    return wanted


def _rows_for(number: int, view: View) -> tuple[Any, ...]:
    if number == 0:
        return rows(view.graph, view.comparison, "all")
    if number == 1:
        return allow_list(view.graph, view.comparison)
    if view.comparison is None:
        return ()
    return tuple(row for row in rows(view.graph, view.comparison, "all") if row.status != "unchanged")

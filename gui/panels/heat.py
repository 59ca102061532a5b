"""The heat map: for every pair of zones how many openings lie between them. A cell selects its flows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelection, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui.document.document import Document
from gui.document.showing import Showing
from gui.language import said, tr
from gui.panels.tables import Index, Shaded
from gui.style import theme
from gui.widgets.widgets import plain
from model.design.zoning import zone_names
from model.flow import Flow
from model.reading.zonepairs import between, openings

_NARROWEST, _WIDEST = 90, 220
_FAINTEST, _STRONGEST = 26, 96
"""How opaque the accent is behind one opening, and behind the most there are: every text stands out from all of it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The flows from one zone to another: those there are, those that come, those that go."""

    flows: tuple[Flow, ...] = ()
    added: tuple[Flow, ...] = ()
    removed: tuple[Flow, ...] = ()

    @property
    def text(self) -> str:
        """How many openings, and how many of them come and go."""
        come, go = openings(self.added), openings(self.removed)
        marks = [f"+{come}"] if come else []
        marks += [f"−{go}"] if go else []
        return "  ".join((str(openings(self.flows)), *marks))


class HeatModel(QAbstractTableModel):
    """Rows are the zones flows come from, columns those they go to; only zones that any flow leaves or enters."""

    def __init__(self) -> None:
        super().__init__()
        self.zones: tuple[str | None, ...] = ()
        self.names: tuple[str, ...] = ()
        self.cells: dict[tuple[str | None, str | None], Cell] = {}
        self._most = 1
        self._changed = QFont()
        """Of what changes: green or red would not stand out from the blue, and + and − say which it is."""
        self._changed.setBold(True)
        self.colours = theme.LIGHT

    def show_document(self, document: Document, showing: Showing) -> None:
        """Count anew what the filter in force lets through."""
        self.beginResetModel()
        view, ask = document.view, showing.question
        comparison = view.comparison
        zones = {each.id: each.zone for each in view.design.components}
        before = {} if comparison is None else {e.id: e.zone for e in comparison.before.design.components}

        def met(flows: Iterable[Flow]) -> list[Flow]:
            return [f for f in flows if f.basis.scope == "network" and (ask is None or ask(f))]

        flows = between(met(view.graph.network), zones)
        added = between(met(comparison.added if comparison else ()), zones)
        removed = between(met(comparison.removed if comparison else ()), before | zones)
        self.cells = {
            pair: Cell(flows.get(pair, ()), added.get(pair, ()), removed.get(pair, ()))
            for pair in {**flows, **removed}
        }
        touched = {zone for pair in self.cells for zone in pair}
        every = {zone: said(name) for zone, name in zone_names(view.design).items()}
        self.zones = tuple(zone for zone in (*(z for z in every if z is not None), None) if zone in touched)
        self.names = tuple(every[zone] for zone in self.zones)
        self._most = max((openings(cell.flows) for cell in self.cells.values()), default=1)
        self.endResetModel()

    def cell(self, index: Index) -> Cell | None:
        """What lies between two zones; None for nothing."""
        return self.cells.get((self.zones[index.row()], self.zones[index.column()]))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.zones)

    def columnCount(self, parent: Index | None = None) -> int:
        return self.rowCount(parent)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.names[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(self.names[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if cell is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            names = self.names[index.row()], self.names[index.column()]
            text = tr("heat.tip", source=names[0], target=names[1], count=openings(cell.flows))
            return plain(text) if role == Qt.ItemDataRole.ToolTipRole else f"{text} {cell.text}"
        if role == Qt.ItemDataRole.BackgroundRole:
            colour = QColor(self.colours.accent)
            share = openings(cell.flows) / self._most
            colour.setAlpha(round(_FAINTEST + (_STRONGEST - _FAINTEST) * share) if cell.flows else 0)
            return QBrush(colour)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(QColor(self.colours.text))
        if role == Qt.ItemDataRole.FontRole and (cell.added or cell.removed):
            return self._changed
        return None


class HeatMap(QTableView):
    """`picked(flows)`: cells were selected; `rows_asked`: one was double-clicked or entered."""

    picked = Signal(list)
    rows_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heat = HeatModel()
        self.setModel(self.heat)
        self.setItemDelegate(Shaded(self))
        self.setObjectName("heat")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setDefaultSectionSize(30)
        self.verticalHeader().setMaximumWidth(240)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setCornerButtonEnabled(False)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.activated.connect(lambda index: self.rows_asked.emit())

    def show_document(self, document: Document, showing: Showing) -> None:
        """Show the document as it is."""
        self.heat.show_document(document, showing)
        header = self.horizontalHeader()
        for number in range(header.count()):
            self.setColumnWidth(number, min(max(header.sectionSizeHint(number) + 8, _NARROWEST), _WIDEST))

    def _tell(self, now: QItemSelection, before: QItemSelection) -> None:
        cells = [cell for index in self.selectedIndexes() if (cell := self.heat.cell(index)) is not None]
        flows = [flow for cell in cells for flow in (*cell.flows, *cell.removed)]
        if flows:
            self.picked.emit(flows)

"""What one component opens and receives, by the other end: the list at the end of its inspector."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from gui.document.document import Document
from gui.document.selection import Pair, Selection
from gui.language import tr
from gui.widgets.widgets import plain
from model.flow import Flow

_LINES = 14
"""As many lines are seen at once; more are scrolled."""

Line = tuple[str, str, Pair]
"""The name of the other end, the ports, and the connector."""

_PAIR = Qt.ItemDataRole.UserRole


class Traffic(QTreeWidget):
    """Two branches, out and in; a line per other end with the ports. A click selects the connector."""

    def __init__(self, document: Document, selection: Selection, component: str) -> None:
        super().__init__()
        self._document, self._selection, self._component = document, selection, component
        self._shown: tuple[tuple[Line, ...], tuple[Line, ...]] | None = None
        self.setObjectName("traffic")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setAccessibleName(tr("traffic.title"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.itemActivated.connect(lambda item, number: self._pick(item))
        self.itemClicked.connect(lambda item, number: self._pick(item))

    def load(self) -> None:
        """Show the flows as they are; a list that says the same stays as it is, with its selection."""
        view, name = self._document.view, self._component
        gone = view.comparison.removed if view.comparison is not None else ()
        flows = [*view.graph.touching.get(name, ()), *(f for f in gone if name in f[:2])]
        network = [flow for flow in flows if flow.basis.scope == "network"]
        opened = [flow for flow in network if flow.source == name]
        received = [flow for flow in network if flow.destination == name]
        out, into = self._lines(opened, 1), self._lines(received, 0)
        if (out, into) == self._shown:
            return
        self._shown = out, into
        self.clear()
        self._branch(tr("traffic.out", count=len(opened)), out)
        self._branch(tr("traffic.in", count=len(received)), into)
        self.expandAll()
        lines = 2 + len(out) + len(into)
        self.setFixedHeight(min(lines, _LINES) * self.sizeHintForRow(0) + 2 * self.frameWidth() + 4)

    def _lines(self, flows: Iterable[Flow], end: int) -> tuple[Line, ...]:
        """The flows by the component at their other end (0: source, 1: destination)."""
        view = self._document.view
        by_pair: dict[Pair, list[Flow]] = {}
        for flow in flows:
            by_pair.setdefault((flow.source, flow.destination), []).append(flow)
        names = view.baseline.design.component_by_id | view.design.component_by_id
        return tuple((names[pair[end]].name, _ports(found), pair) for pair, found in by_pair.items())

    def _branch(self, title: str, lines: Iterable[Line]) -> None:
        head = QTreeWidgetItem([title])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.addTopLevelItem(head)
        head.setFirstColumnSpanned(True)
        for name, ports, pair in lines:
            item = QTreeWidgetItem([name, ports])
            item.setToolTip(0, plain(name))
            item.setToolTip(1, plain(ports))
            item.setData(0, _PAIR, pair)
            head.addChild(item)

    def _pick(self, item: QTreeWidgetItem) -> None:
        pair = item.data(0, _PAIR)
        if pair is not None:
            self._selection.select_pair((pair[0], pair[1]), origin=self)


def _ports(flows: Iterable[Flow]) -> str:
    """The ports by transport, each transport named once: there is little room."""
    found: dict[str, dict[int, None]] = {}
    for flow in flows:
        found.setdefault(flow.transport, {})[flow.port] = None
    return ", ".join(f"{' · '.join(map(str, ports))} {name.upper()}" for name, ports in found.items())

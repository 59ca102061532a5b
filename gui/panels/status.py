"""The status bar: what the design amounts to, the catalog, and the language."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QStatusBar

from gui.document.document import Document
from gui.language import NAMES, language, said, tr
from gui.style import theme
from gui.widgets.widgets import Elided, label, tool_button
from model.derivation.graph import FlowGraph
from model.reading.zonepairs import between, openings


class _Link(QLabel):
    """A label that can be clicked."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()


class Status(QStatusBar):
    """Counts on the left, catalog and language on the right. `findings_asked`: the count of findings was clicked.

    A message takes the place of all but the language for its time.
    """

    findings_asked = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._document = document
        self.components, self.flows, self.names = label(), label(), label()
        self.findings = _Link()
        self.findings.setTextFormat(Qt.TextFormat.PlainText)
        self.findings.setCursor(Qt.CursorShape.PointingHandCursor)
        self.findings.clicked.connect(self.findings_asked)
        self.catalog = Elided()
        self.catalog.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.note = Elided()
        self.note.hide()
        self.language = tool_button("language")
        for part in (self.components, self.flows, self.names, self.findings):
            self.addWidget(part)
        # Qt paints messages only where no permanent widget is, and cuts those that are too long.
        self.addPermanentWidget(self.note, 1)
        self.addPermanentWidget(self.catalog, 1)
        self.addPermanentWidget(self.language)
        self.messageChanged.connect(self._tell)

    def _tell(self, message: str) -> None:
        self.note.setText(message)
        self.note.setVisible(bool(message))
        for part in (self.components, self.flows, self.names, self.findings, self.catalog):
            part.setVisible(not message)

    def refresh(self, colours: theme.Colours) -> None:
        """Show the document as it is."""
        view = self._document.view
        graph, was = view.graph, view.baseline if view.comparison is not None else view.graph
        self.components.setText(
            tr("status.components", count=len(graph.design.components))
            + _by(len(graph.design.components), len(was.design.components))
            + " · "
            + tr("status.hosts", count=graph.hosts)
            + _by(graph.hosts, was.hosts)
        )
        self.flows.setText(
            tr("status.flows", count=len(graph.network))
            + _by(len(graph.network), len(was.network))
            + " · "
            + tr("status.openings", count=_openings(graph))
            + _by(_openings(graph), _openings(was))
        )
        self.names.setText(tr("status.fqdns", count=len(graph.fqdns)) + _by(len(graph.fqdns), len(was.fqdns)))
        for part in (self.components, self.flows, self.names):
            part.setToolTip(tr("status.compared") if view.comparison is not None else "")
        found = self._document.view.findings
        worst = found[0].severity if found else None
        colour = {"error": colours.removed, "warning": colours.changed}.get(worst or "", colours.muted)
        self.findings.setText(tr("status.findings", count=len(found)))
        self.findings.setStyleSheet(
            f"color: {colour}; font-weight: {'bold' if worst == 'error' else 'normal'};"
        )
        catalog = self._document.catalog
        self.catalog.setText(tr("status.catalog", name=said(catalog.title), version=catalog.version))
        self.language.setText("日本語" if language() == "en" else "English")
        self.language.setToolTip(tr("status.language", name=NAMES["ja" if language() == "en" else "en"]))
        self.language.setAccessibleName(self.language.toolTip())


def _by(now: int, was: int) -> str:
    """By how much a count differs from the baseline's; nothing where it does not."""
    return "" if now == was else f" ({'+' if now > was else '−'}{abs(now - was):,})"


def _openings(graph: FlowGraph) -> int:
    """How many openings `graph.openings` lists; counted here without the zone paths, which load networkx."""
    zones = {component.id: component.zone for component in graph.design.components}
    return sum(map(openings, between(graph.network, zones).values()))

"""The findings: what the architect should know, worst first; a click selects its subjects, a button settles it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from gui.document.document import Document
from gui.document.selection import Selection
from gui.language import said, tr
from gui.style import icons, theme
from gui.widgets.keeping import focus_kept
from gui.widgets.widgets import Chip, Elided, chip, column, empty, label, push, row
from model.findings import Finding, Fix

_ICONS = {"error": "circle-x", "warning": "triangle-alert", "information": "info"}
SHOWN = 200
"""How many findings are listed; past this nobody reads them, and each costs widgets."""


class FindingCard(QFrame):
    """One finding."""

    chosen = Signal()

    def __init__(self, finding: Finding, colours: theme.Colours) -> None:
        super().__init__()
        self.setObjectName("card")
        self.finding = finding
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        colour = {"error": colours.removed, "warning": colours.changed, "information": colours.accent}[
            finding.severity
        ]
        mark = QLabel()
        picture = icons.icon(_ICONS[finding.severity], colour).pixmap(QSize(18, 18), self.devicePixelRatioF())
        mark.setPixmap(picture)
        mark.setFixedSize(18, 18)
        severity = label(tr(f"severity.{finding.severity}"), "strong")
        severity.setStyleSheet(f"color: {colour}; font-size: 12px;")
        notes = " · ".join((*finding.discrepancies, *finding.rules[:6]))
        cited = Elided(notes, "muted")
        cited.setAlignment(Qt.AlignmentFlag.AlignRight)
        head = self.head = row(severity, cited, spacing=10)
        self.text = label(said(finding.message), wrap=True)
        self.body = column(head, self.text, spacing=4)
        self.setLayout(row(column(mark, -1), self.body, margins=(10, 8, 10, 9), spacing=9))
        self.setAccessibleName(f"{severity.text()}: {self.text.text()}")

    def mark(self, text: str, kind: Chip) -> None:
        """Say that it is new, or solved."""
        self.head.insertWidget(1, chip(text, kind))
        self.setAccessibleName(f"{text} · {self.accessibleName()}")

    def offer(self, fix: Fix, settle: object) -> None:
        """Add the button that settles it."""
        assert callable(settle), "what the button does"
        button = push(tr("findings.fix"), settle, small=True)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setAccessibleDescription(said(fix.label))
        self.body.addLayout(row(button, label(said(fix.label), "muted", wrap=True), spacing=8))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


def strike(shown: QLabel) -> None:
    """Strike a text through."""
    font = shown.font()
    font.setStrikeOut(True)
    shown.setFont(font)


class Findings(QWidget):
    """The panel. The window asks it to refresh while it can be seen: each finding costs widgets."""

    def __init__(self, document: Document, selection: Selection) -> None:
        super().__init__()
        self._document, self._selection = document, selection
        self.colours = theme.LIGHT
        self._shown: object = None
        self._list = column(margins=(12, 12, 12, 12), spacing=8)
        inside = QWidget()
        inside.setLayout(self._list)
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.setLayout(column(area))

    def cards(self) -> list[FindingCard]:
        """The findings shown."""
        return self.findChildren(FindingCard)

    def retranslate(self) -> None:
        """Write all texts in the language in use, in the colours in use."""
        self._area.setAccessibleName(tr("findings.title"))
        self._shown = None
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the findings of the document as it is."""
        view = self._document.view
        found, differing = view.findings, view.effects
        new = differing.new if differing is not None else ()
        solved = differing.solved if differing is not None else ()
        rejected = view.rejections
        if (found, new, solved, rejected) == self._shown:
            return
        self._shown = found, new, solved, rejected
        with focus_kept(self):
            self._fill(found, new, solved, rejected)

    def _fill(
        self,
        found: Sequence[Finding],
        new: Sequence[Finding],
        solved: Sequence[Finding],
        rejected: Sequence[Finding],
    ) -> None:
        empty(self._list)
        if not found:
            self._list.addWidget(label(tr("findings.none"), "muted", wrap=True))
        for finding in found[:SHOWN]:
            card = self._card(finding)
            if finding in new:
                card.mark(tr("effects.new_mark"), "removed")
            self._list.addWidget(card)
        if len(found) > SHOWN:
            self._list.addWidget(label(tr("findings.more", count=len(found) - SHOWN), "muted", wrap=True))
        for finding in solved[:SHOWN]:
            card = FindingCard(finding, self.colours)
            card.mark(tr("effects.solved_mark"), "added")
            strike(card.text)
            self._list.addWidget(card)
        if rejected:
            self._list.addWidget(label(tr("findings.rejected").upper(), "heading", wrap=True))
        for finding in rejected:
            self._list.addWidget(self._card(finding))
        self._list.addStretch(1)

    def _card(self, finding: Finding) -> FindingCard:
        made = FindingCard(finding, self.colours)
        made.chosen.connect(lambda: self._choose(finding))
        fix = finding.fix
        if fix is not None:
            made.offer(fix, lambda: self._mend(fix))
        return made

    def _mend(self, fix: Fix) -> None:
        """Carry a fix out, and show what it added."""
        before = self._document.view.design.component_by_id.keys()
        if self._document.edit(said(fix.label), fix.edit):
            new = self._document.view.design.component_by_id.keys() - before
            if new:
                self._selection.select(new, self)

    def _choose(self, finding: Finding) -> None:
        self._selection.select(finding.subjects, self)

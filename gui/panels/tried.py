"""What is laid over the design: its scenarios, one on the other, the changes on top, and what all is compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QMenu, QSizePolicy, QToolButton, QWidget

from gui.document.document import Document
from gui.document.pending import State
from gui.language import language, said, tr
from gui.style import icons, theme
from gui.widgets.boxes import CheckBox
from gui.widgets.keeping import focus_kept
from gui.widgets.widgets import Chooser, chip, column, empty, label, plain, push, row, tool_button
from model.design.changes import AnyChange, Scenario
from model.whatif.overlay import Conflict, conflicts, scenario_named
from model.whatif.words import change_text

SHOWN = 24
"""How many changes are listed; past this nobody reads them, and each costs widgets."""

DESIGN, SAVED, OTHER, FILE = "", "saved:", "other:", "file:"
"""Baselines besides scenarios: the design, what was last saved, the file chosen before, and another file."""

_DOINGS = ("edit", "rename", "baseline", "delete")


class _Box(CheckBox):
    """A box to tick with a name, of which it shows as much as fits."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, self.width() - 26)
        self.setText(fitting.replace("&", "&&"))


def indented(*parts: QWidget) -> QLayout:
    """A line of the panel, as far from its edges as the switches are from theirs."""
    return row(*parts, margins=(6, 0, 6, 0), spacing=6)


class Tried(QWidget):
    """`asked(what, scenario)`: use, edit, save, rename, baseline, delete, only, keep; `compared(baseline)`."""

    asked = Signal(str, str)
    compared = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._shown: object = None
        self._clash: str | None = None
        self._name = label("", "heading")
        self.baseline = Chooser()
        self.baseline.activated.connect(lambda: self.compared.emit(self.baseline.currentData()))
        self.baseline_row = column(self._name, self.baseline, spacing=4)
        self._list = column(spacing=3)
        self.setLayout(self._list)
        document.changed.connect(lambda before, after: self._forget_clash())

    def _forget_clash(self) -> None:
        self._clash = None

    def show_clash(self, scenario: str) -> None:
        """Say why a scenario cannot be laid over those in use."""
        self._clash = scenario
        self._shown = None
        self.refresh(self._colours)

    def refresh(self, colours: theme.Colours) -> None:
        """Show the document as it is."""
        self._colours = colours
        state = self._document.state
        key = (
            state.design.scenarios,
            state.laid,
            state.pending,
            state.editing,
            self._clash,
            language(),
            colours,
        )
        self._show_baseline()
        if key == self._shown:
            return
        self._shown = key
        with focus_kept(self):
            self._fill(state)
        self.setVisible(self._list.count() > 0)

    def _fill(self, state: State) -> None:
        empty(self._list)
        if state.design.scenarios:
            self._list.addLayout(indented(label(tr("whatif.scenarios").upper(), "heading")))
            for each in state.design.scenarios:
                self._add_scenario(each)
        if state.pending or state.editing is not None:
            self._add_changes(state.pending)

    # The baseline

    def _show_baseline(self) -> None:
        document, chooser = self._document, self.baseline
        against = document.state.against
        self._name.setText(tr("whatif.compared").upper())
        chooser.setAccessibleName(tr("whatif.compared"))
        entries = [(tr("whatif.baseline_design"), DESIGN)]
        if document.modified:
            entries.append((tr("whatif.baseline_saved"), SAVED))
        entries += [(each.name, each.id) for each in document.design.scenarios]
        if against is not None and against.other is not None and against.name:
            entries.append((against.name, OTHER))
        entries.append((tr("whatif.baseline_file"), FILE))
        chooser.clear()
        for text, value in entries:
            chooser.addItem(text, value)
        now = DESIGN
        if against is not None:
            now = against.scenarios[0] if against.scenarios else OTHER if against.name else SAVED
        if chooser.findData(now) < 0:
            chooser.insertItem(1, tr("whatif.baseline_saved"), SAVED)
        chooser.setCurrentIndex(chooser.findData(now))

    # Scenarios

    def _add_scenario(self, scenario: Scenario) -> None:
        state = self._document.state
        name = scenario.id
        box = _Box(scenario.name)
        box.setChecked(name in state.laid)
        box.setEnabled(name != state.editing)
        size = tr("whatif.change_count", count=len(scenario.changes))
        box.setToolTip(plain(f"{scenario.name} · {size}\n{tr('whatif.scenario_tip')}"))
        box.setAccessibleDescription(size)
        box.clicked.connect(lambda: self.asked.emit("use", name))
        marks = [chip(tr("whatif.editing"), "changed")] if name == state.editing else []
        self._list.addLayout(indented(box, *marks, self._more(scenario)))
        if self._clash == name:
            self._add_clash(scenario)

    def _more(self, scenario: Scenario) -> QToolButton:
        made = tool_button("more")
        made.setText("⋯")
        made.setAccessibleName(tr("whatif.scenario_menu", name=scenario.name))
        menu = QMenu(made)
        for what in _DOINGS:
            menu.addAction(tr(f"whatif.scenario.{what}")).triggered.connect(
                lambda checked, what=what: self.asked.emit(what, scenario.id)
            )
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _add_clash(self, scenario: Scenario) -> None:
        design = self._document.design
        stack = [scenario_named(design, each) for each in self._document.state.laid]
        for found in conflicts([*stack, scenario]):
            self._list.addWidget(label(self._conflict_text(found), "error", wrap=True))
        instead = push(tr("whatif.use_only"), lambda: self.asked.emit("only", scenario.id), small=True)
        self._list.addLayout(row(instead, -1, margins=(6, 0, 6, 4)))

    def _conflict_text(self, found: Conflict) -> str:
        design, catalog = self._document.design, self._document.catalog
        return tr(
            "whatif.conflict",
            first=found.first.name,
            one=said(change_text(catalog, design, found.first_change)),
            second=found.second.name,
            other=said(change_text(catalog, design, found.second_change)),
        )

    # Changes on top

    def _add_changes(self, changes: Sequence[AnyChange]) -> None:
        state, catalog = self._document.state, self._document.catalog
        self._list.addLayout(indented(label(tr("whatif.changes", count=len(changes)).upper(), "heading")))
        # What a change names may be in the design as shown (a new component) or only below it (one taken away).
        shown, under = self._document.view.design, self._document.view.under
        for each in changes[:SHOWN]:
            known = shown if each.component in shown.component_by_id else under
            text = label(said(change_text(catalog, known, each)), wrap=True)
            self._list.addLayout(indented(text, self._drop(each, text.text())))
        if len(changes) > SHOWN:
            self._list.addWidget(
                label(tr("whatif.more_changes", count=len(changes) - SHOWN), "muted", wrap=True)
            )
        if state.editing is not None:
            name = scenario_named(state.design, state.editing).name
            self._add_button(tr("whatif.save_scenario", name=name), "save", state.editing, primary=True)
        elif changes:
            self._add_button(tr("whatif.keep"), "keep", "")

    def _add_button(self, text: str, what: str, scenario: str, *, primary: bool = False) -> None:
        made = push(text, lambda: self.asked.emit(what, scenario), small=True, primary=primary)
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._list.addLayout(row(made, -1, margins=(6, 2, 6, 4)))

    def _drop(self, change: AnyChange, text: str) -> QToolButton:
        made = tool_button("drop")
        made.setIcon(icons.icon("close", self._colours.muted, self._colours.disabled))
        made.setIconSize(QSize(13, 13))
        made.setToolTip(tr("whatif.drop"))
        made.setAccessibleName(f"{tr('whatif.drop')}: {text}")
        made.clicked.connect(self._dropper(change))
        return made

    def _dropper(self, change: AnyChange) -> Callable[[], None]:
        def drop() -> None:
            left = tuple(each for each in self._document.state.pending if each != change)
            self._document.try_out(tr("edit.drop_change"), left)

        return drop

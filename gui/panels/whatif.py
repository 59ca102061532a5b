"""The What-if panel: scenarios, features and settings, tried out before they are adopted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from gui.document import pending
from gui.document.document import Document, View
from gui.document.selection import Selection
from gui.document.work import Stopped, Worker
from gui.language import said, tr
from gui.panels.holding import Hold
from gui.panels.switches import Scope, SwitchRow, back, features_in, of_design
from gui.panels.tried import Tried, indented
from gui.style import theme
from gui.widgets.widgets import Chooser, Switch, chip, column, empty, label, push, row, rule
from model.catalog.rules import Feature, Setting
from model.derivation.graph import FlowGraph
from model.design.changes import Change
from model.whatif.previews import Preview, previews
from model.whatif.previews import Switch as Pressed
from model.whatif.residue import Residue, residues

Later = Callable[[Callable[[], None]], None]
"""Calls a slot: at once, or in a large design after the canvas has been painted."""

_HEADINGS = ("protection", "service", "settings", "beyond", "inferred")

MANY_LIKES = 40
"""With more unlike components than this, previews take more than a frame and are worked out beside the window."""

Ahead = tuple[dict[Pressed, Preview], tuple[Residue, ...]]


def ahead(graph: FlowGraph, chosen: Sequence[str] | None, stopped: Stopped) -> Ahead:
    """What every switch would do, and what stays where a server took over."""
    return previews(graph, chosen, cancelled=stopped), () if stopped() else residues(graph)


class WhatIf(QWidget):
    """The panel. A switch makes its change pending at once; Adopt and Discard end the trial, each as one undo step.

    `report_asked`: the report of what is shown is wanted.
    """

    report_asked = Signal()

    def __init__(self, document: Document, selection: Selection, later: Later) -> None:
        super().__init__()
        self._document, self._selection, self._later = document, selection, later
        self._missed = True
        """Whether the selection changed while another page was in front."""
        self.previewing = Worker(self)
        self.previewing.done.connect(self._show_ahead)
        self.colours = theme.LIGHT
        self.tried = Tried(document)
        self.chips = row(spacing=6)
        self.explained = label("", "muted", wrap=True)
        self._said = QStackedWidget()  # as high with a difference as without: what is below stays where it is
        self.mode_name = label("", "plain", wrap=True)
        self.mode = Switch()
        self.mode.clicked.connect(lambda: document.set_trying(self.mode.isChecked()))
        self.scope_heading = label("", "heading", wrap=True)
        self.scope = Chooser()
        self.scope.activated.connect(lambda: self.refresh())
        self.nothing = label("", "muted", wrap=True)
        self.adopt = push("", lambda: document.adopt(tr("edit.adopt")), primary=True)
        self.discard = push("", lambda: document.discard(tr("edit.discard")))
        self.report = push("", self.report_asked.emit)
        self._headings = {name: label("", "heading") for name in _HEADINGS}
        self.rows = self._make_rows()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setLayout(self._list())
        area.setWidget(inside)
        self._hold = Hold(area, self)
        self._said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        counted = QWidget()
        counted.setLayout(column(self.chips, -1))
        for each in (self.explained, counted):
            self._said.addWidget(each)
        # The choice ends on the right where those below do, which have a scroll bar beside them.
        choice = row(self.tried.baseline_row, margins=(0, 0, 5, 0))
        head = column(choice, self._said, margins=(14, 10, 14, 8))
        foot = row(self.adopt, self.discard, self.report, -1, margins=(14, 9, 14, 9), spacing=8)
        self.setLayout(column(head, rule(), area, rule(), foot, spacing=0))
        document.changed.connect(lambda before, after: self.refresh())
        document.trying_changed.connect(lambda trying: self.refresh())
        selection.changed.connect(lambda origin: self._follow_selection())
        self.retranslate()

    def _make_rows(self) -> dict[str, SwitchRow]:
        catalog = self._document.catalog
        sources = {setting.substitutes: setting for setting in catalog.settings if setting.substitutes}
        made = {each.id: SwitchRow(each, sources.get(each.id), self) for each in catalog.features}
        alone = [setting for setting in catalog.settings if not setting.substitutes]
        return made | {each.id: SwitchRow(None, each, self) for each in alone}

    def _of(self, heading: str) -> list[SwitchRow]:
        return [
            each
            for each in self.rows.values()
            if (each.feature.category if each.feature is not None else "settings") == heading
        ]

    def _list(self) -> QLayout:
        parts: list[QWidget | QLayout | int] = [self.tried]
        parts.append(row(self.mode_name, self.mode, margins=(6, 2, 6, 2), spacing=8))
        parts += [4, indented(self.scope_heading), indented(self.scope), indented(self.nothing)]
        for category in _HEADINGS:
            parts += [4, indented(self._headings[category]), *self._of(category)]
        return column(*parts, -1, margins=(8, 6, 2, 8), spacing=2)

    # What applies

    def chosen_scope(self) -> Scope:
        """The scope in use: the whole design, a zone with the zones in it, or the selected components."""
        what = self.scope.currentData()
        design = self._document.view.design
        if isinstance(what, str) and what in design.zone_by_id:
            return Scope(False, tuple(c for c in design.components if what in design.zone_chain(c.zone)))
        if what is None or what == "":
            return Scope()
        chosen = self._selection.components(self._document.view.graph)
        return Scope(False, tuple(design.component_by_id[name] for name in chosen))

    # Trying out

    def toggle(self, feature: Feature) -> None:
        """Switch a feature the other way for the scope in use."""
        scope, view = self.chosen_scope(), self._document.view
        on = all(each.value for each in features_in(view.design, feature, scope))
        self._try(
            feature,
            [Change(feature=feature.id, value=not on, component=name) for name in scope.targets(feature)],
        )

    def choose(self, setting: Setting, value: str | None) -> None:
        """Choose a setting for the scope in use."""
        if value is not None:
            targets = self.chosen_scope().targets(setting)
            self._try(
                setting,
                [Change(setting=setting.id, value=value, component=name) for name in targets],
            )

    def inherit(self, switches: Sequence[Feature | Setting]) -> None:
        """Let the scope in use inherit again."""
        scope, design = self.chosen_scope(), self._document.view.design
        changes = [change for each in switches for change in back(design, each, scope)]
        if scope.whole and any(change.component is not None for change in changes):
            changes = [change for change in changes if change.component is not None]
        self._try(switches[0], changes)

    def _try(self, switch: Feature | Setting, changes: list[Change]) -> None:
        name = said(switch.name)
        self._hold.hold(next(each for each in self.rows.values() if switch in each.parts))
        state, under = self._document.state, self._document.view.under
        merged = pending.toggled(state.pending, under, self._document.catalog, changes)
        if not self._document.try_out(tr("edit.try", name=name), merged) or merged == state.pending:
            self.refresh()

    # Showing

    def retranslate(self) -> None:
        """Write all texts in the language in use."""
        self.mode_name.setText(tr("whatif.mode"))
        self.mode_name.setToolTip(tr("whatif.mode_tip"))
        self.mode.setAccessibleName(tr("whatif.mode"))
        self.mode.setToolTip(tr("whatif.mode_tip"))
        self.scope_heading.setText(tr("whatif.applies_to").upper())
        self.scope.setAccessibleName(tr("whatif.applies_to"))
        self.adopt.setText(tr("whatif.adopt"))
        self.discard.setText(tr("whatif.discard"))
        self.report.setText(tr("whatif.report"))
        self.report.setToolTip(tr("action.report_preview"))
        for name, heading in self._headings.items():
            heading.setText(tr(f"whatif.group.{name}").upper())
        kinds = self._switched_kinds()
        names = [said(each.name) for each in self._document.catalog.kinds if each.id in kinds]
        self.nothing.setText(tr("whatif.no_switches", kinds=tr("whatif.comma").join(names)))
        self._follow_selection()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._missed:
            self._follow_selection()
        else:
            self.refresh()

    def _follow_selection(self) -> None:
        """Offer zones and the selected components as the scope; take what is selected."""
        self._hold.release()
        self._missed = not self.isVisible()
        if self._missed:
            return
        self.scope.clear()
        for text, value in self._scopes():
            self.scope.addItem(text, value)
        offered = [self.scope.itemData(number) for number in range(self.scope.count())]
        zones = [value for value in offered if value in self._selection.ids]
        wanted = "selection:" if "selection:" in offered else zones[0] if len(zones) == 1 else ""
        self.scope.setCurrentIndex(self.scope.findData(wanted))
        self.scope.setEnabled(self.scope.count() > 1)
        self.refresh()

    def _scopes(self) -> list[tuple[str, str]]:
        """What switches can apply to, as (text, value): the design, the selected components, and the zones."""
        view = self._document.view
        design, kinds = view.design, self._switched_kinds()
        chosen = [design.component_by_id[name] for name in self._selection.components(view.graph)]
        names = [each for each in chosen if each.kind in kinds]
        scopes = [(tr("whatif.whole_design"), "")]
        if names:
            hosts = sum(each.count for each in names)
            text = names[0].name if len(names) == 1 else tr("whatif.components", count=len(names))
            scopes.append((tr("whatif.scope_hosts", name=text, count=hosts), "selection:"))
        return [*scopes, *((tr("whatif.scope_zone", name=zone.name), zone.id) for zone in design.zones)]

    def _switched_kinds(self) -> set[str]:
        """The kinds with a feature or a setting of their own, not merely one of the whole design that concerns them."""
        own = (each.main for each in self.rows.values() if not of_design(each.main))
        return {kind for each in own for kind in each.kinds}

    def _keep_scopes(self) -> None:
        """Offer what there is now, under its present name and count, keeping the scope in use where it can be."""
        scopes = self._scopes()
        offered = [self.scope.itemData(number) for number in range(self.scope.count())]
        if offered != [value for _, value in scopes]:
            self._follow_selection()
            return
        for number, (text, _) in enumerate(scopes):
            self.scope.setItemText(number, text)

    def refresh(self) -> None:
        """Show the values in force and the difference from the baseline; behind another page only once that is left."""
        if not self.isVisible():
            return
        view = self._document.view
        self._keep_scopes()
        scope = self.chosen_scope()
        self.mode.colours = self.colours
        self.mode.pending = True
        self.mode.setChecked(self._document.trying)
        self.mode.update()
        for each in self.rows.values():
            usable = bool(scope.targets(each.main))
            each.setVisible(usable)
            if usable:
                each.show_values(scope, view, self.colours)
        for category, heading in self._headings.items():
            heading.setVisible(any(not each.isHidden() for each in self._of(category)))
        self.nothing.setVisible(all(each.isHidden() for each in self.rows.values()))
        self.adopt.setEnabled(view.state.tried)
        self.discard.setEnabled(view.state.tried or view.state.editing is not None)
        self.report.setEnabled(view.comparison is not None)
        self.tried.refresh(self.colours)
        self._show_difference(view)
        self._later(self._look_ahead)

    def _look_ahead(self) -> None:
        graph, scope = self._document.view.graph, self.chosen_scope()
        chosen = None if scope.whole else [each.id for each in scope.components]
        if len({id(each) for each in graph.subjects.values()}) <= MANY_LIKES:
            self.previewing.cancel()
            self._show_ahead(ahead(graph, chosen, lambda: False))
        else:
            self._show_ahead(({}, ()))
            self.previewing.start(lambda progress, stopped: ahead(graph, chosen, stopped))

    def _show_ahead(self, found: Ahead) -> None:
        switched, left = found
        scope = self.chosen_scope()
        within = None if scope.whole else {each.id for each in scope.components}
        for each in self.rows.values():
            each.show_preview(switched)
            if each.feature is not None and each.setting is not None:
                each.show_staying(self._staying(each.setting, left, within))

    def _staying(self, setting: Setting, left: Sequence[Residue], within: set[str] | None) -> str:
        """What stays at a service: how many names, and the features that keep them there."""
        catalog = self._document.catalog
        found = [
            each
            for each in left
            if each.setting == setting.id and (within is None or within & {*each.components})
        ]
        if not found:
            return ""
        service = said(catalog.kind_by_id[found[0].service].name)
        names = {name.fqdn for each in found for name in each.stays}
        if not names:
            return tr("whatif.nothing_stays", service=service)
        keeping = {feature for each in found for name in each.stays for feature in name.features}
        features = [said(each.name) for each in catalog.features if each.id in keeping]
        return tr(
            "whatif.stays", count=len(names), service=service, features=tr("whatif.comma").join(features)
        )

    def wait(self) -> None:
        """Let the thread end before the window goes."""
        self.previewing.wait()

    def _show_difference(self, view: View) -> None:
        empty(self.chips)
        marks = difference_chips(view)
        for mark in marks:
            self.chips.addWidget(mark)
        self.chips.addStretch(1)
        self.explained.setText(tr("whatif.nothing_pending"))
        self._said.setCurrentIndex(1 if marks else 0)


def difference_chips(view: View) -> list[QWidget]:
    """Chips that count what the pending changes add, remove and change; one that says so where that is nothing."""
    comparison = view.comparison
    if comparison is None or comparison.same:
        return [chip(tr("whatif.no_difference"))] if comparison is not None else []
    made: list[QWidget] = []
    if comparison.added:
        made.append(chip(tr("whatif.added", count=len(comparison.added)), "added"))
    if comparison.removed:
        made.append(chip(tr("whatif.removed", count=len(comparison.removed)), "removed"))
    if comparison.changed:
        made.append(chip(tr("whatif.changed", count=len(comparison.changed)), "changed"))
    return made

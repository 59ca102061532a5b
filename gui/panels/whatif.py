"""The What-if panel: features and the settings that choose their servers, tried out before they are adopted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QWidget

from gui import pending, theme
from gui.document import Document, View
from gui.language import said, tr
from gui.selection import Selection
from gui.widgets import Chooser, Switch, chip, column, empty, label, plain, push, restyle, row, rule
from model.design import Change, Component, Design
from model.effective import Effective, effective_feature, effective_setting
from model.rules import Feature, Setting
from model.whatif.board import Counts
from model.whatif.previews import previews

Later = Callable[[Callable[[], None]], None]
"""Calls a slot: at once, or in a large design after the canvas has been painted."""

_HEADINGS = ("protection", "service", "beyond", "inferred")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a switch applies to: the whole design (no components), or the selected components that have it."""

    components: tuple[Component, ...] = ()

    def of_kinds(self, kinds: tuple[str, ...]) -> tuple[str | None, ...]:
        """The components a change is written for; (None,) for the design."""
        if not self.components:
            return (None,)
        return tuple(each.id for each in self.components if each.kind in kinds)


class FeatureRow(QFrame):
    """One feature: its name, what it goes through, where its value comes from, and its switch."""

    def __init__(self, feature: Feature, setting: Setting | None, panel: WhatIf) -> None:
        super().__init__()
        self.setObjectName("featureRow")
        self.feature, self.setting, self._panel = feature, setting, panel
        self.name = label("", "plain", wrap=True)
        self.origin = label("", "muted", wrap=True)
        self.preview = label("", "muted")
        self.preview.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.switch = Switch()
        self.switch.clicked.connect(lambda: panel.toggle(self.feature))
        self.source: Chooser | None = None
        lines: list[QWidget | QLayout] = [row(self.name, self.preview, self.switch, spacing=8)]
        if setting is not None:
            self.source = source = Chooser()
            source.activated.connect(lambda: panel.choose(setting, source.currentData()))
            lines.append(source)
        lines.append(self.origin)
        self.setLayout(column(*lines, margins=(8, 5, 6, 5), spacing=3))

    def show_values(self, scope: Scope, view: View, colours: theme.Colours) -> None:
        """Show what is in force, what was, and who decided."""
        design, before = view.design, view.state.design
        values = self._panel.values(self.feature, scope, design)
        was = self._panel.values(self.feature, scope, before)
        on = [each.value for each in values]
        tried = on != [each.value for each in was]
        self.switch.colours = colours
        self.switch.partly = any(on) and not all(on)
        self.switch.setChecked(bool(on) and all(on))
        self.switch.pending = tried
        self.switch.setAccessibleName(said(self.feature.name))
        self.switch.update()
        self.name.setText(said(self.feature.name))
        self.name.setToolTip(plain(said(self.feature.note)))
        tried = self._show_source(scope, view) or tried
        self.origin.setText(self._origin_text(values, was, view, scope))
        self.origin.setVisible(bool(self.origin.text()))
        state = "" if not tried else "on" if self.switch.isChecked() else "off"
        if self.property("pending") != state:
            self.setProperty("pending", state)
            restyle(self)
        font = self.name.font()
        font.setBold(tried)
        self.name.setFont(font)

    def show_preview(self, counts: Counts | None) -> None:
        """Show what switching would do before it is done: "+2 −1"; nothing where it would change no flow."""
        marks = (("+", counts.added), ("−", counts.removed), ("~", counts.changed)) if counts else ()
        text = " ".join(f"{mark}{count}" for mark, count in marks if count)
        self.preview.setText(text)
        self.preview.setToolTip(tr("whatif.preview", difference=text) if text else "")

    def _show_source(self, scope: Scope, view: View) -> bool:
        if self.source is None or self.setting is None:
            return False
        values = self._panel.setting_values(self.setting, scope, view.design)
        was = self._panel.setting_values(self.setting, scope, view.state.design)
        self.source.clear()
        for choice in self.setting.choices:
            self.source.addItem(tr("whatif.through", name=said(choice.name)), choice.id)
        same = len({each.value for each in values}) == 1
        self.source.setCurrentIndex(self.source.findData(values[0].value) if same else -1)
        self.source.setPlaceholderText(tr("whatif.mixed"))
        self.source.setAccessibleName(said(self.setting.name))
        self.source.setToolTip(plain(said(self.setting.note)))
        self.source.setEnabled(self.switch.isChecked() or self.switch.partly)
        return [each.value for each in values] != [each.value for each in was]

    def _origin_text(
        self, values: list[Effective[bool]], was: list[Effective[bool]], view: View, scope: Scope
    ) -> str:
        parts: list[str] = []
        if [each.value for each in values] != [each.value for each in was] and len(
            {each.value for each in was}
        ) == 1:
            parts.append(tr("whatif.was_on") if was[0].value else tr("whatif.was_off"))
        if self.setting is not None:
            sources = {each.value for each in self._panel.setting_values(self.setting, scope, view.design)}
            before = {
                each.value for each in self._panel.setting_values(self.setting, scope, view.state.design)
            }
            if sources != before and len(before) == 1:
                names = {choice.id: said(choice.name) for choice in self.setting.choices}
                value = before.pop()
                parts.append(tr("whatif.was", name=names.get(value, value)))
        if scope.components:
            own = sum(each.origin == "component" for each in values)
            if own:
                parts.append(
                    tr("whatif.overridden") if own == len(values) else tr("whatif.partly_overridden")
                )
            self.switch.setToolTip(tr("whatif.set_here") if own else tr("whatif.inherited"))
        else:
            own = sum(self.feature.id in each.features for each in view.design.components)
            if own and self.feature.scope == "policy":
                parts.append(tr("whatif.overridden_at", count=own))
        return " · ".join(parts)


class WhatIf(QWidget):
    """The panel. A switch makes its change pending at once; Adopt and Discard end the trial, each as one undo step."""

    def __init__(self, document: Document, selection: Selection, later: Later) -> None:
        super().__init__()
        self._document, self._selection, self._later = document, selection, later
        self.colours = theme.LIGHT
        self.compared = label("", "muted", wrap=True)
        self.chips = row(spacing=6)
        self.scope_heading = label("", "heading", wrap=True)
        self.scope = Chooser()
        self.scope.activated.connect(lambda: self.refresh())
        self.adopt = push("", lambda: document.adopt(tr("edit.adopt")), primary=True)
        self.discard = push("", lambda: document.discard(tr("edit.discard")))
        self._headings = {name: label("", "heading") for name in _HEADINGS}
        self.rows = self._make_rows()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setLayout(self._list())
        area.setWidget(inside)
        head = column(self.compared, self.chips, 2, self.scope_heading, self.scope, margins=(14, 12, 14, 8))
        foot = row(self.adopt, self.discard, -1, margins=(14, 9, 14, 9), spacing=8)
        self.setLayout(column(head, rule(), area, rule(), foot, spacing=0))
        document.changed.connect(lambda before, after: self.refresh())
        selection.changed.connect(lambda origin: self._follow_selection())
        self.retranslate()

    def _make_rows(self) -> dict[str, FeatureRow]:
        catalog = self._document.catalog
        sources = {setting.substitutes: setting for setting in catalog.settings if setting.substitutes}
        return {
            feature.id: FeatureRow(feature, sources.get(feature.id), self) for feature in catalog.features
        }

    def _list(self) -> QLayout:
        parts: list[QWidget | int] = []
        for category in _HEADINGS:
            rows = [each for each in self.rows.values() if each.feature.category == category]
            if rows:
                parts += [4, self._headings[category], *rows]
        return column(*parts, -1, margins=(8, 6, 8, 8), spacing=2)

    # What applies

    def chosen_scope(self) -> Scope:
        """The scope in use: the selected components, where they are asked for."""
        if self.scope.currentData() != "selection":
            return Scope()
        design = self._document.view.design
        return Scope(
            tuple(
                design.component_by_id[name] for name in self._selection.components(self._document.view.graph)
            )
        )

    def values(self, feature: Feature, scope: Scope, design: Design) -> list[Effective[bool]]:
        """The feature's values in a design for the components of a scope."""
        there = [
            name for name in scope.of_kinds(feature.kinds) if name is None or name in design.component_by_id
        ]
        parts = [None] if feature.scope == "design" else there
        return [effective_feature(design, design.component_by_id[n] if n else None, feature) for n in parts]

    def setting_values(self, setting: Setting, scope: Scope, design: Design) -> list[Effective[str]]:
        """The setting's values in a design for the components of a scope."""
        there = [
            name for name in scope.of_kinds(setting.kinds) if name is None or name in design.component_by_id
        ]
        return [effective_setting(design, design.component_by_id[n] if n else None, setting) for n in there]

    # Trying out

    def toggle(self, feature: Feature) -> None:
        """Switch a feature the other way for the scope in use."""
        scope, view = self.chosen_scope(), self._document.view
        on = all(each.value for each in self.values(feature, scope, view.design))
        targets = (None,) if feature.scope == "design" else scope.of_kinds(feature.kinds)
        self._try(
            said(feature.name), [Change(feature=feature.id, value=not on, component=name) for name in targets]
        )

    def choose(self, setting: Setting, value: str | None) -> None:
        """Choose a setting for the scope in use."""
        if value is not None:
            targets = self.chosen_scope().of_kinds(setting.kinds)
            self._try(
                said(setting.name),
                [Change(setting=setting.id, value=value, component=name) for name in targets],
            )

    def _try(self, name: str, changes: list[Change]) -> None:
        state = self._document.state
        merged = pending.toggled(state.pending, state.design, self._document.catalog, changes)
        if not self._document.try_out(tr("edit.try", name=name), merged) or merged == state.pending:
            self.refresh()

    # Showing

    def retranslate(self) -> None:
        """Write all texts in the language in use."""
        self.scope_heading.setText(tr("whatif.applies_to").upper())
        self.scope.setAccessibleName(tr("whatif.applies_to"))
        self.adopt.setText(tr("whatif.adopt"))
        self.discard.setText(tr("whatif.discard"))
        for name, heading in self._headings.items():
            heading.setText(tr(f"whatif.group.{name}").upper())
        self._follow_selection()

    def _follow_selection(self) -> None:
        """Offer the selected components as the scope, and take them while there are any."""
        view = self._document.view
        features = [each.feature for each in self.rows.values() if each.feature.scope == "policy"]
        switched = {kind for feature in features for kind in feature.kinds}
        chosen = (view.design.component_by_id[name] for name in self._selection.components(view.graph))
        names = [each for each in chosen if each.kind in switched]
        self.scope.clear()
        self.scope.addItem(tr("whatif.whole_design"), "design")
        if names:
            hosts = sum(each.count for each in names)
            text = names[0].name if len(names) == 1 else tr("whatif.components", count=len(names))
            self.scope.addItem(tr("whatif.scope_hosts", name=text, count=hosts), "selection")
            self.scope.setCurrentIndex(1)
        self.scope.setEnabled(bool(names))
        self.refresh()

    def refresh(self) -> None:
        """Show the values in force and the difference from the baseline."""
        view = self._document.view
        scope = self.chosen_scope()
        for each in self.rows.values():
            usable = each.feature.scope == "design" or bool(scope.of_kinds(each.feature.kinds))
            each.setVisible(usable and not (scope.components and each.feature.scope == "design"))
            if usable:
                each.show_values(scope, view, self.colours)
        for category, heading in self._headings.items():
            heading.setVisible(
                any(not each.isHidden() for each in self.rows.values() if each.feature.category == category)
            )
        tried = bool(view.state.pending)
        self.adopt.setEnabled(tried)
        self.discard.setEnabled(tried)
        self._show_difference(view)
        self._later(self._show_previews)

    def _show_previews(self) -> None:
        view, scope = self._document.view, self.chosen_scope()
        chosen = [each.id for each in scope.components] if scope.components else None
        found = previews(view.graph, chosen)
        for each in self.rows.values():
            on = each.switch.isChecked()
            preview = found.get((each.feature.id, not on))
            each.show_preview(preview.counts if preview is not None else None)

    def _show_difference(self, view: View) -> None:
        empty(self.chips)
        if view.comparison is None:
            self.compared.setText(tr("whatif.nothing_pending"))
            return
        self.compared.setText(tr("whatif.compared"))
        for mark in difference_chips(view):
            self.chips.addWidget(mark)
        self.chips.addStretch(1)


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

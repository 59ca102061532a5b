"""The rows of the What-if panel: features and settings with their values, where those come from, and previews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QWidget

from gui.document.document import View
from gui.language import said, tr
from gui.style import icons, theme
from gui.widgets.widgets import Chooser, Switch, column, label, plain, restyle, row, tool_button
from model.catalog.rules import Feature, Setting
from model.derivation.effective import Effective, effective_feature, effective_setting
from model.design.changes import Change
from model.design.design import Design
from model.design.elements import Component
from model.whatif.board import Counts
from model.whatif.previews import Preview
from model.whatif.previews import Switch as Pressed


def of_design(switch: Feature | Setting) -> bool:
    """Whether something is switched for the whole design only."""
    return isinstance(switch, Feature) and switch.scope == "design"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a switch applies to: the `whole` design, or those of some components that have it."""

    whole: bool = True
    components: tuple[Component, ...] = ()

    def targets(self, switch: Feature | Setting) -> tuple[str | None, ...]:
        """The components a change is written for; (None,) for the design."""
        if self.whole:
            return (None,)
        if of_design(switch):
            return ()
        return tuple(each.id for each in self.components if each.kind in switch.kinds)

    def subjects(self, switch: Feature | Setting, design: Design) -> list[Component | None]:
        """The same in a design, which may lack some of them; None for the design."""
        there = design.component_by_id
        return [
            there[name] if name is not None else None
            for name in self.targets(switch)
            if name is None or name in there
        ]


def features_in(design: Design, feature: Feature, scope: Scope) -> list[Effective[bool]]:
    """The feature's values in a design for a scope."""
    return [effective_feature(design, each, feature) for each in scope.subjects(feature, design)]


def settings_in(design: Design, setting: Setting, scope: Scope) -> list[Effective[str]]:
    """The setting's values in a design for a scope."""
    return [effective_setting(design, each, setting) for each in scope.subjects(setting, design)]


def back(design: Design, switch: Feature | Setting, scope: Scope) -> tuple[Change, ...]:
    """The changes that make a scope inherit again; none where it does.

    For the whole design first those of its components that have their own choice, and only then its own.
    """
    key = "feature" if isinstance(switch, Feature) else "setting"

    def own(holder: Component | Design) -> bool:
        return switch.id in (holder.features if isinstance(switch, Feature) else holder.settings)

    if scope.whole and not of_design(switch):
        holders = [each for each in design.components if each.kind in switch.kinds]
    else:
        holders = [each for each in scope.subjects(switch, design) if each is not None]
    names: list[str | None] = [each.id for each in holders if own(each)]
    if scope.whole and not names and own(design) and _differs(design, switch):
        names = [None]
    return tuple(Change.model_validate({key: switch.id, "value": None, "component": name}) for name in names)


def _differs(design: Design, switch: Feature | Setting) -> bool:
    """Whether the design's own choice is another than the catalog's."""
    if isinstance(switch, Feature):
        return effective_feature(design, None, switch).value != switch.default
    return effective_setting(design, None, switch).value != switch.default


def counted(counts: Counts | None) -> str:
    """ "+2 −1", or nothing where there is no difference."""
    marks = (("+", counts.added), ("−", counts.removed), ("~", counts.changed)) if counts else ()
    return " ".join(f"{mark}{count}" for mark, count in marks if count)


class Hands(Protocol):
    """What a row asks of the panel."""

    def toggle(self, feature: Feature) -> None:
        """Switch a feature the other way."""

    def choose(self, setting: Setting, value: str | None) -> None:
        """Choose a setting."""

    def inherit(self, switches: Sequence[Feature | Setting]) -> None:
        """Go back to what is inherited."""


class SwitchRow(QFrame):
    """A feature with the setting that says what it goes through, or a setting by itself."""

    def __init__(self, feature: Feature | None, setting: Setting | None, hands: Hands) -> None:
        super().__init__()
        self.setObjectName("featureRow")
        self.feature, self.setting = feature, setting
        self.parts: tuple[Feature | Setting, ...] = tuple(each for each in (feature, setting) if each)
        self.name = label("", "plain", wrap=True)
        self.origin = label("", "muted", wrap=True)
        self.stays = label("", "muted", wrap=True)
        self.preview = label("", "muted")
        self.preview.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.back = tool_button("inherit")
        self.back.setIconSize(QSize(14, 14))
        self.back.clicked.connect(lambda: hands.inherit(self.parts))
        self.switch = Switch()
        head: list[QWidget | QLayout] = [self.name, self.preview, self.back]
        if feature is not None:
            self.switch.clicked.connect(lambda: hands.toggle(feature))
            head.append(self.switch)
        lines: list[QWidget | QLayout] = [row(*head, spacing=6)]
        self.source: Chooser | None = None
        self._texts: list[str] = []
        if setting is not None:
            self.source = source = Chooser()
            source.activated.connect(lambda: hands.choose(setting, source.currentData()))
            lines.append(source)
        lines += [self.origin, self.stays]
        self.setLayout(column(*lines, margins=(6, 5, 6, 5), spacing=3))
        self.stays.hide()

    @property
    def main(self) -> Feature | Setting:
        """What the row is named for."""
        return self.parts[0]

    def show_values(self, scope: Scope, view: View, colours: theme.Colours) -> None:
        """Show what is in force, what was, and who decided."""
        self.name.setText(said(self.main.name))
        self.name.setToolTip(plain(said(self.main.note)))
        notes = [*self._show_switch(scope, view, colours), *self._show_source(scope, view)]
        tried = bool(notes)
        notes += self._origins(scope, view.design)
        self.origin.setText(" · ".join(notes))
        self.origin.setVisible(bool(notes))
        on = self.feature is None or self.switch.isChecked()
        state = "" if not tried else "on" if on else "off"
        if self.property("pending") != state:
            self.setProperty("pending", state)
            restyle(self)
        font = self.name.font()
        font.setBold(tried)
        self.name.setFont(font)
        self._show_back(scope, view.design, colours)

    def _show_switch(self, scope: Scope, view: View, colours: theme.Colours) -> list[str]:
        """Show whether the feature is on; what it was, where that differs."""
        if self.feature is None:
            return []
        values = features_in(view.design, self.feature, scope)
        now, was = {each.value for each in values}, _values(view.baseline.design, self.feature, scope)
        switch = self.switch
        switch.colours = colours
        switch.partly = now == {True, False}
        switch.setChecked(now == {True})
        switch.pending = now != was and bool(was)
        switch.inherited = not scope.whole and not any(each.origin == "component" for each in values)
        switch.setAccessibleName(said(self.feature.name))
        switch.update()
        if not switch.pending:
            return []
        if len(was) > 1:
            return [tr("whatif.was_mixed")]
        return [tr("whatif.was_on") if True in was else tr("whatif.was_off")]

    def _show_source(self, scope: Scope, view: View) -> list[str]:
        if self.source is None or self.setting is None:
            return []
        now = {each.value for each in settings_in(view.design, self.setting, scope)}
        was = {each.value for each in settings_in(view.baseline.design, self.setting, scope)}
        names = {choice.id: said(choice.name) for choice in self.setting.choices}
        texts = dict(names)
        if self.feature is not None:
            texts = {name: tr("whatif.through", name=text) for name, text in names.items()}
        texts |= {value: value for value in now - names.keys()}
        self._texts = list(texts.values())
        self.source.clear()
        for name, text in texts.items():
            self.source.addItem(text, name)
        self.source.setCurrentIndex(self.source.findData(next(iter(now))) if len(now) == 1 else -1)
        self.source.setPlaceholderText(tr("whatif.mixed"))
        self.source.setAccessibleName(said(self.setting.name))
        self.source.setToolTip(plain(said(self.setting.note)))
        self.source.setEnabled(self.feature is None or self.switch.isChecked() or self.switch.partly)
        if now == was or not was:
            return []
        first = next(iter(was))
        return [tr("whatif.was", name=names.get(first, first)) if len(was) == 1 else tr("whatif.was_mixed")]

    def _origins(self, scope: Scope, design: Design) -> list[str]:
        """Who decided: what is set here, or at how many components otherwise than for the design."""
        if scope.whole:
            own = {each.component for part in self.parts for each in back(design, part, scope)} - {None}
            return [tr("whatif.overridden_at", count=len(own))] if own else []
        subjects = scope.subjects(self.main, design)
        own = {each.component for part in self.parts for each in back(design, part, scope)}
        if not own:
            self.switch.setToolTip(tr("whatif.inherited"))
            return []
        self.switch.setToolTip(tr("whatif.set_here"))
        every = len(own) == len(subjects)
        return [tr("whatif.overridden") if every else tr("whatif.partly_overridden")]

    def _show_back(self, scope: Scope, design: Design, colours: theme.Colours) -> None:
        ways = [change for part in self.parts for change in back(design, part, scope)]
        self.back.setVisible(bool(ways))
        if not ways:
            return
        self.back.setIcon(icons.icon("undo", colours.muted, colours.disabled))
        if not scope.whole:
            tip = tr("whatif.inherit_here")
        elif any(change.component is not None for change in ways):
            tip = tr("whatif.inherit_below")
        else:
            tip = tr("whatif.inherit_catalog")
        self.back.setToolTip(tip)
        self.back.setAccessibleName(f"{said(self.main.name)}: {tip}")

    def show_preview(self, found: Mapping[Pressed, Preview]) -> None:
        """Show what switching would do before it is done: "+2 −1"; nothing where it would change no flow."""
        if self.feature is not None:
            preview = found.get((self.feature.id, not self.switch.isChecked()))
            text = counted(preview.counts) if preview is not None else ""
            self.preview.setText(text)
            self.preview.setToolTip(tr("whatif.preview", difference=text) if text else "")
        if self.source is None or self.setting is None:
            return
        for number in range(self.source.count()):
            choice = found.get((self.setting.id, self.source.itemData(number)))
            text = counted(choice.counts) if choice is not None else ""
            self.source.setItemText(number, f"{self._texts[number]}   {text}".rstrip())

    def show_staying(self, sentence: str) -> None:
        """Say what stays on the service although a server took over; nothing where nothing was moved."""
        self.stays.setText(sentence)
        self.stays.setVisible(bool(sentence))


def _values(design: Design, feature: Feature, scope: Scope) -> set[bool]:
    return {each.value for each in features_in(design, feature, scope)}

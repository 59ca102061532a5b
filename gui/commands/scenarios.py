"""The what-if as a whole: adopted, discarded, kept in the design under a name, laid over it again, and compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.desk import Desk
from gui.document.pending import Baseline, State
from gui.language import tr
from gui.panels.tried import DESIGN, FILE, OTHER, SAVED
from gui.widgets.asking import asked_text
from gui.widgets.menus import empty, inner_menu
from model.design.changes import AnyChange
from model.design.design import Design
from model.editing import edits
from model.whatif.overlay import scenario_named, settled


class Scenarios(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w, self._parent = desk, parent
        desk.document.trying_changed.connect(
            lambda trying: desk.actions_by_id["whatif_mode"].setChecked(trying)
        )

    def whatif_mode(self) -> None:
        """Let edits be tried out, or done again."""
        self._w.document.set_trying(not self._w.document.trying)

    def whatif_adopt(self) -> None:
        """Make the what-if the design."""
        self._w.document.adopt(tr("edit.adopt"))

    def whatif_discard(self) -> None:
        """Drop the what-if."""
        self._w.document.discard(tr("edit.discard"))

    def whatif_name(self) -> None:
        """Keep all that is tried out in the design under a name."""
        changes = self._w.document.state.changes
        name = self._asked_name("")
        if changes and name:
            self.keep(name, changes)

    def keep(self, name: str, changes: tuple[AnyChange, ...]) -> bool:
        """Keep changes in the design as a scenario, and use it in place of what is tried out."""
        taken = {each.id for each in self._w.document.design.scenarios}
        new = edits.fresh_id(taken, name if name.isascii() else "scenario")

        def kept(design: Design) -> Design:
            made = {"id": new, "name": name, "changes": changes}
            return edits.change_design(design, scenarios=(*design.scenarios, made))

        return self._w.document.put(
            tr("edit.scenario"), lambda state: State(kept(state.design), laid=(new,), against=state.against)
        )

    def _asked_name(self, before: str) -> str:
        return asked_text(self._parent, tr("whatif.name_title"), tr("whatif.name_text"), before)

    # One scenario

    def act(self, what: str, scenario: str) -> None:
        """Do what the panel asks."""
        doings: dict[str, Callable[[str], object]] = {
            "use": self.lay,
            "only": self.use_scenario,
            "edit": self.edit,
            "save": self.save,
            "rename": self.rename,
            "baseline": self.compare_with,
            "delete": self.forget_scenario,
            "keep": lambda name: self.whatif_name(),
        }
        doings[what](scenario)

    def lay(self, name: str) -> None:
        """Lay a scenario over those in use, or take it off."""
        document = self._w.document
        scenario = scenario_named(document.design, name)

        def change(state: State) -> State:
            left = tuple(each for each in state.laid if each != name)
            return replace(state, laid=left if name in state.laid else (*left, name))

        if not document.put(tr("edit.try", name=scenario.name), change):
            self._w.whatif.tried.show_clash(name)

    def use_scenario(self, name: str | None) -> None:
        """Lay one scenario over the design and nothing else; None: nothing."""
        document = self._w.document
        if name is None:
            document.discard(tr("edit.discard"))
            return
        scenario = scenario_named(document.design, name)
        document.put(
            tr("edit.try", name=scenario.name),
            lambda state: State(state.design, laid=(name,), against=state.against),
        )

    def edit(self, name: str) -> None:
        """Make a scenario's changes the pending ones, and let edits go there."""
        document = self._w.document
        scenario = scenario_named(document.design, name)

        def change(state: State) -> State:
            laid = tuple(each for each in state.laid if each != name)
            return replace(state, pending=scenario.changes, laid=laid, editing=name)

        if document.put(tr("edit.edit_scenario", name=scenario.name), change):
            document.set_trying(True)

    def save(self, name: str) -> None:
        """Make the pending changes those of the scenario that is edited."""
        document = self._w.document

        def change(state: State) -> State:
            design = _with_scenario(state.design, name, changes=settled(state.pending))
            return State(design, laid=(*state.laid, name), against=state.against)

        if document.put(tr("edit.save_scenario"), change):
            document.set_trying(False)

    def rename(self, name: str) -> None:
        """Give a scenario another name."""
        wish = self._asked_name(scenario_named(self._w.document.design, name).name)
        if wish:
            self._w.document.edit(
                tr("edit.rename_scenario"),
                lambda design: _with_scenario(design, name, name=wish),
                done=True,
            )

    def forget_scenario(self, name: str) -> None:
        """Take a scenario out of the design."""
        self._w.document.edit(
            tr("edit.forget_scenario"),
            lambda design: edits.change_design(
                design, scenarios=tuple(each for each in design.scenarios if each.id != name)
            ),
            done=True,
        )

    # What is compared with

    def compare_with(self, what: str) -> None:
        """Compare with a scenario, or with one of the baselines that the panel names."""
        document = self._w.document
        against = document.state.against
        if what == DESIGN:
            against = None
        elif what == SAVED:
            against = Baseline(other=document.last_saved)
        elif what == FILE:
            found = self._w.files.other()
            against = Baseline(other=found[0], name=found[1].name) if found is not None else against
        elif what != OTHER:
            against = Baseline(scenarios=(what,))
        document.put(tr("edit.compare"), lambda state: replace(state, against=against))
        self._w.whatif.refresh()

    def fill_menu(self) -> None:
        """List the named what-ifs in their menu."""
        menu, scenarios = self._w.menus["scenarios"], self._w.document.design.scenarios
        empty(menu)
        for each in scenarios:
            inner = inner_menu(menu, each.name)
            for what in ("use", "edit", "rename", "delete"):
                inner.addAction(tr(f"whatif.scenario.{what}")).triggered.connect(
                    lambda checked, what=what, name=each.id: self.act(what, name)
                )
        menu.setEnabled(bool(scenarios))


def _with_scenario(design: Design, scenario: str, **fields: object) -> Design:
    """The design with other fields of one of its scenarios. Raises DesignError."""
    return edits.change_design(
        design,
        scenarios=tuple(dict(each) | fields if each.id == scenario else each for each in design.scenarios),
    )

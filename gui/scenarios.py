"""The what-if as a whole: adopted, discarded, kept in the design under a name, and laid over it again."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QWidget

from gui.desk import Desk
from gui.language import tr
from model import edits
from model.design import Design, Scenario


class Scenarios(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w, self._parent = desk, parent

    def whatif_adopt(self) -> None:
        """Make the what-if the design."""
        self._w.document.adopt(tr("edit.adopt"))

    def whatif_discard(self) -> None:
        """Drop the what-if."""
        self._w.document.discard(tr("edit.discard"))

    def whatif_name(self) -> None:
        """Keep the pending changes in the design under a name."""
        document = self._w.document
        changes = document.state.pending
        if not changes:
            return
        name, done = QInputDialog.getText(self._parent, tr("whatif.name_title"), tr("whatif.name_text"))
        if not (done and name.strip()):
            return

        def change(design: Design) -> Design:
            taken = {each.id for each in design.scenarios}
            wish = name if name.isascii() else "scenario"
            scenario = Scenario(id=edits.fresh_id(taken, wish), name=name.strip(), changes=changes)
            return edits.change_design(design, scenarios=(*design.scenarios, scenario))

        document.edit(tr("edit.scenario"), change)

    def use_scenario(self, name: str | None) -> None:
        """Lay a scenario over the design; None: nothing."""
        document = self._w.document
        if name is None:
            document.discard(tr("edit.discard"))
            return
        scenario = next(each for each in document.design.scenarios if each.id == name)
        document.try_out(tr("edit.try", name=scenario.name), scenario.changes)

    def forget_scenario(self, name: str) -> None:
        """Take a scenario out of the design."""
        self._w.document.edit(
            tr("edit.forget_scenario"),
            lambda design: edits.change_design(
                design, scenarios=tuple(s for s in design.scenarios if s.id != name)
            ),
        )

    def fill_menu(self) -> None:
        """List the named what-ifs in their menu."""
        menu, scenarios = self._w.menus["scenarios"], self._w.document.design.scenarios
        menu.clear()
        for each in scenarios:
            inner = menu.addMenu(each.name.replace("&", "&&"))
            inner.addAction(tr("whatif.use")).triggered.connect(
                lambda checked, name=each.id: self.use_scenario(name)
            )
            inner.addAction(tr("whatif.forget")).triggered.connect(
                lambda checked, name=each.id: self.forget_scenario(name)
            )
        menu.setEnabled(bool(scenarios))

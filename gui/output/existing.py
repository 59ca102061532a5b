"""Rules that firewalls have now, beside the flows: two columns of the port matrix, and a sentence that counts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from exports.existing.judge import Answer, judge
from exports.existing.read import attachments, read_existing
from exports.existing.rules import Existing
from gui.desk import Desk
from gui.language import said, tr, worded
from gui.output.rules import NO_RULES, Rules, RulesDialog, ask_for_rules
from model.derivation.graph import FlowGraph
from model.errors import PortchartError
from model.tables.standing import WORDS, FlowVerdict

COLUMNS = ("as-is", "as-is-rules")


class ExistingRules(QObject):
    """Acts for the window. The rules stay beside the design, what-if included, until they are put away.

    `changed`: other rules, or none, are beside the design that stays.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w, self._parent = desk, parent
        self.rules: Existing | None = None
        self.asked = NO_RULES
        """Where the rules come from, and whose they are."""
        desk.bottom.standing_of = self.verdicts
        desk.document.replacing.connect(self._drop)

    def as_is(self) -> None:
        """Ask for files with rules and whose they are, and compare them with the flows."""
        paths = self.asked.paths or tuple(ask_for_rules(self._parent, self._folder()))
        if paths:
            self._ask(paths)

    def take(self, path: Path) -> None:
        """Ask whose the rules in a file are, and compare them with the flows."""
        self._ask((path,))

    def _folder(self) -> Path:
        path = self._w.files.path
        return path.parent if path is not None else Path.home()

    def _ask(self, paths: tuple[Path, ...]) -> None:
        usual = self.asked._replace(paths=paths)
        dialog = RulesDialog(self._w.document.view.design, self._folder(), usual, self._parent)
        while dialog.exec() and not self.compare(dialog.field.rules()):
            pass  # what was typed stays, to be mended
        dialog.deleteLater()

    def compare(self, asked: Rules) -> bool:
        """Lay the rules in some files beside the flows; False, and a sentence, where they cannot be read."""
        graph = self._w.document.view.graph
        try:
            attached = attachments(asked.groups)
            rules = read_existing(asked.paths, graph, at=asked.at, attached=attached)
            answer = judge(graph, rules)
        except PortchartError as error:
            self._w.files.complain(tr("existing.cannot"), worded(error))
            return False
        self.rules, self.asked = rules, asked
        self.follow()
        self._w.bottom.show_besides(COLUMNS)
        self._w.bottom.refresh()
        self._w.bottom.setCurrentIndex(0)
        self._w.bottom.setVisible(True)
        self.changed.emit()
        counts = " · ".join(f"{said(WORDS[word])}: {answer.count(word)}" for word in WORDS)
        surplus = sum(each.word in ("surplus", "wide") for each in answer.rules)
        self._w.status.showMessage(tr("existing.found", counts=counts, surplus=surplus), 60_000)
        return True

    def as_is_forget(self) -> None:
        """Put the rules away."""
        self._drop()
        self._w.bottom.refresh()
        self.changed.emit()

    def _drop(self) -> None:
        self.rules, self.asked = None, NO_RULES
        self.follow()
        self._w.bottom.show_besides(())

    def compared(self, graph: FlowGraph) -> Answer | None:
        """How the flows of a graph and the rules stand with each other; None where there are no rules."""
        return judge(graph, self.rules) if self.rules is not None else None

    def follow(self) -> None:
        """Offer to put rules away where there are some."""
        self._w.actions_by_id["as_is_forget"].setEnabled(self.rules is not None)

    def verdicts(self, graph: FlowGraph) -> Mapping[str, FlowVerdict]:
        """How each flow of a graph stands with the rules, by flow id; nothing where there are none."""
        answer = self.compared(graph)
        return answer.flows if answer is not None else {}

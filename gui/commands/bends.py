"""Releasing bent connectors: they find their way by themselves again."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.commands.arranging import inside_of
from gui.desk import Desk
from gui.document.selection import Pair
from gui.language import tr
from model.editing import bending


class Bends(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w = desk
        desk.document.changed.connect(lambda before, after: self.follow())
        desk.selection.changed.connect(lambda origin: self.follow())

    def release_bends(self) -> None:
        """Release the selected connectors, those of selected things, or where nothing is selected all."""
        pairs = self._meant()
        if pairs:
            self._w.document.edit(tr("edit.release_bends"), lambda design: bending.release(design, pairs))

    def follow(self) -> None:
        """Let the action say whether there is anything to release."""
        self._w.actions_by_id["release_bends"].setEnabled(bool(self._meant()))

    def _meant(self) -> frozenset[Pair]:
        design, selection = self._w.document.design, self._w.selection
        bent = frozenset(design.course_of)
        if not bent:
            return bent
        if selection.pair is not None:
            return bent & {selection.pair}
        if selection.pairs:
            return bent & selection.pairs
        if selection.ids:
            chosen = inside_of(design, selection.ids)
            return frozenset(pair for pair in bent if not chosen.isdisjoint(pair))
        return bent

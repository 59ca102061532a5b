"""Locking what is selected, and what of it lies over what."""

from __future__ import annotations

from gui.desk import Desk
from gui.language import tr
from model.editing import locks
from model.editing.stacking import Where, restacked

_ORDER = ("bring_to_front", "bring_forward", "send_backward", "send_to_back")


class Layering:
    """Acts for the window."""

    def __init__(self, desk: Desk) -> None:
        self._w = desk

    def bring_to_front(self) -> None:
        """Over all others of its kind."""
        self._restack("front", tr("edit.bring_to_front"))

    def bring_forward(self) -> None:
        """Over the next one it overlaps."""
        self._restack("forward", tr("edit.bring_forward"))

    def send_backward(self) -> None:
        """Under the next one it overlaps."""
        self._restack("backward", tr("edit.send_backward"))

    def send_to_back(self) -> None:
        """Under all others of its kind."""
        self._restack("back", tr("edit.send_to_back"))

    def _restack(self, where: Where, step: str) -> None:
        ids = self._w.selection.ids
        self._w.document.edit(step, lambda design: restacked(design, ids, where))

    def lock(self) -> None:
        """Lock what is selected; unlock it where all of it is locked."""
        ids = self._w.selection.ids
        value = not self._all_locked()
        step = tr("edit.lock") if value else tr("edit.unlock")
        self._w.document.edit(step, lambda design: locks.set_locked(design, ids, value))
        self.follow()

    def _all_locked(self) -> bool:
        ids = self._w.selection.ids
        return bool(ids) and ids <= locks.locked(self._w.document.edited)

    def follow(self) -> None:
        """Let the actions say what can be done now."""
        made, design, ids = self._w.actions_by_id, self._w.document.edited, self._w.selection.ids
        stacked = ids & {*design.zone_by_id, *(note.id for note in design.notes)}
        for name in _ORDER:
            made[name].setEnabled(bool(stacked))
        made["lock"].setEnabled(bool(ids))
        made["lock"].setChecked(self._all_locked())

"""The number of hosts that the selected cards stand for."""

from __future__ import annotations

from gui.desk import Desk
from model.editing.hosts import hosts_of


class Counting:
    """Acts for the window."""

    def __init__(self, desk: Desk) -> None:
        self._w = desk

    def host_count(self) -> None:
        """Ask for the number on the first card."""
        self._w.canvas.writing.hosts.start(self._w.selection.ids)

    def follow(self) -> None:
        """Let the action say what can be done now."""
        document = self._w.document
        found = hosts_of(document.edited, document.catalog, self._w.selection.ids)
        self._w.actions_by_id["host_count"].setEnabled(bool(found))

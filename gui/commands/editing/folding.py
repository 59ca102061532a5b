"""Collapsing zones to one node, expanding them, and selecting what lies in them."""

from __future__ import annotations

from gui.canvas.nodes import fold
from gui.desk import Desk


class Folding:
    """Acts for the window."""

    def __init__(self, desk: Desk) -> None:
        self._w = desk

    def collapse(self) -> None:
        """Show the selected zones as one node each."""
        self._fold(True)

    def expand(self) -> None:
        """Show what lies in the selected zones again."""
        self._fold(False)

    def _fold(self, value: bool) -> None:
        zones = self._zones()
        if fold(self._w.document, zones, value):
            self._w.selection.select(zones)
            self.follow()

    def select_contents(self) -> None:
        """Select what lies in the selected zones, in place of the zones."""
        design, zones = self._w.document.view.design, self._zones()
        frames = [design.zone_by_id[name].rect for name in zones]
        inside = {each.id for each in design.components if zones & {*design.zone_chain(each.zone)}}
        inside |= {each.id for each in design.zones if zones & {*design.zone_chain(each.id)[1:]}}
        inside |= {note.id for note in design.notes if any(frame.contains(note.rect) for frame in frames)}
        self._w.selection.select(inside - zones - self._w.scene.folding.within.keys())

    def _zones(self) -> frozenset[str]:
        return self._w.selection.ids & self._w.document.design.zone_by_id.keys()

    def follow(self) -> None:
        """Let the actions say what can be done now."""
        made, design, zones = self._w.actions_by_id, self._w.document.design, self._zones()
        collapsed = {name for name in zones if design.zone_by_id[name].collapsed}
        made["collapse"].setEnabled(bool(zones - collapsed))
        made["expand"].setEnabled(bool(collapsed))
        made["select_contents"].setEnabled(bool(zones - collapsed))

"""Aligning and distributing what is selected, and moving it by a step."""

from __future__ import annotations

from gui.desk import Desk
from gui.document.moves import frames, moved, roots
from gui.language import tr
from model.editing import alignment, locks
from model.editing.alignment import Axis, Edge
from model.shapes.geometry import Rect

_ALIGN = ("align_left", "align_center", "align_right", "align_top", "align_middle", "align_bottom")
_DISTRIBUTE = ("distribute_horizontally", "distribute_vertically")


class Aligning:
    """Acts for the window. What is locked stays, and the others come to it."""

    def __init__(self, desk: Desk) -> None:
        self._w = desk

    def align_left(self) -> None:
        """Bring the left edges into one line."""
        self._align("left", tr("edit.align_left"))

    def align_center(self) -> None:
        """Bring the middles into one upright line."""
        self._align("center", tr("edit.align_center"))

    def align_right(self) -> None:
        """Bring the right edges into one line."""
        self._align("right", tr("edit.align_right"))

    def align_top(self) -> None:
        """Bring the upper edges into one line."""
        self._align("top", tr("edit.align_top"))

    def align_middle(self) -> None:
        """Bring the middles into one level line."""
        self._align("middle", tr("edit.align_middle"))

    def align_bottom(self) -> None:
        """Bring the lower edges into one line."""
        self._align("bottom", tr("edit.align_bottom"))

    def distribute_horizontally(self) -> None:
        """Make the gaps from left to right equal."""
        self._distribute("horizontally", tr("edit.distribute_horizontally"))

    def distribute_vertically(self) -> None:
        """Make the gaps from top to bottom equal."""
        self._distribute("vertically", tr("edit.distribute_vertically"))

    def _align(self, edge: Edge, step: str) -> None:
        self._move(step, alignment.align(self._free(), edge, self._locked()))

    def _distribute(self, axis: Axis, step: str) -> None:
        self._move(step, alignment.distribute(self._free(), axis))

    def _move(self, step: str, offsets: alignment.Offsets) -> None:
        if offsets:
            sizes = self._w.scene.sizes
            self._w.document.edit(step, lambda design: moved(design, offsets, sizes))

    def _free(self) -> dict[str, Rect]:
        design = self._w.document.edited
        return frames(design, roots(design, self._w.selection.ids), self._w.scene.cards)

    def _locked(self) -> dict[str, Rect]:
        design = self._w.document.edited
        fixed = self._w.selection.ids & locks.locked(design)
        return frames(design, fixed, self._w.scene.cards)

    def follow(self) -> None:
        """Let the actions say what can be done now."""
        free, fixed = len(self._free()), len(self._locked())
        for name in _ALIGN:
            self._w.actions_by_id[name].setEnabled(free > 0 and free + fixed > 1)
        for name in _DISTRIBUTE:
            self._w.actions_by_id[name].setEnabled(free > 2)

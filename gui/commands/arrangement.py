"""Arranging everything, the selection, or only tidying up: one step each, and a glide to the new places."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.canvas.glide import Glide
from gui.commands.arranging import Sizes, arranged, arranged_some, inside_of, tidied
from gui.desk import Desk
from gui.language import tr
from model.design.design import Design
from model.errors import DesignError
from model.picture.cards import title_width


class Arrangement(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w = desk
        self.glide = Glide(desk.scene, self)
        desk.document.changed.connect(lambda before, after: self.follow())
        desk.selection.changed.connect(lambda origin: self.follow())

    def arrange(self) -> None:
        """Arrange everything."""
        graph, look = self._w.document.view.graph, self._w.scene.look

        def change(design: Design, sizes: Sizes) -> Design:
            return arranged(design, graph, sizes, {each.id: title_width(each, look) for each in design.zones})

        if self._done(tr("edit.arrange"), change):
            self._w.canvas.fit()

    def arrange_selection(self) -> None:
        """Arrange the selected components, and those in selected zones, among themselves."""
        graph, ids = self._w.document.view.graph, self._w.selection.ids
        if self._done(
            tr("edit.arrange_selection"), lambda design, sizes: arranged_some(design, graph, sizes, ids)
        ):
            self._w.canvas.keep_whole()

    def tidy(self) -> None:
        """Line up what nearly lines up, and separate what overlaps."""
        if self._done(tr("edit.tidy"), lambda design, sizes: tidied(design, sizes)):
            self._w.canvas.keep_whole()

    def follow(self) -> None:
        """Let the actions say what can be done now."""
        made, design = self._w.actions_by_id, self._w.document.edited
        for name in ("arrange", "tidy"):
            made[name].setEnabled(bool(design.components))
        made["arrange_selection"].setEnabled(len(inside_of(design, self._w.selection.ids)) > 1)

    def _done(self, text: str, change: Callable[[Design, Sizes], Design]) -> bool:
        sizes = self._w.scene.sizes

        def checked(design: Design) -> Design:
            after = change(design, sizes)
            if after == design:
                raise DesignError(tr("arrange.in_place"))
            return after

        before = self.glide.frames()
        done = self._w.document.edit(text, checked)
        self.glide.begin(before)
        return done

"""What helps to read a drawing: find bar, minimap, legend, hover cards, and the presentation view."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QWidget

from gui.canvas import hovering
from gui.canvas.bundles import Bundle
from gui.canvas.find import FindBar
from gui.canvas.hover import Hover, Thing
from gui.canvas.hovering import Said
from gui.canvas.minimap import Minimap
from gui.commands.presenting import Presentation
from gui.desk import Desk
from gui.style import theme


class Reading(QObject):
    """Acts for the window. `around` gives what the presentation view hides."""

    def __init__(self, desk: Desk, window: QMainWindow, around: Callable[[], Sequence[QWidget]]) -> None:
        super().__init__(window)
        self._w, self._window, self._around = desk, window, around
        document, scene, canvas = desk.document, desk.scene, desk.canvas
        self.find_bar = FindBar(document, desk.selection, scene, canvas)
        self.minimap = Minimap(document, scene, canvas)
        self.legend = desk.legend
        self.hover = Hover(canvas, scene, self._said)
        self.presentation: Presentation | None = None

    def begin(self) -> None:
        """Show what the preferences say, when everything is in place."""
        kept = self._w.preferences
        self.minimap.want(kept.minimap)
        self._w.actions_by_id["show_minimap"].setChecked(kept.minimap)
        self._w.actions_by_id["show_legend"].setChecked(kept.legend)

    def retranslate(self) -> None:
        """Write all texts in the language in use, and draw icons in the colours in use."""
        self.find_bar.retranslate(theme.BY_MODE[self._w.mode])
        self.minimap.retranslate()
        self.legend.refresh()

    def _said(self, thing: Thing) -> Said | None:
        document, scene = self._w.document, self._w.scene
        if isinstance(thing, Bundle):
            return hovering.of_bundle(document, thing)
        if not isinstance(thing, str):
            merged = scene.folding.merged(thing)
            return Said(scene.wires.title(thing)) if merged else hovering.of_connector(document, thing)
        if thing in scene.design.component_by_id:
            return hovering.of_component(document, thing)
        return Said(scene.card_items[thing].title)

    # Actions

    def find(self) -> None:
        """Ask what to find on the canvas; from the tables, what rows to keep."""
        bottom = self._w.bottom
        if bottom.isVisible() and bottom.isAncestorOf(self._window.focusWidget()):
            bottom.filter.setFocus()
            bottom.filter.selectAll()
        else:
            self.find_bar.open_bar()

    def find_next(self) -> None:
        """Go to the next thing found."""
        self.find_bar.step(1)

    def find_previous(self) -> None:
        """Go to the thing found before."""
        self.find_bar.step(-1)

    def show_minimap(self) -> None:
        """Show or hide the minimap."""
        wanted = not self._w.preferences.minimap
        self._w.keep(self._w.preferences.evolve(minimap=wanted))
        self.minimap.want(wanted)

    def show_legend(self) -> None:
        """Show or hide the legend."""
        wanted = not self._w.preferences.legend
        self._w.keep(self._w.preferences.evolve(legend=wanted))
        self.legend.want(wanted)

    def present(self) -> None:
        """Show the drawing alone, or everything again."""
        if self.presentation is None:
            self.presentation = Presentation(self._window, self._w.canvas, self._around())
        self.presentation.show(not self.presentation.on)

    def end_presentation(self) -> None:
        """Show everything around the drawing again, where that is hidden."""
        if self.presentation is not None:
            self.presentation.show(False)

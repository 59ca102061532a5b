"""What the window's actions do: one method per row of the table of actions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import (
    QMenu,
    QWidget,
)

from gui import language
from gui.commands.placement import Placement
from gui.commands.scenarios import Scenarios
from gui.desk import Desk
from gui.document.files import template_titles
from gui.language import said, tr
from gui.style import icons, looks
from gui.widgets.asking import asked_choice
from gui.widgets.menus import empty, inner_menu
from model.editing import edits, locks
from model.editing.placing import missing_services
from model.frozen import Language


class Commands(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk, parent: QWidget, placement: Placement, scenarios: Scenarios) -> None:
        super().__init__(parent)
        self._w, self._parent = desk, parent
        self._placement, self._scenarios = placement, scenarios

    def begin(self) -> None:
        """Show what the preferences say, when everything is in place."""
        self._w.canvas.show_grid(self._w.preferences.grid)
        self.follow()

    # File

    def new(self) -> None:
        """An empty design, or one from a template."""
        self._w.canvas.writing.finish()
        titles = template_titles()
        entries = [tr("file.empty"), *(title for _, title in titles)]
        chosen = asked_choice(self._parent, tr("file.new_title"), tr("file.new_text"), entries)
        if chosen is not None:
            self.new_from(dict(zip(entries[1:], (name for name, _ in titles), strict=True)).get(chosen))

    def new_from(self, template: str | None) -> None:
        """A design from a template, or an empty one."""
        self._w.files.new(template)

    def open(self) -> None:
        """Open a file."""
        self._w.canvas.writing.finish()
        self._w.files.open()

    def save(self) -> None:
        """Save."""
        self._w.canvas.writing.finish()
        self._w.files.save()

    def save_as(self) -> None:
        """Save under another name."""
        self._w.canvas.writing.finish()
        self._w.files.save_as()

    def revert(self) -> None:
        """Go back to the file."""
        self._w.canvas.writing.finish()
        self._w.files.revert()

    def quit(self) -> None:
        """Close the window."""
        self._parent.close()

    def remember(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        self._w.keep(self._w.preferences.used(path))
        self._fill_recent()

    # Edit

    def undo(self) -> None:
        """Take the last step back."""
        self._step(self._w.document.stack.undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._step(self._w.document.stack.redo)

    def _step(self, step: Callable[[], None]) -> None:
        """Go a step; what it brings back is selected, as it was when it was made or deleted."""
        before = edits.things(self._w.document.view.design)
        step()
        back = edits.things(self._w.document.view.design) - before
        if back:
            self._w.selection.select(back)

    def rename(self) -> None:
        """Edit the name of the one thing selected, or the text of a note, where it stands."""
        if len(self._w.selection.ids) == 1:
            self._w.canvas.writing.start(next(iter(self._w.selection.ids)))

    def delete(self) -> None:
        """Remove what is selected."""
        ids = self._w.selection.ids
        if ids:
            self._w.document.edit(
                tr("edit.delete"), lambda design: edits.delete(design, locks.free(design, ids))
            )

    def select_all(self) -> None:
        """Select everything on the canvas."""
        design = self._w.document.view.design
        every = {*design.component_by_id, *design.zone_by_id, *(note.id for note in design.notes)}
        self._w.selection.select(every - self._w.scene.folding.within.keys())
        self._w.canvas.setFocus()

    # Tools

    def select_tool(self) -> None:
        """Select and move."""
        self._w.canvas.use_tool("select")

    def pan_tool(self) -> None:
        """Move the view."""
        self._w.canvas.use_tool("pan")

    def zone_tool(self) -> None:
        """Draw a zone."""
        self._w.canvas.use_tool("zone")

    def note_tool(self) -> None:
        """Write a note."""
        self._w.canvas.use_tool("note")

    # View

    def fit(self) -> None:
        """Show everything."""
        self._w.canvas.fit()

    def fit_selection(self) -> None:
        """Show what is selected as large as it can be; of a connector, its ends."""
        selection = self._w.selection
        self._w.canvas.fit_on(selection.ids or frozenset(selection.pair or ()))

    def actual_size(self) -> None:
        """Zoom to 100 %."""
        self._w.canvas.zoom_by(1.0 / self._w.canvas.scale_now())

    def zoom_in(self) -> None:
        """Zoom in a step."""
        self._w.canvas.zoom_by(1.2)

    def zoom_out(self) -> None:
        """Zoom out a step."""
        self._w.canvas.zoom_by(1 / 1.2)

    def show_palette(self) -> None:
        """Show or hide the palette."""
        self._w.palette_panel.setVisible(not self._w.palette_panel.isVisible())

    def show_side(self) -> None:
        """Show or hide the panels on the right."""
        self._w.right.setVisible(not self._w.right.isVisible())

    def show_tables(self) -> None:
        """Show or hide the tables."""
        self._w.bottom.setVisible(not self._w.bottom.isVisible())

    def theme_system(self) -> None:
        """Follow the system's theme."""
        self._w.keep(self._w.preferences.evolve(theme="system"))
        self._w.use_theme()

    def theme_light(self) -> None:
        """Light."""
        self._w.keep(self._w.preferences.evolve(theme="light"))
        self._w.use_theme()

    def theme_dark(self) -> None:
        """Dark."""
        self._w.keep(self._w.preferences.evolve(theme="dark"))
        self._w.use_theme()

    def theme_contrast(self) -> None:
        """High contrast."""
        self._w.keep(self._w.preferences.evolve(theme="contrast"))
        self._w.use_theme()

    def language_en(self) -> None:
        """English."""
        self._speak("en")

    def language_ja(self) -> None:
        """Japanese."""
        self._speak("ja")

    def other_language(self) -> None:
        """The other language."""
        self._speak("en" if language.language() == "ja" else "ja")

    def _speak(self, chosen: Language) -> None:
        self._w.keep(self._w.preferences.evolve(language=chosen))
        language.set_language(chosen)

    # Menus and state

    def show_menu(self, at: QPoint) -> None:
        """The menu of what is selected, or of the canvas."""
        menu = QMenu(self._parent)
        made, ids = self._w.actions_by_id, self._w.selection.ids
        zones = ids & self._w.document.edited.zone_by_id.keys()
        if ids == zones and self._w.selection.pair is None:
            # The pointer is on the menu by then, so where it was asked for has to be said.
            quick = menu.addAction(made["quick_add"].icon(), made["quick_add"].text() + "\t/")
            quick.triggered.connect(lambda checked: self._placement.quick_add_at(at))
        for name in self._menu_names():
            menu.addAction(made[name])
        menu.addSeparator()
        near = ("fit_selection",) if made["fit_selection"].isEnabled() else ()
        for name in ("fit", *near, "actual_size"):
            menu.addAction(made[name])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _menu_names(self) -> tuple[str, ...]:
        """The actions that fit what is selected: things, a connector, or nothing."""
        selection, design = self._w.selection, self._w.document.edited
        made = self._w.actions_by_id
        bends = ("release_bends",) if self._w.document.design.courses else ()
        if not selection.ids:
            if selection.pair is not None:
                return ("whatif_howto", *bends)
            return ("paste", "select_all", "place_services", "arrange", "tidy", *bends)
        offered = tuple(name for name in ("host_count", "tie_menu") if made[name].isEnabled())
        zones = selection.ids & design.zone_by_id.keys()
        folds = ("collapse", "expand", "select_contents") if zones else ()
        usual = ("cut", "copy", "duplicate", "delete", "lock")
        return ("rename", *offered, *usual, *folds, "arrange_selection", *bends)

    def forget(self) -> None:
        """Another design is about to be shown."""
        self._w.selection.clear()
        self._w.scene.forget()

    def follow(self) -> None:
        """Let actions say what can be done now."""
        made, document, selection = self._w.actions_by_id, self._w.document, self._w.selection
        stack = document.stack
        for name, text, can in (
            ("undo", stack.undoText(), stack.canUndo()),
            ("redo", stack.redoText(), stack.canRedo()),
        ):
            made[name].setEnabled(can)
            bare = tr(f"action.{name}")
            made[name].setText(f"{bare}: {text}" if text else bare)
        made["delete"].setEnabled(bool(selection.ids))
        made["fit_selection"].setEnabled(bool(selection.ids) or selection.pair is not None)
        made["rename"].setEnabled(len(selection.ids) == 1)
        made["revert"].setEnabled(self._w.files.path is not None and document.modified)
        for name in ("whatif_adopt", "whatif_discard", "whatif_name"):
            made[name].setEnabled(document.state.tried)
        made["place_services"].setEnabled(bool(missing_services(document.edited, document.catalog)))
        made["select_all"].setEnabled(
            bool(document.design.components or document.design.zones or document.design.notes)
        )
        made[f"theme_{self._w.preferences.theme}"].setChecked(True)
        made[f"language_{language.language()}"].setChecked(True)
        made[f"{self._w.canvas.tool_name}_tool"].setChecked(True)
        made["show_grid"].setChecked(self._w.preferences.grid)
        for name, part in (
            ("show_palette", self._w.palette_panel), ("show_side", self._w.right), ("show_tables", self._w.bottom),
        ):  # fmt: skip
            made[name].setChecked(not part.isHidden())
        self._scenarios.fill_menu()

    def retranslate(self) -> None:
        """Fill the sub-menus in the language in use."""
        self._fill_recent()
        self._fill_kinds()
        self.follow()

    def _fill_recent(self) -> None:
        menu = self._w.menus["recent"]
        empty(menu)
        for name in self._w.preferences.recent:
            menu.addAction(name.replace("&", "&&")).triggered.connect(
                lambda checked, name=name: self._w.files.open(Path(name))
            )
        menu.setEnabled(bool(self._w.preferences.recent))

    def _fill_kinds(self) -> None:
        menu, catalog = self._w.menus["kinds"], self._w.document.catalog
        empty(menu)
        for group in catalog.groups:
            inner = inner_menu(menu, said(group.name))
            for kind in catalog.kinds:
                if kind.group == group.id:
                    icon = icons.tile(kind.icon, "#ffffff", looks.tile_of(kind, self._w.mode))
                    action = inner.addAction(icon, said(kind.name).replace("&", "&&"))
                    action.triggered.connect(lambda checked, kind=kind.id: self._placement.place(kind))

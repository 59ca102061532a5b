"""The window: its parts, where they are, and how they follow document, selection, theme and language."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QTabWidget, QWidget

from exports.catalogs import CatalogFile
from gui import actions, language, preferences
from gui.canvas import access
from gui.canvas.legend import Legend
from gui.canvas.scene import Scene
from gui.canvas.view import Canvas
from gui.commands import dropping
from gui.document.document import Document
from gui.document.files import Files
from gui.document.selection import Selection
from gui.document.showing import Showing
from gui.language import tr
from gui.panels.status import Status
from gui.panels.toolbar import Toolbar
from gui.preferences import Preferences
from gui.style import looks, theme
from gui.widgets.widgets import Elided, column, open_at
from gui.window.afterwards import Afterwards
from gui.window.geometry import Geometry
from model.picture.look import Look

if TYPE_CHECKING:  # these are furniture: loaded once the canvas has been painted
    from gui.canvas.hint import Hint
    from gui.canvas.strip import FilterStrip
    from gui.commands.arrangement import Arrangement
    from gui.commands.asking import Asking
    from gui.commands.bends import Bends
    from gui.commands.commands import Commands
    from gui.commands.editing.doers import Doer
    from gui.commands.history import History
    from gui.commands.inventory import Inventories
    from gui.commands.pictures import Pictures
    from gui.commands.placement import Placement
    from gui.commands.reading import Reading
    from gui.commands.scenarios import Scenarios
    from gui.commands.views import Views
    from gui.compare.doings import Comparing
    from gui.compare.goals import Goals
    from gui.output.columns import Columns
    from gui.output.doings import Leaving
    from gui.output.existing import ExistingRules
    from gui.panels.bottom import Bottom
    from gui.panels.findings import Findings
    from gui.panels.inspector import Inspector
    from gui.panels.palette import Palette
    from gui.panels.whatif import WhatIf
    from gui.panels.why import WhyBox


def _dress(colours: theme.Colours) -> None:
    """Let everything the application shows wear these colours."""
    application = QApplication.instance()
    assert isinstance(application, QApplication), "a window has an application"
    sheet = theme.style_sheet(colours)
    if application.styleSheet() != sheet:
        application.setPalette(theme.palette(colours))
        application.setStyleSheet(sheet)


def _place() -> QWidget:
    """Where a panel will be."""
    made = QWidget()
    made.setObjectName("place")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


class Window(QMainWindow):
    """The canvas with menus and tools, and around it places for everything else, which `furnish` builds step by step.

    The steps are taken between events once the canvas has been painted; whoever asks for something earlier gets it
    at once, with all the rest. `folder` keeps preferences and geometry.
    """

    worn = Signal(object)
    """Everything takes these colours."""
    worded = Signal()
    """Everything is written in the language in use."""

    # The furniture
    palette_panel: Palette
    whatif: WhatIf
    inspector: Inspector
    findings: Findings
    goals: Goals
    why: WhyBox
    bottom: Bottom
    hint: Hint
    strip: FilterStrip
    existing: ExistingRules
    leaving: Leaving
    matrix_columns: Columns
    placement: Placement
    arrangement: Arrangement
    bends: Bends
    scenarios: Scenarios
    views: Views
    reading: Reading
    comparing: Comparing
    asking: Asking
    commands: Commands
    history: History
    pictures: Pictures
    inventories: Inventories
    editing: tuple[Doer, ...]
    doings: Mapping[str, Callable[[], object]]
    """What the actions do, by their ids."""

    def __init__(
        self, catalog: CatalogFile, folder: Path, furnish: Callable[[Window], Generator[None]]
    ) -> None:
        super().__init__()
        self.catalog, self.folder = catalog, folder
        self.preferences = preferences.read(folder)
        self.mode = theme.mode_for(self.preferences.theme)
        # Before there are widgets, of which Qt would look at each again.
        _dress(theme.BY_MODE[self.mode])
        self.document = Document(catalog.catalog, self)
        self.selection = Selection(self)
        self.showing = Showing(self.document, self)
        self.files = Files(self.document, self)
        self.showing.usual = self.showing.all_but(self.preferences.hidden_purposes)
        self.scene = Scene(self.document, self.selection, self.showing, self._look(), self)
        self.canvas = Canvas(self.document, self.selection, self.scene)
        access.speak_for(self.canvas, self.document, self.selection, self.scene)
        self.legend = Legend(self.scene)
        self.legend.want(self.preferences.legend)
        self.afterwards = Afterwards(self.document, self.canvas, self)
        self.actions_by_id = actions.build(self, self._do)
        self.menus = actions.build_menus(self.menuBar(), self.actions_by_id)
        self.title = Elided("", "muted")
        self.toolbar = Toolbar(self.document, self.actions_by_id)
        self.toolbar.show_purposes(self.showing.purposes)
        self.toolbar.filter.setMenu(self.menus["filter"])
        self.status = Status(self.document)
        self.side = QTabWidget()
        self.right = QSplitter(Qt.Orientation.Vertical)
        self.why_place = _place()
        self.why_place.hide()
        self.panes: dict[str, QWidget] = {"palette": _place(), "side": self.right, "tables": _place()}
        """What can be hidden, by the name it is kept under."""
        self._steps, self._building = furnish(self), False
        self._put_together()
        self._connect()
        self.use_theme()
        self._geometry = Geometry(folder, self, self._splitters(), self.panes)
        self._geometry.restore()
        self.canvas.show_grid(self.preferences.grid)
        self.actions_by_id["select_tool"].setChecked(True)
        for name in ("undo", "redo"):
            self.actions_by_id[name].setEnabled(False)
        self.canvas.setFocus()

    # Furniture

    def _begin(self) -> None:
        """The canvas has been painted."""
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._step)
        self._turn.start()

    def _step(self) -> None:
        self._building = True
        try:
            if next(self._steps, self) is self:
                self._turn.stop()
        finally:
            self._building = False

    def complete(self) -> None:
        """Build at once what is not there yet."""
        if not self._building:
            self._building = True
            try:
                for _ in self._steps:
                    pass
            finally:
                self._building = False

    def _do(self, action: QAction) -> None:
        self.complete()
        if action.isEnabled():
            self.doings[action.objectName()]()

    if not TYPE_CHECKING:  # for whoever reads types, all of it is there

        def __getattr__(self, name: str) -> object:
            """What is not there yet: somebody asks before its turn."""
            if name in Window.__annotations__:
                self.complete()
            return object.__getattribute__(self, name)

    # Composition

    def _put_together(self) -> None:
        self.side.setDocumentMode(True)
        self.side.setObjectName("sideTabs")
        self.right.setObjectName("side")
        self.middle = QSplitter(Qt.Orientation.Vertical)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        seen = QWidget()
        self.around = column(self.canvas, self.legend, spacing=0)
        """The canvas with what is above and below it."""
        seen.setLayout(self.around)
        for splitter, parts in (
            (self.right, (self.side, self.why_place)),
            (self.middle, (seen, self.panes["tables"])),
            (self.columns, (self.panes["palette"], self.middle, self.right)),
        ):
            for part in parts:
                splitter.addWidget(part)
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        self.columns.setSizes([246, 1104, 330])
        self.columns.setStretchFactor(1, 1)
        self.middle.setSizes([690, 270])
        self.middle.setStretchFactor(0, 1)
        self.right.setSizes([620, 300])
        self.right.setStretchFactor(0, 1)
        self.panes["palette"].setMinimumWidth(190)
        self.right.setMinimumWidth(300)
        self.canvas.setMinimumSize(240, 160)
        # What lies beside the tabs has room for what is there now; it gives way where a window becomes narrow.
        self.panes["tables"].setMinimumSize(240, 110)
        holder = QWidget()
        holder.setLayout(column(self.toolbar, self.columns, spacing=0))
        self.setCentralWidget(holder)
        self.setStatusBar(self.status)
        self.title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # A menu bar gives a corner no more height than it has; the menus have no texts yet to take it from.
        self.title.setFixedSize(420, self.fontMetrics().height() + 10)
        self.title.setContentsMargins(0, 0, 12, 0)
        self.menuBar().setCornerWidget(self.title)
        self.setAcceptDrops(True)
        open_at(self, 1680, 1020)

    def furnish(self, place: QWidget, panel: QWidget) -> None:
        """Put a panel where a place was kept for it."""
        splitter = place.parentWidget()
        assert isinstance(splitter, QSplitter), "places are kept in splitters"
        panel.setMinimumSize(place.minimumSize())
        panel.setHidden(place.isHidden())
        splitter.replaceWidget(splitter.indexOf(place), panel)
        place.deleteLater()
        for name, pane in self.panes.items():
            if pane is place:
                self.panes[name] = panel

    def _splitters(self) -> dict[str, QSplitter]:
        """What divides the window, by the name it is kept under."""
        return {"columns": self.columns, "middle": self.middle, "right": self.right}

    def _connect(self) -> None:
        self.document.replaced.connect(self.canvas.fit)
        self.document.refused.connect(lambda sentence: self.status.showMessage(sentence, 12_000))
        self.selection.changed.connect(self._reveal)
        self.files.changed.connect(self._show_title)
        self.canvas.painted.connect(self._begin, Qt.ConnectionType.SingleShotConnection)
        self.canvas.scale_changed.connect(self.toolbar.show_scale)
        self.canvas.tool_done.connect(lambda: self.actions_by_id["select_tool"].trigger())
        self.canvas.menu_asked.connect(lambda at: self.commands.show_menu(at))
        self.canvas.rows_asked.connect(lambda: self.bottom.go_to_rows())
        self.canvas.ties_asked.connect(self.actions_by_id["tie_menu"].trigger)
        self.toolbar.zoom_chosen.connect(lambda scale: self.canvas.zoom_to(scale))
        language.on_change(self.retranslate)
        theme.on_system_change(self._follow_system)

    # Following

    def _reveal(self, origin: object) -> None:
        selection = self.selection
        if origin is None:
            return
        if selection.ids:
            self.canvas.reveal(selection.ids)
        elif selection.pair is not None:
            self.canvas.reveal(frozenset(selection.pair))
        elif selection.pairs:
            self.canvas.reveal(frozenset(name for pair in selection.pairs for name in pair))

    def _show_title(self) -> None:
        mark = tr("file.modified") if self.document.modified else tr("file.saved") if self.files.path else ""
        shown = f"{self.files.name} — {mark}" if mark else self.files.name
        self.title.setText(shown)
        star = "*" if self.document.modified else ""
        self.setWindowTitle(f"{star}{self.files.name} — Portchart")

    # Language and theme

    def _look(self) -> Look:
        return looks.look(self.document.catalog, self.mode, language.language())

    def _follow_system(self) -> None:
        if self.preferences.theme in ("system", "contrast"):
            self.use_theme()

    def use_theme(self) -> None:
        """Take the colours chosen, or the system's."""
        self.mode = theme.mode_for(self.preferences.theme)
        colours = theme.BY_MODE[self.mode]
        _dress(colours)
        self.scene.overlay.accent = looks.drawing_theme(self.mode).accent
        actions.draw_icons(self.actions_by_id, colours)
        self.worn.emit(colours)
        self.canvas.resetCachedContent()
        self.retranslate()

    def retranslate(self) -> None:
        """Write all texts in the language in use; what is drawn takes its colours meanwhile."""
        actions.write_texts(self.actions_by_id, self.menus)
        self.canvas.setAccessibleName(tr("canvas.title"))
        self.side.setAccessibleName(tr("action.show_side"))
        self.toolbar.retranslate(theme.BY_MODE[self.mode])
        self.worded.emit()
        self.scene.set_look(self._look())
        self._show_title()

    def keep(self, changed: Preferences) -> None:
        """Keep other preferences."""
        self.preferences = changed
        preferences.write(self.folder, changed)

    # Files dropped, and leaving

    def part(self) -> None:
        """Let go of everything that outlives the window, and let threads end. Afterwards it can only be destroyed."""
        self.complete()
        # The stack tells of its own end too, when nobody can listen any more.
        self.document.stack.indexChanged.disconnect()
        language.off_change(self.retranslate)
        theme.off_system_change(self._follow_system)
        self.history.part()
        self.leaving.wait()
        self.comparing.wait()
        self.whatif.wait()
        self.inventories.wait()
        self.asking.part()
        self.scene.routes.wait()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.enter(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.canvas.writing.finish()
        table, rules = (lambda path: self.inventories.drop(path)), (lambda path: self.existing.take(path))
        dropping.drop(event, self.files, table, rules)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.canvas.writing.finish()
        if not self.files.may_leave():
            event.ignore()
            return
        self.reading.end_presentation()
        self.part()
        self._geometry.keep()
        event.accept()

"""The window: its parts, where they are, and how they follow document, selection, theme and language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QTabWidget, QWidget

from exports.catalogs import CatalogFile
from gui import actions, dropping, language, looks, preferences, theme
from gui.afterwards import Afterwards
from gui.arrangement import Arrangement
from gui.asking import Asking
from gui.assigning import Assigning
from gui.bends import Bends
from gui.canvas import access
from gui.canvas.hint import Hint
from gui.canvas.scene import Scene
from gui.canvas.strip import FilterStrip
from gui.canvas.view import Canvas
from gui.commands import Commands
from gui.compare.doings import Comparing
from gui.compare.goals import Goals
from gui.document import Document
from gui.editing.doers import editing
from gui.existing import ExistingRules
from gui.files import Files
from gui.geometry import Geometry
from gui.help import Help
from gui.history import History
from gui.inventory import Inventories
from gui.language import tr
from gui.output.columns import Columns
from gui.output.doings import Leaving
from gui.panels.bottom import Bottom
from gui.panels.findings import Findings
from gui.panels.inspector import Inspector
from gui.panels.palette import Palette
from gui.panels.status import Status
from gui.panels.whatif import WhatIf
from gui.panels.why import WhyBox
from gui.panes import Panes
from gui.pictures import Pictures
from gui.placement import Placement
from gui.preferences import Preferences
from gui.reading import Reading
from gui.scenarios import Scenarios
from gui.selection import Selection
from gui.settings import Settings
from gui.showing import Showing
from gui.toolbar import Toolbar
from gui.views import Views
from gui.widgets import Elided, column
from model.look import Look

_FINDINGS_TAB = 2


def _dress(colours: theme.Colours) -> None:
    """Let everything the application shows wear these colours."""
    application = QApplication.instance()
    assert isinstance(application, QApplication), "a window has an application"
    sheet = theme.style_sheet(colours)
    if application.styleSheet() != sheet:
        application.setPalette(theme.palette(colours))
        application.setStyleSheet(sheet)


class Window(QMainWindow):
    """Composes everything. `folder` keeps preferences and geometry."""

    def __init__(self, catalog: CatalogFile, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.preferences = preferences.read(folder)
        self.document = Document(catalog.catalog, self)
        self.selection = Selection(self)
        self.showing = Showing(self.document, self)
        self.mode = theme.mode_for(self.preferences.theme)
        self.files = Files(self.document, self)
        self.scene = Scene(self.document, self.selection, self.showing, self._look(), self)
        self.canvas = Canvas(self.document, self.selection, self.scene)
        self.afterwards = Afterwards(self.document, self.canvas, self)
        access.speak_for(self.canvas, self.document, self.selection, self.scene)
        self.palette_panel = Palette(catalog.catalog, lambda kind: looks.tile_of(kind, self.mode))
        self.whatif = WhatIf(self.document, self.selection, self.afterwards.call)
        self.inspector = Inspector(self.document, self.selection)
        self.findings = Findings(self.document, self.selection)
        self.goals = Goals(self.document, self.selection, self)
        self.why = WhyBox(self.document, self.selection)
        self.bottom = Bottom(self.document, self.selection, self.showing, self.afterwards.call)
        self.existing = ExistingRules(self, self)
        self.leaving = Leaving(self, self, catalog, self.existing)
        self.status = Status(self.document)
        self.side = QTabWidget()
        self.matrix_columns = Columns(self, self)
        self.placement = Placement(self, self)
        self.arrangement, self.bends = Arrangement(self, self), Bends(self, self)
        self.scenarios = Scenarios(self, self)
        self.views = Views(self, self)
        self.reading = Reading(self, self, self._chrome)
        self.comparing = Comparing(self.side, self.goals, self.document, self.files, self)
        self.asking = Asking(self, self)
        self.commands = Commands(self, self, self.placement, self.scenarios)
        self.history = History(self, self)
        self.pictures = Pictures(self, self, catalog)
        self.inventories = Inventories(self, self, self.leaving.read_records)
        self.editing = editing(self)
        self.actions_by_id = actions.build(
            self,
            self.commands,
            self.placement,
            self.arrangement,
            self.bends,
            self.scenarios,
            self.views,
            self.reading,
            self.comparing,
            self.asking,
            self.history,
            self.pictures,
            self.existing,
            self.leaving,
            self.inventories,
            *self.editing,
            Panes(self, self.menuBar(), self),
            Assigning(self, self),
            Settings(self, self),
            Help(self, self),
        )
        self.menus = actions.build_menus(self.menuBar(), self.actions_by_id)
        self.title = Elided("", "muted")
        self.toolbar = Toolbar(self.document, self.actions_by_id)
        self.toolbar.filter.setMenu(self.menus["filter"])
        self.hint = Hint(self.canvas)
        self.strip = FilterStrip(self.document, self.showing)
        self._put_together()
        self._connect()
        self.use_theme()
        self.commands.begin()
        for each in self.editing:
            each.follow()
        self.views.begin()
        self.reading.begin()
        self._geometry = Geometry(folder, self, self._splitters(), self._panes())
        self._geometry.restore()
        self.commands.follow()
        self.leaving.fill_menu()
        self.existing.follow()
        self.canvas.setFocus()

    # Composition

    def _put_together(self) -> None:
        self.side.setDocumentMode(True)
        self.side.setObjectName("sideTabs")
        for page in (self.whatif, self.inspector, self.findings, self.goals):
            self.side.addTab(page, "")
        self.right = QSplitter(Qt.Orientation.Vertical)
        self.right.setObjectName("side")
        self.right.addWidget(self.side)
        self.right.addWidget(self.why)
        self.middle = QSplitter(Qt.Orientation.Vertical)
        seen = QWidget()
        seen.setLayout(column(self.strip, self.canvas, self.reading.legend, spacing=0))
        self.middle.addWidget(seen)
        self.middle.addWidget(self.bottom)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.palette_panel, self.middle, self.right):
            self.columns.addWidget(part)
        for splitter in (self.right, self.middle, self.columns):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        self.columns.setSizes([246, 1104, 330])
        self.columns.setStretchFactor(1, 1)
        self.middle.setSizes([690, 270])
        self.middle.setStretchFactor(0, 1)
        self.right.setSizes([620, 300])
        self.right.setStretchFactor(0, 1)
        self.palette_panel.setMinimumWidth(190)
        self.right.setMinimumWidth(300)
        self.canvas.setMinimumSize(240, 160)
        self.bottom.setMinimumHeight(110)
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
        self.resize(1680, 1020)

    def _chrome(self) -> tuple[QWidget, ...]:
        """What is around the canvas."""
        around = (self.menuBar(), self.toolbar, self.palette_panel, self.right, self.bottom, self.status)
        return (*around, self.strip)

    def _splitters(self) -> dict[str, QSplitter]:
        """What divides the window, by the name it is kept under."""
        return {"columns": self.columns, "middle": self.middle, "right": self.right}

    def _panes(self) -> dict[str, QWidget]:
        """What can be hidden, by the name it is kept under."""
        return {"palette": self.palette_panel, "side": self.right, "tables": self.bottom}

    def _connect(self) -> None:
        commands = self.commands
        self.arrangement.follow()
        self.bends.follow()
        self.document.changed.connect(lambda before, after: self._follow())
        self.document.replacing.connect(commands.forget)
        self.document.replaced.connect(self.canvas.fit)
        self.document.refused.connect(lambda sentence: self.status.showMessage(sentence, 12_000))
        self.document.stack.indexChanged.connect(lambda index: commands.follow())
        self.selection.changed.connect(self._follow_selection)
        self.files.changed.connect(self._show_title)
        self.files.used.connect(commands.remember)
        self.palette_panel.chosen.connect(self.placement.place)
        self.canvas.dropped.connect(self.placement.place_at)
        self.canvas.scale_changed.connect(self.toolbar.show_scale)
        self.canvas.tool_done.connect(lambda: self.actions_by_id["select_tool"].trigger())
        self.canvas.menu_asked.connect(commands.show_menu)
        self.canvas.ties_asked.connect(self.actions_by_id["tie_menu"].trigger)
        self.canvas.rows_asked.connect(self.bottom.go_to_rows)
        self.canvas.fitted.connect(self.hint.place)
        self.hint.template.connect(lambda name: commands.new_from(name))
        self.hint.open_asked.connect(commands.open)
        self.toolbar.zoom_chosen.connect(lambda scale: self.canvas.zoom_to(scale))
        self.toolbar.purposes_chosen.connect(self.views.show_purposes)
        self.strip.save_asked.connect(self.views.save_view)
        self.strip.purposes_chosen.connect(self.views.show_purposes)
        self.toolbar.scenario_chosen.connect(self.scenarios.use_scenario)
        self.whatif.tried.asked.connect(self.scenarios.act)
        self.whatif.tried.compared.connect(self.scenarios.compare_with)
        self.whatif.report_asked.connect(self.leaving.report_preview)
        self.status.language.clicked.connect(commands.other_language)
        self.status.findings_asked.connect(lambda: self.side.setCurrentIndex(_FINDINGS_TAB))
        self.side.currentChanged.connect(lambda number: self._fill_findings())
        language.on_change(self.retranslate)
        theme.on_system_change(self._follow_system)

    # Following

    def _follow(self) -> None:
        self.commands.follow()
        self.leaving.fill_menu()
        self.afterwards.call(self._show_counts)

    def _show_counts(self) -> None:
        colours = theme.BY_MODE[self.mode]
        self.status.refresh(colours)
        found = len(self.document.view.findings)
        self.side.setTabText(
            _FINDINGS_TAB, f"{tr('findings.title')}  {found}" if found else tr("findings.title")
        )
        self._fill_findings()
        design = self.document.view.design
        self.hint.setVisible(not (design.components or design.zones or design.notes))

    def _fill_findings(self) -> None:
        if self.side.currentIndex() == _FINDINGS_TAB:
            self.findings.refresh()
        elif self.side.currentWidget() is self.goals:
            self.goals.refresh()

    def _follow_selection(self, origin: object) -> None:
        self.commands.follow()
        if origin is not None and self.selection.ids:
            self.canvas.reveal(self.selection.ids)
        elif origin is not None and self.selection.pair is not None:
            self.canvas.reveal(frozenset(self.selection.pair))
        elif origin is not None and self.selection.pairs:
            self.canvas.reveal(frozenset(name for pair in self.selection.pairs for name in pair))

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
        self.whatif.colours = self.findings.colours = colours
        self.bottom.set_colours(colours)
        self.scene.overlay.accent = looks.drawing_theme(self.mode).accent
        actions.draw_icons(self.actions_by_id, colours)
        self.canvas.resetCachedContent()
        self.retranslate()

    def retranslate(self) -> None:
        """Write all texts in the language in use; what is drawn takes its colours meanwhile."""
        actions.write_texts(self.actions_by_id, self.menus)
        self.side.setTabText(0, tr("whatif.title"))
        self.side.setTabText(1, tr("inspector.title"))
        self.side.setTabText(self.side.indexOf(self.goals), tr("goals.title"))
        self.canvas.setAccessibleName(tr("canvas.title"))
        self.side.setAccessibleName(tr("action.show_side"))
        self.bottom.setAccessibleName(tr("action.show_tables"))
        for part in (
            self.palette_panel,
            self.whatif,
            self.inspector,
            self.findings,
            self.why,
            self.bottom,
            self.hint,
            self.strip,
            self.reading,
        ):
            part.retranslate()
        self.toolbar.retranslate(theme.BY_MODE[self.mode])
        self.comparing.retranslate(theme.BY_MODE[self.mode])
        self.matrix_columns.retranslate()
        self.commands.retranslate()
        self.scene.set_look(self._look())
        self._show_counts()
        self._show_title()

    def keep(self, changed: Preferences) -> None:
        """Keep other preferences."""
        self.preferences = changed
        preferences.write(self.folder, changed)

    # Files dropped, and leaving

    def part(self) -> None:
        """Let go of everything that outlives the window, and let threads end. Afterwards it can only be destroyed."""
        # The stack tells of its own end too, when nobody can listen any more.
        self.document.stack.indexChanged.disconnect()
        language.off_change(self.retranslate)
        theme.off_system_change(self._follow_system)
        self.history.part()
        self.leaving.wait()
        self.comparing.wait()
        self.whatif.wait()
        self.asking.part()
        self.scene.routes.wait()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.enter(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.canvas.writing.finish()
        dropping.drop(event, self.files, self.inventories)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.canvas.writing.finish()
        if not self.files.may_leave():
            event.ignore()
            return
        self.reading.end_presentation()
        self.part()
        self._geometry.keep()
        event.accept()

"""What stands around the canvas: the panels, and those who do what the menus say. Built step by step."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from exports.existing.read import is_rule_list
from gui import actions
from gui.canvas.hint import Hint
from gui.canvas.strip import FilterStrip
from gui.commands.arrangement import Arrangement
from gui.commands.asking import Asking
from gui.commands.assigning import Assigning
from gui.commands.bends import Bends
from gui.commands.commands import Commands
from gui.commands.editing.doers import editing
from gui.commands.help import Help
from gui.commands.history import History
from gui.commands.inventory import Inventories, Other, is_edited
from gui.commands.panes import Panes
from gui.commands.pictures import Pictures
from gui.commands.placement import Placement
from gui.commands.reading import Reading
from gui.commands.scenarios import Scenarios
from gui.commands.settings import Settings
from gui.commands.views import Views
from gui.compare.doings import Comparing
from gui.compare.goals import Goals
from gui.language import tr
from gui.output.columns import Columns
from gui.output.doings import Leaving
from gui.output.existing import ExistingRules
from gui.panels.bottom import Bottom
from gui.panels.findings import Findings
from gui.panels.inspector import Inspector
from gui.panels.palette import Palette
from gui.panels.whatif import WhatIf
from gui.panels.why import WhyBox
from gui.style import looks, theme
from gui.window.window import Window

_FINDINGS_TAB = 2


class Furniture(QObject):
    """Builds it for a window, in the order a person looks at it, and lets it follow design, language and colours."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._w = window

    def build(self) -> Generator[None]:
        """Each step leaves the window as fit for use as it was."""
        w, colours = self._w, theme.BY_MODE[self._w.mode]
        w.palette_panel = Palette(w.catalog.catalog, lambda kind: looks.tile_of(kind, w.mode))
        w.palette_panel.retranslate()
        w.furnish(w.panes["palette"], w.palette_panel)
        yield
        w.whatif = WhatIf(w.document, w.selection, w.afterwards.call)
        yield
        w.whatif.colours = colours
        w.side.addTab(w.whatif, tr("whatif.title"))
        yield
        w.inspector = Inspector(w.document, w.selection)
        w.inspector.retranslate()
        w.side.addTab(w.inspector, tr("inspector.title"))
        yield
        w.findings = Findings(w.document, w.selection)
        w.findings.colours = colours
        w.findings.retranslate()
        w.side.addTab(w.findings, tr("findings.title"))
        w.goals = Goals(w.document, w.selection, w)
        w.side.addTab(w.goals, tr("goals.title"))
        yield
        w.why = WhyBox(w.document, w.selection)
        w.why.retranslate()
        w.furnish(w.why_place, w.why)
        yield
        w.bottom = Bottom(w.document, w.selection, w.showing, w.afterwards.call)
        w.bottom.set_colours(colours)
        w.furnish(w.panes["tables"], w.bottom)
        yield
        self._build_doers()
        yield
        w.hint = Hint(w.canvas)
        w.strip = FilterStrip(w.document, w.showing)
        w.around.insertWidget(0, w.strip)
        yield
        self._connect()
        self._name_panels()
        self._retranslate_rest()
        yield
        w.arrangement.follow()
        w.bends.follow()
        for each in w.editing:
            each.follow()
        w.views.begin()
        w.reading.begin()
        if w.files.path is not None:
            w.commands.remember(w.files.path)
        w.commands.follow()
        w.leaving.fill_menu()
        w.existing.follow()

    def _build_doers(self) -> None:
        w = self._w
        w.existing = ExistingRules(w, w)
        w.leaving = Leaving(w, w, w.catalog, w.existing)
        w.matrix_columns = Columns(w, w)
        w.placement = Placement(w, w)
        w.arrangement, w.bends = Arrangement(w, w), Bends(w, w)
        w.scenarios = Scenarios(w, w)
        w.views = Views(w, w)
        w.reading = Reading(w, w, self._around)
        w.comparing = Comparing(w.side, w.goals, w.document, w.files, w)
        w.asking = Asking(w, w)
        w.commands = Commands(w, w, w.placement, w.scenarios)
        w.history = History(w, w)
        w.pictures = Pictures(w, w, w.catalog)
        others = (Other(is_edited, w.leaving.read_records), Other(is_rule_list, w.existing.take))
        w.inventories = Inventories(w, w, others)
        w.editing = editing(w)
        w.doings = actions.doings(
            w.commands,
            w.placement,
            w.arrangement,
            w.bends,
            w.scenarios,
            w.views,
            w.reading,
            w.comparing,
            w.asking,
            w.history,
            w.pictures,
            w.existing,
            w.leaving,
            w.inventories,
            *w.editing,
            Panes(w, w.menuBar(), w),
            Assigning(w, w),
            Settings(w, w),
            Help(w, w),
        )

    def _around(self) -> tuple[QWidget, ...]:
        """What is around the canvas."""
        w = self._w
        return (w.menuBar(), w.toolbar, w.palette_panel, w.right, w.bottom, w.status, w.strip)

    def _connect(self) -> None:
        w = self._w
        w.document.changed.connect(lambda before, after: self._follow())
        w.document.replacing.connect(w.commands.forget)
        w.document.stack.indexChanged.connect(lambda index: w.commands.follow())
        w.selection.changed.connect(lambda origin: w.commands.follow())
        w.files.used.connect(w.commands.remember)
        w.palette_panel.chosen.connect(w.placement.place)
        w.canvas.dropped.connect(w.placement.place_at)
        w.canvas.kinds_asked.connect(w.placement.quick_add)
        w.canvas.fitted.connect(w.hint.place)
        w.hint.template.connect(lambda name: w.commands.new_from(name))
        w.hint.open_asked.connect(w.commands.open)
        w.toolbar.purposes_chosen.connect(w.views.show_purposes)
        w.strip.save_asked.connect(w.views.save_view)
        w.strip.purposes_chosen.connect(w.views.show_purposes)
        w.toolbar.scenario_chosen.connect(w.scenarios.use_scenario)
        w.whatif.tried.asked.connect(w.scenarios.act)
        w.whatif.tried.compared.connect(w.scenarios.compare_with)
        w.whatif.report_asked.connect(w.leaving.report_preview)
        w.status.language.clicked.connect(w.commands.other_language)
        w.status.findings_asked.connect(lambda: w.side.setCurrentIndex(_FINDINGS_TAB))
        w.side.currentChanged.connect(lambda number: self._fill_findings())
        w.worn.connect(self._wear)
        w.worded.connect(self._retranslate)

    # Following

    def _follow(self) -> None:
        self._w.commands.follow()
        self._w.leaving.fill_menu()
        self._w.afterwards.call(self._show_counts)

    def _show_counts(self) -> None:
        w = self._w
        w.status.refresh(theme.BY_MODE[w.mode])
        found = len(w.document.view.findings)
        title = tr("findings.title")
        w.side.setTabText(_FINDINGS_TAB, f"{title}  {found}" if found else title)
        self._fill_findings()
        design = w.document.view.design
        w.hint.setVisible(not (design.components or design.zones or design.notes))

    def _fill_findings(self) -> None:
        w = self._w
        if w.side.currentIndex() == _FINDINGS_TAB:
            w.findings.refresh()
        elif w.side.currentWidget() is w.goals:
            w.goals.refresh()

    def _wear(self, colours: theme.Colours) -> None:
        self._w.whatif.colours = self._w.findings.colours = colours
        self._w.bottom.set_colours(colours)

    def _retranslate(self) -> None:
        w = self._w
        for panel in (w.palette_panel, w.whatif, w.inspector, w.findings, w.why, w.bottom):
            panel.retranslate()
        self._name_panels()
        self._retranslate_rest()

    def _name_panels(self) -> None:
        w = self._w
        w.side.setTabText(0, tr("whatif.title"))
        w.side.setTabText(1, tr("inspector.title"))
        w.side.setTabText(w.side.indexOf(w.goals), tr("goals.title"))
        w.bottom.setAccessibleName(tr("action.show_tables"))

    def _retranslate_rest(self) -> None:
        """All but the panels, which write their texts while they are built."""
        w = self._w
        for part in (w.hint, w.strip, w.reading, w.matrix_columns, w.commands):
            part.retranslate()
        w.bottom.fit_tools()
        w.comparing.retranslate(theme.BY_MODE[w.mode])
        self._show_counts()

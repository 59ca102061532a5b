"""The tool bar: tools, undo, arrangement and zoom, what is shown, the what-if in use, and export."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLayout, QMenu, QSizePolicy, QToolButton, QWidget

from gui.document.document import Document
from gui.language import said, tr
from gui.style import icons
from gui.style.theme import Colours
from gui.widgets.menus import empty
from gui.widgets.widgets import plain, restyle, row, rule, tool_button

_ZOOMS = (25, 50, 75, 100, 150, 200)
_TOOLS = ("select_tool", "pan_tool", "zone_tool", "note_tool")
_WITH_TEXT = (*_TOOLS, "arrange", "fit")
_BARE = ((), _TOOLS, _WITH_TEXT, _WITH_TEXT)
"""Which buttons go without their texts, the wider the window is the fewer; in the last step menus are short, too."""
_LONG, _SHORT = 28, 12


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


class Toolbar(QWidget):
    """Buttons for actions, and three menus of its own: zoom, purposes shown, what-if.

    Where the window is narrow, texts of buttons give way to their icons; nothing is cut.
    """

    zoom_chosen = Signal(float)
    purposes_chosen = Signal(object)
    scenario_chosen = Signal(object)
    """A scenario's id; None: the baseline."""

    def __init__(self, document: Document, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document, self._actions = document, actions
        self.buttons = {name: self._button(name) for name in (*_WITH_TEXT, "undo", "redo", "export")}
        self.buttons["export"].setProperty("primary", True)
        self.buttons["export"].setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.zoom = self._menu_button(QMenu(self))
        self.show_button = self._menu_button(QMenu(self), outlined=True)
        self.filter = self._menu_button(QMenu(self), outlined=True)
        self.whatif = self._menu_button(QMenu(self), outlined=True)
        self.shown: frozenset[str] = frozenset()
        self._least = 0
        self._shown_text = self._tried_text = ""
        b = self.buttons
        self._parts = row(
            b["select_tool"], b["pan_tool"], b["zone_tool"], b["note_tool"], 4, rule(True), 4, b["undo"], b["redo"],
            4, rule(True), 4, b["arrange"], b["fit"], self.zoom, 4, rule(True), 4,
            self.show_button, self.filter, -1, self.whatif, b["export"], margins=(10, 6, 10, 6), spacing=4,
        )  # fmt: skip
        self._parts.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(self._parts)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        document.changed.connect(lambda before, after: self.show_whatif())

    def _button(self, name: str) -> QToolButton:
        made = tool_button(name)
        made.setDefaultAction(self._actions[name])
        made.setIconSize(QSize(17, 17))
        style = Qt.ToolButtonStyle
        made.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if name in _WITH_TEXT else style.ToolButtonIconOnly
        )
        return made

    def _menu_button(self, menu: QMenu, *, outlined: bool = False) -> QToolButton:
        made = tool_button()
        made.setProperty("outlined", outlined)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setMenu(menu)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        return made

    def retranslate(self, colours: Colours) -> None:
        """Write all texts in the language in use, and draw icons in the colours in use."""
        self.buttons["export"].setIcon(icons.icon("export", colours.on_accent, colours.panel))
        self.buttons["undo"].setAccessibleName(self._actions["undo"].iconText())
        self.buttons["redo"].setAccessibleName(self._actions["redo"].iconText())
        self.filter.setText(f"{tr('filter.title')} ▾")
        self._fill_zoom()
        self.show_purposes(self.shown)
        self.show_whatif()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, self._parts.sizeHint().height())

    def _fit(self) -> None:
        """Show as many texts as there is room for."""
        self._show_texts(len(_BARE) - 1)
        least = self._parts.sizeHint().width()
        if least != self._least:
            self._least = least
            self.updateGeometry()
        for step in range(len(_BARE)):
            self._show_texts(step)
            if self._parts.sizeHint().width() <= self.width():
                return

    def _show_texts(self, step: int) -> None:
        style = Qt.ToolButtonStyle
        for name in _WITH_TEXT:
            bare = name in _BARE[step]
            self.buttons[name].setToolButtonStyle(
                style.ToolButtonIconOnly if bare else style.ToolButtonTextBesideIcon
            )
        short = step == len(_BARE) - 1
        shown = "" if short else f" {self._shown_text}"
        self.show_button.setText(f"{tr('toolbar.show')}{shown} ▾")
        name = _cut(self._tried_text, _SHORT if short else _LONG)
        self.whatif.setText(f"{tr('toolbar.whatif')} {name.replace('&', '&&')} ▾")
        self._parts.invalidate()

    def show_scale(self, scale: float) -> None:
        """Show the zoom."""
        self.zoom.setText(f"{round(scale * 100)} % ▾")
        self.zoom.setAccessibleName(tr("toolbar.zoom", percent=round(scale * 100)))

    def _fill_zoom(self) -> None:
        menu = self.zoom.menu()
        empty(menu)
        menu.addAction(self._actions["fit"])
        menu.addSeparator()
        for percent in _ZOOMS:
            menu.addAction(f"{percent} %").triggered.connect(
                lambda checked, percent=percent: self.zoom_chosen.emit(percent / 100)
            )

    def show_purposes(self, shown: frozenset[str]) -> None:
        """Show which purposes are drawn."""
        self.shown = shown
        purposes = self._document.catalog.purposes
        menu = self.show_button.menu()
        empty(menu)
        for purpose in purposes:
            action = menu.addAction(said(purpose.name).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(purpose.id in shown)
            action.toggled.connect(lambda on, name=purpose.id: self._show(name, on))
        menu.addSeparator()
        menu.addAction(tr("toolbar.show_all")).triggered.connect(
            lambda: self.purposes_chosen.emit(frozenset(each.id for each in purposes))
        )
        names = [said(each.name) for each in purposes if each.id in shown]
        if len(names) == len(purposes):
            text = tr("toolbar.everything")
        elif len(names) > 2:
            text = tr("toolbar.and_more", first=names[0], count=len(names) - 1)
        else:
            text = " · ".join(names) or tr("toolbar.nothing")
        self._shown_text = text
        self.show_button.setToolTip(plain(f"{tr('toolbar.show')} {text}"))
        self._fit()

    def show_filter(self, on: bool) -> None:
        """Show whether a filter is in force."""
        self.filter.setProperty("pending", on)
        restyle(self.filter)

    def _show(self, name: str, on: bool) -> None:
        self.purposes_chosen.emit(self.shown | {name} if on else self.shown - {name})

    def show_whatif(self) -> None:
        """Show which what-if is laid over the design, and which others there are."""
        state = self._document.state
        menu = self.whatif.menu()
        empty(menu)
        baseline = menu.addAction(tr("toolbar.baseline"))
        baseline.setCheckable(True)
        baseline.setChecked(not state.tried)
        baseline.triggered.connect(lambda: self.scenario_chosen.emit(None))
        for scenario in state.design.scenarios:
            action = menu.addAction(scenario.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(scenario.id in state.laid)
            action.triggered.connect(
                lambda checked, scenario=scenario.id: self.scenario_chosen.emit(scenario)
            )
        names = [each.name for each in state.design.scenarios if each.id in state.laid]
        if state.pending:
            names.append(tr("toolbar.changes", count=len(state.pending)))
        name = " + ".join(names) or tr("toolbar.baseline")
        menu.addSeparator()
        for each in ("whatif_mode", "whatif_name", "whatif_adopt", "whatif_discard"):
            menu.addAction(self._actions[each])
        self._tried_text = name
        self.whatif.setToolTip(plain(f"{tr('toolbar.whatif')} {name}"))
        self._fit()
        self.whatif.setProperty("pending", state.tried)
        restyle(self.whatif)

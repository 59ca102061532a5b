"""What those who act for the window find there. The window has all of it; this way they need not know the window."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSplitter, QTabWidget

from gui.canvas.legend import Legend
from gui.canvas.scene import Scene
from gui.canvas.view import Canvas
from gui.document.document import Document
from gui.document.files import Files
from gui.document.selection import Selection
from gui.document.showing import Showing
from gui.panels.bottom import Bottom
from gui.panels.inspector import Inspector
from gui.panels.palette import Palette
from gui.panels.status import Status
from gui.panels.toolbar import Toolbar
from gui.panels.whatif import WhatIf
from gui.panels.why import WhyBox
from gui.preferences import Preferences
from gui.style.theme import Mode


class Desk(Protocol):
    """The parts of the window, and what can be asked of the window itself."""

    document: Document
    selection: Selection
    showing: Showing
    files: Files
    preferences: Preferences
    mode: Mode
    scene: Scene
    canvas: Canvas
    legend: Legend
    palette_panel: Palette
    side: QTabWidget
    right: QSplitter
    whatif: WhatIf
    why: WhyBox
    inspector: Inspector
    bottom: Bottom
    status: Status
    toolbar: Toolbar
    actions_by_id: dict[str, QAction]
    menus: dict[str, QMenu]

    def keep(self, changed: Preferences) -> None:
        """Keep other preferences."""

    def use_theme(self) -> None:
        """Take the colours the preferences ask for."""

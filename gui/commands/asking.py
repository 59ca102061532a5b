"""What is asked about a design in windows of its own: what would change a flow, and what a new catalog changes."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui import language
from gui.compare.howto import HowTo
from gui.compare.revision import RevisionWindow
from gui.desk import Desk
from gui.style import theme
from model.whatif.wishes import Wanted


class Asking(QObject):
    """Acts for the window. Each window is made when it is first asked for."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._w, self._parent = desk, parent
        self.howto: HowTo | None = None
        self.revision: RevisionWindow | None = None
        desk.why.asked.connect(self.ask)
        language.on_change(self._retranslate)

    def whatif_howto(self) -> None:
        """Ask what would make flows go or come."""
        self.ask(None)

    def ask(self, wanted: Wanted | None) -> None:
        """Look for the smallest changes that fulfil a wish."""
        if self.howto is None:
            self.howto = HowTo(self._w.document, self._w.selection, self._parent)
        self.howto.ask(wanted)

    def whatif_revision(self) -> None:
        """Ask what another catalog file would change."""
        if self.revision is None:
            self.revision = RevisionWindow(self._w.document, self._parent)
        self.revision.retranslate(theme.BY_MODE[self._w.mode])
        self.revision.show()
        self.revision.raise_()
        self.revision.activateWindow()

    def _retranslate(self) -> None:
        if self.howto is not None:
            self.howto.retranslate()
        if self.revision is not None:
            self.revision.retranslate(theme.BY_MODE[self._w.mode])

    def part(self) -> None:
        """Let go of what outlives the window, and let the threads end."""
        language.off_change(self._retranslate)
        for each in (self.howto, self.revision):
            if each is not None:
                each.wait()
                each.close()

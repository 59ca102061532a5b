"""The window's size and how it is divided, kept from one session to the next. Only Qt can write and read them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QSplitter, QWidget

_HIDDEN = "hidden"


class Geometry:
    """Of one window with its splitters and the panes that can be hidden, in a folder."""

    def __init__(
        self,
        folder: Path,
        window: QWidget,
        splitters: Mapping[str, QSplitter],
        panes: Mapping[str, QWidget],
    ) -> None:
        self._folder, self._window = folder, window
        self._splitters, self._panes = splitters, panes

    def _kept(self) -> QSettings:
        return QSettings(str(self._folder / "geometry.ini"), QSettings.Format.IniFormat)

    def restore(self) -> None:
        """Take the size, the division and what was hidden in the last session."""
        kept = self._kept()
        for name, splitter in self._splitters.items():
            state = kept.value(name)
            if state is not None:
                splitter.restoreState(state)
        hidden = str(kept.value(_HIDDEN, "")).split()
        for name, pane in self._panes.items():
            if name in hidden:
                pane.hide()
        geometry = kept.value("window")
        if geometry is not None:
            self._window.restoreGeometry(geometry)

    def keep(self) -> None:
        """Keep them as they are."""
        kept = self._kept()
        kept.setValue("window", self._window.saveGeometry())
        for name, splitter in self._splitters.items():
            kept.setValue(name, splitter.saveState())
        kept.setValue(_HIDDEN, " ".join(name for name, pane in self._panes.items() if pane.isHidden()))

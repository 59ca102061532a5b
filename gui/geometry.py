"""The window's size and how it is divided, kept from one session to the next. Only Qt can write and read them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QSplitter, QWidget


class Geometry:
    """Of one window with its splitters, in a folder."""

    def __init__(self, folder: Path, window: QWidget, splitters: Mapping[str, QSplitter]) -> None:
        self._folder, self._window, self._splitters = folder, window, splitters

    def _kept(self) -> QSettings:
        return QSettings(str(self._folder / "geometry.ini"), QSettings.Format.IniFormat)

    def restore(self) -> None:
        """Take the size and the division of the last session."""
        kept = self._kept()
        for name, splitter in self._splitters.items():
            state = kept.value(name)
            if state is not None:
                splitter.restoreState(state)
        geometry = kept.value("window")
        if geometry is not None:
            self._window.restoreGeometry(geometry)

    def keep(self) -> None:
        """Keep them as they are."""
        kept = self._kept()
        kept.setValue("window", self._window.saveGeometry())
        for name, splitter in self._splitters.items():
            kept.setValue(name, splitter.saveState())

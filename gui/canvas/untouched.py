"""What is painted on the canvas without being there for the pointer."""

from __future__ import annotations

from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsItem


class Untouched(QGraphicsItem):
    """An item that is never found at a place: the canvas finds what is drawn there by indices of its own."""

    def shape(self) -> QPainterPath:
        """Nothing."""
        return QPainterPath()

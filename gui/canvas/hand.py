"""What a tool has at hand: the document, the selection, the scene, and the scale it is seen at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt

from gui.canvas.scene import Scene
from gui.document.document import Document
from gui.document.selection import Selection
from model.shapes.geometry import Rect

Keys = Qt.KeyboardModifier
"""What is held of Ctrl, Shift and Alt."""


@dataclass(frozen=True)
class Hand:
    """`scale()` gives screen pixels per scene pixel, `seen()` the part of the scene that the view shows.

    `made(what, id)` is told of a new zone or note.
    """

    document: Document
    selection: Selection
    scene: Scene
    scale: Callable[[], float]
    seen: Callable[[], Rect]
    made: Callable[[str, str], None]

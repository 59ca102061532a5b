"""What a tool has at hand: the document, the selection, the scene, and the scale it is seen at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gui.canvas.scene import Scene
from gui.document import Document
from gui.selection import Selection
from model.geometry import Size


@dataclass(frozen=True)
class Hand:
    """`scale()` gives screen pixels per scene pixel; `made(what, id)` is told of a new zone or note."""

    document: Document
    selection: Selection
    scene: Scene
    scale: Callable[[], float]
    made: Callable[[str, str], None]

    def sizes(self) -> dict[str, Size]:
        """The size of every card."""
        return {name: frame.size for name, frame in self.scene.cards.items()}

"""All doers of this room, for the window."""

from __future__ import annotations

from typing import Protocol

from gui.commands.editing.aligning import Aligning
from gui.commands.editing.clipboard import Clipboard
from gui.commands.editing.counting import Counting
from gui.commands.editing.folding import Folding
from gui.commands.editing.layering import Layering
from gui.desk import Desk


class Doer(Protocol):
    """Acts for the window."""

    def follow(self) -> None:
        """Let the actions say what can be done now."""


def editing(desk: Desk) -> tuple[Doer, ...]:
    """The doers, following the document and the selection; `follow` has to be called once the actions are there."""
    made: tuple[Doer, ...] = (Aligning(desk), Layering(desk), Folding(desk), Clipboard(desk), Counting(desk))
    for each in made:
        desk.document.stack.indexChanged.connect(lambda index, each=each: each.follow())
        desk.selection.changed.connect(lambda origin, each=each: each.follow())
    return made

"""The keyboard's way of moving and shaping: what is selected goes a step for every press, and so do the pieces of a
connector and the edges of a zone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from gui.canvas.bends import is_level, piece_at
from gui.canvas.hand import Hand
from gui.canvas.moving import Resize
from gui.canvas.walking import WAYS
from gui.document.moves import nudged
from gui.document.selection import Pair
from gui.language import tr
from model.design.design import Design
from model.editing import bending, locks
from model.editing.placing import GRID
from model.shapes.geometry import Point

Way = tuple[int, int]

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Shaping:
    """Arrows nudge things (Shift: by a pixel). With a connector selected they move the piece held, to the next line of
    the grid (Shift: off it), or go on to the piece at that end.

    With a zone selected, Ctrl and an arrow push the edge on that side out, with Shift as well they pull it in.
    `tell` is handed what a screen reader says of pieces and edges.
    """

    def __init__(self, hand: Hand, tell: Callable[[str], None]) -> None:
        self._hand, self._tell = hand, tell

    def press(self, event: QKeyEvent) -> bool:
        """Follow a key; False where it is none of those."""
        key, keys = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key not in WAYS:
            return False
        way, selection = WAYS[key], self._hand.selection
        shifted, others = bool(keys & _SHIFT), keys & ~_SHIFT
        zone = next(iter(selection.ids)) if len(selection.ids) == 1 else None
        if others == Qt.KeyboardModifier.NoModifier and selection.pair is not None:
            self._bend(self._hand.scene.folding.pair(selection.pair), way, 1 if shifted else GRID)
        elif others == Qt.KeyboardModifier.NoModifier and selection.ids:
            self._nudge(selection.ids, way, 1 if shifted else GRID)
        elif others == _CTRL and zone in self._hand.scene.areas.boxes:
            self._resize(zone, way, -1 if shifted else 1)
        else:
            return False
        return True

    def _nudge(self, ids: frozenset[str], way: Way, step: int) -> None:
        by, sizes = (way[0] * step, way[1] * step), self._hand.scene.sizes
        self._hand.document.edit(tr("edit.nudge"), lambda design: nudged(design, ids, by, sizes))

    # Connectors

    def _bend(self, pair: Pair, way: Way, step: int) -> None:
        scene = self._hand.scene
        if pair not in scene.wires.pairs:
            return
        if not scene.bendable(pair):
            self._hand.document.edit(tr("edit.bend"), lambda design: _one(design, pair))
            return
        line, piece = scene.wires.pairs[pair].wire.points, scene.handles.held
        across = [k for k in range(len(line) - 1) if is_level(line[k], line[k + 1]) == (way[1] != 0)]
        if piece is None:
            piece = max(across or range(len(line) - 1), key=lambda k: _length(line, k))
        elif piece not in across:
            piece = _neighbour(line, piece, way)
            across = []
        scene.handles.hold(piece)
        if piece in across:
            self._move(pair, line, piece, sum(way), step)
        else:
            self._say(line, piece)

    def _move(self, pair: Pair, line: Sequence[Point], piece: int, sign: int, step: int) -> None:
        scene, cards = self._hand.scene, self._hand.scene.cards

        def change(design: Design) -> Design:
            course = bending.stepped(pair, tuple(line), piece, sign, step, cards)
            return bending.lay(design, course, cards)

        level = is_level(line[piece], line[piece + 1])
        if self._hand.document.edit(tr("edit.bend"), change):
            middle = QPointF(*_middle(line, piece))
            line = scene.wires.pairs[pair].wire.points
            alike = [k for k in range(len(line) - 1) if is_level(line[k], line[k + 1]) == level]
            scene.handles.hold(piece_at(line, middle, alike))
            self._say(line, scene.handles.held or 0)

    def _say(self, line: Sequence[Point], piece: int) -> None:
        a, b = line[piece], line[piece + 1]
        number, of = piece + 1, len(line) - 1
        if is_level(a, b):
            self._tell(tr("spoken.level_piece", number=number, of=of, place=round(a.y)))
        else:
            self._tell(tr("spoken.upright_piece", number=number, of=of, place=round(a.x)))

    # Zones

    def _resize(self, name: str, way: Way, outwards: int) -> None:
        hand = self._hand
        side = {(-1, 0): "w", (1, 0): "e", (0, -1): "n", (0, 1): "s"}[way]
        if hand.scene.locked(name):
            hand.document.edit(tr("edit.resize"), lambda design: _unlocked(design, name))
            return
        frame = hand.document.view.design.zone_by_id[name].rect
        edge = {"w": frame.left, "e": frame.right, "n": frame.top, "s": frame.bottom}[side]
        by = bending.next_place(edge, sum(way) * outwards, GRID) - edge
        resize = Resize(hand, name, side)
        resize.to(by, by, True)
        resize.commit()
        zone = hand.document.view.design.zone_by_id[name]
        _, _, width, height = zone.frame
        self._tell(tr("spoken.sized", name=zone.name, width=width, height=height))


def _one(design: Design, pair: Pair) -> Design:
    bending.refuse_nodes(design, pair)
    return design


def _unlocked(design: Design, name: str) -> Design:
    locks.free(design, (name,))
    return design


def _length(line: Sequence[Point], piece: int) -> float:
    a, b = line[piece], line[piece + 1]
    return abs(a.x - b.x) + abs(a.y - b.y)


def _middle(line: Sequence[Point], piece: int) -> tuple[float, float]:
    a, b = line[piece], line[piece + 1]
    return (a.x + b.x) / 2, (a.y + b.y) / 2


def _neighbour(line: Sequence[Point], piece: int, way: Way) -> int:
    """The piece at the end of a piece that lies this way; itself where the line ends there."""
    a, b = line[piece], line[piece + 1]
    onwards = (b.x - a.x) * way[0] + (b.y - a.y) * way[1] > 0
    return min(max(piece + (1 if onwards else -1), 0), len(line) - 2)

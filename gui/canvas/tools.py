"""What the left mouse button does: one tool per mode. A tool previews, and ends in one edit or in nothing."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt

from gui.canvas.bends import Bend, is_level, piece_at
from gui.canvas.bundles import Bundle, Pair
from gui.canvas.copying import Copy
from gui.canvas.hand import Hand, Keys
from gui.canvas.handle import Handle
from gui.canvas.hosts import on_badge
from gui.canvas.moving import Move, Resize
from gui.canvas.nodes import fold
from gui.canvas.tying import Tying, begin
from gui.canvas.wires import REACH
from gui.language import tr
from model.design.design import Design
from model.editing import edits
from model.editing.placing import innermost, rejoined, snapped
from model.shapes.geometry import Point

_CTRL, _SHIFT, _ALT = (
    Keys.ControlModifier,
    Keys.ShiftModifier,
    Keys.AltModifier,
)

SLACK = 4.0
"""How far (screen pixels) the mouse moves before a click becomes a drag."""

CURSORS = {
    "n": Qt.CursorShape.SizeVerCursor,
    "s": Qt.CursorShape.SizeVerCursor,
    "w": Qt.CursorShape.SizeHorCursor,
    "e": Qt.CursorShape.SizeHorCursor,
    "nw": Qt.CursorShape.SizeFDiagCursor,
    "se": Qt.CursorShape.SizeFDiagCursor,
    "ne": Qt.CursorShape.SizeBDiagCursor,
    "sw": Qt.CursorShape.SizeBDiagCursor,
    "move": Qt.CursorShape.SizeAllCursor,
}


class Tool(Protocol):
    """What a mode does with the left button, and with the keys held meanwhile. `cancel` leaves everything as it was;
    `busy`: something is being drawn."""

    @property
    def busy(self) -> bool: ...
    def press(self, point: QPointF, keys: Keys) -> None: ...
    def drag(self, point: QPointF, keys: Keys) -> None: ...
    def release(self, point: QPointF) -> None: ...
    def cancel(self) -> None: ...
    def cursor(self, point: QPointF) -> Qt.CursorShape: ...


class SelectTool:
    """Selects, moves, resizes zones, draws the rubber band, and lines that begin at the handle of a card.

    Ctrl adds to the selection with a click, and duplicates what is dragged while it is held.
    """

    def __init__(self, hand: Hand, handle: Handle) -> None:
        self._hand, self._handle = hand, handle
        self._tying: Tying | None = None
        self._start: QPointF | None = None
        self._armed = ""
        self._grip = ("", "")
        self._pair: tuple[str, str] | None = None
        self._before: frozenset[str] = frozenset()
        self._alone: str | None = None
        """What was pressed of several things selected: a click that moves nothing selects it alone."""
        self._turned: str | None = None
        """What was pressed with Ctrl: a click that moves nothing adds it to the selection, or takes it out."""
        self._gesture: Move | Copy | Resize | Bend | None = None
        self._band = False

    @property
    def busy(self) -> bool:
        return self._band or self._gesture is not None or self._tying is not None

    @property
    def copying(self) -> bool:
        """Whether copies are being dragged."""
        return isinstance(self._gesture, Copy)

    def press(self, point: QPointF, keys: Keys) -> None:
        hand = self._hand
        self.cancel()
        source = self._handle.at(point, hand.scale())
        if source is not None:
            self._tying = begin(hand, source, point)
            return
        self._start = point
        self._before = hand.selection.ids if keys & (_CTRL | _SHIFT) else frozenset()
        folded = hand.scene.fold_at(point)
        if folded is not None:
            self._armed = ""
            fold(hand.document, frozenset((folded,)), not hand.document.design.zone_by_id[folded].collapsed)
            return
        thing = hand.scene.card_at(point) or hand.scene.note_at(point)
        if thing is None:
            wire = hand.scene.wires.hit(point, hand.scale())
            if wire is not None:
                hand.scene.choose(wire)
                self._armed = ""
                if not isinstance(wire, Bundle) and hand.scene.bendable(wire):
                    self._armed, self._pair = "bend", wire
                return
            grip = hand.scene.zone_grip(point, REACH / hand.scale())
            if grip is None:
                self._armed = "band"
                return
            thing, self._grip = grip[0], self._allowed(grip)
        else:
            self._grip = ("", "move")
        self._pick(thing, keys)
        self._armed = "move" if self._grip[1] == "move" else "resize"

    def _allowed(self, grip: tuple[str, str]) -> tuple[str, str]:
        """A locked zone has no borders to hold; what is tried with it is refused like a move."""
        return (grip[0], "move") if self._hand.scene.locked(grip[0]) else grip

    def _pick(self, thing: str, keys: Keys) -> None:
        ids = self._hand.selection.ids
        if keys & _SHIFT:
            self._hand.selection.select(ids ^ {thing})
        elif keys & _CTRL:
            self._turned = thing
        elif thing not in ids:
            self._hand.selection.select([thing])
        elif len(ids) > 1:
            self._alone = thing

    def drag(self, point: QPointF, keys: Keys) -> None:
        if self._tying is not None:
            self._tying.move(point)
            return
        if self._start is None or not self._armed:
            return
        dx, dy = point.x() - self._start.x(), point.y() - self._start.y()
        if self._gesture is None and not self._band:
            if max(abs(dx), abs(dy)) * self._hand.scale() < SLACK:
                return
            self._begin(keys)
        elif isinstance(self._gesture, Move | Copy) and self.copying != bool(keys & _CTRL):
            self._gesture.abandon()
            self._hand.scene.overlay.clear()
            self._gesture = Copy(self._hand) if keys & _CTRL else Move(self._hand)
        if self._gesture is not None:
            self._gesture.to(dx, dy, bool(keys & _ALT))
        elif self._band:
            self._stretch(QRectF(self._start, point).normalized())

    def _begin(self, keys: Keys) -> None:
        if self._turned is not None and self._turned not in self._hand.selection.ids:
            self._hand.selection.select([self._turned])
        if self._armed == "band":
            self._band = True
        elif self._armed == "bend":
            if self._pair is not None and self._start is not None:
                self._gesture = Bend(self._hand, self._pair, self._start)
        elif self._armed == "resize":
            self._gesture = Resize(self._hand, *self._grip)
        elif self._hand.selection.ids:
            self._gesture = Copy(self._hand) if keys & _CTRL else Move(self._hand)

    def _stretch(self, band: QRectF) -> None:
        scene = self._hand.scene
        scene.overlay.show_band(band)
        inside = {n for n, f in scene.cards.items() if band.intersects(QRectF(f.x, f.y, f.width, f.height))}
        inside |= {note.id for note in scene.notes if band.intersects(QRectF(*note.frame))}
        inside |= {zone.id for zone in scene.zones if band.contains(QRectF(*zone.frame))}
        self._hand.selection.select(self._before | inside)

    def release(self, point: QPointF) -> None:
        if self._tying is not None:
            at_handle = self._handle.at(point, self._hand.scale())
            tying, self._tying = self._tying, None
            tying.move(point)
            tying.commit()
            if at_handle is not None:
                self._hand.made("tie", at_handle)
            return
        if self._gesture is not None:
            gesture, self._gesture = self._gesture, None
            gesture.commit()
        elif self._turned is not None:
            self._hand.selection.select(self._hand.selection.ids ^ {self._turned})
        elif self._alone is not None:
            self._hand.selection.select([self._alone])
        elif self._armed == "band" and not self._band:
            zone = self._hand.scene.zone_at(point)
            self._hand.selection.select(self._before | ({zone} if zone else set()))
        self.cancel()

    def cancel(self) -> None:
        if self._tying is not None:
            self._tying.abandon()
            self._tying = None
        if self._gesture is not None:
            self._gesture.abandon()
            self._gesture = None
        self._hand.scene.overlay.clear()
        self._start, self._armed, self._band, self._alone, self._turned = None, "", False, None, None

    def cursor(self, point: QPointF) -> Qt.CursorShape:
        if self.copying:
            return Qt.CursorShape.DragCopyCursor
        if self._handle.at(point, self._hand.scale()) is not None:
            return Qt.CursorShape.CrossCursor
        scene = self._hand.scene
        if scene.fold_at(point):
            return Qt.CursorShape.PointingHandCursor
        if on_badge(scene, point):
            return Qt.CursorShape.IBeamCursor
        if scene.card_at(point) or scene.note_at(point):
            return Qt.CursorShape.ArrowCursor
        wire = scene.wires.hit(point, self._hand.scale())
        if wire is not None:
            return self._over(wire, point)
        grip = scene.zone_grip(point, REACH / self._hand.scale())
        if grip is None or scene.locked(grip[0]):
            return Qt.CursorShape.ArrowCursor
        return CURSORS[grip[1]]

    def _over(self, wire: Pair | Bundle, point: QPointF) -> Qt.CursorShape:
        """Which way a piece of the chosen connector can be taken; others are chosen first."""
        scene = self._hand.scene
        if isinstance(wire, Bundle) or not (scene.is_chosen(wire) and scene.bendable(wire)):
            return Qt.CursorShape.PointingHandCursor
        line = scene.wires.pairs[wire].wire.points
        piece = piece_at(line, point)
        level = is_level(line[piece], line[piece + 1])
        return Qt.CursorShape.SizeVerCursor if level else Qt.CursorShape.SizeHorCursor


class FrameTool:
    """Draws the frame of a new zone or note; a click makes one of the usual size."""

    def __init__(self, hand: Hand, what: str) -> None:
        self._hand, self._what = hand, what
        self._start: QPointF | None = None

    @property
    def busy(self) -> bool:
        return self._start is not None

    def press(self, point: QPointF, keys: Keys) -> None:
        self._start = point

    def drag(self, point: QPointF, keys: Keys) -> None:
        if self._start is not None:
            self._hand.scene.overlay.show_band(QRectF(self._start, point).normalized())

    def release(self, point: QPointF) -> None:
        if self._start is None:
            return
        drawn = QRectF(self._start, point).normalized()
        usual = (320, 220) if self._what == "zone" else (200, 80)
        if drawn.width() < 20 or drawn.height() < 20:
            drawn = QRectF(drawn.topLeft(), drawn.topLeft() + QPointF(*usual))
        self.cancel()
        x, y = snapped(Point(drawn.x(), drawn.y()))
        width, height = snapped(Point(max(drawn.width(), 40), max(drawn.height(), 40)))
        new = self._zone(x, y, width, height) if self._what == "zone" else self._note(x, y, width, height)
        if new is not None:
            self._hand.selection.select([new])
            self._hand.made(self._what, new)

    def _zone(self, x: int, y: int, width: int, height: int) -> str | None:
        document, made = self._hand.document, [""]
        parent = innermost(document.edited, Point(x, y))
        if parent is not None and not document.edited.zone_by_id[parent].rect.contains(
            Point(x + width, y + height)
        ):
            parent = None
        name = document.free_name(tr("new.subnet") if parent else tr("new.zone"))

        def change(design: Design) -> Design:
            after, made[0] = edits.add_zone(
                design, name, "subnet" if parent else "vpc", (x, y, width, height), parent
            )
            return rejoined(after, self._hand.scene.sizes, made[0])

        return made[0] if document.edit(tr("edit.add_zone"), change) else None

    def _note(self, x: int, y: int, width: int, height: int) -> str | None:
        document, made = self._hand.document, [""]

        def change(design: Design) -> Design:
            after, made[0] = edits.add_note(design, tr("new.note"), (x, y, width, height))
            return after

        return made[0] if document.edit(tr("edit.add_note"), change) else None

    def cancel(self) -> None:
        self._start = None
        self._hand.scene.overlay.clear()

    def cursor(self, point: QPointF) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor

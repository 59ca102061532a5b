"""A short glide from where things were to where they are now, so that eyes can follow an arrangement.

Only the picture glides: document and scene are in their new state from the start, and any change ends it at once.
"""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle

from gui.canvas.scene import Scene
from model.shapes.geometry import Rect

DURATION = 220
"""Milliseconds."""
MANY = 600
"""With more components than this, moving them all takes longer than a glide should."""

Frames = tuple[dict[str, Rect], dict[str, Rect]]
"""Where the cards are, and the zones."""


def usual_duration() -> int:
    """How long a glide takes here: nothing where the desktop wants no animations, or nobody is watching."""
    wanted = QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
    return DURATION if wanted > 0 and QGuiApplication.platformName() != "offscreen" else 0


class Glide(QObject):
    """Lets cards and zones of a scene glide into their places."""

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self.duration = usual_duration()
        self._from: Frames = ({}, {})
        self._cards: frozenset[str] = frozenset()
        self.motion = QVariantAnimation(self)
        self.motion.setStartValue(0.0)
        self.motion.setEndValue(1.0)
        self.motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.motion.valueChanged.connect(self._show)
        self.motion.finished.connect(self.end)
        scene.shown.connect(self.end)

    def frames(self) -> Frames:
        """Where everything is now; to be given to `begin` after a change."""
        scene = self._scene
        return dict(scene.cards), {zone.id: zone.rect for zone in scene.design.zones}

    def begin(self, before: Frames) -> None:
        """Let everything glide from where it was."""
        scene = self._scene
        moved = frozenset(n for n, frame in scene.cards.items() if before[0].get(n, frame) != frame)
        if not moved or not self.duration or len(scene.cards) > MANY:
            return
        self._from, self._cards = before, moved
        scene.wires.hide_at(moved)
        self._show(0.0)
        self.motion.setDuration(self.duration)
        self.motion.start()

    def end(self) -> None:
        """Show everything where it is."""
        if not self._cards:
            return
        self._show(1.0)
        self._cards = frozenset()
        self.motion.stop()
        self._scene.wires.hide_at(frozenset())

    def _show(self, share: float) -> None:
        scene = self._scene
        for name in self._cards & scene.card_items.keys():
            scene.card_items[name].move_to(_between(self._from[0][name], scene.cards[name], share))
        for zone in scene.design.zones if self._cards else ():
            start = self._from[1].get(zone.id, zone.rect)
            if start != zone.rect:
                frame = _between(start, zone.rect, share)
                whole = round(frame.x), round(frame.y), round(frame.width), round(frame.height)
                scene.areas.preview(zone.evolve(frame=whole))


def _between(start: Rect, end: Rect, share: float) -> Rect:
    def value(a: float, b: float) -> float:
        return a + (b - a) * share

    return Rect(
        value(start.x, end.x),
        value(start.y, end.y),
        value(start.width, end.width),
        value(start.height, end.height),
    )

"""Marks that only the canvas shows: that something is locked."""

from __future__ import annotations

from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Box, IconMark, Primitive
from model.shapes.theme import Theme

_BADGE = 18.0


def lock_badge(at: Point, theme: Theme) -> tuple[Primitive, ...]:
    """A small round badge with a lock, its middle at a point."""
    plate = Rect(at.x - _BADGE / 2, at.y - _BADGE / 2, _BADGE, _BADGE)
    return (
        Box(plate, _BADGE / 2, theme.card, theme.card_stroke, 1.2),
        IconMark("lock", plate.inset(4), theme.text),
    )

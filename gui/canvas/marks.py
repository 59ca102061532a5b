"""Marks that only the canvas shows: that something is locked."""

from __future__ import annotations

from model.picture.look import Look
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Box, Group, IconMark, Primitive
from model.shapes.theme import Theme

_BADGE = 18.0


def marked(group: Group, locked: bool, look: Look, frame: Rect) -> Group:
    """With the mark of a lock at the upper right corner of a frame where it is locked."""
    if not locked:
        return group
    badge = _lock_badge(Point(frame.right - 3, frame.top + 3), look.theme)
    return Group(group.subject, group.title, (*group.items, *badge))


def _lock_badge(at: Point, theme: Theme) -> tuple[Primitive, ...]:
    """A small round badge with a lock, its middle at a point."""
    plate = Rect(at.x - _BADGE / 2, at.y - _BADGE / 2, _BADGE, _BADGE)
    return (
        Box(plate, _BADGE / 2, theme.card, theme.card_stroke, 1.2),
        IconMark("lock", plate.inset(4), theme.text),
    )

"""Components that are taken away on trial: they are shown where they were."""

from __future__ import annotations

from gui.canvas.cards import CardLayer
from gui.document.document import View
from model.design.elements import Component
from model.editing.folding import Folding
from model.picture.cards import card_with, component_lines
from model.picture.differing import badged
from model.picture.look import Look
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Box, Group

GHOST = 0.55
"""How strongly what is taken away on trial is drawn."""


def gone(view: View) -> tuple[Component, ...]:
    """The components of the baseline that are not shown any more."""
    if view.comparison is None:
        return ()
    there = view.design.component_by_id
    return tuple(each for each in view.baseline.design.components if each.id not in there)


def show_ghosts(layer: CardLayer, view: View, folding: Folding, look: Look) -> dict[str, Rect]:
    """Draw what is taken away on trial, faintly and marked, where it was; not what lies in a collapsed zone."""
    zones = view.design.zone_by_id
    hidden = {each.id for each in folding.nodes} | folding.within.keys()
    groups: dict[str, Group] = {}
    frames: dict[str, Rect] = {}
    for each in gone(view):
        if each.zone in hidden and each.zone in zones:
            continue
        group = card_with(each, component_lines(each, view.baseline, look), look)
        frames[each.id] = frame_of(group, each.point)
        groups[each.id] = badged(group, "removed", look)
    layer.show_cards(groups, frames)
    for card in layer.cards.values():
        card.set_ring(look.theme.changes["removed"].colour)
        card.opacity = GHOST
    return frames


def frame_of(group: Group, at: Point) -> Rect:
    """A card's place in the scene: its first primitive is its sheet."""
    sheet = group.items[0]
    assert isinstance(sheet, Box), "a card begins with its sheet"
    return Rect(at.x, at.y, sheet.rect.width, sheet.rect.height)

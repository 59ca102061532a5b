"""Components that a comparison concerns: which come, go or are chosen otherwise, and how that shows on a card."""

from __future__ import annotations

from gui.canvas.cards import CardLayer
from gui.document.document import View
from model.derivation.comparison import Status
from model.design.elements import Component
from model.editing.folding import Folding
from model.picture.cards import card_with, component_lines
from model.picture.look import Look
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Box, Group, Text

GHOST = 0.55
"""How strongly what is taken away on trial is drawn."""

_RADIUS = 8.0
_SIZE = 13.0


def statuses(view: View) -> dict[str, Status]:
    """The components shown that come, or differ from the baseline in what a what-if can change."""
    if view.comparison is None:
        return {}
    before, after = view.baseline.design, view.design
    found: dict[str, Status] = {}
    for each in after.components:
        was = before.component_by_id.get(each.id)
        if was is None:
            found[each.id] = "added"
        elif was is not each and _choices(was) != _choices(each):
            found[each.id] = "changed"
    if before.assignments is not after.assignments:
        for name in before.assignments_of.keys() | after.assignments_of.keys():
            differs = before.assignments_of.get(name) != after.assignments_of.get(name)
            if differs and name in after.component_by_id:
                found.setdefault(name, "changed")
    return found


def gone(view: View) -> tuple[Component, ...]:
    """The components of the baseline that are not shown any more."""
    if view.comparison is None:
        return ()
    there = view.design.component_by_id
    return tuple(each for each in view.baseline.design.components if each.id not in there)


def _choices(component: Component) -> tuple[object, ...]:
    return component.count, component.features, component.settings, component.ports, component.proxies


def badged(group: Group, status: Status | None, frame: Rect, look: Look) -> Group:
    """A card with the mark of its change at the upper left corner: +, − or ~; as it is where nothing changed."""
    if status is None:
        return group
    style = look.theme.changes[status]
    at = Point(frame.left + 2, frame.top + 2)
    disc = Rect(at.x - _RADIUS, at.y - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
    mark = Text(
        at.x,
        at.y + look.measure.ascent(_SIZE) * 0.38,
        style.mark,
        _SIZE,
        style.colour,
        bold=True,
        anchor="middle",
    )
    items = (*group.items, Box(disc, _RADIUS, style.fill, style.colour, 1.4), mark)
    return Group(group.subject, f"{style.mark} {group.title}", items)


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
        groups[each.id] = badged(group, "removed", frame_of(group, Point(0, 0)), look)
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

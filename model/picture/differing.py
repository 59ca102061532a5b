"""Components that a comparison concerns: which come or are chosen otherwise, and how that shows on a card."""

from __future__ import annotations

from model.derivation.comparison import Status
from model.design.design import Design
from model.design.elements import Component
from model.picture.look import Look
from model.shapes.geometry import Point, Rect
from model.shapes.primitives import Box, Group, Text

_RADIUS = 8.0
_SIZE = 13.0


def statuses(before: Design, after: Design) -> dict[str, Status]:
    """The components of the later design that come, or differ in what a what-if can change."""
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


def _choices(component: Component) -> tuple[object, ...]:
    return component.count, component.features, component.settings, component.ports, component.proxies


def badged(group: Group, status: Status | None, look: Look) -> Group:
    """A card with the mark of its change at the upper left corner: +, − or ~; as it is where nothing changed."""
    if status is None:
        return group
    style, sheet = look.theme.changes[status], group.items[0]
    assert isinstance(sheet, Box), "a card begins with its sheet"
    at = Point(sheet.rect.left + 2, sheet.rect.top + 2)
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

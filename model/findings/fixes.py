"""Edits that fixes are made of: the same change for many components in one step, however many there are.

What has been removed since the finding was made is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from model.catalog.rules import Kind
from model.design.design import Design
from model.design.elements import Assignment, Component
from model.editing import edits
from model.editing.placing import GAP, GRID
from model.editing.room import Room, largest_cards
from model.picture.cards import LARGEST
from model.shapes.geometry import Point, Rect, snap


def for_each(design: Design, ids: Collection[str], change: Callable[[Component], Component]) -> Design:
    """The design with `change` made to each of the components."""
    chosen = frozenset(ids)
    return edits.change_design(
        design, components=tuple(change(each) if each.id in chosen else each for each in design.components)
    )


def set_everywhere(design: Design, ids: Collection[str], setting: str, value: str) -> Design:
    """The design with a setting chosen at each of the components."""
    return for_each(design, ids, lambda each: each.evolve(settings={**each.settings, setting: value}))


def switch_everywhere(design: Design, ids: Collection[str], feature: str, value: bool) -> Design:
    """The design with a feature switched on or off at each of the components."""
    return for_each(design, ids, lambda each: each.evolve(features={**each.features, feature: value}))


def tie(design: Design, kind: str, ties: Mapping[str, tuple[str, ...] | None]) -> Design:
    """The design with each source tied to these components of a kind; empty: to none, None: to all again."""
    known = design.component_by_id
    kept = tuple(each for each in design.assignments if each.kind != kind or each.source not in ties)
    made = tuple(
        Assignment(
            source=source, kind=kind, targets=tuple(each for each in chosen if each in known) or "none"
        )
        for source, chosen in ties.items()
        if chosen is not None and source in known
    )
    return edits.change_design(design, assignments=(*kept, *made))


def add(design: Design, kind: Kind, zone: str | None, at: Point | None = None) -> Design:
    """With a component of a kind in a zone, near a point, or where the zone begins; outside all zones, at the right."""
    design, new = edits.place(design, kind.id, kind.name.en, (0, 0), zone)
    room = Room(design, largest_cards(design), without=(new,))
    if at is None:
        there = room.zone(zone) if zone is not None else room.extent() or Rect(0, 0, 0, 0)
        at = Point(there.left if zone is not None else snap(there.right + 2 * GAP, GRID), there.top)
    room.put({new: Rect(*at, *LARGEST)}, zone)
    return room.applied()

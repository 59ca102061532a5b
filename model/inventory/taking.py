"""A design with an inventory's plan carried out: components placed and changed, with room made in their zones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from model.catalog.condition import AGENT_VERSION
from model.derivation.derive import derive
from model.design.design import Design
from model.editing import edits
from model.editing.room import Room
from model.inventory.blocks import add_below, add_zones, fill
from model.inventory.planning import Plan, Step
from model.picture.cards import roomy_size
from model.picture.look import Look
from model.shapes.geometry import Rect, Size

_UNPLACED = (0, 0, 10, 10)
"""The frame of a new zone until it has its place."""

Sizes = Callable[[Design], Mapping[str, Size]]
"""How large the cards of a design are, by component."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The design with all done, and the ids of the components that were placed or changed."""

    design: Design
    touched: tuple[str, ...]


def take(design: Design, plan: Plan, sizes: Sizes) -> Taken:
    """Carry out a plan that was made for this design. Raises DesignError where the design cannot hold it."""
    steps = [step for step in plan.steps if step.fate != "unchanged"]
    names = _Ids(edits.taken(design))
    zones = {zone: names.fresh(zone, "zone") for zone in plan.zones}
    ids = [step.component or names.fresh(step.name, step.kind) for step in steps]
    homes = [zones.get(step.zone, step.zone) or None for step in steps]
    after = _with_zones(design, zones)
    after = _with_components(after, steps, ids, homes)
    moving = {name: home for step, name, home in zip(steps, ids, homes, strict=True) if step.moves}
    after = _placed(after, moving, tuple(zones.values()), sizes(after))
    return Taken(after, tuple(ids))


def card_sizes(look: Look) -> Sizes:
    """The sizes of cards as they are drawn, wide enough for both languages."""

    def sizes(design: Design) -> Mapping[str, Size]:
        graph = derive(design, look.catalog)
        return {component.id: roomy_size(component, graph, look) for component in design.components}

    return sizes


def _with_zones(design: Design, zones: Mapping[str, str]) -> Design:
    if not zones:
        return design
    new = [{"id": name, "name": title, "kind": "other", "frame": _UNPLACED} for title, name in zones.items()]
    return edits.change_design(design, zones=(*design.zones, *new))


def _with_components(
    design: Design, steps: Sequence[Step], ids: Sequence[str], homes: Sequence[str | None]
) -> Design:
    """All new and changed fields at once; a new kind drops the assignments that no longer fit."""
    fields: dict[str, dict[str, object]] = {}
    other_kind: set[str] = set()
    for step, name, home in zip(steps, ids, homes, strict=True):
        old = design.component_by_id.get(name)
        changed = {field for field, _, _ in step.changes}
        settings = dict(old.settings) if old is not None else {}
        if step.version and (old is None or "version" in changed):
            settings[AGENT_VERSION] = step.version
        fields[name] = {
            "kind": step.kind,
            "zone": home,
            "count": step.count,
            "addresses": step.addresses,
            "settings": settings,
        }
        if "kind" in changed:
            other_kind.add(name)
        if old is None:
            fields[name] |= {"id": name, "name": step.name}
    old_ones = [
        {**dict(each), **fields[each.id]} if each.id in fields else each for each in design.components
    ]
    new_ones = [fields[name] for name in ids if name not in design.component_by_id]
    return edits.change_design(
        design,
        components=(*old_ones, *new_ones),
        assignments=tuple(
            each
            for each in design.assignments
            if each.source not in other_kind and other_kind.isdisjoint(each.chosen)
        ),
    )


class _Ids:
    """New ids as `edits.fresh_id` makes them, quick also where thousands wish for the same one."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._next: dict[str, int] = {}

    def fresh(self, name: str, otherwise: str) -> str:
        """An id made of a name, or of something else where the name has no Latin letter or digit."""
        wish = name if re.search(r"[A-Za-z0-9]", name) else otherwise
        base = edits.fresh_id((), wish)
        number = self._next.get(base, 1)
        new = base if number == 1 else f"{base}-{number}"
        while new in self._taken:
            number += 1
            new = f"{base}-{number}"
        self._next[base] = number + 1
        self._taken.add(new)
        return new


# Room


def _placed(
    design: Design,
    moving: Mapping[str, str | None],
    new_zones: Sequence[str],
    sizes: Mapping[str, Size],
) -> Design:
    """With components in rows at a free place of their zones, which grow where they must."""
    by_zone: dict[str | None, list[str]] = {}
    for name, zone in moving.items():
        by_zone.setdefault(zone, []).append(name)
    cards = {
        each.id: Rect(*each.position, *sizes[each.id]) for each in design.components if each.id not in moving
    }
    room = Room(design, cards, without=frozenset((*moving, *new_zones)))
    for zone in (each.id for each in design.zones if each.id in by_zone and each.id not in new_zones):
        fill(room, sizes, zone, by_zone[zone])
    if None in by_zone:
        add_below(room, sizes, by_zone[None])
    add_zones(room, sizes, {zone: by_zone[zone] for zone in new_zones})
    return room.applied()

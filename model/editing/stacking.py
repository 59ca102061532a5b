"""Which zones and notes lie over others: their order in the design, later ones on top.

A zone always lies over the zones around it; among zones of one depth, and among notes, the order decides.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Literal, TypeVar

from model.design.design import Design
from model.design.elements import Note, Zone
from model.editing import edits

Where = Literal["front", "forward", "backward", "back"]

_Thing = TypeVar("_Thing", Zone, Note)


def restacked(design: Design, ids: Collection[str], where: Where) -> Design:
    """Bring zones and notes to the front, send them to the back, or past the next one they overlap."""
    chosen = frozenset(ids)
    depth = {zone.id: len(design.zone_chain(zone.id)) for zone in design.zones}

    def beside(one: Zone, other: Zone) -> bool:
        return depth[one.id] == depth[other.id] and one.rect.intersects(other.rect)

    return edits.change_design(
        design,
        zones=_restacked(design.zones, chosen, where, beside),
        notes=_restacked(design.notes, chosen, where, lambda one, other: one.rect.intersects(other.rect)),
    )


def _restacked(
    things: Sequence[_Thing],
    chosen: frozenset[str],
    where: Where,
    over: Callable[[_Thing, _Thing], bool],
) -> tuple[_Thing, ...]:
    if where in ("back", "backward"):
        towards: Where = "front" if where == "back" else "forward"
        return _restacked(things[::-1], chosen, towards, over)[::-1]
    if where == "front":
        return tuple(sorted(things, key=lambda thing: thing.id in chosen))
    order = list(things)
    for thing in reversed(things):
        at = order.index(thing)
        above = range(at + 1, len(order))
        passed = next((n for n in above if order[n].id not in chosen and over(thing, order[n])), None)
        if thing.id in chosen and passed is not None:
            order.insert(passed, order.pop(at))
    return tuple(order)

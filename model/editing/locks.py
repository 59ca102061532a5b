"""Locks: what is locked is not moved, renamed or deleted by hand until it is unlocked.

A lock guards against a slip of the hand, not against the design: what a zone holds goes along with the zone, a
what-if may still take a locked component away, and every other field can be changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

from model.design.design import Design
from model.design.elements import Component, Note, Zone
from model.editing import edits
from model.errors import DesignError
from model.sentences import told

_Thing = TypeVar("_Thing", Component, Zone, Note)


def locked(design: Design) -> frozenset[str]:
    """The ids of all that is locked."""
    every: tuple[Component | Zone | Note, ...] = (*design.components, *design.zones, *design.notes)
    return frozenset(each.id for each in every if each.locked)


def free(design: Design, ids: Iterable[str]) -> frozenset[str]:
    """Those of `ids` that a hand may move, rename or delete. Raises DesignError where there are some, all locked."""
    asked = frozenset(ids)
    left = asked - locked(design)
    if asked and not left:
        raise DesignError(told("what is selected is locked; unlock it first"))
    return left


def renamed(design: Design, name: str, to: str) -> Design:
    """A component or zone renamed by hand. Raises DesignError where it is locked."""
    free(design, (name,))
    return edits.rename(design, name, to)


def set_locked(design: Design, ids: Collection[str], value: bool) -> Design:
    """Lock components, zones and notes, or unlock them."""
    chosen = frozenset(ids)

    def changed(things: tuple[_Thing, ...]) -> tuple[_Thing, ...]:
        return tuple(
            each.evolve(locked=value) if each.id in chosen and each.locked != value else each
            for each in things
        )

    return edits.change_design(
        design,
        components=changed(design.components),
        zones=changed(design.zones),
        notes=changed(design.notes),
    )

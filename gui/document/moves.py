"""Moving things of a design by hand: zones take along what lies in them, and what comes to lie in a zone joins it.

Geometry over a design, without Qt. What is locked stays, unless the zone it lies in is moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from model.design.design import Design
from model.editing import edits, locks
from model.editing.folding import folding
from model.editing.placing import innermost
from model.shapes.geometry import Rect, Size

Offset = tuple[int, int]


def roots(design: Design, ids: Iterable[str]) -> frozenset[str]:
    """Those of `ids` that move by themselves: seen, not locked, and not taken along by a zone that is moved anyway."""
    asked = frozenset(ids) - locks.locked(design) - folding(design).within.keys()
    zones = {name for name in design.zone_by_id if name in asked}
    loose = {name for name in zones if not zones & set(design.zone_chain(name)[1:])}
    taking = [design.zone_by_id[name].rect for name in loose]
    loose |= {
        each.id
        for each in design.components
        if each.id in asked and not zones & {*design.zone_chain(each.zone)}
    }
    return frozenset(
        loose
        | {
            note.id
            for note in design.notes
            if note.id in asked and not any(frame.contains(note.rect) for frame in taking)
        }
    )


def frames(design: Design, ids: Iterable[str], cards: Mapping[str, Rect]) -> dict[str, Rect]:
    """Where things lie: zones and notes by their frames, components by their cards."""
    asked = frozenset(ids)
    return (
        {zone.id: zone.rect for zone in design.zones if zone.id in asked}
        | {note.id: note.rect for note in design.notes if note.id in asked}
        | {name: card for name, card in cards.items() if name in asked}
    )


def moved(design: Design, offsets: Mapping[str, Offset], sizes: Mapping[str, Size]) -> Design:
    """With each of the things (roots, see above) moved by its own offset. Raises DesignError like any edit."""
    after = edits.move(
        design,
        {
            each.id: (each.position[0] + offsets[each.id][0], each.position[1] + offsets[each.id][1])
            for each in design.components
            if each.id in offsets
        },
    )
    for note in design.notes:
        if note.id in offsets:
            x, y, width, height = note.frame
            dx, dy = offsets[note.id]
            after = edits.change_note(after, note.id, frame=(x + dx, y + dy, width, height))
    for name in [name for name in design.zone_by_id if name in offsets]:
        after = edits.move_zone(after, name, *offsets[name])
    return joined(after, frozenset(offsets), sizes)


def nudged(design: Design, ids: Iterable[str], by: Offset, sizes: Mapping[str, Size]) -> Design:
    """With the named things moved by a step. Raises DesignError where all of them are locked."""
    return moved(design, dict.fromkeys(roots(design, locks.free(design, ids)), by), sizes)


def joined(
    design: Design, ids: frozenset[str], sizes: Mapping[str, Size], never: frozenset[str] = frozenset()
) -> Design:
    """With zones, then components, that have come to lie elsewhere joined to the zones that are there.

    No zone joins one of `never`: the one that it is a copy of.
    """
    within = never | {zone.id for zone in design.zones if not ids.isdisjoint(design.zone_chain(zone.id))}
    for name in [name for name in design.zone_by_id if name in ids]:
        parent = innermost(design, design.zone_by_id[name].rect.center, within)
        if parent != design.zone_by_id[name].parent:
            design = edits.change_zone(design, name, parent=parent)
    found: dict[str, str | None] = {}
    for each in design.components:
        if each.id in ids and each.id in sizes:
            size = sizes[each.id]
            zone = innermost(design, each.point.moved(size.width / 2, size.height / 2))
            if zone != each.zone:
                found[each.id] = zone
    return edits.move(design, {}, found) if found else design

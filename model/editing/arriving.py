"""Pasted and duplicated parts put where there is room for them, in the zones that they shall lie in."""

from __future__ import annotations

from collections.abc import Mapping

from model.design.design import Design
from model.editing import bending, edits
from model.editing.parts import Arrival, with_contents
from model.editing.placing import innermost, shown
from model.editing.room import Room
from model.shapes.geometry import Point, Rect, Size


def homes(design: Design, parts: Mapping[str, Point]) -> dict[str, str | None]:
    """The zones of originals, by part; of those that are not in the design, the zone that is at their place."""

    def home(name: str, at: Point) -> str | None:
        if name in design.component_by_id:
            return design.component_by_id[name].zone
        return design.zone_by_id[name].parent if name in design.zone_by_id else innermost(design, at)

    return {name: shown(design, home(name, at)) for name, at in parts.items()}


def settled(
    arrival: Arrival, into: Mapping[str, str | None], cards: Mapping[str, Rect], sizes: Mapping[str, Size]
) -> Design:
    """Arrived parts put near the place where they were pasted, what goes into one zone as one block.

    `into`: the zone of each part that lies in no other one; `cards`: the frames of all cards that were there before;
    `sizes`: the sizes of the cards that arrived, by their new ids.
    """
    design, new = arrival.design, frozenset(arrival.names.values())
    frames = {name: Rect(*design.component_by_id[name].position, *size) for name, size in sizes.items()}
    frames |= {zone.id: zone.rect for zone in design.zones if zone.id in new}
    frames |= {note.id: note.rect for note in design.notes if note.id in new}
    room = Room(design, cards, without=new)
    for zone in dict.fromkeys(into.values()):
        block = with_contents(design, (arrival.names[part] for part, home in into.items() if home == zone))
        room.put({name: frames[name] for name in frames if name in block}, zone)
    return _joined(bending.carried(design, room.applied()), arrival, into)


def _joined(design: Design, arrival: Arrival, into: Mapping[str, str | None]) -> Design:
    """With the parts lying in their zones."""
    zones = {arrival.names[part]: zone for part, zone in into.items()}
    for name in zones.keys() & design.zone_by_id.keys():
        if design.zone_by_id[name].parent != zones[name]:
            design = edits.change_zone(design, name, parent=zones[name])
    joined = {
        name: zone for name, zone in zones.items() if name in design.component_by_id and zone is not None
    }
    return edits.move(design, {}, joined) if joined else design

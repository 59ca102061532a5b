"""Parts of a design that travel: copied, cut, duplicated and pasted, within a design and between designs.

Ties, proxies and bent connectors among the parts are kept. A tie to a component that stays behind is kept where the
same component (id, kind and name) is found on arrival; else it is left out, and `Arrival.lost` counts it: what a copy
is not tied to, it uses all of, and the user has to hear of that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from model.design.design import Design
from model.design.elements import Assignment, Component, Note, Zone
from model.editing import edits
from model.editing.edits import Position
from model.errors import FileError
from model.sentences import told
from model.shapes.geometry import Rect, Size, bounding
from model.storage import dump, parse_design
from model.storage.strict_json import read_json

_KIND = "portchart-parts"
_KEYS = {"what", "outside", "design"}


@dataclass(frozen=True, slots=True)
class Parts:
    """A small design that holds the parts, and bare copies of the `outside` components that they are tied to."""

    design: Design
    outside: frozenset[str] = frozenset()

    @property
    def components(self) -> tuple[Component, ...]:
        """The components that travel."""
        return tuple(each for each in self.design.components if each.id not in self.outside)

    def frames(self, sizes: Mapping[str, Size]) -> dict[str, Rect]:
        """Where every part lies, with cards of these sizes."""
        found = {each.id: Rect(*each.point, *sizes[each.id]) for each in self.components if each.id in sizes}
        found |= {zone.id: zone.rect for zone in self.design.zones}
        return found | {note.id: note.rect for note in self.design.notes}

    def around(self, sizes: Mapping[str, Size]) -> Rect | None:
        """What the parts occupy, with cards of these sizes."""
        return bounding(self.frames(sizes).values())


@dataclass(frozen=True, slots=True)
class Arrival:
    """A design with parts pasted into it: the new id of each part by its old one, and the number of ties lost."""

    design: Design
    names: Mapping[str, str]
    lost: int


def with_contents(design: Design, ids: Iterable[str]) -> frozenset[str]:
    """The named things, with all that lies in the zones among them."""
    asked = frozenset(ids)
    zones = {zone.id for zone in design.zones if asked & {*design.zone_chain(zone.id)}}
    frames = [design.zone_by_id[name].rect for name in zones]
    inside = {each.id for each in design.components if each.zone in zones}
    inside |= {note.id for note in design.notes if any(frame.contains(note.rect) for frame in frames)}
    return asked | zones | inside


def take(design: Design, ids: Iterable[str]) -> Parts:
    """The named things as parts, zones with all they hold. Locks stay behind."""
    chosen = with_contents(design, ids)
    components = [each for each in design.components if each.id in chosen]
    ties = [each for each in design.assignments if each.source in chosen]
    mentioned = {proxy for each in components for proxy in each.proxies.values()}
    mentioned |= {target for tie in ties for target in tie.chosen}
    outside = frozenset(mentioned - chosen)

    def around(zone: str | None) -> str | None:
        return zone if zone in chosen else None

    travelling = Design(
        catalog=design.catalog,
        zones=tuple(
            zone.evolve(parent=around(zone.parent), locked=False)
            for zone in design.zones
            if zone.id in chosen
        ),
        components=(
            *(each.evolve(zone=around(each.zone), locked=False) for each in components),
            *(
                Component(id=each.id, kind=each.kind, name=each.name)
                for each in design.components
                if each.id in outside
            ),
        ),
        assignments=tuple(ties),
        notes=tuple(note.evolve(locked=False) for note in design.notes if note.id in chosen),
        courses=tuple(each for each in design.courses if chosen.issuperset(each.pair)),
    )
    return Parts(travelling, outside)


def loose(parts: Parts) -> tuple[str, ...]:
    """The parts that lie in none of the others, zones first."""
    zones = [zone for zone in parts.design.zones if zone.parent is None]
    return (
        *(zone.id for zone in zones),
        *(each.id for each in parts.components if each.zone is None),
        *(n.id for n in parts.design.notes if not any(zone.rect.contains(n.rect) for zone in zones)),
    )


def paste(design: Design, parts: Parts, offset: Position) -> Arrival:
    """Put parts into a design, moved by an offset, with ids of their own. Raises DesignError like any edit."""
    names = _names(design, parts)
    there = {
        each.id
        for each in parts.design.components
        if each.id in parts.outside and _same(design.component_by_id.get(each.id), each)
    }
    ends = names | {name: name for name in there}
    ties = [_tied(tie, ends) for tie in parts.design.assignments]
    lost = sum(target not in ends for tie in parts.design.assignments for target in tie.chosen)
    lost += sum(proxy not in ends for each in parts.components for proxy in each.proxies.values())
    dx, dy = offset

    def moved(thing: Zone | Note) -> tuple[int, int, int, int]:
        return thing.frame[0] + dx, thing.frame[1] + dy, thing.frame[2], thing.frame[3]

    after = edits.change_design(
        design,
        zones=(
            *design.zones,
            *(
                {
                    **dict(zone),
                    "id": names[zone.id],
                    "parent": names.get(zone.parent or ""),
                    "frame": moved(zone),
                }
                for zone in parts.design.zones
            ),
        ),
        components=(
            *design.components,
            *(
                {
                    **dict(each),
                    "id": names[each.id],
                    "zone": names.get(each.zone or ""),
                    "position": (each.position[0] + dx, each.position[1] + dy),
                    "proxies": {key: ends[proxy] for key, proxy in each.proxies.items() if proxy in ends},
                }
                for each in parts.components
            ),
        ),
        assignments=(*design.assignments, *(tie for tie in ties if tie is not None)),
        notes=(
            *design.notes,
            *({**dict(note), "id": names[note.id], "frame": moved(note)} for note in parts.design.notes),
        ),
        courses=(
            *design.courses,
            *(
                each.shifted(dx, dy).evolve(source=names[each.source], target=names[each.target])
                for each in parts.design.courses
                if names.keys() >= set(each.pair)
            ),
        ),
    )
    return Arrival(after, names, lost)


def _names(design: Design, parts: Parts) -> dict[str, str]:
    """An id for each part: its own where that is free, else numbered."""
    taken = edits.taken(design)
    found: dict[str, str] = {}
    small = parts.design
    for name in (*small.zone_by_id, *(each.id for each in parts.components), *(n.id for n in small.notes)):
        bare = re.sub(r"-\d+$", "", name)
        found[name] = name if name not in taken else edits.fresh_id(taken, bare)
        taken.add(found[name])
    return found


def _same(one: Component | None, other: Component) -> bool:
    return one is not None and (one.kind, one.name) == (other.kind, other.name)


def _tied(tie: Assignment, ends: Mapping[str, str]) -> Assignment | None:
    """A tie between the new ends; None where none of its targets has arrived."""
    source = ends[tie.source]
    if tie.targets == "none":
        return tie.evolve(source=source)
    targets = tuple(ends[target] for target in tie.chosen if target in ends)
    return tie.evolve(source=source, targets=targets) if targets else None


def write(parts: Parts) -> bytes:
    """Parts as JSON, for a clipboard."""
    head = json.dumps({"what": _KIND, "outside": sorted(parts.outside)})
    return head[:-1].encode() + b', "design": ' + dump(parts.design).rstrip() + b"}\n"


def read(data: bytes, where: str) -> Parts:
    """Parts from JSON, as strictly as a design file; `where` names it in messages. Raises FileError."""
    raw = read_json(data, where)
    if not isinstance(raw, dict) or raw.get("what") != _KIND or raw.keys() != _KEYS:
        raise FileError(where, told("this is no part of a design; copy it again in Portchart"))
    design = parse_design(json.dumps(raw["design"]).encode(), where)
    outside = raw["outside"]
    if not isinstance(outside, list) or not all(name in design.component_by_id for name in _texts(outside)):
        raise FileError(where, told("it names components that it does not hold; copy it again"), "outside")
    return Parts(design, frozenset(outside))


def _texts(names: Collection[object]) -> list[str]:
    """The names, anything that is no text as one that no component has."""
    return [name if isinstance(name, str) else "" for name in names]

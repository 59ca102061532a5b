"""Room for what is added: on any design it covers nothing, and no zone grows over anything where that can be avoided.

What a zone would grow over is worked out here by itself, for one place after the other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

import pytest

from model.design.changes import Addition, AnyChange, Removal
from model.design.course import Course
from model.design.design import CatalogReference, Design
from model.design.elements import Component, Note, Zone
from model.editing import edits, parts
from model.editing.arriving import homes, settled
from model.editing.placing import innermost
from model.editing.room import Room, largest_cards, with_room
from model.picture.cards import LARGEST
from model.shapes.geometry import Rect, Size
from tests.designs import random_design, shipped_catalog

CARD = Size(150, 60)
REFERENCE = CatalogReference(id="c", version="1")


def frames_of(design: Design) -> dict[str, Rect]:
    return {each.id: Rect(*each.point, *CARD) for each in design.components}


def everything(design: Design) -> dict[str, Rect]:
    zones = {zone.id: zone.rect for zone in design.zones}
    return frames_of(design) | zones | {note.id: note.rect for note in design.notes}


def inside(design: Design, name: str) -> set[str]:
    """The zones that a component, zone or note is known to lie in."""
    if name in design.component_by_id:
        return {*design.zone_chain(design.component_by_id[name].zone)}
    if name in design.zone_by_id:
        return {*design.zone_chain(name)} - {name}
    note = everything(design)[name]
    around = [design.zone_chain(zone.id) for zone in design.zones if zone.rect.contains(note)]
    return {*max(around, key=len, default=())}


def grown(design: Design, zone: str | None, place: Rect) -> Iterator[tuple[Zone, Rect]]:
    """The zones around a place with the frames that hold it: 20 px beside and below, 40 above for the title."""
    held: tuple[float, ...] = (place.left - 20, place.top - 40, place.right + 20, place.bottom + 20)
    for name in design.zone_chain(zone):
        around = design.zone_by_id[name]
        old = (around.rect.left, around.rect.top, around.rect.right, around.rect.bottom)
        left, top = min(old[0], held[0]), min(old[1], held[1])
        right, bottom = max(old[2], held[2]), max(old[3], held[3])
        yield around, Rect(left, top, right - left, bottom - top)
        far = 1e9
        held = (
            left - 20 if left < old[0] else far,
            top - 40 if top < old[1] else far,
            right + 20 if right > old[2] else -far,
            bottom + 20 if bottom > old[3] else -far,
        )


def overgrown(design: Design, zone: str | None, place: Rect, gap: float) -> bool:
    """Whether a zone that grows for a place covers more than before of what does not lie in it."""
    for around, frame in grown(design, zone, place):
        if around.locked and frame != around.rect:
            return True
        for name, rect in everything(design).items():
            foreign = name not in design.zone_chain(zone) and around.id not in inside(design, name)
            if foreign and more(around.rect, frame, rect, gap):
                return True
    return False


def more(old: Rect, new: Rect, rect: Rect, gap: float) -> bool:
    """Whether what a frame grew by touches a rectangle or, in the direction it grew in, comes nearer than a gap."""
    wide = Rect(rect.x - gap, rect.y, rect.width + 2 * gap, rect.height)
    tall = Rect(rect.x, rect.y - gap, rect.width, rect.height + 2 * gap)
    strips = (
        (Rect(new.x, new.y, old.x - new.x, new.height), wide if rect.x < old.x else rect),
        (Rect(old.right, new.y, new.right - old.right, new.height), wide if rect.right > old.right else rect),
        (Rect(new.x, new.y, new.width, old.y - new.y), tall if rect.y < old.y else rect),
        (
            Rect(new.x, old.bottom, new.width, new.bottom - old.bottom),
            tall if rect.bottom > old.bottom else rect,
        ),
    )
    return any(strip.width > 0 and strip.height > 0 and strip.intersects(other) for strip, other in strips)


def covered(design: Design, zone: str | None, place: Rect) -> list[str]:
    """What a place covers, but for the zones it lies in."""
    return [
        name
        for name, rect in everything(design).items()
        if name not in design.zone_chain(zone) and rect.intersects(place)
    ]


def avoidable(design: Design, zone: str, size: Size) -> bool:
    """Whether any place in or around a zone covers nothing and lets no zone grow over anything, well apart from all."""
    frame = design.zone_by_id[zone].rect
    lefts = range(int(frame.left - size.width - 60) // 10 * 10, int(frame.right) + 60, 10)
    tops = range(int(frame.top - size.height - 80) // 10 * 10, int(frame.bottom) + 60, 10)
    return any(
        not covered(design, zone, Rect(left - 20, top - 30, size.width + 40, size.height + 60))
        and not overgrown(design, zone, Rect(left, top, *size), 20)
        for left, top in product(lefts, tops)
    )


def added(design: Design, zone: str | None, wanted: tuple[int, int]) -> tuple[Design, Rect]:
    """The design with one more component in a zone, and its card."""
    after, new = edits.place(design, "agent", "new", (0, 0), zone)
    room = Room(after, frames_of(design), without=(new,))
    room.put({new: Rect(*wanted, *CARD)}, zone)
    after = room.applied()
    return after, frames_of(after)[new]


def crowded(rng: random.Random) -> Design:
    """Zones beside each other within a zone or none, full of cards and notes; nothing overlaps."""
    zones = [Zone(id="outer", name="outer", kind="vpc", frame=(0, 0, 820, 840))] if rng.random() < 0.7 else []
    parent = "outer" if zones else None
    things: list[tuple[str | None, tuple[int, int]]] = []
    for row, column in product(range(2), range(2)):
        x, y = 20 + column * 400, 40 + row * 400
        if rng.random() < 0.8:
            name, width, height = f"z{row}{column}", rng.choice((200, 380)), rng.choice((120, 380))
            locked = rng.random() < 0.1
            zones.append(
                Zone(
                    id=name,
                    name=name,
                    kind="subnet",
                    parent=parent,
                    frame=(x, y, width, height),
                    locked=locked,
                )
            )
            for n in range(rng.randint(0, (width // 190) * (height // 100))):
                at = (x + 20 + n % (width // 190) * 170, y + 40 + n // (width // 190) * 90)
                if at[0] + CARD.width <= x + width and at[1] + CARD.height <= y + height:
                    things.append((name, at))
        elif rng.random() < 0.5:
            things.append((parent, (x + 40, y + 60)))
    if zones and rng.random() < 0.6:
        zones += [
            Zone(id="right", name="right", kind="office", frame=(840 + rng.choice((0, 100)), 0, 300, 840)),
            Zone(id="left", name="left", kind="office", frame=(-400 - rng.choice((0, 100)), 0, 380, 840)),
            Zone(id="above", name="above", kind="office", frame=(0, -400 - rng.choice((0, 100)), 820, 380)),
        ]
    return Design(
        catalog=REFERENCE,
        zones=tuple(zones),
        components=tuple(
            Component(id=f"c{n}", kind="agent", name=f"c{n}", zone=zone, position=at)
            for n, (zone, at) in enumerate(things)
        ),
        notes=(Note(id="note", text="", frame=(0, 860, 300, 60)),) if rng.random() < 0.5 else (),
    )


def designs(seed: int) -> Design:
    rng = random.Random(seed)
    if seed % 2:
        return crowded(rng)
    design = random_design(rng, shipped_catalog(), rng.randint(0, 14))
    if seed % 4:
        return design
    # The same, close together: nearly everything overlaps.
    return design.evolve(
        zones=tuple(z.evolve(frame=(z.frame[0] // 8, z.frame[1] // 8, *z.frame[2:])) for z in design.zones),
        components=tuple(
            c.evolve(position=(c.position[0] // 8, c.position[1] // 8)) for c in design.components
        ),
    )


@pytest.mark.parametrize("seed", range(300))
def test_what_is_added_covers_nothing_and_no_zone_grows_over_anything(seed: int) -> None:
    rng, design = random.Random(seed), designs(seed)
    zone = rng.choice([None, *design.zone_by_id])
    around = design.zone_by_id[zone].rect if zone else Rect(-500, -500, 1000, 1000)
    wanted = (
        rng.randint(int(around.left), int(around.right)) // 10 * 10,
        rng.randint(int(around.top), int(around.bottom)) // 10 * 10,
    )
    after, card = added(design, zone, wanted)
    assert covered(after, zone, card) == [after.components[-1].id]
    if zone is not None:
        frame = after.zone_by_id[zone].rect
        assert Rect(card.x - 20, card.y - 40, card.width + 40, card.height + 60).union(frame) == frame
    moved = {
        name: rect
        for name, rect in everything(design).items()
        if name not in design.zone_chain(zone) and everything(after)[name] != rect
    }
    if not moved and not overgrown(design, zone, card, 0):
        changed = {z.id: z.rect for z in after.zones if z.rect != design.zone_by_id[z.id].rect}
        assert changed == {z.id: frame for z, frame in grown(design, zone, card) if frame != z.rect}
        return
    assert zone is not None
    assert not avoidable(design, zone, CARD)


@pytest.mark.parametrize("seed", range(1, 200, 2))
def test_where_others_have_to_give_way_nothing_comes_to_overlap(seed: int) -> None:
    rng, design = random.Random(seed), crowded(random.Random(seed))
    for _ in range(6):
        zone = rng.choice([None, *design.zone_by_id])
        design, _ = added(design, zone, (0, 0) if zone is None else design.zone_by_id[zone].frame[:2])
    rects = everything(design)
    for name, other in product(rects, rects):
        if name < other and name not in inside(design, other) and other not in inside(design, name):
            assert not rects[name].intersects(rects[other]), (name, other)
    for each in design.components:
        assert innermost(design, rects[each.id].center) == each.zone


@pytest.mark.parametrize("seed", range(40))
def test_no_place_is_nearer(seed: int) -> None:
    """Held against every place of the grid: a pixel that the zone grows counts like two of distance."""
    rng = random.Random(seed)
    design = crowded(rng)
    zone = rng.choice([*design.zone_by_id, None])
    frame = design.zone_by_id[zone].rect if zone else Rect(-200, -200, 1200, 1200)
    at = rng.randint(2, 14) * 10 + frame.x, rng.randint(4, 14) * 10 + frame.y
    room = Room(design, frames_of(design))
    found = room.place(Rect(*at, *CARD), zone)
    x = max(min(at[0], frame.right - 20 - CARD.width), frame.left + 20) if zone else at[0]
    y = max(min(at[1], frame.bottom - 20 - CARD.height), frame.top + 40) if zone else at[1]

    def cost(place: Rect) -> float:
        growth = 0.0
        if zone is not None:
            growth += max(0, frame.left + 20 - place.left) + max(0, place.right + 20 - frame.right)
            growth += max(0, frame.top + 40 - place.top) + max(0, place.bottom + 20 - frame.bottom)
        return abs(place.x - x) + abs(place.y - y) + 2 * growth

    lefts = {each.position[0] for each in design.components if each.zone == zone}
    drawn = 60 if found is not None and found.left in lefts else 0  # it may have been lined up with a card
    for left, top in product(range(int(x) - 300, int(x) + 310, 20), range(int(y) - 300, int(y) + 310, 20)):
        place = Rect(left, top, *CARD)
        if found is not None and cost(place) >= cost(found) - drawn:
            continue
        apart = [
            name
            for name in covered(design, zone, Rect(left - 20, top - 30, CARD.width + 40, CARD.height + 60))
            if name in design.component_by_id
        ]
        apart += [
            name for name in covered(design, zone, place.grow(20)) if name not in design.component_by_id
        ]
        assert apart or overgrown(design, zone, place, 20), (place, found)


@pytest.mark.parametrize("seed", range(100))
def test_copies_cover_nothing_and_lie_in_the_zones_of_their_originals(seed: int) -> None:
    rng, design = random.Random(seed), designs(seed)
    if not design.components:
        return
    chosen = [each.id for each in rng.sample(design.components, rng.randint(1, len(design.components)))]
    chosen += [zone.id for zone in design.zones if rng.random() < 0.2]
    taken = parts.take(design, chosen)
    frames = taken.frames({each.id: CARD for each in taken.components})
    into = homes(design, {name: frames[name].center for name in parts.loose(taken)})
    arrival = parts.paste(design, taken, (0, 0))
    new = {arrival.names[each.id]: CARD for each in taken.components}
    after = settled(arrival, into, frames_of(design), new)
    rects = everything(after)
    for part, zone in into.items():
        name = arrival.names[part]
        if name in after.component_by_id:
            assert after.component_by_id[name].zone == zone
            around = {*after.zone_chain(zone)}
        elif name in after.zone_by_id:
            assert after.zone_by_id[name].parent == zone
            around = {*after.zone_chain(name)}
        else:
            around = {*after.zone_chain(zone)}
        # Where zones lie over each other from the beginning, one may have no place that spares the others.
        spared = {z.id for z in after.zones if not seed % 2 and z != design.zone_by_id.get(z.id)}
        copies = set(arrival.names.values()) | spared
        assert not [
            other
            for other, rect in rects.items()
            if other not in copies | around and rect.intersects(rects[name])
        ]
    moved = {
        part: (
            rects[arrival.names[part]].x - each.position[0],
            rects[arrival.names[part]].y - each.position[1],
        )
        for part in into
        if (each := design.component_by_id.get(part)) is not None
    }
    for one, other in product(moved, moved):
        if into[one] == into[other]:
            assert moved[one] == moved[other], "what goes into one zone stays together as it was"


def test_what_cannot_stand_where_it_is_wanted_lines_up_with_what_does() -> None:
    design = Design(
        catalog=REFERENCE,
        zones=(Zone(id="z", name="z", kind="vpc", frame=(0, 0, 300, 600)),),
        components=(Component(id="c", kind="agent", name="c", zone="z", position=(50, 60)),),
    )
    assert added(design, "z", (90, 80))[1] == Rect(50, 150, *CARD)  # 30 below the other, and left like it
    assert added(design, "z", (90, 160))[1] == Rect(90, 160, *CARD)


@pytest.mark.parametrize("seed", range(1, 80, 2))
def test_what_a_way_adds_covers_nothing_and_makes_no_zone_grow(seed: int) -> None:
    rng, design = random.Random(seed), crowded(random.Random(seed))
    changes: list[AnyChange] = [Removal(remove="c0")]
    for number, zone in enumerate(rng.choices([None, *design.zone_by_id], k=3)):
        at = design.zone_by_id[zone].frame[:2] if zone else (40, 60)
        new = Component(id=f"new{number}", kind="relay", name="new", zone=zone, position=at)
        changes.append(Addition(add=new))
    found = with_room(design, changes)
    assert found[0] == changes[0]
    taken = everything(design)
    for before, after in zip(changes[1:], found[1:], strict=True):
        assert isinstance(before, Addition)
        assert isinstance(after, Addition)
        assert after.add.evolve(position=before.add.position) == before.add
        zone, card = after.add.zone, Rect(*after.add.point, *CARD)
        covers = [
            n for n, rect in taken.items() if rect.intersects(card) and n not in design.zone_chain(zone)
        ]
        hemmed_in = Room(design, largest_cards(design)).place(Rect(*before.add.point, *LARGEST), zone) is None
        assert not covers or hemmed_in
        taken[after.add.id] = card


def test_a_copied_connector_keeps_the_course_that_a_hand_gave_it() -> None:
    design = Design(
        catalog=REFERENCE,
        components=tuple(
            Component(id=name, kind="agent", name=name, position=at)
            for name, at in (("a", (0, 0)), ("b", (400, 0)))
        ),
        courses=(Course(source="a", target="b", axis="x", places=(300,)),),
    )
    taken = parts.take(design, ["a", "b"])
    arrival = parts.paste(design, taken, (0, 0))
    after = settled(arrival, {"a": None, "b": None}, frames_of(design), {"a-2": CARD, "b-2": CARD})
    assert after.component_by_id["a-2"].position == (0, 90)
    assert after.course_of["a-2", "b-2"].places == (390,)
    assert after.course_of["a", "b"] == design.courses[0]

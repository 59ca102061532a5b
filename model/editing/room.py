"""Room for what is added: a place where it covers nothing, and zones that grow to hold it.

Everything that adds asks here. A place is the nearest to the wanted one that keeps clear of every component, note
and zone but those it lies in, and for which none of those grows over anything. Where a zone is so hemmed in that there
is no such place, it grows to the right and downwards, and what lies beyond its old edges gives way by as much, so
nothing that lay apart comes to overlap.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from model.design.changes import Addition, AnyChange
from model.design.design import Design
from model.editing import edits
from model.editing.nearest import Level, Search, up
from model.editing.placing import BELOW, GAP, ZONE_HEAD, ZONE_PAD
from model.picture.cards import LARGEST
from model.shapes.geometry import Point, Rect, bounding


class Room:
    """Where everything of a design lies, and what is put in; `applied` is the design with all of it.

    `cards`: the frames of the cards of all components that lie somewhere, and of what else is seen: nodes in place of
    collapsed zones, components on trial; `without`: what is still to be put in, and in the way of nothing.
    """

    def __init__(
        self, design: Design, cards: Mapping[str, Rect], without: Collection[str] = frozenset()
    ) -> None:
        self._design = design
        every = {c.id: cards[c.id] for c in design.components if c.id not in without}
        every |= {zone.id: zone.rect for zone in design.zones} | {note.id: note.rect for note in design.notes}
        self._frames = {name: frame for name, frame in every.items() if name not in without}
        self._others = [card for name, card in cards.items() if name not in design.component_by_id]
        self._home: dict[str, str | None] = {c.id: c.zone for c in design.components}
        self._home |= {zone.id: zone.parent for zone in design.zones}
        self._home |= {note.id: self._around(note.rect) for note in design.notes}
        self._chains = {None: frozenset[str]()} | {
            z.id: frozenset(design.zone_chain(z.id)) for z in design.zones
        }

    def extent(self) -> Rect | None:
        """What everything occupies; None where nothing lies anywhere yet."""
        return bounding((*self._frames.values(), *self._others))

    def zone(self, name: str) -> Rect:
        """The frame of a zone by now."""
        return self._frames[name]

    def put(
        self,
        things: Mapping[str, Rect],
        zone: str | None,
        beside: float | None = None,
        place: Rect | None = None,
    ) -> None:
        """Put things of the design, as one block, into a zone (None: into none), as near as can be to their frames.

        `beside`: how far they stay from cards that they would cover, where that is farther than from others; `place`:
        one that was found for them already.
        """
        wanted = bounding(things.values())
        assert wanted is not None, "at least one thing is put somewhere"
        place = place or self.place(wanted, zone, beside)
        if place is not None:
            self._hold(zone, place)
        else:
            assert zone is not None, "outside all zones there is always room"
            place = self._below(zone, wanted)
            self._enlarge(zone, place.right + ZONE_PAD, place.bottom + ZONE_PAD)
        for name, frame in things.items():
            self._frames[name] = frame.moved(place.x - wanted.x, place.y - wanted.y)
            if self._home[name] not in things:
                self._home[name] = zone

    def applied(self) -> Design:
        """The design with everything where it lies now."""
        before, whole = self._design, {name: _whole(rect) for name, rect in self._frames.items()}
        positions = {c.id: whole[c.id][:2] for c in before.components if c.id in whole}
        frames = {zone.id: whole[zone.id] for zone in before.zones if zone.id in whole}
        after = edits.arrangement(
            before,
            {
                c.id: positions[c.id]
                for c in before.components
                if positions.get(c.id, c.position) != c.position
            },
            {
                zone.id: frames[zone.id]
                for zone in before.zones
                if frames.get(zone.id, zone.frame) != zone.frame
            },
        )
        for note in before.notes:
            if note.id in whole and whole[note.id] != note.frame:
                after = edits.change_note(after, note.id, frame=whole[note.id])
        return after

    # Finding a place

    def place(
        self, wanted: Rect, zone: str | None, beside: float | None = None, *, as_it_is: bool = False
    ) -> Rect | None:
        """The place nearest to a wanted one; a pixel that a zone has to grow counts like two of distance.

        Where it cannot be the wanted one, it lines up with a card beside it. None where every place covers something
        or makes a zone grow over something, or, with `as_it_is`, grow at all.
        """
        chain = self._design.zone_chain(zone)
        levels = self._levels(chain)
        if as_it_is:
            levels = [level._replace(locked=True, beside=()) for level in levels]
        search = Search(wanted.size, self._in_the_way(frozenset(chain), wanted, beside), levels)
        found = search.nearest(Point(wanted.x, wanted.y))
        if found is None or found == wanted:
            return found
        cards = (self._frames.get(each.id) for each in self._design.components if self._home[each.id] == zone)
        return search.lined_up(found, [card.left for card in cards if card is not None])

    def _in_the_way(self, chain: frozenset[str], wanted: Rect, beside: float | None) -> Iterator[Rect]:
        """What a place must not touch, with the room that is kept around it: all but the zones it lies in."""
        for name, frame in self._frames.items():
            if name in self._design.component_by_id:
                close = beside is not None and frame.intersects(wanted)
                yield frame.grow(beside or 0.0) if close else _clear(frame, GAP, BELOW)
            elif name not in chain:
                yield _clear(frame, GAP, GAP)
        for frame in self._others:
            yield _clear(frame, GAP, GAP)

    def _levels(self, chain: Sequence[str]) -> list[Level]:
        """The zones around a place, innermost first."""
        found: list[Level] = []
        across, along = (math.inf, -math.inf), (math.inf, -math.inf)
        for number, name in enumerate(chain, 1):
            frame, pad, head = self._frames[name], number * ZONE_PAD, number * ZONE_HEAD
            # A zone around another one grows only where that one does.
            across = min(across[0], frame.left + pad), max(across[1], frame.right - pad)
            along = min(along[0], frame.top + head), max(along[1], frame.bottom - pad)
            beside = tuple(
                rect
                for other, rect in self._frames.items()
                if other not in chain and name not in self._chains[self._home[other]]
            )
            locked = self._design.zone_by_id[name].locked
            found.append(Level(frame, pad, head, across, along, locked, beside))
        return found

    def _hold(self, zone: str | None, place: Rect) -> None:
        """Let a zone, and the zones around it, grow on the sides where a place needs it."""
        chain = self._design.zone_chain(zone)
        for level, name in zip(self._levels(chain), chain, strict=True):
            old = level.frame
            left = place.left - level.pad if place.left < level.across[0] else old.left
            right = place.right + level.pad if place.right > level.across[1] else old.right
            top = place.top - level.head if place.top < level.along[0] else old.top
            bottom = place.bottom + level.pad if place.bottom > level.along[1] else old.bottom
            self._frames[name] = Rect(left, top, right - left, bottom - top)

    # Making room where there is none

    def _below(self, zone: str, wanted: Rect) -> Rect:
        """The uppermost place at the left of a zone where nothing lies but what gives way when the zone grows."""
        chain = self._design.zone_chain(zone)
        giving = {
            each
            for name in chain
            for beside in self._beside(name)
            if _lies_beyond(self._frames[beside], self._frames[name])
            for each in self._held(beside)
        }
        others = [
            _clear(rect, GAP, BELOW)
            for name, rect in self._frames.items()
            if name not in giving and name not in chain
        ]
        frame = self._frames[zone]
        place = Rect(frame.left + ZONE_PAD, frame.top + ZONE_HEAD, wanted.width, wanted.height)
        while blocking := [each.bottom for each in others if each.intersects(place)]:
            place = Rect(place.x, up(max(blocking)), wanted.width, wanted.height)
        return place

    def _enlarge(self, zone: str, right: float, bottom: float) -> None:
        """Make a zone reach a corner at least, and the zones around it what they then need; others give way."""
        for name in self._design.zone_chain(zone):
            frame = self._frames[name]
            right, bottom = max(frame.right, up(right)), max(frame.bottom, up(bottom))
            self._frames[name] = Rect(frame.x, frame.y, right - frame.x, bottom - frame.y)
            for beside in self._beside(name):
                rect = self._frames[beside]
                dx = right - frame.right if rect.left >= frame.right else 0.0
                dy = bottom - frame.bottom if rect.top >= frame.bottom else 0.0
                if dx or dy:
                    for each in self._held(beside):
                        self._frames[each] = self._frames[each].moved(dx, dy)
                    right, bottom = max(right, rect.right + dx), max(bottom, rect.bottom + dy)
            right, bottom = right + ZONE_PAD, bottom + ZONE_PAD

    def _beside(self, zone: str) -> list[str]:
        """What lies beside a zone in the zone around it, or outside all zones."""
        around = self._home[zone]
        return [name for name in self._frames if self._home[name] == around and name != zone]

    def _held(self, name: str) -> list[str]:
        """A thing and, of a zone, what belongs to it and lies within its frame."""
        frame = self._frames[name]
        return [
            each
            for each, rect in self._frames.items()
            if each == name or (name in self._chains[self._home[each]] and frame.contains(rect))
        ]

    def _around(self, rect: Rect) -> str | None:
        """The innermost zone that holds a note whole."""
        holding = [zone.id for zone in self._design.zones if zone.rect.contains(rect)]
        return max(holding, key=lambda name: len(self._design.zone_chain(name)), default=None)


def largest_cards(design: Design) -> dict[str, Rect]:
    """The frames of all cards as large as cards can be: for those who find room and cannot measure texts."""
    return {each.id: Rect(*each.point, *LARGEST) for each in design.components}


def with_room(design: Design, changes: Iterable[AnyChange]) -> tuple[AnyChange, ...]:
    """Changes to a design, with what they add where there is room near its place; zones do not grow for a trial."""
    cards, found = largest_cards(design), list[AnyChange]()
    for change in changes:
        if isinstance(change, Addition):
            wanted, zone, room = Rect(*change.add.point, *LARGEST), change.add.zone, Room(design, cards)
            place = room.place(wanted, zone, as_it_is=True) or room.place(wanted, zone) or wanted
            change = Addition(add=change.add.evolve(position=_whole(place)[:2]))
            cards[change.add.id] = place
        found.append(change)
    return tuple(found)


def _lies_beyond(rect: Rect, frame: Rect) -> bool:
    """Whether something lies wholly right of a frame or below it."""
    return rect.left >= frame.right or rect.top >= frame.bottom


def _clear(rect: Rect, across: float, along: float) -> Rect:
    """With room around it."""
    return Rect(rect.x - across, rect.y - along, rect.width + 2 * across, rect.height + 2 * along)


def _whole(rect: Rect) -> tuple[int, int, int, int]:
    """A frame in whole pixels that holds all of it."""
    x, y = math.floor(rect.x), math.floor(rect.y)
    return x, y, math.ceil(rect.right) - x, math.ceil(rect.bottom) - y

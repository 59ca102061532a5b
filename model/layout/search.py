"""The cheapest chain of corridors from one box to another: short, with few bends, away from crowds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from math import inf

from model.layout.bands import Band, Bands, beside
from model.layout.corridors import Bounds, CorridorMap, Span
from model.layout.standing import Standing
from model.layout.wires import CLEAR, LEAD_IN, Wire, port_range

BEND = 60.0
"""A bend costs as much as this many pixels of detour."""
UPRIGHT_PORT = 300.0
"""Extra cost of leaving or entering through an upper or lower side: flows read from left to right."""
ROUNDABOUT = 600.0
"""More of it where the line goes on to a box beside this one with more than one bend: there it crosses those that turn
beside the box."""
AWAY = 260.0
"""Extra cost of leaving or entering through the side that faces away from where the line goes."""
CORNERED = 150.0
"""Extra cost of a straight line that must touch its boxes near their corners: others on these sides may cross it."""
TITLE = 150.0
"""Cost of running over a title."""
CROSSING = 80.0
"""Cost of crossing another wire."""
TOWARDS = 1.5
"""How much dearer than at best the rest of a way is taken to be in a hurry: what it crosses is not known yet."""
LANE = 12.0
"""Width one connector takes in a corridor."""
CROWD = 22.0
"""Cost of each connector more than a corridor has lanes for: one is hardly seen."""
SQUEEZED = 44.0
"""More of it where they are two or more."""
SHARE = 2.0
"""Small cost of each connector already in a corridor, so that equal ways are taken in turn."""
DOOR = 2.0
"""A corridor must face at least this much of a side to carry ports, unless there is no other way."""
NARROW = 16.0
"""Corridors slimmer than this are used only when there is no other way."""


_Entry = tuple[float, float, int, float, float, int, int]
"""Estimated total, cost so far, corridor (-1: arrived), x, y, corridor before, what is still to be counted."""
_NOTHING, _CROSSINGS, _CROWD_TOO = 0, 1, 2
_Fact = tuple[float, float, bool, list[Band]]
"""The stretch across a corridor that keeps clear of the boxes beside it, whether it is wide, bands in it."""
_OPEN = -2
"""Stands for the corridor before one that no way has been found to yet."""


class Search:
    """Finds one connector after another and remembers how full every corridor is, of lines that stand as well.

    What is known of a corridor is worked out when a way first comes to it: after a small change few are met.
    """

    def __init__(
        self,
        boxes: Sequence[Bounds],
        free: CorridorMap,
        bands: Bands,
        standing: Standing,
        *,
        weigh_crossings: bool,
        hurried: bool,
    ) -> None:
        self._boxes = boxes
        self._free = free
        self._bands = bands
        self._standing = standing
        self._weigh = weigh_crossings
        self._towards = TOWARDS if hurried else 1.0
        self._due = _CROSSINGS if weigh_crossings or bands.titled else _NOTHING
        """What is still to be counted of a way into a corridor whose crowd is known."""
        count = len(free.all)
        self._runs: list[list[tuple[float, float, float]] | None] = [None] * count
        """What earlier wires take of every corridor: from, to, and where across."""
        self._dear = [-1.0] * count
        """Cost of one more wire in a corridor; below zero where it is not known yet."""
        self._facts: list[_Fact | None] = [None] * count
        self._passed: dict[tuple[int, int], int] = {}
        """How many wires touch a box in a corridor."""
        self._near: dict[tuple[int, bool], tuple[list[int], set[int]]] = {}

    def connect(self, source: int, target: int) -> Wire | None:
        """A wire between two boxes, or None when every way is walled in."""
        chain = self._chain(source, target, narrow=False) or self._chain(source, target, narrow=True)
        if chain is None:
            return None
        wire = self._wire(source, target, chain)
        for k, number in enumerate(chain):
            begin, stop = wire.extent(k)
            self._taken(number).append((min(begin, stop), max(begin, stop), wire.at[k]))
            self._dear[number] = -1.0
        for door in ((chain[0], source), (chain[-1], target)):
            self._passed[door] = self._passed.get(door, 0) + 1
        return wire

    def _fact(self, number: int) -> _Fact:
        corridor = self._free.all[number]
        low, high = corridor.low, corridor.high
        inset = min(CLEAR, (high - low) / 2)
        known = low + inset, high - inset, high - low >= NARROW, self._bands.within(corridor)
        self._facts[number] = known
        return known

    def _inner(self, number: int) -> Span:
        low, high, _, _ = self._facts[number] or self._fact(number)
        return low, high

    def _taken(self, number: int) -> list[tuple[float, float, float]]:
        known = self._runs[number]
        if known is None:
            axis, start, end, low, high, _, _ = self._free.all[number]
            met = self._standing.near(axis, low, high, start, end)
            known = self._runs[number] = [(near, far, at) for at, near, far, _, _ in met]
        return known

    def _crowding(self, number: int) -> float:
        """Cost of one more wire in a corridor."""
        corridor = self._free.all[number]
        lanes = int(max(0.0, corridor.high - corridor.low - 2 * CLEAR) // LANE) + 1
        used = len(self._taken(number))
        over = used + 1 - lanes
        cost = self._dear[number] = used * SHARE + _squeezed(over)
        return cost

    def _cramped(self, number: int, box: int) -> float:
        """Cost of one more port where a corridor meets a box."""
        low, high = self._port(number, box)
        over = self._passed.get((number, box), 0) + 1 - int(max(high - low, 0.0) // LANE + 1)
        return _squeezed(over)

    def _passing(self, number: int, begin: float, stop: float, place: float, room: Span) -> float:
        """Cost of the wires and titles that a run through a corridor from `begin` to `stop` crosses, about, when it
        may be anywhere in `room` across it."""
        if begin > stop:
            begin, stop = stop, begin
        cost = TITLE * self._bands.titles_met(self._free.all[number].axis, *room, begin, stop)
        if not self._weigh:
            return cost
        count, runs = 0, self._runs
        for other in self._free.between(number, begin, stop):
            taken = runs[other]
            if taken is None:
                taken = self._taken(other)
            for near, far, at in taken:
                if near < place < far and begin < at < stop:
                    count += 1
        return cost + CROSSING * count

    def _port(self, number: int, box: int) -> Span:
        """Where a box's side takes connectors from this corridor; empty (low > high) at corners."""
        corridor = self._free.all[number]
        # Only a part of the side is free along the whole corridor, but more of it next to the box: ports may come near
        # to the corridor's borders, and room to the boxes beside them is kept when lines are spread.
        inset = min(CLEAR, (corridor.high - corridor.low) / 4)
        first, last = port_range(self._boxes[box], 1 - corridor.axis)
        return max(corridor.low + inset, first), min(corridor.high - inset, last)

    def _upright(self, source: int, target: int, *, one_bend: bool) -> float:
        """Cost of leaving or entering through an upper or lower side."""
        (s_left, s_right), (s_top, s_bottom) = self._boxes[source]
        (left, right), (top, bottom) = self._boxes[target]
        beside = max(left - s_right, s_left - right) > max(top - s_bottom, s_top - bottom, 0.0)
        return UPRIGHT_PORT + ROUNDABOUT if beside and not one_bend else UPRIGHT_PORT

    def _starts(self, source: int, target: int, narrow: bool) -> Iterator[_Entry]:
        """The corridors a wire can leave its source by."""
        goals, one_away = self._around(target, narrow)
        (s_left, s_right), (s_top, s_bottom) = self._boxes[source]
        (left, right), (top, bottom) = self._boxes[target]
        for number in self._around(source, narrow)[0]:
            corridor = self._free.all[number]
            low, high = self._port(number, source)
            leaves_at_start = corridor.box_at_start == source
            straight = number in goals
            if corridor.axis == 0:
                border = x = s_right if leaves_at_start else s_left
                y = min(max((top + bottom if straight else s_top + s_bottom) / 2, low), high)
                cost = 0.0
            else:
                border = y = s_bottom if leaves_at_start else s_top
                x = min(max((left + right if straight else s_left + s_right) / 2, low), high)
                cost = 0.0 if straight else self._upright(source, target, one_bend=number in one_away)
            beyond = self._boxes[target][corridor.axis]
            cost += AWAY if (beyond[1] <= border if leaves_at_start else beyond[0] >= border) else 0.0
            crowd = self._dear[number]
            cost += (crowd if crowd >= 0.0 else self._crowding(number)) + self._cramped(number, source)
            ahead = self._towards * (_gap(x, left, right) + _gap(y, top, bottom))
            yield cost + ahead, cost, number, x, y, -1, _NOTHING

    def _arrival(
        self, source: int, target: int, x: float, y: float, number: int, previous: int, before: int
    ) -> float:
        """What it costs from a place in a corridor that touches the target to the target's border."""
        corridor = self._free.all[number]
        axis, ahead = corridor.axis, corridor.box_at_end == target
        border = self._boxes[target][axis][0 if ahead else 1]
        low, high = self._port(number, target)
        along, across = (x, y) if axis == 0 else (y, x)
        cost = abs(border - along) + _gap(across, low, high)
        cost += self._passing(number, along, border, across, (low, high)) + self._cramped(number, target)
        came = self._boxes[source][axis]
        cost += AWAY if (came[0] >= border if ahead else came[1] <= border) else 0.0
        if previous < 0:
            first, last = self._port(number, source)
            cost += CORNERED if min(last, high) - max(first, low) < LANE else 0.0
        else:
            cost += self._upright(source, target, one_bend=before < 0) if axis == 1 else 0.0
            before_it = self._free.all[previous]
            lead = border - before_it.low if ahead else before_it.high - border
            cost += CROWD if lead < LEAD_IN + CLEAR else 0.0
        return cost

    def _chain(self, source: int, target: int, *, narrow: bool) -> list[int] | None:
        all_corridors, facts, dear, crossing = self._free.all, self._facts, self._dear, self._free.crossing
        usual, towards = self._due, self._towards
        (left, right), (top, bottom) = self._boxes[target]
        goals, one_away = self._around(target, narrow)
        queue = list(self._starts(source, target, narrow))
        heapify(queue)
        closed = [_OPEN] * len(all_corridors)
        best = [inf] * len(all_corridors)
        places: dict[int, tuple[float, float]] = {}
        while queue:
            estimate, cost, number, x, y, previous, due = heappop(queue)
            if number < 0:
                chain = [previous]
                while (earlier := closed[chain[-1]]) >= 0:
                    chain.append(earlier)
                return chain[::-1]
            if closed[number] != _OPEN:
                continue
            if due:
                # What is crossed, and who is there, is dear to count: only for the ways that are about to be taken.
                from_x, from_y = places[previous]
                room = self._inner(previous) if closed[previous] >= 0 else self._port(previous, source)
                extra = (
                    self._passing(previous, from_x, x, y, room)
                    if all_corridors[previous].axis == 0
                    else self._passing(previous, from_y, y, x, room)
                )
                if due == _CROWD_TOO:
                    extra += self._crowding(number)
                if extra:
                    heappush(queue, (estimate + extra, cost + extra, number, x, y, previous, _NOTHING))
                    continue
            level = all_corridors[number].axis == 0
            closed[number] = previous
            best[number] = 0.0
            places[number] = (x, y)
            if number in goals:
                before = closed[previous] if previous >= 0 else -1
                total = cost + self._arrival(source, target, x, y, number, previous, before)
                heappush(queue, (total, total, -1, x, y, number, _NOTHING))
            cost += BEND
            here, there = (x, y) if level else (y, x)
            far_off = _gap(y, top, bottom) if level else _gap(x, left, right)
            t_low, t_high = (left, right) if level else (top, bottom)
            for other in crossing(number):
                if best[other] <= cost:
                    continue
                low, high, wide, marks = facts[other] or self._fact(other)
                if not (wide or narrow or other in goals):
                    continue
                if marks:
                    at = beside(here, (low, high), marks, there)
                else:
                    at = low if here < low else high if here > high else here
                price = dear[other]
                reached = cost + abs(at - here)
                if price > 0.0:
                    reached += price
                if best[other] <= reached:
                    continue
                best[other] = reached
                ahead = far_off + (t_low - at if at < t_low else at - t_high if at > t_high else 0.0)
                if other not in goals:
                    ahead += BEND if other in one_away else 2 * BEND
                new = (at, y) if level else (x, at)
                due = usual if price >= 0.0 else _CROWD_TOO
                heappush(queue, (reached + towards * ahead, reached, other, *new, number, due))
        return None

    def _around(self, box: int, narrow: bool) -> tuple[list[int], set[int]]:
        """Corridors that touch a box where a connector may (all that touch it when `narrow`), and those that cross
        these: from there one more bend is certain, from anywhere else two."""
        known = self._near.get((box, narrow))
        if known is None:
            doors = self._free.leaving[box]
            if not narrow:
                doors = [number for number in doors if self._is_door(number, box)]
            crossing = {other for number in doors for other in self._free.crossing(number)}
            known = self._near[box, narrow] = (doors, crossing)
        return known

    def _is_door(self, number: int, box: int) -> bool:
        corridor = self._free.all[number]
        low, high = self._port(number, box)
        return low + DOOR <= high and corridor.high - corridor.low >= NARROW

    def _wire(self, source: int, target: int, chain: list[int]) -> Wire:
        corridors = [self._free.all[number] for number in chain]
        first, last = corridors[0], corridors[-1]
        at = [sum(self._inner(number)) / 2 for number in chain]
        out, into = self._boxes[source], self._boxes[target]
        low, high = self._port(chain[0], source)
        cross = 1 - first.axis
        middle = sum(out[cross]) / 2
        if len(chain) == 1:
            middle = (middle + sum(into[cross]) / 2) / 2
        at[0] = min(max(middle, low), high)
        if len(chain) > 1:
            low, high = self._port(chain[-1], target)
            at[-1] = min(max(sum(into[1 - last.axis]) / 2, low), high)
        start = out[first.axis][1] if first.box_at_start == source else out[first.axis][0]
        end = into[last.axis][0] if last.box_at_end == target else into[last.axis][1]
        return Wire(source, target, first.axis, at, start, end)


def _squeezed(over: int) -> float:
    """Cost of so many connectors more than there are lanes."""
    return 0.0 if over <= 0 else CROWD if over == 1 else over * CROWD + SQUEEZED


def _gap(value: float, low: float, high: float) -> float:
    return low - value if value < low else value - high if value > high else 0.0

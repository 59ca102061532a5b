"""The cheapest chain of corridors from one box to another: short, with few bends, away from crowds."""

from __future__ import annotations

from heapq import heappop, heappush

from model.layout.corridors import Bounds, CorridorMap
from model.layout.wires import CLEAR, LEAD_IN, Wire, port_range

BEND = 60.0
"""A bend costs as much as this many pixels of detour."""
UPRIGHT_PORT = 75.0
"""Extra cost of leaving or entering through an upper or lower side: flows read from left to right."""
CROSSING = 14.0
"""Cost of crossing another wire."""
LANE = 12.0
"""Width one connector takes in a corridor."""
CROWD = 90.0
"""Cost of each connector more than a corridor has lanes for."""
SHARE = 2.0
"""Small cost of each connector already in a corridor, so that equal ways are taken in turn."""
DOOR = 2.0
"""A corridor must face at least this much of a side to carry ports, unless there is no other way."""
NARROW = 16.0
"""Corridors slimmer than this are used only when there is no other way."""


_Entry = tuple[float, float, int, float, float, int, bool]
"""Estimated total, cost so far, corridor (-1: arrived), x, y, corridor before, crossings counted."""


class Search:
    """Finds one connector after another and remembers how full every corridor is."""

    def __init__(self, boxes: list[Bounds], free: CorridorMap, *, weigh_crossings: bool) -> None:
        self._boxes = boxes
        self._free = free
        self._weigh = weigh_crossings
        count = len(free.all)
        # What earlier wires take of every corridor: from, to, and where across.
        self._runs: list[list[tuple[float, float, float]]] = [[] for _ in range(count)]
        self._lanes = [int(max(0.0, c.high - c.low - 2 * CLEAR) // LANE) + 1 for c in free.all]
        self._dear = [self._crowding(number) for number in range(count)]
        self._wide = [c.high - c.low >= NARROW for c in free.all]
        # How many wires touch a box in a corridor.
        self._passed: dict[tuple[int, int], int] = {}
        # The middle stretch of a corridor a connector may take, keeping clear of the boxes beside it.
        self._inner = [_inner(c.low, c.high) for c in free.all]

    def connect(self, source: int, target: int) -> Wire | None:
        """A wire between two boxes, or None when every way is walled in."""
        chain = self._chain(source, target, narrow=False) or self._chain(source, target, narrow=True)
        if chain is None:
            return None
        wire = self._wire(source, target, chain)
        for k, number in enumerate(chain):
            begin, stop = wire.extent(k)
            self._runs[number].append((min(begin, stop), max(begin, stop), wire.at[k]))
            self._dear[number] = self._crowding(number)
        for door in ((chain[0], source), (chain[-1], target)):
            self._passed[door] = self._passed.get(door, 0) + 1
        return wire

    def _cramped(self, number: int, box: int) -> float:
        """Cost of one more port where a corridor meets a box."""
        low, high = self._port(number, box)
        over = self._passed.get((number, box), 0) + 1 - int(max(high - low, 0.0) // LANE + 1)
        return over * CROWD if over > 0 else 0.0

    def _crossed(self, number: int, begin: float, stop: float, place: float) -> int:
        """About how many wires a run through a corridor from `begin` to `stop` crosses."""
        if not self._weigh:
            return 0
        if begin > stop:
            begin, stop = stop, begin
        runs, count = self._runs, 0
        for other in self._free.between(number, begin, stop):
            for near, far, at in runs[other]:
                if begin < at < stop and near < place < far:
                    count += 1
        return count

    def _port(self, number: int, box: int) -> tuple[float, float]:
        """Where a box's side takes connectors from this corridor; empty (low > high) at corners."""
        low, high = self._inner[number]
        first, last = port_range(self._boxes[box], 1 - self._free.all[number].axis)
        return max(low, first), min(high, last)

    def _crowding(self, number: int) -> float:
        """Cost of one more wire in a corridor."""
        used = len(self._runs[number])
        over = used + 1 - self._lanes[number]
        return used * SHARE + (over * CROWD if over > 0 else 0.0)

    def _chain(self, source: int, target: int, *, narrow: bool) -> list[int] | None:
        free, wide, inner, dear = self._free, self._wide, self._inner, self._dear
        (left, right), (top, bottom) = self._boxes[target]
        goals = set(self._doors(target, narrow))
        # Bends that are certain still to come: none in a goal, one where a goal crosses, else two.
        one_away = {other for number in goals for other in free.crossing(number)}
        queue: list[_Entry] = []
        (s_left, s_right), (s_top, s_bottom) = self._boxes[source]
        t_x, t_y = (left + right) / 2, (top + bottom) / 2
        for number in self._doors(source, narrow):
            corridor = free.all[number]
            low, high = self._port(number, source)
            leaves_at_start = corridor.box_at_start == source
            straight = number in goals
            if corridor.axis == 0:
                x = s_right if leaves_at_start else s_left
                y = min(max(t_y if straight else (s_top + s_bottom) / 2, low), high)
                cost = 0.0
            else:
                y = s_bottom if leaves_at_start else s_top
                x = min(max(t_x if straight else (s_left + s_right) / 2, low), high)
                cost = 0.0 if straight else UPRIGHT_PORT
            cost += dear[number] + self._cramped(number, source)
            heappush(
                queue, (cost + _gap(x, left, right) + _gap(y, top, bottom), cost, number, x, y, -1, True)
            )
        closed: dict[int, int] = {}
        places: dict[int, tuple[float, float]] = {}
        best: dict[int, float] = {}
        while queue:
            estimate, cost, number, x, y, previous, charged = heappop(queue)
            if number < 0:
                chain = [previous]
                while (before := closed[chain[-1]]) >= 0:
                    chain.append(before)
                return chain[::-1]
            if number in closed:
                continue
            if previous >= 0 and not charged:
                # Crossings are dear to count, so only for the ways that are about to be taken.
                from_x, from_y = places[previous]
                along = free.all[previous].axis
                count = (
                    self._crossed(previous, from_x, x, y)
                    if along == 0
                    else self._crossed(previous, from_y, y, x)
                )
                if count:
                    extra = CROSSING * count
                    heappush(queue, (estimate + extra, cost + extra, number, x, y, previous, True))
                    continue
            corridor = free.all[number]
            axis = corridor.axis
            closed[number] = previous
            places[number] = (x, y)
            if number in goals:
                ahead = corridor.box_at_end == target
                low, high = self._port(number, target)
                if axis == 0:
                    border = left if ahead else right
                    total = cost + abs(border - x) + _gap(y, low, high)
                    total += CROSSING * self._crossed(number, x, border, y)
                else:
                    border = top if ahead else bottom
                    total = cost + abs(border - y) + _gap(x, low, high)
                    total += CROSSING * self._crossed(number, y, border, x)
                    total += UPRIGHT_PORT if previous >= 0 else 0.0
                total += self._cramped(number, target)
                if previous >= 0:
                    before_it = free.all[previous]
                    lead = border - before_it.low if ahead else before_it.high - border
                    total += CROWD if lead < LEAD_IN + CLEAR else 0.0
                heappush(queue, (total, total, -1, x, y, number, True))
            for other in free.crossing(number):
                if other in closed or not (narrow or wide[other] or other in goals):
                    continue
                low, high = inner[other]
                if axis == 0:
                    new_x = low if x < low else high if x > high else x
                    new_y = y
                    step = abs(new_x - x)
                else:
                    new_x = x
                    new_y = low if y < low else high if y > high else y
                    step = abs(new_y - y)
                reached = cost + step + BEND + dear[other]
                known = best.get(other)
                if known is not None and known <= reached:
                    continue
                best[other] = reached
                ahead_cost = _gap(new_x, left, right) + _gap(new_y, top, bottom)
                if other not in goals:
                    ahead_cost += BEND if other in one_away else 2 * BEND
                heappush(queue, (reached + ahead_cost, reached, other, new_x, new_y, number, False))
        return None

    def _doors(self, box: int, narrow: bool) -> list[int]:
        """Corridors that touch a box where a connector may; all that touch it when `narrow`."""
        doors = self._free.leaving[box]
        if narrow:
            return doors
        usable = []
        for number in doors:
            low, high = self._port(number, box)
            if low + DOOR <= high:
                usable.append(number)
        return usable

    def _wire(self, source: int, target: int, chain: list[int]) -> Wire:
        corridors = [self._free.all[number] for number in chain]
        first, last = corridors[0], corridors[-1]
        at = [sum(self._inner[number]) / 2 for number in chain]
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


def _inner(low: float, high: float) -> tuple[float, float]:
    inset = min(CLEAR, (high - low) / 2)
    return low + inset, high - inset


def _gap(value: float, low: float, high: float) -> float:
    return low - value if value < low else value - high if value > high else 0.0

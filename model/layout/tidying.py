"""Tidying up: what nearly lines up lines up, gaps that are nearly even are even, nothing overlaps, little moves.

Unlike an arrangement this keeps the picture someone made: who is left of whom and above whom stays. What has been
tidied is tidy, and is left as it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from model.layout.arrangement import Arrangement, fit_zones
from model.layout.blocks import GRID, Area
from model.shapes.geometry import Point, Rect, snap

NEAR = 24.0
"""Edges or middles at most this far apart are meant to line up."""
EVEN = 30.0
"""Gaps in a row or column that differ by no more than this are meant to be even."""
GAP = 20.0
"""The least distance between components."""
ZONE_GAP = 40.0
"""The least distance between zones, and between a zone and components beside it."""
REACH = 300.0
"""Things further apart than this do not get into each other's way in one step."""
STEPS = 40
"""Steps until nothing moves any more, at most."""


@dataclass(slots=True)
class _Thing:
    """A component or a zone with all that is in it, in grid steps: places along x and y, and sizes."""

    id: str
    zone: bool
    at: list[float]
    size: tuple[float, float]

    def middle(self, axis: int) -> float:
        return self.at[axis] + self.size[axis] / 2


def tidy(
    boxes: Mapping[str, tuple[str | None, Rect]],
    zones: Sequence[Area] = (),
    frames: Mapping[str, Rect] | None = None,
) -> Arrangement:
    """Tidy places for components and frames of zones, in scene pixels.

    `boxes` maps a component to its zone and its rectangle, `frames` zones to theirs. Inside every zone what belongs
    to it is tidied, inner zones with their content as one; frames only grow. Components of unknown zones count as
    being in none.
    """
    known = {area.id for area in zones}
    places = {name: (zone if zone in known else None, rect) for name, (zone, rect) in boxes.items()}
    found = fit_zones(zones, frames or {}, places)
    for _ in range(STEPS):
        before = (places, found)
        places, found = _tidied(places, zones, found)
        if (places, found) == before:
            break
    return Arrangement({name: Point(rect.x, rect.y) for name, (_, rect) in places.items()}, found)


_Places = dict[str, tuple[str | None, Rect]]


def _tidied(
    boxes: _Places, zones: Sequence[Area], frames: dict[str, Rect]
) -> tuple[_Places, dict[str, Rect]]:
    """One step: every zone for itself, from the innermost outwards."""
    parents = {area.id: area.parent for area in zones}
    boxes, frames = dict(boxes), dict(frames)

    def depth(zone: str | None) -> int:
        seen: set[str] = set()
        while zone is not None and zone in parents and zone not in seen:
            seen.add(zone)
            zone = parents[zone]
        return len(seen)

    def inside(zone: str | None, outer: str) -> bool:
        seen: set[str] = set()
        while zone is not None and zone not in seen:
            if zone == outer:
                return True
            seen.add(zone)
            zone = parents.get(zone)
        return False

    homes = sorted({None, *parents}, key=lambda zone: (-depth(zone), zone or ""))
    for home in homes:
        things = [_thing(name, rect, zone=False) for name, (zone, rect) in boxes.items() if zone == home]
        nested = [area.id for area in zones if (area.parent if area.parent in parents else None) == home]
        things += [_thing(name, frames[name], zone=True) for name in nested]
        for thing, (x, y) in zip(things, _settled(things), strict=True):
            if not thing.zone:
                zone, rect = boxes[thing.id]
                boxes[thing.id] = zone, Rect(x, y, rect.width, rect.height)
                continue
            dx, dy = x - frames[thing.id].x, y - frames[thing.id].y
            if dx or dy:
                boxes.update(
                    (name, (zone, rect.moved(dx, dy)))
                    for name, (zone, rect) in list(boxes.items())
                    if inside(zone, thing.id)
                )
                frames.update(
                    (name, frames[name].moved(dx, dy)) for name in parents if inside(name, thing.id)
                )
        frames = fit_zones(zones, frames, boxes)
    return boxes, frames


def _thing(name: str, rect: Rect, *, zone: bool) -> _Thing:
    return _Thing(name, zone, [rect.x / GRID, rect.y / GRID], (rect.width / GRID, rect.height / GRID))


def _settled(things: Sequence[_Thing]) -> list[tuple[float, float]]:
    """Places in pixels for things that lie in the same zone."""
    apart = _apart(things)
    groups = [_groups(things, axis, apart[axis]) for axis in (0, 1)]
    found: list[list[int]] = []
    for axis in (0, 1):
        wishes = _wishes(things, axis, groups[axis])
        _even_out(things, axis, groups[axis], groups[1 - axis], wishes)
        found.append(_placed(things, axis, groups[axis], wishes, apart[axis]))
    return [(x * GRID, y * GRID) for x, y in zip(*found, strict=True)]


_Apart = list[tuple[int, int, int]]
"""First thing, second thing, and how many grid steps there are from the first's place to the second's at least."""


def _apart(things: Sequence[_Thing]) -> tuple[_Apart, _Apart]:
    """Who is to stay before whom along x, and along y: along whichever there is more room between the two."""
    result: tuple[_Apart, _Apart] = ([], [])
    order = sorted(range(len(things)), key=lambda k: (things[k].at[0], k))
    for number, k in enumerate(order):
        a = things[k]
        for other in order[number + 1 :]:
            b = things[other]
            if b.at[0] > a.at[0] + a.size[0] + REACH / GRID:
                break
            gaps = [max(b.at[i] - a.at[i] - a.size[i], a.at[i] - b.at[i] - b.size[i]) for i in (0, 1)]
            if max(gaps) * GRID > REACH:
                continue
            axis = 0 if gaps[0] >= gaps[1] else 1
            first, second = (k, other) if (a.middle(axis), k) <= (b.middle(axis), other) else (other, k)
            least = ZONE_GAP if a.zone or b.zone else GAP
            result[axis].append((first, second, math.ceil(things[first].size[axis] + least / GRID - 1e-9)))
    return result


def _groups(things: Sequence[_Thing], axis: int, apart: _Apart) -> list[list[int]]:
    """Things that line up along one axis by their starts or their middles; larger groups first."""
    after: dict[int, set[int]] = {}
    for first, second, _ in apart:
        after.setdefault(first, set()).add(second)
    left = set(range(len(things)))
    groups: list[list[int]] = []
    while left:
        best: tuple[int, float, int, list[int]] | None = None
        for number, anchor in enumerate((_start, _Thing.middle)):
            runs: list[list[int]] = []
            for k in sorted(left, key=lambda k: (anchor(things[k], axis), k)):
                value = anchor(things[k], axis)
                if (
                    runs
                    and value - anchor(things[runs[-1][0]], axis) <= NEAR / GRID
                    and not any(k in after.get(other, ()) or other in after.get(k, ()) for other in runs[-1])
                ):
                    runs[-1].append(k)
                else:
                    runs.append([k])
            for run in runs:
                spread = anchor(things[run[-1]], axis) - anchor(things[run[0]], axis)
                if best is None or (-len(run), spread, number) < best[:3]:
                    best = (-len(run), spread, number, run)
        if best is None:
            break
        groups.append(best[3])
        left.difference_update(best[3])
    return groups


def _start(thing: _Thing, axis: int) -> float:
    return thing.at[axis]


def _wishes(things: Sequence[_Thing], axis: int, groups: Sequence[Sequence[int]]) -> list[int]:
    """Where everything is to be so that groups line up: by starts or by middles, whatever moves them less."""
    wishes = [0] * len(things)
    for group in groups:
        ways = []
        for anchor, share in ((_start, 0.0), (_Thing.middle, 0.5)):
            values = sorted(anchor(things[k], axis) for k in group)
            line = values[(len(values) - 1) // 2]
            new = [_whole(line - share * things[k].size[axis], things[k].at[axis]) for k in group]
            ways.append(
                (sum(abs(place - things[k].at[axis]) for place, k in zip(new, group, strict=True)), new)
            )
        for place, k in zip(min(ways, key=lambda way: way[0])[1], group, strict=True):
            wishes[k] = place
    return wishes


def _whole(wish: float, now: float) -> int:
    """The grid step for a wish: the present one when it is no further off than rounding would be."""
    return round(now) if now == round(now) and abs(wish - now) <= 0.5 else int(snap(wish, 1.0))


def _even_out(
    things: Sequence[_Thing],
    axis: int,
    groups: Sequence[Sequence[int]],
    rows: Sequence[Sequence[int]],
    wishes: list[int],
) -> None:
    """Make the gaps along rows even where they nearly are, moving whole columns."""
    column = {k: number for number, group in enumerate(groups) for k in group}
    for row in rows:
        line = sorted(row, key=lambda k: (wishes[k], k))
        gaps = [wishes[b] - wishes[a] - things[a].size[axis] for a, b in pairwise(line)]
        if len(gaps) < 2 or not 0 < max(gaps) - min(gaps) <= EVEN / GRID or min(gaps) < 0:
            continue
        if len({column[k] for k in line}) < len(line):
            continue
        # Only what stands alone in its column moves freely: others would take their columns out of other rows.
        middle = sorted(gaps)[len(gaps) // 2]
        place: float = wishes[line[0]]
        for a, b in pairwise(line):
            place += things[a].size[axis] + middle
            shift = round(place) - wishes[b]
            if shift and len(groups[column[b]]) == 1:
                wishes[b] += shift
            place = wishes[b]


def _placed(
    things: Sequence[_Thing], axis: int, groups: Sequence[Sequence[int]], wishes: Sequence[int], apart: _Apart
) -> list[int]:
    """Places in grid steps: as wished, pushed apart where needed, groups staying in line."""
    group_of = {k: number for number, group in enumerate(groups) for k in group}
    base = [wishes[group[0]] for group in groups]
    need: dict[tuple[int, int], int] = {}
    for first, second, least in apart:
        a, b = group_of[first], group_of[second]
        if a != b:
            # From the group's own place to the other's.
            steps = least + (wishes[first] - base[a]) - (wishes[second] - base[b])
            need[a, b] = max(need.get((a, b), steps), steps)
    order = _in_turn(len(groups), need, base)
    before: dict[int, list[tuple[int, int]]] = {}
    after: dict[int, list[tuple[int, int]]] = {}
    turn = {group: number for number, group in enumerate(order)}
    for (a, b), steps in need.items():
        if turn[a] < turn[b]:
            before.setdefault(b, []).append((a, steps))
            after.setdefault(a, []).append((b, steps))
    rising, falling = list(base), list(base)
    for group in order:
        rising[group] = max([base[group], *(rising[a] + steps for a, steps in before.get(group, ()))])
    for group in reversed(order):
        falling[group] = min([base[group], *(falling[b] - steps for b, steps in after.get(group, ()))])
    shift = [(rising[group] + falling[group]) // 2 - base[group] for group in range(len(groups))]
    return [wishes[k] + shift[group_of[k]] for k in range(len(things))]


def _in_turn(count: int, need: Mapping[tuple[int, int], int], base: Sequence[int]) -> list[int]:
    """All groups so that each comes after those it is to stay behind, as far as that goes; by place otherwise."""
    waiting = [0] * count
    for _, b in need:
        waiting[b] += 1
    left = sorted(range(count), key=lambda group: (base[group], group))
    order: list[int] = []
    while left:
        group = next((each for each in left if not waiting[each]), left[0])
        left.remove(group)
        order.append(group)
        for a, b in need:
            if a == group:
                waiting[b] -= 1
    return order

"""Giving every piece of every wire its place: ports shared out, parallel pieces ordered and kept apart.

Works on one axis at a time: the pieces along that axis move across it while everything else stands still. A
piece moves only through space that is free along its whole length, so a wire that keeps clear of boxes
goes on keeping clear. Pieces that overlap are put in the order that crosses least and then apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from model.layout.corridors import Bounds
from model.layout.wires import ARROW, CLEAR, LEAD_IN, LEAD_OUT, Wire, port_range

LANE = 12.0
"""Distance between parallel pieces, where there is room."""
TIGHTENINGS = 6
"""How often a chain of pieces is pressed together to fit before it may overlap."""
REORDERINGS = 4
"""How often pieces that do not fit in the order that crosses least are put in another."""
TIGHT = 0.4
"""The share of the wanted distances to boxes that is kept when room is short."""
VISIBLE = 4.0
"""Pieces nearer to each other than this read as one line."""
PORT_LANE = 22.0
"""Ports on one side are at most this far apart, so that few of them stay near its middle."""
PASSES = 5


class _Piece:
    """One straight piece for the duration of one pass."""

    __slots__ = (
        "desired",
        "far",
        "high",
        "index",
        "k",
        "key",
        "low",
        "near",
        "place",
        "turns",
        "utmost",
        "wire",
    )

    def __init__(self, wire: Wire, k: int, index: int) -> None:
        self.wire, self.k, self.index = wire, k, index
        self.place = wire.at[k]
        begin, stop = wire.extent(k)
        self.near, self.far = (begin, stop) if begin <= stop else (stop, begin)
        self.low = self.high = self.desired = self.place
        self.utmost = (self.place, self.place)
        self.turns: list[tuple[float, float]] = []
        self.key = (0.0, 0.0)


class Obstacles:
    """Boxes sorted so that the nearest one beside a piece is found quickly."""

    def __init__(self, boxes: Sequence[Bounds], frame: Bounds) -> None:
        self.frame = frame
        self._ahead = [sorted((b[1 - a][0], b[1 - a][1], *b[a]) for b in boxes) for a in (0, 1)]
        self._behind = [sorted((-b[1 - a][1], -b[1 - a][0], *b[a]) for b in boxes) for a in (0, 1)]

    def room(self, axis: int, place: float, near: float, far: float) -> tuple[float, float]:
        """How far a piece along `axis` at `place` from `near` to `far` can move across before it meets a box."""
        low, high = self.frame[1 - axis]
        ahead = self._ahead[axis]
        for at in range(bisect_left(ahead, (place - 1e-6,)), len(ahead)):
            first, _, start, end = ahead[at]
            if first >= high:
                break
            if start < far and end > near:
                high = first
                break
        behind = self._behind[axis]
        for at in range(bisect_left(behind, (-place - 1e-6,)), len(behind)):
            first, _, start, end = behind[at]
            if -first <= low:
                break
            if start < far and end > near:
                low = -first
                break
        return low, high


def spread(wires: Sequence[Wire], boxes: Sequence[Bounds], frame: Bounds) -> None:
    """Move the pieces of all wires that are not fixed to good places, in place."""
    obstacles = Obstacles(boxes, frame)
    free = [wire for wire in wires if not wire.fixed]
    standing = tuple(_Standing(wires, axis) for axis in (0, 1))
    # Each pass over one axis changes what meets on the other; an odd number ends on the one that is read most.
    for number in range(PASSES):
        axis = number % 2
        _spread_axis(free, standing[axis], boxes, obstacles, axis, first_round=number < 2)
    for wire in free:
        wire.sharpen()


class _Standing:
    """The pieces along one axis of the wires that stay, found by place."""

    def __init__(self, wires: Sequence[Wire], axis: int) -> None:
        self._pieces: list[tuple[float, float, float, int, int]] = sorted(
            (wire.at[k], min(wire.extent(k)), max(wire.extent(k)), number, k)
            for number, wire in enumerate(wires)
            if wire.fixed
            for k in range((wire.first + axis) % 2, len(wire.at), 2)
        )
        self._wires = wires

    def beside(self, pieces: Sequence[_Piece]) -> list[_Piece]:
        """Those that any of the given pieces could come near to, numbered on from them."""
        met: set[tuple[int, int]] = set()
        for p in pieces if self._pieces else ():
            low, high = p.low - 1.5 * LANE, p.high + 1.5 * LANE
            start = bisect_left(self._pieces, (low,))
            for place, near, far, number, k in self._pieces[start : bisect_left(self._pieces, (high,))]:
                if near - LANE < p.far and far + LANE > p.near and place < high:
                    met.add((number, k))
        return [
            _Piece(self._wires[number], k, index)
            for index, (number, k) in enumerate(sorted(met), len(pieces))
        ]


def _spread_axis(
    wires: Sequence[Wire],
    standing: _Standing,
    boxes: Sequence[Bounds],
    obstacles: Obstacles,
    axis: int,
    *,
    first_round: bool,
) -> None:
    pieces: list[_Piece] = []
    for wire in wires:
        for k in range((wire.first + axis) % 2, len(wire.at), 2):
            piece = _Piece(wire, k, len(pieces))
            pieces.append(piece)
            _limits(piece, boxes, obstacles, axis)
            _wish(piece)
    pieces += standing.beside(pieces)
    for piece in pieces:
        _turns(piece)
        piece.key = _key(piece, boxes, 1 - axis) if first_round else (piece.place, 0.0)
    neighbours = _overlapping(pieces)
    order = _order(pieces, _precedence(pieces, neighbours))
    _share_ports(order, boxes, 1 - axis)
    _place(order, neighbours)


def _turns(piece: _Piece) -> None:
    """Where the piece bends, and towards which side: (coordinate along it, -1 or +1)."""
    wire, k = piece.wire, piece.k
    if k:
        beyond = wire.at[k - 2] if k > 1 else wire.start
        piece.turns.append(
            (wire.at[k - 1], 1.0 if beyond > piece.place else -1.0 if beyond < piece.place else 0.0)
        )
    if k + 1 < len(wire.at):
        beyond = wire.at[k + 2] if k + 2 < len(wire.at) else wire.end
        piece.turns.append(
            (wire.at[k + 1], 1.0 if beyond > piece.place else -1.0 if beyond < piece.place else 0.0)
        )


def _limits(piece: _Piece, boxes: Sequence[Bounds], obstacles: Obstacles, axis: int) -> None:
    room = obstacles.room(axis, piece.place, piece.near, piece.far)
    piece.low, piece.high = _limits_in(piece, room, boxes, 1 - axis, 1.0)
    piece.utmost = _limits_in(piece, room, boxes, 1 - axis, TIGHT)


def _limits_in(
    piece: _Piece, room: tuple[float, float], boxes: Sequence[Bounds], cross: int, share: float
) -> tuple[float, float]:
    """Where the piece may be when it keeps this share of the wanted distances."""
    wire, k = piece.wire, piece.k
    low, high = room
    inset = min(CLEAR * share, (high - low) / 2)
    low, high = low + inset, high - inset
    last = len(wire.at) - 1
    if k == 0:
        low, high = _within((low, high), port_range(boxes[wire.source], cross, share), piece.place)
    if k == last:
        low, high = _within((low, high), port_range(boxes[wire.target], cross, share), piece.place)
    if k == 1:
        low, high = _lead(low, high, wire.start, LEAD_OUT * share, piece.place)
    if k == last - 1:
        low, high = _lead(low, high, wire.end, max(LEAD_IN * share, ARROW), piece.place)
    return low, high


def _within(limits: tuple[float, float], side: tuple[float, float], place: float) -> tuple[float, float]:
    low, high = max(limits[0], side[0]), min(limits[1], side[1])
    return (low, high) if low <= high else (place, place)


def _lead(low: float, high: float, border: float, lead: float, place: float) -> tuple[float, float]:
    """Limits that leave `lead` pixels straight between the piece and a box's border, or half the room there is."""
    if place >= border:
        return min(max(low, border + lead), max(low, (low + high) / 2)), high
    return low, max(min(high, border - lead), min(high, (low + high) / 2))


def _wish(piece: _Piece) -> None:
    """Where the piece would go alone: halfway in a step, close to the boxes in a detour."""
    wire, k = piece.wire, piece.k
    low, high = piece.low, piece.high
    if k == 0 or k + 1 == len(wire.at):
        piece.desired = min(max(piece.place, low), high)
        return
    before = wire.at[k - 2] if k > 1 else wire.start
    after = wire.at[k + 2] if k + 2 < len(wire.at) else wire.end
    small, large = (before, after) if before <= after else (after, before)
    if small < piece.place < large:
        wish = (max(low, small) + min(high, large)) / 2
    elif piece.place >= large:
        wish = large + LEAD_IN
    else:
        wish = small - LEAD_IN
    piece.desired = min(max(wish, low), high)


def _key(piece: _Piece, boxes: Sequence[Bounds], cross: int) -> tuple[float, float]:
    """Order among pieces that start in the same place: by the way they turn, then by where they lead."""
    wire = piece.wire
    ends = sum(boxes[wire.source][cross]) + sum(boxes[wire.target][cross])
    lean = 0.0
    if piece.k == 0 and len(wire.at) > 1:
        lean = _sign(wire.extent(1))
    elif piece.k and piece.k == len(wire.at) - 1:
        begin, stop = wire.extent(piece.k - 1)
        lean = _sign((stop, begin))
    return piece.desired + lean * 0.5, ends


def _sign(way: tuple[float, float]) -> float:
    return 1.0 if way[1] > way[0] else -1.0 if way[1] < way[0] else 0.0


def _overlapping(pieces: list[_Piece]) -> list[list[int]]:
    """For every piece the indices of those it runs beside and could get into the way of."""
    lane = LANE
    neighbours: list[list[int]] = [[] for _ in pieces]
    active: list[_Piece] = []
    for piece in sorted(pieces, key=lambda p: (p.near, p.index)):
        limit = piece.near - lane / 2
        active = [other for other in active if other.far > limit]
        low, high, index = piece.low - 1.5 * lane, piece.high + 1.5 * lane, piece.index
        mine, fixed = neighbours[index], piece.wire.fixed
        for other in active:
            if other.low < high and other.high > low and not (fixed and other.wire.fixed):
                mine.append(other.index)
                neighbours[other.index].append(index)
        active.append(piece)
    return neighbours


_After = list[list[tuple[int, bool]]]
"""For every piece those that come after it, and whether they must (else: crosses less so)."""


def _precedence(pieces: list[_Piece], neighbours: list[list[int]]) -> _After:
    """Which pieces should follow which, because the other order is impossible or crosses more."""
    lane = LANE / 3
    after: _After = [[] for _ in pieces]
    for p in pieces:
        for index in neighbours[p.index]:
            if index <= p.index:
                continue
            q = pieces[index]
            q_first, p_first = q.low + lane <= p.high, p.low + lane <= q.high
            if q_first and p_first:
                gain, must = _crossings(p, q) - _crossings(q, p), False
            else:
                gain, must = (-1 if p_first else 1 if q_first else 0), True
            if gain < 0:
                after[p.index].append((index, must))
            elif gain > 0:
                after[index].append((p.index, must))
    return after


def _crossings(first: _Piece, second: _Piece) -> int:
    """How often two parallel pieces' wires cross here when `first` has the smaller coordinate."""
    count = 0
    for place, side in first.turns:
        if side > 0 and second.near < place < second.far:
            count += 1
    for place, side in second.turns:
        if side < 0 and first.near < place < first.far:
            count += 1
    return count


def _order(pieces: list[_Piece], after: _After) -> list[_Piece]:
    """All pieces, smaller coordinates first, respecting `after`; circles are cut where only crossings are lost."""
    waiting = [0] * len(pieces)
    held = [0] * len(pieces)
    for followers in after:
        for index, must in followers:
            waiting[index] += 1
            held[index] += must
    ready = [(p.key, p.index) for p in pieces if not waiting[p.index]]
    second = [(p.key, p.index) for p in pieces if not held[p.index]]
    last = [(p.key, p.index) for p in pieces]
    for heap in (ready, second, last):
        heapify(heap)
    done = [False] * len(pieces)
    order: list[_Piece] = []
    while len(order) < len(pieces):
        _, index = heappop(ready or second or last)
        if done[index]:
            continue
        done[index] = True
        order.append(pieces[index])
        for follower, must in after[index]:
            waiting[follower] -= 1
            held[follower] -= must
            if not waiting[follower]:
                heappush(ready, (pieces[follower].key, follower))
            elif must and not held[follower]:
                heappush(second, (pieces[follower].key, follower))
    return order


def _share_ports(order: list[_Piece], boxes: Sequence[Bounds], cross: int) -> None:
    """Wish for evenly spaced ports on every side, in the order found."""
    sides: dict[tuple[int, float], list[_Piece]] = {}
    for piece in order:
        wire, k = piece.wire, piece.k
        if k == 0:
            sides.setdefault((wire.source, wire.start), []).append(piece)
        if k == len(wire.at) - 1:
            sides.setdefault((wire.target, wire.end), []).append(piece)
    wishes: dict[int, list[float]] = {}
    for (box, _), members in sides.items():
        low, high = port_range(boxes[box], cross)
        gap = min(PORT_LANE, (high - low) / len(members))
        start = (low + high) / 2 - gap * (len(members) - 1) / 2
        for rank, piece in enumerate(members):
            wishes.setdefault(piece.index, []).append(start + gap * rank)
    for piece in order:
        if piece.index in wishes and not piece.wire.fixed:
            wanted = wishes[piece.index]
            piece.desired = min(max(sum(wanted) / len(wanted), piece.low), piece.high)


def _place(order: list[_Piece], neighbours: list[list[int]]) -> None:
    """Set every piece as near to its wish as its neighbours' distance allows, group by group."""
    rank = {piece.index: number for number, piece in enumerate(order)}
    by_index = {piece.index: piece for piece in order}
    seen: set[int] = set()
    for piece in order:
        if piece.index in seen:
            continue
        group = [piece.index]
        seen.add(piece.index)
        for index in group:
            for other in neighbours[index]:
                if other not in seen:
                    seen.add(other)
                    group.append(other)
        group.sort(key=rank.__getitem__)
        members = [by_index[index] for index in group]
        _place_group(members, neighbours, rank)


def _place_group(members: list[_Piece], neighbours: list[list[int]], rank: dict[int, int]) -> None:
    if len(members) == 1:
        only = members[0]
        only.wire.at[only.k] = only.desired
        return
    for attempt in range(REORDERINGS + 1):
        before = {p.index: [i for i in neighbours[p.index] if rank[i] < rank[p.index]] for p in members}
        lanes, least, stuck = _tightened(members, before)
        if not stuck or attempt == REORDERINGS:
            break
        if attempt == 0:
            for p in members:
                if p.index in stuck:
                    p.low, p.high = min(p.low, p.utmost[0]), max(p.high, p.utmost[1])
            continue
        # Crossings are the lesser evil: those that cannot stand in this order stand in the order of their limits.
        slots = sorted(rank[i] for i in stuck)
        limits = {p.index: (p.high, p.low, rank[p.index]) for p in members}
        for slot, index in zip(slots, sorted(stuck, key=limits.__getitem__), strict=True):
            rank[index] = slot
        members.sort(key=lambda p: rank[p.index])
    after = {p.index: [i for i in neighbours[p.index] if rank[i] > rank[p.index]] for p in members}
    most: dict[int, float] = {}
    for p in reversed(members):
        value, lane = p.high, lanes[p.index]
        for i in after[p.index]:
            value = min(value, most[i] - min(lane, lanes[i]))
        most[p.index] = value
    rising: dict[int, float] = {}
    for p in members:
        value, lane = p.desired, lanes[p.index]
        for i in before[p.index]:
            value = max(value, rising[i] + min(lane, lanes[i]))
        rising[p.index] = max(min(value, most[p.index]), least[p.index])
    falling: dict[int, float] = {}
    for p in reversed(members):
        value, lane = p.desired, lanes[p.index]
        for i in after[p.index]:
            value = min(value, falling[i] - min(lane, lanes[i]))
        falling[p.index] = min(max(value, least[p.index]), most[p.index])
    for p in members:
        if not p.wire.fixed:
            place = (rising[p.index] + falling[p.index]) / 2
            p.wire.at[p.k] = min(max(place, p.low), p.high)


def _tightened(
    members: list[_Piece], before: dict[int, list[int]]
) -> tuple[dict[int, float], dict[int, float], set[int]]:
    """Distance each piece keeps, less where room is short; the least coordinate each can have; and those that
    are pressed together harder than can be seen, in this order."""
    pieces = {p.index: p for p in members}
    lanes = {p.index: LANE for p in members}
    least: dict[int, float] = {}
    pushed_by: dict[int, int] = {}
    stuck: set[int] = set()

    def settle(p: _Piece) -> float:
        value, pusher, lane = p.low, -1, lanes[p.index]
        for i in before[p.index]:
            gap = lanes[i]
            pushed = least[i] + (gap if gap < lane else lane)
            if pushed > value:
                value, pusher = pushed, i
        least[p.index], pushed_by[p.index] = value, pusher
        return value

    for p in members:
        for _ in range(TIGHTENINGS):
            if settle(p) <= p.high + 1e-6:
                break
            chain = [p.index]
            while (pusher := pushed_by[chain[-1]]) >= 0:
                chain.append(pusher)
            if len(chain) == 1:
                break
            lane = max((p.high - pieces[chain[-1]].low) / (len(chain) - 1), 0.0) * 0.999
            if lane < VISIBLE:
                stuck.update(chain)
            for i in chain:
                lanes[i] = min(lanes[i], lane)
            for i in reversed(chain[1:]):
                settle(pieces[i])
        else:
            settle(p)
    return lanes, least, stuck

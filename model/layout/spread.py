"""Giving every piece of every wire its place: ports shared out, parallel pieces ordered and kept apart.

Works on one axis at a time: the pieces along that axis move across it while everything else stands still. A
piece moves only through space that is free along its whole length, so a wire that keeps clear of boxes
goes on keeping clear. Pieces that overlap are put in the order that crosses least and then apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from model.layout.apart import move_apart
from model.layout.corridors import Bounds
from model.layout.pieces import LANE, Piece
from model.layout.sequence import in_order, overlapping, precedence
from model.layout.wires import ARROW, CLEAR, LEAD_IN, LEAD_OUT, Wire, port_range

TIGHT = 0.4
"""The share of the wanted distances to boxes that is kept when room is short."""
PORT_LANE = 22.0
"""Ports on one side are at most this far apart, so that few of them stay near its middle."""
PASSES = 5
"""Passes in turn over both axes: odd, so that the level pieces, which are read most, come last."""


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

    def beside(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Those that any of the given pieces could come near to, numbered on from them."""
        met: set[tuple[int, int]] = set()
        for p in pieces if self._pieces else ():
            low, high = p.low - 1.5 * LANE, p.high + 1.5 * LANE
            start = bisect_left(self._pieces, (low,))
            for place, near, far, number, k in self._pieces[start : bisect_left(self._pieces, (high,))]:
                if near - LANE < p.far and far + LANE > p.near and place < high:
                    met.add((number, k))
        return [
            Piece(self._wires[number], k, index) for index, (number, k) in enumerate(sorted(met), len(pieces))
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
    pieces: list[Piece] = []
    for wire in wires:
        for k in range((wire.first + axis) % 2, len(wire.at), 2):
            piece = Piece(wire, k, len(pieces))
            pieces.append(piece)
            _limits(piece, boxes, obstacles, axis)
            _wish(piece)
    pieces += standing.beside(pieces)
    for piece in pieces:
        _turns(piece)
        piece.key = _key(piece, boxes, 1 - axis) if first_round else (piece.place, 0.0)
    neighbours = overlapping(pieces)
    order = in_order(pieces, precedence(pieces, neighbours))
    _share_ports(order, boxes, 1 - axis)
    move_apart(order, neighbours)


def _turns(piece: Piece) -> None:
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


def _limits(piece: Piece, boxes: Sequence[Bounds], obstacles: Obstacles, axis: int) -> None:
    room = obstacles.room(axis, piece.place, piece.near, piece.far)
    piece.low, piece.high = _limits_in(piece, room, boxes, 1 - axis, 1.0)
    piece.utmost = _limits_in(piece, room, boxes, 1 - axis, TIGHT)


def _limits_in(
    piece: Piece, room: tuple[float, float], boxes: Sequence[Bounds], cross: int, share: float
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


def _wish(piece: Piece) -> None:
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


def _key(piece: Piece, boxes: Sequence[Bounds], cross: int) -> tuple[float, float]:
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


def _share_ports(order: list[Piece], boxes: Sequence[Bounds], cross: int) -> None:
    """Wish for evenly spaced ports on every side, in the order found."""
    sides: dict[tuple[int, float], list[Piece]] = {}
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

"""Giving every piece of every wire its place: ports shared out, parallel pieces ordered and kept apart.

Works on one axis at a time: the pieces along that axis move across it while everything else stands still. A
piece moves only through space that is free along its whole length, so a wire that keeps clear of boxes
goes on keeping clear. Pieces that overlap are put in the order that crosses least and then apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import inf

from model.layout.apart import move_apart
from model.layout.bands import Bands
from model.layout.corridors import Bounds, Span
from model.layout.gaps import keep_between
from model.layout.parting import part
from model.layout.pieces import Piece
from model.layout.sequence import in_order, overlapping, precedence
from model.layout.standing import Standing
from model.layout.untangling import untangle
from model.layout.wires import ARROW, CLEAR, LANE, LEAD_IN, LEAD_OUT, Wire, port_range

TIGHT = 0.4
"""The share of the wanted distances to boxes that is kept when room is short."""
PORT_LANE = 22.0
"""Ports on one side are at most this far apart, so that few of them stay near its middle."""
OVERFULL = 40.0
"""A stretch beside a band that is full is taken only if the next one is further away than this."""
PASSES = 5
"""Passes in turn over both axes: odd, so that the level pieces, which are read most, come last. After more than half
of them lines change places that cross beside a box they share."""
FEW_PASSES = 3
"""The same in a hurry: what is still moved then is hardly seen among many lines."""


CELL = 240.0
"""Boxes are found by cells of this length."""
_Cells = dict[int, list[tuple[float, float, float, float]]]
_Sorted = tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]


class Obstacles:
    """Boxes sorted so that the nearest one beside a piece is found quickly."""

    def __init__(self, boxes: Sequence[Bounds], frame: Bounds, near: Sequence[int]) -> None:
        self.frame = frame
        self._cells: tuple[_Cells, _Cells] = ({}, {})
        for axis, cells in enumerate(self._cells):
            for index in near:
                (start, end), (first, last) = boxes[index][axis], boxes[index][1 - axis]
                for cell in range(int(start // CELL), int(end // CELL) + 1):
                    cells.setdefault(cell, []).append((first, last, start, end))
        # Per axis and cell along it: those that begin ahead, and those that end behind, nearest first from any place.
        self._sorted: tuple[dict[int, _Sorted], dict[int, _Sorted]] = ({}, {})

    def _in_cell(self, axis: int, cell: int) -> _Sorted:
        known = self._sorted[axis].get(cell)
        if known is None:
            here = self._cells[axis].get(cell, ())
            ahead = sorted((first, start, end) for first, _, start, end in here)
            behind = sorted((-last, start, end) for _, last, start, end in here)
            known = self._sorted[axis][cell] = ahead, behind
        return known

    def room(self, axis: int, place: float, near: float, far: float) -> Span:
        """How far a piece along `axis` at `place` from `near` to `far` can move across before it meets a box."""
        low, high = self.frame[1 - axis]
        low = -low
        for cell in range(int(near // CELL), int(far // CELL) + 1):
            ahead, behind = self._in_cell(axis, cell)
            if ahead:
                high = _first(ahead, place, near, far, high)
                low = _first(behind, -place, near, far, low)
        return -low, high


def _first(
    entries: list[tuple[float, float, float]], place: float, near: float, far: float, limit: float
) -> float:
    """Where the first entry from `place` on begins that lies between `near` and `far`, or the limit."""
    for at in range(bisect_left(entries, (place - 1e-6,)), len(entries)):
        first, start, end = entries[at]
        if first >= limit:
            break
        if start < far and end > near:
            return first
    return limit


def spread(
    wires: Sequence[Wire],
    boxes: Sequence[Bounds],
    obstacles: Obstacles,
    bands: Bands,
    standing: Standing,
    *,
    careful: bool,
    hurried: bool,
) -> None:
    """Move the pieces of the wires to good places, in place: out of the bands, and out of the way of what stands."""

    def fits(index: int, k: int, place: float) -> bool:
        wire = wires[index]
        piece = Piece(wire, k, 0)
        axis = (wire.first + k) % 2
        piece.room = obstacles.room(axis, piece.place, piece.near, piece.far)
        low, high = _limits_in(piece, boxes, 1 - axis, TIGHT)
        return low <= place <= high

    passes = FEW_PASSES if hurried else PASSES
    for number in range(passes):
        if careful and number == passes // 2 + 1:
            untangle(wires, standing, fits)
        _spread_axis(wires, standing, boxes, obstacles, bands, number % 2, first_round=number < 2)
    for wire in wires:
        wire.sharpen()

    def limits(piece: Piece, axis: int) -> list[Span]:
        piece.room = obstacles.room(axis, piece.place, piece.near, piece.far)
        low, high = _limits_in(piece, boxes, 1 - axis, TIGHT)
        beside = bands.parts(axis, low, high, piece.near, piece.far)
        beside.sort(key=lambda part: max(part[0] - piece.place, piece.place - part[1], 0.0))
        return [*beside, (low, high)]

    part(wires, standing, limits)


def _spread_axis(
    wires: Sequence[Wire],
    standing: Standing,
    boxes: Sequence[Bounds],
    obstacles: Obstacles,
    bands: Bands,
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
    _keep_out(pieces, bands, axis)
    for piece in pieces:
        _turns(piece)
    keep_between(pieces, standing, axis)
    for piece in pieces:
        piece.key = _key(piece, boxes, 1 - axis) if first_round else (piece.place, 0.0)
    neighbours = overlapping(pieces)
    order = in_order(pieces, precedence(pieces, neighbours))
    _share_ports(order, boxes, 1 - axis)
    move_apart(order, neighbours, lambda piece: _loosen(piece, boxes, bands, axis))


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
    piece.room = obstacles.room(axis, piece.place, piece.near, piece.far)
    piece.low, piece.high = _limits_in(piece, boxes, 1 - axis, 1.0)


def _loosen(piece: Piece, boxes: Sequence[Bounds], bands: Bands, axis: int) -> None:
    """Let a piece that does not fit come nearer to boxes, but into no band it keeps out of."""
    low, high = _limits_in(piece, boxes, 1 - axis, TIGHT)
    wide = max(low, piece.stretch[0]), min(high, piece.stretch[1])
    parts = bands.parts(axis, *wide, piece.near, piece.far)
    for low, high in [each for each in parts if each[0] <= piece.high and piece.low <= each[1]] or [wide]:
        piece.low, piece.high = min(piece.low, low), max(piece.high, high)


def _limits_in(piece: Piece, boxes: Sequence[Bounds], cross: int, share: float) -> Span:
    """Where the piece may be when it keeps this share of the wanted distances."""
    wire, k = piece.wire, piece.k
    low, high = piece.room or (piece.place, piece.place)
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


def _keep_out(pieces: Sequence[Piece], bands: Bands, axis: int) -> None:
    """Limit every piece to one stretch beside the bands it meets: near its wish, and where there is room."""
    chosen: list[tuple[float, float, Piece]] = []
    for piece in pieces:
        wire, k = piece.wire, piece.k
        low, high = piece.low, piece.high
        if k == 1:
            low, high = bands.short_of_titles(1 - axis, wire.at[0], wire.start, low, high)
        if k and k == len(wire.at) - 2:
            low, high = bands.short_of_titles(1 - axis, wire.at[-1], wire.end, low, high)
        parts = bands.parts(axis, low, high, piece.near, piece.far)
        if parts == [(piece.low, piece.high)]:
            continue
        best, least = parts[0], inf
        for low, high in parts:
            beside = sum(
                1
                for first, last, other in chosen
                if first < high and low < last and other.near < piece.far and piece.near < other.far
            )
            over = beside + 1 - int((high - low) // LANE + 1)
            cost = max(low - piece.desired, piece.desired - high, 0.0) + max(over, 0) * OVERFULL
            if cost < least:
                best, least = (low, high), cost
        low, high = best
        piece.stretch = (-inf if low == piece.low else low, inf if high == piece.high else high)
        piece.low, piece.high = low, high
        piece.desired = min(max(piece.desired, low), high)
        chosen.append((low, high, piece))


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
        if piece.index in wishes:
            wanted = wishes[piece.index]
            piece.desired = min(max(sum(wanted) / len(wanted), piece.low), piece.high)

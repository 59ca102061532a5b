"""The straight pieces of one axis while they are ordered and moved apart."""

from __future__ import annotations

from math import inf

from model.layout.corridors import Span
from model.layout.wires import Wire


class Piece:
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
        "room",
        "stretch",
        "turns",
        "wire",
    )

    def __init__(self, wire: Wire, k: int, index: int) -> None:
        self.wire, self.k, self.index = wire, k, index
        self.place = wire.at[k]
        begin, stop = wire.extent(k)
        self.near, self.far = (begin, stop) if begin <= stop else (stop, begin)
        self.low = self.high = self.desired = self.place
        self.room: Span | None = None
        """How far it could move before it meets a box; None when it stays."""
        self.stretch: Span = (-inf, inf)
        """Between which bands it is to lie."""
        self.turns: list[tuple[float, float]] = []
        self.key = (0.0, 0.0)

"""Sets of packets as boxes: an address range at either end, a range of protocol numbers, a range of destination ports.

Rules and flows are made of boxes; cutting one out of another leaves boxes again. Both ends of a range belong to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import ip_network
from math import prod
from typing import NamedTuple

PROTOCOLS = {"tcp": 6, "udp": 17}
ANY_PROTOCOL = (0, 255)
ANY_PORT = (0, 65535)
WHOLE = {4: (0, 2**32 - 1), 6: (0, 2**128 - 1)}
"""All addresses of a family."""

Range = tuple[int, int]

MOST_PIECES = 20_000
"""So many boxes are worked on at once, at most: rules that break into more are too intricate to judge."""


class TooIntricate(Exception):  # never leaves this package
    """What is asked for would take more pieces than MOST_PIECES."""


class Box(NamedTuple):
    """One family's packets from a range of sources to a range of destinations, protocols and ports."""

    version: int
    source: Range
    destination: Range
    protocol: Range
    port: Range

    @property
    def size(self) -> int:
        """How many packets it holds."""
        return prod(high - low + 1 for low, high in self[1:])


def network_range(text: str) -> tuple[int, Range]:
    """The family and the addresses of a network."""
    network = ip_network(text)
    return network.version, (int(network.network_address), int(network.broadcast_address))


def _box(version: int, ranges: Sequence[Range]) -> Box:
    source, destination, protocol, port = ranges
    return Box(version, source, destination, protocol, port)


def common(one: Box, other: Box) -> Box | None:
    """What two boxes share."""
    if one.version != other.version:
        return None
    ranges = []
    for (low, high), (least, most) in zip(one[1:], other[1:], strict=True):
        low, high = max(low, least), min(high, most)
        if low > high:
            return None
        ranges.append((low, high))
    return _box(one.version, ranges)


def without(box: Box, cut: Box) -> list[Box]:
    """What is left of a box without another: as few as none and as many as eight boxes."""
    inside = common(box, cut)
    if inside is None:
        return [box]
    left = []
    ranges = list(box[1:])
    for place, (low, high) in enumerate(inside[1:]):
        least, most = ranges[place]
        for piece in ((least, low - 1), (high + 1, most)):
            if piece[0] <= piece[1]:
                left.append(_box(box.version, [*ranges[:place], piece, *ranges[place + 1 :]]))
        ranges[place] = (low, high)
    return left


def split(boxes: Iterable[Box], cuts: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """Boxes as (inside any of the cuts, outside all of them). Raises TooIntricate."""
    outside, inside = list(boxes), []
    for cut in cuts:
        left: list[Box] = []
        for box in outside:
            shared = common(box, cut)
            if shared is None:
                left.append(box)
            else:
                inside.append(shared)
                left += without(box, cut)
        outside = left
        if len(outside) + len(inside) > MOST_PIECES:
            raise TooIntricate
    return inside, outside


def covered(boxes: Iterable[Box], covers: Sequence[Box]) -> bool:
    """Whether every packet of some boxes lies in one of the covers. Raises TooIntricate."""
    work = [(box, 0) for box in boxes]
    steps = 0
    while work:
        box, place = work.pop()
        near = [shared for cover in covers[place:] if (shared := common(box, cover)) is not None]
        if sum(each.size for each in near) < box.size:
            return False
        while common(box, covers[place]) is None:
            place += 1
        work += [(piece, place + 1) for piece in without(box, covers[place])]
        steps += 1
        if steps > MOST_PIECES:
            raise TooIntricate
    return True

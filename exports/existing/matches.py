"""What the conditions of one rule match, gathered one by one and then made into boxes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from math import prod

from exports.existing.boxes import ANY_PORT, ANY_PROTOCOL, PROTOCOLS, WHOLE, Box, Range, network_range
from exports.existing.rules import everything
from model.frozen import Bilingual
from model.sentences import closed, told
from model.storage.strict_json import shown

MOST_BOXES = 5_000
NUMBERS = {**PROTOCOLS, "icmp": 1, "ipv6-icmp": 58, "icmpv6": 58, "sctp": 132, "esp": 50, "ah": 51, "gre": 47}
_ICMP = {(1, 1), (58, 58)}
_HIGH = (1024, 65535)
"""Where clients connect from: a rule for these source ports is one for all."""


class Unclear(Exception):  # never leaves this package
    """A condition that packets alone do not decide; `reason` says which."""

    def __init__(self, reason: Bilingual) -> None:
        super().__init__(reason.en)
        self.reason = reason


def unclear(what: str, japanese: str = "") -> Unclear:
    """A condition that cannot be judged, as its file writes it, or in words of both languages."""
    return Unclear(
        Bilingual(
            en=f"it depends on {what}, which flows do not tell",
            ja=closed(japanese or what, " に依存し、通信要件だけでは判定できない"),
        )
    )


class Match:
    """The conditions of a rule. `never`: it cannot match the first packet of a connection between hosts.

    `inbound`: it matches only packets that come in to the host that it is a rule of, or only others.
    """

    def __init__(self, versions: Iterable[int]) -> None:
        self.versions = set(versions)
        self.never = False
        self.inbound: bool | None = None
        self.ranges: dict[str, list[Range]] = {"protocol": [ANY_PROTOCOL], "port": [ANY_PORT]}
        self.ends: dict[str, dict[int, list[Range]]] = {}

    def restrict(self, what: str, ranges: Sequence[Range], *, negated: bool = False) -> None:
        """Narrow "protocol" or "port" to some ranges, or to all but them."""
        whole = ANY_PROTOCOL if what == "protocol" else ANY_PORT
        found = complement(ranges, whole) if negated else list(ranges)
        self.ranges[what] = [
            both for one in self.ranges[what] for other in found if (both := overlap(one, other))
        ]

    def between(self, end: str, found: Iterable[tuple[int, Range]], *, negated: bool = False) -> None:
        """Narrow "source" or "destination" to some addresses, or to all but them; of no family but theirs."""
        given: dict[int, list[Range]] = {}
        for version, addresses in found:
            given.setdefault(version, []).append(addresses)
        self.versions &= given.keys()
        before = self.ends.get(end, {version: [whole] for version, whole in WHOLE.items()})
        self.ends[end] = {
            version: [
                both
                for one in before.get(version, [])
                for other in (complement(ranges, WHOLE[version]) if negated else ranges)
                if (both := overlap(one, other))
            ]
            for version, ranges in given.items()
        }

    def from_ports(self, ranges: Sequence[Range], *, negated: bool = False) -> None:
        """A condition on source ports: it may let every client port pass, else it is unclear."""
        found = complement(ranges, ANY_PORT) if negated else list(ranges)
        if not any(low <= _HIGH[0] and high >= _HIGH[1] for low, high in found):
            raise unclear("source ports", "送信元ポート")

    def flags(self, mask: Iterable[str], wanted: Iterable[str], *, negated: bool = False) -> None:
        """A condition on flags of TCP, in lower case: the first packet of a connection has "syn" and no other."""
        if (set(wanted) == {"syn"} & set(mask)) == negated:
            self.never = True

    def casts(self, kinds: Iterable[str], *, negated: bool = False) -> None:
        """A condition on what kind of address packets go to, in lower case.

        Flows go to single hosts: to this one, as packets that come in, or to others.
        """
        wanted = set(kinds)
        comes, goes = ("local" in wanted) != negated, ("unicast" in wanted) != negated
        if comes != goes and self.inbound in (None, comes):
            self.inbound = comes
        elif not comes or not goes:
            self.never = True

    def judged(self, doubt: Bilingual | None) -> tuple[tuple[Box, ...], Bilingual | None]:
        """The packets it may match, and why nobody can tell which: the doubt given, or too many boxes."""
        try:
            return self.boxes(), doubt
        except Unclear as found:
            return tuple(everything(version) for version in sorted(self.versions)), found.reason

    def boxes(self) -> tuple[Box, ...]:
        """The packets it matches, ICMP left out. Raises Unclear where that takes too many boxes."""
        if self.never:
            return ()
        protocols = [each for each in self.ranges["protocol"] if each not in _ICMP]
        found: list[Box] = []
        for version in sorted(self.versions):
            whole = [WHOLE[version]]
            ends = [self.ends.get(end, {}).get(version, whole) for end in ("source", "destination")]
            parts = (*ends, protocols, self.ranges["port"])
            if len(found) + prod(map(len, parts)) > MOST_BOXES:
                raise unclear(
                    f"more than {MOST_BOXES} combinations of its values",
                    f"値の {MOST_BOXES} 通りを超える組み合わせ",
                )
            found += [Box(version, *each) for each in product(*parts)]
        return tuple(found)


def overlap(one: Range, other: Range) -> Range | None:
    """What two ranges share."""
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high else None


def complement(ranges: Iterable[Range], whole: Range) -> list[Range]:
    """What of a whole lies in none of the ranges."""
    found, start = [], whole[0]
    for low, high in sorted(ranges):
        if low > start:
            found.append((start, low - 1))
        start = max(start, high + 1)
    if start <= whole[1]:
        found.append((start, whole[1]))
    return found


def addresses(text: str) -> tuple[int, Range]:
    """An address, a network, or two addresses with a hyphen between. Raises ValueError."""
    first, hyphen, last = text.partition("-")
    if not hyphen:
        return network_range(text)
    (version, (low, _)), (other, (_, high)) = network_range(first), network_range(last)
    if version != other or low > high:
        raise ValueError(told("{text} is no range of addresses", text=shown(text)))
    return version, (low, high)


def protocol(text: str) -> Range:
    """A protocol by name or number. Raises ValueError."""
    if text in ("all", "any", "ip", "-1", "0"):
        return ANY_PROTOCOL
    number = NUMBERS.get(text)
    if number is None:
        if not (text.isascii() and text.isdigit() and int(text) <= ANY_PROTOCOL[1]):
            raise ValueError(told("{text} is no protocol", text=shown(text)))
        number = int(text)
    return number, number


def ports(text: str, between: str = "-") -> Range:
    """A port, two with `between` between them, or "any". Raises ValueError."""
    if text in ("any", "all"):
        return ANY_PORT
    first, apart, last = text.partition(between)
    last = last if apart else first
    if not all(each.isascii() and each.isdigit() and len(each) <= 5 for each in (first, last)):
        raise ValueError(told("{text} is no port", text=shown(text)))
    if not int(first) <= int(last) <= ANY_PORT[1]:
        raise ValueError(told("{text} is no range of ports", text=shown(text)))
    return int(first), int(last)

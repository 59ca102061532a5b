"""Every combination of chosen switches, and what each would open: openings against features.

What a group of components opens towards one kind depends on few of the switches. It is worked out once for every
combination of those few, as sets of bits; a combination of all switches is then a handful of table look-ups joined
by "or". Nothing is derived per combination.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from model.catalog.following import ITSELF, Pair
from model.derivation.alike import Alike
from model.derivation.graph import FlowGraph
from model.derivation.planning import Plan, Planner, plan_of
from model.design.changes import Change
from model.errors import ChangeError
from model.flow import Basis, Flow
from model.sentences import told
from model.whatif.board import Board
from model.whatif.goals import is_cleartext

MOST = 1 << 16
"""The most combinations of one sweep."""

_STRIDE = 4096


@dataclass(frozen=True, slots=True)
class Dimension:
    """One switch of a sweep: a feature, or a setting, with the values it takes, for the design or one component."""

    name: str
    values: tuple[bool | str, ...]
    component: str | None = None

    def change(self, graph: FlowGraph, value: bool | str) -> Change:
        """The change that gives the switch a value."""
        if self.name in graph.catalog.feature_by_id:
            return Change(feature=self.name, value=value, component=self.component)
        return Change(setting=self.name, value=value, component=self.component)


@dataclass(frozen=True, slots=True)
class Point:
    """One combination: the value of each dimension, and what the design then opens on the network."""

    values: tuple[bool | str, ...]
    flows: int
    openings: int
    fqdns: int
    cleartext: int

    @property
    def on(self) -> int:
        """How many of the swept features are on."""
        return self.values.count(True)


@dataclass(frozen=True, slots=True)
class Sweep:
    """All combinations, the last dimension varying fastest; `complete` unless it was cancelled."""

    dimensions: tuple[Dimension, ...]
    points: tuple[Point, ...]
    complete: bool

    def frontier(self) -> tuple[Point, ...]:
        """For each number of features on, the combinations with the fewest openings."""
        least: dict[int, int] = {}
        for point in self.points:
            least[point.on] = min(point.openings, least.get(point.on, point.openings))
        return tuple(point for point in self.points if point.openings == least[point.on])


def dimension(graph: FlowGraph, text: str, component: str | None = None) -> Dimension:
    """A dimension written NAME, or NAME=VALUE,VALUE… for a setting. Raises ChangeError."""
    name, _, listed = text.partition("=")
    catalog = graph.catalog
    if component is not None and component not in graph.design.component_by_id:
        raise ChangeError(told("There is no component {name}; name one by its id.", name=component))
    switch = catalog.feature_by_id.get(name) or catalog.setting_by_id.get(name)
    if switch is None:
        known = ", ".join((*catalog.feature_by_id, *catalog.setting_by_id))
        raise ChangeError(
            told("The catalog has no feature or setting {name}; it has {known}.", name=name, known=known)
        )
    if component is not None and graph.design.component_by_id[component].kind not in switch.kinds:
        raise ChangeError(
            told(
                "{component} has no {name}; {kinds} have it.",
                component=component,
                name=name,
                kinds=", ".join(switch.kinds),
            )
        )
    feature = catalog.feature_by_id.get(name)
    if feature is not None:
        if listed:
            raise ChangeError(
                told("{name} is a feature and is swept off and on; write it without a value.", name=name)
            )
        if component is not None and feature.scope == "design":
            raise ChangeError(told("{name} is set for the whole design, not for one component.", name=name))
        return Dimension(name, (False, True), component)
    setting = catalog.setting_by_id[name]
    values = tuple(dict.fromkeys(listed.split(","))) if listed else tuple(each.id for each in setting.choices)
    for value in values:
        if not setting.accepts(value):
            raise ChangeError(
                told(
                    "{name} cannot be {value!r}; it is one of {known}.",
                    name=name,
                    value=value,
                    known=", ".join(c.id for c in setting.choices),
                )
            )
    return Dimension(name, values, component)


def sweep(
    graph: FlowGraph,
    dimensions: Sequence[Dimension],
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Sweep:
    """Evaluate every combination: exactly what `derive` gives for its changes, network flows only.

    `progress` gets (done, total) now and then. Raises ChangeError where there are too many combinations.
    """
    total = prod(len(each.values) for each in dimensions)
    if total > MOST:
        raise ChangeError(
            told(
                "That makes {total:,} combinations; sweep at most {most:,} by naming fewer switches.",
                total=total,
                most=MOST,
            )
        )
    if len({(each.name, each.component) for each in dimensions}) < len(dimensions):
        raise ChangeError(told("A switch is named twice; name each once."))
    tables = _Tables(graph, dimensions)
    if not tables.fill(cancelled):
        return Sweep(tuple(dimensions), (), False)
    points: list[Point] = []
    for number, place in enumerate(product(*(range(len(each.values)) for each in dimensions))):
        if number % _STRIDE == 0:
            progress(number, total)
            if cancelled():
                return Sweep(tuple(dimensions), tuple(points), False)
        points.append(tables.point(place))
    progress(total, total)
    return Sweep(tuple(dimensions), tuple(points), True)


@dataclass(slots=True)
class _Sum:
    """What some flows amount to. `bits`: openings, names and flows at web proxies, which may be there only once."""

    flows: int = 0
    cleartext: int = 0
    bits: int = 0

    def add(self, other: _Sum) -> None:
        """Take more flows in."""
        self.flows += other.flows
        self.cleartext += other.cleartext
        self.bits |= other.bits


@dataclass(slots=True)
class _Table:
    """Sums for every combination of a few dimensions, by their values' places."""

    axes: tuple[int, ...]
    sums: dict[tuple[int, ...], _Sum] = field(default_factory=dict)


class _Tables:
    """The tables of one sweep."""

    def __init__(self, graph: FlowGraph, dimensions: Sequence[Dimension]) -> None:
        self.graph = graph
        self.dimensions = dimensions
        local = dict.fromkeys(each.component for each in dimensions if each.component is not None)
        self.board = Board(graph, [frozenset([name]) for name in local])
        self.turns = [
            [self.board.turn(each.change(graph, value)) for value in each.values] for each in dimensions
        ]
        self.planners: dict[tuple[tuple[int, ...], tuple[int, ...]], Planner] = {}
        self.bits: dict[object, int] = {}
        self.masks = {"opening": 0, "name": 0, "flow": 0, "cleartext": 0}
        self.weights: dict[int, int] = {}
        self.weighed: dict[int, int] = {}
        self.tables: dict[tuple[int, ...], _Table] = {}
        self.zones = {each.id: each.zone for each in graph.design.components}

    def fill(self, cancelled: Callable[[], bool]) -> bool:
        """Work out every table; False where cancelled."""
        for alike in self.board.classes:
            for pair in self.board.catalog.pairs_of[alike.kind]:
                if pair.to == ITSELF:
                    continue
                axes = self._axes(alike, pair)
                table = self.tables.setdefault(axes, _Table(axes))
                for number, at in enumerate(product(*(range(len(self.turns[axis])) for axis in axes))):
                    if number % 64 == 0 and cancelled():
                        return False
                    plan = self._plan(alike, pair, axes, at)
                    table.sums.setdefault(at, _Sum()).add(self._sum(alike, plan))
        return True

    def _axes(self, alike: Alike, pair: Pair) -> tuple[int, ...]:
        """The dimensions that what a class opens between two kinds depends on."""
        found = []
        for axis, turns in enumerate(self.turns):
            touched = self.board.touched(turns)
            if touched & pair.there or (touched & pair.here and self.board.reaches(turns[0], alike)):
                found.append(axis)
        return tuple(found)

    def _plan(self, alike: Alike, pair: Pair, axes: tuple[int, ...], at: tuple[int, ...]) -> Plan:
        if (axes, at) not in self.planners:
            turns = [self.turns[axis][value] for axis, value in zip(axes, at, strict=True)]
            self.planners[axes, at] = self.board.varied(turns)
        planner = self.planners[axes, at]
        return plan_of(planner, alike, [planner.part(alike, pair)])

    def _sum(self, alike: Alike, plan: Plan) -> _Sum:
        found = _Sum()
        flows = len(alike.members)
        for to, port, transport, basis in plan.ends:
            clear = self._is_clear(basis)
            if basis.proxied:
                found.bits |= self._bit("flow", (alike.place, to, port, transport), flows)
                if clear:
                    found.bits |= self._bit("cleartext", (alike.place, to, port, transport), flows)
            else:
                found.flows += flows
                found.cleartext += flows if clear else 0
            for target, zones in self._sources(alike, to).items():
                found.bits |= self._openings(zones, target, port, transport)
            found.bits |= self._names(basis)
        for (proxy, (to, port, transport)), basis in plan.relayed.items():
            found.bits |= self._bit("flow", (proxy, to, port, transport), 1)
            if self._is_clear(basis):
                found.bits |= self._bit("cleartext", (proxy, to, port, transport), 1)
            found.bits |= self._openings([self.zones[proxy]], to, port, transport) | self._names(basis)
        return found

    def _sources(self, alike: Alike, to: str) -> Mapping[str, set[str | None]]:
        """The zones from which the members of a class reach a destination, or each its own at a place."""
        own = alike.at(to)
        if own is None:
            return {to: {self.zones[member] for member in alike.members}}
        found: dict[str, set[str | None]] = {}
        for member, target in zip(alike.members, own, strict=True):
            found.setdefault(target, set()).add(self.zones[member])
        return found

    def _is_clear(self, basis: Basis) -> bool:
        return is_cleartext(self.graph.catalog, Flow("", "", 0, "tcp", basis))

    def _openings(self, sources: Iterable[str | None], to: str, port: int, transport: str) -> int:
        zone, bits = self.zones[to], 0
        for source in sources:
            if source != zone:
                bits |= self._bit("opening", (source, to, port, transport), 1)
        return bits

    def _names(self, basis: Basis) -> int:
        bits = 0
        for name in (*basis.fqdns, *basis.inferred_fqdns):
            bits |= self._bit("name", name, 1)
        return bits

    def _bit(self, what: str, key: object, weight: int) -> int:
        """The bit of a thing that may be there once, or of as many flows of a group."""
        bit = self.bits.get((what, key))
        if bit is None:
            bit = self.bits[what, key] = 1 << len(self.bits)
            self.masks[what] |= bit
            self.weights[bit] = weight
        return bit

    def point(self, place: tuple[int, ...]) -> Point:
        """One combination, by the place of each dimension's value."""
        total = _Sum()
        for table in self.tables.values():
            total.add(table.sums[tuple(place[axis] for axis in table.axes)])
        return Point(
            tuple(each.values[at] for each, at in zip(self.dimensions, place, strict=True)),
            total.flows + self._weigh(total.bits & self.masks["flow"]),
            (total.bits & self.masks["opening"]).bit_count(),
            (total.bits & self.masks["name"]).bit_count(),
            total.cleartext + self._weigh(total.bits & self.masks["cleartext"]),
        )

    def _weigh(self, bits: int) -> int:
        known = self.weighed.get(bits)
        if known is None:
            known = self.weighed[bits] = sum(self.weights[bit] for bit in _each(bits))
        return known


def _each(bits: int) -> Iterator[int]:
    while bits:
        bit = bits & -bits
        yield bit
        bits ^= bit

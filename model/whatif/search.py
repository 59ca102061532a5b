"""The smallest sets of changes that make flows go or come, or a proof that none does."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from model.derivation.comparison import Comparison, compare
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph, Missing
from model.design.changes import AnyChange, ServersChange
from model.editing.room import with_room
from model.editing.scenario import apply_changes
from model.errors import DesignError
from model.flow import Flow
from model.whatif.levers import Levers, against, instead, towards
from model.whatif.overlay import settled, subject_of

Wish = Callable[[FlowGraph], Iterable[Levers]]
"""What still stands against a wish, each thing as the levers of which at least one must be pulled; none: fulfilled."""

Chosen = tuple[AnyChange, ...]

STEPS = 3_000
"""How many designs of up to 50 components are derived before a search is given up; fewer where each costs more."""
LARGEST = 600
"""No larger sets of changes are looked for."""
ENOUGH = 12


@dataclass(frozen=True, slots=True)
class Way:
    """One smallest set of changes, and all the difference it makes. The changes make a scenario as they are."""

    changes: tuple[AnyChange, ...]
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Answer:
    """Ways of the same, smallest size, those that change least first; there may be more of them than are listed.

    `proved`: there is no smaller way, or, where there are none, no way at all by the levers there are. Otherwise
    the search was given up.
    """

    ways: tuple[Way, ...]
    proved: bool
    steps: int


def removal(flows: Callable[[FlowGraph], Iterable[Flow]]) -> Wish:
    """The wish that all the flows picked from a graph go."""
    return lambda graph: (against(graph, flow) for flow in flows(graph))


def appearance(source: str, destination: str, port: int | None = None) -> Wish:
    """The wish that a network flow between two components comes; `port` as printed, or any."""

    def standing(graph: FlowGraph) -> Iterable[Levers]:
        flows = graph.by_pair.get((source, destination), ())
        if not any(port in (None, flow.basis.listener) for flow in flows):
            yield towards(graph, source, destination, port)

    return standing


def search(
    graph: FlowGraph,
    wish: Wish,
    *,
    steps: int | None = None,
    largest: int = LARGEST,
    enough: int = ENOUGH,
    cancelled: Callable[[], bool] = lambda: False,
) -> Answer:
    """The smallest sets of changes that fulfil a wish and leave no required connection without a destination.

    Deepens from the least number of changes that can do; every set it leaves out either contradicts itself or
    lacks a change that the rules make necessary, so the first size with a way is the smallest. `steps` bounds how
    many designs are derived (None: see STEPS).
    """
    found = _Search(graph, wish, steps if steps is not None else _affordable(graph), cancelled)
    size = 0
    while True:
        ways, deeper = found.up_to(size, enough)
        if ways or deeper is None or found.given_up or deeper > largest:
            break
        size = deeper
    answer = [
        Way(with_room(graph.design, settled(changes)), compare(graph, found.graphs[frozenset(changes)]))
        for changes in ways
    ]
    answer.sort(key=lambda way: _size(way.comparison))
    return Answer(tuple(answer), bool(ways) or (deeper is None and not found.given_up), found.spent)


def unavoidable(
    graph: FlowGraph,
    flows: Callable[[FlowGraph], Iterable[Flow]],
    *,
    steps: int | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Flow, ...]:
    """The flows picked from a graph of which it is proved that no change avoids them, in order.

    Taken together are those to one destination and printed port; where there is one, no way removes all.
    """
    alike: dict[object, list[Flow]] = {}
    for flow in flows(graph):
        alike.setdefault(_listening(flow), []).append(flow)
    found: list[Flow] = []
    for key, several in alike.items():

        def those(after: FlowGraph, key: object = key) -> Iterable[Flow]:
            return (flow for flow in flows(after) if _listening(flow) == key)

        answer = search(graph, removal(those), steps=steps, enough=1, cancelled=cancelled)
        if answer.proved and not answer.ways:
            found.extend(several)
    return tuple(found)


def _affordable(graph: FlowGraph) -> int:
    return STEPS // (1 + len(graph.design.components) // 50)


def _listening(flow: Flow) -> object:
    return flow.destination, flow.basis.listener, flow.transport


def _size(comparison: Comparison) -> int:
    return len(comparison.added) + len(comparison.removed) + len(comparison.changed)


@dataclass(slots=True)
class _Search:
    """One search: what it looks for, and what it has seen."""

    graph: FlowGraph
    wish: Wish
    steps: int
    cancelled: Callable[[], bool]
    graphs: dict[frozenset[AnyChange], FlowGraph] = field(default_factory=dict)
    seen: set[frozenset[AnyChange]] = field(default_factory=set)
    left: list[int] = field(default_factory=list)
    """The sizes that were left for later."""
    given_up: bool = False

    @property
    def spent(self) -> int:
        """How many designs were derived."""
        return len(self.graphs)

    def up_to(self, size: int, enough: int) -> tuple[list[Chosen], int | None]:
        """Ways of at most so many changes, and the next size worth trying (None: there is none)."""
        self.seen.clear()
        self.left.clear()
        ways = self._within((), size, enough)
        return ways, min(self.left, default=None)

    def _within(self, chosen: Chosen, size: int, enough: int) -> list[Chosen]:
        """Ways of at most so many changes, those already chosen among them."""
        if len(chosen) > size:
            self.left.append(len(chosen))
            return []
        key = frozenset(chosen)
        if key in self.seen or self.given_up:
            return []
        self.seen.add(key)
        graph = self._derived(key, chosen)
        if graph is None:
            return []
        standing = dict.fromkeys(_free(levers, chosen) for levers in self._standing(graph))
        if not standing:
            return [chosen]
        if () in standing:
            return []
        ordered = sorted(standing, key=len)
        least = len(chosen) + _least(ordered, chosen)
        if least > size:
            self.left.append(least)
            return []
        forced = [levers[0] for levers in ordered if len(levers) == 1]
        if forced:
            together = chosen
            for change in {subject_of(change): change for change in reversed(forced)}.values():
                together = _with(together, change)
            return self._within(together, size, enough)
        ways: list[Chosen] = []
        for change in ordered[0]:
            ways.extend(self._within(_with(chosen, change), size, enough - len(ways)))
            if len(ways) >= enough:
                break
        return ways

    def _derived(self, key: frozenset[AnyChange], chosen: Chosen) -> FlowGraph | None:
        if key not in self.graphs:
            if len(self.graphs) >= self.steps or self.cancelled():
                self.given_up = True
                return None
            try:
                design = apply_changes(self.graph.design, self.graph.catalog, settled(chosen))
            except DesignError:
                return None
            self.graphs[key] = derive(design, self.graph.catalog, self.graph) if chosen else self.graph
        return self.graphs[key]

    def _standing(self, graph: FlowGraph) -> Iterable[Levers]:
        """What stands against the wish, and required connections that lost their destination."""
        yield from self.wish(graph)
        before = set(map(_lack, self.graph.missing))
        for missing in graph.missing:
            if _lack(missing) not in before:
                yield instead(graph, missing)


def _lack(missing: Missing) -> tuple[str, str, str]:
    return missing.source, missing.kind, missing.rule


def _free(levers: Levers, chosen: Chosen) -> Levers:
    """The levers that do not contradict what is chosen; a tie may still be narrowed or widened."""
    if not chosen:
        return levers
    taken = {subject_of(change): change for change in chosen}
    return tuple(lever for lever in levers if subject_of(lever) not in taken or _turns(lever, taken))


def _turns(lever: AnyChange, taken: Mapping[Hashable, AnyChange]) -> bool:
    """Whether a lever only makes a chosen tie narrower or wider."""
    known = taken.get(subject_of(lever))
    if not isinstance(lever, ServersChange) or not isinstance(known, ServersChange):
        return False
    one, other = _servers(lever), _servers(known)
    return one is not None and other is not None and (one < other or one > other)


def _servers(change: ServersChange) -> frozenset[str] | None:
    """The components that a tie leaves; None for all there are."""
    return frozenset(() if change.value == "none" else change.value) if change.value is not None else None


def _with(chosen: Chosen, change: AnyChange) -> Chosen:
    subject = subject_of(change)
    return (*(each for each in chosen if subject_of(each) != subject), change)


def _least(ordered: list[Levers], chosen: Chosen) -> int:
    """How many changes are needed at least: things that share no lever need one each.

    All ties of a component to one kind count as one lever, since one narrow tie may do for several things; and a
    tie that is chosen may be narrowed at no cost.
    """
    tied = {subject_of(change) for change in chosen if isinstance(change, ServersChange)}
    taken: set[Hashable] = set()
    number = 0
    for levers in ordered:
        pulled = {subject_of(lever) if isinstance(lever, ServersChange) else lever for lever in levers}
        if taken.isdisjoint(pulled) and tied.isdisjoint(pulled):
            taken |= pulled
            number += 1
    return number

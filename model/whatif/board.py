"""All switches of one design: what any setting of them would open and close, without deriving the design anew.

What components open towards one kind depends on few answers (see `planning`). Classes that agree in those, in whom
they use and in which of the switches they leave to the design are *kin*: a switch is tried on the first of them only,
and only between kinds whose rules ask for it. The result is exactly what `derive` and `compare` would give.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from model.catalog.condition import Subject
from model.catalog.following import Pair
from model.catalog.rules import Feature, Setting
from model.derivation.alike import Alike, Company
from model.derivation.comparison import differences
from model.derivation.graph import FlowGraph
from model.derivation.planning import Asked, End, Part, Plan, Planner, ends_of, plan_of, relayed, subjects_of
from model.design.changes import Change


@dataclass(frozen=True, slots=True)
class Counts:
    """How many flows come, go and change."""

    added: int = 0
    removed: int = 0
    changed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.added + other.added, self.removed + other.removed, self.changed + other.changed)

    def times(self, number: int) -> Counts:
        """The counts of so many that are alike."""
        return Counts(self.added * number, self.removed * number, self.changed * number)


NOTHING = Counts()


@dataclass(frozen=True, slots=True)
class Turn:
    """A switch that is given a value: for the design (None), or for a lot of components that are told apart."""

    switch: Feature | Setting
    value: bool | str
    lot: int | None = None


@dataclass(slots=True)
class Kin:
    """Classes between which nothing makes a difference that the rules between two kinds ask for."""

    first: Alike
    members: int


class Board:
    """The switches of a graph. `apart`: lots of components that switches may set on their own."""

    def __init__(self, graph: FlowGraph, apart: Sequence[frozenset[str]] = ()) -> None:
        self.graph = graph
        self.catalog = graph.catalog
        self.apart = apart
        self.planner = graph.planner
        if any(_is_divided(each, lot) for lot in apart for each in self.planner.company.lots()):
            company = Company(graph.design, graph.catalog, apart)
            self.planner = Planner(graph.catalog, company, subjects_of(graph.design, graph.catalog, company))
        self.classes = self.planner.company.classes
        self._kin: dict[Pair, list[Kin]] = {}
        self._ends: dict[Part, Sequence[End]] = {}
        self._differences: dict[tuple[Part, Part], Counts] = {}
        self._choices = [
            (_own_choices(graph, each), tuple(each.first.id in lot for lot in apart)) for each in self.classes
        ]
        """By the place of a class: what it chooses itself, and the lots it is in."""

    def turn(self, change: Change) -> Turn:
        """The turn that a change of a feature or setting to some value is. Its component must be a lot."""
        assert change.value is not None, "a board is asked for values, not for what would be inherited"
        name, catalog = change.feature or change.setting or "", self.catalog
        switch = catalog.feature_by_id.get(name) or catalog.setting_by_id[name]
        lots = [lot for lot, names in enumerate(self.apart) if change.component in names]
        return Turn(switch, change.value, lots[0] if change.component is not None else None)

    def reaches(self, turn: Turn, alike: Alike) -> bool:
        """Whether a switch sets something at the members of a class."""
        if alike.kind not in turn.switch.kinds:
            return False
        own, lots = self._choices[alike.place]
        return turn.switch.id not in own if turn.lot is None else lots[turn.lot]

    def touched(self, turns: Iterable[Turn]) -> int:
        """The questions whose answers may be others after turns."""
        return self.catalog.questions.about({turn.switch.id for turn in turns})

    def varied(self, turns: Iterable[Turn]) -> Planner:
        """The planner after turns; those of the design come first, whatever their order."""
        turned = [
            (turn, *self.catalog.questions.turned(turn.switch.id, turn.value))
            for turn in sorted(turns, key=lambda turn: turn.lot is not None)
        ]

        def answers(place: int) -> int:
            bits = self.planner.answers[place]
            for turn, false, true in turned:
                if self.reaches(turn, self.classes[place]):
                    bits = bits & ~false | true
            return bits

        def subject(place: int) -> Subject:
            found = self.planner.subjects[place]
            for turn, _, _ in turned:
                if self.reaches(turn, self.classes[place]):
                    found = _turned(found, turn)
            return found

        return self.planner.varied(Asked(subject), Asked(answers))

    def count(self, turns: Sequence[Turn]) -> Counts:
        """How many flows would come, go and change."""
        touched, after = self.touched(turns), self.varied(turns)
        total = NOTHING
        for kind, pairs in self.catalog.pairs_of.items():
            for pair in pairs:
                if touched & (pair.here | pair.there):
                    for kin in self._kin_of(kind, pair):
                        total += self._difference(kin, pair, after)
        return total + self._behind_proxies(touched, after)

    def _kin_of(self, kind: str, pair: Pair) -> list[Kin]:
        """The kin of a kind towards another; classes behind web proxies are left out, since there all is mixed."""
        found = self._kin.get(pair)
        if found is None:
            groups: dict[object, Kin] = {}
            names = self.catalog.questions.names(pair.here)
            for alike in self.planner.company.of_kind.get(kind, ()):
                if alike.first.proxies:
                    continue
                own, lots = self._choices[alike.place]
                key = self.planner.key(alike, pair), own & names, lots
                kin = groups.get(key)
                if kin is None:
                    kin = groups[key] = Kin(alike, 0)
                kin.members += len(alike.members)
            found = self._kin[pair] = list(groups.values())
        return found

    def _difference(self, kin: Kin, pair: Pair, after: Planner) -> Counts:
        parts = self.planner.part(kin.first, pair), after.part(kin.first, pair)
        if parts[0] is parts[1]:
            return NOTHING
        found = self._differences.get(parts)
        if found is None:
            found = self._differences[parts] = _difference(*map(self._ends_of, parts))
        return found.times(kin.members)

    def _ends_of(self, part: Part) -> Sequence[End]:
        if part not in self._ends:
            self._ends[part] = ends_of(self.catalog, [part])
        return self._ends[part]

    def _behind_proxies(self, touched: int, after: Planner) -> Counts:
        """The difference at components behind web proxies, and at the proxies on their behalf."""
        total = NOTHING
        plans: list[Plan] = []
        for alike, before in self._proxied:
            plan = before
            if any(touched & (pair.here | pair.there) for pair in self.catalog.pairs_of[alike.kind]):
                plan = plan_of(after, alike, after.parts_of(alike))
                total += _difference(before.ends, plan.ends).times(len(alike.members))
            plans.append(plan)
        if any(plan is not before for plan, (_, before) in zip(plans, self._proxied, strict=True)):
            then = self._relayed(plans)
            total += _difference(self._relayed([before for _, before in self._proxied]), then)
        return total

    @cached_property
    def _proxied(self) -> list[tuple[Alike, Plan]]:
        behind = [each for each in self.classes if each.first.proxies]
        planner = self.planner
        return [(each, plan_of(planner, each, planner.parts_of(each))) for each in behind]

    def _relayed(self, plans: Iterable[Plan]) -> Sequence[End]:
        """What web proxies open; a proxy and the destination together stand for the destination."""
        found = relayed(self.catalog, plans)
        return [
            (f"{proxy}\n{to}", port, transport, basis)
            for (proxy, (to, port, transport)), basis in found.items()
        ]


def _is_divided(members: Collection[str], lot: frozenset[str]) -> bool:
    """Whether some members are in a lot, and some are not."""
    return len({name in lot for name in members}) > 1


def _own_choices(graph: FlowGraph, alike: Alike) -> frozenset[str]:
    """The features and settings that the members of a class choose themselves."""
    catalog, component = graph.catalog, alike.first
    features = (catalog.feature_by_id.get(name) for name in component.features)
    settings = ((catalog.setting_by_id.get(name), value) for name, value in component.settings.items())
    return frozenset(
        (
            *(each.id for each in features if each is not None and each.scope == "policy"),
            *(each.id for each, value in settings if each is not None and each.accepts(value)),
        )
    )


def _turned(subject: Subject, turn: Turn) -> Subject:
    """The subject after a turn."""
    name = turn.switch.id
    if isinstance(turn.value, str):
        return subject._replace(settings={**subject.settings, name: turn.value})
    features = subject.features | {name} if turn.value else subject.features - {name}
    return subject._replace(features=features)


def _difference(before: Iterable[End], after: Sequence[End]) -> Counts:
    """What comes, goes and changes from some ends to others, paired as flows are by their ids."""
    known = {(to, port, transport): basis for to, port, transport, basis in before}
    kept = {
        (to, port, transport)
        for to, port, transport, basis in after
        if known.get((to, port, transport)) == basis
    }
    gone = {
        (to, basis.listener, transport): (port, basis)
        for (to, port, transport), basis in known.items()
        if (to, port, transport) not in kept
    }
    added = changed = 0
    for to, port, transport, basis in after:
        if (to, port, transport) in kept:
            continue
        was = gone.pop((to, basis.listener, transport), None)
        if was is None:
            added += 1
        elif differences(*was, port, basis):
            changed += 1
    return Counts(added, len(gone), changed)

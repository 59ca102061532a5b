"""All switches of one design: what any setting of them would open and close, without deriving the design anew.

Components that share a plan form a *group*. A switch changes what conditions may ask of some groups (their
subjects); only the plans of groups whose rules look at what changed are made again, and every plan, basis and
subject made once is kept for the next question. The result is exactly what `derive` and `compare` would give.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from model.basis import merged
from model.changes import Change
from model.comparison import differences
from model.condition import Side, Subject
from model.derive import Listener, Plan, Planner
from model.elements import Component
from model.flow import Basis
from model.graph import FlowGraph
from model.rules import Transport

Entry = tuple[str, int, Transport]
"""Who listens; the destination is empty for the loopback."""

Hop = tuple[str, Listener]
"""A web proxy, and who listens behind it."""

Question = tuple[Side, str]


@dataclass(slots=True)
class Group:
    """Components that open the same, with their plan as the design is."""

    first: Component
    members: dict[str, None]
    """By id, in design order."""
    plan: Plan
    asked: Mapping[Question, frozenset[str]]
    subject: Subject
    entries: dict[Entry, Basis] = field(default_factory=dict)
    by_kind: dict[str, dict[Entry, Basis]] = field(default_factory=dict)
    """The entries by the kind that listens."""
    skipping: frozenset[str] = frozenset()
    """The members that may reach each other: each of them opens one flow less, the one to itself."""

    @property
    def whole(self) -> bool:
        """Whether plans are made whole: at a web proxy, flows for several kinds become one."""
        return bool(self.first.proxies)

    def towards(self, kinds: frozenset[str]) -> dict[Entry, Basis]:
        """The entries that listen at components of some kinds."""
        if self.whole:
            return self.entries
        return {entry: basis for kind in kinds for entry, basis in self.by_kind.get(kind, {}).items()}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many flows come, go and change."""

    added: int = 0
    removed: int = 0
    changed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.added + other.added, self.removed + other.removed, self.changed + other.changed)


NOTHING = Counts()


def entries_of(plan: Plan) -> dict[Entry, Basis]:
    """What a plan opens, the loopback included; those of a way through a proxy left out."""
    found: dict[Entry, Basis] = {}
    found.update(plan.entries)
    found.update({("", link.port, link.transport): basis for link, basis in plan.loopback})
    return found


class Board:
    """The groups of a graph. `split`: components that switches may set on their own, all of them together."""

    def __init__(self, graph: FlowGraph, split: Iterable[frozenset[str]] = ()) -> None:
        self.graph = graph
        self.catalog = graph.catalog
        self._split = tuple(split)
        self._subjects: dict[object, Subject] = {}
        planner = Planner(graph.design, graph.catalog)
        alike = {id(each): self._one(each) for each in _distinct(planner.subjects.values())}
        self.planner = planner.varied({name: alike[id(each)] for name, each in planner.subjects.items()})
        self._plans: dict[object, Plan] = {}
        self.groups = self._grouped()
        self.users = self._users()
        self.hops = {hop: self._merged(hop, {}) for hop in self.users}

    def _grouped(self) -> tuple[Group, ...]:
        found: dict[object, Group] = {}
        kinds = {component.id: component.kind for component in self.graph.design.components}
        for component in self.graph.design.components:
            if component.kind not in self.catalog.kind_by_id:
                continue
            key = self.planner.plan_key(component)
            if self._split:
                key = (key, *(component.id in part for part in self._split))
            group = found.get(key)
            if group is None:
                plan, _fresh = self.planner.plan(component)
                subject = self.planner.subjects[component.id]
                asked = self.catalog.asked_of[component.kind]
                group = found[key] = Group(component, {}, plan, asked, subject, entries_of(plan))
            group.members[component.id] = None
        for group in found.values():
            if group.first.kind in self.planner.mutual:
                group.skipping = frozenset(group.members)
            for entry, basis in group.entries.items():
                kind = kinds[entry[0]] if entry[0] else group.first.kind
                group.by_kind.setdefault(kind, {})[entry] = basis
        return tuple(found.values())

    def _users(self) -> dict[Hop, list[int]]:
        """What web proxies open, each with the places of the groups behind it, in design order."""
        found: dict[Hop, list[int]] = {}
        for place, group in enumerate(self.groups):
            for hop in group.plan.relayed:
                found.setdefault(hop, []).append(place)
        return found

    # What changes make of it

    def subjects_with(self, changes: Iterable[Change]) -> dict[int, Subject]:
        """The subjects that changes of features and settings make other ones, by the place of their group."""
        changed: dict[int, Subject] = {}
        for change in sorted(changes, key=lambda change: change.component is not None):
            name = change.feature or change.setting or ""
            for place, group in enumerate(self.groups):
                if self.concerns(change, group):
                    before = changed.get(place, group.subject)
                    changed[place] = self.changed(before, name, change.value)
        return {place: new for place, new in changed.items() if new is not self.groups[place].subject}

    def concerns(self, change: Change, group: Group) -> bool:
        """Whether a change of a feature or setting reaches the members of a group."""
        if change.component is not None:
            return change.component in group.members
        component = group.first
        if change.feature is not None:
            feature = self.catalog.feature_by_id[change.feature]
            own = feature.scope == "policy" and feature.id in component.features
            return component.kind in feature.kinds and not own
        setting = self.catalog.setting_by_id[change.setting or ""]
        own_value = component.settings.get(setting.id)
        return component.kind in setting.kinds and (own_value is None or not setting.accepts(own_value))

    def changed(self, subject: Subject, name: str, value: bool | str | None) -> Subject:
        """The subject with one value other; the same object for the same outcome."""
        assert value is not None, "a board is asked for values, not for what would be inherited"
        if isinstance(value, str):
            if subject.settings.get(name) == value:
                return subject
            new = replace(subject, settings={**subject.settings, name: value})
        else:
            if (name in subject.features) == value:
                return subject
            features = subject.features | {name} if value else subject.features - {name}
            new = replace(subject, features=features)
        return self._one(new)

    def _one(self, subject: Subject) -> Subject:
        """The same object for equal subjects, so that what was worked out for one serves all; it is kept alive."""
        key = (subject.kind, subject.features, tuple(subject.settings.items()), subject.reaches)
        return self._subjects.setdefault(key, subject)

    def plans_with(self, changed: Mapping[int, Subject]) -> dict[int, tuple[Plan, frozenset[str]]]:
        """The plans that other subjects make other ones, by the place of their group.

        Each with the kinds towards which it was made, and beyond which it stays as it is.
        """
        here = {
            place: {("source", name) for name in self._differing(place, new)}
            for place, new in changed.items()
        }
        there = {("destination", name) for questions in here.values() for _, name in questions}
        concerned: dict[int, frozenset[str]] = {}
        for place, group in enumerate(self.groups):
            for question in (*here.get(place, ()), *there):
                if question in group.asked:
                    concerned[place] = concerned.get(place, frozenset()) | group.asked[question]
        if not concerned:
            return {}
        planner = self.planner.varied(self.everyone(changed))
        listening = tuple((place, id(new)) for place, new in changed.items())
        found: dict[int, tuple[Plan, frozenset[str]]] = {}
        for place, kinds in concerned.items():
            group = self.groups[place]
            looks = any(question in group.asked for question in there)
            key = (place, id(changed.get(place)), listening if looks else (), () if group.whole else kinds)
            plan = self._plans.get(key)
            if plan is None:
                plan = planner.make(group.first, None if group.whole else kinds)
                self._plans[key] = plan
            found[place] = plan, kinds
        return found

    def everyone(self, changed: Mapping[int, Subject]) -> dict[str, Subject]:
        """The subjects of all components where those of some groups are other ones."""
        subjects = dict(self.planner.subjects)
        for place, new in changed.items():
            subjects.update(dict.fromkeys(self.groups[place].members, new))
        return subjects

    def _differing(self, place: int, new: Subject) -> Iterable[str]:
        old = self.groups[place].subject
        yield from old.features ^ new.features
        yield from (name for name, value in new.settings.items() if old.settings.get(name) != value)

    def _merged(self, hop: Hop, plans: Mapping[int, Plan], new: Iterable[int] = ()) -> Basis | None:
        """What a web proxy opens, merged in the order in which the derivation does it; None where nobody needs it."""
        found: Basis | None = None
        for place in sorted({*self.users.get(hop, ()), *new}):
            basis = plans.get(place, self.groups[place].plan).relayed.get(hop)
            if basis is not None:
                found = basis if found is None else merged(self.catalog, found, basis)
        return found

    def count(self, changes: Sequence[Change]) -> Counts:
        """How many flows would come, go and change if features and settings were given these values."""
        return self.count_with(self.subjects_with(changes))

    def count_with(self, changed: Mapping[int, Subject]) -> Counts:
        """How many flows would come, go and change with other subjects, by the place of their group."""
        plans = self.plans_with(changed)
        total = NOTHING
        relayed: dict[int, Plan] = {}
        hops: dict[Hop, set[int]] = {}
        for place, (plan, kinds) in plans.items():
            group = self.groups[place]
            total += _difference(group.towards(kinds), entries_of(plan), len(group.members), group.skipping)
            if group.whole:
                relayed[place] = plan
                before, after = group.plan.relayed, plan.relayed
                for hop in before.keys() | after.keys():
                    if before.get(hop) != after.get(hop):
                        hops.setdefault(hop, set()).add(place)
        if hops:
            now = {hop: self._merged(hop, relayed, places) for hop, places in hops.items()}
            was = {hop: self.hops.get(hop) for hop in hops}
            total += _difference(_flat(was), _flat(now), 1, frozenset())
        return total


def _distinct(subjects: Iterable[Subject]) -> Iterable[Subject]:
    return {id(subject): subject for subject in subjects}.values()


def _flat(hops: Mapping[Hop, Basis | None]) -> dict[Entry, Basis]:
    """Hops as entries; a proxy and the destination together stand for the destination."""
    return {
        (f"{proxy}\n{to}", port, transport): basis
        for (proxy, (to, port, transport)), basis in hops.items()
        if basis is not None
    }


def _difference(
    before: Mapping[Entry, Basis], after: Mapping[Entry, Basis], members: int, skipping: frozenset[str]
) -> Counts:
    """Flows that come, go and change where each of so many members opens the entries, paired as by their ids."""
    gone = {
        (to, basis.listener, transport): (port, basis)
        for (to, port, transport), basis in before.items()
        if after.get((to, port, transport)) != basis
    }
    added = changed = 0
    for (to, port, transport), basis in after.items():
        if before.get((to, port, transport)) == basis:
            continue
        flows = members - (to in skipping)
        was = gone.pop((to, basis.listener, transport), None)
        if was is None:
            added += flows
        elif differences(*was, port, basis):
            changed += flows
    removed = sum(members - (to in skipping) for to, _, _ in gone)
    return Counts(added, removed, changed)

"""What is being tried out over a design: as few changes as say what differs from it, and only what still fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from model.catalog.catalog import Catalog
from model.derivation.effective import effective_feature, effective_setting
from model.design.changes import AnyChange, Change
from model.design.design import Design
from model.editing.scenario import apply_changes
from model.errors import ChangeError, DesignError
from model.whatif.between import carried, changes_between, same
from model.whatif.overlay import conflicts, overlaid, scenario_named, settled, subject_of


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is compared with where that is not the design: it with `scenarios` laid over, or `other`, called `name`."""

    scenarios: tuple[str, ...] = ()
    other: Design | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What undo goes back to: the design as adopted, and what is being tried over it.

    `laid` are the scenarios stacked over the design, by id, `pending` the changes on top of them; `editing` is the
    scenario whose changes are the pending ones, `against` the baseline (None: the design itself).
    """

    design: Design
    pending: tuple[AnyChange, ...] = ()
    laid: tuple[str, ...] = ()
    editing: str | None = None
    against: Baseline | None = None

    @property
    def tried(self) -> bool:
        """Whether anything is being tried out."""
        return bool(self.pending or self.laid)

    @property
    def changes(self) -> tuple[AnyChange, ...]:
        """All that is being tried out, as changes to the design."""
        laid = (scenario_named(self.design, name) for name in self.laid)
        return settled([*(change for each in laid for change in each.changes), *self.pending])


def overlay(design: Design, catalog: Catalog, scenarios: Iterable[str]) -> Design:
    """The design with scenarios of it, by id, laid over it. Raises ChangeError where they contradict each other."""
    stack = [scenario_named(design, name) for name in scenarios]
    return overlaid(design, catalog, *stack) if stack else design


def fitting(state: State, catalog: Catalog) -> State:
    """A state without what fits its design no more: scenarios that are gone, changes that cannot be made."""
    design = state.design
    there = {each.id for each in design.scenarios}
    laid = tuple(name for name in state.laid if name in there)
    if conflicts(scenario_named(design, name) for name in laid):
        laid = ()
    against = state.against
    if against is not None and against.other is None and not there.issuperset(against.scenarios):
        against = None
    editing = state.editing if state.editing in there else None
    changes = kept(state.pending, overlay(design, catalog, laid), catalog)
    return replace(state, pending=changes, laid=laid, editing=editing, against=against)


def tried(state: State, after: Design, under: Design, catalog: Catalog) -> State:
    """The state in which a design is shown: what a scenario can change is pending, the rest is done.

    `under` is the design with the scenarios laid over it. Raises DesignError where that cannot be said by changes.
    """
    if (
        after.zone_by_id.keys() <= under.zone_by_id.keys()
    ):  # what is added must not lie where nothing is drawn yet
        changes = changes_between(under, after)
        if same(apply_changes(under, catalog, changes), after, state.design):
            return replace(state, pending=changes)
    rest = carried(state.design, after)
    under = overlay(rest, catalog, state.laid)
    changes = changes_between(under, after)
    if not same(apply_changes(under, catalog, changes), after, rest):
        raise DesignError(
            "A component that a scenario adds cannot be changed while the scenario is used; edit the scenario."
        )
    return replace(state, design=rest, pending=changes)


def kept(changes: tuple[AnyChange, ...], design: Design, catalog: Catalog) -> tuple[AnyChange, ...]:
    """The changes that can still be made to an edited design and still change something."""
    left: tuple[AnyChange, ...] = ()
    after = design
    for change in changes:
        try:
            after = apply_changes(after, catalog, (change,))
        except ChangeError:
            continue
        left = (*left, change)
    return tuple(
        change
        for number, change in enumerate(left)
        if _matters(change, left[:number] + left[number + 1 :], design, catalog)
    )


def toggled(
    changes: tuple[AnyChange, ...],
    design: Design,
    catalog: Catalog,
    new: Iterable[AnyChange],
) -> tuple[AnyChange, ...]:
    """The changes with new ones in place of earlier ones on the same subject, without those that change nothing."""
    result = changes
    for change in new:
        rest = tuple(each for each in result if subject_of(each) != subject_of(change))
        result = (*rest, change) if _matters(change, rest, design, catalog) else rest
    return result


def _matters(change: AnyChange, others: tuple[AnyChange, ...], design: Design, catalog: Catalog) -> bool:
    """Whether a change makes a value in force, or anything else, differ from what it is without it."""
    try:
        before = apply_changes(design, catalog, others)
        after = apply_changes(before, catalog, (change,))
    except ChangeError:
        return True  # the others rest on it, such as on a component it adds
    if isinstance(change, Change):
        return _value(change, before, catalog) != _value(change, after, catalog)
    return before != after


def _value(change: Change, design: Design, catalog: Catalog) -> bool | str:
    component = design.component_by_id[change.component] if change.component else None
    if change.feature is not None:
        return effective_feature(design, component, catalog.feature_by_id[change.feature]).value
    return effective_setting(design, component, catalog.setting_by_id[change.setting or ""]).value

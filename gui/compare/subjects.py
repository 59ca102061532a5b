"""What can be judged and compared: the design as saved, what is shown, and every scenario kept in the design."""

from __future__ import annotations

from dataclasses import dataclass

from gui.document.document import View
from gui.document.pending import State
from gui.language import tr
from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.changes import AnyChange, Scenario
from model.design.design import Design
from model.editing import edits
from model.editing.scenario import apply_changes
from model.whatif.overlay import overlaid, settled

SAVED, SHOWN = "saved", "shown"


@dataclass(frozen=True, slots=True)
class Subject:
    """One of them. `key` stays the same while the design is edited; `changes` are those over the saved design."""

    key: str
    name: str
    changes: tuple[AnyChange, ...] = ()
    scenario: Scenario | None = None


def subjects(state: State) -> tuple[Subject, ...]:
    """Everything there is to compare, what is shown first."""
    found = [Subject(SAVED, tr("compare.saved"))]
    if state.tried:
        found.insert(0, Subject(SHOWN, tr("compare.shown"), state.changes))
    found += [
        Subject(f"scenario:{each.id}", each.name, each.changes, each) for each in state.design.scenarios
    ]
    return tuple(found)


def graph_of(subject: Subject, view: View) -> FlowGraph:
    """The flows of a subject, derived where they are not at hand. Raises ChangeError for a scenario that does not fit.

    Slow for a large design: ask in another thread.
    """
    if subject.key == SHOWN or (subject.key == SAVED and not view.state.tried):
        return view.graph
    catalog = view.graph.catalog
    return derive(_design(subject, view.state.design, catalog), catalog)


def _design(subject: Subject, design: Design, catalog: Catalog) -> Design:
    if subject.scenario is not None:
        return overlaid(design, catalog, subject.scenario)
    return apply_changes(design, catalog, subject.changes)


def kept_as(design: Design, name: str, changes: tuple[AnyChange, ...]) -> Design:
    """The design with changes kept as a scenario, under a name that no other scenario has."""
    names = {each.name for each in design.scenarios}
    title, number = name, 1
    while title in names:
        number += 1
        title = f"{name} {number}"
    taken = {each.id for each in design.scenarios}
    wish = name if name.isascii() else "scenario"
    made = Scenario(id=edits.fresh_id(taken, wish), name=title, changes=settled(changes))
    return edits.change_design(design, scenarios=(*design.scenarios, made))

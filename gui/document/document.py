"""The open design: its value, its undo stack, the what-if laid over it, and the one signal that says it changed.

What is edited is a `State`: the design and what is tried out over it. Everything shown is derived from a state and
never stored. An undo command holds two states and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from gui.document import pending
from gui.document.pending import State
from gui.language import worded
from model.catalog.catalog import Catalog
from model.derivation.comparison import Comparison, compare
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.changes import AnyChange
from model.design.design import CatalogReference, Design
from model.editing import bending
from model.editing.scenario import apply_changes
from model.errors import DesignError

if TYPE_CHECKING:  # loaded when first asked for: the canvas needs none of it
    from model.findings import Finding
    from model.whatif.effects import Effects

UNDO_STEPS = 500
"""How many steps can be undone; a step shares all untouched parts with its neighbours."""


@dataclass(frozen=True, eq=False)
class View:
    """Everything that follows from a state. `baseline` is what is compared with, `graph` that of what is shown.

    `under` is what pending changes are made to: the adopted design with the scenarios laid over it.
    """

    state: State
    baseline: FlowGraph
    under: Design
    graph: FlowGraph

    @property
    def design(self) -> Design:
        """The design as shown: the adopted one with scenarios and pending changes."""
        return self.graph.design

    @cached_property
    def comparison(self) -> Comparison | None:
        """How what is shown differs from the baseline; None where nothing is tried out and nothing else compared."""
        compared = self.state.tried or self.state.against is not None
        return compare(self.baseline, self.graph) if compared else None

    @cached_property
    def effects(self) -> Effects | None:
        """What the difference means for zones, firewalls and findings; worked out when first asked for."""
        from model.whatif.effects import effects

        return effects(self.baseline, self.graph) if self.comparison is not None else None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the architect should know of the design as shown; worked out when first asked for."""
        from model.findings import findings

        return findings(self.graph)

    @cached_property
    def rejections(self) -> tuple[Finding, ...]:
        """What a change board would reject in the matrix of the design as shown; worked out when first asked for."""
        from model.findings.board import rejections

        return tuple(each.finding for each in rejections(self.graph))


def view_of(state: State, catalog: Catalog, before: View | None = None) -> View:
    """Derive everything from a state; what was derived before is taken over where its design is the same."""
    known = (before.baseline, before.graph) if before is not None else ()

    def derived(design: Design) -> FlowGraph:
        same = next((graph for graph in known if graph.design is design), None)
        return same or derive(design, catalog, known[-1] if known else None)

    under = pending.overlay(state.design, catalog, state.laid)
    against = state.against
    if before is not None and (before.state.design, before.state.against) == (state.design, against):
        baseline = before.baseline
    elif against is None:
        baseline = derived(state.design)
    elif against.other is not None:
        baseline = derived(against.other)
    else:
        baseline = derived(pending.overlay(state.design, catalog, against.scenarios))
    if baseline.design is state.design:
        known = (baseline, *known)
    return View(state, baseline, under, derived(apply_changes(under, catalog, state.pending)))


class _Edit(QUndoCommand):
    """One step. Both states are complete before it is pushed, so redo cannot fail."""

    def __init__(self, document: Document, text: str, before: State, after: State) -> None:
        super().__init__(text.replace("&", "&&"))
        self._document, self._before, self._after = document, before, after

    def redo(self) -> None:
        self._document.show(self._after)

    def undo(self) -> None:
        self._document.show(self._before)


class Document(QObject):
    """One open design. `changed(before, after)` carries two Views, `refused(sentence)` why an edit was not made."""

    changed = Signal(object, object)
    modified_changed = Signal(bool)
    trying_changed = Signal(bool)
    refused = Signal(str)
    replacing = Signal()
    replaced = Signal()
    """Another design is opened in place of the last one: before and after `changed`."""

    def __init__(self, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalog = catalog
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(UNDO_STEPS)
        self._saved = self.blank()
        self.view = view_of(State(self._saved), catalog)
        self.last_refusal = ""
        self._trying = False
        self._modified = False

    def blank(self) -> Design:
        """An empty design for this catalog."""
        return Design(catalog=CatalogReference(id=self.catalog.id, version=self.catalog.version))

    # What is open

    @property
    def state(self) -> State:
        """The adopted design and what is pending."""
        return self.view.state

    @property
    def design(self) -> Design:
        """The adopted design: what is saved and exported."""
        return self.view.state.design

    @property
    def modified(self) -> bool:
        """Whether the adopted design differs from what was last opened or saved."""
        return self._modified

    @property
    def trying(self) -> bool:
        """Whether edits are tried out instead of done."""
        return self._trying

    def set_trying(self, trying: bool) -> None:
        """Let edits be tried out, or done."""
        if trying != self._trying:
            self._trying = trying
            self.trying_changed.emit(trying)

    @property
    def edited(self) -> Design:
        """The design that edits change: the one shown while they are tried out, else the adopted one."""
        return self.view.design if self._trying else self.design

    @property
    def last_saved(self) -> Design:
        """What was last opened or saved."""
        return self._saved

    def open(self, design: Design, *, modified: bool = False) -> None:
        """Show another design; its undo history starts anew. `modified`: it is on no disk yet (a recovered one)."""
        self._saved = self.blank() if modified else design
        self.stack.clear()
        self.set_trying(False)
        self.replacing.emit()
        self.show(State(design))
        self.replaced.emit()

    def saved(self, design: Design) -> None:
        """Take note that a design is on disk."""
        self._saved = design
        self._look_at_modified()

    # Changing it

    def show(self, state: State) -> None:
        """Make a state the current one and tell everybody. The only place where the document changes."""
        before = self.view
        self.view = view_of(state, self.catalog, before)
        self.changed.emit(before, self.view)
        self._look_at_modified()

    def edit(self, text: str, change: Callable[[Design], Design], *, done: bool = False) -> bool:
        """Change the design that edits go to, as one undo step named `text`. False, and `refused`, where it cannot be.

        While `trying`, what a scenario can change is only tried out; the rest, such as names and places, is done.
        `done`: all of it is done in any case.
        """

        def whole(design: Design) -> Design:
            return bending.carried(design, change(design))

        try:
            state = self._tried(whole) if self.trying and not done else self._done(whole)
        except DesignError as error:
            self._refuse(error)
            return False
        self._push(text, state)
        return True

    def _done(self, change: Callable[[Design], Design]) -> State:
        try:
            after = change(self.design)
        except DesignError:
            if self.view.design.component_by_id.keys() <= self.design.component_by_id.keys():
                raise
            return self._tried(change)  # it may be about a component that is only there on trial
        return pending.fitting(replace(self.state, design=after), self.catalog)

    def _tried(self, change: Callable[[Design], Design]) -> State:
        return pending.tried(self.state, change(self.view.design), self.view.under, self.catalog)

    def try_out(self, text: str, changes: tuple[AnyChange, ...]) -> bool:
        """Make these the pending what-if changes, as one undo step."""
        return self.put(text, lambda state: replace(state, pending=changes))

    def put(self, text: str, change: Callable[[State], State]) -> bool:
        """Change the state, as one undo step. False, and `refused`, where it cannot be or contradicts itself."""
        try:
            state = change(self.state)
            under = pending.overlay(state.design, self.catalog, state.laid)
            apply_changes(under, self.catalog, state.pending)
        except DesignError as error:
            self._refuse(error)
            return False
        self._push(text, state)
        return True

    def adopt(self, text: str) -> None:
        """Make the what-if the design, as one undo step."""
        if self.state.tried:
            adopted = State(self.view.design, against=self.state.against)
            self._push(text, pending.fitting(adopted, self.catalog))

    def discard(self, text: str) -> None:
        """Drop the what-if, as one undo step."""
        if self.state.tried or self.state.editing is not None:
            self._push(text, State(self.design, against=self.state.against))

    def _push(self, text: str, after: State) -> None:
        if after.design is not self.design or after != self.state:
            self.stack.push(_Edit(self, text, self.state, after))

    def _refuse(self, error: DesignError) -> None:
        self.last_refusal = worded(error)
        self.refused.emit(self.last_refusal)

    def _look_at_modified(self) -> None:
        modified = self.design is not self._saved and self.design != self._saved
        if modified != self._modified:
            self._modified = modified
            self.modified_changed.emit(modified)

    # Finding a place for new things

    def free_name(self, wish: str) -> str:
        """The wish, numbered where a component or zone already carries it."""
        taken = {each.name for each in self.edited.components} | {each.name for each in self.edited.zones}
        name, number = wish, 1
        while name in taken:
            number += 1
            name = f"{wish} {number}"
        return name

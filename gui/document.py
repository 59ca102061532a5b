"""The open design: its value, its undo stack, the what-if laid over it, and the one signal that says it changed.

What is edited is a `State`: the design and the what-if changes pending over it. Everything shown is derived from a
state and never stored. An undo command holds two states and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from gui import pending
from model.catalog import Catalog
from model.comparison import Comparison, compare
from model.derive import derive
from model.design import AnyChange, CatalogReference, Design
from model.errors import DesignError
from model.findings import Finding, findings
from model.graph import FlowGraph
from model.scenario import apply_changes

UNDO_STEPS = 500
"""How many steps can be undone; a step shares all untouched parts with its neighbours."""


@dataclass(frozen=True, slots=True)
class State:
    """What undo goes back to: the design as adopted, and what is being tried over it."""

    design: Design
    pending: tuple[AnyChange, ...] = ()


@dataclass(frozen=True, eq=False)
class View:
    """Everything that follows from a state. `baseline` is the adopted design's graph, `graph` that of what is shown."""

    state: State
    baseline: FlowGraph
    graph: FlowGraph

    @property
    def design(self) -> Design:
        """The design as shown: the adopted one with the pending changes."""
        return self.graph.design

    @cached_property
    def comparison(self) -> Comparison | None:
        """What the pending changes add and remove; None when nothing is pending."""
        return compare(self.baseline, self.graph) if self.state.pending else None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the architect should know of the design as shown; worked out when first asked for."""
        return findings(self.graph)


def view_of(state: State, catalog: Catalog, before: View | None = None) -> View:
    """Derive everything from a state; the baseline graph is taken over where the adopted design is the same."""
    if before is not None and before.state.design is state.design:
        baseline = before.baseline
    else:
        baseline = derive(state.design, catalog)
    if not state.pending:
        return View(state, baseline, baseline)
    return View(state, baseline, derive(apply_changes(state.design, catalog, state.pending), catalog))


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

    def open(self, design: Design, *, modified: bool = False) -> None:
        """Show another design; its undo history starts anew. `modified`: it is on no disk yet (a recovered one)."""
        self._saved = self.blank() if modified else design
        self.stack.clear()
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

    def edit(self, text: str, change: Callable[[Design], Design]) -> bool:
        """Change the adopted design, as one undo step named `text`. False, and `refused`, where it cannot be."""
        try:
            after = change(self.design)
            state = State(after, pending.kept(self.state.pending, after, self.catalog))
            apply_changes(after, self.catalog, state.pending)
        except DesignError as error:
            self._refuse(error)
            return False
        self._push(text, state)
        return True

    def try_out(self, text: str, changes: tuple[AnyChange, ...]) -> bool:
        """Make these the pending what-if changes, as one undo step."""
        try:
            apply_changes(self.design, self.catalog, changes)
        except DesignError as error:
            self._refuse(error)
            return False
        self._push(text, State(self.design, changes))
        return True

    def adopt(self, text: str) -> None:
        """Make the what-if the design, as one undo step."""
        if self.state.pending:
            self._push(text, State(self.view.design))

    def discard(self, text: str) -> None:
        """Drop the what-if, as one undo step."""
        if self.state.pending:
            self._push(text, State(self.design))

    def _push(self, text: str, after: State) -> None:
        if after.design is not self.design or after.pending != self.state.pending:
            self.stack.push(_Edit(self, text, self.state, after))

    def _refuse(self, error: DesignError) -> None:
        self.last_refusal = str(error)
        self.refused.emit(self.last_refusal)

    def _look_at_modified(self) -> None:
        modified = self.design is not self._saved and self.design != self._saved
        if modified != self._modified:
            self._modified = modified
            self.modified_changed.emit(modified)

    # Finding a place for new things

    def free_name(self, wish: str) -> str:
        """The wish, numbered where a component or zone already carries it."""
        taken = {each.name for each in self.design.components} | {each.name for each in self.design.zones}
        name, number = wish, 1
        while name in taken:
            number += 1
            name = f"{wish} {number}"
        return name

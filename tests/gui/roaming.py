"""A hand that edits at random: every kind of edit through the window's own actions, keys, mouse and document."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

from gui.document.pending import toggled
from gui.panels.tried import DESIGN, SAVED
from gui.window.window import Window
from model.design.changes import Change, CountChange, Removal
from model.storage import dump
from tests.gui.fingers import LARGEST, Fingers
from tests.gui.roaming_edits import begin, let_go, some_edits
from tests.gui.shown import mismatches

ACTIONS = (
    "align_left", "align_center", "align_right", "align_top", "align_middle", "align_bottom",
    "distribute_horizontally", "distribute_vertically",
    "bring_to_front", "bring_forward", "send_backward", "send_to_back",
    "lock", "collapse", "expand", "cut", "copy", "paste", "duplicate", "delete",
    "arrange", "arrange_selection", "tidy", "release_bends", "place_services",
    "select_all", "select_contents", "undo", "redo",
    "whatif_mode", "whatif_adopt", "whatif_discard",
)  # fmt: skip
"""The actions that change the design, its selection or the clipboard, and ask nothing."""

PARTS = 8
"""So many walks in a row make every kind of step once; the rest of their steps are of any kind."""

State = tuple[bytes, object]


class Roamer(Fingers):
    """Edits at random; `done` names the steps made, `wrong` says in sentences what does not hold."""

    def __init__(self, window: Window, seed: int, folder: Path) -> None:
        super().__init__(window, random.Random(seed))
        self.path = folder / f"walk-{seed}.portchart"
        self.steps = self._steps()
        self.done: list[str] = []
        self.wrong: list[str] = []
        self._seen: list[State] = [self._state()]
        self._turning = False
        window.document.stack.indexChanged.connect(self._record)

    def leave(self) -> None:
        """Stop listening."""
        self.window.document.stack.indexChanged.disconnect(self._record)

    def _state(self) -> State:
        state = self.window.document.state
        return dump(state.design), (state.pending, state.laid, state.editing, state.against)

    def _record(self, index: int) -> None:
        """Keep every state of the undo stack; undo and redo must come back to the same bytes."""
        if index == 0 and not self.window.document.stack.count():
            return  # another design is about to be opened
        if not self._turning:
            self._seen[index:] = [self._state()]
        elif self._state() != self._seen[index]:
            self.wrong.append(f"step {index} does not come back with the same bytes")

    def step(self, kind: str) -> None:
        """One step of a kind, with whatever it needs before it."""
        self._select()
        self.done.append(kind)
        self.steps[kind]()
        let_go()
        now = self._seen[self.window.document.stack.index()]
        if self._state() != now:
            self.wrong.append("the design changed beside the undo stack")
        self.wrong += mismatches(self.window)
        self.wrong = [each if each.startswith("after ") else f"after {kind}: {each}" for each in self.wrong]

    def undo_all(self) -> None:
        """Back to the beginning and forth again, over the same bytes."""
        stack = self.window.document.stack
        self._turning = True
        for way in (stack.undo, stack.redo):
            for _ in range(stack.count()):
                way()
        self._turning = False
        let_go()
        self.wrong += [f"at the end: {each}" for each in mismatches(self.window)]

    # What is chosen

    def _select(self) -> None:
        design = self._shown
        notes = {note.id: note for note in design.notes}
        seen = self._visible(design.component_by_id, design.zone_by_id, notes)
        chosen = self.rng.sample(seen, min(len(seen), self.rng.choice((0, 1, 1, 2, 3, 5))))
        pairs = sorted(self.window.scene.wires.pairs)
        if not chosen and pairs:
            self.window.scene.choose(self.rng.choice(pairs))
        else:
            self.window.selection.select(chosen)

    # Steps

    def _steps(self) -> dict[str, Callable[[], object]]:
        """Everything a step can be, by its name."""
        made: dict[str, Callable[[], object]] = {name: partial(self._act, name) for name in ACTIONS}
        made |= {name: partial(self._edit, name) for name in some_edits(self.window, random.Random())}
        own: dict[str, Callable[[], object]] = {
            "save": self._save,
            "load": self._load,
            "try": self._try,
            "keep scenario": lambda: self._scenario("keep"),
            "lay scenario": lambda: self._scenario("use"),
            "edit scenario": lambda: self._scenario("edit"),
            "save scenario": lambda: self._scenario("save"),
            "drop scenario": lambda: self._scenario("delete"),
            "compare": lambda: self.window.scenarios.compare_with(self.rng.choice((DESIGN, SAVED))),
            "history": self._jump,
        }
        return made | own | self.fingers()

    def _trigger(self, name: str) -> None:
        self._turning = name in ("undo", "redo")
        super()._trigger(name)
        self._turning = False

    def _act(self, name: str) -> None:
        """Trigger an action, after what it needs."""
        window, design = self.window, self._shown
        if name in ("paste", "duplicate") and len(design.components) > LARGEST:
            return
        if name in ("collapse", "expand"):
            there = self._visible(design.zone_by_id)
            folded = [each for each in there if design.zone_by_id[each].collapsed]
            among = folded if name == "expand" and folded else there
            window.selection.select(self.rng.sample(among, min(1, len(among))))
            if name == "expand" and not folded:
                self._trigger("collapse")
        elif name.startswith("distribute"):
            window.selection.select(self._visible(design.component_by_id))
        elif name == "redo" and not window.actions_by_id[name].isEnabled():
            self._trigger("undo")
        elif name == "paste" and not window.actions_by_id[name].isEnabled():
            self._trigger("copy")
        elif name in ("whatif_adopt", "whatif_discard") and not window.actions_by_id[name].isEnabled():
            self._try()
        elif name == "release_bends" and not window.actions_by_id[name].isEnabled():
            self._edit("bend")
        self._trigger(name)

    def _edit(self, name: str) -> None:
        self.window.document.edit(name, some_edits(self.window, self.rng)[name])

    def _jump(self) -> None:
        """Go anywhere in the history."""
        stack = self.window.document.stack
        self._turning = True
        stack.setIndex(self.rng.randint(0, stack.count()))
        self._turning = False

    def _try(self) -> None:
        """Try out one more change, or take it back."""
        document, rng = self.window.document, self.rng
        one = self._choose([*document.view.under.component_by_id])
        feature = rng.choice(document.catalog.features).id
        change = rng.choice(
            (
                Change(feature=feature, value=rng.random() < 0.5),
                Change(feature=feature, value=rng.random() < 0.5, component=one),
                CountChange(component=one, count=rng.randint(1, 99)),
                Removal(remove=one),
            )
        )
        document.put(
            "try",
            lambda state: type(state)(
                state.design,
                toggled(state.pending, document.view.under, document.catalog, (change,)),
                state.laid,
                state.editing,
                state.against,
            ),
        )

    def _scenario(self, what: str) -> None:
        """Do something with a scenario; keep one first where there is none."""
        window = self.window
        if what == "keep" or not window.document.design.scenarios:
            if not window.document.state.changes:
                self._try()
            changes = window.document.state.changes
            if changes and len(window.document.design.scenarios) < 4:
                window.scenarios.keep(f"what {len(self.done)}", changes)
        name = self._choose([each.id for each in window.document.design.scenarios])
        if what == "save":
            name = window.document.state.editing or "nothing"
        if what != "keep" and name != "nothing":
            window.scenarios.act(what, name)

    def _save(self) -> None:
        if self.window.files.path is None:
            self.window.files.path = self.path
        if not self.window.files.save():
            self.wrong.append("it was not saved")
        elif self.path.read_bytes() != dump(self.window.document.design):
            self.wrong.append("what was saved is not the design")

    def _load(self) -> None:
        if not self.path.exists():
            self._save()
        held = self.path.read_bytes()
        self.window.files.read(self.path)
        self._seen = [self._state()]
        if dump(self.window.document.design) != held:
            self.wrong.append("what was loaded is not the file")


def roam(window: Window, seed: int, steps: int, folder: Path) -> Roamer:
    """One random sequence of edits, undone and redone; its `wrong` says what did not hold."""
    window.files.new(None)
    begin(window)
    roamer = Roamer(window, seed, folder)
    kinds = sorted(roamer.steps)
    round_, part = divmod(seed, PARTS)
    due = random.Random(round_).sample(kinds, len(kinds))[part::PARTS]
    others = roamer.rng.choices(kinds, k=max(0, steps - len(due)))
    try:
        for kind in roamer.rng.sample(due + others, len(due) + len(others)):
            roamer.step(kind)
            if roamer.wrong:
                break
        roamer.undo_all()
    finally:
        roamer.leave()
        window.document.saved(window.document.design)
        roamer.path.unlink(missing_ok=True)
    roamer.wrong = [f"seed {seed}: {each} ({', '.join(roamer.done)})" for each in roamer.wrong[:3]]
    return roamer

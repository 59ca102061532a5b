"""A hand that edits at random: every kind of edit through the window's own actions, keys, mouse and document."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from gui.boxes import CheckBox
from gui.panels.tried import DESIGN, SAVED
from gui.pending import toggled
from gui.widgets import Chooser
from gui.window import Window
from model.changes import Change, CountChange, Removal
from model.design import Design
from model.storage import dump
from tests.gui.hands import LEFT, NO_KEYS, at, drag
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

LARGEST = 30
"""With more components than this nothing is copied any more: the walk is long, not large."""

PARTS = 8
"""So many walks in a row make every kind of step once; the rest of their steps are of any kind."""

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_CONTROL = Qt.KeyboardModifier.ControlModifier
State = tuple[bytes, object]


class Roamer:
    """Edits at random; `done` names the steps made, `wrong` says in sentences what does not hold."""

    def __init__(self, window: Window, seed: int, folder: Path) -> None:
        self.window, self.rng = window, random.Random(seed)
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

    @property
    def _shown(self) -> Design:
        return self.window.document.view.design

    def _visible(self, *kinds: Mapping[str, object]) -> list[str]:
        every = [name for kind in kinds for name in kind]
        return [name for name in every if name not in self.window.scene.folding.within]

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

    def _choose(self, names: list[str]) -> str:
        """One of some names, or one that nothing has."""
        return self.rng.choice(names or ["nothing"])

    # Steps

    def _steps(self) -> dict[str, Callable[[], object]]:
        """Everything a step can be, by its name."""
        made: dict[str, Callable[[], object]] = {name: partial(self._act, name) for name in ACTIONS}
        made |= {name: partial(self._edit, name) for name in some_edits(self.window, random.Random())}
        own: dict[str, Callable[[], object]] = {
            "nudge": lambda: QTest.keyClick(self.window.canvas, self.rng.choice(_ARROWS)),
            "write": lambda: self._write(name=True),
            "write hosts": lambda: self._write(name=False),
            "more hosts": lambda: self._press("+"),
            "fewer hosts": lambda: self._press("-"),
            "add by typing": self._quick_add,
            "inspector": self._tick,
            "bend by keys": self._keys_on_connector,
            "resize by keys": self._resize_by_keys,
            "save": self._save,
            "load": self._load,
            "try": self._try,
            "keep scenario": lambda: self._scenario("keep"),
            "lay scenario": lambda: self._scenario("use"),
            "edit scenario": lambda: self._scenario("edit"),
            "save scenario": lambda: self._scenario("save"),
            "drop scenario": lambda: self._scenario("delete"),
            "compare": lambda: self.window.scenarios.compare_with(self.rng.choice((DESIGN, SAVED))),
            "drag card": lambda: self._drag_card(drop=True),
            "leave card": lambda: self._drag_card(drop=False),
            "drag zone": lambda: self._drag_zone((0.5, 15.0), drop=True),
            "leave zone": lambda: self._drag_zone((0.5, 15.0), drop=False),
            "drag border": lambda: self._drag_zone((1.0, 60.0), drop=True),
            "leave border": lambda: self._drag_zone((1.0, 60.0), drop=False),
            "drag note": self._drag_note,
            "drag piece": lambda: self._drag_piece(drop=True),
            "leave piece": lambda: self._drag_piece(drop=False),
            "draw tie": self._draw_tie,
            "draw zone": lambda: self._draw("zone_tool"),
            "draw note": lambda: self._draw("note_tool"),
            "band": lambda: self._drag(self._anywhere(), self._anywhere(), drop=True),
        }
        return made | own

    def _trigger(self, name: str) -> None:
        action = self.window.actions_by_id[name]
        if action.isEnabled():
            self._turning = name in ("undo", "redo")
            action.trigger()
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

    def _write(self, *, name: bool) -> None:
        """Write a name or a note where it stands, also of what is not seen; or a number of hosts."""
        writing, design = self.window.canvas.writing, self._shown
        notes = [note.id for note in design.notes]
        if name:
            writing.start(self._choose([*design.component_by_id, *design.zone_by_id, *notes]))
        else:
            self.window.selection.select(self._visible(design.component_by_id)[:2])
            self._trigger("host_count")
        for editor in (writing.names, writing.notes, writing.hosts):
            if editor.isVisible():
                QTest.keyClicks(editor, f"{len(self.done) + 1}")
                leave = self.rng.random() < 0.3
                QTest.keyClick(editor, Qt.Key.Key_Escape if leave else Qt.Key.Key_Return, _CONTROL)

    def _press(self, keys: str) -> None:
        """Type on the canvas, with some components selected."""
        self.window.selection.select(self._visible(self._shown.component_by_id)[-2:])
        QTest.keyClicks(self.window.canvas, keys)

    def _keys_on_connector(self) -> None:
        """Arrow keys on a connector move a piece of it."""
        pairs = sorted(self.window.scene.wires.pairs)
        if pairs:
            self.window.scene.choose(self.rng.choice(pairs))
            QTest.keyClick(self.window.canvas, self.rng.choice(_ARROWS))

    def _resize_by_keys(self) -> None:
        """Ctrl with an arrow pushes an edge of a zone."""
        zones = self.window.scene.zones
        if zones:
            self.window.selection.select([self.rng.choice(zones).id])
            QTest.keyClick(self.window.canvas, self.rng.choice(_ARROWS), _CONTROL)

    def _quick_add(self) -> None:
        """Add by typing, in the middle of what is seen."""
        if len(self._shown.components) > LARGEST:
            return
        self._trigger("quick_add")
        quick = self.window.placement.quick
        QTest.keyClicks(quick.field, self.rng.choice(("a", "rel", "sps", "dns", "zzz")))
        QTest.keyClick(quick.field, self.rng.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))
        if quick.isVisible():
            QTest.keyClick(quick.field, Qt.Key.Key_Escape)

    def _tick(self) -> None:
        """Tick a box of the inspector, or choose something in it."""
        window = self.window
        window.side.setCurrentWidget(window.inspector)
        boxes = [each for each in window.inspector.findChildren(CheckBox) if each.isVisible()]
        choosers = [each for each in window.inspector.findChildren(Chooser) if each.isVisible()]
        if boxes and self.rng.random() < 0.5:
            self.rng.choice(boxes).click()
        elif choosers:
            field = self.rng.choice(choosers)
            field.setCurrentIndex(self.rng.randrange(field.count()))
            field.activated.emit(field.currentIndex())

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

    # The mouse

    def _anywhere(self) -> tuple[float, float]:
        seen = self.window.canvas.seen()
        return self.rng.uniform(seen.left, seen.right), self.rng.uniform(seen.top, seen.bottom)

    def _drag(self, start: tuple[float, float], end: tuple[float, float], *, drop: bool) -> None:
        """Drag from one point of the scene to another; Escape before the button is let go where it is not dropped."""
        canvas = self.window.canvas
        drag(canvas, start, end, drop=drop)
        if not drop:
            QTest.keyClick(canvas, Qt.Key.Key_Escape)
            QTest.mouseRelease(canvas.viewport(), LEFT, NO_KEYS, at(canvas, *end))
        canvas.writing.finish()

    def _drag_card(self, *, drop: bool) -> None:
        self.window.canvas.fit()
        cards = self.window.scene.cards
        if cards:
            middle = cards[self._choose(sorted(cards))].center
            self._drag((middle.x, middle.y), self._anywhere(), drop=drop)

    def _drag_zone(self, grip: tuple[float, float], *, drop: bool) -> None:
        """Take a zone at a part of its width and so far below its top."""
        self.window.canvas.fit()
        zones = self.window.scene.zones
        if zones:
            frame = self.rng.choice(zones).rect
            self._drag((frame.x + grip[0] * frame.width, frame.y + grip[1]), self._anywhere(), drop=drop)

    def _drag_note(self) -> None:
        self.window.canvas.fit()
        notes = self.window.scene.notes
        if notes:
            middle = self.rng.choice(notes).rect.center
            self._drag((middle.x, middle.y), self._anywhere(), drop=True)

    def _drag_piece(self, *, drop: bool) -> None:
        self.window.canvas.fit()
        pairs = self.window.scene.wires.pairs
        if pairs:
            line = pairs[self.rng.choice(sorted(pairs))].wire.points
            piece = self.rng.randrange(len(line) - 1)
            a, b = line[piece], line[piece + 1]
            self._drag(((a.x + b.x) / 2, (a.y + b.y) / 2), self._anywhere(), drop=drop)

    def _draw_tie(self) -> None:
        """From the handle of a card to another one, which may be refused."""
        self.window.canvas.fit()
        cards = self.window.scene.cards
        if cards:
            self.window.selection.select([self._choose(sorted(cards))])
            start: QPointF = self.window.canvas.handle.pos()
            end = cards[self._choose(sorted(cards))].center
            self._drag((start.x(), start.y()), (end.x, end.y), drop=True)

    def _draw(self, tool: str) -> None:
        self.window.actions_by_id[tool].trigger()
        self._drag(self._anywhere(), self._anywhere(), drop=True)
        self.window.actions_by_id["select_tool"].trigger()


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

"""What each switch would do, before it is pressed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from model.catalog.rules import Feature, Setting
from model.derivation.alike import Alike
from model.derivation.effective import effective_feature, effective_setting
from model.derivation.graph import FlowGraph
from model.design.changes import Change
from model.whatif.board import Board, Counts, Turn

Switch = tuple[str, bool | str]
"""A feature with the value it would be switched to, or a setting with the choice that would be taken."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A switch, what it would be set at (None: the design), and the flows that would come, go and change."""

    switch: Feature | Setting
    value: bool | str
    targets: tuple[str | None, ...]
    counts: Counts

    @property
    def changes(self) -> tuple[Change, ...]:
        """What pressing the switch would change in the design."""
        if isinstance(self.switch, Feature):
            name = self.switch.id
            return tuple(Change(feature=name, value=self.value, component=each) for each in self.targets)
        name = self.switch.id
        return tuple(Change(setting=name, value=self.value, component=each) for each in self.targets)


def previews(
    graph: FlowGraph,
    components: Collection[str] | None = None,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> dict[Switch, Preview]:
    """What every switch would do: of the whole design, or of the chosen components taken together.

    A feature that is on for all of them would be switched off, any other one on; a setting would get each choice
    that not all of them have. Components of kinds without the switch are left as they are; what none of them has
    is left out. Features that are set once for the design are among its switches only. The counts are those of
    `compare` between the graph and that of the changed design. Where `cancelled`, what is missing is left out.
    """
    chosen = None if components is None else frozenset(components)
    board = Board(graph, () if chosen is None else (chosen,))
    found: dict[Switch, Preview] = {}
    switches: tuple[Feature | Setting, ...] = (*graph.catalog.features, *graph.catalog.settings)
    for switch in switches:
        if cancelled():
            break
        classes = _classes(board, chosen, switch)
        lot = None if chosen is None else 0
        targets = (None,) if chosen is None else tuple(name for each in classes for name in each.members)
        for value in _values(board, classes if chosen is not None else None, switch):
            counts = board.count([Turn(switch, value, lot)])
            found[switch.id, value] = Preview(switch, value, targets, counts)
    return found


def _classes(board: Board, chosen: frozenset[str] | None, switch: Feature | Setting) -> Sequence[Alike]:
    """The classes that the switch is set at: each lies within the chosen components or outside them."""
    if chosen is None or (isinstance(switch, Feature) and switch.scope == "design"):
        return ()
    return [each for each in board.classes if each.first.id in chosen and each.kind in switch.kinds]


def _values(board: Board, classes: Sequence[Alike] | None, switch: Feature | Setting) -> Iterator[bool | str]:
    """The values that the switch could be given at some classes (None: for the design)."""
    design = board.graph.design
    subjects = [board.planner.subjects[each.place] for each in classes or ()]
    if isinstance(switch, Feature):
        if classes is None:
            yield not effective_feature(design, None, switch).value
        elif classes:
            yield not all(switch.id in subject.features for subject in subjects)
        return
    in_force = {subject.settings[switch.id] for subject in subjects}
    if classes is None:
        in_force = {effective_setting(design, None, switch).value}
    yield from (choice.id for choice in switch.choices if in_force and in_force != {choice.id})

"""The places at which two drawings differ, in the order in which they are read, for stepping from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from model.derivation.comparison import Comparison, Status
from model.derivation.graph import FlowGraph
from model.picture.connectors import Wire, link_text
from model.picture.look import Look
from model.shapes.geometry import Point, Rect, bounding

_BAND = 160.0
"""What lies within so many scene pixels of height is read from left to right."""


@dataclass(frozen=True, slots=True)
class Place:
    """What differs in one drawing: what it is called, what happens to it, what is framed to show it, and its middle."""

    title: str
    status: Status
    frames: tuple[Rect, ...]
    middle: Point


@dataclass(frozen=True, slots=True)
class Difference:
    """A component, a zone or a connector that differs, with what is framed in each drawing to show it."""

    title: str
    status: Status
    before: tuple[Rect, ...]
    after: tuple[Rect, ...]
    middle: Point

    @property
    def around(self) -> Rect:
        """All of it, in both drawings."""
        there = bounding((*self.before, *self.after))
        assert there is not None, "a difference is in one drawing at least"
        return there


def places(
    graph: FlowGraph,
    rects: Mapping[str, Rect],
    wires: Iterable[Wire],
    touched: Mapping[str, Status],
    comparison: Comparison,
    look: Look,
) -> dict[str, Place]:
    """Everything in one drawing by what it is: `touched` are the components and zones that differ."""
    found: dict[str, Place] = {}
    names = {zone.id: zone.name for zone in graph.design.zones}
    names |= {component.id: component.name for component in graph.design.components}
    for name, rect in rects.items():
        found[name] = Place(names[name], touched.get(name, "unchanged"), (rect,), rect.center)
    for wire in wires:
        link = wire.link
        ends = " → ".join(names[name] for name in link.pair)
        frames = rects[link.source], wire.label, rects[link.target]
        title = f"{ends}  {link_text(link, comparison, look)}"
        found[link.subject] = Place(title, link.status, frames, wire.label.center)
    return found


def differences(before: Mapping[str, Place], after: Mapping[str, Place]) -> tuple[Difference, ...]:
    """What differs between two drawings, from top to bottom and from left to right."""
    found: list[Difference] = []
    for subject in dict.fromkeys((*before, *after)):
        old, new = before.get(subject), after.get(subject)
        told = next((each for each in (new, old) if each is not None and each.status != "unchanged"), None)
        if told is not None:
            there = [each.frames if each is not None else () for each in (old, new)]
            found.append(Difference(told.title, told.status, there[0], there[1], told.middle))
    return tuple(sorted(found, key=lambda each: (each.middle.y // _BAND, each.middle.x, each.middle.y)))

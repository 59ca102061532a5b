"""Where connectors run: worked out by the layout, kept where nothing of theirs moved, and sketched during a gesture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model import layout
from model.comparison import Comparison
from model.drawing import Link, Look, Wire, label_size, link_text
from model.geometry import Point, Rect
from model.graph import FlowGraph

_TITLE = 30.0


class Routes:
    """The connectors of one canvas. Only those are routed anew that came or whose surroundings moved."""

    def __init__(self) -> None:
        self._last: layout.Routes | None = None

    def forget(self) -> None:
        """Route everything anew the next time: for another design, or after everything was arranged."""
        self._last = None

    def update(
        self,
        graph: FlowGraph,
        shown: Sequence[Link],
        cards: Mapping[str, Rect],
        comparison: Comparison | None,
        look: Look,
    ) -> tuple[Wire, ...]:
        """The connectors for these links around these cards."""
        pairs = [
            layout.Pair(link.source, link.target, label_size(link_text(link, comparison, look), look))
            for link in shown
        ]
        titles = [Rect(z.rect.x, z.rect.y, z.rect.width, _TITLE) for z in graph.design.zones]
        if self._last is None:
            self._last = layout.route(cards, pairs, avoid=titles)
        else:
            self._last = layout.reroute(self._last, cards, pairs, (), avoid=titles)
        links = {(link.source, link.target): link for link in shown}
        return tuple(
            Wire(links[c.pair.source, c.pair.target], c.points, c.label) for c in self._last.connectors
        )


def sketch(source: Rect, target: Rect) -> tuple[Point, ...]:
    """A simple right-angled way between two cards, for as long as a hand moves one of them."""
    a, b = source.center, target.center
    if abs(a.x - b.x) >= abs(a.y - b.y):
        right = b.x > a.x
        start = Point(source.right if right else source.left, a.y)
        end = Point(target.left if right else target.right, b.y)
        middle = (start.x + end.x) / 2
        return (start, Point(middle, start.y), Point(middle, end.y), end)
    down = b.y > a.y
    start = Point(a.x, source.bottom if down else source.top)
    end = Point(b.x, target.top if down else target.bottom)
    middle = (start.y + end.y) / 2
    return (start, Point(start.x, middle), Point(end.x, middle), end)

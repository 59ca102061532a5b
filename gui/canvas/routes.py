"""Where connectors run: worked out by the layout, kept where nothing of theirs moved, and sketched when time is short.

The layout takes its time for many connectors. So what can be routed at once is; for more, simple lines are shown at
once and the layout works in another thread; and beyond a number where nobody follows single lines, they stay simple.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from gui.work import Worker
from model import layout
from model.connectors import Link, Wire
from model.geometry import Point, Rect, Size

Pair = tuple[str, str]

AT_ONCE = 9_000
"""How much (new connectors × all connectors) is routed while the user waits: about a tenth of a second."""

LATER = 1_000
"""Up to how many connectors the layout is asked at all."""


@dataclass(frozen=True, slots=True)
class Land:
    """What connectors run around: the cards, the zones' titles and frames, and lines laid by hand."""

    cards: Mapping[str, Rect]
    titles: tuple[Rect, ...]
    frames: tuple[Rect, ...]
    laid: Mapping[Pair, tuple[Point, ...]]

    def reroute(self, before: layout.Routes, pairs: Sequence[layout.Pair]) -> layout.Routes:
        """Ways for pairs, those of `before` kept where nothing of theirs moved."""
        return layout.reroute(before, self.cards, pairs, (), avoid=self.titles, frames=self.frames)


class Routes(QObject):
    """The connectors of one canvas. `better`: the layout has found better ways for what is shown; ask again."""

    better = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cards: dict[str, Rect] = {}
        self._known: dict[Pair, layout.Connector] = {}
        self._worker = Worker(self)
        self._worker.done.connect(self._found)

    def forget(self) -> None:
        """Route everything anew the next time: another design is about to be shown."""
        self._worker.cancel()
        self._cards, self._known = {}, {}

    def update(self, land: Land, shown: Sequence[Link], sizes: Sequence[Size]) -> tuple[Wire, ...]:
        """The connectors for these links, with labels of these sizes, as good as they can be had at once."""
        cards, before = land.cards, self._cards
        moved = {name for name, card in cards.items() if before.get(name) != card}
        known = {
            pair: way
            for pair, way in self._known.items()
            if not (pair[0] in moved or pair[1] in moved or land.laid.get(pair, ()) != way.pair.laid)
        }
        self._cards = dict(cards)
        simple = _simple(shown, sizes, land, known)
        if len(shown) > LATER:
            self._worker.cancel()
            self._known = known | simple
        elif simple or moved:
            self._route(land, before, shown, sizes, known | simple)
        ways = (self._known[link.pair] for link in shown)
        return tuple(Wire(link, way.points, way.label) for link, way in zip(shown, ways, strict=True))

    def _route(
        self,
        land: Land,
        cards: dict[str, Rect],
        shown: Sequence[Link],
        sizes: Sequence[Size],
        meanwhile: dict[Pair, layout.Connector],
    ) -> None:
        """Route now, or in the thread with something shown `meanwhile`; known ways go around `cards`."""
        pairs = [
            layout.Pair(*link.pair, size, laid=land.laid.get(link.pair, ()))
            for link, size in zip(shown, sizes, strict=True)
        ]
        before = layout.Routes(tuple(self._known.values()), cards)
        fresh = sum(way is not self._known.get(pair) for pair, way in meanwhile.items())
        if max(fresh, 1) * len(shown) <= AT_ONCE:
            self._worker.cancel()
            self._take(land.reroute(before, pairs))
            return
        self._known = meanwhile
        self._worker.start(lambda progress, stopped: land.reroute(before, pairs))

    def _found(self, routed: layout.Routes) -> None:
        """The thread has an answer for what is shown."""
        self._take(routed)
        self.better.emit()

    def _take(self, routed: layout.Routes) -> None:
        self._known = {(c.pair.source, c.pair.target): c for c in routed.connectors}

    def wait(self) -> None:
        """Let the thread end."""
        self._worker.wait()


def _labelled(way: layout.Connector, middle: Point, size: Size) -> layout.Connector:
    label = Rect(middle.x - size.width / 2, middle.y - size.height / 2, size.width, size.height)
    return layout.Connector(replace(way.pair, label=size), way.points, label)


def _simple(
    shown: Sequence[Link],
    sizes: Sequence[Size],
    land: Land,
    known: Mapping[Pair, layout.Connector],
) -> dict[Pair, layout.Connector]:
    """Simple ways for the links that have none, and the known ways of those whose label has another size now."""
    found: dict[Pair, layout.Connector] = {}
    for link, size in zip(shown, sizes, strict=True):
        pair = link.pair
        way = known.get(pair)
        if way is None:
            laid = land.laid.get(pair, ())
            points = laid or sketch(land.cards[pair[0]], land.cards[pair[1]])
            a, b = points[len(points) // 2 - 1], points[len(points) // 2]
            way = layout.Connector(layout.Pair(*pair, laid=laid), points, Rect(0, 0, 0, 0))
            found[pair] = _labelled(way, Point((a.x + b.x) / 2, (a.y + b.y) / 2), size)
        elif way.pair.label != size:
            found[pair] = _labelled(way, way.label.center, size)
    return found


def sketch(source: Rect, target: Rect) -> tuple[Point, ...]:
    """A simple right-angled way between two cards, whatever lies between."""
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

"""Where connectors run: worked out by the layout, kept where nothing of theirs moved, and sketched when time is short.

The layout takes its time for many connectors. So what can be routed at once is; for more, simple lines are shown at
once and the layout works in another thread; and beyond a number where nobody follows single lines, they stay simple.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import zip_longest

from PySide6.QtCore import QObject, Signal

from gui.document.work import Worker
from model import layout
from model.design.elements import Zone
from model.picture.cards import zone_titles
from model.picture.connectors import Link, Wire
from model.picture.look import Look
from model.shapes.geometry import Point, Rect, Size

Pair = tuple[str, str]
_Asked = tuple[object, ...]
"""What the layout was asked: cards, titles, frames and pairs with their labels."""

AT_ONCE = 40
"""How many new connectors are routed while the user waits: a tenth of a second where everything talks to everything."""

IN_STEP = 20
"""How many are routed anew with every move of a hand: about a hundredth of a second."""

LATER = 1_000
"""Up to how many connectors the layout is asked at all."""

REMEMBERED = 48
"""How many answers are kept: what is undone, or tried out and taken back, looks again as it did before."""


@dataclass(frozen=True, slots=True)
class Land:
    """What connectors run around: the cards, the zones' titles and frames, and lines laid by hand."""

    cards: Mapping[str, Rect]
    titles: tuple[Rect, ...]
    frames: tuple[Rect, ...]
    laid: Mapping[Pair, tuple[Point, ...]]

    @staticmethod
    def of(
        cards: Mapping[str, Rect], zones: Sequence[Zone], laid: Mapping[Pair, tuple[Point, ...]], look: Look
    ) -> Land:
        """What is in the way between these cards and zones."""
        return Land(cards, zone_titles(zones, look), tuple(zone.rect for zone in zones), laid)

    def reroute(
        self, before: layout.Routes, pairs: Sequence[layout.Pair], most: int | None = None
    ) -> layout.Routes:
        """Ways for pairs, those of `before` kept where nothing of theirs moved; where more than `most` are to be found
        anew, also where they are in the way."""
        return layout.reroute(before, self.cards, pairs, (), avoid=self.titles, frames=self.frames, most=most)


class Routes(QObject):
    """The connectors of one canvas. `better`: the layout has found better ways for what is shown; ask again."""

    better = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cards: dict[str, Rect] = {}
        self._known: dict[Pair, layout.Connector] = {}
        self._routed = layout.Routes((), {})
        """What the layout found last; of the known ways, some may differ from it."""
        self._answers: dict[_Asked, layout.Routes] = {}
        self._asked: _Asked = ()
        self._worker = Worker(self)
        self._worker.done.connect(self._found)

    def forget(self) -> None:
        """Route everything anew the next time: another design is about to be shown."""
        self._worker.cancel()
        self._cards, self._known = {}, {}
        self._answers.clear()

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
        elif simple or moved or len(known) != len(shown):
            pairs = [
                layout.Pair(*link.pair, size, laid=land.laid.get(link.pair, ()))
                for link, size in zip(shown, sizes, strict=True)
            ]
            if not self._recall(land, pairs) and (simple or moved):
                self._route(land, before, pairs, known | simple)
        ways = (self._known[link.pair] for link in shown)
        return tuple(Wire(link, way.points, way.label) for link, way in zip(shown, ways, strict=True))

    def _recall(self, land: Land, pairs: Sequence[layout.Pair]) -> bool:
        """Take the answer that the same question had before, if there is one."""
        asked = (tuple(land.cards.items()), land.titles, land.frames, tuple(pairs))
        if asked in self._answers:
            self._worker.cancel()
            self._asked = asked
            self._take(self._answers[asked])
            return True
        return False

    def _route(
        self,
        land: Land,
        cards: dict[str, Rect],
        pairs: Sequence[layout.Pair],
        meanwhile: dict[Pair, layout.Connector],
    ) -> None:
        """Route now, or in the thread with something shown `meanwhile`; known ways go around `cards`."""
        self._asked = (tuple(land.cards.items()), land.titles, land.frames, tuple(pairs))
        before = self._ways(cards)
        fresh = sum(way is not self._known.get(pair) for pair, way in meanwhile.items())
        if fresh <= AT_ONCE:
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
        self._answers[self._asked] = routed
        if len(self._answers) > REMEMBERED:
            self._answers.pop(next(iter(self._answers)))
        self._routed = routed
        self._known = {(c.pair.source, c.pair.target): c for c in routed.connectors}

    def _ways(self, cards: dict[str, Rect]) -> layout.Routes:
        """The known ways between these cards; with all that the layout knows of them, if it found them."""
        known, found = self._known.values(), self._routed.connectors
        if all(one is other for one, other in zip_longest(known, found)):
            return replace(self._routed, boxes=cards)
        return layout.Routes(tuple(known), cards)

    def in_step(self, moving: Set[str], shown: Collection[Pair]) -> layout.Routes | None:
        """The known ways, where those of what is `moving` can be found anew with every move of a hand; None where that
        takes too long, or they are still being looked for."""
        at_hand = sum(not moving.isdisjoint(pair) for pair in shown)
        slow = at_hand > IN_STEP or len(shown) > LATER or self._worker.busy
        return None if slow else self._ways(self._cards)

    def wait(self) -> None:
        """Let the thread end."""
        self._worker.wait()


def _labelled(way: layout.Connector, middle: Point, size: Size) -> layout.Connector:
    label = Rect(middle.x - size.width / 2, middle.y - size.height / 2, size.width, size.height)
    return layout.Connector(way.pair._replace(label=size), way.points, label)


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

"""Connectors that follow what a hand moves: they run as they will once it lets go.

What stands in the way of very many makes them move only then.
"""

from __future__ import annotations

from gui.canvas.routes import IN_STEP, Land
from gui.canvas.scene import Scene
from model import layout
from model.design.design import Design
from model.picture.connectors import Wire
from model.picture.courses import lines
from model.shapes.geometry import Point, Rect


class Following:
    """Finds connectors anew with every move, from where they were when the hand took hold."""

    def __init__(self, scene: Scene, before: layout.Routes) -> None:
        self._scene, self._before = scene, before
        self._known = {(c.pair.source, c.pair.target): c for c in before.connectors}

    def show(self, design: Design, cards: dict[str, Rect]) -> None:
        """Show connectors as they run between these cards of a design."""
        scene = self._scene
        laid = lines(design, cards)
        frames = {zone.id: zone for zone in design.zones}
        zones = [frames[zone.id] for zone in scene.zones]
        land = Land.of(cards | scene.ghosts, zones, laid, scene.look)
        shown = scene.wires.pairs
        pairs = [_laid(self._known[pair].pair, laid.get(pair, ())) for pair in shown]
        found = land.reroute(self._before, pairs, IN_STEP)
        scene.wires.show_held(
            Wire(each.wire.link, way.points, way.label)
            for (pair, each), way in zip(shown.items(), found.connectors, strict=True)
            if way is not self._known[pair]
        )


def _laid(pair: layout.Pair, line: tuple[Point, ...]) -> layout.Pair:
    """The pair with the line that a hand gave it; the same object where that is the line it has."""
    return pair if pair.laid == line else pair._replace(laid=line)

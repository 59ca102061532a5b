"""How good connectors are, and how fast they come: `python -m tests.bench.routing`.

The samples as they are stored, and layered designs that are arranged first, these beside Graphviz's orthogonal layout
of the same graph where `dot` is installed.
"""

from __future__ import annotations

import gc
import random
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import process_time

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.layout import Node, Pair, Routes, arrange, reroute, route
from model.picture.cards import boxes, zone_titles
from model.picture.connectors import label_size, link_text, links
from model.picture.look import Look
from model.shapes.geometry import Point, Rect, Size
from model.storage import load
from tests.designs import shipped_catalog
from tests.model.layout.scenes import LABEL, crossings, line_crossings, through_boxes

SAMPLES = Path(__file__).parents[2] / "resources/samples"
CARD = Size(150, 60)
LAYERS = 8
SIZES = (50, 100, 300)
POINTS = 72.0
"""To the inch, in which dot measures."""
ROUNDS = 5

Boxes = dict[str, Rect]
Edges = list[tuple[str, str, float]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What came out for one design; times are CPU milliseconds."""

    components: int
    connectors: int
    through: int
    labels_over: int
    crossings: int
    bends: int
    routed: float
    hub: float


@dataclass(frozen=True, slots=True)
class DotFigures:
    """What dot made of the same graph; its time is that of its process in CPU milliseconds."""

    crossings: int
    time: float


def layered(components: int, connectors: int, seed: int = 1) -> tuple[list[Node], Edges]:
    """Components in layers, each connector to the next layer or, one in five, to the one after it."""
    chance = random.Random(seed)
    names = [f"n{number:03}" for number in range(components)]
    layers = [names[number::LAYERS] for number in range(LAYERS)]
    wanted: set[tuple[str, str]] = set()
    while len(wanted) < connectors:
        layer = chance.randrange(LAYERS - 1)
        further = layer + 1 if chance.random() < 0.8 else min(LAYERS - 1, layer + 2)
        wanted.add((chance.choice(layers[layer]), chance.choice(layers[further])))
    return [Node(name, CARD) for name in names], [(a, b, 1.0) for a, b in sorted(wanted)]


def in_tens(components: int, connectors: int, reach: float = 10.0) -> tuple[list[Node], Edges]:
    """Components in layers of about ten, each connector to one of the next layers, up to so many places aside."""
    chance = random.Random(1)
    layers = max(components // 10, 2)
    names = [f"n{number:03}" for number in range(components)]
    rows = [names[k * components // layers : (k + 1) * components // layers] for k in range(layers)]
    wanted: set[tuple[str, str]] = set()
    while len(wanted) < connectors:
        layer = chance.randrange(layers - 1)
        further = rows[layer + 1 if chance.random() < 0.8 else min(layers - 1, layer + 2)]
        place = chance.randrange(len(rows[layer]))
        beside = round(place * len(further) / len(rows[layer]) + chance.uniform(-reach, reach))
        if 0 <= beside < len(further):
            wanted.add((rows[layer][place], further[beside]))
    return [Node(name, CARD) for name in names], [(a, b, 1.0) for a, b in sorted(wanted)]


def near(components: int, connectors: int) -> tuple[list[Node], Edges]:
    """The same with each connector to one of those nearest to it."""
    return in_tens(components, connectors, 2.5)


def arranged(nodes: Sequence[Node], edges: Edges) -> tuple[Boxes, float]:
    """Boxes in their automatic places, and how long that took."""
    begin = process_time()
    places = arrange(nodes, (), edges).positions
    spent = (process_time() - begin) * 1000
    return {n.id: Rect(places[n.id].x, places[n.id].y, n.size.width, n.size.height) for n in nodes}, spent


def measured(
    cards: Boxes,
    pairs: Sequence[Pair],
    titles: Sequence[Rect] = (),
    frames: Sequence[Rect] = (),
    rounds: int = ROUNDS,
) -> Figures:
    """Route, then move the component with most connectors and reroute; medians of some rounds."""
    times: list[float] = []
    hubs: list[float] = []
    routes = Routes((), {})
    busiest = max(sorted(cards), key=lambda name: sum(name in (pair.source, pair.target) for pair in pairs))
    for _ in range(rounds):
        begin = process_time()
        routes = route(cards, pairs, avoid=titles, frames=frames)
        middle = process_time()
        reroute(
            routes, cards | {busiest: cards[busiest].moved(20, 10)}, pairs, (), avoid=titles, frames=frames
        )
        times.append((middle - begin) * 1000)
        hubs.append((process_time() - middle) * 1000)
    labels = [connector.label for connector in routes.connectors]
    over = sum(a.intersects(b) for a, b in combinations(labels, 2))
    over += sum(label.intersects(card) for label in labels for card in cards.values())
    return Figures(
        len(cards),
        len(pairs),
        len(through_boxes(cards, routes.connectors)),
        over,
        crossings(routes.connectors),
        sum(len(connector.points) - 2 for connector in routes.connectors),
        median(times),
        median(hubs),
    )


def sample_figures(path: Path, catalog: Catalog) -> tuple[Figures, DotFigures | None]:
    """A sample's connectors as its picture shows them, and what dot makes of the same graph without its zones."""
    from exports.pdf.pages.style import paper_theme, text_measure

    graph = derive(load(path).design, catalog)
    look = Look(catalog, paper_theme(), text_measure(), "en")
    pairs = [
        Pair(link.source, link.target, label_size(link_text(link, None, look), look)) for link in links(graph)
    ]
    frames = [zone.rect for zone in graph.design.zones]
    cards = boxes(graph, look)
    dot = dot_figures(
        [Node(name, card.size) for name, card in cards.items()],
        [(pair.source, pair.target, 1.0) for pair in pairs],
    )
    return measured(cards, pairs, zone_titles(graph.design.zones, look), frames), dot


def dot_figures(nodes: Sequence[Node], edges: Edges) -> DotFigures | None:
    """Crossings and time of `dot -Gsplines=ortho -Grankdir=LR`; None where it is not installed, or gives up as some
    versions do on large graphs.

    It draws no arrowheads, as it ends the lines that have them 10 points before the box: what crosses there, and in a
    crowd that is a fifth of all, would not count for it while it does for us, whose lines end at the border.
    """
    if shutil.which("dot") is None:
        return None
    boxes = [
        f'"{n.id}"[width={n.size.width / POINTS:.3f},height={n.size.height / POINTS:.3f}]' for n in nodes
    ]
    body = ";".join([*boxes, *(f'"{a}"->"{b}"' for a, b, _ in edges)])
    source = f'digraph{{node[shape=box,fixedsize=true,label=""];edge[dir=none];{body}}}'
    command = ["dot", "-Gsplines=ortho", "-Grankdir=LR", "-Tplain"]
    begin = _spent_by_processes()
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=False)
    spent = (_spent_by_processes() - begin) * 1000
    if done.returncode:
        return None
    lines: list[tuple[Point, ...]] = []
    for words in map(str.split, done.stdout.splitlines()):
        if words[0] == "edge":
            numbers = [round(float(word) * POINTS, 1) for word in words[4 : 4 + 2 * int(words[3])]]
            # Every third point is a corner; the others steer the curve, which is straight here.
            lines.append(tuple(Point(*numbers[k : k + 2]) for k in range(0, len(numbers), 6)))
    return DotFigures(line_crossings(lines), spent)


def _spent_by_processes() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print one line per design."""
    # Beside a window it is off, too.
    gc.disable()
    catalog = shipped_catalog()
    for path in sorted(SAMPLES.glob("*.portchart")):
        found, dot = sample_figures(path, catalog)
        print(f"{path.stem}: {_told(found)}; {_beside(found, dot, found.routed)} (dot draws no zones)")
    for size in SIZES:
        for name, make in (("layered", layered), ("layers of ten", in_tens), ("near ends", near)):
            nodes, edges = make(size, 3 * size)
            cards, spent = arranged(nodes, edges)
            found = measured(cards, [Pair(a, b, LABEL) for a, b, _ in edges], rounds=3)
            beside = _beside(found, dot_figures(nodes, edges), spent + found.routed)
            print(f"{name}: {_told(found)}; arranging {spent:.0f} ms; {beside}")


def _beside(found: Figures, dot: DotFigures | None, spent: float) -> str:
    if dot is None:
        return "dot is not installed, or gave up"
    ratio = f"{found.crossings / dot.crossings:.2f}" if dot.crossings else "–"
    return (
        f"dot {dot.crossings:,} crossings in {dot.time:.0f} ms; ratio {ratio} (target ≤ 0.95 at 100), "
        f"time {spent / dot.time:.1f} (target ≤ 4 at 100)"
    )


def _told(figures: Figures) -> str:
    return (
        f"{figures.components} components, {figures.connectors} connectors; through components {figures.through} "
        f"(target 0); labels over labels or components {figures.labels_over} (target 0 up to 100 connectors); "
        f"{figures.crossings:,} crossings, {figures.bends} bends; routing {figures.routed:.1f} ms, "
        f"a moved hub {figures.hub:.1f} ms"
    )


if __name__ == "__main__":
    main()

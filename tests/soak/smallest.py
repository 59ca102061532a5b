"""Smallest changes against trying everything, on many small designs: python -m tests.soak.smallest --count 1000.

For each design one of its flows is to go and one between two of its components is to come. Every way that is found
must do it; and no smaller set of changes may, whichever of all the changes there are it is made of: sets of one are
all tried, and sets of two where a design has few enough changes.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.flow import Flow
from model.whatif.search import Answer, appearance, removal, search
from tests.model.whatif.exhaustive import everything, exhaustive, fulfils, small_design
from tests.soak.seeds import chosen_seeds, run

FEW = 130
"""Pairs are tried of so many changes at most: about eight thousand designs for one search."""


def failures(seed: int, catalog: Catalog) -> Iterator[str]:
    """What does not hold for the design of a seed."""
    graph = derive(small_design(seed, catalog), catalog)
    rng = random.Random(seed)
    if graph.network:
        target = rng.choice(graph.network).key

        def still(after: FlowGraph) -> list[Flow]:
            return [flow for flow in after.network if flow.key == target]

        answer = search(graph, removal(still))
        yield from _unlike(graph, answer, lambda after: not still(after), f"{target[:4]} going")
    first, second = rng.sample([each.id for each in graph.design.components], 2)
    answer = search(graph, appearance(first, second))
    yield from _unlike(
        graph, answer, lambda after: (first, second) in after.by_pair, f"{first} → {second} coming"
    )


def _unlike(graph: FlowGraph, answer: Answer, done: Callable[[FlowGraph], bool], what: str) -> Iterator[str]:
    if not answer.proved:
        yield f"{what}: given up"
    for way in answer.ways:
        if not fulfils(graph, way.changes, done):
            yield f"{what}: {way.changes} does not do it"
    size = len(answer.ways[0].changes) if answer.ways else None
    most = 2 if len(list(everything(graph.design, graph.catalog))) <= FEW else 1
    for smaller in range(1, min(most + 1, size if size is not None else most + 1)):
        found = next(exhaustive(graph, smaller, done), None)
        if found is not None:
            yield f"{what}: {size} changes are said to be the fewest, and {found} does it"


def main(arguments: list[str] | None = None) -> int:
    """Run, print the figures and the first failures; 1 where there are any."""
    seeds = chosen_seeds("smallest", __doc__, 1_000, arguments)
    return run(seeds, failures, "searches are not what trying everything gives")


if __name__ == "__main__":
    sys.exit(main())

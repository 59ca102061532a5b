"""What-if against the derivation on many random designs: python -m tests.soak.whatif --count 10000.

For each design: a random scenario is saved, read back and adopted, and the difference shown before must be the one
that is there afterwards; every preview, and a random sweep, must count what the derivation counts; and a derivation
that starts from that of an earlier design must give what one from scratch gives.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

from model.catalog.catalog import Catalog
from model.derivation.comparison import Comparison, compare
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.changes import AnyChange, Scenario
from model.design.design import Design
from model.editing import edits
from model.editing.scenario import apply_changes
from model.storage import dump, parse_design
from model.whatif.overlay import overlaid, settled
from model.whatif.previews import previews
from model.whatif.sweep import Dimension, sweep
from tests.designs import random_design
from tests.model.whatif.changes import random_change, random_switch
from tests.oracle.designs import crowded_design
from tests.oracle.tied import tied_design
from tests.soak.seeds import chosen_seeds, run


def mismatches(seed: int, catalog: Catalog) -> Iterator[str]:
    """What does not hold for the design of a seed."""
    rng = random.Random(seed)
    size = rng.randint(1, 18)
    if seed % 4 == 2:
        design = tied_design(rng, size)
    else:
        design = random_design(rng, catalog, size) if seed % 2 else crowded_design(rng, size)
    design = design.evolve(scenarios=())
    graph = derive(design, catalog)
    yield from _adopted(rng, graph)
    yield from _previewed(rng, graph)
    yield from _swept(rng, graph)
    yield from _carried(rng, graph)


def _adopted(rng: random.Random, graph: FlowGraph) -> Iterator[str]:
    design, catalog = graph.design, graph.catalog
    laid: Design = design
    changes: list[AnyChange] = []
    for _ in range(rng.randint(1, 6)):
        changes.append(random_change(rng, laid, catalog))
        laid = apply_changes(laid, catalog, changes[-1:])
    try:
        saved = design.evolve(scenarios=(Scenario(id="s", name="S", changes=settled(changes)),))
    except ValueError:
        return  # its last words refer to a component that only an overridden one added
    shown = compare(graph, derive(overlaid(saved, catalog, *saved.scenarios), catalog))
    read = parse_design(dump(saved))
    adopted = derive(parse_design(dump(overlaid(read, catalog, *read.scenarios))), catalog)
    expected = (graph.by_id.keys() | {flow.id for flow in shown.added}) - {flow.id for flow in shown.removed}
    if compare(graph, adopted) != shown or adopted.by_id.keys() != expected:
        yield f"adopting {settled(changes)} is not what was shown"


def _previewed(rng: random.Random, graph: FlowGraph) -> Iterator[str]:
    known = [each.id for each in graph.design.components]
    for scope in (None, rng.sample(known, min(len(known), 3))):
        for switch, preview in previews(graph, scope).items():
            found = _after(graph, preview.changes)
            counts = len(found.added), len(found.removed), len(found.changed)
            if counts != (preview.counts.added, preview.counts.removed, preview.counts.changed):
                yield f"the preview of {switch} for {scope} is {preview.counts}, and {counts} happens"


def _swept(rng: random.Random, graph: FlowGraph) -> Iterator[str]:
    features = rng.sample([each.id for each in graph.catalog.features], 2)
    setting = rng.choice(graph.catalog.settings)
    dimensions = [
        *(Dimension(name, (False, True)) for name in features),
        Dimension(setting.id, tuple(choice.id for choice in setting.choices)),
    ]
    for point in sweep(graph, dimensions).points:
        changes = [each.change(graph, value) for each, value in zip(dimensions, point.values, strict=True)]
        after = derive(apply_changes(graph.design, graph.catalog, changes), graph.catalog)
        if (point.flows, point.openings, point.fqdns) != (
            len(after.network),
            len(after.openings),
            len(after.fqdns),
        ):
            yield f"the sweep is wrong at {point}"


def _carried(rng: random.Random, graph: FlowGraph) -> Iterator[str]:
    catalog, carried = graph.catalog, graph
    for number in range(6):
        change = (random_switch if number % 3 else random_change)(rng, carried.design, catalog)
        design = apply_changes(carried.design, catalog, [change])
        if design.components:  # what no rule looks at, and what only names do
            one = rng.choice(design.components)
            names = rng.choice((one.fqdn, None, "here.example.com"))
            design = edits.change_component(design, one.id, position=(number, number), fqdn=names)
        last, carried, fresh = carried, derive(design, catalog, carried), derive(design, catalog)
        if compare(last, carried) != compare(derive(last.design, catalog), fresh):
            yield f"after {change} the difference is another one than between derivations from scratch"
        if (carried.flows, carried.missing, dict(carried.subjects)) != (
            fresh.flows,
            fresh.missing,
            dict(fresh.subjects),
        ):
            yield f"after {change} a derivation that starts from the last one differs from one from scratch"


def _after(graph: FlowGraph, changes: tuple[AnyChange, ...]) -> Comparison:
    return compare(graph, derive(apply_changes(graph.design, graph.catalog, changes), graph.catalog))


def main(arguments: list[str] | None = None) -> int:
    """Run, print the figures and the first mismatches; 1 where there are any."""
    seeds = chosen_seeds("whatif", __doc__, 10_000, arguments)
    return run(seeds, mismatches, "mismatches")


if __name__ == "__main__":
    sys.exit(main())

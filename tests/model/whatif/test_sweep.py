"""Sweeps: every point is what the derivation gives for its combination."""

import random

import pytest

from model.catalog.catalog import Catalog
from model.catalog.rules import Feature, Setting
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.editing.scenario import apply_changes
from model.errors import ChangeError
from model.whatif.goals import is_cleartext
from model.whatif.sweep import Dimension, Point, dimension, sweep
from tests.designs import random_design
from tests.oracle.designs import crowded_design
from tests.oracle.tied import tied_design
from tests.reports import SAMPLES, sample


def from_scratch(graph: FlowGraph, dimensions: list[Dimension], point: Point) -> tuple[int, int, int, int]:
    wide_first = sorted(
        zip(dimensions, point.values, strict=True), key=lambda pair: pair[0].component is not None
    )
    changes = [each.change(graph, value) for each, value in wide_first]
    after = derive(apply_changes(graph.design, graph.catalog, changes), graph.catalog)
    clear = sum(is_cleartext(graph.catalog, flow) for flow in after.network)
    return len(after.network), len(after.openings), len(after.fqdns), clear


def agree(design: Design, catalog: Catalog, names: list[tuple[str, str | None]]) -> int:
    """Compare every point; how many different results there were."""
    graph = derive(design, catalog)
    dimensions = [dimension(graph, name, component) for name, component in names]
    found = sweep(graph, dimensions)
    assert found.complete
    assert len({point.values for point in found.points}) == len(found.points)
    for point in found.points:
        got = point.flows, point.openings, point.fqdns, point.cleartext
        assert got == from_scratch(graph, dimensions, point), (names, point.values)
    return len({(point.flows, point.openings, point.fqdns, point.cleartext) for point in found.points})


@pytest.mark.parametrize("name", SAMPLES)
def test_every_point_of_a_sample_is_what_the_derivation_gives(catalog: Catalog, name: str) -> None:
    switches = [
        "smart-scan",
        "behavior-monitoring",
        "vision-one",
        "file-reputation-source",
        "communication",
        "firewall",
    ]
    assert agree(sample(name), catalog, [(switch, None) for switch in switches]) >= 3, "the switches matter"


def test_every_point_of_random_designs_is_what_the_derivation_gives(catalog: Catalog) -> None:
    results = 0
    for seed in range(40):
        rng = random.Random(seed)
        size = rng.randint(1, 14)
        design = random_design(rng, catalog, size) if seed % 2 else crowded_design(rng, size)
        if seed % 4 == 2:
            design = tied_design(rng, size)
        switches: list[Feature | Setting] = [*catalog.features, *catalog.settings]
        names: list[tuple[str, str | None]] = []
        for switch in rng.sample(switches, 3):
            owners: list[str | None] = [each.id for each in design.components if each.kind in switch.kinds]
            whole = (isinstance(switch, Feature) and switch.scope == "design") or not owners
            names.append((switch.id, None if whole or rng.random() < 0.5 else rng.choice(owners)))
            if names[-1][1] is not None and rng.random() < 0.5:
                names.append((switch.id, None))
        results += agree(design, catalog, names)
    assert results > 60, "the switches matter in many of them"


def test_the_last_switch_varies_fastest_and_the_frontier_has_the_fewest_openings(catalog: Catalog) -> None:
    graph = derive(sample("multi-vpc"), catalog)
    dimensions = [dimension(graph, name) for name in ("smart-scan", "syslog-direct", "vision-one")]
    found = sweep(graph, dimensions)
    assert [point.values for point in found.points[:3]] == [
        (False, False, False),
        (False, False, True),
        (False, True, False),
    ]
    frontier = found.frontier()
    assert {point.on for point in frontier} == {0, 1, 2, 3}
    for point in frontier:
        assert point.openings == min(each.openings for each in found.points if each.on == point.on)


def test_progress_is_told_and_cancelling_stops(catalog: Catalog) -> None:
    graph = derive(sample("multi-vpc"), catalog)
    dimensions = [dimension(graph, feature.id) for feature in catalog.features[:13]]
    told: list[tuple[int, int]] = []
    found = sweep(graph, dimensions, progress=lambda done, total: told.append((done, total)))
    assert found.complete
    assert told == [(0, 8192), (4096, 8192), (8192, 8192)]
    told.clear()
    stopped = sweep(
        graph,
        dimensions,
        progress=lambda done, total: told.append((done, total)),
        cancelled=lambda: bool(told) and told[-1][0] >= 4096,
    )
    assert not stopped.complete
    assert stopped.points == found.points[:4096]
    assert sweep(graph, dimensions, cancelled=lambda: True).points == ()


@pytest.mark.parametrize(
    ("text", "component", "said"),
    [
        ("nonsense", None, "no feature or setting nonsense"),
        ("smart-scan=on", None, "without a value"),
        ("communication=sideways", None, "cannot be 'sideways'"),
        ("smart-scan", "nobody", "no component nobody"),
        ("dns-over-tcp", "prod-web", "whole design"),
        ("syslog-transport", "prod-web", "has no syslog-transport"),
    ],
)
def test_a_switch_that_is_none_is_refused(
    catalog: Catalog, text: str, component: str | None, said: str
) -> None:
    with pytest.raises(ChangeError, match=said):
        dimension(derive(sample("multi-vpc"), catalog), text, component)


def test_too_many_combinations_and_doubles_are_refused(catalog: Catalog) -> None:
    graph = derive(sample("multi-vpc"), catalog)
    with pytest.raises(ChangeError, match="131,072"):
        sweep(graph, [dimension(graph, feature.id) for feature in catalog.features[:17]])
    with pytest.raises(ChangeError, match="twice"):
        sweep(graph, [dimension(graph, "smart-scan"), dimension(graph, "smart-scan")])
    assert dimension(graph, "communication=agent-initiated,bidirectional").values == (
        "agent-initiated",
        "bidirectional",
    )

"""Flows between zones, held against the openings that the graph lists its own way."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from model.derivation.derive import derive
from model.reading.zonepairs import between, openings
from tests.designs import random_design, shipped_catalog


@pytest.mark.parametrize("seed", range(8))
def test_as_many_as_the_graph_lists(seed: int) -> None:
    design = random_design(random.Random(seed), shipped_catalog(), 14)
    graph = derive(design, shipped_catalog())
    zones = {each.id: each.zone for each in design.components}
    found = between(graph.network, zones)
    listed = Counter((each.source_zone or None, each.destination_zone or None) for each in graph.openings)
    assert {pair: openings(flows) for pair, flows in found.items()} == dict(listed)
    assert all(one != other for one, other in found)

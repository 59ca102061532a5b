"""Collapsed zones: what is hidden, and which connectors are left of it."""

from __future__ import annotations

import random

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.design.design import CatalogReference, Design
from model.editing import edits
from model.editing.folding import folded, folding, held, set_collapsed
from model.picture.connectors import links
from model.storage import dump, parse_design
from tests.designs import random_design


def nested() -> Design:
    """Out holds In, which holds two agents; a relay in Out, a note in In, another agent outside."""
    design = Design(catalog=CatalogReference(id="c", version="1"))
    design, _ = edits.add_zone(design, "Out", "vpc", (0, 0, 600, 400))
    design, _ = edits.add_zone(design, "In", "subnet", (20, 40, 300, 300), "out")
    design, _ = edits.place(design, "agent", "a", (40, 80), "in")
    design, _ = edits.place(design, "agent", "b", (40, 180), "in")
    design, _ = edits.place(design, "relay", "r", (400, 80), "out")
    design, _ = edits.place(design, "agent", "c", (800, 80))
    design, _ = edits.add_note(design, "n", (30, 260, 100, 50))
    return design


def test_an_inner_zone_hides_what_it_holds() -> None:
    fold = folding(set_collapsed(nested(), ["in"], True))
    assert [node.id for node in fold.nodes] == ["in"]
    assert fold.within == {"a": "in", "b": "in", "note": "in"}
    assert fold.pair(("a", "r")) == ("in", "r")
    assert fold.merged(("in", "r"))
    assert not fold.merged(("c", "r"))


def test_the_outermost_collapsed_zone_stands_for_all_within() -> None:
    design = set_collapsed(nested(), ["in", "out"], True)
    fold = folding(design)
    assert [node.id for node in fold.nodes] == ["out"]
    assert fold.within == dict.fromkeys(("in", "a", "b", "r", "note"), "out")
    assert [each.id for each in held(design, fold)["out"]] == ["a", "b", "r"]


def test_expanding_gives_the_design_back(catalog: Catalog) -> None:
    design = nested()
    collapsed = set_collapsed(design, ["in", "c"], True)
    assert b"collapsed" in dump(collapsed)
    assert parse_design(dump(collapsed)) == collapsed
    assert set_collapsed(collapsed, ["in"], False) == design


def test_what_crosses_the_boundary_is_merged_and_the_rest_is_gone(catalog: Catalog) -> None:
    design = nested()
    reference = CatalogReference(id=catalog.id, version=catalog.version)
    design = edits.change_design(design, catalog=reference)
    graph = derive(design, catalog)
    every = links(graph)
    assert {(link.source, link.target) for link in every} == {("a", "r"), ("b", "r"), ("c", "r")}
    merged = folded(every, folding(set_collapsed(design, ["in"], True)))
    assert [(link.source, link.target) for link in merged] == [("in", "r"), ("c", "r")]
    assert len(merged[0].flows) == sum(len(link.flows) for link in every if link.source in "ab")
    outer = folded(every, folding(set_collapsed(design, ["out"], True)))
    assert [(link.source, link.target) for link in outer] == [("c", "out")]


def test_no_flow_that_crosses_a_boundary_is_lost(catalog: Catalog) -> None:
    rng = random.Random(3)
    for _ in range(30):
        design = random_design(rng, catalog, 12)
        fold = folding(design)
        every = links(derive(design, catalog))
        crossing = {flow for link in every for flow in link.flows if fold.end(flow[0]) != fold.end(flow[1])}
        shown = [flow for link in folded(every, fold) for flow in link.flows]
        assert len(shown) == len(set(shown))
        assert set(shown) == crossing

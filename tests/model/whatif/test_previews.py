"""What switches would do, counted without deriving: held to the derivation itself."""

import random
from collections.abc import Collection

import pytest

from model.catalog.catalog import Catalog
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.design.changes import AnyChange
from model.design.design import Design
from model.editing.scenario import apply_changes
from model.whatif.board import Board, Counts
from model.whatif.previews import previews
from tests.designs import random_design
from tests.model.whatif.changes import random_switch
from tests.oracle.designs import crowded_design
from tests.oracle.tied import tied_design
from tests.reports import SAMPLES, sample


def counted(design: Design, catalog: Catalog, changes: Collection[AnyChange]) -> Counts:
    before = derive(design, catalog)
    found = compare(before, derive(apply_changes(design, catalog, changes), catalog))
    return Counts(len(found.added), len(found.removed), len(found.changed))


def some_design(seed: int, catalog: Catalog) -> Design:
    rng = random.Random(seed)
    size = rng.randint(1, 16)
    if seed % 4 == 2:
        return tied_design(rng, size)
    return random_design(rng, catalog, size) if seed % 2 else crowded_design(rng, size)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_preview_of_a_sample_is_what_would_happen(catalog: Catalog, name: str) -> None:
    design = sample(name)
    found = previews(derive(design, catalog))
    assert {key for key, _ in found} == {*catalog.feature_by_id, *catalog.setting_by_id}
    for switch, preview in found.items():
        assert preview.counts == counted(design, catalog, preview.changes), switch
    assert sum(preview.counts != Counts() for preview in found.values()) >= 5


def test_every_preview_of_random_designs_and_selections_is_what_would_happen(catalog: Catalog) -> None:
    doing = 0
    for seed in range(24):
        design = some_design(seed, catalog)
        graph = derive(design, catalog)
        rng = random.Random(seed)
        known = [each.id for each in design.components]
        for scope in (None, rng.sample(known, min(len(known), rng.randint(1, 5)))):
            for switch, preview in previews(graph, scope).items():
                assert preview.counts == counted(design, catalog, preview.changes), (seed, scope, switch)
                doing += preview.counts != Counts()
    assert doing > 150


def test_a_board_counts_several_changes_at_once(catalog: Catalog) -> None:
    for seed in range(60):
        design = some_design(seed, catalog)
        rng = random.Random(seed)
        changes = {}
        for _ in range(rng.randint(1, 4)):
            change = random_switch(rng, design, catalog)
            if change.value is not None:
                changes[change.feature, change.setting, change.component] = change
        local = {change.component for change in changes.values() if change.component is not None}
        board = Board(derive(design, catalog), [frozenset([name]) for name in local])
        assert board.count([board.turn(each) for each in changes.values()]) == counted(
            design, catalog, changes.values()
        ), seed


def test_the_previews_of_a_selection_offer_only_what_it_has(catalog: Catalog) -> None:
    design = sample("multi-vpc")
    graph = derive(design, catalog)
    siem = next(each.id for each in design.components if each.kind == "siem")
    assert {key for key, _ in previews(graph, [siem])} == {"syslog-transport"}
    assert previews(graph, []) == {}
    assert all(change.component is None for preview in previews(graph).values() for change in preview.changes)

"""What-if against the derivation on random designs; at full scale in the soak."""

import pytest

from model.catalog.catalog import Catalog
from tests.soak.smallest import failures
from tests.soak.whatif import mismatches


def test_scenarios_previews_and_sweeps_agree_with_the_derivation(catalog: Catalog) -> None:
    assert [text for seed in range(12) for text in mismatches(seed, catalog)] == []


@pytest.mark.soak
def test_scenarios_previews_and_sweeps_agree_on_ten_thousand_designs(catalog: Catalog) -> None:
    assert [text for seed in range(10_000) for text in mismatches(seed, catalog)] == []


@pytest.mark.soak
def test_the_smallest_changes_are_the_smallest_on_a_thousand_designs(catalog: Catalog) -> None:
    assert [text for seed in range(1_000) for text in failures(seed, catalog)] == []

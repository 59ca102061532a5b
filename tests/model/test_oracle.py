"""Two readings of the document agree: the derivation from the catalog, and the oracle written out by hand."""

import json

import pytest

from model.catalog.catalog import Catalog, parse_catalog
from resources import text
from tests.oracle import expected
from tests.oracle.agreement import agreement
from tests.soak.derivation import designs, run

NORMAL = 400


def test_the_derivation_agrees_with_the_oracle(catalog: Catalog) -> None:
    figures = run(catalog, range(NORMAL))
    assert figures.first == []
    assert figures.designs == 2 * NORMAL
    assert figures.flows > 20 * NORMAL


@pytest.mark.soak
def test_the_derivation_agrees_with_the_oracle_on_ten_thousand_designs(catalog: Catalog) -> None:
    assert run(catalog, range(10_000)).first == []


def test_the_random_designs_reach_every_row(catalog: Catalog) -> None:
    """Agreement means little where no design asks for a row."""
    cited = {
        rule
        for _seed, design in designs(catalog, range(NORMAL))
        for entry in expected(design).values()
        for rule in entry.rules
    }
    assert cited == {rule.id for rule in catalog.rules}


@pytest.mark.parametrize("rule", ["P13", "U09"])
def test_a_difference_is_seen(catalog: Catalog, rule: str) -> None:
    """The comparison itself can fail: a catalog without one of its rows disagrees."""
    data = json.loads(text("catalogs/workload-security-govcloud.json"))
    data["rules"] = [item for item in data["rules"] if item["id"] != rule]
    for item in data["discrepancies"]:
        item["rules"] = [name for name in item.get("rules", ()) if name != rule]
    lacking = parse_catalog(json.dumps(data))
    assert any(agreement(design, lacking).differences for _seed, design in designs(catalog, range(20)))

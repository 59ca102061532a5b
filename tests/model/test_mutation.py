"""No row of the catalog can be altered without a test noticing (the whole run: python -m tests.mutation)."""

import json

import pytest

from model.catalog.catalog import Catalog
from resources import text
from tests.mutants import conditions, mutants
from tests.mutation import EQUIVALENT, NAME, QUICK_PARTS, checks, killer, quick, run


def test_altering_what_decides_a_row_is_noticed(catalog: Catalog) -> None:
    """One mutant for the source, destination, port, transport and condition of every connection and names part."""
    data = json.loads(text(NAME))
    order = checks(catalog)
    assert killer(catalog, order) is None  # the checks hold for the catalog as it is
    altered = list(quick(mutants(data, catalog)))
    assert {(item.subject, item.part) for item in altered} >= {
        (rule["id"], part) for rule in data["rules"] for part in QUICK_PARTS[:4] if rule.get("connections")
    }
    assert run(catalog, data, altered, order).survivors == []


@pytest.mark.mutation
def test_altering_anything_is_noticed(catalog: Catalog) -> None:
    data = json.loads(text(NAME))
    result = run(catalog, data, mutants(data, catalog), checks(catalog))
    assert result.survivors == []
    assert set(result.equivalent) == EQUIVALENT.keys()


def test_mutants_have_names_of_their_own_and_leave_the_original_alone(catalog: Catalog) -> None:
    data = json.loads(text(NAME))
    altered = list(mutants(data, catalog))
    assert len({item.name for item in altered}) == len(altered)
    for item in altered[::50]:
        assert item.apply(catalog, data) != catalog
    assert data == json.loads(text(NAME))


def test_conditions_are_altered_in_every_part(catalog: Catalog) -> None:
    data = json.loads(text(NAME))
    condition = {"all": [{"reaches": "relay"}, {"not": {"version": {"at_least": "20.0"}}}]}
    altered = [value for _change, value in conditions(condition, data)]
    assert {"not": condition} in altered
    assert {"any": condition["all"]} in altered
    assert {"all": [condition["all"][0]]} in altered
    assert {"all": [{"reaches": "siem"}, condition["all"][1]]} in altered
    assert {"all": [condition["all"][0], {"not": {"version": {"at_least": "19.9"}}}]} in altered
    assert all(value != condition for value in altered)

"""Another revision of the catalog: what changed in it, and in a design."""

import json
from typing import Any

from model.catalog.catalog import Catalog, parse_catalog
from model.whatif.revision import EntryChange, impact, revised
from resources import text
from tests.reports import sample


def altered() -> Any:
    return json.loads(text("catalogs/workload-security-govcloud.json"))


def rule(data: Any, name: str) -> Any:
    return next(each for each in data["rules"] if each["id"] == name)


def test_the_same_catalog_changes_nothing(catalog: Catalog) -> None:
    assert revised(catalog, catalog) == ()
    assert impact(sample("multi-vpc"), catalog, catalog).same


def test_each_entry_that_differs_is_listed_with_its_fields(catalog: Catalog) -> None:
    data = altered()
    rule(data, "P11")["connections"][0]["port"] = 4222
    rule(data, "P11")["reading"]["en"] = "Another reading."
    data["features"][0]["default"] = True
    data["terms"]["accepts-management"]["is"].append("agent-initiated")
    data["rules"].append({**rule(data, "P01"), "id": "P99"})
    new = parse_catalog(json.dumps(data))
    assert revised(catalog, new) == (
        EntryChange("rule", "P11", "changed", ("reading", "connections")),
        EntryChange("rule", "P99", "added"),
        EntryChange("feature", "smart-scan", "changed", ("default",)),
        EntryChange("term", "accepts-management", "changed"),
    )
    assert revised(new, catalog)[1] == EntryChange("rule", "P99", "removed")


def test_a_moved_port_moves_the_flows_of_a_design(catalog: Catalog) -> None:
    data = altered()
    rule(data, "P11")["connections"][0]["port"] = 4222
    new = parse_catalog(json.dumps(data))
    found = impact(sample("multi-vpc"), catalog, new)
    assert {flow.port for flow in found.added} == {4222}
    assert {flow.port for flow in found.removed} == {4122}
    assert len(found.added) == len(found.removed) == 3

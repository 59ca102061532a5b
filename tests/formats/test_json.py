import json
import random
from typing import Any

import jsonschema
import pytest

import resources
from exports.matrix.json_file import write_json
from exports.plain import flows_data
from exports.report import Report
from model.editing import edits
from model.tables.matrix import rows
from tests.designs import random_design, shipped_catalog
from tests.exports.pdf.reading import compared
from tests.reports import all_reports, report_of, sample


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(resources.text("schemas/flows.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def key(entry: dict[str, Any]) -> tuple[object, ...]:
    return entry["source"], entry["destination"], entry["port"], entry["transport"]


@pytest.mark.parametrize("report", all_reports().values(), ids=all_reports())
def test_json_holds_every_flow_as_it_was_derived(
    report: Report, validator: jsonschema.Draft202012Validator
) -> None:
    data = json.loads(write_json(report))
    validator.validate(data)
    present = [entry for entry in data["flows"] if entry.get("change") != "removed"]
    by_key = {key(entry): entry for entry in present}
    assert len(by_key) == len(present) == len(report.graph.network)
    for flow in report.graph.network:
        entry, basis = by_key[flow[:4]], flow.basis
        assert entry["id"] == flow.id
        assert entry["protocol"] == basis.protocol
        assert entry["rules"] == list(basis.rules)
        assert entry["features"] == list(basis.features)
        assert entry["fqdns"] == list(basis.fqdns)
        assert entry["inferred_fqdns"] == list(basis.inferred_fqdns)
        assert entry["source_fqdns"] == list(basis.source_fqdns)
        assert (entry["purpose"], entry["scope"]) == (basis.purpose, basis.scope)
        assert entry["necessity"] == basis.necessity
        assert entry["source_zone"] == report.graph.zone(flow.source)
        assert entry["destination_zone"] == report.graph.zone(flow.destination)
    removed = {key(entry) for entry in data["flows"] if entry.get("change") == "removed"}
    assert removed == {flow[:4] for flow in report.comparison.removed} if report.comparison else not removed


def test_json_names_the_design_and_the_catalog_it_comes_from() -> None:
    report = all_reports()["on-premises"]
    data = json.loads(write_json(report))
    assert data["catalog"] == {
        "id": report.catalog.id,
        "version": report.catalog.version,
        "sha256": report.catalog_hash,
    }
    assert data["design"]["sha256"] == report.design_hash
    assert [each["code"] for each in data["findings"]] == [each.code for each in report.findings]


def test_changed_flows_carry_the_earlier_values(validator: jsonschema.Draft202012Validator) -> None:
    data = json.loads(write_json(all_reports()["compared"]))
    moved = [entry for entry in data["flows"] if "port" in entry.get("before", {})]
    assert moved
    assert {(entry["before"]["port"], entry["port"]) for entry in moved} == {(4122, 14122)}
    assert {entry["change"] for entry in moved} == {"changed"}


def test_a_flow_whose_ends_moved_has_its_earlier_ends() -> None:
    before = sample("on-premises")
    after = edits.change_component(before, "siem-1", addresses=("192.168.8.40",), zone="management-network")
    data = json.loads(write_json(compared(before, after)))
    (entry,) = [each for each in data["flows"] if each["change"] == "changed"]
    assert entry["destination_addresses"] == ["192.168.8.40"]
    assert entry["firewalls"] == ["fw-dc-01"]
    assert entry["before"] == {
        "destination_addresses": ["10.64.12.40"],
        "boundaries": ["internet", "operations-office"],
        "firewalls": ["fw-office-02"],
    }


@pytest.mark.parametrize("seed", range(40))
def test_flows_of_random_designs_fit_the_schema(
    seed: int, validator: jsonschema.Draft202012Validator
) -> None:
    report = report_of(random_design(random.Random(seed), shipped_catalog(), 14))
    validator.validate({"flows": flows_data(rows(report.graph, scope="all"))})
    validator.validate(json.loads(write_json(report)))

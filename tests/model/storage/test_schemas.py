import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import resources
from model.design.design import CatalogReference, Design
from model.design.elements import Component
from model.storage.schemas import JsonSchema, catalog_schema, design_schema, schema_text

SCHEMAS: dict[str, Callable[[], JsonSchema]] = {"catalog": catalog_schema, "design": design_schema}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_that_ships_is_the_one_the_types_give(name: str) -> None:
    file = f"schemas/{name}.schema.json"
    assert resources.text(file) == schema_text(SCHEMAS[name]()), (
        f"resources/{file} is stale; write it again with: portchart schema {name} > resources/{file}"
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name]())


def test_the_catalog_that_ships_fits_its_schema() -> None:
    catalog = json.loads(resources.text("catalogs/workload-security-govcloud.json"))
    assert [error.message for error in Draft202012Validator(catalog_schema()).iter_errors(catalog)] == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda rule: rule["connections"][0].update(port=70000), ["rules", 0, "connections", 0, "port"]),
        (
            lambda rule: rule["connections"][0].update(transport="sctp"),
            ["rules", 0, "connections", 0, "transport"],
        ),
        (lambda rule: rule["reading"].pop("ja"), ["rules", 0, "reading"]),
        (lambda rule: rule.update(colour="red"), ["rules", 0]),
        (
            lambda rule: rule["connections"][1].update(when={"featur": "x"}),
            ["rules", 0, "connections", 1, "when"],
        ),
    ],
)
def test_a_catalog_of_another_shape_does_not_fit(change: Callable[[Any], None], place: list[object]) -> None:
    catalog = json.loads(resources.text("catalogs/workload-security-govcloud.json"))
    change(catalog["rules"][0])
    errors = list(Draft202012Validator(catalog_schema()).iter_errors(catalog))
    assert [list(error.absolute_path) for error in errors] == [place]


def test_a_design_fits_its_schema_and_a_wrong_port_does_not() -> None:
    proxy = Component(id="proxy", kind="web-proxy", name="Proxy", ports={1443: 3128})
    reference = CatalogReference(id="workload-security-govcloud", version="2026-11")
    design = Design(catalog=reference, components=(proxy,))
    written = design.model_dump(mode="json", by_alias=True)
    validator = Draft202012Validator(design_schema())
    assert [error.message for error in validator.iter_errors(written)] == []
    written["components"][0]["ports"]["1443"] = 0
    assert [list(error.absolute_path) for error in validator.iter_errors(written)] == [
        ["components", 0, "ports", "1443"]
    ]

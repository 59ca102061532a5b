"""Catalogs that cannot be used are refused with a sentence that names the file and the place."""

import json
from collections.abc import Callable
from typing import Any

import pytest

import resources
from model.catalog.catalog import parse_catalog
from model.errors import CatalogError

Change = Callable[[Any], object]

REFERENCES: list[tuple[Change, str]] = [
    (lambda it: it["rules"][0]["connections"][0].update(to=["toaster"]), "rule P01: unknown kind toaster"),
    (lambda it: it["rules"][0]["connections"][0].update(protocol="SMTP"), "rule P01: unknown protocol SMTP"),
    (
        lambda it: it["rules"][0]["connections"][0].update(traffic="mail"),
        "rule P01: unknown traffic class mail",
    ),
    (lambda it: it["rules"][0].update(purpose="fun"), "rule P01: unknown purpose fun"),
    (lambda it: it["rules"][0].update(discrepancies=["A99"]), "rule P01: unknown discrepancy A99"),
    (
        lambda it: it["rules"][0]["citation"].update(lines=[30, 292]),
        "rule P01: the document has lines 1 to 291, and no others",
    ),
    (
        lambda it: it["rules"][0]["citation"].update(lines=[9999, 30]),
        "rule P01: the document has lines 1 to 291, and no others",
    ),
    (
        lambda it: it["rules"][18]["inherits"].update({"kind": "toaster"}),
        "rule P19: unknown kind toaster",
    ),
    (lambda it: it["discrepancies"][0].update(rules=["P99"]), "discrepancy A01: unknown rule P99"),
    (lambda it: it["messages"][0].update(discrepancies=["A99"]), "unknown discrepancy A99"),
    (lambda it: it["purposes"].append(it["purposes"][0]), "purpose management is defined twice"),
    (lambda it: it["rules"][0].pop("connections"), "rule P01: says nothing"),
    (lambda it: it["rules"].append(it["rules"][0]), "rule P01 is defined twice"),
    (lambda it: it["rules"][18]["inherits"].update({"except": ["P99"]}), "rule P19: unknown rule P99"),
    (lambda it: it["rules"][35]["names"][0].pop("fqdns"), "rule U01: names without a name"),
    (lambda it: _when(it, {"feature": "x"}), "rule P01: unknown feature x"),
    (lambda it: _when(it, {"term": "x"}), "rule P01: unknown term x"),
    (lambda it: _when(it, {"reaches": "x"}), "rule P01: unknown kind x"),
    (lambda it: _when(it, {"setting": "x", "is": ["y"]}), "rule P01: unknown setting x"),
    (
        lambda it: _when(it, {"setting": "communication", "is": ["y"]}),
        "rule P01: communication has no choice y",
    ),
    (lambda it: _when(it, {"all": [{"any": [{"not": {"term": "x"}}]}]}), "rule P01: unknown term x"),
    (lambda it: it["terms"].update({"needs-network": {"term": "x"}}), "term needs-network: unknown term x"),
    (lambda it: _circle(it), "term needs-network is defined by itself"),
    (lambda it: it["term_names"].pop("needs-network"), "every term needs a name in term_names"),
    (lambda it: it["kinds"].append(it["kinds"][0]), "kind agent is defined twice"),
    (lambda it: it["kinds"][0].update(group="x"), "kind agent: unknown group x"),
    (lambda it: it["features"][0].update(kinds=["x"]), "smart-scan: unknown kind x"),
    (lambda it: it["settings"][1].update(default="x"), "setting communication: its default x is not among"),
    (lambda it: it["settings"][1].update(version=True), "only agent-version holds a version"),
    (lambda it: it.update(proxy_rule="P19"), "proxy_rule P19 must be a rule with one connection"),
    (lambda it: it.update(proxy_rule="P99"), "proxy_rule P99 must be a rule with one connection"),
    (
        lambda it: it["notices"][0].update(rules=["P99"]),
        "finding gateway-names-outside-govcloud: unknown rule P99",
    ),
    (
        lambda it: it["notices"][0].update(offer="x"),
        "finding gateway-names-outside-govcloud: unknown feature x",
    ),
    (lambda it: it["messages"][0].update(code="residue"), "finding residue is defined twice"),
]

SHAPES: list[tuple[Change, str]] = [
    (lambda it: it["rules"][0]["connections"][0].update(port=0), "rules.0.connections.0.port"),
    (lambda it: it["rules"][0]["connections"][0].update(port=True), "rules.0.connections.0.port"),
    (lambda it: it["rules"][0]["connections"][0].update(port="53"), "rules.0.connections.0.port"),
    (lambda it: it["rules"][0]["connections"][0].update(transport="sctp"), "rules.0.connections.0.transport"),
    (lambda it: it["rules"][0]["reading"].pop("ja"), "rules.0.reading.ja"),
    (lambda it: it["rules"][0]["citation"].update(lines=[]), "rules.0.citation.lines"),
    (lambda it: it["kinds"][0].update(colour="red"), "kinds.0.colour"),
    (lambda it: it["kinds"][0].update(id="Agent Smith"), "kinds.0.id"),
    (lambda it: it.pop("terms"), "terms"),
    (lambda it: it.update(format=2), "format"),
]


def _when(data: Any, condition: object) -> None:
    data["rules"][0]["connections"][0]["when"] = condition


def _circle(data: Any) -> None:
    data["terms"]["updates-directly"] = {"not": {"term": "needs-network"}}
    data["terms"]["needs-network"] = {"any": [{"term": "updates-directly"}]}


def _changed(change: Change) -> str:
    data = json.loads(resources.text("catalogs/workload-security-govcloud.json"))
    change(data)
    return json.dumps(data)


@pytest.mark.parametrize(("change", "sentence"), REFERENCES, ids=[sentence for _, sentence in REFERENCES])
def test_a_catalog_that_refers_to_nothing_is_refused(change: Change, sentence: str) -> None:
    with pytest.raises(CatalogError) as refused:
        parse_catalog(_changed(change), "mine.json")
    assert str(refused.value).startswith("mine.json: ")
    assert sentence in str(refused.value)


@pytest.mark.parametrize(("change", "place"), SHAPES, ids=[place for _, place in SHAPES])
def test_a_catalog_of_another_shape_is_refused_with_its_place(change: Change, place: str) -> None:
    with pytest.raises(CatalogError) as refused:
        parse_catalog(_changed(change), "mine.json")
    assert str(refused.value).startswith(f"mine.json: {place}: ")


@pytest.mark.parametrize("data", ["", "{", "[]", "null", '"catalog"', "{}", b"\xff\xfe", '{"format": NaN}'])
def test_what_is_no_catalog_at_all_is_refused(data: str | bytes) -> None:
    with pytest.raises(CatalogError, match=r"^mine\.json: "):
        parse_catalog(data, "mine.json")


def test_a_catalog_cut_off_anywhere_is_refused() -> None:
    whole = resources.text("catalogs/workload-security-govcloud.json").rstrip()
    for length in range(0, len(whole), 4999):
        with pytest.raises(CatalogError):
            parse_catalog(whole[:length])

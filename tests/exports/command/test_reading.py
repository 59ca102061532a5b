"""Commands that answer about one design: flows, check, explain, catalog, schema."""

import json

import jsonschema
import pytest

import resources
from model.editing import edits
from model.storage import dump
from tests.exports.command.runner import Inside, Runner, refused, succeeded
from tests.reports import SAMPLES, sample

# flows


def test_flows_prints_one_json_entry_per_flow(portchart: Runner) -> None:
    name = portchart.file("design.portchart", sample("multi-vpc"))
    data = json.loads(succeeded(portchart("flows", name, "--json")))
    jsonschema.validate(data, json.loads(resources.text("schemas/flows.schema.json")))
    assert list(data) == ["flows"]
    keys = [(each["source"], each["destination"], each["port"], each["transport"]) for each in data["flows"]]
    assert len(set(keys)) == len(keys) > 20
    proxied = [each for each in data["flows"] if each["port"] == 1443]
    assert proxied
    assert {each["proxied"] for each in proxied} == {"to-proxy"}


def test_flows_reads_standard_input_and_keeps_scopes_apart(portchart: Runner) -> None:
    data = dump(sample("on-premises"))

    def flows(scope: str) -> list[dict[str, object]]:
        done = portchart("flows", "-", "--json", "--scope", scope, stdin=data)
        found: list[dict[str, object]] = json.loads(succeeded(done))["flows"]
        return found

    host, network = flows("host"), flows("network")
    assert {(each["port"], each["scope"]) for each in host} == {(4123, "host")}
    assert {each["scope"] for each in network} == {"network"}
    assert {each["id"] for each in flows("all")} == {each["id"] for each in (*host, *network)}


@pytest.mark.parametrize(("language", "heading"), [("en", "Destination"), ("ja", "宛先ホスト名")])
def test_flows_prints_an_aligned_table(portchart: Runner, language: str, heading: str) -> None:
    design = edits.rename(sample("single-vpc"), "web-tier", "業務サーバー群")
    name = portchart.file("design.portchart", design)
    lines = succeeded(portchart("flows", name, "--language", language)).splitlines()
    assert heading in lines[0]
    starts = [
        index
        for index, mark in enumerate(lines[1])
        if mark == "-" and lines[1][index - 1 : index] in ("", " ")
    ]
    flows = lines[2:-2]
    assert any("業務サーバー群 ×6" in line for line in flows)
    for line in flows:
        columns = "".join(character + "\0" * (wide(character) - 1) for character in line)
        assert all(columns[start - 1] == " " for start in starts[1:]), line
    assert str(len(flows)) in lines[-1]


def wide(character: str) -> int:
    return 2 if "\u3000" <= character <= "\u9fff" or "\uff01" <= character <= "\uff60" else 1


# check


def test_check_exits_by_the_gravest_finding(portchart: Runner) -> None:
    fine = portchart.file("fine.portchart", sample("single-vpc"))
    succeeded(portchart("check", fine))
    gone = [each.id for each in sample("single-vpc").components if each.kind == "dns-server"]
    broken = portchart.file("broken.portchart", edits.delete(sample("single-vpc"), gone))
    assert "error: " in succeeded(portchart("check", broken), 1)
    data = json.loads(succeeded(portchart("check", broken, "--json"), 1))
    assert {each["code"] for each in data["rejections"]} >= {"row-no-owner", "row-no-end"}
    assert all(each["flows"] for each in data["rejections"])
    assert "Rows without an end date: F-" in succeeded(portchart("check", broken), 1)
    assert data["counts"]["error"] == sum(each["severity"] == "error" for each in data["findings"]) > 0


# explain, catalog, schema


def test_explain_gives_citations_and_what_stands_against_the_rest(inside: Inside) -> None:
    name = inside.file("design.portchart", sample("single-vpc"))
    text = succeeded(inside("explain", name, "web-tier", "workload-security"))
    assert "443/tcp" in text
    assert "P10" in text
    assert "row 10" in text
    text = succeeded(inside("explain", name, "workload-security", "web-tier"))
    assert "No flow from workload-security to web-tier." in text
    assert "4118/tcp" in text
    assert "P06" in text
    assert "文書には" in succeeded(inside("explain", name, "dns-1", "ntp-1", "--language", "ja"))
    assert "web-tier" in refused(inside("explain", name, "nobody", "web-tier")), "lists those there are"


def test_catalog_prints_everything_or_one_entry(inside: Inside) -> None:
    whole = succeeded(inside("catalog"))
    assert all(f"\n{rule} " in whole for rule in ("P01", "P35", "U01", "U06d", "U14"))
    assert "web-reputation" in whole
    one = succeeded(inside("catalog", "u12", "--language", "ja"))
    assert "送信元の名前" in one
    assert "A03" in succeeded(inside("catalog", "A03"))
    assert "P99" in refused(inside("catalog", "P99"))


@pytest.mark.parametrize("of", ["design", "catalog", "flows"])
def test_schema_prints_a_schema_that_fits(inside: Inside, of: str) -> None:
    schema = json.loads(succeeded(inside("schema", of)))
    jsonschema.Draft202012Validator.check_schema(schema)
    if of == "design":
        for name in SAMPLES:
            jsonschema.validate(json.loads(dump(sample(name))), schema)

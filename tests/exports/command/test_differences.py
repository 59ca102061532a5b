"""Commands that compare: what-if and diff."""

import json

import pytest

from model.editing import edits
from tests.exports.command.runner import Inside, Runner, refused, succeeded
from tests.reports import sample


def test_what_if_prints_what_comes_goes_and_changes(portchart: Runner) -> None:
    name = portchart.file("design.portchart", sample("single-vpc"))
    before = (portchart.folder / name).read_bytes()
    done = portchart(
        "what-if", name, "--set", "communication=bidirectional", "--component", "web-tier", "--json"
    )
    data = json.loads(succeeded(done))
    (added,) = data["added"]
    assert (added["source"], added["destination"], added["port"]) == ("workload-security", "web-tier", 4118)
    assert (data["removed"], data["changed"]) == ([], [])
    off = json.loads(succeeded(portchart("what-if", name, "--set", "web-reputation=off", "--json")))
    assert [(each["fqdn"], each["change"]) for each in off["names"]] == [
        ("dsaas.url.trendmicro.com", "removed")
    ]
    assert all("dsaas.url.trendmicro.com" in each["before"]["fqdns"] for each in off["changed"])
    text = succeeded(portchart("what-if", name, "--set", "communication=bidirectional", "--language", "ja"))
    assert "追加 3 件" in text
    assert (portchart.folder / name).read_bytes() == before


def test_each_component_narrows_the_set_before_it(portchart: Runner) -> None:
    name = portchart.file("design.portchart", sample("single-vpc"))
    two = ("--component", "web-tier", "--component", "db-tier")
    done = portchart(
        "what-if", name, "--set", "communication=bidirectional", *two, "--set", "dns-over-tcp=on", "--json"
    )
    added = json.loads(succeeded(done))["added"]
    assert {each["destination"] for each in added if each["port"] == 4118} == {"web-tier", "db-tier"}
    over_tcp = {each["source"] for each in added if each["port"] == 53}
    assert {"web-tier", "app-tier", "db-tier"} <= over_tcp


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "web-reputation"], "FEATURE=VALUE"),
        (["--set", "nonsense=on"], "nonsense"),
        (["--set", "web-reputation=maybe"], "on, off or inherit"),
        (["--set", "communication=sideways"], "agent-initiated"),
        (["--set", "agent-version=new"], "version"),
        (["--set", "web-reputation=on", "--component", "nobody"], "nobody"),
        (["--set", "web-reputation=on", "--component", "No Body"], "No Body"),
        (["--set", "communication= x"], "communication"),
        (["--component", "web-tier", "--set", "web-reputation=on"], "--component belongs after"),
        ([], "--set"),
    ],
)
def test_what_if_answers_mistakes_with_a_sentence(inside: Inside, arguments: list[str], said: str) -> None:
    name = inside.file("design.portchart", sample("single-vpc"))
    assert said in refused(inside("what-if", name, *arguments))


def test_diff_exits_by_whether_flows_differ(portchart: Runner) -> None:
    old = portchart.file("old.portchart", sample("single-vpc"))
    moved = portchart.file("moved.portchart", edits.move(sample("single-vpc"), {"web-tier": (5, 5)}))
    new = portchart.file("new.portchart", edits.set_port(sample("single-vpc"), "siem-1", 514, 1514))
    assert "same" in succeeded(portchart("diff", old, moved))
    assert "port 514 → 1514" in succeeded(portchart("diff", old, new), 1)
    data = json.loads(succeeded(portchart("diff", old, new, "--json"), 1))
    assert [(each["before"]["port"], each["port"]) for each in data["changed"]] == [(514, 1514)]
    assert json.loads(succeeded(portchart("diff", old, old, "--json")))["changed"] == []

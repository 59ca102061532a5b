"""The commands that ask about a design, as their users run them."""

import json
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from model.design.changes import Addition, Change, CountChange, Scenario, ServersChange
from model.design.design import Design
from model.design.elements import Component
from model.storage import dump, parse_design
from resources import text
from tests.exports.command.runner import Inside, refused, succeeded
from tests.reports import sample


@pytest.fixture
def portchart(root: Path, tmp_path: Path) -> Inside:
    return Inside(root, tmp_path)


@pytest.fixture
def name(portchart: Inside) -> str:
    return portchart.file("design.portchart", with_scenarios())


def with_scenarios() -> Design:
    siem = Component(id="siem-2", kind="siem", name="Second SIEM", zone="vpc-egress")
    return sample("multi-vpc").evolve(
        scenarios=(
            Scenario(
                id="managed",
                name="Managed from outside",
                changes=(Change(setting="communication", value="bidirectional"),),
            ),
            Scenario(
                id="second-siem",
                name="A second SIEM",
                changes=(
                    Addition(add=siem),
                    ServersChange(servers="siem", value=("siem-2",), component="prod-web"),
                    CountChange(count=9, component="prod-web"),
                ),
            ),
            Scenario(
                id="not-managed",
                name="Not",
                changes=(Change(setting="communication", value="agent-initiated"),),
            ),
        )
    )


def data_of(done: subprocess.CompletedProcess[bytes], code: int = 0) -> Any:
    return json.loads(succeeded(done, code))


def ends(flows: Any) -> set[tuple[str, str, int]]:
    return {(flow["source"], flow["destination"], flow["port"]) for flow in flows}


# what-if with scenarios


def test_what_if_lays_scenarios_over_the_design(portchart: Inside, name: str) -> None:
    one = data_of(portchart("what-if", name, "--scenario", "second-siem", "--json"))
    assert ends(one["added"]) == {("workload-security", "siem-2", 514)}
    both = data_of(portchart("what-if", name, "--scenario", "managed+second-siem", "--json"))
    turned = data_of(
        portchart("what-if", name, "--scenario", "A second SIEM", "--scenario", "managed", "--json")
    )
    assert both == turned
    assert ("workload-security", "prod-web", 4118) in ends(both["added"])
    assert ("workload-security", "siem-2", 514) in ends(both["added"])


def test_set_comes_on_top_and_a_scenario_may_be_the_baseline(portchart: Inside, name: str) -> None:
    undone = portchart("what-if", name, "--scenario", "managed", "--set", "communication=agent-initiated")
    assert "same" in succeeded(undone)
    back = data_of(portchart("what-if", name, "--baseline", "managed", "--set", "vision-one=on", "--json"))
    assert {port for _, _, port in ends(back["removed"])} == {4118}
    assert back["added"] == []


def test_contradicting_scenarios_are_named(portchart: Inside, name: str) -> None:
    sentence = refused(portchart("what-if", name, "--scenario", "managed+not-managed"))
    assert "Managed from outside" in sentence
    assert "Communication" in sentence
    assert "its scenarios are managed, second-siem" in refused(
        portchart("what-if", name, "--scenario", "none")
    )


def test_what_if_says_what_stays_where_a_server_takes_over(portchart: Inside, name: str) -> None:
    change = ("--set", "file-reputation-source=smart-protection-server")
    found = data_of(portchart("what-if", name, *change, "--json"))["residue"]
    assert {each["setting"] for each in found} == {"file-reputation-source"}
    assert {component for each in found for component in each["components"]} == {
        "prod-web", "prod-app", "relay-prod", "dev-hosts", "relay-dev",
    }  # fmt: skip
    assert all(each["moved"] == ["dsaas.icrc.trendmicro.com"] for each in found)
    printed = succeeded(portchart("what-if", name, *change))
    assert "These names stay on the Smart Protection Network:" in printed
    assert "  dsaas.url.trendmicro.com  (Web Reputation, P19, U10)" in printed
    assert data_of(portchart("what-if", name, "--set", "vision-one=off", "--json"))["residue"] == []


def test_what_if_tells_zones_firewalls_and_findings(portchart: Inside, name: str) -> None:
    change = ("--set", "communication=bidirectional", "--component", "prod-web")
    found = data_of(portchart("what-if", name, *change, "--json"))
    counts = {"added": 1, "removed": 0, "changed": 0}
    assert found["zones"] == [{"source": "internet", "destination": "production-private", **counts}]
    assert found["firewalls"] == [{"firewall": "anfw-production", **counts}]
    assert found["findings"]["new"]
    assert all("prod-web" in each["subjects"] for each in found["findings"]["new"])
    printed = succeeded(portchart("what-if", name, *change))
    assert "  +1 −0 ~0  Internet → Production private" in printed
    assert "  +1 −0 ~0  anfw-production" in printed
    assert "New findings:" in printed


# compare


def test_compare_puts_scenarios_side_by_side(portchart: Inside, name: str) -> None:
    found = data_of(portchart("compare", name, "--json"))
    assert [each["scenarios"] for each in found["columns"]] == [["managed"], ["second-siem"], ["not-managed"]]
    managed = found["columns"][0]
    assert managed["flows"] == found["baseline"]["flows"] + managed["difference"]["added"]
    assert managed["difference"] == {"added": 5, "removed": 0, "changed": 0}
    assert (found["baseline"]["goals"]["no-inbound"], managed["goals"]["no-inbound"]) == (0, 5)
    assert managed["changes"] == [{"setting": "communication", "value": "bidirectional"}]
    stacked = data_of(portchart("compare", name, "--scenario", "managed+second-siem", "--json"))
    assert [each["scenarios"] for each in stacked["columns"]] == [["managed", "second-siem"]]
    printed = succeeded(portchart("compare", name)).splitlines()
    assert "Managed from outside" in printed[0]
    goal = next(line for line in printed if line.startswith("No inbound"))
    assert goal.split()[-5:] == ["broken", "by", "5", "met", "met"]
    assert "達成" in succeeded(portchart("compare", name, "--language", "ja"))


def test_a_scenario_is_exported_with_what_it_changes(portchart: Inside, name: str) -> None:
    shown = data_of(portchart("export", name, "--to", "json", "-o", "-", "--scenario", "managed"))
    added = [flow for flow in shown["flows"] if flow["change"] == "added"]
    assert {flow["port"] for flow in added} == {4118}
    assert len(added) == 5
    plain = data_of(portchart("export", name, "--to", "json", "-o", "-"))
    assert len(plain["flows"]) == len(shown["flows"]) - 5
    assert all("change" not in flow for flow in plain["flows"])
    assert "no scenario nothing" in refused(
        portchart("export", name, "--to", "json", "--scenario", "nothing")
    )


# explain --how-to


def test_how_to_remove_gives_changes_that_do_it(portchart: Inside, name: str) -> None:
    done = portchart("explain", name, "any", "trend-vision-one", "--how-to", "remove", "--json")
    found = data_of(done)
    assert found["proved"] is True
    for way in found["ways"]:
        changed = json.loads(dump(with_scenarios()))
        changed["scenarios"].append({"id": "way", "name": "Way", "changes": way["changes"]})
        (portchart.folder / "way.portchart").write_text(json.dumps(changed), encoding="utf-8")
        after = data_of(portchart("what-if", "way.portchart", "--scenario", "way", "--json"))
        assert ("proxy-1", "trend-vision-one", 443) in ends(after["removed"])
        assert len(after["added"]) == way["added"]
        assert len(after["changed"]) == way["changed"]
    assert "One change is enough" in succeeded(
        portchart("explain", name, "any", "trend-vision-one", "--how-to", "remove")
    )


def test_how_to_says_what_no_change_avoids(portchart: Inside, name: str) -> None:
    found = data_of(
        portchart("explain", name, "any", "internet", "--how-to", "remove", "--cleartext", "--json"), 1
    )
    assert (found["ways"], found["proved"]) == ([], True)
    assert {(flow["destination"], flow["port"]) for flow in found["unavoidable"]} == {("update-server", 80)}
    printed = succeeded(
        portchart("explain", name, "any", "update-server", "--how-to", "remove", "--port", "80"), 1
    )
    assert "P22" in printed


def test_how_to_add_and_ends_that_are_zones(portchart: Inside, name: str) -> None:
    add = data_of(portchart("explain", name, "workload-security", "prod-web", "--how-to", "add", "--json"))
    assert {"setting": "communication", "value": "bidirectional", "component": "prod-web"} in [
        way["changes"][0] for way in add["ways"]
    ]
    assert "already" in succeeded(portchart("explain", name, "prod-web", "relay-prod", "--how-to", "add"))
    assert "no such flow" in succeeded(portchart("explain", name, "dns-1", "any", "--how-to", "remove"))
    across = portchart(
        "explain", name, "vpc-production", "any", "--how-to", "remove", "--port", "1443", "--json"
    )
    assert {change["component"] for way in data_of(across)["ways"] for change in way["changes"]} <= {
        "prod-web", "prod-app", "relay-prod",
    }  # fmt: skip
    assert "nobody" in refused(portchart("explain", name, "nobody", "any", "--how-to", "remove"))
    assert "vpc-production" in refused(
        portchart("explain", name, "vpc-production", "prod-web", "--how-to", "add")
    )


def test_explain_as_json_has_every_part_of_a_condition(portchart: Inside, name: str) -> None:
    found = data_of(portchart("explain", name, "workload-security", "prod-web", "--json"))
    assert found["flows"] == []
    (refusal,) = found["refusals"]
    assert (refusal["rule"], refusal["port"]) == ("P06", 4118)
    assert refusal["condition"]["holds"] is False
    assert refusal["condition"]["parts"][0]["condition"]["setting"] == "communication"
    (flow,) = data_of(portchart("explain", name, "prod-web", "relay-prod", "--json"))["flows"]
    assert (flow["port"], flow["reasons"][0]["rule"]) == (4122, "P11")


# goals


def test_goals_exit_by_whether_all_are_met(portchart: Inside, name: str) -> None:
    found = {each["goal"]: each for each in data_of(portchart("goals", name, "--json"), 1)["goals"]}
    assert list(found) == ["no-cleartext", "internet-by-proxy", "no-inbound", "address-only"]
    assert found["no-inbound"]["met"]
    assert found["no-cleartext"]["impossible"]
    (way,) = found["internet-by-proxy"]["ways"]
    assert {(change["traffic"], change["value"]) for change in way["changes"]} == {("management", "proxy-1")}
    assert data_of(portchart("goals", name, "--goal", "no-inbound", "--json"))["goals"][0]["met"]
    assert "broken by 5 flows" in succeeded(
        portchart("goals", name, "--goal", "no-inbound", "--scenario", "managed"), 1
    )
    printed = succeeded(portchart("goals", name), 1)
    assert "The rules allow no way" in printed
    assert "through proxy-1 (pipeline, soc-analysts)" in printed
    assert "no-inbound" in refused(portchart("goals", name, "--goal", "peace"))


# sweep


def test_sweep_gives_every_combination(portchart: Inside, name: str) -> None:
    switches = ("--switch", "vision-one", "--component", "prod-web", "--switch", "communication")
    found = data_of(portchart("sweep", name, *switches, "--json"))
    assert found["switches"] == [
        {"name": "vision-one", "values": [False, True], "component": "prod-web"},
        {"name": "communication", "values": ["agent-initiated", "bidirectional", "manager-initiated"]},
    ]
    assert len(found["combinations"]) == 6
    flows = data_of(portchart("flows", name, "--json"))["flows"]
    as_it_is = next(each for each in found["combinations"] if each["values"] == [True, "agent-initiated"])
    assert as_it_is["flows"] == len(flows)
    assert "6 combinations" in succeeded(portchart("sweep", name, *switches))
    many = [part for feature in ("smart-scan", "firewall", "vision-one", "syslog-direct", "web-reputation",
                                 "smart-feedback", "device-control") for part in ("--switch", feature)]  # fmt: skip
    lines = succeeded(portchart("sweep", name, *many)).splitlines()
    assert lines[-1].startswith("128 combinations; shown are those with the fewest openings")
    assert "nonsense" in refused(portchart("sweep", name, "--switch", "nonsense"))
    assert "--component belongs after the --switch" in refused(
        portchart("sweep", name, "--component", "prod-web")
    )


# catalog --against, revisions


def test_another_catalog_revision_and_its_impact(portchart: Inside, name: str) -> None:
    data = json.loads(text("catalogs/workload-security-govcloud.json"))
    (portchart.folder / "same.json").write_text(json.dumps(data), encoding="utf-8")
    assert "The rules are the same." in succeeded(portchart("catalog", "--against", "same.json", name))
    rule = next(each for each in data["rules"] if each["id"] == "P11")
    rule["connections"][0]["port"] = 4222
    (portchart.folder / "next.json").write_text(json.dumps(data), encoding="utf-8")
    found = data_of(portchart("catalog", "--against", "next.json", name, "--json"), 1)
    assert found["entries"] == [{"part": "rule", "id": "P11", "status": "changed", "what": ["connections"]}]
    (design,) = found["designs"]
    assert {flow["port"] for flow in design["added"]} == {4222}
    printed = succeeded(portchart("catalog", "--against", "next.json", name), 1)
    assert "rule P11: changed (connections)" in printed
    assert "  + prod-web → relay-prod  4222/tcp" in printed
    assert "missing.json" in refused(portchart("catalog", "--against", "missing.json"))
    (portchart.folder / "bad.json").write_text("{}", encoding="utf-8")
    assert "bad.json" in refused(portchart("catalog", "--against", "bad.json"))


def test_the_catalog_as_json(portchart: Inside) -> None:
    whole = data_of(portchart("catalog", "--json"))
    assert {rule["id"] for rule in whole["rules"]} >= {"P01", "U14"}
    assert [each["id"] for each in data_of(portchart("catalog", "p12", "A03", "--json"))["entries"]] == [
        "P12",
        "A03",
    ]
    assert "P99" in refused(portchart("catalog", "P99", "--json"))


def test_without_git_a_revision_is_refused_in_a_sentence(
    portchart: Inside, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert "git is not installed" in refused(portchart("diff", f"HEAD:{name}", name))


@pytest.mark.skipif(which("git") is None, reason="git is not installed")
def test_diff_reads_a_revision_from_git(portchart: Inside, name: str) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.com")
        subprocess.run(["git", *who, *arguments], cwd=portchart.folder, check=True, capture_output=True)

    git("init", "-q")
    git("add", name)
    git("commit", "-q", "-m", "First")
    before = parse_design((portchart.folder / name).read_bytes())
    portchart.file(name, before.evolve(settings={"communication": "bidirectional"}))
    found = data_of(portchart("diff", f"HEAD:{name}", name, "--json"), 1)
    assert {flow["port"] for flow in found["added"]} == {4118}
    assert "no such file" in refused(portchart("diff", f"HEAD:nothing-{name}", name))

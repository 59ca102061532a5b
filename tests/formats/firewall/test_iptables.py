"""The iptables rules: loaded into a real kernel and saved again, compared with the flows, tried with packets."""

import itertools
import shlex
from pathlib import Path

import pytest

from exports.firewall.iptables import chain, iptables
from exports.report import Report
from model.editing import edits
from tests.formats.firewall.host_roles import Facts, expected
from tests.formats.firewall.hostile import harmless_and_hostile, without_hash
from tests.formats.firewall.namespace import delivered, needs, run
from tests.formats.firewall.oracle import (
    LOOPBACK,
    RANDOM,
    Networks,
    not_opened,
    packets_of,
    random_reports,
    sample_reports,
)
from tests.reports import report_of, sample

pytestmark = needs("iptables-restore", "ip6tables-restore", "iptables-save", "ip")
LOAD = """
for file in "$1"/*.rules; do
  iptables-restore "$file"; ip6tables-restore "$file"
  iptables-save >"${file%.rules}.4"; ip6tables-save >"${file%.rules}.6"
done
"""
Pair = tuple[str, str, int, str, str]


def saved(text: str) -> dict[str, set[Pair]]:
    """Direction, transport, port, this host's network and the others' of each accepting rule, by chain."""
    found: dict[str, set[Pair]] = {}
    last: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith(":role-"):
            found[line[1:].split()[0]] = set()
        if not line.startswith("-A "):
            continue
        words = shlex.split(line)
        name, options = words[1], words[2:]
        facts = {key: value for key, value in itertools.pairwise(options) if key.startswith("-")}
        last[name] = facts["-j"]
        if "--ctstate" in facts:
            assert facts["--ctstate"] == "ESTABLISHED" or (
                facts["--ctstate"] == "RELATED" and "icmp" in facts["-p"]
            )
        elif facts.get("-p") == "ipv6-icmp":
            assert facts["--hl-eq"] == "255"
            assert facts["--icmpv6-type"] in ("133", "134", "135", "136")
        elif facts["-j"] != "DROP":
            assert facts["-j"] == "ACCEPT"
            direction = name.rsplit("-", 1)[1]
            ends = (facts["-d"], facts["-s"]) if direction == "in" else (facts["-s"], facts["-d"])
            local = ends[0] in ("127.0.0.1/32", "::1/128")
            assert facts.get({"in": "-i", "out": "-o"}[direction]) == ("lo" if local else None)
            assert facts["--comment"].startswith("F-")
            found[name].add((direction, facts["-p"], int(facts["--dport"]), *ends))
    assert set(last.values()) <= {"DROP"}
    assert set(last) == set(found)
    return found


def pairs(facts: set[Facts], direction: str, version: int) -> set[Pair]:
    def of(networks: Networks) -> list[str]:
        return [each for each in networks if (":" in each) == (version == 6)]

    return {
        (way, transport, port, one, other)
        for way, transport, port, here, there in facts
        if way == direction
        for one in of(here)
        for other in of(there)
    }


def loaded(folder: Path, reports: list[Report]) -> list[tuple[dict[str, set[Pair]], dict[str, set[Pair]]]]:
    for number, report in enumerate(reports):
        (folder / f"{number:04}.rules").write_bytes(iptables(report).data)
    run(LOAD, b"", str(folder))
    return [
        (
            saved(file.with_suffix(".4").read_text(encoding="utf-8")),
            saved(file.with_suffix(".6").read_text(encoding="utf-8")),
        )
        for file in sorted(folder.glob("*.rules"))
    ]


def test_each_role_has_the_rules_of_its_flows_and_its_loopback(tmp_path: Path) -> None:
    reports = [*sample_reports().values(), *random_reports(RANDOM)]
    rules = 0
    for report, found in zip(reports, loaded(tmp_path, reports), strict=True):
        right = expected(report.graph)
        for version, chains in zip((4, 6), found, strict=True):
            assert chains == {
                chain(role, direction): pairs(facts, direction, version)
                for role, facts in right.items()
                for direction in ("in", "out")
            }
            rules += sum(map(len, chains.values()))
        assert {each.flow for each in iptables(report).inexpressible} == not_opened(report.graph)
    assert rules > 1000


@pytest.mark.parametrize(("name", "role"), [("on-premises", "relay-1"), ("multi-vpc", "relay-prod")])
def test_packets_pass_only_where_a_flow_of_the_role_permits(name: str, role: str, tmp_path: Path) -> None:
    report = sample_reports()[name]
    graph = report.graph
    file = tmp_path / "loaded.rules"
    file.write_bytes(iptables(report).data)
    setup = "".join(
        f"{tool}-restore --noflush {file}; {tool} -A INPUT -j role-{role}-in; {tool} -A OUTPUT -j role-{role}-out;"
        for tool in ("iptables", "ip6tables")
    )
    # A packet to itself passes both chains of a host, while a flow is in one of them only: each is tried alone.
    for way in ("in", "out"):
        other = {"in": "OUTPUT", "out": "INPUT"}[way]
        asked, right = packets_of(graph, role, way, 600)
        alone = f"{setup} iptables -F {other}; ip6tables -F {other}"
        found = delivered(alone, b"", [*asked, *LOOPBACK], tmp_path)
        assert found == [*right, True, False]
        assert sum(right) > 20


def test_names_of_chains_stay_short_and_apart(tmp_path: Path) -> None:
    roles = ["a" * 64, "a" * 63 + "b", "a" * 24, "relay-1"]
    names = {chain(role, direction) for role in roles for direction in ("in", "out")}
    assert len(names) == 8
    assert max(map(len, names)) <= 28
    design = edits.place(sample("single-vpc"), "agent", "x", (0, 0), "web-subnet")[0]
    long = design.components[-1].evolve(id="a" * 64, addresses=("10.20.10.200",))
    report = report_of(design.evolve(components=(*design.components[:-1], long)))
    ((fourth, _),) = loaded(tmp_path, [report])
    assert len(fourth[chain("a" * 64, "out")]) > 1


def test_nothing_a_user_types_reaches_the_rules() -> None:
    plain, hostile = (iptables(each).data for each in harmless_and_hostile())
    assert without_hash(plain) == without_hash(hostile)

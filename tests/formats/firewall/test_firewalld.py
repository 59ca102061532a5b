"""The firewalld script: run, its policies read by firewalld itself and loaded into a kernel, tried with packets."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from exports.firewall.firewalld import firewalld
from exports.report import Report
from tests.formats.firewall.host_roles import expected
from tests.formats.firewall.hostile import harmless_and_hostile, without_hash
from tests.formats.firewall.namespace import delivered, needs
from tests.formats.firewall.oracle import (
    LOOPBACK,
    RANDOM,
    not_opened,
    packets_of,
    random_reports,
    sample_reports,
)
from tests.formats.firewall.test_iptables import Pair, pairs

READER = Path(__file__).with_name("firewalld_reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"
NEIGHBOURS = {
    "neighbour-solicitation",
    "neighbour-advertisement",
    "router-solicitation",
    "router-advertisement",
}


@cache
def has_firewalld() -> bool:
    command = [SYSTEM_PYTHON, "-c", "import firewall.core.fw"]
    return (
        Path(SYSTEM_PYTHON).exists()
        and not subprocess.run(command, capture_output=True, check=False).returncode
    )


pytestmark = [
    pytest.mark.skipif(not has_firewalld(), reason="needs firewalld and its Python package"),
    needs("nft", "ip"),
]


def written(folder: Path, reports: list[Report]) -> None:
    """Every script run by sh for every role, each into a folder of its own."""
    calls = []
    for number, report in enumerate(reports):
        script = folder / f"{number:04}.sh"
        script.write_bytes(firewalld(report).data)
        for role in expected(report.graph):
            target = folder / f"{number:04}" / role
            target.mkdir(parents=True)
            calls.append(f"sh {script} {role} {target}")
    (folder / "all.sh").write_text("set -e\n" + "\n".join(calls) + "\n", encoding="utf-8")
    done = subprocess.run(["sh", folder / "all.sh"], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def rules(policy: dict[str, Any], direction: str, version: int) -> set[Pair]:
    """Direction, transport, port, this host's network and the others' of each accepting rule."""
    found = set()
    for rule in policy["rules"]:
        assert rule["action"] == "Rich_Accept"
        assert rule["others"][0] is False
        kind, port, protocol, name = rule["element"]
        if kind == "Rich_IcmpType":
            assert (rule["family"], rule["source"], rule["destination"]) == ("ipv6", None, None)
            assert name in NEIGHBOURS
            continue
        assert kind == "Rich_Port"
        assert rule["family"] == ("ipv6" if ":" in rule["source"] else "ipv4")
        ends = (
            (rule["destination"], rule["source"])
            if direction == "in"
            else (rule["source"], rule["destination"])
        )
        if rule["family"] == f"ipv{version}":
            found.add((direction, protocol, int(port), *ends))
    return found


def test_each_role_has_the_rules_of_its_flows_and_its_loopback(tmp_path: Path) -> None:
    reports = [*sample_reports().values(), *random_reports(RANDOM)]
    written(tmp_path, reports)
    answer = tmp_path / "answer.json"
    command = [SYSTEM_PYTHON, str(READER), "read", str(tmp_path), str(answer)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    policies = json.loads(answer.read_text(encoding="utf-8"))
    number = roles = 0
    for place, report in enumerate(reports):
        for role, facts in expected(report.graph).items():
            roles += 1
            for direction, ends in (("in", [["ANY"], ["HOST"]]), ("out", [["HOST"], ["ANY"]])):
                policy = policies.pop(f"{place:04}/{role}/portchart-{direction}.xml")
                assert (policy["target"], policy["priority"], policy["more"]) == ("DROP", -100, False)
                assert policy["ends"] == ends
                for version in (4, 6):
                    found = rules(policy, direction, version)
                    assert found == pairs(facts, direction, version)
                    number += len(found)
        assert {each.flow for each in firewalld(report).inexpressible} == not_opened(report.graph)
    assert policies == {}
    assert number > 1000
    assert roles > 1000


def test_packets_pass_only_where_a_flow_of_the_role_permits(tmp_path: Path) -> None:
    report, role = sample_reports()["on-premises"], "relay-1"
    graph = report.graph
    for way in ("in", "out"):
        folder = tmp_path / way
        (folder / "policies").mkdir(parents=True)
        script = folder / "script.sh"
        script.write_bytes(firewalld(report).data)
        subprocess.run(["sh", script, role, folder / "policies"], check=True)
        # A packet to itself meets both policies, while a flow is in one of them only: each is tried alone.
        other, ends = ("out", ("HOST", "ANY")) if way == "in" else ("in", ("ANY", "HOST"))
        (folder / "policies" / f"portchart-{other}.xml").write_text(
            '<policy target="ACCEPT" priority="-100">'
            f'<ingress-zone name="{ends[0]}"/><egress-zone name="{ends[1]}"/></policy>',
            encoding="utf-8",
        )
        shutil.copy("/etc/firewalld/firewalld.conf", folder)
        asked, right = packets_of(graph, role, way, 600)
        setup = f"{SYSTEM_PYTHON} {READER} load {folder}"
        found = delivered(setup, b"", [*asked, *LOOPBACK], tmp_path)
        assert found == [*right, True, False]
        assert sum(right) > 20


def test_a_role_that_is_not_there_is_refused_and_nothing_written(tmp_path: Path) -> None:
    script = tmp_path / "script.sh"
    script.write_bytes(firewalld(sample_reports()["single-vpc"]).data)
    for arguments in ([], ["no-such-role", str(tmp_path)]):
        done = subprocess.run(["sh", script, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert done.stderr.startswith("usage: ")
    assert [path.name for path in tmp_path.iterdir()] == ["script.sh"]


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="needs shellcheck")
def test_shellcheck_finds_nothing_to_say(tmp_path: Path) -> None:
    for number, report in enumerate([*sample_reports().values(), *random_reports(RANDOM)[:20]]):
        (tmp_path / f"{number}.sh").write_bytes(firewalld(report).data)
    done = subprocess.run(
        ["shellcheck", *sorted(tmp_path.iterdir())], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_nothing_a_user_types_reaches_the_script() -> None:
    plain, hostile = (firewalld(each).data for each in harmless_and_hostile())
    assert without_hash(plain) == without_hash(hostile)

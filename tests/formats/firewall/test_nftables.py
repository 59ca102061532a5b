"""The nftables ruleset: loaded into a real kernel, listed by nft, compared with the flows, and tried with packets."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exports.firewall.nftables import nftables
from exports.report import Report
from tests.formats.firewall.hostile import harmless_and_hostile, without_hash
from tests.formats.firewall.namespace import delivered, needs, run
from tests.formats.firewall.oracle import (
    RANDOM,
    Opened,
    all_opened,
    holds,
    not_opened,
    opened_by,
    packets,
    random_reports,
    sample_reports,
    shortest,
)

LOCAL = ("127.0.0.1", "::1")
pytestmark = needs("nft", "ip")

Rules = dict[str, list[list[dict[str, Any]]]]
"""The expressions of each rule, by chain."""


LOAD = """
for file in "$1"/*.nft; do
  nft -f "$file"
  nft -j list ruleset >"${file%.nft}.json"
done
"""


def loaded(folder: Path, reports: list[Report]) -> list[tuple[Rules, dict[str, list[str]]]]:
    """Chains and sets as nft lists them from the kernel, each ruleset replacing the one before."""
    for number, report in enumerate(reports):
        (folder / f"{number:04}.nft").write_bytes(nftables(report).data)
    run(LOAD, b"", str(folder))
    found = []
    for listed in sorted(folder.glob("*.json")):
        chains: Rules = {}
        sets: dict[str, list[str]] = {}
        for entry in json.loads(listed.read_text(encoding="utf-8"))["nftables"]:
            if "chain" in entry:
                chains.setdefault(entry["chain"]["name"], [])
                if "hook" in entry["chain"]:
                    assert entry["chain"]["policy"] == "drop"
            elif "rule" in entry:
                chains[entry["rule"]["chain"]].append(entry["rule"]["expr"])
            elif "set" in entry:
                sets[entry["set"]["name"]] = [_element(each) for each in entry["set"]["elem"]]
        found.append((chains, sets))
    return found


def _element(element: Any) -> str:
    if isinstance(element, str):
        return element
    return f"{element['prefix']['addr']}/{element['prefix']['len']}"


def reached(chains: Rules, chain: str) -> Iterator[list[dict[str, Any]]]:
    """The accepting rules that packets in a chain come to."""
    for rule in chains[chain]:
        *matches, verdict = rule
        target = verdict.get("jump") or verdict.get("goto")
        if target is None:
            assert verdict == {"accept": None}
            yield matches
        else:
            assert matches == []
            yield from reached(chains, target["target"])


def read(chains: Rules, sets: dict[str, list[str]], chain: str) -> tuple[set[Opened], list[dict[str, str]]]:
    """What the rules reached from a chain open, and the matches of those that are no flow between hosts."""
    opened, others = set(), []
    for matches in reached(chains, chain):
        facts = {}
        for match in (each["match"] for each in matches):
            assert match["op"] in ("==", "in")
            (left,) = match["left"].values()
            facts[left.get("field") or left.get("key")] = (left.get("protocol"), match["right"])
        if not {"saddr", "daddr", "dport"} <= facts.keys() or "iifname" in facts or "oifname" in facts:
            others.append({key: str(right) for key, (_, right) in facts.items()})
            continue
        assert set(facts) == {"saddr", "daddr", "dport"}
        version = {"ip": 4, "ip6": 6}[facts["saddr"][0]]
        one, other = (shortest(sets[facts[end][1].removeprefix("@")], version) for end in ("saddr", "daddr"))
        opened.add(Opened(one, other, *facts["dport"]))
    return opened, others


def test_samples_and_random_designs_open_their_flows_and_nothing_else(tmp_path: Path) -> None:
    reports = [*sample_reports().values(), *random_reports(RANDOM)]
    speaking = 0
    for report, (chains, sets) in zip(reports, loaded(tmp_path, reports), strict=True):
        for hook in ("input", "output", "forward"):
            opened, others = read(chains, sets, hook)
            assert opened == all_opened(report.graph)
            assert {tuple(each) for each in others} <= {
                ("state",),
                ("state", "l4proto"),
                ("type", "hoplimit"),
            }
        assert {each.flow for each in nftables(report).inexpressible} == not_opened(report.graph)
        speaking += bool(opened)
    assert speaking > RANDOM // 2


def test_each_role_opens_the_flows_of_its_component_and_its_own_loopback(tmp_path: Path) -> None:
    reports = [*sample_reports().values(), *random_reports(60)]
    local = 0
    for report, (chains, sets) in zip(reports, loaded(tmp_path, reports), strict=True):
        graph = report.graph
        for component in graph.design.components:
            if graph.catalog.kind_by_id.get(component.kind) is None or f"role-{component.id}" not in chains:
                continue
            opened, others = read(chains, sets, f"role-{component.id}")
            own = [flow for flow in graph.network if component.id in (flow.source, flow.destination)]
            assert opened == {each for flow in own for each in opened_by(graph, flow)}
            ports = {str(flow.port) for flow in graph.flows if flow.key[:2] == (component.id,) * 2}
            assert {each["dport"] for each in others} == ports
            assert {(each["saddr"], each["daddr"]) for each in others} == (
                {(address, address) for address in LOCAL} if ports else set()
            )
            assert all("lo" in (each.get("iifname"), each.get("oifname")) for each in others)
            local += len(ports)
    assert local > 10


@pytest.mark.parametrize("name", sample_reports())
def test_packets_of_the_samples_pass_only_where_a_flow_permits(name: str, tmp_path: Path) -> None:
    report = sample_reports()[name]
    asked = packets(report.graph, random.Random(name), 500)
    found = delivered("nft -f -", nftables(report).data, [packet for packet, _ in asked], tmp_path)
    wrong = [(packet, right) for (packet, right), passed in zip(asked, found, strict=True) if passed != right]
    assert wrong == []
    assert sum(found) >= 200
    assert len(found) - sum(found) >= 150


def test_packets_of_random_designs_pass_only_where_a_flow_permits(tmp_path: Path) -> None:
    permitted = sent = sixth = 0
    for report in random_reports(RANDOM)[11:250:12]:
        asked = packets(report.graph, random.Random(report.design_hash), 200)
        found = delivered("nft -f -", nftables(report).data, [packet for packet, _ in asked], tmp_path)
        assert found == [right for _, right in asked]
        permitted, sent = permitted + sum(found), sent + len(found)
        sixth += sum(":" in packet.source for packet, right in asked if right)
    assert sent >= 1000
    assert permitted >= 400
    assert sent - permitted >= 400
    assert sixth >= 100


def test_a_chosen_role_narrows_the_host_to_it_and_permits_its_loopback(tmp_path: Path) -> None:
    report = sample_reports()["on-premises"]
    graph = report.graph
    choose = "nft -f -; nft 'flush chain inet portchart role; add rule inet portchart role goto role-relay-1'"
    asked = packets(graph, random.Random(1), 300)
    own = [flow for flow in graph.network if "relay-1" in (flow.source, flow.destination)]
    concerned = {each for flow in own for each in opened_by(graph, flow)}
    expected = [any(holds(rule, packet) for rule in concerned) for packet, _ in asked]
    extra = [(LOCAL[0], LOCAL[0], "tcp", 4123), (LOCAL[1], LOCAL[1], "tcp", 4123),
             (LOCAL[0], LOCAL[0], "tcp", 4122), (LOCAL[0], LOCAL[0], "udp", 4123)]  # fmt: skip
    every = [*(packet for packet, _ in asked), *extra]
    found = delivered(choose, nftables(report).data, every, tmp_path)
    assert found == [*expected, True, True, False, False]
    assert 0 < sum(expected) < sum(right for _, right in asked)
    assert delivered("nft -f -", nftables(report).data, extra, tmp_path) == [False] * 4


def test_what_the_head_says_lets_administration_in_and_another_table_does_not(tmp_path: Path) -> None:
    text = nftables(sample_reports()["on-premises"]).data
    head = text.decode().partition("\ntable inet ")[0]
    (said,) = re.findall(r"such as: ([^/\n]*[^/ \n])", head)
    assert said.startswith("add rule inet portchart input ")
    # The packets of these tests go out through the same host before they come in.
    permits = [
        said.replace("ADMIN", "192.0.2.1"),
        said.replace("ADMIN", "192.0.2.1").replace(" input ", " output "),
    ]
    elsewhere = "table inet other {\n" + "".join(
        f"chain {hook} {{ type filter hook {hook} priority -10; ip saddr 192.0.2.1 tcp dport 22 accept; }}\n"
        for hook in ("input", "output")
    )
    asked = [("192.0.2.1", "192.0.2.9", "tcp", 22), ("192.0.2.2", "192.0.2.9", "tcp", 22)]
    found = delivered("nft -f -", text + "\n".join(permits).encode() + b"\n", asked, tmp_path)
    assert found == [True, False]
    assert delivered("nft -f -", text + elsewhere.encode() + b"}\n", asked, tmp_path) == [False, False]


def test_nothing_a_user_types_reaches_the_ruleset() -> None:
    plain, hostile = (nftables(each).data for each in harmless_and_hostile())
    assert without_hash(plain) == without_hash(hostile)
    run("nft -c -f -", hostile)


def test_flows_not_expressed_are_listed_in_the_file() -> None:
    compared = sample_reports()["multi-vpc"]
    text = nftables(compared).data.decode()
    refused = nftables(compared).inexpressible
    assert len(refused) > 5
    head, _, body = text.partition("\ntable inet ")
    assert [line.split()[1] for line in head.splitlines() if line.startswith("#   F-")] == [
        each.flow for each in refused
    ]
    assert not [each for each in refused if each.flow in body]

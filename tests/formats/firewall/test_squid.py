"""The squid configuration: parsed by squid without a warning, read back, and asked about requests."""

import ipaddress
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest

from exports.firewall.squid import squid
from exports.report import Report
from model.derivation.graph import FlowGraph
from model.editing import edits
from tests.formats.firewall.hostile import harmless_and_hostile, without_hash
from tests.formats.firewall.namespace import needs
from tests.formats.firewall.oracle import (
    PRINTED_SOURCES,
    RANDOM,
    random_reports,
    sample_reports,
    shortest,
)
from tests.formats.firewall.requests import SERVICES, Wanted, every_way, proxied_reports, wanted
from tests.reports import report_of, sample


class Rule(NamedTuple):
    clients: frozenset[str]
    proxies: frozenset[str]
    listens: int | None
    tunnel: frozenset[bool]
    port: int
    names: frozenset[str]


def read(data: bytes) -> tuple[set[Rule], set[int]]:
    """The allow rules, written out, and the ports that squid listens on. Fails on anything it does not know."""
    lists: dict[str, tuple[str, set[str]]] = {}
    rules: set[Rule] = set()
    ports: set[int] = set()
    lines = [line for line in data.decode().splitlines() if line and not line.startswith("#")]
    assert not [line for line in data.decode().splitlines() if line.endswith("\\") or len(line) > 1500]
    assert lines[-1] == "http_access deny all"
    for line in lines[:-1]:
        word, *rest = line.split()
        if word == "http_port":
            ports.add(int(rest[0]))
        elif word == "acl":
            name, kind, *values = rest
            assert len(name) <= 60
            known, held = lists.setdefault(name, (kind, set()))
            assert known == kind
            assert kind != "dstdomain" or values[0] == "-n"
            held.add(values[-1])
        else:
            assert [word, rest[0]] == ["http_access", "allow"]
            rules.add(_rule(lists, rest[1:]))
    return rules, ports


def _rule(lists: dict[str, tuple[str, set[str]]], names: list[str]) -> Rule:
    facts: dict[str, frozenset[str]] = {}
    tunnel = frozenset({True, False})
    for name in names:
        kind, values = lists[name.removeprefix("!")]
        if kind == "method":
            assert values == {"CONNECT"}
            tunnel = frozenset({not name.startswith("!")})
            continue
        assert not name.startswith("!")
        assert kind not in facts
        facts[kind] = frozenset(values)
    (port,) = facts["port"]
    (listens,) = facts.get("localport", frozenset({None}))
    return Rule(
        facts["src"],
        facts.get("localip", frozenset()),
        int(listens) if listens else None,
        tunnel,
        int(port),
        facts["dstdomain"],
    )


def addresses(graph: FlowGraph, name: str) -> frozenset[str]:
    component = graph.component(name)
    printed = PRINTED_SOURCES if component.kind == "workload-security" else ()
    given = list(printed or component.addresses)
    return shortest(given, 4) | shortest(given, 6)


def rule_of(graph: FlowGraph, want: Wanted) -> Rule | None:
    """What must be written for a want, or None where an address or the name is not known."""
    clients = addresses(graph, want.client)
    proxies = addresses(graph, want.proxy) if want.proxy is not None else frozenset()
    if not clients or not want.names or (want.proxy is not None and not proxies):
        return None
    return Rule(clients, proxies, want.listens, want.tunnel, want.port, want.names)


def test_rules_are_what_each_client_needs_and_nothing_else() -> None:
    proxied = proposed = 0
    for report in every_way():
        graph, made = report.graph, squid(report)
        rules, ports = read(made.data)
        wants = wanted(graph)
        expected = {rule for want in wants if (rule := rule_of(graph, want)) is not None}
        assert rules == expected
        assert {rule.listens for rule in rules} - {None} <= ports
        if any(want.proxy for want in wants):
            proxied += len(rules)
        else:
            proposed += len(rules)
    assert proxied > 150
    assert proposed > 200


def test_each_rule_stands_under_the_flows_it_is_for() -> None:
    for report in every_way(60):
        graph, text = report.graph, squid(report).data.decode()
        found: dict[Rule, set[str]] = {}  # two components may have the same addresses
        lines = re.findall(r"^# (F-.*)\nhttp_access allow (.*)$", text, re.MULTILINE)
        assert len(lines) == text.count("http_access allow")
        for above, rule in lines:
            acls = "\n".join(line for line in text.splitlines() if line.startswith("acl "))
            (one,), _ = read(f"{acls}\nhttp_access allow {rule}\nhttp_access deny all\n".encode())
            found.setdefault(one, set()).update(above.split())
        expected: dict[Rule, set[str]] = {}
        for want in wanted(graph):
            known = rule_of(graph, want)
            if known is not None:
                ends = (want.client, want.proxy), (want.proxy or want.client, want.destination)
                ports = want.listens, want.port
                expected.setdefault(known, set()).update(
                    flow.id
                    for flow in graph.network
                    if flow.transport == "tcp"
                    and ((flow[0], flow[1]), flow.port) in zip(ends, ports, strict=True)
                )
        assert found == expected


def test_every_flow_is_expressed_or_listed() -> None:
    for report in every_way(100):
        graph, made = report.graph, squid(report)
        listed = {each.flow for each in made.inexpressible}
        good = [want for want in wanted(graph) if rule_of(graph, want) is not None]
        firsts = {
            flow.id
            for want in good
            for flow in graph.network
            if flow.key
            == (
                (want.client, want.proxy, want.listens, "tcp")
                if want.proxy
                else (want.client, want.destination, want.port, "tcp")
            )
        }
        lasts = {
            flow.id
            for want in good
            for flow in graph.network
            if flow.key == (want.proxy, want.destination, want.port, "tcp")
        }
        every = {flow.id for flow in graph.flows}
        assert every - listed <= firsts | lasts
        bad = [want for want in wanted(graph) if rule_of(graph, want) is None]
        assert every - firsts - lasts <= listed
        assert not bad or listed
    assert {each.flow for each in squid(sample_reports()["single-vpc"]).inexpressible} == {
        flow.id
        for flow in sample_reports()["single-vpc"].graph.flows
        if flow.destination not in SERVICES or not flow.basis.fqdns
    }


def allows(rules: set[Rule], client: str, local: str, port: int, host: str, *, tunnel: bool) -> bool:
    def inside(address: str, networks: frozenset[str]) -> bool:
        return any(ipaddress.ip_address(address) in ipaddress.ip_network(each) for each in networks)

    return any(
        inside(client, rule.clients)
        and (not rule.proxies or inside(local, rule.proxies))
        and (tunnel in rule.tunnel, rule.port) == (True, port)
        and host in rule.names
        for rule in rules
    )


@pytest.mark.parametrize("name", sample_reports())
def test_hosts_beside_those_permitted_are_denied(name: str) -> None:
    report = sample_reports()[name]
    rules, _ = read(squid(report).data)
    rng = random.Random(name)
    for rule in sorted(rules, key=str):
        client = str(ipaddress.ip_network(rng.choice(sorted(rule.clients)))[0])
        local = str(ipaddress.ip_network(min(rule.proxies or {"192.0.2.1"}))[0])
        host = rng.choice(sorted(rule.names))
        (tunnel,) = rule.tunnel
        assert allows(rules, client, local, rule.port, host, tunnel=tunnel)
        every = {name for each in rules for name in each.names}
        for wrong in {
            f"x.{host}",
            host.split(".", 1)[1],
            f"{host}.example",
            f"x{host}",
            "203.0.113.9",
        } - every:
            assert not allows(rules, client, local, rule.port, wrong, tunnel=tunnel)
        assert not allows(rules, client, local, rule.port, host, tunnel=not tunnel)
        assert not allows(rules, "203.0.113.9", local, rule.port, host, tunnel=tunnel)
        assert not allows(rules, client, local, 8443, host, tunnel=tunnel)


@needs("squid")
def test_squid_parses_every_file_without_a_warning(tmp_path: Path) -> None:
    chosen: list[Report] = [
        *sample_reports().values(),
        *random_reports(RANDOM)[::25],
        *proxied_reports(RANDOM // 2)[::20],
        *harmless_and_hostile(),
    ]
    long = edits.place(sample("single-vpc"), "agent", "a" * 64, (0, 0), "web-subnet")[0]
    placed = long.components[-1]
    long = long.evolve(
        components=(
            *long.components[:-1],
            placed.evolve(id="a" * 64, addresses=("10.20.10.0/24", "10.20.10.9")),
        )
    )
    chosen.append(report_of(long))
    for number, report in enumerate(chosen):
        file = tmp_path / f"{number}.conf"
        file.write_bytes(squid(report).data)
        done = subprocess.run(
            ["squid", "-k", "parse", "-f", file], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        said = [
            line
            for line in done.stderr.splitlines()
            if "| Processing" not in line and "| Startup: " not in line and "Initializ" not in line
        ]
        assert said == []


@pytest.mark.parametrize("name", ["multi-vpc", "air-gapped", "single-vpc"])
def test_nothing_a_user_types_reaches_the_configuration(name: str) -> None:
    plain, hostile = (squid(each).data for each in harmless_and_hostile(name))
    assert without_hash(plain) == without_hash(hostile)


HOW_TO_RUN = """
cache_effective_user proxy
pid_filename {folder}/squid.pid
cache_log {folder}/cache.log
access_log none
hosts_file {folder}/hosts
dns_nameservers 127.0.0.1
forward_max_tries 1
shutdown_lifetime 0 seconds
"""
ASKER = Path(__file__).with_name("asker.py")


@needs("squid", "ip")
@pytest.mark.skipif(os.geteuid() != 0, reason="squid must be started as root to leave root")
@pytest.mark.parametrize("name", ["multi-vpc", "single-vpc"])
def test_squid_itself_permits_what_the_design_needs_and_denies_the_rest(name: str) -> None:
    report = sample_reports()[name]
    data = squid(report).data
    rules, _ = read(data)
    rng = random.Random(name)
    asked: list[tuple[str, str, int, bool, str, int]] = []
    right: list[bool] = []
    names = sorted({each for rule in rules for each in rule.names})
    everyone = sorted({each for rule in rules for each in rule.clients} | {"203.0.113.9/32"})
    place = next((str(ipaddress.ip_network(each)[0]) for rule in rules for each in rule.proxies), "192.0.2.1")
    for number in range(400):
        rule = rng.choice(sorted(rules, key=str))
        client = str(ipaddress.ip_network(rng.choice(sorted(rule.clients if number % 2 else everyone)))[0])
        host = rng.choice(sorted(rule.names) if number % 3 else [*names, "x." + names[0], "203.0.113.80"])
        tunnel = rng.random() < 0.5 if number % 5 == 0 else True in rule.tunnel
        port = rng.choice((80, 443, 8443)) if number % 7 == 0 else rule.port
        asked.append((client, place, 1443, tunnel, host, port))
        right.append(allows(rules, client, place, port, host, tunnel=tunnel))
    with (
        tempfile.TemporaryDirectory() as folder
    ):  # pytest's own folders are closed to the user that squid becomes
        base = Path(folder)
        base.chmod(0o777)
        (base / "hosts").write_text("".join(f"127.0.0.1 {each}\n" for each in names), encoding="utf-8")
        (base / "squid.conf").write_bytes(data + HOW_TO_RUN.format(folder=folder).encode())
        (base / "asked").write_text(json.dumps(asked), encoding="utf-8")
        arguments = [str(ASKER), *(str(base / each) for each in ("squid.conf", "asked", "answer"))]
        done = subprocess.run(
            ["unshare", "-n", sys.executable, *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        found = json.loads((base / "answer").read_text(encoding="utf-8"))
    assert set(found) == {403, 503}
    assert [each == 503 for each in found] == right
    assert 100 < sum(right) < 350

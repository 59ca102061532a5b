"""Random rule sets judged by box arithmetic and by trying packets one at a time; our own exports read back."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from exports.existing.judge import Answer, judge
from exports.existing.read import attachments, read_existing
from exports.existing.rules import Existing
from exports.firewall.iptables import chain, iptables
from exports.firewall.nftables import nftables
from exports.firewall.permits import address_permits
from exports.firewall.rules_csv import rules_csv
from model.derivation.graph import FlowGraph
from tests.exports.existing.point import Opinion, Plain, flow_packets, opinion, random_rules, small_report
from tests.formats.firewall.namespace import needs, run
from tests.formats.firewall.oracle import not_opened, random_reports, sample_reports

SETS = 150


def as_csv(chains: list[list[Plain]]) -> str:
    (rules,) = chains
    lines = ["rule,action,source,destination,protocol,port"]
    for name, verb, sources, destinations, transport, ports, _ in rules:
        port = "any" if ports == (0, 65535) else f"{ports[0]}-{ports[1]}"
        lines.append(f"{name},{verb},{' '.join(sources)},{' '.join(destinations)},{transport},{port}")
    return "\n".join(lines) + "\n"


def as_iptables(chains: list[list[Plain]]) -> str:
    """One line for each pair of networks, as iptables-save prints them; the comment is the rule's name."""
    lines = ["*filter", ":FORWARD DROP [0:0]", *(f":c{n} - [0:0]" for n in range(1, len(chains)))]
    for number, rules in enumerate(chains):
        name = f"c{number}" if number else "FORWARD"
        for rule in rules:
            target = {"permit": "ACCEPT", "deny": "DROP", "return": "RETURN"}.get(rule.verb, f"c{rule.verb}")
            for source in rule.sources:
                for destination in rule.destinations:
                    how = " -i eth0" if rule.doubtful else ""
                    if rule.transport != "any":
                        how += f" -p {rule.transport} -m {rule.transport} --dport {rule.ports[0]}:{rule.ports[1]}"
                    lines.append(
                        f"-A {name} -s {source} -d {destination}{how} -m comment --comment {rule.name} -j {target}"
                    )
    return "\n".join([*lines, "COMMIT", ""])


def as_nft(chains: list[list[Plain]]) -> str:
    """As nft prints rulesets in JSON; every value in a set of its own."""
    verbs: dict[str, object] = {
        "permit": {"accept": None},
        "deny": {"drop": None},
        "return": {"return": None},
    }
    table = {"family": "inet", "table": "t"}
    entries: list[object] = [{"metainfo": {}}, {"table": {"family": "inet", "name": "t"}}]
    for number in range(len(chains)):
        base = {} if number else {"type": "filter", "hook": "forward", "prio": 0, "policy": "drop"}
        entries.append({"chain": {**table, "name": f"c{number}", **base}})
    for number, rules in enumerate(chains):
        for handle, rule in enumerate(rules):
            expression: list[object] = []
            for field, networks in (("saddr", rule.sources), ("daddr", rule.destinations)):
                values = [_nft_network(each) for each in networks]
                left = {"payload": {"protocol": "ip", "field": field}}
                expression.append({"match": {"op": "==", "left": left, "right": {"set": values}}})
            if rule.transport != "any":
                left = {"payload": {"protocol": rule.transport, "field": "dport"}}
                expression.append({"match": {"op": "==", "left": left, "right": {"range": [*rule.ports]}}})
            expression.append(verbs.get(rule.verb, {"jump": {"target": f"c{rule.verb}"}}))
            rest = {"chain": f"c{number}", "handle": handle, "comment": rule.name, "expr": expression}
            entries.append({"rule": {**table, **rest}})
    return json.dumps({"nftables": entries})


def _nft_network(text: str) -> object:
    address, _, length = text.partition("/")
    return {"prefix": {"addr": address, "len": int(length)}} if length else address


def answer(folder: Path, text: str, graph: FlowGraph) -> Answer:
    file = folder / "rules"
    file.write_text(text, encoding="utf-8")
    existing = read_existing([file], graph)
    assert existing.unjudged == ()
    return judge(graph, existing)


def words(found: Answer, chains: list[list[Plain]], how: str) -> Opinion:
    """The answer in the form of an opinion: several lines of one rule count as one."""
    by_name: dict[str, set[str]] = {}
    for rule in found.rules:
        name = rule.label.split()[-1] if how != "csv" else rule.label
        by_name.setdefault(name, set()).add(rule.word)
    known: dict[str, str] = {name: each.word for name, each in found.flows.items() if each.word != "unknown"}
    merged: dict[str, str] = {
        name: "wide"
        if {"needed", "surplus"} <= each
        else next(word for word in ("wide", "needed", "surplus", "hidden") if word in each)
        for name, each in by_name.items()
    }
    return Opinion(known, merged)


def chained(rng: random.Random, rules: list[Plain]) -> list[list[Plain]]:
    """The same kind of rules spread over chains that jump forward, with returns among them."""
    chains: list[list[Plain]] = [[], [], []]
    for rule in rules:
        number = rng.randrange(3)
        verb = rule.verb
        if number < 2 and rng.random() < 0.35:
            verb = str(rng.randrange(number + 1, 3))
        elif number and rng.random() < 0.15:
            verb = "return"
        chains[number].append(rule._replace(verb=verb))
    return chains


def test_rule_lists_are_judged_as_single_packets_find(tmp_path: Path) -> None:
    seen: dict[str, int] = {}
    for seed in range(SETS):
        rng = random.Random(seed)
        report = small_report(rng)
        chains = [random_rules(rng, report.graph, rng.randint(1, 7))]
        found = words(answer(tmp_path, as_csv(chains), report.graph), chains, "csv")
        right = opinion(report.graph, chains)
        assert found == right, seed
        for word in (*found.flows.values(), *found.rules.values()):
            seen[word] = seen.get(word, 0) + 1
    assert set(seen) == {"permitted", "missing", "wide", "needed", "surplus", "hidden"}
    assert min(seen.values()) >= 15


@pytest.mark.parametrize(("how", "write"), [("nft", as_nft)])
def test_chains_that_jump_and_return_are_judged_as_single_packets_find(
    how: str, write: Callable[[list[list[Plain]]], str], tmp_path: Path
) -> None:
    jumps = 0
    for seed in range(SETS):
        rng = random.Random(seed + 1000)
        report = small_report(rng)
        chains = chained(rng, random_rules(rng, report.graph, rng.randint(2, 9)))
        found = words(answer(tmp_path, write(chains), report.graph), chains, how)
        right = opinion(report.graph, chains)
        assert found.flows == right.flows, seed
        used = {name for name, word in right.rules.items() if word != "hidden"}
        assert {name: found.rules[name] for name in used} == {name: right.rules[name] for name in used}, seed
        jumps += sum(rule.verb in ("1", "2", "return") for each in chains for rule in each)
    assert jumps > 100


def test_iptables_lines_are_judged_as_single_packets_find(tmp_path: Path) -> None:
    for seed in range(SETS):
        rng = random.Random(seed + 2000)
        report = small_report(rng)
        whole = chained(rng, random_rules(rng, report.graph, rng.randint(2, 6)))
        single = [
            [
                rule._replace(name=f"{rule.name}-{one}-{other}", sources=(one,), destinations=(other,))
                for rule in rules
                for one in rule.sources
                for other in rule.destinations
            ]
            for rules in whole
        ]
        found = answer(tmp_path, as_iptables(whole), report.graph)
        right = opinion(report.graph, single)
        assert {
            name: each.word for name, each in found.flows.items() if each.word != "unknown"
        } == right.flows


def test_flows_hang_on_rules_that_nobody_can_judge_as_single_packets_find(tmp_path: Path) -> None:
    seen: dict[str, int] = {}
    for seed in range(SETS):
        rng = random.Random(seed + 3000)
        report = small_report(rng)
        single = [
            rule._replace(sources=rule.sources[:1], destinations=rule.destinations[:1])
            for rule in random_rules(rng, report.graph, rng.randint(2, 9))
        ]
        chains = [
            [rule._replace(doubtful=rng.random() < 0.4) for rule in rules] for rules in chained(rng, single)
        ]
        file = tmp_path / "saved"
        file.write_text(as_iptables(chains), encoding="utf-8")
        found, right = judge(report.graph, read_existing([file], report.graph)), opinion(report.graph, chains)
        assert {name: found.flows[name].word for name in right.flows} == right.flows, seed
        told = {each.label.split()[-1]: each.word for each in found.rules if each.word != "unjudged"}
        used = {name for name, word in right.rules.items() if word != "hidden"}
        assert {name: told[name] for name in used} == {name: right.rules[name] for name in used}, seed
        for word in right.flows.values():
            seen[word] = seen.get(word, 0) + 1
    assert set(seen) == {"permitted", "missing", "wide", "unknown"}
    assert seen["unknown"] >= 5


def test_a_rule_that_several_ways_lead_to_has_one_verdict(tmp_path: Path) -> None:
    graph = sample_reports()["single-vpc"].graph
    sources, destinations, number, port = next(iter(flow_packets(graph).values()))
    file = tmp_path / "saved"
    lines = [
        f"-A FORWARD -s {sources[0]} -d {destinations[0]} -p {number} --dport {each} -j web"
        for each in (port, 1)
    ]
    text = "\n".join(["*filter", ":FORWARD DROP [0:0]", ":web - [0:0]", *lines, "-A web -j ACCEPT", "COMMIT"])
    file.write_text(text, encoding="utf-8")
    (rule,) = judge(graph, read_existing([file], graph)).rules
    assert (rule.label, rule.word, bool(rule.flows)) == ("web line 6", "wide", True)


def test_rows_of_one_name_are_told_apart(tmp_path: Path) -> None:
    head = "rule,source,destination,protocol,port\n"
    file = tmp_path / "rules.csv"
    file.write_text(f"{head}web,10.0.0.1,10.0.0.2,tcp,1\nweb,10.0.0.1,any,tcp,2\ndb,any,any,tcp,3\n")
    graph = sample_reports()["single-vpc"].graph
    labels = [each.label for each in judge(graph, read_existing([file], graph)).rules]
    assert labels == ["web row 2", "web row 3", "db"]


def exact(found: Answer, graph: FlowGraph) -> None:
    """Every flow with addresses permitted, nothing missing, too wide or surplus."""
    unknown = {name for name, each in found.flows.items() if each.word == "unknown"}
    assert unknown == not_opened(graph)
    assert {each.word for name, each in found.flows.items() if name not in unknown} <= {"permitted"}
    assert {each.word for each in found.rules} <= {"needed", "hidden", "unjudged"}


def test_our_own_rule_list_permits_the_flows_and_nothing_else(tmp_path: Path) -> None:
    flows = 0
    for report in [*sample_reports().values(), *random_reports(120)]:
        file = tmp_path / "own.csv"
        file.write_bytes(rules_csv(report).data)
        found = judge(report.graph, read_existing([file], report.graph))
        exact(found, report.graph)
        flows += found.count("permitted")
    assert flows > 300


LOAD = """
for file in "$1"/*.nft; do
  nft -f "$file"; nft -j list ruleset >"${file%.nft}.json"
done
"""


@needs("nft")
def test_our_own_ruleset_listed_by_nft_permits_the_flows_and_nothing_else(tmp_path: Path) -> None:
    reports = [*sample_reports().values(), *random_reports(60)]
    for number, report in enumerate(reports):
        (tmp_path / f"{number:04}.nft").write_bytes(nftables(report).data)
    run(LOAD, b"", str(tmp_path))
    for number, report in enumerate(reports):
        found = judge(report.graph, read_existing([tmp_path / f"{number:04}.json"], report.graph))
        exact(found, report.graph)
        assert not [each for each in found.rules if each.word == "unjudged"]


@needs("iptables-restore", "ip6tables-restore", "iptables-save")
def test_our_own_chains_saved_by_iptables_permit_the_flows_of_their_host(tmp_path: Path) -> None:
    report, role = sample_reports()["on-premises"], "relay-1"
    (tmp_path / "own").write_bytes(iptables(report).data)
    jumps = "; ".join(
        f"iptables -A {hook} -j {chain(role, way)}" for hook, way in (("INPUT", "in"), ("OUTPUT", "out"))
    )
    run(f'iptables-restore "$1"/own; {jumps}; iptables-save >"$1"/saved', b"", str(tmp_path))
    found = judge(report.graph, read_existing([tmp_path / "saved"], report.graph, at=role))
    own = {flow.id for flow in report.graph.network if role in flow[:2]} - not_opened(report.graph)
    assert {name for name, each in found.flows.items() if each.word == "permitted"} == own
    assert found.count("missing") == found.count("wide") == 0
    assert "surplus" not in {each.word for each in found.rules}


def test_security_groups_are_judged_at_both_ends(tmp_path: Path) -> None:
    graph = sample_reports()["multi-vpc"].graph
    permit = next(each for each in address_permits(graph).permits if each.flow.transport == "tcp")
    source, destination = permit.flow[:2]

    def group(name: str, way: str, cidrs: tuple[str, ...], low: int, high: int) -> dict[str, object]:
        ranges = [{"CidrIp": each} for each in cidrs]
        entry = {"IpProtocol": "tcp", "FromPort": low, "ToPort": high, "IpRanges": ranges}
        return {"GroupId": f"sg-{name}", "GroupName": f"portchart-host-{name}", way: [entry]}

    def told(*groups: dict[str, object], **attached: tuple[str, ...]) -> str:
        file = tmp_path / "groups.json"
        file.write_text(json.dumps({"SecurityGroups": groups}), encoding="utf-8")
        return judge(graph, read_existing([file], graph, attached=attached)).flows[permit.flow.id].word

    port = permit.flow.port
    out = group(source, "IpPermissionsEgress", permit.destination.v4, port, port)
    into = group(destination, "IpPermissions", permit.source.v4, port, port)
    assert told(out, into) == "permitted"
    assert told(out) == "permitted"
    assert told(group(source, "IpPermissionsEgress", permit.destination.v4, port, port + 1), into) == "wide"
    assert told(out, group(destination, "IpPermissions", ("0.0.0.0/0",), port, port)) == "wide"
    assert told(out, group(destination, "IpPermissions", permit.source.v4, port + 1, port + 1)) == "missing"
    assert told({"GroupId": "sg-x", "GroupName": "web", "IpPermissions": []}) == "unknown"
    unnamed = into | {"GroupId": "sg-x", "GroupName": "web"}
    assert told(unnamed) == "unknown"
    assert told(unnamed, **{"sg-x": (destination,)}) == "permitted"
    peer = into | {"IpPermissions": [{"IpProtocol": "tcp", "FromPort": port, "ToPort": port,
                                      "UserIdGroupPairs": [{"GroupId": f"sg-{source}"}]}]}  # fmt: skip
    assert told(out, peer) == "permitted"


def test_a_group_that_several_components_share_is_judged_at_each_and_its_rules_once(tmp_path: Path) -> None:
    graph = sample_reports()["multi-vpc"].graph
    every = [each for each in address_permits(graph).permits if each.flow.transport == "tcp"]
    one = every[0]
    other = next(each for each in every if each.flow.source != one.flow.source and each[2] != one[2])
    rules = [
        {"IpProtocol": "tcp", "FromPort": each.flow.port, "ToPort": each.flow.port,
         "IpRanges": [{"CidrIp": cidr} for cidr in each.destination.v4]}
        for each in (one, other)
    ]  # fmt: skip
    file = tmp_path / "groups.json"
    group = {"GroupId": "sg-common", "GroupName": "common", "IpPermissionsEgress": rules}
    file.write_text(json.dumps({"SecurityGroups": [group]}), encoding="utf-8")
    texts = [f"sg-common={each.flow.source}" for each in (one, other)]
    found = judge(graph, read_existing([file], graph, attached=attachments(texts)))
    assert {found.flows[each.flow.id].word for each in (one, other)} <= {"permitted", "wide"}
    labels = [each.label for each in found.rules]
    assert len(labels) == len(set(labels)) == sum(len(each.destination.v4) for each in (one, other))
    for each in (one, other):
        rule = next(rule for rule in found.rules if each.flow.id in rule.flows)
        assert rule.word in ("needed", "wide"), "what one of them needs is not surplus"
        assert rule.filter == f"{one.flow.source} out, {other.flow.source} out"


def test_a_policy_that_accepts_opens_too_widely(tmp_path: Path) -> None:
    report = sample_reports()["single-vpc"]
    file = tmp_path / "saved"
    file.write_text("*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT\n", encoding="utf-8")
    found = judge(report.graph, read_existing([file], report.graph))
    assert found.count("wide") == len(flow_packets(report.graph))
    assert [each.word for each in found.rules] == ["wide"]


def test_nothing_given_permits_nothing(tmp_path: Path) -> None:
    report = sample_reports()["single-vpc"]
    found = judge(report.graph, Existing())
    assert {each.word for each in found.flows.values()} == {"unknown"}
    file = tmp_path / "rules.csv"
    file.write_text("source,destination,protocol,port\n", encoding="utf-8")
    found = judge(report.graph, read_existing([file], report.graph))
    assert found.count("missing") == len(report.graph.network) - len(not_opened(report.graph))

"""Rules that nobody can judge from packets alone: flows hang on them where they make the difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.command import main
from exports.existing.judge import judge
from exports.existing.rules import Existing
from model.storage import dump
from tests.exports.existing.test_reading import GRAPH, read
from tests.formats.firewall.oracle import not_opened
from tests.reports import sample


def verdicts(found: Existing) -> dict[str, int]:
    """How many of the flows that have addresses have each verdict."""
    answer = judge(GRAPH, found)
    words = [each.word for name, each in answer.flows.items() if name not in not_opened(GRAPH)]
    return {word: words.count(word) for word in set(words)}


@pytest.mark.parametrize(
    ("rules", "word"),
    [
        (("-i eth0 -j DROP", "-j ACCEPT"), "unknown"),
        (("-i eth0 -j ACCEPT",), "unknown"),
        (("-i eth0 -j other", "-j ACCEPT"), "wide"),
        (("-i eth0 -j other",), "unknown"),
        (("-i eth0 -j RETURN", "-j ACCEPT"), "unknown"),
        (("-i eth0 -j RETURN", "-j DROP"), "missing"),
        (("-i eth0 -j ACCEPT", "-j ACCEPT"), "wide"),
        (("-j NFQUEUE --queue-num 0",), "unknown"),
        (("-j TARPIT --honeypot",), "unknown"),
        (("-i eth0 -p udp --dport 1 -j DROP", "-j ACCEPT"), "wide"),
        (("-p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -j DROP", "-j ACCEPT"), "wide"),
        (("-p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu", "-j ACCEPT"), "wide"),
        (("-m addrtype --dst-type BROADCAST,MULTICAST -j DROP", "-j ACCEPT"), "wide"),
    ],
)
def test_a_flow_hangs_on_a_rule_that_nobody_can_judge_where_that_makes_the_difference(
    rules: tuple[str, ...], word: str, tmp_path: Path
) -> None:
    lines = "".join(f"-A FORWARD {rule}\n" for rule in rules)
    text = f"*filter\n:FORWARD DROP [0:0]\n:other - [0:0]\n{lines}-A other -j ACCEPT\nCOMMIT\n"
    assert set(verdicts(read(tmp_path, text))) == {word}


UFW = """
*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:before - [0:0]
:not-local - [0:0]
:log - [0:0]
:user - [0:0]
-A INPUT -j before
-A INPUT -j user
-A before -i lo -j ACCEPT
-A before -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A before -m conntrack --ctstate INVALID -j log
-A before -m conntrack --ctstate INVALID -j DROP
-A before -p udp -m udp --sport 67 --dport 68 -j ACCEPT
-A before -j not-local
-A not-local -m addrtype --dst-type LOCAL -j RETURN
-A not-local -m addrtype --dst-type MULTICAST -j RETURN
-A not-local -m addrtype --dst-type BROADCAST -j RETURN
-A not-local -m limit --limit 3/min --limit-burst 10 -j log
-A not-local -j DROP
-A log -m limit --limit 3/min --limit-burst 10 -j LOG --log-prefix "[UFW BLOCK] "
-A user -p udp -m udp --dport 53 -j ACCEPT
COMMIT
"""


def test_the_rules_of_ufw_are_judged_at_their_host(tmp_path: Path) -> None:
    answer = judge(GRAPH, read(tmp_path, UFW, at="dns-1"))
    into = {flow.id for flow in GRAPH.network if flow.destination == "dns-1"} - not_opened(GRAPH)
    assert into
    assert {answer.flows[name].word for name in into} == {"wide"}
    assert [each.label for each in answer.rules if each.word == "wide"] == ["user line 24"]


@pytest.mark.parametrize(
    ("condition", "inbound", "passing"),
    [
        ("--dst-type LOCAL", True, True),
        ("--dst-type LOCAL", False, False),
        ("! --dst-type LOCAL", True, False),
        ("! --dst-type LOCAL", False, True),
        ("--dst-type UNICAST", False, True),
        ("--dst-type UNICAST", True, False),
        ("--dst-type LOCAL,UNICAST", True, True),
        ("--dst-type BROADCAST", True, False),
        ("! --dst-type BROADCAST", True, True),
        ("! --dst-type BROADCAST", False, True),
    ],
)
def test_what_kind_of_address_packets_go_to_is_known_at_each_hook(
    condition: str, tmp_path: Path, *, inbound: bool, passing: bool
) -> None:
    rule = f"-m addrtype {condition} -j ACCEPT"
    heads = ":INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT DROP [0:0]"
    text = f"*filter\n{heads}\n-A {'INPUT' if inbound else 'FORWARD'} {rule}\nCOMMIT\n"
    found = read(tmp_path, text, at="dns-1" if inbound else None)
    assert found.unjudged == ()
    assert bool(found.filters[0].steps) is passing


def test_a_flow_says_which_rule_it_hangs_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    design, rules = tmp_path / "design.portchart", tmp_path / "saved"
    design.write_bytes(dump(sample("single-vpc")))
    text = "*filter\n:FORWARD DROP [0:0]\n-A FORWARD -i eth0 -j DROP\n-A FORWARD -j ACCEPT\nCOMMIT\n"
    rules.write_text(text, encoding="utf-8")
    assert main(["as-is", str(design), str(rules)]) == 1
    output = capsys.readouterr().out
    assert "FORWARD line 3: it depends on the interface eth0, which flows do not tell" in output


def test_a_denial_by_name_is_doubtful(tmp_path: Path) -> None:
    head = "rule,action,source_networks,destination_networks,destination_names,transport,port\n"
    found = read(tmp_path, f"{head}1,deny,any,,files.example,any,any\n2,permit,any,any,,any,any\n")
    assert set(verdicts(found)) == {"unknown"}
    assert [each.label for each in found.unjudged] == ["1"]


@pytest.mark.parametrize(
    ("condition", "japanese"),
    [
        ("-i eth0 -p tcp", "インターフェイス eth0 に依存し、通信要件だけでは判定できない"),
        ("-p tcp -m tcp --sport 53", "送信元ポートに依存し、通信要件だけでは判定できない"),
        ("-m recent --set", "--set に依存し、通信要件だけでは判定できない"),
    ],
)
def test_what_decides_beside_flows_is_named_in_japanese_too(
    tmp_path: Path, condition: str, japanese: str
) -> None:
    text = f"*filter\n:FORWARD DROP [0:0]\n-A FORWARD {condition} -j ACCEPT\nCOMMIT\n"
    (verdict,) = judge(GRAPH, read(tmp_path, text)).rules
    assert verdict.reason is not None
    assert verdict.reason.ja == japanese

"""Rules read strictly: what each condition of a format means, and sentences for what is no such file."""

import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import pytest

from exports.command import main
from exports.existing.boxes import Box, common, covered, without
from exports.existing.judge import judge
from exports.existing.matches import complement
from exports.existing.read import read_existing
from exports.existing.rules import Existing
from model.errors import FileError
from model.storage import dump
from tests.exports.existing.point import random_rules, small_report
from tests.exports.existing.test_judge import as_csv, as_iptables, as_nft
from tests.formats.firewall.namespace import needs, run
from tests.formats.firewall.oracle import not_opened, sample_reports
from tests.reports import sample
from tests.soak.mutations import mutated

GRAPH = sample_reports()["single-vpc"].graph


def read(folder: Path, text: str, **more: Any) -> Existing:
    file = folder / "rules"
    file.write_text(text, encoding="utf-8")
    return read_existing([file], GRAPH, **more)


def iptables(folder: Path, rule: str) -> Existing:
    return read(folder, f"*filter\n:FORWARD DROP [0:0]\n-A FORWARD {rule}\nCOMMIT\n")


def only_box(existing: Existing) -> Box:
    (place,) = existing.filters
    (step,) = place.steps
    (box,) = step.boxes
    return box


@pytest.mark.parametrize(
    ("rule", "protocol", "port"),
    [
        ("-p tcp -m tcp --dport 443 -j ACCEPT", (6, 6), (443, 443)),
        ("-p udp --dport 1024:2048 -j ACCEPT", (17, 17), (1024, 2048)),
        ("-p 6 -m multiport --dports 443 -j ACCEPT", (6, 6), (443, 443)),
        ("-m conntrack --ctstate NEW,ESTABLISHED -p tcp -j ACCEPT", (6, 6), (0, 65535)),
        ("-p tcp --sport 1024:65535 --dport 25 -j ACCEPT", (6, 6), (25, 25)),
        ('-p tcp -m comment --comment "a \\"b\\" -j DROP" -j ACCEPT', (6, 6), (0, 65535)),
        ("-p tcp ! --dport 1:65535 -j ACCEPT", (6, 6), (0, 0)),
        ("-p tcp --tcp-flags FIN,SYN SYN -j ACCEPT", (6, 6), (0, 65535)),
        ("-j ACCEPT", (0, 255), (0, 65535)),
    ],
)
def test_conditions_of_iptables(
    rule: str, protocol: tuple[int, int], port: tuple[int, int], tmp_path: Path
) -> None:
    box = only_box(iptables(tmp_path, rule))
    assert (box.protocol, box.port) == (protocol, port)


def test_what_a_rule_says_of_itself_is_shown_beside_its_line(tmp_path: Path) -> None:
    rule = '-p tcp --dport 443 -m comment --comment "F-5KMM9VC3, till May" -j ACCEPT'
    (step,) = iptables(tmp_path, rule).filters[0].steps
    assert step.label == "FORWARD line 3 F-5KMM9VC3, till May"


@pytest.mark.parametrize(
    "rule",
    ["-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT", "-i lo -j ACCEPT", "-p icmp -j ACCEPT",
     "-p icmp -m icmp --icmp-type 8 -j ACCEPT", "-j LOG --log-prefix x", "-m conntrack --ctstate INVALID -j DROP"],
)  # fmt: skip
def test_what_says_nothing_about_new_connections_is_left_out(rule: str, tmp_path: Path) -> None:
    found = iptables(tmp_path, rule)
    assert found.unjudged == ()
    assert found.filters[0].steps == ()


@pytest.mark.parametrize(
    "rule",
    ["-i eth0 -p tcp -j ACCEPT", "-m limit --limit 1/sec -j ACCEPT", "-p tcp --sport 53 -j ACCEPT",
     "-m addrtype --dst-type LOCAL -j ACCEPT", "-m set --match-set x src -j ACCEPT"],
)  # fmt: skip
def test_what_flows_do_not_tell_is_named_and_doubtful(rule: str, tmp_path: Path) -> None:
    found = iptables(tmp_path, rule)
    assert [each.label for each in found.unjudged] == ["FORWARD line 3"]
    (step,) = found.filters[0].steps
    assert step.doubt == found.unjudged[0].reason


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


def test_a_flow_says_which_rule_it_hangs_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    design, rules = tmp_path / "design.portchart", tmp_path / "saved"
    design.write_bytes(dump(sample("single-vpc")))
    text = "*filter\n:FORWARD DROP [0:0]\n-A FORWARD -i eth0 -j DROP\n-A FORWARD -j ACCEPT\nCOMMIT\n"
    rules.write_text(text, encoding="utf-8")
    assert main(["as-is", str(design), str(rules)]) == 1
    output = capsys.readouterr().out
    assert "FORWARD line 3: it depends on the interface eth0, which flows do not tell" in output


@pytest.mark.parametrize("comment", ["http://wiki/a", "see ip6tables", "no ipv6-icmp here"])
def test_a_comment_does_not_make_a_file_one_of_ipv6(comment: str, tmp_path: Path) -> None:
    rule = f'-A FORWARD -p tcp -m comment --comment "{comment}" -j ACCEPT'
    for head in ("", "# Generated by iptables-save v1.8.9 (nf_tables)\n", "# edited\n"):
        found = read(tmp_path, f"{head}*filter\n:FORWARD DROP [0:0]\n{rule}\nCOMMIT\n")
        assert only_box(found).version == 4


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        ("# Generated by ip6tables-save v1.8.9 (nf_tables)\n", "-p tcp -j ACCEPT"),
        ("", "-s 2001:db8::/32 -j ACCEPT"),
        ("", "-p tcp -d fd00::1/128 -j ACCEPT"),
    ],
)
def test_a_file_of_ipv6_is_one(head: str, rule: str, tmp_path: Path) -> None:
    text = f"{head}*filter\n:FORWARD DROP [0:0]\n-A FORWARD {rule}\nCOMMIT\n"
    assert only_box(read(tmp_path, text)).version == 6


def test_both_families_in_one_file_are_two_filters_and_neither_takes_the_place_of_the_other(
    tmp_path: Path,
) -> None:
    def saved(tool: str, port: int) -> str:
        rule = f"-A FORWARD -p tcp -m tcp --dport {port} -j ACCEPT"
        return f"# Generated by {tool}-save v1.8.9\n*filter\n:FORWARD DROP [0:0]\n{rule}\nCOMMIT\n"

    found = read(tmp_path, saved("iptables", 1) + saved("ip6tables", 2))
    assert [(each.name, each.steps[0].boxes[0].port) for each in found.filters] == [
        ("FORWARD IPv4", (1, 1)),
        ("FORWARD IPv6", (2, 2)),
    ]
    with pytest.raises(FileError, match="twice"):
        read(tmp_path, saved("iptables", 1) + saved("iptables", 2))


def test_icmp_in_a_rule_list_is_left_out_as_in_all_others(tmp_path: Path) -> None:
    found = read(tmp_path, "source,destination,protocol,port\nany,any,icmp,any\n")
    assert found.filters[0].steps == ()
    assert judge(GRAPH, found).rules == ()


def test_a_denial_by_name_is_doubtful(tmp_path: Path) -> None:
    head = "rule,action,source_networks,destination_networks,destination_names,transport,port\n"
    found = read(tmp_path, f"{head}1,deny,any,,files.example,any,any\n2,permit,any,any,,any,any\n")
    assert set(verdicts(found)) == {"unknown"}
    assert [each.label for each in found.unjudged] == ["1"]


NFT = """
table inet t {
  set blocked { type ipv4_addr; }
  map verdicts { type inet_service : verdict; elements = { 22 : accept, 25 : drop, 80 : jump web } }
  chain web {
    ip saddr 10.0.0.0/8 accept
  }
  chain c {
    type filter hook forward priority 0; policy drop;
    ct state vmap { established : accept, related : accept, invalid : drop }
    tcp flags & (fin|syn|rst|ack) != syn ct state new drop
    fib daddr type broadcast drop
    meta pkttype multicast drop
    tcp dport vmap @verdicts
    udp dport vmap { 53 : accept, 123-125 : drop }
    ip saddr != @blocked tcp dport 443 accept
    meta l4proto { icmp, tcp } th dport 9 accept
    tcp flags syn / syn,ack tcp dport 10 accept
    tcp flags syn tcp dport 11 accept
    tcp flags & (syn|ack) == syn|ack tcp dport 12 accept
    ip saddr . tcp dport vmap { 10.0.0.1 . 13 : accept }
  }
}
"""


@needs("nft")
def test_verdict_maps_flags_and_empty_sets_as_nft_lists_them(tmp_path: Path) -> None:
    (tmp_path / "own.nft").write_text(NFT, encoding="utf-8")
    run('nft -f "$1"/own.nft; nft -j list ruleset >"$1"/own.json', b"", str(tmp_path))
    found = read_existing([tmp_path / "own.json"], GRAPH)
    (place,) = found.filters
    fourth = [
        (step.action, box.protocol, box.port, step.doubt is not None)
        for step in place.steps
        for box in step.boxes
        if box.version == 4 and (step.action != "skip" or box.port != (0, 65535))
    ]
    assert fourth == [
        ("permit", (6, 6), (22, 22), False),
        ("deny", (6, 6), (25, 25), False),
        ("skip", (6, 6), (80, 80), False),
        ("permit", (0, 255), (0, 65535), False),  # what comes into the chain from 10.0.0.0/8
        ("permit", (17, 17), (53, 53), False),
        ("deny", (17, 17), (123, 125), False),
        ("permit", (6, 6), (443, 443), False),
        ("permit", (6, 6), (9, 9), False),
        ("permit", (6, 6), (10, 10), False),
        ("permit", (6, 6), (11, 11), False),
        ("permit", (0, 255), (0, 65535), True),  # from one address to one port, joined
    ]
    assert len(found.unjudged) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("*filter\n:FORWARD DROP [0:0]\n-A FORWARD -s 10.0.0.300 -j ACCEPT\nCOMMIT\n", "line 3"),
        ("*filter\n:FORWARD DROP [0:0]\n-A FORWARD -p tcp --dport 70000 -j ACCEPT\nCOMMIT\n", "line 3"),
        ('*filter\n:FORWARD DROP [0:0]\n-A FORWARD --comment "x\nCOMMIT\n', "line 3: a quoted text"),
        ("*filter\n:FORWARD DROP [0:0]\n-A FORWARD -j nowhere\nCOMMIT\n", "chain nowhere"),
        ("*filter\n:FORWARD DROP [0:0]\n:a - [0:0]\n-A FORWARD -j a\n-A a -j a\nCOMMIT\n", "circle"),
        ("*filter\n:INPUT DROP [0:0]\nCOMMIT\n", "no chain FORWARD"),
        ("*nat\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n", "no table filter"),
        ("", "row 1"),
        ("a,b\n1,2\n", "names no column source"),
        ("source,destination,protocol,port\n10.0.0.1,10.0.0.2,tcp,\n", "row 2: a cell is empty"),
        ("source,destination,protocol,port\n10.0.0.1,10.0.0.2,tcp,99999\n", "row 2: 99999"),
        ("source,destination,protocol,port\n10.0.0.1/8,10.0.0.2,tcp,1\n", "row 2: 10.0.0.1/8 has host bits"),
        ("source,destination,protocol,port,action\n10.0.0.1,10.0.0.2,tcp,1,maybe\n", "row 2: 'maybe'"),
        ("source,destination,protocol,port\n010.0.0.1,10.0.0.2,tcp,1\n", "row 2"),
        ('source,destination,protocol,port\n"x,y\n', "no CSV file"),
        ("{}", "neither of nft"),
        ('{"nftables": 1}', "nft -j list ruleset"),
        ('{"nftables": [{"metainfo": {}}]}', "no filter chain of the hook forward"),
        ('{"SecurityGroups": [{}]}', "aws ec2 describe-security-groups"),
        ('{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": NaN}]}', "NaN"),
        ("{" * 100, "deep"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        read(tmp_path, text)
    assert sentence in str(caught.value)
    assert str(caught.value).isprintable()


def test_names_of_the_command_line_must_be_in_the_design(tmp_path: Path) -> None:
    for more in ({"at": "nobody"}, {"attached": {"sg-1": ("nobody",)}}):
        with pytest.raises(FileError, match="no component nobody"):
            read(tmp_path, "*filter\n:FORWARD DROP [0:0]\nCOMMIT\n", **more)


def test_a_row_of_names_alone_cannot_be_told(tmp_path: Path) -> None:
    head = "rule,source_networks,destination_networks,destination_names,transport,port\n"
    found = read(tmp_path, f"{head}F-1,10.0.0.1,,files.example,tcp,443\n")
    assert [each.label for each in found.unjudged] == ["F-1"]


def test_chains_that_unfold_without_end_are_refused(tmp_path: Path) -> None:
    lines = ["*filter", ":FORWARD DROP [0:0]", *(f":c{n} - [0:0]" for n in range(30)), "-A FORWARD -j c0"]
    lines += [f"-A c{n} -p tcp --dport {p} -j c{n + 1}" for n in range(29) for p in (1, 2, 3)]
    with pytest.raises(FileError, match="unfold"):
        read(tmp_path, "\n".join([*lines, "COMMIT", ""]))


def test_damaged_files_are_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    rng = random.Random(7)
    report = small_report(rng)
    rules = [random_rules(rng, report.graph, 6)]
    groups = {"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "agent-1", "IpPermissions": [
        {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 9, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]}]}  # fmt: skip
    sources = [as_nft(rules).encode(), json.dumps(groups).encode()]
    texts = [as_csv(rules).encode(), as_iptables(rules).encode()]
    file, refused = tmp_path / "damaged", []
    for number in range(3000):
        if number % 2:
            data = mutated(rng, sources)
        else:
            damaged = bytearray(rng.choice(texts))
            for _ in range(rng.randint(1, 4)):
                damaged[rng.randrange(len(damaged))] = rng.choice(b'"\\\x00\xff-!,:/ \n019az*')
            data = bytes(damaged)
        file.write_bytes(data)
        try:
            judge(report.graph, read_existing([file], report.graph))
        except FileError as error:
            refused.append(str(error))
    assert len(refused) > 500
    assert [message for message in refused if not message.isprintable() or len(message) > 2000] == []


def test_cutting_boxes_loses_and_doubles_nothing() -> None:
    rng = random.Random(3)

    def box() -> Box:
        ends = [tuple(sorted(rng.choices(range(6), k=2))) for _ in range(4)]
        return Box(4, *[(low, high) for low, high in ends])

    for _ in range(2000):
        one, cuts = box(), [box() for _ in range(rng.randint(0, 4))]
        left = [one]
        for cut in cuts:
            left = [piece for each in left for piece in without(each, cut)]
        assert all(common(first, second) is None for n, first in enumerate(left) for second in left[:n])
        assert all(common(piece, cut) is None for piece in left for cut in cuts)
        shared = [both for cut in cuts if (both := common(one, cut)) is not None]
        assert covered([one], shared) == (left == [])
        assert covered([one], [*shared, *left])
    assert complement([(2, 3), (5, 9)], (0, 9)) == [(0, 1), (4, 4)]


def test_the_command_answers_with_words_and_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    design, rules = tmp_path / "design.portchart", tmp_path / "own.csv"
    design.write_bytes(dump(sample("on-premises")))
    assert main(["export", str(design), "--to", "rules-csv", "-o", str(rules), "--accept-inexpressible"]) == 0
    capsys.readouterr()
    assert main(["as-is", str(design), str(rules)]) == 0
    output = capsys.readouterr().out
    assert output.splitlines()[-1].endswith("cannot be told")
    assert "0 missing, 0 permitted too widely" in output
    assert main(["as-is", str(design), str(rules), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {each["as_is"] for each in data["flows"]} == {"permitted", "unknown"}
    lines = rules.read_text(encoding="utf-8-sig").splitlines()
    wide = "extra,permit,zone-x,x,0.0.0.0/0,zone-y,y,0.0.0.0/0,,z,tcp,22,c,d"
    rules.write_text("\n".join([lines[0], *lines[2:], wide]) + "\n", encoding="utf-8")
    assert main(["as-is", str(design), str(rules), "--language", "ja"]) == 1
    output = capsys.readouterr().out
    assert "許可なし" in output
    assert "不要" in output
    assert main(["as-is", str(design), str(tmp_path / "absent")]) == 2
    assert main(["as-is", str(design), str(rules), "--group", "x"]) == 2
    assert "GROUP=COMPONENT" in capsys.readouterr().err


def test_an_export_adds_how_flows_stand(tmp_path: Path) -> None:
    design, rules, table = tmp_path / "d.portchart", tmp_path / "own.csv", tmp_path / "table.csv"
    design.write_bytes(dump(sample("on-premises")))
    assert main(["export", str(design), "--to", "rules-csv", "-o", str(rules), "--accept-inexpressible"]) == 0
    assert main(["export", str(design), "--to", "csv", "-o", str(table), "--as-is", str(rules)]) == 0
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
    unopened = not_opened(sample_reports()["on-premises"].graph)
    assert len(rows) > 20
    for row in rows:
        told = row["Flow ID"] not in unopened
        assert row["As is"] == ("permitted" if told else "cannot be told")
        assert (row["Existing rules"] == row["Flow ID"]) == told
    assert main(["export", str(design), "--to", "svg", "-o", str(tmp_path / "x"), "--as-is", str(rules)]) == 2

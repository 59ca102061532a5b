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
     "-p tcp --tcp-flags FIN,SYN SYN -j ACCEPT", "-m set --match-set x src -j ACCEPT"],
)  # fmt: skip
def test_what_flows_do_not_tell_is_named_and_permits_nothing(rule: str, tmp_path: Path) -> None:
    found = iptables(tmp_path, rule)
    assert [each.label for each in found.unjudged] == ["FORWARD line 3"]
    assert found.filters[0].steps == ()


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
    for more in ({"at": "nobody"}, {"attached": {"sg-1": "nobody"}}):
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

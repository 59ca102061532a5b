"""Security groups and network ACLs, read back from Terraform JSON and CloudFormation, against the flows."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from exports.firewall.artefact import Made
from exports.firewall.cloudformation import cloudformation
from exports.firewall.terraform import terraform
from exports.report import Report
from model.derivation.graph import FlowGraph
from model.editing import edits
from model.errors import ExportError
from tests.formats.firewall.hostile import harmless_and_hostile, without_hash
from tests.formats.firewall.oracle import RANDOM, every_report, opened_by, random_reports, sample_reports
from tests.reports import report_of, sample

CFN_LINT = Path(sys.executable).with_name("cfn-lint")
REPLIES = (1024, 65535)
SERVICES = {
    "workload-security", "smart-protection-network", "update-server", "download-center", "vision-one",
}  # fmt: skip

Ports = tuple[int, int]


class Cloud(NamedTuple):
    """What a template says: (component, direction, transport, ports, network), and the same by zone for ACLs."""

    groups: dict[str, set[tuple[str, str, Ports, str]]]
    acls: dict[str, list[tuple[str, str, Ports, str]]]
    vpcs: dict[str, str]
    said: dict[tuple[str, str, str, Ports, str], tuple[int, frozenset[str]]]


def read_terraform(data: bytes) -> Cloud:
    document = json.loads(data)
    assert set(document) <= {"//", "terraform", "variable", "resource"}
    variables, resources = document["variable"], document.get("resource", {})

    def variable(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        (name,) = re.fullmatch(r"\$\{var\.([a-z0-9-]+)\}", text).groups()  # type: ignore[union-attr] # raises
        return variables[name].get("default", name)

    def owner(kind: str, text: str) -> str:
        (name,) = re.fullmatch(rf"\$\{{{kind}\.([a-z0-9-]+)\.id\}}", text).groups()  # type: ignore[union-attr] # raises
        assert name in resources[kind]
        return name.split("-", 1)[1]

    groups: dict[str, set[tuple[str, str, Ports, str]]] = {}
    vpcs = {}
    for name, group in resources.get("aws_security_group", {}).items():
        assert set(group) == {"name", "description", "vpc_id"}
        groups[name.removeprefix("host-")] = set()
        vpcs[name.removeprefix("host-")] = variable(group["vpc_id"]).removeprefix("vpc-")
    for direction in ("ingress", "egress"):
        for rule in resources.get(f"aws_vpc_security_group_{direction}_rule", {}).values():
            assert re.fullmatch(r"F-[0-9A-Z]{8}( F-[0-9A-Z]{8})*( \+[0-9]+)?", rule["description"])
            name = owner("aws_security_group", rule["security_group_id"])
            network = rule["cidr_ipv6"] if "cidr_ipv6" in rule else rule["cidr_ipv4"]
            entry = (direction, rule["ip_protocol"], (rule["from_port"], rule["to_port"]), network)
            assert entry not in groups[name]
            groups[name].add(entry)
    acls: dict[str, list[tuple[str, str, Ports, str]]] = {}
    for name in resources.get("aws_network_acl", {}):
        acls[name.removeprefix("zone-")] = []
    numbers, said = set(), {}
    for rule in resources.get("aws_network_acl_rule", {}).values():
        name = owner("aws_network_acl", rule["network_acl_id"])
        assert rule["rule_action"] == "allow"
        assert rule["rule_number"] in range(100, 500, 10)  # others find room between
        numbers.add((name, rule["egress"], rule["rule_number"]))
        ports = (variable(rule["from_port"]), variable(rule["to_port"]))
        network = rule["ipv6_cidr_block"] if "ipv6_cidr_block" in rule else rule["cidr_block"]
        entry = ("egress" if rule["egress"] else "ingress", rule["protocol"], ports, network)
        acls[name].append(entry)
        said[name, *entry] = read_said(rule["//"])
    assert len(numbers) == sum(map(len, acls.values()))
    return Cloud(groups, acls, vpcs, said)


def read_cloudformation(data: bytes) -> Cloud:
    document = json.loads(data)
    parameters, resources = document["Parameters"], document["Resources"]

    def plain(name: str) -> str:
        return re.sub("^(Host|Acl|Vpc)", "", name).replace("X", "-")

    def value(port: Any) -> int:
        return int(parameters[port["Ref"]]["Default"] if isinstance(port, dict) else port)

    cloud = Cloud({}, {}, {}, {})
    numbers = set()
    for name, resource in resources.items():
        given = resource.get("Properties", {})
        match resource["Type"]:
            case "AWS::EC2::SecurityGroup":
                rules = cloud.groups[plain(name)] = set()
                assert given["VpcId"]["Ref"] in parameters
                cloud.vpcs[plain(name)] = plain(given["VpcId"]["Ref"])
                for direction in ("ingress", "egress"):
                    for rule in given[f"SecurityGroup{direction.title()}"]:
                        network = rule["CidrIpv6"] if "CidrIpv6" in rule else rule["CidrIp"]
                        entry = (direction, rule["IpProtocol"], (rule["FromPort"], rule["ToPort"]), network)
                        assert entry not in rules
                        rules.add(entry)
                # AWS would add "everything" to a group without outbound rules: never leave that list empty.
                assert given["SecurityGroupEgress"]
                rules.discard(("egress", "tcp", (9, 9), "127.0.0.1/32"))
            case "AWS::EC2::NetworkAcl":
                cloud.acls[plain(name)] = []
                assert document["Outputs"][name]["Value"] == {"Ref": name}
            case "AWS::EC2::NetworkAclEntry":
                assert given["RuleAction"] == "allow"
                acl = given["NetworkAclId"]["Ref"]
                numbers.add((acl, given["Egress"], given["RuleNumber"]))
                ports = (value(given["PortRange"]["From"]), value(given["PortRange"]["To"]))
                network = given["Ipv6CidrBlock"] if "Ipv6CidrBlock" in given else given["CidrBlock"]
                way, transport = (
                    ("ingress", "egress")[given["Egress"]],
                    {6: "tcp", 17: "udp"}[given["Protocol"]],
                )
                cloud.acls[plain(acl)].append((way, transport, ports, network))
                said = read_said(resource["Metadata"]["Portchart"])
                cloud.said[plain(acl), way, transport, ports, network] = said
            case other:
                assert other == "AWS::CloudFormation::WaitConditionHandle"
    assert len(numbers) == sum(map(len, cloud.acls.values()))
    return cloud


def vpc_of(graph: FlowGraph, component: str) -> str | None:
    zones = graph.design.zone_by_id
    zone = graph.zone(component)
    while zone is not None and zones[zone].kind != "vpc":
        zone = zones[zone].parent
    return zone


def expected(graph: FlowGraph) -> Cloud:
    """What AWS must hold, worked out flow by flow."""
    own = [
        each.id
        for each in graph.design.components
        if each.kind in graph.catalog.kind_by_id and each.kind not in SERVICES and vpc_of(graph, each.id)
    ]
    groups: dict[str, set[tuple[str, str, Ports, str]]] = {name: set() for name in own}
    acls: dict[str, set[tuple[str, str, Ports, str]]] = {graph.zone(name) or "": set() for name in own}
    flows: dict[tuple[str, str, str, Ports, str], set[str]] = {}
    for flow in graph.network:
        for opened in opened_by(graph, flow):
            for end, forth, back, networks in (
                (flow.source, "egress", "ingress", opened.destinations),
                (flow.destination, "ingress", "egress", opened.sources),
            ):
                if end not in groups:
                    continue
                for network in networks:
                    groups[end].add((forth, flow.transport, (flow.port, flow.port), network))
                    zone = graph.zone(end) or ""
                    for way, ports in ((forth, (flow.port, flow.port)), (back, REPLIES)):
                        acls[zone].add((way, flow.transport, ports, network))
                        flows.setdefault((zone, way, flow.transport, ports, network), set()).add(flow.id)
    kept: dict[str, list[tuple[str, str, Ports, str]]] = {
        zone: sorted(entries)
        for zone, entries in acls.items()
        if all(sum(each[0] == way for each in entries) <= 40 for way in ("ingress", "egress"))
    }
    said = {key: said_of(ids) for key, ids in flows.items() if key[0] in kept}
    return Cloud(groups, kept, {name: vpc_of(graph, name) or "" for name in own}, said)


def said_of(ids: Collection[str]) -> tuple[int, frozenset[str]]:
    """How many flows an entry is for, and which where they are few enough to be named."""
    return len(ids), frozenset(ids if len(ids) <= 20 else ())


def read_said(text: str) -> tuple[int, frozenset[str]]:
    ids, _, more = text.partition(" +")
    named = frozenset(ids.split())
    return (len(named) + int(more), frozenset()) if more else (len(named), named)


def in_order(cloud: Cloud) -> Cloud:
    return cloud._replace(acls={zone: sorted(entries) for zone, entries in cloud.acls.items()})


@cache
def reports() -> tuple[Report, ...]:
    """The samples and random designs, a good part of whose zones are VPCs."""
    found = list(every_report(0))
    for number, report in enumerate(random_reports(RANDOM)):
        zones = [
            zone.evolve(kind="vpc") if place % 2 == number % 2 else zone
            for place, zone in enumerate(report.design.zones)
        ]
        found.append(report_of(report.design.evolve(zones=tuple(zones)), "both"))
    return tuple(found)


@pytest.mark.parametrize(
    ("write", "read"), [(terraform, read_terraform), (cloudformation, read_cloudformation)], ids=["tf", "cfn"]
)
def test_groups_and_acls_are_those_of_the_flows(
    write: Callable[[Report], Made], read: Callable[[bytes], Cloud]
) -> None:
    rules = entries = 0
    for report in reports():
        graph, made = report.graph, write(report)
        cloud = in_order(read(made.data))
        assert cloud == expected(graph)
        touching = {
            flow.id
            for flow in graph.network
            if opened_by(graph, flow) and (vpc_of(graph, flow.source) or vpc_of(graph, flow.destination))
            and {flow.source, flow.destination} & set(cloud.groups)
        }  # fmt: skip
        assert {each.flow for each in made.inexpressible} == {flow.id for flow in graph.flows} - touching
        rules += sum(map(len, cloud.groups.values()))
        entries += sum(map(len, cloud.acls.values()))
    assert rules > 500
    assert entries > 500


def test_terraform_evaluates_nothing_but_our_own_references() -> None:
    for report in (*reports(), *harmless_and_hostile()):
        text = terraform(report).data.decode()
        found = set(re.findall(r"[$%]\{[^}]*\}?", text))
        pattern = r"\$\{(var\.[a-z0-9-]+|aws_(security_group|network_acl)\.[a-z0-9-]+\.id)\}"
        assert [each for each in found if not re.fullmatch(pattern, each)] == []


@pytest.mark.parametrize("write", [terraform, cloudformation])
@pytest.mark.parametrize("name", ["multi-vpc", "on-premises", "single-vpc"])
def test_nothing_a_user_types_reaches_the_templates(write: Callable[[Report], Made], name: str) -> None:
    plain, hostile = (write(each).data for each in harmless_and_hostile(name))
    assert without_hash(plain) == without_hash(hostile)


@pytest.mark.skipif(not CFN_LINT.exists(), reason="needs cfn-lint")
def test_cfn_lint_finds_nothing_to_say(tmp_path: Path) -> None:
    chosen = [*sample_reports().values(), *reports()[4::40]]
    for number, report in enumerate(chosen):
        (tmp_path / f"{number}.template.json").write_bytes(cloudformation(report).data)
    files = sorted(map(str, tmp_path.iterdir()))
    regions = ("us-gov-west-1", "us-gov-east-1", "us-east-1")
    done = subprocess.run(
        [CFN_LINT, "--include-checks", "I", "--regions", *regions, "--", *files],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(files) >= 12


def test_an_acl_that_aws_would_not_accept_is_left_out_and_named() -> None:
    design = sample("single-vpc")
    many = tuple(f"10.99.{n}.1" for n in range(41))
    report = report_of(edits.change_component(design, "dns-1", addresses=many), "en")
    cloud = read_terraform(terraform(report).data)
    zones = {zone.id for zone in design.zones if zone.parent == "vpc-case-management"}
    assert zones - set(cloud.acls) == {"web-subnet", "application-subnet", "database-subnet"}
    notes = json.loads(terraform(report).data)["//"]
    assert [line.split()[4].rstrip(":") for line in notes if line.startswith("No network ACL")] == sorted(
        zones - set(cloud.acls)
    )
    assert cloud.groups == expected(report.graph).groups


@pytest.mark.parametrize(("addresses", "quota"), [(20, False), (21, True), (40, True)])
def test_an_acl_over_the_usual_quota_is_named(addresses: int, quota: bool) -> None:
    many = tuple(f"10.99.{n}.1" for n in range(addresses))
    design = edits.change_component(sample("single-vpc"), "dns-1", addresses=many)
    design = edits.delete(design, {"ntp-1"})
    notes = json.loads(terraform(report_of(design, "en")).data)["//"]
    told = f"The network ACL for web-subnet has {addresses} entries in one direction; the usual quota of AWS is 20."
    assert (told in notes) == quota


@pytest.mark.parametrize("gone", [set(), {"ntp-1"}])
def test_who_asks_for_the_time_from_port_123_is_warned(gone: set[str]) -> None:
    report = report_of(edits.delete(sample("single-vpc"), gone), "en")
    asks = any(flow.port == 123 for flow in report.graph.network)
    assert asks == (not gone)
    notes = json.loads(terraform(report).data)["//"]
    assert any("NTP clients that ask from port 123" in note for note in notes) == asks


def test_a_template_that_aws_would_not_accept_is_refused() -> None:
    design = sample("single-vpc")
    for number in range(500):
        design, _ = edits.place(design, "agent", f"agent {number}", (0, 0), "web-subnet")
    with pytest.raises(ExportError, match="aws-terraform"):
        cloudformation(report_of(design))


def test_a_template_that_aws_accepts_only_from_s3_says_so_and_a_longer_one_is_refused() -> None:
    design = sample("single-vpc")
    said = "AWS accepts templates of more than 51,200 bytes, such as this one, from S3 only."
    for number in range(60):
        data = cloudformation(report_of(design)).data
        assert (said in json.loads(data)["Metadata"]["Portchart"]) == (len(data) > 51_200)
        if len(data) > 52_000:
            break
        design, _ = edits.place(design, "agent", f"agent {number}", (0, 0), "web-subnet")
        design = edits.change_component(design, f"agent-{number}", addresses=(f"10.20.10.{number + 130}",))
    assert len(data) > 52_000
    many = tuple(f"10.{one}.{two}.1" for one in range(30, 60) for two in range(0, 200, 2))
    with pytest.raises(ExportError, match="1,000,000 bytes"):
        cloudformation(report_of(edits.change_component(design, "dns-1", addresses=many)))

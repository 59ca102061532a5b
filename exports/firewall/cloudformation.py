"""AWS security groups and network ACLs as a CloudFormation template in JSON, the same content as for Terraform.

Logical ids may hold letters and digits only: a hyphen in an id becomes X, which ids never hold.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from exports.firewall.artefact import Made
from exports.firewall.aws import EPHEMERAL, Account, Entry, NetworkAcl, Rule, account, described, is_v6
from exports.firewall.heading import heading
from exports.report import Report
from model.errors import ExportError
from model.frozen import Bilingual
from model.sentences import told

Data = dict[str, Any]

MOST_RESOURCES = 500
MOST_BYTES = 1_000_000
"""What AWS accepts in one template."""
MOST_DIRECT = 51_200
"""The bytes of a template that AWS accepts other than from S3."""
FROM_S3 = Bilingual(
    en=f"AWS accepts templates of more than {MOST_DIRECT:,} bytes, such as this one, from S3 only.",
    ja=f"{MOST_DIRECT:,} バイトを超えるテンプレートのため、AWS では S3 から読み込むこと。",
)

_NUMBERS = {"tcp": 6, "udp": 17}
_NOTHING = {
    "Description": "Stands in for the default rule, which would permit everything outbound",
    "IpProtocol": "tcp",
    "FromPort": 9,
    "ToPort": 9,
    "CidrIp": "127.0.0.1/32",
}
"""AWS adds a rule that permits all outbound traffic to a group that has no outbound rule; this one reaches nobody."""
_EMPTY: Data = {"Nothing": {"Type": "AWS::CloudFormation::WaitConditionHandle"}}
"""A template must hold a resource; this one makes nothing."""


def cloudformation(report: Report) -> Made:
    """A template. The reader gives the ids of VPCs as parameters and attaches the ACLs that the outputs name.

    Raises ExportError where AWS accepts no template of that size.
    """
    found = account(report.graph)
    resources = _security_groups(found) | _acls(found) or _EMPTY
    if len(resources) > MOST_RESOURCES:
        raise ExportError(
            told(
                "CloudFormation accepts {most} resources in a template and this design "
                "needs {count}; use aws-terraform, or split the design.",
                most=MOST_RESOURCES,
                count=len(resources),
            )
        )
    text = _template(report, found, resources, found.notes)
    if len(text) > MOST_DIRECT:
        text = _template(report, found, resources, (*found.notes, FROM_S3))
    if len(text) > MOST_BYTES:
        raise ExportError(
            told(
                "CloudFormation accepts {most:,} bytes in a template and this design "
                "needs {count:,}; use aws-terraform, or split the design.",
                most=MOST_BYTES,
                count=len(text),
            )
        )
    return Made(text.encode("ascii"), found.inexpressible)


def _template(report: Report, found: Account, resources: Data, notes: Sequence[Bilingual]) -> str:
    data: Data = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "Exactly the flows that Portchart derived; Metadata lists those not expressed",
        # AWS keeps templates in ASCII where it shows them, so the head is in English.
        "Metadata": {"Portchart": heading(report, notes, found.inexpressible, "en")},
        "Parameters": _parameters(found),
        "Resources": resources,
    }
    if found.acls:
        data["Outputs"] = {
            logical("Acl", acl.zone): {
                "Description": f"Network ACL to associate with the subnets of the zone {acl.zone}",
                "Value": {"Ref": logical("Acl", acl.zone)},
            }
            for acl in found.acls
        }
    return json.dumps(data, indent=2, allow_nan=False) + "\n"


def logical(what: str, name: str) -> str:
    """A logical id for an id; different ids stay different."""
    return what + name.replace("-", "X")


def _parameters(found: Account) -> Data:
    data: Data = {
        logical("Vpc", vpc): {"Type": "AWS::EC2::VPC::Id", "Description": f"The VPC {vpc}"}
        for vpc in found.vpcs
    }
    if any(entry.port is None for acl in found.acls for _, entry, _ in acl.entries):
        for name, port in zip(("First", "Last"), EPHEMERAL, strict=True):
            data[f"Ephemeral{name}"] = {
                "Type": "Number",
                "Default": port,
                "MinValue": EPHEMERAL[0],
                "MaxValue": EPHEMERAL[1],
                "Description": f"The {name.lower()} port that replies go to",
            }
    return data


def _security_groups(found: Account) -> Data:
    data: Data = {}
    for group in found.groups:
        rules: dict[str, list[Data]] = {"ingress": [], "egress": []}
        for rule, flows in group.rules:
            rules[rule.direction].append(_rule(rule, flows))
        data[logical("Host", group.component)] = {
            "Type": "AWS::EC2::SecurityGroup",
            "Properties": {
                "GroupDescription": f"Portchart {group.component}",
                "GroupName": f"portchart-{group.name}",
                "VpcId": {"Ref": logical("Vpc", group.vpc)},
                "SecurityGroupIngress": rules["ingress"],
                "SecurityGroupEgress": rules["egress"] or [_NOTHING],
            },
        }
    return data


def _rule(rule: Rule, flows: tuple[str, ...]) -> Data:
    return {
        "Description": described(flows),
        "IpProtocol": rule.transport,
        "FromPort": rule.port,
        "ToPort": rule.port,
        "CidrIpv6" if is_v6(rule.network) else "CidrIp": rule.network,
    }


def _acls(found: Account) -> Data:
    data: Data = {}
    for acl in found.acls:
        name = logical("Acl", acl.zone)
        data[name] = {
            "Type": "AWS::EC2::NetworkAcl",
            "Properties": {
                "VpcId": {"Ref": logical("Vpc", acl.vpc)},
                "Tags": [{"Key": "Name", "Value": f"portchart-zone-{acl.zone}"}],
            },
        }
        for number, entry, flows in acl.entries:
            data[f"{name}{entry.direction.title()}{number}"] = _entry(acl, number, entry, flows)
    return data


def _entry(acl: NetworkAcl, number: int, entry: Entry, flows: tuple[str, ...]) -> Data:
    first, last = (entry.port or {"Ref": f"Ephemeral{end}"} for end in ("First", "Last"))
    return {
        "Type": "AWS::EC2::NetworkAclEntry",
        "Metadata": {"Portchart": described(flows)},
        "Properties": {
            "NetworkAclId": {"Ref": logical("Acl", acl.zone)},
            "Egress": entry.direction == "egress",
            "RuleNumber": number,
            "RuleAction": "allow",
            "Protocol": _NUMBERS[entry.transport],
            "PortRange": {"From": first, "To": last},
            "Ipv6CidrBlock" if is_v6(entry.network) else "CidrBlock": entry.network,
        },
    }

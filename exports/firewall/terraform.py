"""AWS security groups and network ACLs as Terraform JSON.

Terraform evaluates `${…}` and `%{…}` in any string: every string is either an expression written here or made of ids,
networks and numbers. Resources are named after what they hold, so that a plan shows just what changes.
"""

from __future__ import annotations

import json
from typing import Any

from exports.firewall.artefact import Made
from exports.firewall.aws import EPHEMERAL, Account, Entry, account, described, is_v6
from exports.firewall.heading import heading
from exports.report import Report

Data = dict[str, Any]

_PROVIDER = {"aws": {"source": "hashicorp/aws", "version": ">= 5.0"}}
_KINDS = {"ingress": "aws_vpc_security_group_ingress_rule", "egress": "aws_vpc_security_group_egress_rule"}


def terraform(report: Report) -> Made:
    """A `.tf.json` file. The reader gives the ids of VPCs and subnets as variables."""
    found = account(report.graph)
    resources: dict[str, Data] = {}
    _security_groups(found, resources)
    _acls(found, resources)
    data: Data = {
        "//": heading(report, found.notes, found.inexpressible),
        "terraform": {"required_providers": _PROVIDER},
        "variable": _variables(found),
    }
    if resources:
        data["resource"] = {kind: resources[kind] for kind in sorted(resources)}
    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return Made(text.encode(), found.inexpressible)


def _variables(found: Account) -> Data:
    data: Data = {
        f"vpc-{vpc}": {"type": "string", "description": f"Id of the VPC {vpc}"} for vpc in found.vpcs
    }
    for acl in found.acls:
        data[f"subnets-{acl.zone}"] = {
            "type": "list(string)",
            "description": f"Ids of the subnets of the zone {acl.zone}",
        }
    for name, port in zip(("first", "last"), EPHEMERAL, strict=True):
        data[f"ephemeral-{name}"] = {
            "type": "number",
            "default": port,
            "description": f"The {name} port that replies go to",
        }
    return data


def _security_groups(found: Account, resources: dict[str, Data]) -> None:
    for group in found.groups:
        # Without any rule of its own a group made by Terraform permits nothing, outbound included.
        resources.setdefault("aws_security_group", {})[group.name] = {
            "name": f"portchart-{group.name}",
            "description": f"Portchart {group.component}",
            "vpc_id": f"${{var.vpc-{group.vpc}}}",
        }
        for rule, flows in group.rules:
            name = f"{group.name}_{rule.service}_{_identifier(rule.network)}"
            resources.setdefault(_KINDS[rule.direction], {})[name] = {
                "security_group_id": f"${{aws_security_group.{group.name}.id}}",
                "description": described(flows),
                "ip_protocol": rule.transport,
                "from_port": rule.port,
                "to_port": rule.port,
                "cidr_ipv6" if is_v6(rule.network) else "cidr_ipv4": rule.network,
            }


def _acls(found: Account, resources: dict[str, Data]) -> None:
    for acl in found.acls:
        name = f"zone-{acl.zone}"
        resources.setdefault("aws_network_acl", {})[name] = {
            "vpc_id": f"${{var.vpc-{acl.vpc}}}",
            "subnet_ids": f"${{var.subnets-{acl.zone}}}",
            "tags": {"Name": f"portchart-{name}"},
        }
        for number, entry, flows in acl.entries:
            resources.setdefault("aws_network_acl_rule", {})[_entry_name(name, entry)] = {
                "//": described(flows),
                "network_acl_id": f"${{aws_network_acl.{name}.id}}",
                "egress": entry.direction == "egress",
                "rule_number": number,
                "rule_action": "allow",
                "protocol": entry.transport,
                "from_port": entry.port or "${var.ephemeral-first}",
                "to_port": entry.port or "${var.ephemeral-last}",
                "ipv6_cidr_block" if is_v6(entry.network) else "cidr_block": entry.network,
            }


def _entry_name(name: str, entry: Entry) -> str:
    what = f"{entry.transport}-{entry.port}" if entry.port is not None else f"{entry.transport}-replies"
    return f"{name}_{entry.direction}_{what}_{_identifier(entry.network)}"


def _identifier(network: str) -> str:
    """A network in the characters of a name; different networks stay different."""
    return network.replace(".", "-").replace(":", "_").replace("/", "--")

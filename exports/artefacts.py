"""The rules and scripts that can be written, as a table. What makes a file is loaded when it is used."""

from __future__ import annotations

from exports.firewall.artefact import Artefact, Made
from exports.firewall.vendors import VENDORS, Vendor
from exports.report import Report
from model.frozen import Bilingual


def _nftables(report: Report) -> Made:
    from exports.firewall.nftables import nftables

    return nftables(report)


def _terraform(report: Report) -> Made:
    from exports.firewall.terraform import terraform

    return terraform(report)


def _cloudformation(report: Report) -> Made:
    from exports.firewall.cloudformation import cloudformation

    return cloudformation(report)


def _squid(report: Report) -> Made:
    from exports.firewall.squid import squid

    return squid(report)


def _pac(report: Report) -> Made:
    from exports.firewall.pac import pac

    return pac(report)


def _windows(report: Report) -> Made:
    from exports.firewall.windows import windows

    return windows(report)


def _iptables(report: Report) -> Made:
    from exports.firewall.iptables import iptables

    return iptables(report)


def _firewalld(report: Report) -> Made:
    from exports.firewall.firewalld import firewalld

    return firewalld(report)


def _rules_csv(report: Report) -> Made:
    from exports.firewall.rules_csv import rules_csv

    return rules_csv(report)


def _tests_shell(report: Report) -> Made:
    from exports.connectivity.shell import shell

    return shell(report)


def _tests_powershell(report: Report) -> Made:
    from exports.connectivity.powershell import powershell

    return powershell(report)


def _vendor(vendor: Vendor) -> Artefact:
    def make(report: Report) -> Made:
        from exports.firewall.aerleon_policy import rendered

        return rendered(report, vendor)

    return Artefact(vendor.id, vendor.extension, "text/plain", vendor.name, make)


VENDOR_ARTEFACTS: tuple[Artefact, ...] = tuple(map(_vendor, VENDORS))
"""Those that need the extra `firewall`, in the order of VENDORS."""

ARTEFACTS: tuple[Artefact, ...] = (
    Artefact(
        "nftables",
        ".nft",
        "text/plain",
        Bilingual(
            en="nftables: a table of its own, a chain per host role",
            ja="nftables: 専用テーブル、ホストの役割ごとのチェーン",
        ),
        _nftables,
    ),
    Artefact(
        "aws-terraform",
        ".tf.json",
        "application/json",
        Bilingual(
            en="AWS, Terraform JSON: security groups and network ACLs",
            ja="AWS（Terraform JSON）: セキュリティグループとネットワークACL",
        ),
        _terraform,
    ),
    Artefact(
        "aws-cloudformation",
        ".template.json",
        "application/json",
        Bilingual(
            en="AWS, CloudFormation: security groups and network ACLs",
            ja="AWS（CloudFormation）: セキュリティグループとネットワークACL",
        ),
        _cloudformation,
    ),
    Artefact(
        "squid",
        ".squid.conf",
        "text/plain",
        Bilingual(
            en="squid: the web proxies' allow-list, by exact name",
            ja="squid: Webプロキシの許可リスト（完全一致の名前）",
        ),
        _squid,
    ),
    Artefact(
        "pac",
        ".pac",
        "application/x-ns-proxy-autoconfig",
        Bilingual(
            en="Proxy auto-config: who uses which web proxy", ja="プロキシ自動設定: 使用する Webプロキシ"
        ),
        _pac,
    ),
    Artefact(
        "windows-firewall",
        ".ps1",
        "text/plain",
        Bilingual(
            en="Windows Defender Firewall: a PowerShell script with each host role's rules",
            ja="Windows Defender ファイアウォール: ホストの役割ごとのルールを設定する PowerShell スクリプト",
        ),
        _windows,
    ),
    Artefact(
        "iptables",
        ".iptables",
        "text/plain",
        Bilingual(
            en="iptables and ip6tables: two chains per host role",
            ja="iptables・ip6tables: ホストの役割ごとに 2 つのチェーン",
        ),
        _iptables,
    ),
    Artefact(
        "firewalld",
        ".firewalld.sh",
        "text/plain",
        Bilingual(
            en="firewalld: a shell script with two policies for each host role",
            ja="firewalld: ホストの役割ごとに 2 つのポリシーを設定するシェルスクリプト",
        ),
        _firewalld,
    ),
    Artefact(
        "rules-csv",
        ".rules.csv",
        "text/csv",
        Bilingual(
            en="CSV: a generic rule list, with networks and names",
            ja="CSV: 汎用ルール一覧（ネットワークと名前）",
        ),
        _rules_csv,
    ),
    Artefact(
        "tests-shell",
        ".tests.sh",
        "text/plain",
        Bilingual(
            en="Connectivity tests: a POSIX shell script that tries each source's flows",
            ja="疎通試験: 送信元ごとの通信を試す POSIX シェルスクリプト",
        ),
        _tests_shell,
    ),
    Artefact(
        "tests-powershell",
        ".tests.ps1",
        "text/plain",
        Bilingual(
            en="Connectivity tests: a PowerShell script that tries each source's flows",
            ja="疎通試験: 送信元ごとの通信を試す PowerShell スクリプト",
        ),
        _tests_powershell,
    ),
    *VENDOR_ARTEFACTS,
)

"""Reads the configurations of vendors back, each by a grammar of its own: what every rule opens, by the rule's name."""

from __future__ import annotations

import re
import shlex
import socket
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any, NamedTuple
from xml.etree import ElementTree

Pairs = frozenset[tuple[str, str]]


class Rule(NamedTuple):
    """`pairs`: source and destination networks, or names as destinations. `ends`: the zones.

    `replies`: from the port to high ports instead. `disabled`: it opens nothing as it stands.
    """

    pairs: Pairs
    transport: str
    port: int
    ends: tuple[str, str] | None = None
    replies: bool = False
    disabled: bool = False


Rules = dict[str, Rule]
NAMED_PORTS = {"www": 80, "https": 443, "domain": 53, "ntp": 123, "syslog": 514, "ldap": 389, "ldaps": 636}
HIGH = (1024, 65535)


def network(text: str) -> str:
    return str(ip_network(text))


# Cisco: one access list entry a line, under a remark with the name of the rule


def _address(words: list[str], objects: dict[str, str]) -> str:
    word = words.pop(0)
    if word == "object":
        return objects[words.pop(0)]
    assert word not in ("any", "any4", "any6")
    if word == "host":
        return network(words.pop(0))
    return network(word if "/" in word else f"{word}/{words.pop(0)}")


def _ports(words: list[str], transport: str) -> tuple[int, int] | None:
    def number(word: str) -> int:
        if word.isdigit():
            return int(word)
        return NAMED_PORTS.get(word) or socket.getservbyname(word, transport)

    if words[:1] == ["eq"]:
        words.pop(0)
        one = number(words.pop(0))
        return one, one
    if words[:1] == ["range"]:
        words.pop(0)
        return number(words.pop(0)), number(words.pop(0))
    return None


def cisco(text: str) -> Rules:
    found: dict[str, Rule] = {}
    objects: dict[str, str] = {}
    name = defined = ""
    for line in text.splitlines():
        words = line.removeprefix("access-list portchart ").split()
        if not words or words[0] in ("!", "no", "exit", "clear") or words[0] in ("ip", "ipv4", "ipv6"):
            continue
        if words[:2] == ["object", "network"]:
            defined = words[2]
            assert defined not in objects
            continue
        if words[0] == "fqdn":
            assert words[1] == "v4"
            objects[defined] = words[2]
            continue
        if words[0] == "remark":
            if words[1].startswith("F-"):
                name = words[1]
            else:
                assert re.fullmatch("[a-z0-9, -]+", " ".join(words[1:]))  # the ends, maybe wrapped
            continue
        if words[0] == "extended":
            words.pop(0)
        assert words.pop(0) == "permit"
        transport = words.pop(0)
        source, source_port = _address(words, objects), _ports(words, transport)
        destination, port = _address(words, objects), _ports(words, transport)
        replies = source_port is not None
        disabled = words[-1:] == ["inactive"]
        words = words[: len(words) - disabled]
        assert words == (["established"] if replies and transport == "tcp" else [])
        if replies:
            assert port == HIGH
            port = source_port
        assert port is not None
        assert port[0] == port[1]
        rule = Rule(frozenset({(source, destination)}), transport, port[0], None, replies, disabled)
        before = found.get(name, rule)
        assert before[1:] == rule[1:]
        found[name] = rule._replace(pairs=before.pairs | rule.pairs)
    return found


# Junos: statements in braces

Statement = tuple[list[str], "list[Any]"]


def statements(text: str) -> list[Statement]:
    words = iter(re.findall(r"[{};\[\]]|[^\s{};\[\]]+", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)))

    def block() -> Iterator[Statement]:
        current: list[str] = []
        for word in words:
            if word == "}":
                assert current == []
                return
            if word in ";{":
                yield current, list(block()) if word == "{" else []
                current = []
            else:
                current = [*current, word]

    return list(block())


def below(block: list[Statement], *path: str) -> list[Statement]:
    """The statements under those that start with the words of a path, `replace:` left out."""
    for name in path:
        block = [each for words, inside in block if name in words[:2] for each in inside]
    return block


def junos(text: str) -> Rules:
    found: Rules = {}
    for words, terms in (each for family in below(statements(text), "firewall") for each in family[1]):
        assert words[:2] == ["replace:", "filter"]
        for (kind, *rest), inside in terms:
            if kind == "interface-specific":
                continue
            assert kind == "term"
            match = {words[0]: (words[1:], block) for words, block in below(inside, "from")}
            assert [words for words, _ in inside if words[0] == "then"] == [["then", "accept"]]
            sources, destinations = (
                [network(words[0]) for words, _ in match.pop(f"{end}-address")[1]]
                for end in ("source", "destination")
            )
            (transport,) = (match.pop("protocol", None) or match.pop("next-header"))[0]
            port = match.pop("destination-port")[0]
            replies = "source-port" in match
            if replies:
                assert port == ["1024-65535"]
                port = match.pop("source-port")[0]
                assert set(match) == ({"tcp-established"} if transport == "tcp" else set())
            else:
                assert match == {}
            pairs = frozenset((one, other) for one in sources for other in destinations)
            found[rest[0]] = Rule(pairs, transport, int(port[0]), None, replies)
    return found


def srx(text: str) -> Rules:
    everything = statements(text)
    book = below(everything, "security", "address-book", "global")
    addresses = {words[1]: _srx_address(words, inside) for words, inside in book if words[0] == "address"}
    sets = {words[1]: [each[0][1] for each in inside] for words, inside in book if words[0] == "address-set"}
    applications = below(everything, "applications")
    assert len(applications) == len({(words[0], words[1]) for words, _ in applications})
    single = {words[1]: inside[0][0] for words, inside in applications if words[0] == "application"}
    groups = {
        words[1]: [each[0][1] for each in inside]
        for words, inside in applications
        if words[0] == "application-set"
    }
    found: Rules = {}
    for words, policies in below(everything, "security", "policies"):
        assert (words[0], words[2]) == ("from-zone", "to-zone")
        for beginning, inside in policies:
            disabled = beginning[0] == "inactive:"
            kind, name = beginning[disabled:]
            assert kind == "policy"
            assert below(inside, "then") == [(["permit"], []), (["log"], [(["session-close"], [])])]
            match = {
                each[0][0]: [word for word in each[0][1:] if word not in "[]"]
                for each in below(inside, "match")
            }
            ends = [
                [addresses[one] for group in match[f"{end}-address"] for one in sets[group]]
                for end in ("source", "destination")
            ]
            (application,) = (one for group in match["application"] for one in groups[group])
            term = single[application]
            assert term[:3] == ["term", "t1", "protocol"]
            assert term[4] == "destination-port"
            assert match["application"] == [f"{term[3]}-{term[5]}"]
            pairs = frozenset((one, other) for one in ends[0] for other in ends[1])
            assert name not in found
            found[name] = Rule(pairs, term[3], int(term[5]), (words[1], words[3]), False, disabled)
    return found


def _srx_address(words: list[str], inside: list[Statement]) -> str:
    if len(words) == 3:
        return network(words[2])
    (((word, name), _),) = inside
    assert word == "dns-name"
    return name


# Palo Alto Networks: XML


def palo_alto(text: str) -> Rules:
    root = ElementTree.fromstring(text)
    (system,) = root.iterfind("devices/entry/vsys/entry")
    addresses = {
        entry.get("name"): entry.findtext("fqdn") or network(entry.findtext("ip-netmask") or "")
        for entry in system.iterfind("address/entry")
    }
    groups = {
        entry.get("name"): [addresses[member.text] for member in entry.iterfind("static/member")]
        for entry in system.iterfind("address-group/entry")
    }
    defined = list(system.iterfind("service/entry"))
    services = {entry.get("name"): entry.find("protocol") for entry in defined}
    assert len(services) == len(defined)
    found: Rules = {}
    for entry in system.iterfind("rulebase/security/rules/entry"):
        members = {child.tag: [member.text for member in child.iterfind("member")] for child in entry}
        assert entry.findtext("action") == "allow"
        assert members["application"] == ["any"]  # a rule is bound by address and port
        assert entry.findtext("log-end") == "yes"
        ends = [[one for group in members[end] for one in groups[group]] for end in ("source", "destination")]
        (service,) = members["service"]
        protocol = services[service]
        assert protocol is not None
        (transport,) = protocol
        pairs = frozenset((one, other) for one in ends[0] for other in ends[1])
        (one,), (other,) = members["from"], members["to"]
        port = int(transport.findtext("port") or "")
        assert service == f"{transport.tag}-{port}"
        assert entry.findtext("disabled") in (None, "yes")
        found[entry.get("name") or ""] = Rule(
            pairs, transport.tag, port, (one or "", other or ""), False, entry.find("disabled") is not None
        )
    return found


# FortiGate: config, edit, set, next, end


def sections(text: str) -> dict[str, dict[str, dict[str, list[str]]]]:
    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    entries: dict[str, dict[str, list[str]]] = {}
    entry: dict[str, list[str]] = {}
    for line in text.splitlines():
        words = shlex.split(line, comments=True)
        match words:
            case ["config", *rest]:
                entries = found.setdefault(" ".join(rest), {})
            case ["edit", name]:
                assert name not in entries
                entry = entries[name] = {}
            case ["set", key, *values]:
                assert key not in entry
                entry[key] = values
            case other:
                assert other in ([], ["next"], ["end"])
    return found


def fortigate(text: str) -> Rules:
    found: Rules = {}
    parts = sections(text)

    def networks(policy: dict[str, list[str]], end: str) -> list[str]:
        six = f"{end}6" in policy
        book, groups = parts[f"firewall address{'6' * six}"], parts[f"firewall addrgrp{'6' * six}"]
        members = [one for group in policy[end + "6" * six] for one in groups[group]["member"]]
        return [
            book[one]["fqdn"][0]
            if book[one].get("type") == ["fqdn"]
            else network(book[one]["ip6"][0] if six else "/".join(book[one]["subnet"]))
            for one in members
        ]

    for policy in parts.get("firewall policy", {}).values():
        assert policy["action"] == ["accept"]
        assert {"srcaddr", "srcaddr6"} & set(policy) == {"srcaddr6" if "dstaddr6" in policy else "srcaddr"}
        ((key, (port,)),) = parts["firewall service custom"][policy["service"][0]].items()
        pairs = frozenset(
            (one, other) for one in networks(policy, "srcaddr") for other in networks(policy, "dstaddr")
        )
        assert policy["service"] == [f"{key.removesuffix('-portrange')}-{port}"]
        assert policy["logtraffic"] == ["all"]
        ends = (policy["srcintf"][0], policy["dstintf"][0])
        disabled = policy.get("status") == ["disable"]
        found[policy["name"][0]] = Rule(
            pairs, key.removesuffix("-portrange"), int(port), ends, False, disabled
        )
    return found


READERS = {
    "cisco-asa": cisco,
    "juniper-srx": srx,
    "palo-alto": palo_alto,
    "fortigate": fortigate,
    "cisco-ios": cisco,
    "cisco-nxos": cisco,
    "cisco-iosxr": cisco,
    "junos-filter": junos,
}

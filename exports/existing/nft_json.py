"""A ruleset as `nft -j list ruleset` prints it: base chains of hooks, chains they jump to, and sets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from exports.existing.boxes import Range
from exports.existing.chains import ChainRule, Verb, steps
from exports.existing.matches import Match, Unclear, addresses, ports, protocol, unclear
from exports.existing.rules import Existing, Filter, Unjudged
from model.errors import FileError
from model.sentences import told
from model.storage.strict_json import shown

_FAMILIES = {"inet": (4, 6), "ip": (4,), "ip6": (6,)}
_VERBS: dict[str, Verb] = {"accept": "accept", "drop": "drop", "reject": "drop", "return": "return"}
_PLAIN = {"counter", "log", "comment", "mangle", "notrack", "meta"}
"""Statements after which a packet goes on."""

Table = tuple[str, str]


class _Wrong(Exception):  # never leaves this module
    """The data do not have the form that nft prints; the message says what."""


def read_nft(path: Path, value: Any, at: str | None) -> Existing:
    """The filters of the hook forward, or, for the host `at`, of input and output. Raises FileError."""
    try:
        return _Reader(path, value["nftables"]).filters(at)
    except (_Wrong, KeyError, TypeError, AttributeError, ValueError) as error:
        what = (
            str(error)
            if isinstance(error, _Wrong | ValueError)
            else told("an entry has another form than nft prints")
        )
        raise FileError(
            path, told("{reason}; give the whole output of nft -j list ruleset", reason=what[:200])
        ) from error


class _Reader:
    def __init__(self, path: Path, entries: list[dict[str, Any]]) -> None:
        self.path = path
        self.sets: dict[tuple[Table, str], list[Any]] = {}
        self.bases: list[tuple[Table, str, str, bool]] = []
        self.chains: dict[Table, dict[str, list[ChainRule]]] = {}
        rules: list[dict[str, Any]] = []
        for entry in entries:
            ((kind, data),) = entry.items()
            if kind == "metainfo":
                continue
            table = (str(data["family"]), str(data.get("table", data.get("name", ""))))
            if kind == "set":
                self.sets[table, data["name"]] = list(data.get("elem", []))
            elif kind == "chain":
                self.chains.setdefault(table, {})[data["name"]] = []
                if data.get("type") == "filter":
                    permits = data.get("policy", "accept") == "accept"
                    self.bases.append((table, data["name"], data["hook"], permits))
            elif kind == "rule":
                rules.append(data)
        for data in rules:
            table = (str(data["family"]), str(data["table"]))
            if table[0] in _FAMILIES:
                self._add(table, data)

    def filters(self, at: str | None) -> Existing:
        found: list[Filter] = []
        unjudged: dict[str, Unjudged] = {}
        ends = {"forward": (None, None)} if at is None else {"input": (None, at), "output": (at, None)}
        for table, name, hook, permits in self.bases:
            if hook not in ends or table[0] not in _FAMILIES:
                continue
            versions = frozenset(_FAMILIES[table[0]])
            chains = {chain: tuple(rules) for chain, rules in self.chains[table].items()}
            laid, unknown = steps(self.path, chains, name, permits=permits, versions=versions)
            source, destination = (None if end is None else frozenset((end,)) for end in ends[hook])
            found.append(Filter(f"{table[1]} {name}", laid, versions, source, destination))
            unjudged.update((each.label, each) for each in unknown)
        if not found:
            raise _Wrong(f"there is no filter chain of the hook {' or '.join(ends)}")
        return Existing(tuple(found), tuple(unjudged.values()))

    def _add(self, table: Table, data: dict[str, Any]) -> None:
        label = shown(f"{data['chain']} handle {data['handle']} {data.get('comment', '')}".strip())
        match = Match(_FAMILIES[table[0]])
        verb: Verb = "none"
        target = ""
        doubt: Unclear | None = None
        for statement in data["expr"]:
            kind, inside = _statement(statement)
            if kind in _VERBS:
                verb = _VERBS[kind]
            elif kind in ("jump", "goto"):
                verb, target = ("jump" if kind == "jump" else "goto"), inside["target"]
            elif kind == "match":
                try:
                    self._match(table, match, inside)
                except Unclear as found:
                    doubt = found
            elif kind not in _PLAIN:
                doubt = unclear(str(kind)[:40])
        self.chains[table][data["chain"]].append(_made(label, verb, target, match, doubt))

    def _match(self, table: Table, match: Match, data: dict[str, Any]) -> None:
        left, operator = data["left"], data["op"]
        if operator not in ("==", "in", "!="):
            raise unclear(str(operator)[:10])
        negated = operator == "!="
        if not isinstance(left, dict) or len(left) != 1:
            raise unclear("a computed value")
        ((kind, what),) = left.items()
        values = list(self._values(table, data["right"]))
        if kind == "ct" and what.get("key") == "state":
            if ("new" in values) == negated:
                match.never = True
        elif kind == "meta":
            _meta(match, str(what.get("key")), values, negated)
        elif kind == "payload":
            _payload(match, str(what.get("protocol")), str(what.get("field")), values, negated)
        else:
            raise unclear(str(kind)[:40])

    def _values(self, table: Table, right: Any) -> Iterable[Any]:
        if isinstance(right, str) and right.startswith("@"):
            if (table, right[1:]) not in self.sets:
                raise _Wrong(f"the set {right[1:41]} is not there")
            for element in self.sets[table, right[1:]]:
                yield element["elem"]["val"] if isinstance(element, dict) and "elem" in element else element
        elif isinstance(right, dict) and "set" in right:
            yield from right["set"] if isinstance(right["set"], list) else [right["set"]]
        elif isinstance(right, list):
            yield from right
        else:
            yield right


def _statement(statement: Any) -> tuple[str, Any]:
    """A statement as its word and what belongs to it."""
    if isinstance(statement, str):
        return statement, None
    ((kind, inside),) = statement.items()
    return str(kind), inside


def _made(label: str, verb: Verb, target: str, match: Match, doubt: Unclear | None) -> ChainRule:
    if verb == "none" or match.never:
        return ChainRule(label, "none")
    if doubt is not None:
        return ChainRule(label, "none", (), "", doubt.reason)
    try:
        return ChainRule(label, verb, match.boxes(), target)
    except Unclear as found:
        return ChainRule(label, "none", (), "", found.reason)


def _meta(match: Match, key: str, values: list[Any], negated: bool) -> None:
    if key == "l4proto" and all(isinstance(value, str | int) for value in values):
        match.restrict("protocol", [protocol(str(value)) for value in values], negated=negated)
    elif key in ("nfproto", "protocol"):
        found = {{"ipv4": 4, "ipv6": 6, "ip": 4, "ip6": 6}[value] for value in values}
        match.versions = match.versions - found if negated else match.versions & found
    elif key in ("iifname", "oifname", "iif", "oif") and values == ["lo"]:
        match.never = match.never or not negated  # two hosts never meet on a loopback device
    else:
        raise unclear(key[:40])


def _payload(match: Match, layer: str, field: str, values: list[Any], negated: bool) -> None:
    if layer in ("ip", "ip6") and field in ("saddr", "daddr"):
        found = [_addresses(value) for value in values]
        match.between("source" if field == "saddr" else "destination", found, negated=negated)
    elif layer in ("ip", "ip6") and field in ("protocol", "nexthdr"):
        match.versions &= {4 if layer == "ip" else 6}
        match.restrict("protocol", [protocol(str(value)) for value in values], negated=negated)
    elif layer in ("tcp", "udp", "th") and field in ("dport", "sport"):
        if layer != "th":
            match.restrict("protocol", [protocol(layer)])
        found_ports = [_ports(value) for value in values]
        if field == "sport":
            match.from_ports(found_ports, negated=negated)
        else:
            match.restrict("port", found_ports, negated=negated)
    elif layer in ("icmp", "icmpv6"):
        match.restrict("protocol", [protocol(layer)])
    elif field != "hoplimit":
        raise unclear(f"{layer} {field}"[:40])


def _addresses(value: Any) -> tuple[int, Range]:
    if isinstance(value, str):
        return addresses(value)
    if "prefix" in value:
        return addresses(f"{value['prefix']['addr']}/{value['prefix']['len']}")
    if "range" in value:
        return addresses("-".join(value["range"]))
    raise unclear("a computed address")


def _ports(value: Any) -> Range:
    if isinstance(value, int) and not isinstance(value, bool):
        return ports(str(value))
    if isinstance(value, str):
        return ports(value)
    if "range" in value:
        low, high = value["range"]
        return ports(f"{low}-{high}")
    raise unclear("a computed port")

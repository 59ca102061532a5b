"""A ruleset as `nft -j list ruleset` prints it: base chains of hooks, chains they jump to, and sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from exports.existing.boxes import Range
from exports.existing.chains import ChainRule, Verb, steps
from exports.existing.matches import Match, Unclear, addresses, ports, protocol, unclear
from exports.existing.rules import Existing, Filter, Unjudged
from model.errors import FileError
from model.frozen import Bilingual
from model.sentences import told
from model.storage.strict_json import shown

_FAMILIES = {"inet": (4, 6), "ip": (4,), "ip6": (6,)}
_VERBS: dict[str, Verb] = {
    "accept": "accept",
    "drop": "drop",
    "reject": "drop",
    "return": "return",
    "jump": "jump",
    "goto": "goto",
    "queue": "elsewhere",
}
_PLAIN = {"counter", "log", "comment", "mangle", "notrack", "meta"}
"""Statements after which a packet goes on."""

_FLAGS = {"payload": {"protocol": "tcp", "field": "flags"}}

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
            if kind in ("set", "map"):
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
                self.chains[table][data["chain"]] += self._rules(table, data)

    def filters(self, at: str | None) -> Existing:
        found: list[Filter] = []
        unjudged: dict[str, Unjudged] = {}
        ends = {"forward": (None, None)} if at is None else {"input": (None, at), "output": (at, None)}
        for table, name, hook, permits in self.bases:
            if hook not in ends or table[0] not in _FAMILIES:
                continue
            versions = frozenset(_FAMILIES[table[0]])
            chains = {chain: tuple(rules) for chain, rules in self.chains[table].items()}
            inbound = hook == "input"
            laid, unknown = steps(
                self.path, chains, name, permits=permits, versions=versions, inbound=inbound
            )
            source, destination = (None if end is None else frozenset((end,)) for end in ends[hook])
            found.append(Filter(f"{table[1]} {name}", laid, versions, source, destination))
            unjudged.update((each.label, each) for each in unknown)
        if not found:
            raise _Wrong(f"there is no filter chain of the hook {' or '.join(ends)}")
        return Existing(tuple(found), tuple(unjudged.values()))

    def _rules(self, table: Table, data: dict[str, Any]) -> Iterator[ChainRule]:
        """A rule, or one for each entry of the verdict map that decides in it."""
        label = shown(f"{data['chain']} handle {data['handle']} {data.get('comment', '')}".strip())
        conditions: list[dict[str, Any]] = []
        verdicts: list[tuple[dict[str, Any] | None, Any]] = []
        doubt: Bilingual | None = None
        for statement in data["expr"]:
            kind, inside = _statement(statement)
            if kind in _VERBS:
                verdicts = [(None, statement)]
            elif kind == "vmap":
                verdicts = [
                    ({"op": "==", "left": inside["key"], "right": value}, verdict)
                    for value, verdict in self._values(table, inside["data"])
                ]
            elif kind == "match":
                conditions.append(inside)
            elif kind not in _PLAIN:
                doubt = unclear(str(kind)[:40]).reason
        for more, verdict in verdicts:
            yield self._rule(
                table, label, conditions if more is None else [*conditions, more], verdict, doubt
            )

    def _rule(
        self,
        table: Table,
        label: str,
        conditions: list[dict[str, Any]],
        verdict: Any,
        doubt: Bilingual | None,
    ) -> ChainRule:
        kind, inside = _statement(verdict)
        match = Match(_FAMILIES[table[0]])
        for condition in conditions:
            try:
                self._match(table, match, condition)
            except Unclear as found:
                doubt = found.reason
        if kind == "queue":
            doubt = unclear(
                "a program that packets are queued for", "パケットをキューで受け取るプログラム"
            ).reason
        boxes, doubt = match.judged(doubt)
        target = inside["target"] if kind in ("jump", "goto") else ""
        return ChainRule(label, _VERBS.get(kind, "none"), boxes, target, doubt, match.inbound)

    def _match(self, table: Table, match: Match, data: dict[str, Any]) -> None:
        left, operator = data["left"], data["op"]
        if operator not in ("==", "in", "!="):
            raise unclear(str(operator)[:10])
        negated = operator == "!="
        if not isinstance(left, dict) or len(left) != 1:
            raise unclear("a computed value", "計算された値")
        ((kind, what),) = left.items()
        values = list(self._values(table, data["right"]))
        if left == _FLAGS or (kind == "&" and what[0] == _FLAGS):
            match.restrict("protocol", [protocol("tcp")])
            named = _names(data["right"])
            mask, wanted = (named, ["syn"]) if operator == "in" else (["syn"], named)
            match.flags(mask if left == _FLAGS else _names(what[1]), wanted, negated=negated)
        elif kind == "ct" and what.get("key") == "state":
            if ("new" in values) == negated:
                match.never = True
        elif kind == "meta":
            _meta(match, str(what.get("key")), values, negated)
        elif kind == "fib" and what == {"result": "type", "flags": ["daddr"]}:
            match.casts(values, negated=negated)
        elif kind == "payload":
            _payload(match, str(what.get("protocol")), str(what.get("field")), values, negated)
        else:
            raise unclear(str(kind)[:40])

    def _values(self, table: Table, right: Any) -> Iterable[Any]:
        if isinstance(right, str) and right.startswith("@"):
            if (table, right[1:]) not in self.sets:
                raise _Wrong(f"the set {right[1:41]} is not there")
            yield from map(_element, self.sets[table, right[1:]])
        elif isinstance(right, dict) and "set" in right:
            yield from map(_element, right["set"] if isinstance(right["set"], list) else [right["set"]])
        elif isinstance(right, list):
            yield from right
        else:
            yield right


def _element(element: Any) -> Any:
    """An element of a set without what is counted or said of it, or a pair of a map so."""
    if isinstance(element, dict) and "elem" in element:
        return element["elem"]["val"]
    return [_element(element[0]), element[1]] if _is_pair(element) else element


def _is_pair(element: Any) -> bool:
    return isinstance(element, list) and len(element) == 2


def _statement(statement: Any) -> tuple[str, Any]:
    """A statement as its word and what belongs to it."""
    if isinstance(statement, str):
        return statement, None
    ((kind, inside),) = statement.items()
    return str(kind), inside


def _meta(match: Match, key: str, values: list[Any], negated: bool) -> None:
    if key == "l4proto" and all(isinstance(value, str | int) for value in values):
        match.restrict("protocol", [protocol(str(value)) for value in values], negated=negated)
    elif key in ("nfproto", "protocol"):
        found = {{"ipv4": 4, "ipv6": 6, "ip": 4, "ip6": 6}[value] for value in values}
        match.versions = match.versions - found if negated else match.versions & found
    elif key == "pkttype" and set(values) <= {"broadcast", "multicast"}:
        match.casts(values, negated=negated)
    elif key in ("iifname", "oifname", "iif", "oif") and values == ["lo"]:
        match.never = match.never or not negated  # two hosts never meet on a loopback device
    else:
        raise unclear(key[:40])


def _payload(match: Match, layer: str, field: str, values: list[Any], negated: bool) -> None:
    if layer in ("ip", "ip6") and field in ("saddr", "daddr"):
        match.versions &= {4 if layer == "ip" else 6}
        if negated and not values:  # all but those of an empty set
            return
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


def _names(value: Any) -> list[str]:
    """Flags that are joined or listed."""
    if isinstance(value, dict):
        return [name for part in value["|"] for name in _names(part)]
    if isinstance(value, list):
        return [name for part in value for name in _names(part)]
    return [value] if isinstance(value, str) else []


def _addresses(value: Any) -> tuple[int, Range]:
    if isinstance(value, str):
        return addresses(value)
    if "prefix" in value:
        return addresses(f"{value['prefix']['addr']}/{value['prefix']['len']}")
    if "range" in value:
        return addresses("-".join(value["range"]))
    raise unclear("a computed address", "計算されたアドレス")


def _ports(value: Any) -> Range:
    if isinstance(value, int) and not isinstance(value, bool):
        return ports(str(value))
    if isinstance(value, str):
        return ports(value)
    if "range" in value:
        low, high = value["range"]
        return ports(f"{low}-{high}")
    raise unclear("a computed port", "計算されたポート")

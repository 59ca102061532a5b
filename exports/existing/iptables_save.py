"""Rules as `iptables-save` and `ip6tables-save` print them; the table `filter`, which decides what passes."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from exports.existing.chains import ChainRule, Verb, steps
from exports.existing.matches import Match, Unclear, addresses, ports, protocol, unclear
from exports.existing.rules import Existing, Filter, Unjudged
from model.errors import FileError
from model.frozen import Bilingual
from model.sentences import reason_of, told
from model.storage.strict_json import shown

LONGEST_LINE = 20_000

_VERBS: dict[str, Verb] = {
    "ACCEPT": "accept",
    "DROP": "drop",
    "REJECT": "drop",
    "RETURN": "return",
    "QUEUE": "elsewhere",
    "NFQUEUE": "elsewhere",
    "SYNPROXY": "elsewhere",
}
_PLAIN_TARGETS = {
    *("LOG", "NFLOG", "ULOG", "TRACE", "MARK", "CONNMARK", "AUDIT", "CT", "NOTRACK", "TCPMSS", "SET", "TEE"),
    *(
        "SECMARK",
        "CONNSECMARK",
        "CLASSIFY",
        "DSCP",
        "TOS",
        "TTL",
        "HL",
        "HMARK",
        "RATEEST",
        "LED",
        "IDLETIMER",
    ),
}
"""Targets after which a packet goes on to the next rule."""
_MODULES = {
    "tcp",
    "udp",
    "comment",
    "conntrack",
    "state",
    "multiport",
    "icmp",
    "icmp6",
    "iprange",
    "hl",
    "ttl",
    "addrtype",
}
_IGNORED = {
    "--comment",
    "--reject-with",
    "--log-prefix",
    "--log-level",
    "--icmp-type",
    "--icmpv6-type",
    "--hl-eq",
}
"""Options with one value that do not decide about TCP or UDP."""


def read_iptables(path: Path, text: str, at: str | None) -> Existing:
    """The filters of the chain FORWARD, or, for the host `at`, of INPUT and OUTPUT. Raises FileError with the line."""
    found = _tables(path, text)
    hooks = [("FORWARD", None, None)] if at is None else [("INPUT", None, at), ("OUTPUT", at, None)]
    filters: list[Filter] = []
    unjudged: dict[str, Unjudged] = {}
    for version, (chains, policies) in found.items():
        for hook, source, destination in hooks:
            if hook not in chains:
                raise FileError(
                    path,
                    told(
                        "the table filter has no chain {hook}; give the whole output of iptables-save",
                        hook=hook,
                    ),
                )
            versions = frozenset((version,))
            permits, inbound = policies[hook] == "ACCEPT", hook == "INPUT"
            laid, unknown = steps(path, chains, hook, permits=permits, versions=versions, inbound=inbound)
            filters.append(
                Filter(
                    hook if len(found) == 1 else f"{hook} IPv{version}",
                    laid,
                    versions,
                    None if source is None else frozenset((source,)),
                    None if destination is None else frozenset((destination,)),
                )
            )
            unjudged.update((each.label, each) for each in unknown)
    return Existing(tuple(filters), tuple(unjudged.values()))


_Lines = list[tuple[int, str]]
_Table = tuple[dict[str, tuple[ChainRule, ...]], dict[str, str]]
"""The chains of a table, and their policies."""


def _tables(path: Path, text: str) -> dict[int, _Table]:
    """The table `filter` of each family. Raises FileError where there is none, or one twice."""
    found: dict[int, _Table] = {}
    for tool, lines in _sections(path, text):
        version = 6 if tool == "ip6tables" or (not tool and _speaks_v6(lines)) else 4
        if version in found:
            raise FileError(
                path,
                told("the table filter stands in the file twice; give each output as a file of its own"),
                told("line {line}", line=lines[0][0]),
            )
        found[version] = _chains(path, lines, version)
    if not found:
        raise FileError(
            path, told("there is no table filter; give the output of iptables-save or ip6tables-save")
        )
    return found


def _sections(path: Path, text: str) -> Iterator[tuple[str, _Lines]]:
    """Each table `filter`: the tool that printed it, "" where its head is gone, and its numbered lines."""
    tool, inside = "", False
    lines: _Lines = []
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            raise FileError(path, told("the line is longer than any rule"), told("line {line}", line=number))
        if line.startswith(("*", "COMMIT")):
            if lines:
                yield tool, lines
            inside, lines = line.strip() == "*filter", []
        elif line.startswith("#"):
            tool = next((word for word in ("ip6tables", "iptables") if f"by {word}-save" in line), tool)
        elif inside and line.strip():
            lines.append((number, line))
    if lines:
        yield tool, lines


def _speaks_v6(lines: _Lines) -> bool:
    """Whether a rule names an IPv6 network or what only IPv6 has; for files whose head is gone."""
    return any(
        ":" in value if option in _ENDS else value in ("ipv6-icmp", "icmp6", "ipv6")
        for _, line in lines
        for option, value in pairwise(line.split())
        if option in (*_ENDS, "-p", "-m")
    )


def _chains(path: Path, lines: _Lines, version: int) -> _Table:
    chains: dict[str, list[ChainRule]] = {}
    policies: dict[str, str] = {}
    for number, line in lines:
        if line.startswith(":"):
            name, _, rest = line[1:].partition(" ")
            chains[name], policies[name] = [], rest.split(" ")[0]
            continue
        name, rule = _rule(path, number, line, version)
        if name not in chains:
            raise FileError(
                path,
                told("the chain {name} has not been declared", name=shown(name)),
                told("line {line}", line=number),
            )
        chains[name].append(rule)
    return {name: tuple(rules) for name, rules in chains.items()}, policies


def _rule(path: Path, number: int, line: str, version: int) -> tuple[str, ChainRule]:
    place = told("line {line}", line=number)
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise FileError(path, told("a quoted text has no end"), place) from error
    if words and words[0].startswith("["):  # counters
        words = words[1:]
    if len(words) < 2 or words[0] != "-A":
        raise FileError(path, told("this is no rule of iptables-save (-A CHAIN …)"), place)
    said = next((after for word, after in pairwise(words) if word == "--comment"), "")
    label = shown(f"{words[1]} line {number} {said}".strip())
    match, reader = Match((version,)), _Words(words[2:])
    try:
        verb, target, doubt = _conditions(match, reader)
        boxes, doubt = match.judged(doubt)
        return words[1], ChainRule(label, verb, boxes, target, doubt, match.inbound)
    except ValueError as error:
        raise FileError(
            path, told("{reason}; give the file as iptables-save printed it", reason=reason_of(error)), place
        ) from error


class _Words:
    """The words of a rule, taken one by one."""

    def __init__(self, words: list[str]) -> None:
        self.words = words

    def next(self) -> str:
        if not self.words:
            raise ValueError(told("the rule ends too early"))
        return self.words.pop(0)


def _conditions(match: Match, reader: _Words) -> tuple[Verb, str, Bilingual | None]:
    """What a rule does, the chain it goes on in, and why nobody can tell what matches it."""
    verb: Verb = "none"
    target = ""
    doubt: Bilingual | None = None
    negated = False
    while reader.words:
        word = reader.next()
        if word == "!":
            negated = True
            continue
        if word in ("-j", "--jump", "-g", "--goto"):
            verb, target = _target(reader.next(), goes=word in ("-g", "--goto"))
            if verb == "none" and target in _PLAIN_TARGETS:
                break  # whatever follows belongs to a target that decides nothing
        elif word in _READERS:
            try:
                _READERS[word](match, reader.next(), negated)
            except Unclear as found:
                doubt = found.reason
        elif word == "--tcp-flags":
            _flags(match, reader.next(), reader.next(), negated)
        elif word in _IGNORED:
            reader.next()
        else:
            doubt = unclear(word[:40]).reason
            while reader.words and not reader.words[0].startswith("-") and reader.words[0] != "!":
                reader.next()
        negated = False
    if verb == "elsewhere":
        doubt = unclear(f"the target {target}", f"ターゲット {target}").reason
    return verb, target, doubt


def _target(name: str, *, goes: bool) -> tuple[Verb, str]:
    if name in _VERBS:
        return _VERBS[name], name
    if name in _PLAIN_TARGETS:
        return "none", name
    return ("goto" if goes else "jump"), name


def _module(match: Match, name: str, negated: bool) -> None:
    if name not in _MODULES:
        raise unclear(f"-m {name[:40]}")


def _end(end: str) -> Callable[[Match, str, bool], None]:
    def read(match: Match, text: str, negated: bool) -> None:
        match.between(end, [addresses(each) for each in text.split(",")], negated=negated)

    return read


def _device(match: Match, name: str, negated: bool) -> None:
    if name == "lo" and not negated:
        match.never = True  # two hosts never meet on a loopback device
    elif name != "lo":
        raise unclear(f"the interface {name[:20]}", f"インターフェイス {name[:20]}")


def _states(match: Match, text: str, negated: bool) -> None:
    if ("NEW" in text.split(",")) == negated:
        match.never = True


def _casts(match: Match, text: str, negated: bool) -> None:
    match.casts(text.lower().split(","), negated=negated)


def _flags(match: Match, mask: str, wanted: str, negated: bool) -> None:
    found = {"ALL": "FIN,SYN,RST,PSH,ACK,URG", "NONE": ""}
    both = [found.get(each, each).lower().split(",") for each in (mask, wanted)]
    match.flags(*[filter(None, each) for each in both], negated=negated)


def _dports(match: Match, text: str, negated: bool) -> None:
    match.restrict("port", [ports(each, ":") for each in text.split(",")], negated=negated)


def _sports(match: Match, text: str, negated: bool) -> None:
    match.from_ports([ports(each, ":") for each in text.split(",")], negated=negated)


def _protocol(match: Match, text: str, negated: bool) -> None:
    match.restrict("protocol", [protocol(text)], negated=negated)


_ENDS = ("-s", "--source", "--src-range", "-d", "--destination", "--dst-range")
_READERS: dict[str, Callable[[Match, str, bool], None]] = {
    **dict.fromkeys(_ENDS[:3], _end("source")),
    **dict.fromkeys(_ENDS[3:], _end("destination")),
    **dict.fromkeys(("-p", "--protocol"), _protocol),
    **dict.fromkeys(("--dport", "--destination-port", "--dports", "--destination-ports"), _dports),
    **dict.fromkeys(("--sport", "--source-port", "--sports", "--source-ports"), _sports),
    **dict.fromkeys(("--ctstate", "--state"), _states),
    "--dst-type": _casts,
    **dict.fromkeys(("-i", "-o", "--in-interface", "--out-interface"), _device),
    **dict.fromkeys(("-m", "--match"), _module),
}

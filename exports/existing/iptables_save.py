"""Rules as `iptables-save` and `ip6tables-save` print them; the table `filter`, which decides what passes."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from exports.existing.chains import ChainRule, Verb, steps
from exports.existing.matches import Match, Unclear, addresses, ports, protocol, unclear
from exports.existing.rules import Existing, Filter, Unjudged
from model.errors import FileError
from model.sentences import reason_of, told
from model.storage.strict_json import shown

LONGEST_LINE = 20_000

_VERBS: dict[str, Verb] = {
    "ACCEPT": "accept",
    "DROP": "drop",
    "REJECT": "drop",
    "RETURN": "return",
    "QUEUE": "drop",
}
_PLAIN_TARGETS = {"LOG", "NFLOG", "ULOG", "TRACE", "MARK", "CONNMARK", "AUDIT", "CT", "NOTRACK"}
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
    version = (
        6 if "ip6tables" in text or "ipv6-icmp" in text or ("\n*filter" in text and _speaks_v6(text)) else 4
    )
    chains, policies = _chains(path, text, version)
    hooks = [("FORWARD", None, None)] if at is None else [("INPUT", None, at), ("OUTPUT", at, None)]
    filters: list[Filter] = []
    unjudged: dict[str, Unjudged] = {}
    for hook, source, destination in hooks:
        if hook not in chains:
            raise FileError(
                path,
                told(
                    "the table filter has no chain {hook}; give the whole output of iptables-save", hook=hook
                ),
            )
        versions = frozenset((version,))
        laid, unknown = steps(path, chains, hook, permits=policies[hook] == "ACCEPT", versions=versions)
        filters.append(
            Filter(
                hook,
                laid,
                versions,
                None if source is None else frozenset((source,)),
                None if destination is None else frozenset((destination,)),
            )
        )
        unjudged.update((each.label, each) for each in unknown)
    return Existing(tuple(filters), tuple(unjudged.values()))


def _speaks_v6(text: str) -> bool:
    """Whether a rule names an IPv6 network; the file says nowhere else which tool printed it, once it was edited."""
    return any(
        ":" in word
        for line in text.splitlines()
        if line.startswith("-A")
        for word in line.split()
        if "/" in word
    )


def _chains(path: Path, text: str, version: int) -> tuple[dict[str, tuple[ChainRule, ...]], dict[str, str]]:
    chains: dict[str, list[ChainRule]] = {}
    policies: dict[str, str] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            raise FileError(path, told("the line is longer than any rule"), told("line {line}", line=number))
        if line.startswith("*"):
            table = line[1:].strip()
        elif line.startswith("COMMIT"):
            table = ""
        elif table != "filter" or not line.strip() or line.startswith("#"):
            continue
        elif line.startswith(":"):
            name, _, rest = line[1:].partition(" ")
            chains[name], policies[name] = [], rest.split(" ")[0]
        else:
            name, rule = _rule(path, number, line, version)
            if name not in chains:
                raise FileError(
                    path,
                    told("the chain {name} has not been declared", name=shown(name)),
                    told("line {line}", line=number),
                )
            chains[name].append(rule)
    if not chains:
        raise FileError(
            path, told("there is no table filter; give the output of iptables-save or ip6tables-save")
        )
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
        verb, target = _conditions(match, reader)
        return words[1], ChainRule(label, verb, match.boxes() if verb != "none" else (), target)
    except Unclear as doubt:
        return words[1], ChainRule(label, "none", (), "", doubt.reason)
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


def _conditions(match: Match, reader: _Words) -> tuple[Verb, str]:
    verb: Verb = "none"
    target = ""
    doubt: Unclear | None = None
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
                doubt = found
        elif word in _IGNORED:
            reader.next()
        else:
            doubt = unclear(word[:40])
            while reader.words and not reader.words[0].startswith("-") and reader.words[0] != "!":
                reader.next()
        negated = False
    if doubt is not None and verb != "none" and not match.never:
        raise doubt
    return verb, target


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
        raise unclear(f"the interface {name[:20]}")


def _states(match: Match, text: str, negated: bool) -> None:
    if ("NEW" in text.split(",")) == negated:
        match.never = True


def _dports(match: Match, text: str, negated: bool) -> None:
    match.restrict("port", [ports(each, ":") for each in text.split(",")], negated=negated)


def _sports(match: Match, text: str, negated: bool) -> None:
    match.from_ports([ports(each, ":") for each in text.split(",")], negated=negated)


def _protocol(match: Match, text: str, negated: bool) -> None:
    match.restrict("protocol", [protocol(text)], negated=negated)


_READERS: dict[str, Callable[[Match, str, bool], None]] = {
    **dict.fromkeys(("-s", "--source", "--src-range"), _end("source")),
    **dict.fromkeys(("-d", "--destination", "--dst-range"), _end("destination")),
    **dict.fromkeys(("-p", "--protocol"), _protocol),
    **dict.fromkeys(("--dport", "--destination-port", "--dports", "--destination-ports"), _dports),
    **dict.fromkeys(("--sport", "--source-port", "--sports", "--source-ports"), _sports),
    **dict.fromkeys(("--ctstate", "--state"), _states),
    **dict.fromkeys(("-i", "-o", "--in-interface", "--out-interface"), _device),
    **dict.fromkeys(("-m", "--match"), _module),
}

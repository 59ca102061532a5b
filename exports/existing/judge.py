"""Flows judged by existing rules, and rules by the flows: permitted, missing, permitted too widely, surplus.

A flow is permitted where all its packets pass every filter on its way, missing where any does not. It is permitted
too widely where a rule that lets it pass also lets pass what no flow needs. A rule is surplus where no flow needs it.
Where a rule that nobody can judge makes the difference, the flow cannot be told either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from exports.existing.boxes import PROTOCOLS, Box, TooIntricate, covered, network_range, split
from exports.existing.rules import Existing, Filter, RulesFile, Step, Unjudged
from exports.firewall.permits import Permit, address_permits
from model.derivation.graph import FlowGraph
from model.frozen import Bilingual
from model.tables.standing import FlowVerdict, FlowWord

RuleWord = Literal["needed", "wide", "surplus", "hidden", "unjudged"]

RULE_WORDS: Mapping[RuleWord, Bilingual] = {
    "needed": Bilingual(en="needed", ja="必要"),
    "wide": Bilingual(en="too wide", ja="過剰"),
    "surplus": Bilingual(en="surplus", ja="不要"),
    "hidden": Bilingual(en="never reached", ja="適用されない"),
    "unjudged": Bilingual(en="cannot be told", ja="判定不能"),
}

PARTLY = Bilingual(en="a part of it is permitted", ja="一部のみ許可されている")
NO_FILTER = Bilingual(en="no rules of the file are about its ends", ja="ファイルに両端に関するルールがない")
INTRICATE = Bilingual(
    en="the rules overlap in too many ways to be judged", ja="ルールの重なりが複雑すぎて判定できない"
)


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What the flows mean for one permitting rule: the flows that need it."""

    filter: str
    label: str
    word: RuleWord
    flows: tuple[str, ...] = ()
    reason: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Every network flow by id, in the graph's order, every rule in the order of its file, and the files."""

    flows: Mapping[str, FlowVerdict]
    rules: tuple[RuleVerdict, ...]
    files: tuple[RulesFile, ...] = ()

    def count(self, word: FlowWord) -> int:
        """How many flows have a verdict."""
        return sum(each.word == word for each in self.flows.values())


def judge(graph: FlowGraph, existing: Existing) -> Answer:
    """Judge the network flows of a graph and some existing rules by each other."""
    found = address_permits(graph, named=True)
    judged = [_Judged(each, _passing(each, found.permits)) for each in existing.filters]
    flows: dict[str, FlowVerdict] = {
        each.flow: FlowVerdict("unknown", (), each.reason) for each in found.inexpressible
    }
    for permit in found.permits:
        flows[permit.flow.id] = _of_flow(permit, judged)
    in_order = {flow.id: flows[flow.id] for flow in graph.network}
    rules = [*_shared(judged), *(_unjudged(each) for each in existing.unjudged)]
    return Answer(in_order, tuple(rules), existing.files)


def _shared(judged: Sequence[_Judged]) -> Iterator[RuleVerdict]:
    """The verdicts of every filter; a rule that stands in several has one, for all of them."""
    found: dict[object, list[RuleVerdict]] = {}
    for number, each in enumerate(judged):
        for verdict in each.verdicts():
            found.setdefault(verdict.label if each.place.shares else (number, verdict.label), []).append(
                verdict
            )
    for verdicts in found.values():
        word = _together({each.word for each in verdicts})
        yield replace(
            verdicts[0],
            filter=", ".join(each.filter for each in verdicts),
            word=word,
            flows=tuple(dict.fromkeys(name for each in verdicts for name in each.flows)),
            reason=next((each.reason for each in verdicts if each.word == word), None),
        )


def _unjudged(rule: Unjudged) -> RuleVerdict:
    return RuleVerdict("", rule.label, "unjudged", (), rule.reason)


def _passing(place: Filter, permits: Sequence[Permit]) -> dict[str, list[Box]]:
    """The boxes of the flows that pass a filter, by flow id."""
    found = {}
    for permit in permits:
        source, destination = permit.flow[:2]
        if place.sources is not None and source not in place.sources:
            continue
        if place.destinations is not None and destination not in place.destinations:
            continue
        boxes = [box for box in boxes_of(permit) if box.version in place.versions]
        if boxes:
            found[permit.flow.id] = boxes
    return found


def boxes_of(permit: Permit) -> Iterator[Box]:
    """The packets of a flow."""
    number = PROTOCOLS[permit.flow.transport]
    for _, sources, destinations in permit.families:
        for source in sources:
            for destination in destinations:
                version, ends = network_range(source)
                port = permit.flow.port
                yield Box(version, ends, network_range(destination)[1], (number, number), (port, port))


class _Met(NamedTuple):
    """What became of a flow at a filter: whether all of it is permitted, and some of it denied, for certain.

    `steps` permit it or some of it; `doubtful` are those met that may or may not have decided about it.
    """

    whole: bool
    denied: bool
    steps: tuple[int, ...]
    doubtful: tuple[int, ...]


class _Judged:
    """One filter with the flows that pass it: what each meets, and which rules open more than they need."""

    def __init__(self, place: Filter, flows: dict[str, list[Box]]) -> None:
        self.place, self.flows = place, flows
        self.users: dict[int, list[str]] = {}
        self.met: dict[str, _Met] = {}
        self.intricate: set[str] = set()
        for name, boxes in flows.items():
            try:
                self.met[name] = self._meet(boxes)
            except TooIntricate:
                self.intricate.add(name)
                continue
            for number in self.met[name].steps:
                self.users.setdefault(number, []).append(name)
        self.words = {
            number: self._word(number, step)
            for number, step in enumerate(place.steps)
            if step.action == "permit" and step.doubt is None
        }

    def _meet(self, boxes: Sequence[Box]) -> _Met:
        steps = self.place.steps
        inside, waiting = self._run(boxes, len(steps))
        permitted = [number for number in sorted(inside) if steps[number].action == "permit"]
        denied = [box for number in inside if steps[number].action == "deny" for box in inside[number]]
        lost = denied + [box for left in waiting.values() for box in left]
        _, certainly = split(lost, [box for number in permitted for box in inside[number]])
        return _Met(
            not lost,
            bool(certainly),
            tuple(number for number in permitted if steps[number].doubt is None),
            tuple(number for number in sorted(inside) if steps[number].doubt is not None),
        )

    def _run(self, boxes: Sequence[Box], end: int) -> tuple[dict[int, list[Box]], dict[int, list[Box]]]:
        """What is inside of the steps before `end`, by step, and what comes to that step or goes on behind it.

        What a doubtful step is about also goes past it, so the parts may have packets in common.
        """
        waiting: dict[int, list[Box]] = {0: list(boxes)}
        found: dict[int, list[Box]] = {}
        for number in range(end):
            here = waiting.pop(number, [])
            if not here:
                continue
            step = self.place.steps[number]
            inside, outside = split(here, step.boxes)
            _add(waiting, number + 1, outside if step.doubt is None else here)
            if inside:
                found[number] = inside
                if step.action == "skip":
                    _add(waiting, step.to, inside)
        return found, waiting

    def _reaching(self, number: int) -> list[Box]:
        """The packets of a step's own boxes that may come to it."""
        _, waiting = self._run(self.place.steps[number].boxes, number)
        return waiting.get(number, [])

    def _word(self, number: int, step: Step) -> RuleWord:
        try:
            reaching = self._reaching(number)
            if not reaching:
                return "hidden"
            if number not in self.users:
                return "surplus"
            needed = [box for name in self.users[number] for box in self.flows[name]]
            return "needed" if covered(reaching, needed) else "wide"
        except TooIntricate:
            return "unjudged"

    def verdicts(self) -> Iterator[RuleVerdict]:
        """One for each rule, wherever packets come to it."""
        by_label: dict[str, list[int]] = {}
        for number in self.words:
            by_label.setdefault(self.place.steps[number].label, []).append(number)
        for label, numbers in by_label.items():
            word = _together({self.words[number] for number in numbers})
            flows = dict.fromkeys(name for number in numbers for name in self.users.get(number, ()))
            reason = INTRICATE if word == "unjudged" else None
            yield RuleVerdict(self.place.name, label, word, tuple(flows), reason)


def _together(words: set[RuleWord]) -> RuleWord:
    """What a rule comes to that several ways lead to: needed on one and surplus on another, it is too wide."""
    if {"needed", "surplus"} <= words:
        return "wide"
    order: tuple[RuleWord, ...] = ("unjudged", "wide", "surplus", "needed", "hidden")
    return next(word for word in order if word in words)


def _add(waiting: dict[int, list[Box]], number: int, boxes: Sequence[Box]) -> None:
    """Let boxes wait for a step, but for what waits there already."""
    there = waiting.setdefault(number, [])
    there += split(boxes, there)[1] if there else boxes


def _of_flow(permit: Permit, judged: Sequence[_Judged]) -> FlowVerdict:
    name = permit.flow.id
    passed = [each for each in judged if name in each.flows]
    versions = {family for family, *_ in permit.families}
    known = {box.version for each in passed for box in each.flows[name]}
    if not passed or versions - known:
        return FlowVerdict("unknown", (), NO_FILTER)
    if any(name in each.intricate for each in passed):
        return FlowVerdict("unknown", (), INTRICATE)
    labels = tuple(each.place.steps[number].label for each in passed for number in each.met[name].steps)
    if any(each.met[name].denied for each in passed):
        partly = all(each.met[name].steps for each in passed)
        return FlowVerdict("missing", labels, PARTLY if partly else None)
    doubtful = [
        each.place.steps[number]
        for each in passed
        if not each.met[name].whole
        for number in each.met[name].doubtful
    ]
    if doubtful:
        return FlowVerdict("unknown", tuple(step.label for step in doubtful), _doubt(doubtful[0]))
    words = {each.words[number] for each in passed for number in each.met[name].steps}
    if "unjudged" in words:
        return FlowVerdict("unknown", labels, INTRICATE)
    return FlowVerdict("wide" if "wide" in words else "permitted", labels)


def _doubt(step: Step) -> Bilingual | None:
    """Which rule makes the difference, and why it cannot be judged."""
    if step.doubt is None:
        return None
    return Bilingual(en=f"{step.label}: {step.doubt.en}", ja=f"{step.label}: {step.doubt.ja}")

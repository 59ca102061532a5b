"""Flows judged by existing rules, and rules by the flows: permitted, missing, permitted too widely, surplus.

A flow is permitted where all its packets pass every filter on its way, missing where any does not. It is permitted
too widely where a rule that lets it pass also lets pass what no flow needs. A rule is surplus where no flow needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

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
    found = address_permits(graph)
    judged = [_Judged(each, _passing(each, found.permits)) for each in existing.filters]
    flows: dict[str, FlowVerdict] = {
        each.flow: FlowVerdict("unknown", (), each.reason) for each in found.inexpressible
    }
    for permit in found.permits:
        flows[permit.flow.id] = _of_flow(permit, judged)
    in_order = {flow.id: flows[flow.id] for flow in graph.network}
    rules = [verdict for each in judged for verdict in each.verdicts()]
    rules += [_unjudged(each) for each in existing.unjudged]
    return Answer(in_order, tuple(rules), existing.files)


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


class _Judged:
    """One filter with the flows that pass it: what each meets, and which rules open more than they need."""

    def __init__(self, place: Filter, flows: dict[str, list[Box]]) -> None:
        self.place, self.flows = place, flows
        self.users: dict[int, list[str]] = {}
        self.met: dict[str, tuple[bool, bool, tuple[int, ...]]] = {}
        """By flow: whether all of it is permitted, whether any is, and by which steps."""
        self.intricate: set[str] = set()
        for name, boxes in flows.items():
            try:
                permitted, left = self._run(boxes, len(place.steps))
            except TooIntricate:
                self.intricate.add(name)
                continue
            steps = tuple(sorted(permitted))
            self.met[name] = not left, bool(steps), steps
            for number in steps:
                self.users.setdefault(number, []).append(name)
        self.words = {
            number: self._word(number, step)
            for number, step in enumerate(place.steps)
            if step.action == "permit"
        }

    def _run(self, boxes: Sequence[Box], end: int) -> tuple[dict[int, list[Box]], list[Box]]:
        """What the steps before `end` permit, by step, and what is denied by one or reaches the end."""
        waiting: dict[int, list[Box]] = {0: list(boxes)}
        permitted: dict[int, list[Box]] = {}
        lost: list[Box] = []
        for number in range(end):
            here = waiting.pop(number, [])
            if not here:
                continue
            step = self.place.steps[number]
            inside, outside = split(here, step.boxes)
            waiting.setdefault(number + 1, []).extend(outside)
            if not inside:
                continue
            if step.action == "permit":
                permitted[number] = inside
            elif step.action == "deny":
                lost += inside
            else:
                waiting.setdefault(step.to, []).extend(inside)
        return permitted, lost + [box for left in waiting.values() for box in left]

    def _reaching(self, number: int) -> list[Box]:
        """The packets of a step's own boxes that come to it."""
        step = self.place.steps[number]
        waiting: dict[int, list[Box]] = {0: list(step.boxes)}
        for earlier in range(number):
            here = waiting.pop(earlier, [])
            if here:
                before = self.place.steps[earlier]
                inside, outside = split(here, before.boxes)
                waiting.setdefault(earlier + 1, []).extend(outside)
                if before.action == "skip" and inside:
                    waiting.setdefault(before.to, []).extend(inside)
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
        for number, word in self.words.items():
            label = self.place.steps[number].label
            reason = INTRICATE if word == "unjudged" else None
            yield RuleVerdict(self.place.name, label, word, tuple(self.users.get(number, ())), reason)


def _of_flow(permit: Permit, judged: Sequence[_Judged]) -> FlowVerdict:
    name = permit.flow.id
    passed = [each for each in judged if name in each.flows]
    versions = {family for family, *_ in permit.families}
    known = {box.version for each in passed for box in each.flows[name]}
    if not passed or versions - known:
        return FlowVerdict("unknown", (), NO_FILTER)
    if any(name in each.intricate for each in passed):
        return FlowVerdict("unknown", (), INTRICATE)
    labels = tuple(each.place.steps[number].label for each in passed for number in each.met[name][2])
    if not all(each.met[name][0] for each in passed):
        partly = all(each.met[name][1] for each in passed)
        return FlowVerdict("missing", labels, PARTLY if partly else None)
    words = {each.words[number] for each in passed for number in each.met[name][2]}
    if "unjudged" in words:
        return FlowVerdict("unknown", labels, INTRICATE)
    return FlowVerdict("wide" if "wide" in words else "permitted", labels)

"""Chains that jump to each other, as nftables and iptables have them, laid out as one list of steps.

A jump becomes: who matches goes into the chain's steps, who does not goes past them. A return goes past the rest. A
program that packets are handed to ("elsewhere") may permit or deny them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from exports.existing.boxes import Box
from exports.existing.rules import Action, Step, Unjudged, everything
from model.errors import FileError
from model.frozen import Bilingual
from model.sentences import told
from model.storage.strict_json import shown

Verb = Literal["accept", "drop", "jump", "goto", "return", "elsewhere", "none"]

MOST_STEPS = 20_000
DEEPEST = 32
POLICY = "policy"
"""The label of what a chain does with packets that no rule decides about."""


@dataclass(frozen=True, slots=True)
class ChainRule:
    """One rule of a chain. `unclear`: why nobody can tell which packets in its boxes match it.

    `inbound`: it is only about packets that come in to the host, or only about others.
    """

    label: str
    verb: Verb
    boxes: tuple[Box, ...] = ()
    target: str = ""
    unclear: Bilingual | None = None
    inbound: bool | None = None


def steps(
    path: Path,
    chains: Mapping[str, tuple[ChainRule, ...]],
    start: str,
    *,
    permits: bool,
    versions: frozenset[int],
    inbound: bool,
) -> tuple[tuple[Step, ...], tuple[Unjudged, ...]]:
    """The steps from a chain on, its policy last where it `permits`, and the rules that cannot be judged.

    `inbound`: what meets the chain comes in to the host itself.
    Raises FileError for chains that are not there, run in a circle, or unfold into too many steps.
    """
    layout = _Layout(path, chains, inbound, tuple(everything(version) for version in sorted(versions)))
    layout.chain(start, 0)
    if permits:
        layout.steps.append(Step(f"{start} {POLICY}", "permit", layout.all))
    return tuple(layout.steps), tuple(layout.unjudged.values())


class _Layout:
    def __init__(
        self,
        path: Path,
        chains: Mapping[str, tuple[ChainRule, ...]],
        inbound: bool,
        all_boxes: tuple[Box, ...],
    ) -> None:
        self.path, self.chains, self.inbound, self.all = path, chains, inbound, all_boxes
        self.steps: list[Step] = []
        self.unjudged: dict[str, Unjudged] = {}

    def chain(self, name: str, depth: int) -> None:
        """Lay out a chain; packets that leave it undecided come to the step after its last."""
        if name not in self.chains:
            raise FileError(
                self.path,
                told("a rule goes on in the chain {name}, which is not in the file", name=shown(name)),
            )
        if depth > DEEPEST:
            raise FileError(
                self.path, told("the chains before {name} go in a circle or too deep", name=shown(name))
            )
        leaving: list[int] = []
        for rule in self.chains[name]:
            self._rule(rule, depth, leaving)
            if len(self.steps) > MOST_STEPS:
                raise FileError(
                    self.path,
                    told(
                        "the chains unfold into more than {most:,} steps; give them in parts",
                        most=MOST_STEPS,
                    ),
                )
        self.land(leaving)

    def land(self, places: list[int]) -> None:
        """Let the steps at some places go on at the next one."""
        for place in places:
            self.steps[place] = replace(self.steps[place], to=len(self.steps))

    def _rule(self, rule: ChainRule, depth: int, leaving: list[int]) -> None:
        if not rule.boxes or rule.verb == "none" or rule.inbound not in (None, self.inbound):
            return
        label, boxes, doubt = rule.label, rule.boxes, rule.unclear
        if doubt is not None:
            self.unjudged.setdefault(label, Unjudged(label, doubt))
        match rule.verb:
            case "accept" | "drop":
                action: Action = "permit" if rule.verb == "accept" else "deny"
                self.steps.append(Step(label, action, boxes, 0, doubt))
            case "jump" | "goto" if doubt is not None and rule.target not in self.chains:
                self._elsewhere(label, boxes, doubt)
            case "elsewhere":
                self._elsewhere(label, boxes, doubt)
            case "return":
                leaving.append(self._skip(label, boxes, doubt))
            case "jump" | "goto":
                inside = self._skip(label, boxes, doubt)
                past = self._skip(label, self.all)
                self.land([inside])
                self.chain(rule.target, depth + 1)
                if rule.verb == "goto":
                    leaving.append(self._skip(label, self.all))
                self.land([past])

    def _elsewhere(self, label: str, boxes: tuple[Box, ...], doubt: Bilingual | None) -> None:
        self.steps += [Step(label, "permit", boxes, 0, doubt), Step(label, "deny", boxes, 0, doubt)]

    def _skip(self, label: str, boxes: tuple[Box, ...], doubt: Bilingual | None = None) -> int:
        self.steps.append(Step(label, "skip", boxes, 0, doubt))
        return len(self.steps) - 1

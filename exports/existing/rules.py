"""Existing rules in the one form that all readers give: filters, each a list of steps from top to bottom.

Only what decides about new connections counts. A step whose conditions cannot be told from packets alone (an
interface, a rate) is named as unjudged, and is doubtful: what it is about may match it, or go past it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from exports.existing.boxes import ANY_PORT, ANY_PROTOCOL, WHOLE, Box
from model.frozen import Bilingual

Action = Literal["permit", "deny", "skip"]


@dataclass(frozen=True, slots=True)
class Step:
    """One rule. `label`: how its file calls it. `to`: where "skip" goes on, by the number of the step.

    `doubt`: why nobody can tell which packets in its boxes match it.
    """

    label: str
    action: Action
    boxes: tuple[Box, ...]
    to: int = 0
    doubt: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule that cannot be judged, and why."""

    label: str
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Filter:
    """One place that connections must pass. What no step decides is denied: a permitting policy is a step too.

    `versions`: the families it decides about. `sources`, `destinations`: the components whose flows pass it, None all.
    `shares`: its rules may stand in other filters, too, under the same labels.
    """

    name: str
    steps: tuple[Step, ...]
    versions: frozenset[int]
    sources: frozenset[str] | None = None
    destinations: frozenset[str] | None = None
    shares: bool = False


@dataclass(frozen=True, slots=True)
class RulesFile:
    """A file that rules were read from: its name, and its SHA-256 in hexadecimal."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Existing:
    """What some files hold: filters, and the rules that cannot be judged. A connection must pass every filter."""

    filters: tuple[Filter, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    files: tuple[RulesFile, ...] = ()


def everything(version: int) -> Box:
    """All packets of a family."""
    return Box(version, WHOLE[version], WHOLE[version], ANY_PROTOCOL, ANY_PORT)

"""Conditions as data: a closed union that a catalog writes, the derivation evaluates and the explanation takes apart.

In a catalog a condition is one JSON object, told apart by its key:

    {"feature": "web-reputation"}                            the source has this feature on
    {"setting": "communication", "is": ["bidirectional"], "of": "destination"}
    {"version": {"at_least": "20.0", "below": "21.0"}}       the source's agent version
    {"reaches": "relay"}                                     at least one component of the kind serves the source
    {"term": "updates-directly"}                             a condition the catalog has named
    {"all": […]}  {"any": […]}  {"not": …}
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from model.frozen import Frozen

Side = Literal["source", "destination"]
_VERSION = r"\d{1,3}\.\d{1,3}"
VersionText = Annotated[str, StringConstraints(pattern=f"^{_VERSION}$")]

AGENT_VERSION = "agent-version"
"""The setting that version conditions read."""


def is_version(text: str) -> bool:
    """Whether a text is a version that can be compared: two numbers and a dot, such as "20.0"."""
    return re.fullmatch(_VERSION, text, re.ASCII) is not None


def version_key(text: str) -> tuple[int, int]:
    """ "20.0" as (20, 0), so that 9.6 sorts before 10.0."""
    major, minor = text.split(".")
    return int(major), int(minor)


class FeatureOn(Frozen):
    """Holds when the source has the feature on."""

    feature: str


class SettingIs(Frozen):
    """Holds when a setting of the source (or of the destination) has one of the listed values."""

    setting: str
    is_: tuple[str, ...] = Field(alias="is", min_length=1)
    of: Side = "source"


class VersionRange(Frozen):
    """Versions from `at_least` (included) up to `below` (excluded); an absent bound does not bind."""

    at_least: VersionText | None = None
    below: VersionText | None = None

    def holds(self, version: str) -> bool:
        """Whether a version such as "20.0" lies in the range."""
        key = version_key(version)
        return (self.at_least is None or key >= version_key(self.at_least)) and (
            self.below is None or key < version_key(self.below)
        )


class VersionIn(Frozen):
    """Holds when the agent version of the source lies in the range."""

    version: VersionRange


class Reaches(Frozen):
    """Holds when at least one component of the kind serves the source (D2: all, these, or none)."""

    reaches: str


class Term(Frozen):
    """Holds when the condition that the catalog has given this name holds."""

    term: str


class All(Frozen):
    """Holds when every part holds."""

    all: tuple["Condition", ...] = Field(min_length=1)


class AnyOf(Frozen):
    """Holds when at least one part holds."""

    any: tuple["Condition", ...] = Field(min_length=1)


class Not(Frozen):
    """Holds when its part does not."""

    not_: "Condition" = Field(alias="not")


Condition = FeatureOn | SettingIs | VersionIn | Reaches | Term | All | AnyOf | Not


class Subject(NamedTuple):
    """What conditions may ask of a component: its effective features and settings and the kinds that serve it."""

    kind: str
    features: frozenset[str]
    settings: Mapping[str, str]
    reaches: frozenset[str]


Terms = Mapping[str, Condition]


def holds(condition: Condition | None, source: Subject, destination: Subject, terms: Terms) -> bool:
    """Whether a condition (None: always) holds for a source and a destination."""
    match condition:
        case None:
            return True
        case FeatureOn(feature=feature):
            return feature in source.features
        case SettingIs():
            subject = source if condition.of == "source" else destination
            return subject.settings.get(condition.setting) in condition.is_
        case VersionIn(version=version):
            text = source.settings.get(AGENT_VERSION)
            return text is not None and version.holds(text)
        case Reaches(reaches=kind):
            return kind in source.reaches
        case Term(term=name):
            return holds(terms[name], source, destination, terms)
        case All(all=parts):
            return all(holds(part, source, destination, terms) for part in parts)
        case AnyOf(any=parts):
            return any(holds(part, source, destination, terms) for part in parts)
        case Not(not_=part):
            return not holds(part, source, destination, terms)


class Trace(NamedTuple):
    """A condition with its value and the values of its parts, for explanations."""

    condition: Condition
    holds: bool
    parts: tuple["Trace", ...] = ()

    def leaves(self) -> Iterator["Trace"]:
        """The traces of the conditions that have no parts of their own, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


def trace(condition: Condition, source: Subject, destination: Subject, terms: Terms) -> Trace:
    """Evaluate a condition and keep the value of every part."""
    match condition:
        case All(all=parts) | AnyOf(any=parts):
            inner = tuple(trace(part, source, destination, terms) for part in parts)
        case Not(not_=part):
            inner = (trace(part, source, destination, terms),)
        case Term(term=name):
            inner = (trace(terms[name], source, destination, terms),)
        case _:
            inner = ()
    return Trace(condition, holds(condition, source, destination, terms), inner)


def parts_of(condition: Condition | None) -> Iterator[Condition]:
    """The condition and every condition inside it (named terms are not followed)."""
    if condition is None:
        return
    yield condition
    match condition:
        case All(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from parts_of(part)
        case Not(not_=part):
            yield from parts_of(part)
        case _:
            pass


def leaves(condition: Condition | None, terms: Terms) -> Iterator[tuple[Side, Condition]]:
    """Every condition without parts inside a condition, terms followed, with the side that it asks."""
    for part in parts_of(condition):
        match part:
            case SettingIs():
                yield part.of, part
            case FeatureOn() | VersionIn() | Reaches():
                yield "source", part
            case Term(term=name):
                yield from leaves(terms[name], terms)
            case _:
                pass


def features_in(condition: Condition | None, terms: Terms) -> Iterator[str]:
    """The features a condition asks for, in order, terms followed; negated parts are left out."""
    match condition:
        case FeatureOn(feature=feature):
            yield feature
        case All(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from features_in(part, terms)
        case Term(term=name):
            yield from features_in(terms[name], terms)
        case _:
            pass

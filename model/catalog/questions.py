"""The questions that the conditions of a catalog ask of a component, numbered.

A component's answers are the bits of one number, so that likeness in what some rules ask is one "and" away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from model.catalog.condition import (
    AGENT_VERSION,
    Condition,
    FeatureOn,
    Reaches,
    SettingIs,
    Side,
    Subject,
    Terms,
    VersionIn,
    VersionRange,
    leaves,
)


class Questions:
    """A growing list of questions; a catalog asks all of its own before it takes any answers."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._bits: dict[tuple[str, object], int] = {}
        """By the name of a feature, kind or setting, and what of it is asked."""
        self._chosen: dict[tuple[str, str], int] = {}

    def ask(self, conditions: Iterable[Condition | None], side: Side) -> int:
        """The bits of everything that conditions ask of one side."""
        bits = 0
        for condition in conditions:
            for of, leaf in leaves(condition, self._terms):
                if of == side:
                    bits |= self._bits.setdefault(_question(leaf), 1 << len(self._bits))
        return bits

    def answers(self, subject: Subject) -> int:
        """The bits that are true of a component."""
        bits, known = 0, self._bits
        for feature in subject.features:
            bits |= known.get((feature, True), 0)
        for kind in subject.reaches:
            bits |= known.get((kind, None), 0)
        for choice in subject.settings.items():
            found = self._chosen.get(choice)
            if found is None:
                found = self._chosen[choice] = self._true_of(*choice)
            bits |= found
        return bits

    def about(self, names: Collection[str]) -> int:
        """The bits of the questions about some features and settings."""
        return sum(bit for (name, _), bit in self._bits.items() if name in names)

    def names(self, bits: int) -> frozenset[str]:
        """The features and settings (and kinds) that some questions are about."""
        return frozenset(name for (name, _), bit in self._bits.items() if bit & bits)

    def turned(self, name: str, value: bool | str) -> tuple[int, int]:
        """The answers that a feature or setting of this value makes false, and those that it makes true."""
        bits = sum(bit for (asked, what), bit in self._bits.items() if asked == name and what is not None)
        true = (
            self._bits.get((name, True), 0) * value if isinstance(value, bool) else self._true_of(name, value)
        )
        return bits & ~true, true

    def _true_of(self, setting: str, value: str) -> int:
        return sum(
            bit for (name, asked), bit in self._bits.items() if name == setting and _applies(asked, value)
        )


def _question(leaf: Condition) -> tuple[str, object]:
    match leaf:
        case FeatureOn(feature=name):
            return name, True
        case SettingIs(setting=name, is_=values):
            return name, values
        case VersionIn(version=versions):
            return AGENT_VERSION, versions
        case Reaches(reaches=kind):
            return kind, None
        case _:
            raise TypeError(f"{leaf!r} has parts")


def _applies(asked: object, value: str) -> bool:
    """Whether a value of a setting is among the values, or the versions, that are asked for."""
    match asked:
        case tuple():
            return value in asked
        case VersionRange():
            return asked.holds(value)
        case _:
            return False

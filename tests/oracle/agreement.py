"""Where the derivation and the oracle differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from model.catalog import Catalog
from model.derive import derive
from model.design import Design
from model.flow import Flow
from tests.oracle import Expected, expected, expected_missing


@dataclass(frozen=True)
class Difference:
    """One way in which the two disagree about one design."""

    kind: Literal["missing", "extra", "attribute", "needs"]
    text: str


def differences(design: Design, catalog: Catalog) -> Iterator[Difference]:
    """Every difference about a design: flows, what they carry, and what the rules need that is not there."""
    graph = derive(design, catalog)
    required = expected(design)
    derived: dict[tuple[str, str, int, str], Flow] = {}
    for flow in graph.flows:
        if flow.key in derived:
            yield Difference("extra", f"{flow.key} twice")
        derived[flow.key] = flow
    for key in required.keys() - derived.keys():
        yield Difference("missing", f"{key} by {sorted(required[key].rules)}")
    for key in derived.keys() - required.keys():
        yield Difference("extra", f"{key} by {derived[key].basis.rules}")
    for key in required.keys() & derived.keys():
        yield from _attributes(required[key], derived[key])
    needs = [
        (need.source, need.kind, need.rule, need.port, need.transport, need.excluded)
        for need in graph.missing
    ]
    needed = expected_missing(design)
    if len(needs) != len(set(needs)):
        yield Difference("needs", "the same need is reported twice")
    for need in needed ^ set(needs):
        yield Difference("needs", f"{need} {'not reported' if need in needed else 'reported'}")


def _attributes(entry: Expected, flow: Flow) -> Iterator[Difference]:
    basis = flow.basis
    for name, required, derived in (
        ("listener", entry.listener, basis.listener),
        ("protocol", entry.protocol, basis.protocol),
        ("scope", entry.scope, basis.scope),
        ("purpose", entry.purpose, basis.purpose),
        ("necessity", entry.necessity, basis.necessity),
        ("rules", sorted(entry.rules), sorted(basis.rules)),
        ("features", sorted(entry.features), sorted(basis.features)),
        ("fqdns", entry.fqdns, list(basis.fqdns)),
        ("inferred", entry.inferred, list(basis.inferred_fqdns)),
        ("uncertain", entry.uncertain, list(basis.uncertain_fqdns)),
        ("source fqdns", entry.source_fqdns, list(basis.source_fqdns)),
    ):
        if required != derived:
            yield Difference("attribute", f"{flow.key}: {name} should be {required!r}, is {derived!r}")

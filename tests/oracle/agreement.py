"""Where the derivation and the oracle differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.flow import Flow
from tests.oracle import Expected, Key, expected, expected_missing
from tests.oracle.choices import in_order


@dataclass(frozen=True)
class Difference:
    """One way in which the two disagree about one design."""

    kind: Literal["missing", "extra", "attribute", "needs"]
    text: str


@dataclass(frozen=True)
class Agreement:
    """How far the two agree about one design."""

    flows: int
    differences: tuple[Difference, ...]


def agreement(design: Design, catalog: Catalog) -> Agreement:
    """Compare the flows of a design, what they carry, and what the rules need that is not there."""
    graph = derive(design, catalog)
    return Agreement(len(graph.flows), tuple(differences(graph, expected(design), expected_missing(design))))


def differences(
    graph: FlowGraph, required: dict[Key, Expected], needed: set[tuple[str, str, str, int, str, bool]]
) -> Iterator[Difference]:
    """Every difference between what was derived and what the oracle says."""
    derived: dict[Key, Flow] = {}
    for flow in graph.flows:
        if flow.key in derived:
            yield Difference("extra", f"{flow.key} twice")
        derived[flow.key] = flow
    for key in sorted(required.keys() - derived.keys()):
        yield Difference("missing", f"{key} by {sorted(required[key].rules)}")
    for key in sorted(derived.keys() - required.keys()):
        yield Difference("extra", f"{key} by {derived[key].basis.rules}")
    for key in sorted(required.keys() & derived.keys()):
        yield from _attributes(required[key], derived[key])
    needs = [
        (item.source, item.kind, item.rule, item.port, item.transport, item.excluded)
        for item in graph.missing
    ]
    if len(needs) != len(set(needs)):
        yield Difference("needs", "the same need is reported twice")
    for need in sorted(needed ^ set(needs)):
        yield Difference(
            "needs", f"{need} {'is not reported' if need in needed else 'should not be reported'}"
        )


def _attributes(entry: Expected, flow: Flow) -> Iterator[Difference]:
    basis = flow.basis
    for name, required, derived in (
        ("listener", entry.listener, basis.listener),
        ("protocol", entry.protocol, basis.protocol),
        ("scope", entry.scope, basis.scope),
        ("purpose", entry.purpose, basis.purpose),
        ("necessity", entry.necessity, basis.necessity),
        ("rules", sorted(entry.rules), sorted(basis.rules)),
        ("features", in_order(entry.features), list(basis.features)),
        ("fqdns", entry.fqdns, list(basis.fqdns)),
        ("inferred", entry.inferred, list(basis.inferred_fqdns)),
        ("uncertain", entry.uncertain, list(basis.uncertain_fqdns)),
        ("proxied", entry.proxied, basis.proxied),
        ("carried", sorted(entry.carried), sorted(basis.carried)),
        ("source fqdns", entry.source_fqdns, list(basis.source_fqdns)),
    ):
        if required != derived:
            yield Difference("attribute", f"{flow.key}: {name} should be {required!r}, is {derived!r}")

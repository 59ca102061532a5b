"""Finding by what is written on things."""

from __future__ import annotations

import pytest

from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.elements import Note, Zone
from model.reading.locating import hits
from tests.designs import shipped_catalog
from tests.drawn import GOV, draw, place


@pytest.fixture(scope="module")
def graph() -> FlowGraph:
    design = draw(
        place("agent", name="Web tier", addresses=("10.1.2.3",), zone="vpc"),
        place("relay", name="R-4122"),
        place("workload-security"),
        zones=(
            Zone(id="vpc", name="Production", kind="vpc", cidrs=("10.1.0.0/16",), frame=(0, 0, 300, 300)),
        ),
    )
    notes = (Note(id="memo", text="Ask the Web team\nabout ports", frame=(0, 0, 100, 100)),)
    return derive(design.evolve(notes=notes), shipped_catalog())


def found(graph: FlowGraph, text: str) -> list[str]:
    return [
        hit.id if hit.flow is None else f"{hit.flow.source} > {hit.flow.destination}"
        for hit in hits(graph, text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   ", []),
        ("web", ["agent", "memo"]),
        ("WEB tier", ["agent"]),
        ("10.1", ["agent", "vpc"]),
        ("ports", ["memo"]),
        ("エージェント", ["agent"]),
        ("4122", ["relay", "agent > relay"]),
        ("4122/tcp", ["agent > relay"]),
        ("4122/udp", []),
        ("412", ["relay"]),
        ("no such thing", []),
    ],
)
def test_what_is_written_is_found(graph: FlowGraph, text: str, expected: list[str]) -> None:
    assert found(graph, text) == expected


def test_a_connector_is_found_by_the_names_it_leads_to(graph: FlowGraph) -> None:
    assert found(graph, f"agents.{GOV}") == ["agent > workload-security", "relay > workload-security"]


def test_each_connector_is_found_once(graph: FlowGraph) -> None:
    pairs = [hit.flow[:2] for hit in hits(graph, "trendmicro.com") if hit.flow is not None]
    assert pairs
    assert len(pairs) == len(set(pairs))

"""What a change board rejects rows for: each flaw shown by a design that has it, and gone once it is mended."""

from __future__ import annotations

import pytest

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.editing.records import apply_records, record_changes
from model.findings.board import Rejected, rejections
from tests.drawn import draw, place
from tests.reports import sample

FULL = {"owner": "山田", "start": "2026-04-01", "expiry": "2027-03-31"}


def graph(design: Design, catalog: Catalog) -> FlowGraph:
    return derive(design, catalog)


def filled(design: Design, catalog: Catalog, **but: str) -> Design:
    """The design with a whole record beside every flow, some fields otherwise."""
    ids = [flow.id for flow in graph(design, catalog).network]
    return apply_records(design, record_changes(design, {name: {**FULL, **but} for name in ids}))


def flaws(design: Design, catalog: Catalog) -> dict[str, Rejected]:
    return {each.code: each for each in rejections(graph(design, catalog))}


def pair(source: tuple[str, ...], destination: tuple[str, ...]) -> Design:
    """An agent that asks a DNS server; both with some addresses."""
    return draw(place("agent", addresses=source), place("dns-server", addresses=destination))


def test_a_row_that_is_complete_is_not_rejected(catalog: Catalog) -> None:
    design = filled(pair(("10.1.1.0/24",), ("10.1.2.3",)), catalog)
    assert len(graph(design, catalog).network) == 1
    assert flaws(design, catalog) == {}


@pytest.mark.parametrize("field", ["owner", "start", "expiry"])
def test_what_people_leave_blank(catalog: Catalog, field: str) -> None:
    design = pair(("10.1.1.0/24",), ("10.1.2.3",))
    code = {"owner": "row-no-owner", "start": "row-no-start", "expiry": "row-no-end"}[field]
    assert set(flaws(filled(design, catalog, **{field: ""}), catalog)) == {code}


@pytest.mark.parametrize("text", ["0.0.0.0/0", "::/0"])
def test_any_address_at_either_end(catalog: Catalog, text: str) -> None:
    for design in (pair((text,), ("10.1.2.3",)), pair(("10.1.1.0/24",), ("10.1.2.3", text))):
        assert set(flaws(filled(design, catalog), catalog)) == {"row-any"}


def test_ends_without_address_or_name(catalog: Catalog) -> None:
    design = filled(pair((), ("10.1.2.3",)), catalog)
    assert set(flaws(design, catalog)) == {"row-no-source"}
    design = filled(pair(("10.1.1.0/24",), ()), catalog)
    (found,) = flaws(design, catalog).values()
    assert (found.code, [flow.destination for flow in found.flows]) == ("row-no-destination", ["dns-server"])
    named = design.evolve(
        components=tuple(
            each.evolve(fqdn="dns.example.com") if each.id == "dns-server" else each
            for each in design.components
        )
    )
    assert flaws(named, catalog) == {}


def test_a_rule_without_a_reading_gives_no_reason(catalog: Catalog) -> None:
    design = filled(pair(("10.1.1.0/24",), ("10.1.2.3",)), catalog)
    (flow,) = graph(design, catalog).network
    first = flow.basis.rules[0]
    rules = tuple(
        rule.evolve(reading=rule.reading.evolve(ja=" ")) if rule.id == first else rule
        for rule in catalog.rules
    )
    assert set(flaws(design, catalog.evolve(rules=rules))) == {"row-no-reason"}


def test_the_warning_names_the_first_flows_and_their_sources(catalog: Catalog) -> None:
    design = sample("on-premises")
    network = graph(design, catalog).network
    found = flaws(design, catalog)
    assert found["row-no-end"].flows == network
    warning = found["row-no-end"].finding
    assert (warning.severity, warning.code) == ("warning", "row-no-end")
    assert warning.message.en == (
        f"Rows without an end date: {', '.join(flow.id for flow in network[:3])} and {len(network) - 3} more."
    )
    assert set(warning.subjects) == {flow.source for flow in network}
    assert [flow.id for flow in found["row-no-destination"].flows] == ["F-ENX1T2A9"]

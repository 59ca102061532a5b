"""What must stay closed, where several components are one host to a filter."""

from __future__ import annotations

import pytest

from exports.connectivity.closed import negative_checks
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.design.design import CatalogReference, Design
from model.design.elements import Assignment, Component
from model.tables.matrix import Row, rows
from tests.designs import shipped_catalog


def placed(name: str, kind: str, *addresses: str) -> Component:
    return Component(id=name, kind=kind, name=name, addresses=addresses)


def design(*components: Component, assignments: tuple[Assignment, ...] = ()) -> Design:
    catalog = CatalogReference(id=shipped_catalog().id, version=shipped_catalog().version)
    return Design(catalog=catalog, components=components, assignments=assignments)


def compared(before: Design, after: Design) -> tuple[Row, ...]:
    first, second = (derive(each, shipped_catalog()) for each in (before, after))
    return rows(second, compare(first, second))


def tried(found: tuple[Row, ...]) -> set[tuple[str, str]]:
    return {(each.row.flow.source, each.posix[0]) for each in negative_checks(found)}


@pytest.mark.parametrize(("new", "shared"), [("10.1.0.9", True), ("10.1.0.0/24", True), ("10.1.0.8", False)])
def test_what_takes_the_place_of_a_removed_component_is_not_expected_to_be_closed(
    new: str, *, shared: bool
) -> None:
    app = placed("app", "agent", "10.2.0.5")
    before = design(app, placed("ws-1", "workload-security"), placed("old", "relay", "10.1.0.9"))
    after = design(app, placed("ws-2", "workload-security"), placed("new", "relay", new))
    found = tried(compared(before, after))
    assert (("app", "nc -vz -w 5 10.1.0.9 4122") in found) is not shared
    assert not [command for source, command in found if source == "app" and command.endswith(" 443")]


@pytest.mark.parametrize(("other", "shared"), [("10.2.0.7", True), ("10.3.0.7", False)])
def test_a_source_that_shares_an_address_may_open_what_the_other_may(other: str, *, shared: bool) -> None:
    before = design(
        placed("app", "agent", "10.2.0.0/24"),
        placed("other", "agent", other),
        placed("relay", "relay", "10.1.0.9"),
    )
    after = before.evolve(assignments=(Assignment(source="other", kind="relay", targets="none"),))
    found = compared(before, after)
    assert [row.status for row in found if row.flow[:3] == ("other", "relay", 4122)] == ["removed"]
    assert (("other", "nc -vz -w 5 10.1.0.9 4122") in tried(found)) is not shared

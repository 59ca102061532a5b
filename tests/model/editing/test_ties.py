"""What a line drawn between two components means."""

from __future__ import annotations

import pytest

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.design.design import CatalogReference, Design
from model.editing import edits
from model.editing.ties import Tie, tie
from model.errors import DesignError


@pytest.fixture
def drawn(catalog: Catalog) -> Design:
    """Two agents, two relays and one of most other things."""
    design = Design(catalog=CatalogReference(id=catalog.id, version=catalog.version))
    for kind, name in (
        ("agent", "a1"), ("agent", "a2"), ("relay", "r1"), ("relay", "r2"), ("web-proxy", "p"), ("siem", "log"),
        ("vcenter", "vc"), ("data-center-gateway", "gw"), ("workload-security", "ws"),
    ):  # fmt: skip
        design, _ = edits.place(design, kind, name, (0, 0))
    return design


def done(found: object) -> Tie:
    assert isinstance(found, Tie), found
    return found


def pairs(design: Design, catalog: Catalog) -> set[tuple[str, str]]:
    return {(flow.source, flow.destination) for flow in derive(design, catalog).network}


def test_the_first_line_narrows_to_one_and_the_next_adds(drawn: Design, catalog: Catalog) -> None:
    assert {("a1", "r1"), ("a1", "r2"), ("a2", "r2")} <= pairs(drawn, catalog)
    first = done(tie(drawn, catalog, ["a1"], "r1"))
    assert first.meaning == "only"
    assert pairs(drawn, catalog) - pairs(first.after, catalog) == {("a1", "r2")}
    second = done(tie(first.after, catalog, ["a1"], "r2"))
    assert second.meaning == "also"
    assert pairs(second.after, catalog) == pairs(drawn, catalog)


def test_a_line_that_stands_alone_replaces_what_was_chosen(drawn: Design, catalog: Catalog) -> None:
    first = done(tie(drawn, catalog, ["a1"], "r1")).after
    moved = done(tie(first, catalog, ["a1"], "r2", alone=True))
    assert moved.meaning == "only"
    assert moved.after.assignments_of["a1"]["relay"].chosen == ("r2",)


def test_a_line_for_one_that_used_none_lets_it_use_one(drawn: Design, catalog: Catalog) -> None:
    none = edits.assign(drawn, "a1", "relay", ())
    assert done(tie(none, catalog, ["a1"], "r2")).after.assignments_of["a1"]["relay"].chosen == ("r2",)


def test_several_are_tied_at_once_and_those_that_cannot_are_left_out(drawn: Design, catalog: Catalog) -> None:
    after = done(tie(drawn, catalog, ["vc", "a1", "a2"], "r1")).after
    assert {each.source for each in after.assignments} == {"a1", "a2"}


def test_a_line_to_a_proxy_sends_every_class_of_traffic_there(drawn: Design, catalog: Catalog) -> None:
    found = done(tie(drawn, catalog, ["a1"], "p"))
    assert found.meaning == "proxy"
    assert found.after.component_by_id["a1"].proxies == dict.fromkeys(
        ("management", "smart-protection", "updates", "relays"), "p"
    )
    assert tie(found.after, catalog, ["a1"], "p") == "already"


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ("a1", "a1", "itself"),
        ("r1", "a1", "reversed"),
        ("log", "a1", "reversed"),
        ("p", "a1", "reversed"),
        ("p", "ws", "no_rule"),
        ("a1", "vc", "no_rule"),
        ("vc", "log", "no_rule"),
    ],
)
def test_a_line_that_means_nothing_says_why(
    drawn: Design, catalog: Catalog, source: str, target: str, why: str
) -> None:
    assert tie(drawn, catalog, [source], target) == why


def test_what_is_so_already_is_not_drawn_again(drawn: Design, catalog: Catalog) -> None:
    only = done(tie(drawn, catalog, ["a1"], "r1")).after
    assert tie(only, catalog, ["a1"], "r1") == "already"
    assert tie(only, catalog, ["a1"], "r1", alone=True) == "already"
    both = done(tie(only, catalog, ["a1"], "r2")).after
    assert tie(both, catalog, ["a1"], "r1") == "already"
    assert done(tie(both, catalog, ["a1"], "r1", alone=True)).meaning == "only"


def test_an_unknown_kind_and_a_missing_component_are_told(drawn: Design, catalog: Catalog) -> None:
    strange, _ = edits.place(drawn, "toaster", "t", (0, 0))
    assert tie(strange, catalog, ["a1"], "t") == "unknown"
    with pytest.raises(DesignError, match="there is no component gone"):
        tie(drawn, catalog, ["a1"], "gone")

"""Scenarios: every kind of change, stacking in any order, and contradictions by name."""

import random
from itertools import permutations

import pytest

from model.catalog.catalog import Catalog
from model.derivation.comparison import compare
from model.derivation.derive import derive
from model.design.changes import (
    Addition,
    AnyChange,
    Change,
    CountChange,
    PortChange,
    ProxyChange,
    Removal,
    Scenario,
    ServersChange,
)
from model.design.design import CatalogReference, Design
from model.design.elements import Component, Zone
from model.editing import edits
from model.editing.scenario import apply_changes
from model.errors import ChangeError
from model.storage import dump, parse_design
from model.whatif.overlay import conflicts, overlaid, scenario_named, settled
from tests.designs import random_design
from tests.model.whatif.changes import random_change

BASE = Design(
    catalog=CatalogReference(id="workload-security-govcloud", version="2026-11"),
    zones=(Zone(id="vpc", name="VPC", kind="vpc", frame=(0, 0, 500, 500)),),
    components=(
        Component(id="web", kind="agent", name="Web", zone="vpc"),
        Component(id="relay-1", kind="relay", name="R1", zone="vpc"),
        Component(id="relay-2", kind="relay", name="R2"),
        Component(id="proxy", kind="web-proxy", name="Proxy"),
    ),
)


def scenario(name: str, *changes: AnyChange) -> Scenario:
    return Scenario(id=name, name=name.title(), changes=changes)


def test_every_kind_of_change_does_what_the_edit_does(catalog: Catalog) -> None:
    new = Component(id="dns", kind="dns-server", name="DNS", zone="vpc")
    made = overlaid(
        BASE,
        catalog,
        scenario(
            "all",
            Removal(remove="relay-2"),
            Change(feature="smart-scan", value=True),
            Change(setting="agent-version", value="12.0", component="web"),
            PortChange(port=4122, value=14122, component="relay-1"),
            ProxyChange(traffic="management", value="proxy", component="web"),
            ServersChange(servers="relay", value=("relay-1",), component="web"),
            CountChange(count=9, component="web"),
            Addition(add=new),
        ),
    )
    wanted = edits.change_design(BASE, components=(*BASE.components, new))
    wanted = edits.set_feature(wanted, "smart-scan", True)
    wanted = edits.set_setting(wanted, "agent-version", "12.0", "web")
    wanted = edits.set_port(wanted, "relay-1", 4122, 14122)
    wanted = edits.set_proxy(wanted, "web", "management", "proxy")
    wanted = edits.assign(wanted, "web", "relay", ("relay-1",))
    wanted = edits.change_component(wanted, "web", count=9)
    assert made == edits.delete(wanted, {"relay-2"})


def test_null_goes_back_to_what_is_inherited(catalog: Catalog) -> None:
    changed = apply_changes(
        BASE,
        catalog,
        (
            PortChange(port=4122, value=14122, component="relay-1"),
            ProxyChange(traffic="updates", value="proxy", component="web"),
            ServersChange(servers="relay", value="none", component="web"),
        ),
    )
    assert changed != BASE
    back = apply_changes(
        changed,
        catalog,
        (
            PortChange(port=4122, value=None, component="relay-1"),
            ProxyChange(traffic="updates", value=None, component="web"),
            ServersChange(servers="relay", value=None, component="web"),
        ),
    )
    assert back == BASE


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(feature="nonsense", value=True), "no feature nonsense"),
        (Change(feature="smart-scan", value=True, component="nobody"), "no component nobody"),
        (Change(feature="smart-scan", value=True, component="proxy"), "has no smart-scan"),
        (PortChange(port=99, value=1, component="relay-1"), "does not listen on 99"),
        (ProxyChange(traffic="nonsense", value=None, component="web"), "no class of traffic nonsense"),
        (ProxyChange(traffic="updates", value="nobody", component="web"), "no component nobody"),
        (ServersChange(servers="vcenter", value=None, component="web"), "no component of kind vcenter"),
        (Addition(add=Component(id="web", kind="agent", name="W")), "already is a component web"),
        (Addition(add=Component(id="x", kind="mainframe", name="X")), "no kind mainframe"),
        (Removal(remove="nobody"), "no component nobody"),
    ],
)
def test_a_change_to_what_does_not_exist_is_refused(catalog: Catalog, change: AnyChange, said: str) -> None:
    with pytest.raises(ChangeError, match=said):
        apply_changes(BASE, catalog, (change,))


def test_stacking_in_any_order_gives_the_same_design(catalog: Catalog) -> None:
    stack = (
        scenario("a", Change(feature="smart-scan", value=True), Removal(remove="relay-2")),
        scenario("b", Change(feature="smart-scan", value=False, component="web")),
        scenario(
            "c", Addition(add=Component(id="ntp", kind="ntp-server", name="N")), Removal(remove="relay-2")
        ),
    )
    designs = {dump(overlaid(BASE, catalog, *order)) for order in permutations(stack)}
    assert len(designs) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Change(feature="smart-scan", value=True), Change(feature="smart-scan", value=False)),
        (CountChange(count=2, component="web"), CountChange(count=3, component="web")),
        (Removal(remove="proxy"), ProxyChange(traffic="updates", value="proxy", component="web")),
        (Removal(remove="relay-1"), ServersChange(servers="relay", value=("relay-1",), component="web")),
        (Removal(remove="web"), Change(feature="smart-scan", value=True, component="web")),
        (
            Addition(add=Component(id="x", kind="agent", name="X")),
            Addition(add=Component(id="x", kind="relay", name="X")),
        ),
    ],
)
def test_contradictions_are_named_either_way_round(
    catalog: Catalog, one: AnyChange, other: AnyChange
) -> None:
    first, second = scenario("first", one), scenario("second", other)
    for order in ((first, second), (second, first)):
        (found,) = conflicts(order)
        assert {found.first_change, found.second_change} == {one, other}
        with pytest.raises(ChangeError, match=r"First and Second|Second and First"):
            overlaid(BASE, catalog, *order)


def test_the_same_change_twice_is_no_contradiction(catalog: Catalog) -> None:
    change = Change(feature="smart-scan", value=True)
    stack = (
        scenario("a", change),
        scenario("b", change),
        scenario("c", Change(feature="firewall", value=True)),
    )
    assert conflicts(stack) == ()
    assert overlaid(BASE, catalog, *stack).features == {"smart-scan": True, "firewall": True}


def test_within_one_scenario_the_last_word_counts(catalog: Catalog) -> None:
    words = scenario("a", Change(feature="firewall", value=True), Change(feature="firewall", value=False))
    assert overlaid(BASE, catalog, words).features == {"firewall": False}


def test_a_scenario_is_found_by_id_and_name() -> None:
    design = BASE.evolve(scenarios=(scenario("a"), scenario("b")))
    assert scenario_named(design, "a").id == scenario_named(design, "A").id == "a"
    with pytest.raises(ChangeError, match="its scenarios are a, b"):
        scenario_named(design, "c")


def test_deleting_a_component_leaves_scenarios_that_still_hold_together(catalog: Catalog) -> None:
    new = Component(id="new", kind="agent", name="New", zone="vpc", proxies={"updates": "proxy"})
    kept = scenario(
        "s",
        Addition(add=new),
        ServersChange(servers="relay", value=("relay-1", "relay-2"), component="new"),
        Removal(remove="relay-1"),
        ProxyChange(traffic="management", value="proxy", component="web"),
    )
    design = BASE.evolve(scenarios=(kept,))
    after = edits.delete(design, {"proxy", "relay-1", "vpc"})
    assert after.scenarios[0].changes == (
        Addition(add=new.evolve(zone=None, proxies={})),
        ServersChange(servers="relay", value=("relay-2",), component="new"),
    )
    assert [each.id for each in overlaid(after, catalog, *after.scenarios).components] == [
        "web",
        "relay-2",
        "new",
    ]


def test_a_new_component_never_takes_the_id_that_a_scenario_will_give(catalog: Catalog) -> None:
    added = Addition(add=Component(id="dns", kind="dns-server", name="DNS"))
    design = BASE.evolve(scenarios=(scenario("s", added),))
    placed, name = edits.place(design, "dns-server", "DNS", (0, 0))
    assert name == "dns-2"
    assert {"dns", "dns-2"} <= overlaid(placed, catalog, *placed.scenarios).component_by_id.keys()


def test_adopting_a_scenario_gives_the_difference_that_was_shown(catalog: Catalog) -> None:
    differing = 0
    for seed in range(150):
        rng = random.Random(seed)
        design = random_design(rng, catalog, rng.randint(6, 20)).evolve(scenarios=())
        laid, changes = design, []
        for _ in range(rng.randint(3, 6)):
            changes.append(random_change(rng, laid, catalog))
            laid = apply_changes(laid, catalog, changes[-1:])
        one = Scenario(id="s", name="S", changes=settled(changes))
        try:
            saved = design.evolve(scenarios=(one,))
        except ValueError:
            continue  # its last words refer to a component that only an overridden one added
        before = derive(design, catalog)
        shown = compare(before, derive(overlaid(saved, catalog, one), catalog))
        read = parse_design(dump(saved))
        adopted = parse_design(dump(overlaid(read, catalog, *read.scenarios)))
        again = compare(before, derive(adopted, catalog))
        assert again == shown, seed
        came = {flow.id for flow in shown.added}
        went = {flow.id for flow in shown.removed}
        assert derive(adopted, catalog).by_id.keys() == (before.by_id.keys() | came) - went, seed
        differing += not shown.same
    assert differing > 60

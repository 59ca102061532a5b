"""The document: one way to change, one signal, undo that gives back the same bytes, and a what-if laid over it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from exports.catalogs import catalog_file
from gui.document import pending
from gui.document.document import Document
from gui.document.pending import Baseline, State
from model.design.changes import Addition, AnyChange, Change, CountChange, Scenario
from model.design.design import Design
from model.design.elements import Component
from model.editing import edits, parts
from model.storage import dump, parse_design
from resources import text

CATALOG = catalog_file().catalog


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    opened = Document(CATALOG)
    opened.open(parse_design(text("samples/on-premises.portchart").encode()))
    return opened


def bytes_of(document: Document) -> tuple[bytes, tuple[AnyChange, ...]]:
    return dump(document.design), document.state.pending


def test_an_edit_is_one_named_step_and_one_signal(qtbot: QtBot, document: Document) -> None:
    before = document.design
    with qtbot.waitSignal(document.changed):
        assert document.edit("Rename it", lambda design: edits.rename(design, "app-tier", "shop"))
    assert document.design.component_by_id["app-tier"].name == "shop"
    assert document.stack.undoText() == "Rename it"
    assert document.modified
    document.stack.undo()
    assert document.design is before
    assert not document.modified


def test_a_refused_edit_changes_nothing_and_says_why(qtbot: QtBot, document: Document) -> None:
    before = document.state
    with qtbot.waitSignal(document.refused) as told:
        assert not document.edit("Rename", lambda design: edits.rename(design, "app-tier", ""))
    assert "name" in told.args[0]
    assert document.state is before
    assert document.stack.count() == 0


def test_a_refusal_is_a_sentence_that_starts_with_a_capital(document: Document) -> None:
    assert not document.edit("Tie", lambda design: edits.rename(design, "no-such", "x"))
    assert document.last_refusal == "There is no component no-such"


def test_a_what_if_leaves_the_design_alone_until_adopted(document: Document) -> None:
    before = dump(document.design)
    document.try_out("Try", (Change(feature="web-reputation", value=False),))
    assert dump(document.design) == before
    assert document.stack.undoText() == "Try"
    comparison = document.view.comparison
    assert comparison is not None
    assert comparison.removed
    assert document.view.design.features["web-reputation"] is False
    document.adopt("Adopt")
    assert document.design.features["web-reputation"] is False
    assert document.state.pending == ()
    assert document.modified
    document.stack.undo()
    assert dump(document.design) == before
    assert document.state.pending != ()
    document.discard("Discard")
    assert document.state.pending == ()


def test_deleting_its_subject_takes_a_pending_change_along(document: Document) -> None:
    document.try_out("Try", (Change(feature="smart-feedback", value=True, component="app-tier"),))
    document.edit("Delete", lambda design: edits.delete(design, ["app-tier"]))
    assert document.state.pending == ()


def test_an_unknown_what_if_is_refused(document: Document) -> None:
    assert not document.try_out("Try", (Change(feature="no-such-feature", value=True),))
    assert "no-such-feature" in document.last_refusal


def test_switching_back_leaves_nothing_pending(document: Document) -> None:
    design = document.design
    was = design.features["web-reputation"]
    off = pending.toggled((), design, CATALOG, [Change(feature="web-reputation", value=not was)])
    assert len(off) == 1
    assert pending.toggled(off, design, CATALOG, [Change(feature="web-reputation", value=was)]) == ()


def some_edit(rng: random.Random, document: Document, number: int) -> None:
    """One of everything a user can do, at random; some are refused."""
    design = document.design
    names = [component.id for component in design.components] or ["nothing"]
    one = rng.choice(names)
    kind = rng.choice(CATALOG.kinds).id
    feature = rng.choice([each for each in CATALOG.features if each.scope == "policy"]).id
    value = rng.random() < 0.5
    zone = rng.choice([None, *design.zone_by_id])
    x, y = rng.randrange(-500, 2000, 10), rng.randrange(-500, 2000, 10)
    changes: tuple[Callable[[Design], Design], ...] = (
        lambda d: edits.place(d, kind, f"new {number}", (x, y), zone)[0],
        lambda d: edits.add_zone(d, f"zone {number}", "subnet", (x, y, 200, 100), zone)[0],
        lambda d: edits.add_note(d, f"note {number}", (x, y, 100, 50))[0],
        lambda d: edits.move(d, {one: (x, y)}, {one: zone}),
        lambda d: edits.rename(d, one, f"名前 {number}"),
        lambda d: edits.delete(d, [one]),
        lambda d: parts.paste(d, parts.take(d, [one]), (20, 20)).design,
        lambda d: edits.set_feature(d, feature, value, rng.choice([None, one])),
        lambda d: edits.change_component(d, one, count=number + 1, addresses=(f"10.0.{number % 256}.1",)),
        lambda d: edits.assign(d, one, kind, None),
        lambda d: edits.assign(d, one, kind, ()),
        lambda d: edits.change_design(d, title=f"title {number}"),
    )
    chosen = rng.randrange(len(changes) + 3)
    if chosen < len(changes):
        document.edit(f"step {number}", changes[chosen])
    elif chosen == len(changes):
        wish = Change(feature=feature, value=value, component=rng.choice([None, one]))
        kinds = CATALOG.feature_by_id[feature].kinds
        if wish.component is None or (
            one in design.component_by_id and design.component_by_id[one].kind in kinds
        ):
            document.try_out("try", pending.toggled(document.state.pending, design, CATALOG, [wish]))
    elif chosen == len(changes) + 1:
        document.adopt("adopt")
    else:
        document.discard("discard")


def undo_and_redo(document: Document, seed: int, steps: int) -> None:
    rng = random.Random(seed)
    seen = [bytes_of(document)]
    for number in range(steps):
        before = document.stack.index()
        some_edit(rng, document, number)
        if document.stack.index() != before:
            seen.append(bytes_of(document))
    assert document.stack.index() == len(seen) - 1
    for state in reversed(seen[:-1]):
        document.stack.undo()
        assert bytes_of(document) == state
    for state in seen[1:]:
        document.stack.redo()
        assert bytes_of(document) == state


@pytest.mark.parametrize("seed", range(12))
def test_random_edits_are_undone_and_redone_to_the_same_bytes(document: Document, seed: int) -> None:
    undo_and_redo(document, seed, 30)


@pytest.mark.soak
def test_a_thousand_random_sequences_are_undone_and_redone(document: Document) -> None:
    design = document.design
    for seed in range(1_000):
        document.open(design)
        undo_and_redo(document, 1_000 + seed, 20)


def test_undo_gives_back_the_very_values(document: Document) -> None:
    first = document.state
    document.edit("Move", lambda design: edits.move(design, {"app-tier": (0, 0)}))
    document.stack.undo()
    assert document.state is first
    assert isinstance(first, State)


def with_scenarios(document: Document) -> None:
    """Two scenarios that go together, and one that contradicts the first."""
    quiet = Change(feature="web-reputation", value=False)
    made = (
        Scenario(id="quiet", name="Quiet", changes=(quiet,)),
        Scenario(id="many", name="Many", changes=(CountChange(count=90, component="app-tier"),)),
        Scenario(id="loud", name="Loud", changes=(Change(feature="web-reputation", value=True),)),
    )
    document.edit("Scenarios", lambda design: edits.change_design(design, scenarios=made))


def test_an_edit_while_trying_is_tried_out_and_adopted_as_one_step(document: Document) -> None:
    before = document.design
    document.set_trying(True)
    assert document.edit("Count", lambda design: edits.change_component(design, "app-tier", count=77))
    assert document.edit("Port", lambda design: edits.set_port(design, "sps-1", 5274, 15274))
    assert document.edit("Delete", lambda design: edits.delete(design, ["web-tier"]))
    assert document.edit("Place", lambda design: edits.place(design, "relay", "New", (40, 50))[0])
    assert document.design is before
    assert document.edited is document.view.design
    assert [type(each).__name__ for each in document.state.pending] == [
        "Addition", "CountChange", "PortChange", "Removal",
    ]  # fmt: skip
    shown = document.view.design
    steps = document.stack.index()
    document.adopt("Adopt")
    assert document.stack.index() == steps + 1
    assert document.design is shown
    assert document.design.component_by_id["app-tier"].count == 77


def test_names_and_places_are_done_even_while_trying(document: Document) -> None:
    document.set_trying(True)
    document.edit("Place", lambda design: edits.place(design, "relay", "New", (40, 50))[0])
    document.edit("Rename", lambda design: edits.rename(design, "app-tier", "shop"))
    document.edit("Move", lambda design: edits.move(design, {"app-tier": (10, 20), "new": (500, 40)}))
    assert document.design.component_by_id["app-tier"].name == "shop"
    assert document.design.component_by_id["app-tier"].position == (10, 20)
    assert "new" not in document.design.component_by_id
    assert document.view.design.component_by_id["new"].position == (500, 40)
    assert len(document.state.pending) == 1


def test_what_is_only_tried_out_can_be_moved_in_any_case(document: Document) -> None:
    document.try_out("Try", (Addition(add=Component(id="extra", kind="relay", name="Extra")),))
    assert document.edit("Move", lambda design: edits.move(design, {"extra": (70, 80)}))
    assert document.view.design.component_by_id["extra"].position == (70, 80)


@pytest.mark.parametrize("trying", [False, True])
def test_what_a_scenario_adds_can_be_moved_by_itself_and_with_its_zone(
    document: Document, *, trying: bool
) -> None:
    zone = document.design.zones[0]
    extra = Component(id="extra", kind="relay", name="Extra", zone=zone.id, position=(40, 50))
    hidden = Component(id="hidden", kind="relay", name="Hidden", zone=zone.id, position=(60, 70))
    more = tuple(
        Scenario(id=each.id, name=each.name, changes=(Addition(add=each),)) for each in (extra, hidden)
    )
    document.edit("Scenarios", lambda design: edits.change_design(design, scenarios=more))
    document.put("Lay", lambda state: State(document.design, laid=("extra",)))
    document.set_trying(trying)
    assert document.edit("Move", lambda design: edits.move_zone(design, zone.id, 100, 10))
    assert document.edit("Move", lambda design: edits.move(design, {"extra": (145, 65)}))
    assert document.view.design.component_by_id["extra"].position == (145, 65)
    assert {name: each.position for name, each in edits.additions(document.design).items()} == {
        "extra": (145, 65),
        "hidden": (160, 80),
    }
    assert document.design.zone_by_id[zone.id].frame[:2] == (zone.frame[0] + 100, zone.frame[1] + 10)
    assert document.state.pending == ()


def test_scenarios_are_stacked_with_changes_on_top(document: Document) -> None:
    with_scenarios(document)
    assert document.put("Lay", lambda state: State(document.design, laid=("many", "quiet")))
    assert document.view.under is document.view.design or document.view.under == document.view.design
    document.try_out("Try", (CountChange(count=91, component="app-tier"),))
    assert document.view.design.component_by_id["app-tier"].count == 91
    assert document.view.design.features["web-reputation"] is False
    document.discard("Discard")
    assert document.state == State(document.design)


def test_a_contradiction_is_refused_by_name(qtbot: QtBot, document: Document) -> None:
    with_scenarios(document)
    with qtbot.waitSignal(document.refused) as told:
        assert not document.put("Lay", lambda state: State(document.design, laid=("quiet", "loud")))
    assert "Quiet" in told.args[0]
    assert "Loud" in told.args[0]
    assert document.state.laid == ()


def test_another_baseline_is_compared_with(document: Document) -> None:
    with_scenarios(document)
    document.put("Compare", lambda state: State(document.design, against=Baseline(scenarios=("quiet",))))
    comparison = document.view.comparison
    assert comparison is not None
    assert comparison.added
    document.put(
        "Lay", lambda state: State(document.design, laid=("quiet",), against=Baseline(scenarios=("quiet",)))
    )
    assert document.view.comparison is not None
    assert document.view.comparison.same
    other = edits.delete(document.design, ["web-tier"])
    document.put("Compare", lambda state: State(document.design, against=Baseline(other=other, name="old")))
    assert document.view.baseline.design is other
    with_more = document.view.comparison
    assert with_more is not None
    assert "web-tier" in {flow.source for flow in with_more.added}


def test_a_scenario_that_goes_is_used_no_more(document: Document) -> None:
    with_scenarios(document)
    document.put(
        "Lay", lambda state: State(document.design, laid=("many",), against=Baseline(scenarios=("quiet",)))
    )
    document.edit("Forget", lambda design: edits.change_design(design, scenarios=design.scenarios[2:]))
    assert document.state == State(document.design)

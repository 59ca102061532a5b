"""The document: one way to change, one signal, undo that gives back the same bytes, and a what-if laid over it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from exports.catalogs import catalog_file
from gui import pending
from gui.document import Document, State
from model import edits
from model.design import AnyChange, Change, Design
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
        lambda d: edits.duplicate(d, [one])[0],
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

"""Locks and the order of zones and notes."""

from __future__ import annotations

import pytest

from model.design.design import CatalogReference, Design
from model.editing import edits, locks
from model.editing.stacking import restacked
from model.errors import DesignError
from model.storage import dump, parse_design

EMPTY = Design(catalog=CatalogReference(id="c", version="1"))


def three_notes() -> Design:
    design = EMPTY
    for x in (0, 50, 500):  # the first two overlap
        design, _ = edits.add_note(design, "x", (x, 0, 100, 100))
    return design


def order(design: Design) -> list[str]:
    return [note.id for note in design.notes]


def test_what_is_locked_stays_out_of_the_hands_way() -> None:
    design, agent = edits.place(EMPTY, "agent", "web", (0, 0))
    design, zone = edits.add_zone(design, "Zone", "vpc", (0, 0, 100, 100))
    after = locks.set_locked(design, [agent], True)
    assert locks.locked(after) == {agent}
    assert locks.free(after, [agent, zone]) == {zone}
    assert locks.free(after, []) == frozenset()
    with pytest.raises(DesignError, match="unlock it first"):
        locks.free(after, [agent])
    with pytest.raises(DesignError, match="unlock it first"):
        locks.renamed(after, agent, "other")
    assert locks.set_locked(after, [agent], False) == design


def test_a_lock_is_in_the_file_only_where_there_is_one() -> None:
    design, agent = edits.place(EMPTY, "agent", "web", (0, 0))
    assert b"locked" not in dump(design)
    locked = locks.set_locked(design, [agent], True)
    assert parse_design(dump(locked)) == locked


def test_to_the_front_and_to_the_back() -> None:
    design = three_notes()
    assert order(restacked(design, ["note"], "front")) == ["note-2", "note-3", "note"]
    assert order(restacked(design, ["note-3"], "back")) == ["note-3", "note", "note-2"]


def test_a_step_passes_the_next_one_that_overlaps() -> None:
    design = three_notes()
    assert order(restacked(design, ["note"], "forward")) == ["note-2", "note", "note-3"]
    assert order(restacked(design, ["note-2"], "backward")) == ["note-2", "note", "note-3"]
    assert order(restacked(design, ["note-3"], "backward")) == ["note", "note-2", "note-3"]


def test_a_zone_passes_only_zones_as_deep_as_itself() -> None:
    design, _ = edits.add_zone(EMPTY, "A", "vpc", (0, 0, 400, 400))
    design, _ = edits.add_zone(design, "Inner", "subnet", (50, 50, 100, 100), "a")
    design, _ = edits.add_zone(design, "B", "vpc", (300, 0, 400, 400))
    after = restacked(design, ["a"], "forward")
    assert [zone.id for zone in after.zones] == ["inner", "b", "a"]

"""Ctrl while dragging: copies are left where the hand lets go; a click with Ctrl still adds to the selection."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.window.window import Window
from model.editing import edits, locks
from model.shapes.geometry import Point
from tests.gui.hands import LEFT, NO_KEYS, at, click, design_of, drag, middle_of, with_zones
from tests.gui.shown import mismatches

CTRL = Qt.KeyboardModifier.ControlModifier
PLUS = Qt.CursorShape.DragCopyCursor


@pytest.fixture
def drawn(window: Window) -> Window:
    """Two zones, and in the left one an agent that is tied to the first of two relays, with a note beside it."""
    with_zones(window)
    design, relay = edits.place(design_of(window), "relay", "first", (100, 200), "left")
    design, _ = edits.place(design, "relay", "second", (600, 200), "right")
    design = edits.assign(design, "web", "relay", [relay])
    design, _ = edits.add_note(design, "n", (260, 60, 100, 40))
    window.document.open(design)
    return window


def cursor(window: Window) -> Qt.CursorShape:
    return window.canvas.viewport().cursor().shape()


def copies(window: Window) -> set[str]:
    return edits.things(design_of(window)) - edits.things(window.document.last_saved)


def test_what_is_dragged_with_ctrl_is_duplicated_where_it_is_dropped(drawn: Window) -> None:
    x, y = middle_of(drawn.canvas, "web")
    before = design_of(drawn)
    drag(drawn.canvas, (x, y), (x + 500, y), keys=CTRL, drop=False)
    assert cursor(drawn) == PLUS
    assert drawn.scene.card_items["web"].position == Point(100, 100), "the original stays"
    assert design_of(drawn) is before
    QTest.mouseRelease(drawn.canvas.viewport(), LEFT, CTRL, at(drawn.canvas, x + 500, y))
    assert cursor(drawn) != PLUS
    assert copies(drawn) == {"web-2"} == drawn.selection.ids
    copy = design_of(drawn).component_by_id["web-2"]
    assert (copy.position, copy.zone, copy.name) == ((600, 100), "right", "web")
    assert design_of(drawn).component_by_id["web"] == before.component_by_id["web"]
    assert drawn.document.stack.count() == 1
    assert drawn.document.stack.undoText() == "Duplicate"
    assert not list(mismatches(drawn))
    drawn.document.stack.undo()
    assert design_of(drawn) == before


def test_ties_among_what_is_duplicated_are_among_the_copies(drawn: Window) -> None:
    drawn.selection.select(["web", "first"])
    x, y = middle_of(drawn.canvas, "first")
    drag(drawn.canvas, (x, y), (x, y + 200), keys=CTRL)
    after = design_of(drawn)
    assert copies(drawn) == {"web-2", "first-2"} == drawn.selection.ids
    ties = {(each.source, each.chosen) for each in after.assignments}
    assert ties == {("web", ("first",)), ("web-2", ("first-2",))}
    assert after.component_by_id["web-2"].position == (100, 300)
    assert after.component_by_id["first-2"].position == (100, 400)


def test_a_zone_is_duplicated_with_all_it_holds_beside_the_original(drawn: Window) -> None:
    drag(drawn.canvas, (200, 15), (260, 415), keys=CTRL)
    after = design_of(drawn)
    assert after.zone_by_id["left-2"].frame == (60, 400, 400, 300)
    assert (after.zone_by_id["left-2"].parent, after.component_by_id["web-2"].zone) == (None, "left-2")
    assert after.component_by_id["web-2"].position == (160, 500)
    assert [note.frame for note in after.notes] == [(260, 60, 100, 40), (320, 460, 100, 40)]
    assert drawn.selection.ids == {"left-2"}


def test_a_copy_that_overlaps_its_zone_does_not_come_to_lie_in_it(drawn: Window) -> None:
    drag(drawn.canvas, (200, 15), (240, 65), keys=CTRL)
    assert design_of(drawn).zone_by_id["left-2"].parent is None


def test_ctrl_pressed_or_released_on_the_way_turns_moving_into_duplicating_and_back(drawn: Window) -> None:
    x, y = middle_of(drawn.canvas, "web")
    drag(drawn.canvas, (x, y), (x + 500, y), drop=False)
    assert drawn.scene.card_items["web"].position == Point(600, 100)
    QTest.keyPress(drawn.canvas, Qt.Key.Key_Control)
    assert cursor(drawn) == PLUS
    assert drawn.scene.card_items["web"].position == Point(100, 100)
    QTest.keyRelease(drawn.canvas, Qt.Key.Key_Control)
    assert cursor(drawn) != PLUS
    assert drawn.scene.card_items["web"].position == Point(600, 100)
    QTest.mouseRelease(drawn.canvas.viewport(), LEFT, NO_KEYS, at(drawn.canvas, x + 500, y))
    assert not copies(drawn)
    assert design_of(drawn).component_by_id["web"].position == (600, 100)


def test_escape_gives_up_and_leaves_the_selection(drawn: Window) -> None:
    before = design_of(drawn)
    x, y = middle_of(drawn.canvas, "web")
    drag(drawn.canvas, (x, y), (x + 500, y), keys=CTRL, drop=False)
    items = len(drawn.scene.items())
    QTest.keyClick(drawn.canvas, Qt.Key.Key_Escape)
    assert len(drawn.scene.items()) == items - 1
    assert cursor(drawn) != PLUS
    QTest.mouseRelease(drawn.canvas.viewport(), LEFT, CTRL, at(drawn.canvas, x + 500, y))
    assert design_of(drawn) is before
    assert drawn.selection.ids == {"web"}


def test_a_click_with_ctrl_adds_to_the_selection_and_takes_away(drawn: Window) -> None:
    click(drawn.canvas, *middle_of(drawn.canvas, "web"))
    click(drawn.canvas, *middle_of(drawn.canvas, "second"), CTRL)
    assert drawn.selection.ids == {"web", "second"}
    click(drawn.canvas, *middle_of(drawn.canvas, "web"), CTRL)
    assert drawn.selection.ids == {"second"}
    assert not drawn.document.stack.count()


def test_what_is_locked_can_be_duplicated_and_the_copy_is_free(drawn: Window) -> None:
    drawn.document.open(locks.set_locked(design_of(drawn), ["web"], True))
    x, y = middle_of(drawn.canvas, "web")
    drag(drawn.canvas, (x, y), (x + 500, y), keys=CTRL)
    assert not design_of(drawn).component_by_id["web-2"].locked


def test_the_original_of_a_collapsed_zone_keeps_its_place_and_so_does_its_copy(drawn: Window) -> None:
    drawn.selection.select(["left"])
    drawn.actions_by_id["collapse"].trigger()
    card = drawn.scene.cards["left"]
    start = card.x + 20, card.bottom - 10
    drag(drawn.canvas, start, (start[0], start[1] + 400), keys=CTRL)
    after = design_of(drawn)
    assert after.zone_by_id["left-2"].frame == (0, 400, 400, 300)
    assert after.zone_by_id["left-2"].collapsed
    assert after.component_by_id["web-2"].position == (100, 500)

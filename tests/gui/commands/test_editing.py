"""Aligning, stacking and locking in the window, and the guides that show while a hand moves things."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.window.window import Window
from model.design.design import Design
from model.editing import edits
from tests.gui.hands import LEFT, at, design_of, drag, middle_of


def open_three(window: Window) -> None:
    """Three agents of one size in no zone, and a zone far away."""
    design = window.document.blank()
    for name, place in (("one", (0, 0)), ("two", (203, 107)), ("three", (500, 300))):
        design, _ = edits.place(design, "agent", name, place)
    design, _ = edits.add_zone(design, "Far", "vpc", (1000, 1000, 300, 200))
    window.document.open(design)


def places(design: Design) -> dict[str, tuple[int, int]]:
    return {each.id: each.position for each in design.components}


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("align_left", [(0, 0), (0, 107), (0, 300)]),
        ("align_right", [(500, 0), (500, 107), (500, 300)]),
        ("align_center", [(250, 0), (250, 107), (250, 300)]),
        ("align_top", [(0, 0), (203, 0), (500, 0)]),
        ("align_middle", [(0, 150), (203, 150), (500, 150)]),
        ("align_bottom", [(0, 300), (203, 300), (500, 300)]),
        ("distribute_horizontally", [(0, 0), (250, 107), (500, 300)]),
        ("distribute_vertically", [(0, 0), (203, 150), (500, 300)]),
    ],
)
def test_aligning_is_one_step(window: Window, action: str, expected: list[tuple[int, int]]) -> None:
    open_three(window)
    window.selection.select(["one", "two", "three"])
    window.actions_by_id[action].trigger()
    assert list(places(design_of(window)).values()) == expected
    assert window.document.stack.undoText() == window.actions_by_id[action].text()
    window.document.stack.undo()
    assert places(design_of(window)) == {"one": (0, 0), "two": (203, 107), "three": (500, 300)}


def test_what_can_be_aligned_is_said_by_the_actions(window: Window) -> None:
    open_three(window)
    made = window.actions_by_id
    window.selection.select(["one"])
    assert not made["align_left"].isEnabled()
    window.selection.select(["one", "far"])
    assert made["align_left"].isEnabled()
    assert not made["distribute_vertically"].isEnabled()


def test_a_card_aligned_into_a_zone_joins_it(window: Window) -> None:
    open_three(window)
    design, _ = edits.place(design_of(window), "agent", "inside", (1100, 1050), "far")
    design = edits.move(design, {"one": (1100, 0)})
    window.document.open(design)
    window.selection.select(["inside", "one"])
    window.actions_by_id["align_bottom"].trigger()
    assert design_of(window).component_by_id["one"].zone == "far"


def test_a_card_is_drawn_to_its_neighbours_line_and_alt_lets_it_go(window: Window) -> None:
    open_three(window)
    window.actions_by_id["actual_size"].trigger()
    window.canvas.centerOn(300, 200)
    x, y = middle_of(window.canvas, "three")
    drag(window.canvas, (x, y), (x + 20, y - 190), drop=False)
    assert window.scene.overlay.guides
    QTest.mouseRelease(
        window.canvas.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at(window.canvas, x, y)
    )
    assert places(design_of(window))["three"] == (520, 107)
    assert window.scene.overlay.guides == ()
    window.document.stack.undo()
    viewport, alt = window.canvas.viewport(), Qt.KeyboardModifier.AltModifier
    QTest.mousePress(viewport, LEFT, alt, at(window.canvas, x, y))
    for by in (5, 17):
        QTest.mouseMove(viewport, at(window.canvas, x, y + by))
    assert window.scene.overlay.guides == ()
    QTest.mouseRelease(viewport, LEFT, alt, at(window.canvas, x, y + 17))


def test_what_is_locked_is_not_moved_renamed_or_deleted(window: Window) -> None:
    open_three(window)
    window.selection.select(["one"])
    window.actions_by_id["lock"].trigger()
    assert window.actions_by_id["lock"].isChecked()
    assert design_of(window).component_by_id["one"].locked
    before = window.document.design
    for name in ("delete", "rename"):
        window.actions_by_id[name].trigger()
        assert "unlock" in window.document.last_refusal
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    x, y = middle_of(window.canvas, "one")
    drag(window.canvas, (x, y), (x + 100, y))
    assert window.document.design is before
    window.selection.select(["one", "two"])
    window.actions_by_id["delete"].trigger()
    assert design_of(window).component_by_id.keys() == {"one", "three"}
    window.selection.select(["one"])
    window.actions_by_id["lock"].trigger()
    assert window.document.stack.undoText() == "Unlock"
    assert not design_of(window).component_by_id["one"].locked


def test_a_locked_zone_keeps_its_frame_but_what_it_holds_goes_with_an_outer_one(window: Window) -> None:
    design, _ = edits.add_zone(window.document.blank(), "Out", "vpc", (0, 0, 500, 400))
    design, _ = edits.add_zone(design, "In", "subnet", (50, 50, 300, 200), "out")
    window.document.open(edits.change_zone(design, "in", locked=True))
    drag(window.canvas, (350, 150), (400, 150))
    assert design_of(window).zone_by_id["in"].frame == (50, 50, 300, 200)
    drag(window.canvas, (60, 14), (160, 14))
    assert design_of(window).zone_by_id["in"].frame == (150, 50, 300, 200)


def test_zones_and_notes_are_brought_forward(window: Window) -> None:
    design = window.document.blank()
    for x in (0, 50):
        design, _ = edits.add_note(design, str(x), (x, 0, 200, 100))
    window.document.open(design)
    window.selection.select(["note"])
    window.actions_by_id["bring_to_front"].trigger()
    assert [note.id for note in design_of(window).notes] == ["note-2", "note"]
    items = window.scene.note_items
    assert items["note"].zValue() > items["note-2"].zValue()

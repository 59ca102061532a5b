"""Cut, copy, paste and duplicate, within a window and across two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.commands.editing.clipboard import MIME
from gui.window.furnishing import furnish
from gui.window.window import Window
from model.editing import edits
from model.storage import dump
from tests.gui.hands import design_of, with_zones


@pytest.fixture(autouse=True)
def away() -> Iterator[None]:
    """The pointer over no window, the clipboard empty."""
    QCursor.setPos(-5_000, -5_000)
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def do(window: Window, *actions: str) -> None:
    for name in actions:
        window.actions_by_id[name].trigger()


def test_a_copy_is_pasted_beside_the_original_and_selected(window: Window) -> None:
    with_zones(window)
    assert not window.actions_by_id["paste"].isEnabled()
    window.selection.select(["web"])
    do(window, "copy")
    assert QGuiApplication.clipboard().text() == "web"
    do(window, "paste", "paste")
    places = {each.id: each.position for each in design_of(window).components}
    # Below it; then above it, where the zone has to grow by less than below.
    assert places == {"web": (100, 100), "web-2": (100, 190), "web-3": (100, 10)}
    assert design_of(window).zone_by_id["left"].frame == (0, -30, 400, 330)
    assert window.selection.ids == {"web-3"}
    assert window.document.stack.undoText() == "Paste"
    assert design_of(window).component_by_id["web-2"].zone == "left"


def test_pasting_at_the_pointer_joins_the_zone_there(window: Window) -> None:
    with_zones(window)
    window.selection.select(["web"])
    do(window, "copy")
    viewport = window.canvas.viewport()
    QTest.mouseMove(viewport, window.canvas.mapFromScene(700, 150))
    do(window, "paste")
    pasted = design_of(window).component_by_id["web-2"]
    assert pasted.zone == "right"
    middle = window.scene.cards["web-2"].center
    assert abs(middle.x - 700) <= 10
    assert abs(middle.y - 150) <= 10


def test_keys_paste_beside_the_original_though_the_mouse_rests_on_the_canvas(window: Window) -> None:
    with_zones(window)
    QTest.mouseMove(window.canvas.viewport(), window.canvas.mapFromScene(700, 150))
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    assert window.selection.ids == {"web"}
    do(window, "copy", "paste")
    assert design_of(window).component_by_id["web-2"].position == (100, 190)


def test_what_is_pasted_out_of_sight_is_shown(window: Window) -> None:
    with_zones(window)
    window.selection.select(["web"])
    do(window, "copy")
    window.canvas.zoom_to(1)
    window.canvas.look_at(QPointF(-1_500, 0))
    do(window, "paste")
    card = window.scene.cards["web-2"]
    assert window.canvas.seen().intersects(card)


def test_cutting_a_zone_takes_what_it_holds_and_pasting_brings_it_back(window: Window) -> None:
    with_zones(window)
    window.selection.select(["left"])
    do(window, "cut")
    assert design_of(window).component_by_id == {}
    assert design_of(window).zone_by_id.keys() == {"right"}
    do(window, "paste")
    assert design_of(window).component_by_id["web"].zone == "left"
    window.document.stack.undo()
    window.document.stack.undo()
    assert design_of(window).component_by_id.keys() == {"web"}


def test_what_is_locked_is_not_cut(window: Window) -> None:
    with_zones(window)
    window.selection.select(["web"])
    do(window, "lock")
    before = window.document.design
    do(window, "cut")
    assert window.document.design is before
    assert not window.actions_by_id["paste"].isEnabled()


def test_duplicating_copies_zones_and_notes_too(window: Window) -> None:
    with_zones(window)
    design, _ = edits.add_note(design_of(window), "n", (20, 220, 100, 50))
    window.document.open(design)
    window.selection.select(["left"])
    do(window, "duplicate")
    after = design_of(window)
    assert after.component_by_id["web-2"].zone == "left-2"
    assert after.zone_by_id["left-2"].frame == (0, 320, 400, 300)
    assert [note.frame for note in after.notes] == [(20, 220, 100, 50), (20, 540, 100, 50)]
    assert window.selection.ids == {"left-2"}


def test_one_window_pastes_what_another_copied(sample: Window, tmp_path: Path) -> None:
    from exports.catalogs import catalog_file

    sample.selection.select(["web-tier"])
    do(sample, "copy")
    other = Window(catalog_file(), tmp_path / "other", furnish)
    other.complete()
    assert other.actions_by_id["paste"].isEnabled()
    do(other, "paste")
    there, here = design_of(other).component_by_id["web-tier"], design_of(sample).component_by_id["web-tier"]
    assert (there.kind, there.name, there.features) == (here.kind, here.name, here.features)
    other.document.saved(other.document.design)
    other.close()
    other.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_clipboard_that_holds_something_else_changes_nothing(window: Window) -> None:
    with_zones(window)
    before = dump(design_of(window))
    data = QMimeData()
    data.setData(MIME, b'{"what": "portchart-parts", "what": 1}')
    QGuiApplication.clipboard().setMimeData(data)
    do(window, "paste")
    assert dump(design_of(window)) == before
    assert window.status.currentMessage().startswith("the clipboard: ")


def test_a_tie_that_is_lost_is_told(window: Window) -> None:
    with_zones(window)
    design, _ = edits.place(design_of(window), "relay", "r", (600, 100), "right")
    window.document.open(edits.assign(design, "web", "relay", ["r"]))
    window.selection.select(["web"])
    do(window, "copy")
    window.document.open(window.document.blank())
    do(window, "paste")
    assert "not here" in window.status.currentMessage()


def test_a_table_keeps_the_keys_that_copy_its_rows(sample: Window) -> None:
    table = sample.bottom.matrix
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    asked.ignore()
    QApplication.sendEvent(table, asked)
    assert asked.isAccepted()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "\t" in QGuiApplication.clipboard().text()


def test_what_undo_brings_back_is_selected(sample: Window) -> None:
    sample.selection.select(["web-tier"])
    sample.actions_by_id["delete"].trigger()
    assert not sample.selection.ids
    sample.actions_by_id["undo"].trigger()
    assert sample.selection.ids == {"web-tier"}
    sample.actions_by_id["duplicate"].trigger()
    made = sample.selection.ids
    sample.actions_by_id["undo"].trigger()
    sample.actions_by_id["redo"].trigger()
    assert sample.selection.ids == made

"""Numbers of hosts and notes, written where they stand on the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from gui.canvas.hosts import badge
from gui.widgets.fields import Lines
from gui.window.window import Window
from model.design.changes import Change
from model.editing import edits
from tests.gui.hands import LEFT, NO_KEYS, at, click

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def drawn(window: Window) -> Window:
    """A single host, a group of 48, a service of the vendor, and a note."""
    design, _ = edits.place(window.document.blank(), "agent", "web", (0, 0))
    design, _ = edits.place(design, "agent", "app", (0, 120))
    design = edits.change_component(design, "app", count=48)
    design, _ = edits.place(design, "workload-security", "ws", (500, 0))
    design, _ = edits.add_note(design, "Ask the network team", (0, 300, 240, 90))
    window.document.open(design)
    return window


def count(window: Window, name: str) -> int:
    return window.document.design.component_by_id[name].count


def double_click(window: Window, x: float, y: float) -> None:
    QTest.mouseDClick(window.canvas.viewport(), LEFT, NO_KEYS, at(window.canvas, x, y))


def test_a_double_click_on_the_badge_changes_the_number(drawn: Window) -> None:
    place = badge(drawn.scene, "app")
    assert place is not None
    assert badge(drawn.scene, "web") is None
    double_click(drawn, place.center.x, place.center.y)
    editor = drawn.canvas.writing.hosts
    assert editor.isVisible()
    assert editor.text() == "48"
    QTest.keyClicks(editor, "5x0")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert count(drawn, "app") == 50
    assert drawn.document.stack.count() == 1
    assert drawn.canvas.hasFocus()
    double_click(drawn, 60, 140)
    assert drawn.canvas.writing.names.isVisible(), "elsewhere on the card it is the name"


def test_the_action_asks_for_all_that_is_selected_and_passes_services_over(drawn: Window) -> None:
    drawn.selection.select(["web", "app", "ws"])
    drawn.actions_by_id["host_count"].trigger()
    editor = drawn.canvas.writing.hosts
    assert (editor.text(), editor.placeholderText()) == ("", "different")
    QTest.keyClicks(editor, "12")
    drawn.canvas.setFocus()
    assert [count(drawn, name) for name in ("web", "app", "ws")] == [12, 12, 1]
    assert drawn.document.stack.count() == 1
    drawn.selection.select(["ws"])
    assert not drawn.actions_by_id["host_count"].isEnabled()


def test_escape_and_nothing_leave_the_number(drawn: Window) -> None:
    drawn.selection.select(["app"])
    editor = drawn.canvas.writing.hosts
    for keys, end in (("7", Qt.Key.Key_Escape), ("0", Qt.Key.Key_Return)):
        drawn.actions_by_id["host_count"].trigger()
        QTest.keyClicks(editor, keys)
        QTest.keyClick(editor, end)
        assert not editor.isVisible()
    assert not drawn.document.stack.count()


def test_plus_and_minus_step_the_number_and_say_it(drawn: Window) -> None:
    said: list[str] = []
    drawn.canvas.told.connect(said.append)
    drawn.selection.select(["web"])
    drawn.canvas.setFocus()
    QTest.keyClicks(drawn.canvas, "++-")
    assert count(drawn, "web") == 2
    assert said[-1] == "web: 2 hosts"
    QTest.keyClicks(drawn.canvas, "---")
    assert count(drawn, "web") == 1
    assert drawn.document.stack.count() == 4, "below one host nothing is done"


def test_the_number_is_in_the_menu_of_hosts(drawn: Window) -> None:
    drawn.selection.select(["app"])
    drawn.commands.show_menu(drawn.canvas.viewport().mapToGlobal(at(drawn.canvas, 60, 140)))
    menu = next(each for each in drawn.findChildren(QMenu) if each.isVisible())
    assert drawn.actions_by_id["host_count"] in menu.actions()
    menu.close()


def test_a_note_is_written_where_it_lies(drawn: Window) -> None:
    editor = drawn.canvas.writing.notes
    double_click(drawn, 100, 340)
    assert editor.isVisible()
    assert editor.toPlainText() == "Ask the network team"
    QTest.keyClicks(editor, "Ask")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "again")
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    assert drawn.document.design.notes[0].text == "Ask\nagain"
    assert not editor.isVisible()
    assert drawn.canvas.hasFocus()
    assert drawn.document.stack.count() == 1


def test_f2_and_a_click_elsewhere_and_escape(drawn: Window) -> None:
    editor = drawn.canvas.writing.notes
    drawn.selection.select(["note"])
    drawn.actions_by_id["rename"].trigger()
    QTest.keyClicks(editor, "something else")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert drawn.document.design.notes[0].text == "Ask the network team"
    QTest.keyClick(drawn.canvas, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "done")
    click(drawn.canvas, 700, 500)
    assert drawn.document.design.notes[0].text == "done"
    assert not editor.isVisible()


def test_a_new_note_is_written_at_once_and_a_locked_one_not(drawn: Window) -> None:
    drawn.actions_by_id["note_tool"].trigger()
    click(drawn.canvas, 500, 300)
    editor = drawn.canvas.writing.notes
    assert editor.isVisible()
    QTest.keyClicks(editor, "new")
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    assert [each.text for each in drawn.document.design.notes] == ["Ask the network team", "new"]
    drawn.selection.select(["note"])
    drawn.actions_by_id["lock"].trigger()
    drawn.actions_by_id["rename"].trigger()
    assert not editor.isVisible()
    assert "locked" in drawn.document.last_refusal


def test_ctrl_enter_belongs_to_the_note_while_a_what_if_waits_for_it(drawn: Window) -> None:
    drawn.document.try_out("try", (Change(feature="web-reputation", value=True),))
    assert drawn.actions_by_id["whatif_adopt"].isEnabled()
    drawn.canvas.writing.start("note")
    editor = drawn.canvas.writing.notes
    QTest.keyClicks(editor, "mine")
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    assert drawn.document.state.pending, "nothing was adopted"
    assert drawn.document.design.notes[0].text == "mine"
    drawn.selection.select(["note"])
    drawn.side.setCurrentWidget(drawn.inspector)
    QApplication.processEvents()
    lines = drawn.inspector.findChild(Lines)
    assert isinstance(lines, Lines)
    lines.setFocus()
    lines.setPlainText("from the side")
    QTest.keyClick(lines, Qt.Key.Key_Return, CONTROL)
    assert drawn.document.state.pending
    assert drawn.document.design.notes[0].text == "from the side"


def test_what_is_written_never_lands_in_another_design(drawn: Window) -> None:
    other, _ = edits.place(drawn.document.blank(), "agent", "web", (0, 0))
    drawn.canvas.writing.start("web")
    QTest.keyClicks(drawn.canvas.writing.names, "renamed")
    drawn.document.open(other)
    assert drawn.document.design == other
    assert not drawn.canvas.writing.names.isVisible()
    assert not drawn.document.stack.count()

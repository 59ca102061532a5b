"""Bending connectors with the mouse: pieces follow the hand, bends stay, follow their ends, and are released."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from gui.window.window import Window
from model.design.course import Course
from model.shapes.geometry import Point
from tests.gui.hands import at, click, drag

PAIR = ("agent", "relay")


@pytest.fixture
def bendable(window: Window) -> Window:
    """An agent and its relay far apart, so that their connector is one level piece."""
    window.placement.place_at("agent", 100, 100)
    window.placement.place_at("relay", 700, 100)
    window.canvas.fit()
    assert set(window.scene.wires.pairs) == {PAIR}
    return window


def line(window: Window) -> tuple[Point, ...]:
    return window.scene.wires.pairs[PAIR].wire.points


def courses(window: Window) -> tuple[Course, ...]:
    return window.document.design.courses


def spot(window: Window) -> tuple[float, float]:
    """A point on the line beside its label."""
    a, b = line(window)[:2]
    return a.x + (b.x - a.x) / 6, a.y


def bend(window: Window, down: float) -> None:
    x, y = spot(window)
    drag(window.canvas, (x, y), (x, y + down))


def test_a_piece_follows_the_hand_and_stays(bendable: Window) -> None:
    straight = line(bendable)
    assert len(straight) == 2
    bend(bendable, 150)
    (course,) = courses(bendable)
    assert course.pair == PAIR
    assert len(line(bendable)) == 6
    assert line(bendable)[2].y == line(bendable)[3].y == pytest.approx(straight[0].y + 150, abs=6)
    bendable.document.stack.undo()
    assert courses(bendable) == ()
    assert line(bendable) == straight
    assert bendable.document.stack.redoText() == "Bend connector"


def test_bends_follow_both_ends_and_one(bendable: Window) -> None:
    bend(bendable, 150)
    before = line(bendable)
    bendable.selection.select(bendable.scene.cards)
    QTest.keyClick(bendable.canvas, Qt.Key.Key_Down)
    assert line(bendable) == tuple(point.moved(0, 10) for point in before)
    bendable.selection.select(["agent"])
    QTest.keyClick(bendable.canvas, Qt.Key.Key_Up)
    assert line(bendable)[0] == before[0]
    assert line(bendable)[2:] == tuple(point.moved(0, 10) for point in before[2:])


def test_one_action_releases_them(bendable: Window) -> None:
    straight, action = line(bendable), bendable.actions_by_id["release_bends"]
    assert not action.isEnabled()
    bend(bendable, 150)
    bendable.selection.clear()
    assert action.isEnabled()
    action.trigger()
    assert courses(bendable) == ()
    assert line(bendable) == straight
    bendable.document.stack.undo()
    assert len(courses(bendable)) == 1
    assert len(line(bendable)) == 6


def test_no_course_leads_through_a_component(bendable: Window) -> None:
    bendable.placement.place_at("siem", 400, 300)
    before = line(bendable)
    bend(bendable, bendable.scene.cards["siem-or-syslog-server"].center.y - before[0].y)
    assert courses(bendable) == ()
    assert line(bendable) == before
    assert "cannot run through a component" in bendable.status.currentMessage()


def test_escape_leaves_everything_as_it_was(bendable: Window) -> None:
    before, (x, y) = line(bendable), spot(bendable)
    drag(bendable.canvas, (x, y), (x, y + 90), drop=False)
    assert not bendable.scene.wires.visible()
    QTest.keyClick(bendable.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(
        bendable.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at(bendable.canvas, x, y + 90)
    )
    assert line(bendable) == before
    assert courses(bendable) == ()
    assert len(bendable.scene.wires.visible()) == 1


def test_a_click_selects_and_shows_handles_and_the_way_a_piece_moves(bendable: Window) -> None:
    assert bendable.scene.handles.boundingRect().isEmpty() or not bendable.scene.handles._line
    click(bendable.canvas, *spot(bendable))
    assert bendable.selection.pair == PAIR
    assert bendable.scene.handles._line == line(bendable)
    tool = bendable.canvas.tool()
    assert tool.cursor(QPointF(*spot(bendable))) == Qt.CursorShape.SizeVerCursor
    bend(bendable, 150)
    down, to = line(bendable)[1], line(bendable)[2]
    assert tool.cursor(QPointF(down.x, (down.y + to.y) / 2)) == Qt.CursorShape.SizeHorCursor
    assert courses(bendable)


def test_arranging_anew_lets_bends_go(bendable: Window) -> None:
    bend(bendable, 150)
    bendable.placement.place_at("agent", 100, 500)
    bendable.actions_by_id["arrange"].trigger()
    assert courses(bendable) == ()
    bendable.document.stack.undo()
    assert courses(bendable)

"""What is seen of the canvas and how large: zoom, pan, fit, and the edge that scrolls under a hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.window.window import Window
from model.design.views import ALL, Filter
from tests.gui.hands import LEFT, NO_KEYS, at, drag, middle_of, wheel, with_zones
from tests.gui.walk import settle


def test_an_empty_canvas_is_at_its_natural_size_however_small(window: Window) -> None:
    window.resize(window.minimumSizeHint())
    window.canvas.resize(500, 300)
    window.canvas.fit()
    assert window.canvas.scale_now() == 1


def test_ctrl_and_wheel_zoom_at_the_pointer(sample: Window) -> None:
    canvas = sample.canvas
    point = QPoint(300, 200)
    before, under = canvas.scale_now(), canvas.mapToScene(point)
    QTest.mouseMove(canvas.viewport(), point)
    wheel(canvas, point, 120)
    assert canvas.scale_now() > before
    after = canvas.mapToScene(point)
    assert abs(after.x() - under.x()) < 3
    assert abs(after.y() - under.y()) < 3


def test_fit_and_natural_size(sample: Window) -> None:
    canvas = sample.canvas
    sample.actions_by_id["actual_size"].trigger()
    assert abs(canvas.scale_now() - 1) < 1e-6
    sample.actions_by_id["fit"].trigger()
    seen = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    assert seen.contains(sample.scene.content())
    assert sample.toolbar.zoom.text() == f"{round(canvas.scale_now() * 100)} % ▾"


def test_the_middle_button_and_the_pan_tool_move_the_view(sample: Window) -> None:
    sample.actions_by_id["actual_size"].trigger()
    for button, tool in ((Qt.MouseButton.MiddleButton, "select_tool"), (LEFT, "pan_tool")):
        sample.actions_by_id[tool].trigger()
        viewport, before = sample.canvas.viewport(), sample.canvas.mapToScene(0, 0)
        QTest.mousePress(viewport, button, NO_KEYS, QPoint(300, 200))
        QTest.mouseMove(viewport, QPoint(330, 240))
        QTest.mouseRelease(viewport, button, NO_KEYS, QPoint(330, 240))
        after = sample.canvas.mapToScene(0, 0)
        assert (before.x() - after.x(), before.y() - after.y()) == (30, 40)
        assert sample.document.stack.count() == 0


def test_what_is_drawn_first_stays_where_it_was_drawn(window: Window, qtbot: QtBot) -> None:
    canvas = window.canvas
    window.actions_by_id["zone_tool"].trigger()
    corner, height = QPoint(60, 50), canvas.height()
    begin, end = canvas.mapToScene(corner), canvas.mapToScene(corner + QPoint(300, 200))
    drag(canvas, (begin.x(), begin.y()), (end.x(), end.y()))
    qtbot.waitUntil(lambda: canvas.height() < height)  # the legend below has something to say now
    frame = window.document.design.zones[0].rect
    off = canvas.mapFromScene(frame.left, frame.top) - corner
    assert off.manhattanLength() <= 20, "the zone jumped away from under the hand"


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_held_at_the_edge_scrolls_the_picture(window: Window, qtbot: QtBot, kept: bool) -> None:
    with_zones(window)
    canvas, viewport = window.canvas, window.canvas.viewport()
    canvas.zoom_to(1.0)
    held = at(canvas, *middle_of(canvas, "web"))
    right = QPoint(viewport.width() - 2, held.y())
    QTest.mousePress(viewport, LEFT, NO_KEYS, held)
    for x in range(held.x(), right.x(), 40):
        QTest.mouseMove(viewport, QPoint(x, held.y()))
    QTest.mouseMove(viewport, right)
    before = canvas.seen().x
    qtbot.waitUntil(lambda: canvas.seen().x > before + 200)
    if not kept:
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        assert not canvas.tool().busy
    QTest.mouseRelease(viewport, LEFT, NO_KEYS, right)
    now = canvas.seen().x
    placed = window.document.design.component_by_id["web"].point.x
    assert (placed > now + canvas.width() - 200) if kept else placed == 100
    assert not canvas.edge._timer.isActive()


def test_zoom_to_selection_shows_the_selection_as_large_as_it_can_be(sample: Window) -> None:
    canvas, action = sample.canvas, sample.actions_by_id["fit_selection"]
    assert not action.isEnabled()
    for ids, pair in ((("web-tier",), None), (("web-tier", "relay-1"), None), ((), ("web-tier", "relay-1"))):
        sample.selection.select(ids)
        if pair is not None:
            sample.selection.select_pair(pair)
        action.trigger()
        wanted, seen = canvas.around(frozenset(ids or pair or ())), canvas.seen()
        assert seen.left <= wanted.left() <= wanted.right() <= seen.right
        assert seen.top <= wanted.top() <= wanted.bottom() <= seen.bottom
        tight = min(seen.width - wanted.width(), seen.height - wanted.height()) < 100
        assert tight or canvas.scale_now() == pytest.approx(2.0)


def test_below_the_strip_of_a_filter_everything_can_still_be_seen(sample: Window) -> None:
    sample.canvas.fit()
    sample.showing.ask(Filter(ports=(4122,)))
    settle()
    assert sample.strip.isVisible()
    things = sample.scene.things()
    assert things is not None
    assert sample.canvas.seen().union(things) == sample.canvas.seen()
    sample.canvas.zoom_to(2)
    before = sample.canvas.scale_now()
    sample.showing.ask(ALL)
    settle()
    assert sample.canvas.scale_now() == before

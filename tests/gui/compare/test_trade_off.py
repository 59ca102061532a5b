"""The trade-off page: every combination of switches as plot and table, and one of them as the what-if."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from gui import language
from gui.compare.plot import Axis
from gui.compare.sweep import SweepPage
from gui.widgets.boxes import BoxDelegate
from gui.window.window import Window
from model.derivation.derive import derive
from model.design.changes import Change
from model.editing.scenario import apply_changes

FEATURES = ("smart-scan", "web-reputation", "syslog-direct")


def page(window: Window, template: str = "on-premises") -> SweepPage:
    window.files.new(template)
    window.actions_by_id["compare_sweep"].trigger()
    assert window.comparing.window is not None
    return window.comparing.window.sweep


def evaluated(window: Window, qtbot: QtBot, *names: str) -> SweepPage:
    found = page(window)
    for name in names or FEATURES:
        found.switches.choose(name)
    with qtbot.waitSignal(found._worker.done):
        found.go.click()
    return found


def test_every_combination_is_what_deriving_it_gives(window: Window, qtbot: QtBot) -> None:
    found = evaluated(window, qtbot)
    design, catalog = window.document.design, window.document.catalog
    expected = set()
    for values in product((False, True), repeat=3):
        changes = [Change(feature=name, value=on) for name, on in zip(FEATURES, values, strict=True)]
        graph = derive(apply_changes(design, catalog, changes), catalog)
        expected.add((values, len(graph.openings), len(graph.network)))
    assert {(point.values, point.openings, point.flows) for point in found.points()} == expected
    assert sum(found.plot.spots.values()) == 8
    assert found.table.points.rowCount() == 8
    assert found.note.text() == "8 combinations evaluated."


def test_a_combination_becomes_the_what_if_and_the_mark_follows(window: Window, qtbot: QtBot) -> None:
    found = evaluated(window, qtbot)
    wanted = (False, False, True)
    assert found.plot.now is not None
    before = found.plot.now
    row = next(n for n, point in enumerate(found.table.points.points) if point.values == wanted)
    found.table.selectRow(row)
    assert found.plot.chosen is not None
    assert found.plot.chosen[0] == 1
    assert found.about.text() == "Agents forward events directly"
    found.use.click()
    design = window.document.view.design
    assert [design.features[name] for name in FEATURES] == [False, False, True]
    assert window.document.state.pending
    assert found.plot.now == found.plot.chosen != before
    assert found.use.isEnabled()
    window.document.stack.undo()
    assert window.document.state.pending == ()
    assert found.plot.now == before


def test_keys_walk_over_the_marks_and_enter_takes_one(window: Window, qtbot: QtBot) -> None:
    found = evaluated(window, qtbot)
    plot = found.plot
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.chosen == plot.now
    for _ in range(4):
        QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.chosen is not None
    assert plot.chosen[0] == 0
    assert "with 0 features on" in plot.accessibleDescription()
    assert found.about.text() == "Everything off"
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.chosen[0] == 1
    QTest.keyClick(plot, Qt.Key.Key_Up)
    QTest.keyClick(plot, Qt.Key.Key_Down)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert window.document.state.pending


def test_the_mouse_picks_marks_which_say_what_they_are(window: Window, qtbot: QtBot) -> None:
    found = evaluated(window, qtbot)
    plot = found.plot
    spot = next(each for each in plot.spots if each[0] == 0)
    at = plot.place(spot).toPoint()
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert plot.chosen == spot
    assert found.table.chosen() is not None
    QApplication.sendEvent(plot, QHelpEvent(QEvent.Type.ToolTip, at, plot.mapToGlobal(at)))
    assert "1 combination" in QToolTip.text()
    assert plot.spot_at(plot.place(spot)) == spot
    assert plot.spot_at(QPoint(1, 1).toPointF()) is None
    QToolTip.hideText()


def test_the_table_sorts_by_numbers_and_keeps_the_fewest(window: Window, qtbot: QtBot) -> None:
    found = evaluated(window, qtbot)
    table = found.table
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    flows = [point.flows for point in table.points.points]
    assert flows == sorted(flows, reverse=True)
    chosen = table.chosen()
    table.selectRow(0)
    chosen = table.chosen()
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert table.chosen() == chosen
    found.least.setChecked(True)
    for point in table.points.points:
        assert point.openings == min(each.openings for each in found.points() if each.on == point.on)
    found.measure.setCurrentIndex(1)
    found.measure.activated.emit(1)
    assert found.plot.measure == "Flows"
    assert {value for _, value in found.plot.spots} == {point.flows for point in found.points()}


def test_switches_of_single_components_and_settings(window: Window, qtbot: QtBot) -> None:
    found = page(window)
    found.switches.choose("web-reputation", "web-tier")
    found.switches.choose("file-reputation-source", "app-tier")
    assert found.switches.total.text() == "2 chosen: 6 combinations"
    with qtbot.waitSignal(found._worker.done):
        found.go.click()
    assert len(found.points()) == 6
    row = next(n for n, each in enumerate(found.table.points.points) if each.on == 1)
    found.table.selectRow(row)
    assert found.about.text().endswith(" (app-tier) · Web Reputation (web-tier)")
    found.switches.clear()
    assert not found.go.isEnabled()


def test_too_many_combinations_are_refused_beforehand(window: Window) -> None:
    found = page(window)
    for feature in window.document.catalog.features[:17]:
        found.switches.choose(feature.id)
    assert found.switches.total.text().startswith("131,072 combinations; choose fewer")
    assert not found.go.isEnabled()


def test_a_sweep_can_be_cancelled(window: Window) -> None:
    found = page(window, "multi-vpc")
    for feature in window.document.catalog.features[:16]:
        found.switches.choose(feature.id)
    assert found.switches.combinations == 65_536
    found.go.click()
    assert found.stop.isVisible()
    assert not found.go.isEnabled()
    found.stop.click()
    found.wait()
    assert not found.stop.isVisible()
    assert found.points() == ()
    assert found.go.isEnabled()


def test_what_no_longer_holds_is_not_taken_over(window: Window, qtbot: QtBot) -> None:
    found = evaluated(window, qtbot)
    found.table.selectRow(0)
    window.whatif.rows["vision-one"].switch.click()
    assert found.note.text() == "The design has changed since; evaluate again."
    assert not found.use.isEnabled()
    assert found.plot.now is None
    pending = window.document.state.pending
    found.apply()
    assert window.document.state.pending == pending


def test_language_and_theme_reach_the_open_window(window: Window, qtbot: QtBot) -> None:
    found = evaluated(window, qtbot)
    language.set_language("ja")
    assert found.go.text() == "評価"
    assert window.comparing.window is not None
    assert window.comparing.window.windowTitle() == "比較"
    window.actions_by_id["theme_dark"].trigger()
    assert not found.plot.grab().isNull()
    assert found.plot.colours.panel == "#1f242b"
    window.actions_by_id["theme_light"].trigger()


def test_axes_have_round_ticks_that_hold_every_value() -> None:
    assert Axis.over(20, 23, 300).ticks == (20, 21, 22, 23)
    assert Axis.over(3, 97, 300).ticks == (0, 20, 40, 60, 80, 100)
    assert Axis.over(5, 5, 300).ticks == (5, 6)
    assert Axis.over(0, 12_345, 300).ticks == (0, 5_000, 10_000, 15_000)


@pytest.mark.parametrize("width", range(250, 310, 10))
def test_no_switch_is_cut_short(sample: Window, width: int) -> None:
    shown = page(sample).switches.list
    shown.setFixedWidth(width)
    QApplication.processEvents()
    for number in range(shown.count()):
        option = QStyleOptionViewItem()
        shown.initViewItemOption(option)
        index = shown.indexFromItem(shown.item(number))
        option.rect = shown.visualRect(index)
        assert option.rect.width() <= shown.viewport().width()
        delegate = shown.itemDelegate()
        assert isinstance(delegate, BoxDelegate)
        delegate.initStyleOption(option, index)
        room = shown.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, shown)
        inside = room.adjusted(3, 0, -3, 0)  # what every style leaves beside a text
        needed = shown.fontMetrics().boundingRect(inside, Qt.TextFlag.TextWordWrap, option.text)
        assert needed.height() <= room.height(), option.text

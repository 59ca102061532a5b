"""Filters and saved views: canvas, tables and the strip that says what is left out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from gui.window.window import Window
from model.design.views import ALL, Filter
from model.storage import dump, parse_design
from tests.gui.hands import LEFT, write_back


def drawn(window: Window) -> set[tuple[str, str]]:
    return set(window.scene.wires.pairs)


def ports_seen(window: Window) -> set[str]:
    table = window.bottom.matrix
    column = [each.id for each in table.rows_model.columns].index("port")
    return {str(table.order.index(n, column).data()) for n in range(table.order.rowCount())}


def inner(window: Window, menu: str, title: str) -> QMenu:
    window.menus[menu].aboutToShow.emit()
    action = next(each for each in window.menus[menu].actions() if each.text() == title)
    found = action.menu()
    assert isinstance(found, QMenu)
    return found


def tick(window: Window, part: str, text: str) -> None:
    next(each for each in inner(window, "filter", part).actions() if each.text() == text).trigger()


def test_a_port_leaves_its_connectors_and_rows_only(sample: Window) -> None:
    every, rows = drawn(sample), sample.bottom.matrix.order.rowCount()
    tick(sample, "Port", "4122")
    shown = {(f.source, f.destination) for f in sample.document.view.graph.network if f.port == 4122}
    assert drawn(sample) == shown
    assert shown < every
    assert ports_seen(sample) == {"4122"}
    assert sample.strip.isVisible()
    assert "Port: 4122" in sample.strip.chips[0].text()
    assert sample.bottom.left_out.text() == f"{sample.bottom.matrix.order.rowCount()} of {rows} rows"
    QTest.mouseClick(sample.strip.clear, LEFT)
    assert drawn(sample) == every
    assert sample.bottom.matrix.order.rowCount() == rows
    assert not sample.strip.isVisible()


def test_what_no_shown_connector_reaches_steps_back(sample: Window) -> None:
    tick(sample, "Port", "4122")
    ends = {name for pair in drawn(sample) for name in pair}
    faint = {name for name, item in sample.scene.card_items.items() if item.opacity < 1}
    assert faint == sample.scene.cards.keys() - ends
    sample.actions_by_id["clear_filter"].trigger()
    assert all(item.opacity == 1 for item in sample.scene.card_items.values())


def test_a_chip_takes_its_part_away(sample: Window) -> None:
    sample.showing.ask(Filter(ports=(443,), findings=True))
    assert sample.actions_by_id["filter_findings"].isChecked()
    QTest.mouseClick(sample.strip.chips[0], LEFT)
    assert sample.showing.filter == Filter(findings=True)


def test_the_names_follow_the_filter(sample: Window) -> None:
    sample.bottom.setCurrentIndex(1)
    sample.showing.ask(Filter(ports=(80,)))
    shown = [
        sample.bottom.names.rows_model.rows[
            sample.bottom.names.order.mapToSource(sample.bottom.names.order.index(n, 0)).row()
        ]
        for n in range(sample.bottom.names.order.rowCount())
    ]
    assert shown
    assert all(80 in [port for port, _ in entry.ports] for entry in shown)
    assert len(shown) < len(sample.bottom.names.rows_model.rows)


def test_the_table_says_what_the_canvas_does_not_draw(sample: Window) -> None:
    quiet = {each.id for each in sample.document.catalog.purposes if each.quiet}
    away = sum(flow.basis.purpose in quiet for flow in sample.document.view.graph.network)
    assert sample.bottom.left_out.text() == f"{away} not on the canvas"
    sample.toolbar.purposes_chosen.emit(frozenset(each.id for each in sample.document.catalog.purposes))
    assert sample.bottom.left_out.text() == ""


def test_another_design_begins_without_a_filter(sample: Window) -> None:
    sample.showing.ask(Filter(ports=(443,)))
    sample.files.new(None)
    assert sample.showing.filter == ALL


def test_a_menu_stays_open_while_ports_are_ticked(sample: Window, qtbot: QtBot) -> None:
    menu = inner(sample, "filter", "Port")
    menu.popup(sample.mapToGlobal(sample.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    action = next(each for each in menu.actions() if each.text() == "4122")
    menu.setActiveAction(action)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    assert menu.isVisible()
    assert sample.showing.filter.ports == (4122,)
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert sample.showing.filter == ALL
    menu.close()


def test_a_view_is_kept_in_the_design_and_shown_again(
    sample: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_back(monkeypatch, "Relays")
    sample.showing.show(Filter(ports=(4122,)), frozenset({"updates"}))
    sample.canvas.zoom_to(1.5)
    sample.canvas.centerOn(300, 200)
    middle = sample.canvas.mapToScene(sample.canvas.viewport().rect().center())
    sample.strip.save.click()
    (view,) = sample.document.design.views
    assert (view.name, view.filter, view.zoom) == ("Relays", Filter(ports=(4122,)), 150)
    assert parse_design(dump(sample.document.design)).views == (view,)

    sample.actions_by_id["clear_filter"].trigger()
    sample.canvas.fit()
    entry = inner(sample, "views", "Relays")
    next(each for each in entry.actions() if each.text() == "Show").trigger()
    assert sample.showing.filter == view.filter
    assert sample.showing.purposes == frozenset({"updates"})
    again = sample.canvas.mapToScene(sample.canvas.viewport().rect().center())
    assert abs(again.x() - middle.x()) <= 2
    assert abs(again.y() - middle.y()) <= 2
    entry = inner(sample, "views", "Relays")
    next(each for each in entry.actions() if each.text() == "Delete").trigger()
    assert not sample.document.design.views
    sample.actions_by_id["undo"].trigger()
    assert list(sample.document.design.views) == [view]


def with_port(window: Window, port: int) -> set[tuple[str, str]]:
    return {(f.source, f.destination) for f in window.document.view.graph.network if f.port == port}


def test_a_port_asked_for_is_drawn_although_its_purpose_is_switched_off(sample: Window) -> None:
    usual = drawn(sample)
    tick(sample, "Port", "123")
    assert with_port(sample, 123)
    assert drawn(sample) == with_port(sample, 123)
    assert not sample.strip.draw.isVisible()
    assert all(action.isChecked() for action in sample.toolbar.show_button.menu().actions()[:-2])
    QTest.mouseClick(sample.strip.clear, LEFT)
    assert drawn(sample) == usual
    assert sample.preferences.hidden_purposes is None


def test_what_is_switched_off_under_a_port_is_off_while_the_filter_lasts(sample: Window) -> None:
    usual, by_text = (
        drawn(sample),
        {each.text(): each for each in sample.toolbar.show_button.menu().actions()},
    )
    assert by_text["Updates"].isChecked()
    tick(sample, "Port", "123")
    tick(sample, "Port", "4122")
    assert drawn(sample) == with_port(sample, 123) | with_port(sample, 4122)
    next(each for each in sample.toolbar.show_button.menu().actions() if each.text() == "Updates").trigger()
    assert drawn(sample) == with_port(sample, 123)
    QTest.mouseClick(sample.strip.draw, LEFT)
    assert drawn(sample) == with_port(sample, 123) | with_port(sample, 4122)
    QTest.mouseClick(sample.strip.clear, LEFT)
    assert drawn(sample) == usual


def test_a_feature_asked_for_is_drawn_although_its_purpose_is_switched_off(sample: Window) -> None:
    sample.toolbar.purposes_chosen.emit(frozenset())
    assert not drawn(sample)
    name = "web-reputation"
    sample.showing.ask(Filter(features=(name,)))
    flows = [f for f in sample.document.view.graph.network if name in f.basis.features]
    assert flows
    assert drawn(sample) == {(f.source, f.destination) for f in flows}


def test_a_view_shows_the_port_it_was_saved_with(sample: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    write_back(monkeypatch, "Clocks")
    usual = drawn(sample)
    tick(sample, "Port", "123")
    sample.strip.save.click()
    QTest.mouseClick(sample.strip.clear, LEFT)
    entry = inner(sample, "views", "Clocks")
    next(each for each in entry.actions() if each.text() == "Show").trigger()
    assert drawn(sample) == with_port(sample, 123)
    QTest.mouseClick(sample.strip.clear, LEFT)
    assert drawn(sample) == usual


def test_a_view_is_renamed_but_not_to_the_name_of_another(
    sample: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = write_back(monkeypatch, "First", "Second", "First", "Third")
    for port in (443, 4122):
        sample.showing.ask(Filter(ports=(port,)))
        sample.strip.save.click()
    entry = inner(sample, "views", "Second")
    next(each for each in entry.actions() if each.text() == "Rename…").trigger()
    assert [(v.name, v.filter.ports) for v in sample.document.design.views] == [
        ("First", (443,)),
        ("Third", (4122,)),
    ]
    assert asked[2].text == "Name of the view:"
    assert asked[2].before == "Second"
    assert "“First”" in asked[3].text
    sample.actions_by_id["undo"].trigger()
    assert [v.name for v in sample.document.design.views] == ["First", "Second"]


def test_what_meets_the_filter_and_is_not_drawn_can_be_drawn_with_a_click(sample: Window) -> None:
    sample.showing.ask(Filter(findings=True))
    away = sample.showing.not_drawn()
    assert away
    assert sample.strip.draw.text() == f"Draw {len(away)} more"
    before = sample.showing.purposes
    QTest.mouseClick(sample.strip.draw, LEFT)
    assert {(f.source, f.destination) for f in away} <= drawn(sample)
    assert not sample.strip.draw.isVisible()
    assert sample.showing.purposes == before | {"infrastructure"}

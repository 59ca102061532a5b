"""Two drawings of the comparison window that move together, with what differs marked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui import language
from gui.compare.differences import Place, differences
from gui.compare.drawings import side_by_side
from gui.window.window import Window
from model.derivation.comparison import Status
from model.derivation.derive import derive
from model.design.changes import Addition, Scenario
from model.design.elements import Component
from model.editing import edits
from model.shapes.geometry import Rect
from model.shapes.primitives import Drawing, Group, Line
from tests.gui.comparing import compared, drawn
from tests.gui.hands import NO_KEYS


def test_two_drawings_are_zoomed_and_panned_together(window: Window, qtbot: QtBot) -> None:
    found = compared(window, qtbot)
    drawn(found, qtbot, "scenario:less")
    left, right = found.pictures.views
    assert found.pages.currentWidget() is found.pictures
    fitted = left.scale
    middle = QPointF(left.rect().center())
    under = left.to_scene(QPointF(100, 80))
    wheel = QWheelEvent(
        QPointF(100, 80),
        left.mapToGlobal(QPointF(100, 80)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(left, wheel)
    assert left.scale == pytest.approx(fitted * 1.44)
    assert (left.to_scene(QPointF(100, 80)) - under).manhattanLength() < 0.01
    assert (right.scale, right.centre) == (left.scale, left.centre)
    start = QPoint(120, 120)
    QTest.mousePress(right, Qt.MouseButton.LeftButton, NO_KEYS, start)
    QTest.mouseMove(right, start + QPoint(40, 25))
    QTest.mouseRelease(right, Qt.MouseButton.LeftButton, NO_KEYS, start + QPoint(40, 25))
    assert (right.scale, right.centre) == (left.scale, left.centre)
    before = left.centre
    QTest.keyClick(left, Qt.Key.Key_Right)
    assert right.centre.x() > before.x()
    QTest.keyClick(left, Qt.Key.Key_Minus)
    assert right.scale == pytest.approx(left.scale)
    found.pictures.fit_button.click()
    assert left.scale == right.scale == pytest.approx(fitted)
    assert left.to_view(left.to_scene(middle)) == middle


def test_what_differs_is_marked_on_the_side_that_has_it(window: Window, qtbot: QtBot) -> None:
    found = compared(window, qtbot)
    drawn(found, qtbot, "scenario:less")
    pair = found.pictures._pair
    assert pair is not None
    assert "mark:siem-1" in subjects(pair.before.items)
    assert "component:siem-1" not in subjects(pair.after.items)
    QApplication.processEvents()
    chips = [each.text() for each in found.pictures.findChildren(QLabel) if each.property("chip")]
    assert chips == ["−1"]
    design = window.document.view.design
    card = window.scene.cards["siem-1"]
    assert found.pictures.views[0].title_at(QPointF(card.center.x, card.center.y)).startswith("siem-1, ")
    there = found.pictures.views[1].title_at(QPointF(card.center.x, card.center.y))
    assert there == "Operations office · 10.64.12.0/24"
    assert "siem-1" in design.component_by_id
    with qtbot.waitSignal(found.pictures._worker.done):
        found.pictures.swap.click()
    assert found.pictures._pair is not None
    assert "mark:siem-1" in subjects(found.pictures._pair.after.items)


def test_differences_are_stepped_through_and_centred_in_both_drawings(window: Window, qtbot: QtBot) -> None:
    found = compared(window, qtbot)
    pictures = found.pictures
    assert not pictures.next.isEnabled()
    drawn(found, qtbot, "scenario:less")
    left, right = pictures.views
    assert pictures._pair is not None
    told = [(each.title.split("  ")[0], each.status) for each in pictures._pair.differences]
    # What the scenario takes away, by hand: the SIEM, and the connector that brings it events.
    assert sorted(told) == [("Workload Security → siem-1", "removed"), ("siem-1", "removed")]
    assert pictures.where.whole() == ""
    card = window.scene.cards["siem-1"]
    seen: list[str] = []
    for number in range(3):
        if number == 0:
            QTest.keyClick(pictures, Qt.Key.Key_F7)
        else:
            pictures.next.click()
        seen.append(pictures.where.whole())
        assert (right.scale, right.centre) == (left.scale, left.centre)
        assert QRectF(left.rect()).contains(left.to_view(QPointF(card.center.x, card.center.y)))
    assert [text.split(":")[0] for text in seen] == ["1 of 2", "2 of 2", "1 of 2"]
    assert {text.split(": ")[1] for text in seen if "→" not in text} == {"siem-1 (removed)"}
    QTest.keyClick(pictures, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert pictures.where.whole() == seen[1]
    while "→" in pictures.where.whole():
        pictures.previous.click()
    assert (left._marked, right._marked) == ((card,), ())
    assert left.centre == QPointF(card.center.x, card.center.y)


def test_zones_that_differ_are_marked_and_stepped_to_and_only_facts_count(window: Window) -> None:
    window.files.new("on-premises")
    design, catalog = window.document.design, window.document.catalog
    first, second = design.zones[0].id, design.zones[1].id
    other = edits.change_zone(design, first, cidrs=("10.99.0.0/16",), frame=(0, 0, 900, 900))
    other = edits.change_zone(other, second, locked=True, collapsed=True)
    other = edits.change_component(other, "web-tier", locked=True)
    other, new = edits.add_zone(other, "New", "other", (2000, 2000, 200, 200))
    pair = side_by_side(derive(design, catalog), derive(other, catalog), window.scene.look)
    told = {each.title: (each.status, bool(each.before), bool(each.after)) for each in pair.differences}
    assert told == {
        design.zones[0].name: ("changed", True, True),
        "New": ("added", False, True),
    }
    assert {f"mark:{first}", f"mark:{new}"} == {
        each for each in subjects(pair.after.items) if each.startswith("mark:")
    }


def test_differences_are_read_from_top_to_bottom_and_from_left_to_right() -> None:
    def place(x: float, y: float, status: Status) -> Place:
        rect = Rect(x, y, 10, 10)
        return Place(f"{x},{y}", status, (rect,), rect.center)

    before = {"a": place(500, 0, "removed"), "b": place(0, 400, "unchanged"), "c": place(9, 9, "unchanged")}
    after = {"b": place(0, 420, "changed"), "c": place(9, 9, "unchanged"), "d": place(100, 20, "added")}
    found = differences(before, after)
    assert [(each.title, each.status) for each in found] == [
        ("100,20", "added"), ("500,0", "removed"), ("0,420", "changed"),
    ]  # fmt: skip
    assert found[2].around == Rect(0, 400, 10, 30)
    assert (found[0].before, found[1].after) == ((), ())


def subjects(items: tuple[object, ...]) -> set[str]:
    return {item.subject for item in items if isinstance(item, Group)}


def test_connectors_that_go_stay_on_the_left_and_those_that_come_on_the_right(window: Window) -> None:
    window.files.new("on-premises")
    design, catalog = window.document.design, window.document.catalog
    before = derive(design, catalog)
    managed = edits.set_setting(design, "communication", "bidirectional")
    moved = edits.change_component(managed, "web-tier", position=(5, 5))
    pair = side_by_side(before, derive(moved, catalog), window.scene.look)
    arrow = "connector:workload-security>app-tier"
    assert arrow not in subjects(pair.before.items)
    assert arrow in subjects(pair.after.items)
    back = side_by_side(derive(moved, catalog), before, window.scene.look)
    assert arrow in subjects(back.before.items)
    assert arrow not in subjects(back.after.items)
    # Only its place differs, which is no difference.
    assert "mark:web-tier" not in subjects(pair.after.items)
    more = edits.change_component(design, "web-tier", count=3)
    assert "mark:web-tier" in subjects(
        side_by_side(before, derive(more, catalog), window.scene.look).after.items
    )


def test_connectors_in_both_run_alike_in_both(window: Window) -> None:
    window.files.new("on-premises")
    design, catalog = window.document.design, window.document.catalog
    managed = edits.set_setting(design, "communication", "bidirectional")
    pair = side_by_side(derive(design, catalog), derive(managed, catalog), window.scene.look)

    def lines(drawing: Drawing) -> dict[str, object]:
        groups = [item for item in drawing.items if isinstance(item, Group)]
        return {each.subject: each.items for each in groups if isinstance(each.items[0], Line)}

    before, after = lines(pair.before), lines(pair.after)
    assert len(after.keys() - before.keys()) == 4
    assert {name: after[name] for name in before} == before


def test_the_pages_follow_the_document_language_and_theme(window: Window, qtbot: QtBot) -> None:
    found = compared(window, qtbot)
    drawn(found, qtbot, "scenario:inbound")
    with qtbot.waitSignal(found.pictures._worker.done):
        window.document.edit("less", lambda design: edits.delete(design, {"siem-1"}))
    pair = found.pictures._pair
    assert pair is not None
    assert "component:siem-1" not in subjects(pair.before.items)
    with qtbot.waitSignal(found.pictures._worker.done):
        language.set_language("ja")
    assert found.pages.tabText(1) == "並べて表示"
    assert found.pictures.choosers[0].itemText(0) == "採用済みの設計"
    with qtbot.waitSignal(found.pictures._worker.done):
        window.actions_by_id["theme_dark"].trigger()
    assert found.pictures.views[0].canvas_colour == window.scene.look.theme.canvas
    window.actions_by_id["theme_light"].trigger()


def test_a_component_that_a_scenario_adds_is_marked(window: Window, qtbot: QtBot) -> None:
    found = compared(window, qtbot)
    new = Component(id="proxy-9", kind="web-proxy", name="Proxy 9", position=(40, 40))
    more = Scenario(id="more", name="More", changes=(Addition(add=new),))
    with qtbot.waitSignal(found.table._worker.done):
        window.document.edit("add", lambda design: edits.change_design(design, scenarios=(more,)))
    drawn(found, qtbot, "scenario:more")
    assert found.pictures._pair is not None
    assert "mark:proxy-9" in subjects(found.pictures._pair.after.items)


def test_a_large_drawing_moves_as_a_picture_and_is_painted_anew_at_rest(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = compared(window, qtbot)
    drawn(found, qtbot, "scenario:less")
    monkeypatch.setattr("gui.compare.picture._FEW", 1)
    view = found.pictures.views[0]
    view.grab()
    before = view._frame
    assert before is not None
    view.pan(QPointF(30, 10))
    view.grab()
    assert view._frame is before
    qtbot.waitUntil(lambda: not view._settled.isActive())
    view.grab()
    assert view._frame is not None
    assert view._frame[2] == view.centre

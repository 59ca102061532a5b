"""The comparison window: scenarios, files and revisions as a table and as two drawings that move together."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from gui import language
from gui.compare.differences import Place, differences
from gui.compare.drawings import side_by_side
from gui.compare.revisions import RevisionDialog
from gui.compare.window import CompareWindow
from gui.window import Window
from model import edits
from model.changes import Addition, AnyChange, Change, Removal, Scenario
from model.comparison import Status
from model.derive import derive
from model.elements import Component
from model.geometry import Rect
from model.primitives import Drawing, Group, Line
from model.storage import save
from tests.gui.hands import NO_KEYS

BIDIRECTIONAL: tuple[AnyChange, ...] = (Change(setting="communication", value="bidirectional"),)
WITHOUT: tuple[AnyChange, ...] = (Removal(remove="siem-1"), Change(feature="vision-one", value=False))


def with_scenarios(window: Window) -> None:
    window.files.new("on-premises")
    found = (
        Scenario(id="inbound", name="Inbound", changes=BIDIRECTIONAL),
        Scenario(id="less", name="Less", changes=WITHOUT),
    )
    window.document.edit("add", lambda design: edits.change_design(design, scenarios=found))


def compared(window: Window, qtbot: QtBot) -> CompareWindow:
    """The comparison window with its table filled."""
    with_scenarios(window)
    window.actions_by_id["compare_table"].trigger()
    found = window.comparing.window
    assert found is not None
    qtbot.waitUntil(lambda: not found.table._worker.busy)
    return found


def cells(found: CompareWindow) -> dict[str, list[str]]:
    model = found.table.table.shown
    return {
        model.text(line, 0): [model.text(line, section) for section in range(1, model.columnCount())]
        for line in range(len(model.lines))
    }


def drawn(found: CompareWindow, qtbot: QtBot, key: str) -> None:
    """See a design beside the one that is adopted."""
    found.table.table.choose(key)
    with qtbot.waitSignal(found.pictures._worker.done):
        found.table.see.click()


def test_scenarios_stand_side_by_side_with_their_differences(window: Window, qtbot: QtBot) -> None:
    found = compared(window, qtbot)
    model = found.table.table.shown
    assert [side.name for side in model.sides] == ["Design as adopted", "Inbound", "Less"]
    table = cells(found)
    # Three agents and a relay (which is an agent too) are then connected to by the console, on 4118 (P02).
    assert table["Flows"] == ["44", "48  (+4)", "43  (−1)"]
    assert table["Flows added"] == ["", "4", "0"]
    assert table["Flows removed"] == ["", "0", "1"]
    assert table["No inbound connections to agents"] == ["met", "broken by 4  (+4)", "met"]
    model_index = model.index(0, 2)
    assert model_index.data(Qt.ItemDataRole.ForegroundRole).color().name() == model.colours.changed
    assert model.index(0, 1).data(Qt.ItemDataRole.ForegroundRole) is None


def test_the_table_is_copied_whole(window: Window, qtbot: QtBot) -> None:
    found = compared(window, qtbot)
    QTest.keyClick(found.table.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().split("\n")
    assert copied[0] == "Measure\tDesign as adopted\tInbound\tLess"
    assert copied[1] == "Flows\t44\t48  (+4)\t43  (−1)"


def test_a_scenario_is_tried_from_the_table_and_the_what_if_joins_it(window: Window, qtbot: QtBot) -> None:
    found = compared(window, qtbot)
    assert not found.table.use.isEnabled()
    found.table.table.choose("scenario:inbound")
    with qtbot.waitSignal(found.table._worker.done):
        found.table.use.click()
    assert window.document.state.laid == ("inbound",)
    names = [side.name for side in found.table.table.shown.sides]
    assert names == ["Design as adopted", "What-if as shown", "Inbound", "Less"]
    assert cells(found)["Flows"][1:3] == ["48  (+4)", "48  (+4)"]


def test_a_scenario_that_does_not_fit_is_named(window: Window, qtbot: QtBot) -> None:
    found = compared(window, qtbot)
    wrong = Scenario(id="w", name="Wrong", changes=(Change(feature="unknown-one", value=True),))
    with qtbot.waitSignal(found.table._worker.done):
        window.document.edit("add", lambda design: edits.change_design(design, scenarios=(wrong,)))
    assert found.table.note.text().startswith("Wrong: The catalog has no feature unknown-one")
    assert [side.name for side in found.table.table.shown.sides] == ["Design as adopted"]


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


def test_another_file_joins_until_it_is_left_out(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = compared(window, qtbot)
    other = tmp_path / "older.portchart"
    design = edits.delete(window.document.design, {"siem-1"})
    save(design, other, None)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *rest: (str(other), ""))
    with qtbot.waitSignal(found.table._worker.done):
        found.table.add_file.click()
    assert found.table.table.shown.sides[-1].name == "older.portchart"
    assert cells(found)["Flows"][-1] == "43  (−1)"
    side = found.table.table.chosen()
    assert side is not None
    assert side.name == "older.portchart"
    assert not found.table.use.isEnabled()
    with qtbot.waitSignal(found.table._worker.done):
        found.table.leave.click()
    assert [each.name for each in found.table.table.shown.sides] == ["Design as adopted", "Inbound", "Less"]


def test_a_file_that_is_no_design_is_refused_in_a_sentence(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = compared(window, qtbot)
    other = tmp_path / "other.portchart"
    other.write_text("{", encoding="utf-8")
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.informativeText()))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *rest: (str(other), ""))
    with qtbot.waitSignal(found.sides.failed):
        found.table.add_file.click()
    assert "other.portchart" in said[0]


@pytest.mark.skipif(which("git") is None, reason="git is not installed")
def test_a_git_revision_of_the_file_joins(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = compared(window, qtbot)
    path = tmp_path / "design.portchart"
    save(window.document.design, path, None)
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "As first drawn"]):
        who = ["-c", "user.name=Tester", "-c", "user.email=tester@example.com"]
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)
    assert window.files.read(path)
    window.document.edit("less", lambda design: edits.delete(design, {"siem-1"}))
    choose_first_revision()
    with qtbot.waitSignal(found.sides.read):
        found.table.add_revision.click()
    qtbot.waitUntil(lambda: not found.table._worker.busy)
    assert cells(found)["Flows"][0] == "43"
    assert cells(found)["Flows"][-1] == "44  (+1)"
    assert " · 20" in found.table.table.shown.sides[-1].name


def choose_first_revision() -> None:
    """Take the first revision as soon as the dialog lists it."""

    def look() -> None:
        asked = QApplication.activeModalWidget()
        if not (isinstance(asked, RevisionDialog) and asked.go.isEnabled()):
            QTimer.singleShot(5, look)
            return
        assert "As first drawn" in asked.list.item(0).text()
        asked.accept()

    QTimer.singleShot(0, look)


def test_without_git_or_a_file_a_sentence_says_so(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = compared(window, qtbot)
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.informativeText()))
    found.table.add_revision.click()
    assert "save it first" in said[0]
    path = tmp_path / "design.portchart"
    save(window.document.design, path, None)
    for folders, sentence in (("", "git is not installed"), (None, "git does not keep this folder")):
        if folders is None and which("git") is None:
            continue
        with monkeypatch.context() as patched:
            if folders is not None:
                patched.setenv("PATH", folders)
            dialog = RevisionDialog(path, found)
            if dialog.worker.busy:
                with qtbot.waitSignal(dialog.worker.failed):
                    pass
            assert sentence in dialog.about.text()
            assert not dialog.go.isEnabled()
            dialog.done(QDialog.DialogCode.Rejected)
            dialog.deleteLater()


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

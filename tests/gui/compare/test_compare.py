"""The comparison window: scenarios, files and revisions side by side as a table."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from gui.compare.revisions import RevisionDialog
from gui.compare.window import CompareWindow
from gui.window.window import Window
from model.design.changes import Change, Scenario
from model.editing import edits
from model.storage import save
from tests.gui.comparing import compared


def cells(found: CompareWindow) -> dict[str, list[str]]:
    model = found.table.table.shown
    return {
        model.text(line, 0): [model.text(line, section) for section in range(1, model.columnCount())]
        for line in range(len(model.lines))
    }


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

"""Files: open, save, the questions that keep work from being lost, recent files, and files dropped on the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from gui import preferences
from gui.language import set_language
from gui.preferences import Preferences
from gui.window.window import Window
from model.editing import edits
from model.storage import dump, load
from tests.gui.hands import answer, drop_file


def edited(window: Window, name: str = "shop") -> None:
    window.document.edit("Rename", lambda design: edits.rename(design, "app-tier", name))


def saved_sample(window: Window, folder: Path) -> Path:
    path = folder / "records.portchart"
    assert window.files._write(path, None)
    return path


def test_saving_and_opening_gives_the_same_design(sample: Window, tmp_path: Path) -> None:
    edited(sample)
    assert sample.windowTitle() == "*Untitled — Portchart"
    path = saved_sample(sample, tmp_path)
    assert sample.windowTitle() == "records.portchart — Portchart"
    assert not sample.document.modified
    assert path.read_bytes() == dump(sample.document.design)
    design = sample.document.design
    sample.files.new(None)
    assert sample.document.design.components == ()
    assert sample.files.open(path)
    assert sample.document.design == design
    assert sample.document.stack.count() == 0


def test_save_as_asks_for_a_name(sample: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "elsewhere.portchart"
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(path)])
    sample.actions_by_id["save"].trigger()
    assert load(path).design == sample.document.design
    assert sample.files.path == path


def test_undoing_back_to_what_is_saved_takes_the_mark_away(sample: Window, tmp_path: Path) -> None:
    saved_sample(sample, tmp_path)
    edited(sample)
    assert sample.title.whole() == "records.portchart — not saved"
    sample.document.stack.undo()
    assert sample.title.whole() == "records.portchart — saved"


def test_unsaved_work_is_asked_about(sample: Window, tmp_path: Path) -> None:
    path = saved_sample(sample, tmp_path)
    edited(sample)
    answer("Cancel")
    assert not sample.files.new(None)
    assert sample.document.design.components
    answer("Save")
    assert sample.files.new(None)
    assert load(path).design.component_by_id["app-tier"].name == "shop"
    assert sample.document.design.components == ()


def test_closing_with_unsaved_work_can_be_taken_back(sample: Window) -> None:
    edited(sample)
    answer("Cancel")
    assert not sample.close()
    assert sample.isVisible()
    answer("Do not save")
    assert sample.close()


def test_a_file_changed_by_others_is_not_overwritten_unasked(sample: Window, tmp_path: Path) -> None:
    path = saved_sample(sample, tmp_path)
    theirs = dump(edits.rename(sample.document.design, "web-tier", "theirs"))
    path.write_bytes(theirs)
    edited(sample)
    answer("Cancel")
    assert not sample.files.save()
    assert path.read_bytes() == theirs
    answer("Overwrite")
    assert sample.files.save()
    assert load(path).design.component_by_id["app-tier"].name == "shop"


def test_their_version_can_be_taken(sample: Window, tmp_path: Path) -> None:
    path = saved_sample(sample, tmp_path)
    path.write_bytes(dump(edits.rename(sample.document.design, "web-tier", "theirs")))
    edited(sample)
    answer("Open the file on disk")
    assert sample.files.save()
    assert sample.document.design.component_by_id["web-tier"].name == "theirs"
    assert sample.document.design.component_by_id["app-tier"].name == "app-tier"


def test_a_file_that_is_no_design_is_refused_and_the_open_one_stays(sample: Window, tmp_path: Path) -> None:
    broken = tmp_path / "broken.portchart"
    broken.write_text('{"format": 1, "format": 1}', encoding="utf-8")
    design = sample.document.design
    answer("OK")
    assert not sample.files.open(broken)
    assert sample.document.design is design


def test_recent_files_are_remembered_across_sessions(sample: Window, tmp_path: Path) -> None:
    path = saved_sample(sample, tmp_path)
    assert preferences.read(sample.folder).recent == (str(path),)
    assert [action.text() for action in sample.menus["recent"].actions()] == [str(path)]


def test_a_dropped_file_is_opened(sample: Window, qtbot: QtBot, tmp_path: Path) -> None:
    path = saved_sample(sample, tmp_path)
    sample.files.new(None)
    drop_file(sample, path)
    qtbot.waitUntil(lambda: sample.files.path == path)
    assert sample.document.design.components


def test_reverting_is_a_step_that_can_be_undone(sample: Window, tmp_path: Path) -> None:
    saved_sample(sample, tmp_path)
    edited(sample)
    sample.actions_by_id["revert"].trigger()
    assert sample.document.design.component_by_id["app-tier"].name == "app-tier"
    assert not sample.document.modified
    sample.document.stack.undo()
    assert sample.document.design.component_by_id["app-tier"].name == "shop"


def test_preferences_that_cannot_be_read_are_the_usual_ones(tmp_path: Path) -> None:
    (tmp_path / "preferences.json").write_text("{", encoding="utf-8")
    assert preferences.read(tmp_path) == Preferences()
    chosen = Preferences(language="ja", theme="dark").used(tmp_path / "a.portchart")
    preferences.write(tmp_path, chosen)
    assert preferences.read(tmp_path) == chosen


def test_recent_files_are_few_and_each_is_named_once(tmp_path: Path) -> None:
    chosen = Preferences()
    for number in [*range(20), 15]:
        chosen = chosen.used(tmp_path / f"{number}.portchart")
    assert len(chosen.recent) == preferences.RECENT
    assert chosen.recent[0].endswith("15.portchart")
    assert len(set(chosen.recent)) == len(chosen.recent)


def test_what_cannot_be_done_is_said_in_the_language_in_use(
    sample: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_language("ja")
    assert not sample.document.edit("x", lambda design: edits.change_component(design, "app-tier", name=""))
    assert sample.document.last_refusal == "name: 空です。入力してください。"
    assert sample.status.currentMessage() == sample.document.last_refusal
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.informativeText()))
    path = tmp_path / "x.portchart"
    path.write_bytes(b"")
    assert not sample.files.read(path)
    said_plainly = said[0].replace("\u2060", "")
    assert said_plainly.endswith("ファイルが空です。元に戻すか、新しい設計を作成してください。")

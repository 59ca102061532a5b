"""Existing rules in the export dialog, in jobs run from the window, and in the preview of the report."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gui.output.dialog import ExportDialog
from gui.output.rules import Rules
from gui.window.window import Window
from model.design.output import Job, Output
from model.shapes.primitives import Text

RULES = "rule,action,source,destination,protocol,port\n1,permit,any,any,any,any\n"


@pytest.fixture
def rules(sample: Window, tmp_path: Path) -> Path:
    """A file with existing rules beside the design that the window shows."""
    assert sample.files._write(tmp_path / "plan.portchart", None)
    path = tmp_path / "rules" / "fw.csv"
    path.parent.mkdir()
    path.write_text(RULES, encoding="utf-8")
    return path


def as_is(path: Path) -> set[str]:
    """The verdicts in a table."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return {row["As is"] for row in csv.DictReader(opened)}


def test_a_job_keeps_the_rules_and_whose_they_are(
    sample: Window, rules: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    document = sample.document
    dialog = ExportDialog(
        lambda: document.design, document.edit, tmp_path / "plan.portchart", trying=False, parent=sample
    )
    assert dialog.job().rules == ()
    assert dialog.job().rules_at is None
    other = tmp_path.parent / "elsewhere.json"
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *asked: ([str(rules), str(other)], ""))
    dialog.rules.browse.click()
    assert dialog.rules.files.text() == f"{Path('rules/fw.csv')} | {other}"
    relay = next(each for each in document.design.components if each.kind == "relay")
    dialog.rules.at.setCurrentText(relay.name)
    made = dialog.job()
    assert (made.rules, made.rules_at) == ((str(Path("rules/fw.csv")), str(other)), relay.id)
    dialog.show_job(None)
    assert dialog.job().rules == ()
    gone = made.evolve(rules_at="gone")
    for each in (made, gone):
        dialog.show_job(each)
        assert (dialog.rules.wanted(), dialog.rules.at.currentData()) == (each.rules, each.rules_at)
    dialog.deleteLater()


def test_a_job_run_from_the_menu_compares(sample: Window, rules: Path, qtbot: QtBot, tmp_path: Path) -> None:
    job = Job(id="board", name="Board", outputs=(Output(format="csv"),), rules=("rules/fw.csv",))
    assert sample.document.edit("x", lambda design: design.evolve(jobs=(job,)))
    exporter = sample.leaving.exporter
    with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
        sample.menus["jobs"].actions()[0].trigger()
    assert "permitted too widely" in as_is(tmp_path / "plan.csv")


def test_a_job_takes_the_profile_from_the_file_it_names(
    sample: Window, rules: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whose = tmp_path / "whose.json"
    whose.write_text('{"company": "Another Company"}', encoding="utf-8")
    document, exporter = sample.document, sample.leaving.exporter
    dialog = ExportDialog(
        lambda: document.design, document.edit, tmp_path / "plan.portchart", trying=True, parent=sample
    )
    assert dialog.job().profile == ""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *asked: (str(whose), ""))
    dialog._browse_profile()
    made = dialog.job().evolve(outputs=(Output(format="html"),))
    assert made.profile == "whose.json"
    for as_shown in (False, True):
        with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
            sample.leaving._write(made.evolve(pattern=f"shown-{as_shown}"), as_shown)
        assert "Another Company" in (tmp_path / f"shown-{as_shown}.html").read_text(encoding="utf-8")
    dialog.deleteLater()


def test_what_the_window_compares_with_is_offered_and_written(
    sample: Window, rules: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    assert sample.existing.compare(Rules((rules,)))
    exporter = sample.leaving.exporter
    offered: list[tuple[str, ...]] = []

    def choose() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, ExportDialog):
            QTimer.singleShot(5, choose)
            return
        offered.append(asked.job().rules)
        asked.list.show_outputs((Output(format="csv"),), Output(format="csv"))
        asked._follow()
        asked.go.click()

    QTimer.singleShot(0, choose)
    with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
        sample.actions_by_id["export"].trigger()
    assert offered == [(str(Path("rules/fw.csv")),)]
    assert "permitted too widely" in as_is(tmp_path / "plan.csv")


def test_the_preview_shows_the_comparison(sample: Window, rules: Path, qtbot: QtBot) -> None:
    sample.leaving.report_preview()
    preview = sample.leaving.preview
    assert preview is not None
    qtbot.waitUntil(lambda: bool(preview.view.pages))

    def headings() -> set[str]:
        items = [item for page in preview.view.pages for item in page.items]
        return {item.text for item in items if isinstance(item, Text)}

    heading = "Compared with existing rules 既存ルールとの比較"
    assert heading not in headings()
    with qtbot.waitSignal(preview.worker.done):
        assert sample.existing.compare(Rules((rules,)))
        assert preview.place.text() == "Updating…"
    assert heading in headings()
    assert preview.place.text().startswith("Page ")
    with qtbot.waitSignal(preview.worker.done):
        sample.actions_by_id["as_is_forget"].trigger()
    assert heading not in headings()


def test_rules_that_are_gone_are_a_sentence(sample: Window, rules: Path, qtbot: QtBot) -> None:
    job = Job(id="board", name="Board", outputs=(Output(format="csv"),), rules=("rules/fw.csv",))
    rules.unlink()
    assert sample.document.edit("x", lambda design: design.evolve(jobs=(job,)))
    exporter = sample.leaving.exporter
    with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
        sample.menus["jobs"].actions()[0].trigger()
    assert exporter.summary is not None
    assert "fw.csv: there is no such file" in exporter.summary.details.toPlainText()


def test_a_file_that_is_compared_with_is_not_written_over(
    sample: Window, rules: Path, tmp_path: Path
) -> None:
    document = sample.document
    dialog = ExportDialog(
        lambda: document.design, document.edit, tmp_path / "plan.portchart", trying=False, parent=sample
    )
    dialog.list.show_outputs((Output(format="csv"),), Output(format="csv"))
    dialog.rules.files.setText("rules/fw.csv")
    dialog.folder.setText("rules")
    assert dialog.go.isEnabled()
    dialog.pattern.setText("fw")
    assert not dialog.go.isEnabled()
    assert "is read for this export" in dialog.note.text()
    dialog.deleteLater()

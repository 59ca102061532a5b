"""The export dialog, the files being written, and the jobs that are kept in the design."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exports.jobs import Source, planned
from exports.registry import FORMATS
from gui.output.choosing import BLOCKS, ColumnsDialog
from gui.output.dialog import ExportDialog
from gui.output.files import usual
from gui.output.running import Order, Summary
from gui.window.window import Window
from model.design.changes import Change, Scenario
from model.design.output import Job, Output
from model.errors import ExportError
from tests.gui.hands import answer, write_back

TICKED = Qt.CheckState.Checked


@pytest.fixture
def saved(sample: Window, tmp_path: Path) -> Window:
    """The window with a design that is on disk."""
    assert sample.files._write(tmp_path / "plan.portchart", None)
    return sample


@pytest.fixture
def dialog(saved: Window, tmp_path: Path) -> Iterator[ExportDialog]:
    document = saved.document
    shown = ExportDialog(
        lambda: document.design, document.edit, tmp_path / "plan.portchart", trying=False, parent=saved
    )
    shown.show()
    yield shown
    shown.close()
    shown.deleteLater()


def tick(dialog: ExportDialog, *names: str) -> None:
    """Tick these formats and no other."""
    for entry, item in zip(dialog.list.entries, dialog.list._items, strict=True):
        item.setCheckState(0, TICKED if entry.form.id in names else Qt.CheckState.Unchecked)


def names(dialog: ExportDialog) -> list[str]:
    """The names that the list shows."""
    return [item.text(1) for item in dialog.list._items if item.text(1)]


def test_every_format_is_offered_and_the_report_is_ticked(dialog: ExportDialog) -> None:
    assert [entry.form.id for entry in dialog.list.entries] == [form.id for form in FORMATS]
    assert names(dialog) == ["plan.pdf"]
    assert dialog.go.isEnabled()
    tick(dialog)
    assert not dialog.go.isEnabled()
    assert dialog.note.text() == "Tick at least one format."


def test_names_follow_formats_pattern_and_what_is_there(dialog: ExportDialog, tmp_path: Path) -> None:
    (tmp_path / "x-csv.csv").write_text("mine", encoding="utf-8")
    tick(dialog, "csv", "tsv")
    dialog.pattern.setText("x-{format}")
    assert names(dialog) == ["● x-csv.csv", "x-tsv.tsv"]
    assert "already" in dialog.note.text()
    dialog.folder.setText("out")
    assert names(dialog) == ["x-csv.csv", "x-tsv.tsv"]
    assert [file.path.parent for file in dialog.files] == [tmp_path / "out"] * 2
    dialog.pattern.setText("{owner}")
    assert not dialog.go.isEnabled()
    assert "{owner} stands for nothing" in dialog.note.text()


def test_options_belong_to_one_file_and_a_format_can_be_had_twice(dialog: ExportDialog) -> None:
    tick(dialog, "csv")
    dialog.list.setCurrentItem(dialog.list._items[1])
    options = dialog.options
    assert options.encoding.isVisible()
    assert not options.theme.isVisible()
    options.encoding.setCurrentIndex(1)
    options.encoding.activated.emit(1)
    options.columns.sets.setCurrentIndex(2)
    options.columns.sets.activated.emit(2)
    options.headings.setCurrentIndex(3)
    options.headings.activated.emit(3)
    dialog.twice.click()
    assert dialog.wanted() == (
        Output(format="csv", columns=BLOCKS[2], headings="both", encoding="cp932"),
        Output(format="csv", language="ja", columns=BLOCKS[2], headings="both", encoding="cp932"),
    )
    assert names(dialog) == ["plan.csv", "plan-ja.csv"]


def test_sections_are_all_the_short_form_or_ticked(dialog: ExportDialog) -> None:
    options = dialog.options
    options.forms.setCurrentIndex(1)
    options.forms.activated.emit(1)
    assert dialog.wanted()[0].sections == (1, 3, 5)
    options.forms.setCurrentIndex(2)
    options.forms.activated.emit(2)
    options.sections[17].click()
    assert dialog.wanted()[0].sections == (1, 3, 5, 17)
    options.forms.setCurrentIndex(0)
    options.forms.activated.emit(0)
    assert dialog.wanted()[0].sections == ()


def test_columns_are_ticked_and_moved(dialog: ExportDialog) -> None:
    columns = ColumnsDialog(("port", "owner"), dialog)
    assert columns.chosen() == ("flow-id", "port", "owner")
    columns.list.setCurrentRow(2)
    columns._move(-1)
    columns.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert columns.chosen() == ("owner", "port")
    columns.deleteLater()


def test_a_job_is_kept_shown_again_and_forgotten(
    dialog: ExportDialog, saved: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(dialog, "csv", "svg")
    dialog.folder.setText("out")
    write_back(monkeypatch, "審査用")
    dialog.keep.click()
    (job,) = saved.document.design.jobs
    assert (job.id, job.name, job.folder) == ("job", "審査用", "out")
    assert [each.format for each in job.outputs] == ["csv", "svg"]
    assert saved.document.stack.undoText() == "Save output job “審査用”"
    dialog.show_job(None)
    assert names(dialog) == ["plan.pdf"]
    dialog.show_job(job)
    assert names(dialog) == ["plan.csv", "plan.svg"]
    assert dialog.job() == job
    dialog.forget.click()
    assert saved.document.design.jobs == ()
    saved.document.stack.undo()
    assert list(saved.document.design.jobs) == [job]


def ordered(window: Window, folder: Path, *outputs: Output) -> Order:
    document = window.document
    job = Job(id="x", name="x", outputs=outputs)
    source = Source(document.view.graph, None, window.leaving._catalog, window.leaving.profile)
    return Order(planned(job, document.design, folder / "plan.portchart", "2026-01-01"), lambda: source)


def run(window: Window, qtbot: QtBot, order: Order) -> Summary:
    exporter = window.leaving.exporter
    with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
        summary = exporter.run(order)
        assert not window.actions_by_id["export"].isEnabled()
    assert window.actions_by_id["export"].isEnabled()
    return summary


def test_files_are_written_in_a_thread_with_a_link_to_each(
    saved: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    out = tmp_path / "new" / "folder"
    order = ordered(saved, out, Output(format="csv"), Output(format="markdown", language="ja"))
    summary = run(saved, qtbot, order)
    assert sorted(each.name for each in out.iterdir()) == ["plan.csv", "plan.md"]
    assert "通信要件一覧" in (out / "plan.md").read_text(encoding="utf-8")
    assert summary.head.text() == "2 of 2 files are written."
    assert not summary.rest.isVisible()
    assert saved.status.currentMessage() == summary.head.text()


def test_what_cannot_be_expressed_is_listed_and_left_out_when_accepted(
    saved: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    order = ordered(saved, tmp_path / "out", Output(format="nftables"), Output(format="csv"))
    summary = run(saved, qtbot, order)
    assert summary.head.text() == "1 of 2 files are written."
    assert "plan.nft: F-" in summary.details.toPlainText()
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["plan.csv"]
    exporter = saved.leaving.exporter
    with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
        summary.rest.click()
    assert (tmp_path / "out" / "plan.nft").exists()


def test_a_file_that_is_there_is_left_alone_and_one_that_fails_stops_no_other(
    saved: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "plan.csv").write_text("mine", encoding="utf-8")
    summary = run(saved, qtbot, ordered(saved, tmp_path, Output(format="csv"), Output(format="urls")))
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "plan.urls.txt").exists()
    assert [bool(each.problem) for each in summary.outcomes] == [True, False]
    assert "already a file" in summary.outcomes[0].problem


def test_stopping_ends_after_the_present_file(saved: Window, qtbot: QtBot, tmp_path: Path) -> None:
    order = ordered(saved, tmp_path / "out", Output(format="csv"), Output(format="urls"))
    exporter = saved.leaving.exporter

    known = Event()

    def slow() -> Source:
        known.wait()
        stopping.wait()
        return Source(saved.document.view.graph, None, saved.leaving._catalog, saved.leaving.profile)

    with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
        summary = exporter.run(Order(order.files, slow))
        stopping = summary.stopping
        known.set()
        summary.stop.click()
    assert summary.outcomes == ()
    assert not (tmp_path / "out").exists()
    assert summary.head.text().startswith("0 of 2")


def test_what_cannot_be_begun_is_a_sentence(saved: Window, qtbot: QtBot, tmp_path: Path) -> None:
    def fail() -> Source:
        raise ExportError("The baseline is gone.")

    order = ordered(saved, tmp_path, Output(format="csv"))
    summary = run(saved, qtbot, Order(order.files, fail))
    assert summary.details.toPlainText() == "The baseline is gone."


def test_a_job_runs_from_the_menu_and_asks_before_it_replaces(
    saved: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    document = saved.document
    feature = next(each.id for each in document.catalog.features if not document.design.features.get(each.id))
    scenario = Scenario(id="more", name="More", changes=(Change(feature=feature, value=True),))
    job = Job(id="board", name="Board & co", outputs=(Output(format="csv"),), scenarios=("more",))
    assert document.edit("x", lambda design: design.evolve(scenarios=(scenario,), jobs=(job,)))
    (action,) = saved.menus["jobs"].actions()
    assert action.text() == "Board && co"
    exporter = saved.leaving.exporter
    with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
        action.trigger()
    rows = list(csv.DictReader(io.StringIO((tmp_path / "plan.csv").read_bytes().decode("utf-8-sig"))))
    assert {row["Change"].partition(":")[0] for row in rows} - {"unchanged"}
    (tmp_path / "plan.csv").write_text("mine", encoding="utf-8")
    answer("Cancel")
    saved.menus["jobs"].actions()[0].trigger()
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8") == "mine"
    assert not exporter.busy
    answer("Replace")
    with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
        saved.menus["jobs"].actions()[0].trigger()
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8") != "mine"


def test_the_action_writes_what_is_being_tried_out(saved: Window, qtbot: QtBot, tmp_path: Path) -> None:
    document = saved.document
    feature = next(each.id for each in document.catalog.features if not document.design.features.get(each.id))
    assert document.try_out("x", (Change(feature=feature, value=True),))
    exporter = saved.leaving.exporter

    def choose() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, ExportDialog):
            QTimer.singleShot(5, choose)
            return
        assert asked.as_shown
        assert not asked.keep.isEnabled()
        tick(asked, "csv")
        asked.go.click()

    QTimer.singleShot(0, choose)
    with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
        saved.actions_by_id["export"].trigger()
    rows = list(csv.DictReader(io.StringIO((tmp_path / "plan.csv").read_bytes().decode("utf-8-sig"))))
    assert {row["Change"].partition(":")[0] for row in rows} - {"unchanged", "no baseline"}


def test_scenarios_laid_over_the_design_are_what_is_offered(saved: Window) -> None:
    document = saved.document
    feature = document.catalog.features[0].id
    tried = Scenario(id="s", name="Tried", changes=(Change(feature=feature, value=True),))
    assert document.edit("x", lambda design: design.evolve(scenarios=(tried,)))
    assert document.put("x", lambda state: replace(state, laid=("s",)))
    seen: list[tuple[str, bool, tuple[str, ...]]] = []

    def look() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, ExportDialog):
            QTimer.singleShot(5, look)
            return
        seen.append((asked.changes.currentText(), asked.keep.isEnabled(), asked.job().scenarios))
        asked.reject()

    QTimer.singleShot(0, look)
    saved.actions_by_id["export"].trigger()
    assert seen == [("Tried", True, ("s",))]


def test_the_last_export_is_written_again_with_one_action(
    saved: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    document, out = saved.document, tmp_path / "plan.csv"
    job = Job(id="board", name="Board", outputs=(Output(format="csv"),))
    assert document.edit("x", lambda design: design.evolve(jobs=(job,)))
    exporter = saved.leaving.exporter
    for _ in range(2):
        with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
            saved.actions_by_id["export_again"].trigger()
        assert out.exists()
        out.unlink()
    assert document.edit("x", lambda design: design.evolve(jobs=(job.evolve(folder="there"),)))
    with qtbot.waitSignal(exporter.busy_changed, check_params_cb=lambda busy: not busy):
        saved.actions_by_id["export_again"].trigger()
    assert (tmp_path / "there" / "plan.csv").exists()


def test_a_fresh_export_is_in_the_language_of_the_window() -> None:
    assert (usual("ja").language, usual("en").language) == ("ja", "en")


EVERY_FIELD = Output(
    format="csv", language="ja", sections=(1, 4), columns=("port", "owner"), headings="both", theme="dark",
    scale=125, encoding="cp932", accept=True,
)  # fmt: skip


def test_the_dialog_shows_and_gives_back_every_field_of_a_job(dialog: ExportDialog, saved: Window) -> None:
    """Gone through mechanically: a field added to jobs that the dialog does not keep fails here."""
    document = saved.document
    scenario = Scenario(id="more", name="More", changes=())
    job = Job(
        id="board", name="Board", outputs=(EVERY_FIELD,), scenarios=("more",), baseline="old.portchart",
        rules=("fw.json",), rules_at=document.design.components[0].id, rules_groups=("sg-1=web-1",),
        profile="whose.json", folder="out", pattern="{design}-{format}",
    )  # fmt: skip
    for value in (job, EVERY_FIELD):
        assert {name for name in type(value).model_fields if name not in value.model_fields_set} == set()
        usual = [
            name for name, field in type(value).model_fields.items()
            if not field.is_required() and getattr(value, name) == field.default
        ]  # fmt: skip
        assert usual == []
    assert document.edit("x", lambda design: design.evolve(jobs=(job,), scenarios=(scenario,)))
    dialog._fill_jobs("board")
    dialog.show_job(job)
    assert dialog.job() == job
    dialog.options._read()  # what the widgets say, all of them
    assert dialog.job() == job


def test_the_field_that_is_wrong_is_the_one_that_is_marked(dialog: ExportDialog) -> None:
    dialog.rules.groups.setText("sg-1")
    assert not dialog.go.isEnabled()
    assert "'sg-1' does not attach a group" in dialog.note.text()
    assert dialog.rules.groups.property("wrong")
    assert not dialog.pattern.property("wrong")
    dialog.rules.groups.setText("sg-1=web-1")
    assert dialog.go.isEnabled()
    assert dialog.rules.groups.toolTip().startswith("AWS:")

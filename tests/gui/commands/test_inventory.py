"""An inventory dropped on the window or chosen in the menu: what is shown, what is placed, and one step to undo it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

import gui.commands.inventory
from exports.choice import Choice
from exports.matrix.csv_file import write_csv
from gui.commands.inventory import InventoryDialog
from gui.document.waiting import Waiting
from gui.language import tr
from gui.output.records import RecordsDialog
from gui.window.window import Window
from model.tables.columnsets import COLUMN_SETS
from tests.gui.hands import answer, drop_file
from tests.reports import report_of

ROWS = (
    "名前,種類,ゾーン,アドレス,バージョン,ラック\n"
    "shop-01,agent,{zone},10.9.0.1,20.0,r1\n"
    "shop-02,エージェント,{zone},10.9.0.2,20.0,r1\n"
    "{known},,,10.9.0.7,,\n"
    "x,toaster,,,,\n"
    "記録,siem,監視室,,,\n"
)


def inventory(window: Window, folder: Path) -> Path:
    design = window.document.design
    known = design.component_by_id["app-tier"]
    assert known.zone is not None
    file = folder / "Hosts.CSV"
    zone = design.zone_by_id[known.zone].name
    file.write_text(ROWS.format(zone=zone, known=known.name), encoding="cp932")
    return file


def look(seen: list[tuple[str, ...]], *, accept: bool) -> None:
    """Read the preview as soon as it is there, and take it or leave it."""

    def now() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, InventoryDialog):
            QTimer.singleShot(5, now)
            return
        model = asked.table.rows_model
        seen.extend(
            tuple(model.text(row, place) for place in (0, 1, 2, 5)) for row in range(len(model.rows))
        )  # fmt: skip
        if accept:
            asked.go.click()
        else:
            asked.reject()

    QTimer.singleShot(0, now)


def test_a_dropped_inventory_is_shown_taken_and_undone_in_one_step(
    sample: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    document = sample.document
    before = document.design
    seen: list[tuple[str, ...]] = []
    look(seen, accept=True)
    drop_file(sample, inventory(sample, tmp_path))
    qtbot.waitUntil(lambda: document.design is not before)
    assert seen == [
        ("✕ Refused", "5", "", ""),
        ("New", "2–3", "shop", "2"),
        ("Changed", "4", before.component_by_id["app-tier"].name, "16"),
        ("New", "6", "記録", "1"),
    ]
    after = document.design
    shop, known = after.component_by_id["shop"], after.component_by_id["app-tier"]
    assert (shop.count, shop.addresses, shop.zone) == (2, ("10.9.0.1", "10.9.0.2"), known.zone)
    assert known == before.component_by_id["app-tier"].evolve(addresses=("10.9.0.7",))
    room = next(zone for zone in after.zones if zone.name == "監視室")
    new = {each.id for each in after.components} - {each.id for each in before.components}
    cards = sample.scene.cards
    for name in new:
        zone = after.component_by_id[name].zone
        assert zone is not None
        assert zone in (known.zone, room.id)
        assert after.zone_by_id[zone].rect.contains(cards[name])
        assert not any(each.intersects(cards[name]) for other, each in cards.items() if other != name)
    assert sample.selection.ids == {*new, "app-tier"}
    assert document.stack.undoText() == "Import inventory"
    document.stack.undo()
    assert document.design == before


def test_nothing_is_taken_over_when_the_preview_is_left(
    sample: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sample.document.design
    file = inventory(sample, tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(file), ""))
    look([], accept=False)
    sample.actions_by_id["import_inventory"].trigger()
    assert sample.document.design is before
    assert not sample.document.stack.canUndo()


def test_an_inventory_is_tried_out_while_edits_are(sample: Window, tmp_path: Path) -> None:
    before = sample.document.design
    sample.document.set_trying(True)
    look([], accept=True)
    sample.inventories.read(inventory(sample, tmp_path))
    assert sample.document.last_refusal == ""
    assert "shop" not in sample.document.design.component_by_id
    assert sample.document.view.design.component_by_id["shop"].count == 2
    assert sample.document.design.component_by_id.keys() == before.component_by_id.keys()


def test_what_is_no_inventory_is_told_in_a_sentence(
    sample: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(sample.files, "complain", lambda title, text: told.append(text))
    file = tmp_path / "bad.csv"
    file.write_text("a,b\nx,toaster\n", encoding="utf-8")
    drop_file(sample, file)
    qtbot.waitUntil(lambda: bool(told))
    assert "row 1: no column is called name" in told[0]


def test_an_inventory_that_says_nothing_new_says_so(sample: Window, tmp_path: Path) -> None:
    file = tmp_path / "same.csv"
    file.write_text(f"name\n{sample.document.design.component_by_id['app-tier'].name}\n", encoding="utf-8")
    answer("OK")
    sample.inventories.read(file)
    assert not sample.document.stack.canUndo()


def test_a_dropped_matrix_that_somebody_edited_is_read_back_as_one(
    sample: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    report = report_of(sample.document.design)
    file = tmp_path / "matrix.csv"
    data = write_csv(replace(report, choice=Choice(columns=tuple(COLUMN_SETS))))
    heading, first, *_ = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    first[next(n for n, name in enumerate(heading) if name == "Owner")] = "Yamada"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heading, first])
    seen: list[QDialog] = []

    def take() -> None:
        asked = QApplication.activeModalWidget()
        if isinstance(asked, RecordsDialog):
            seen.append(asked)
            asked.reject()
        else:
            QTimer.singleShot(5, take)

    QTimer.singleShot(0, take)
    drop_file(sample, file)
    qtbot.waitUntil(lambda: bool(seen))


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No inventory is so small that nobody would wait for it."""
    monkeypatch.setattr("gui.commands.inventory._QUICK_BYTES", 0)
    monkeypatch.setattr("gui.commands.inventory._QUICK_STEPS", 0)


def give_up(what: str, seen: list[str]) -> None:
    """Press Cancel as soon as the window waits for something; what comes before that may be over at any moment."""

    def now() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, Waiting) or asked.bar.accessibleName() != what:
            QTimer.singleShot(5, now)
            return
        seen.append(what)
        buttons = asked.findChild(QDialogButtonBox)
        assert isinstance(buttons, QDialogButtonBox)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).click()

    QTimer.singleShot(0, now)


@pytest.mark.usefixtures("patient")
def test_a_large_inventory_is_read_and_placed_in_a_thread(sample: Window, tmp_path: Path) -> None:
    look([], accept=True)
    sample.inventories.read(inventory(sample, tmp_path))
    assert sample.document.design.component_by_id["shop"].count == 2
    assert sample.document.stack.count() == 1


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("when", ["reading", "placing"])
def test_nothing_is_half_done_after_a_cancel(
    when: str, sample: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Event()
    what = "read_inventory" if when == "reading" else "take"
    real = getattr(gui.commands.inventory, what)

    def slow(*given: object) -> object:
        held.wait()
        return real(*given)

    monkeypatch.setattr(f"gui.commands.inventory.{what}", slow)
    before = sample.document.design
    seen: list[str] = []
    if when == "placing":
        look([], accept=True)
    give_up(tr(f"inventory.{when}"), seen)
    sample.inventories.read(inventory(sample, tmp_path))
    held.set()
    sample.inventories.wait()
    assert len(seen) == 1
    assert sample.document.design is before
    assert not sample.document.stack.canUndo()


@pytest.mark.usefixtures("patient")
def test_what_goes_wrong_in_the_thread_is_a_sentence(
    sample: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(sample.files, "complain", lambda title, text: told.append(text))
    file = tmp_path / "bad.csv"
    file.write_text("a,b\nx,toaster\n", encoding="utf-8")
    sample.inventories.drop(file)
    assert len(told) == 1
    assert "row 1: no column is called name" in told[0]

"""What people write beside flows, in the window: cells, columns, and edited tables read back."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from exports.choice import Choice
from exports.matrix.xlsx_file import write_xlsx
from gui import preferences
from gui.output.doings import in_lines
from gui.output.records import RecordsDialog
from gui.panels.tables import Table
from gui.window.window import Window
from model.design.design import Record
from model.storage import dump, parse_design
from model.tables.columnsets import COLUMN_SETS, CORE, WRITTEN
from tests.gui.hands import answer, write_back
from tests.reports import report_of
from tests.reports import sample as design_called


def place(table: Table, column: str) -> int:
    return next(n for n, each in enumerate(table.rows_model.columns) if each.id == column)


def write(table: Table, row: int, column: str, text: str) -> None:
    """Go to a cell, press Enter, write, press Enter."""
    index = table.order.index(row, place(table, column))
    table.setCurrentIndex(index)
    QTest.keyClick(table, Qt.Key.Key_Return)
    editor = table.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def flow_of(table: Table, row: int) -> str:
    name: str = table.rows_model.rows[table.order.mapToSource(table.order.index(row, 0)).row()].id
    return name


def test_a_cell_is_written_in_and_undone_and_the_keyboard_stays(sample: Window, qtbot: QtBot) -> None:
    table, document = sample.bottom.matrix, sample.document
    flow = flow_of(table, 3)
    with qtbot.waitSignal(document.changed):
        write(table, 3, "owner", "Yamada")
    assert document.design.records == {flow: Record(owner="Yamada")}
    assert document.stack.undoText() == "Change Owner"
    assert flow_of(table, table.currentIndex().row()) == flow
    assert table.currentIndex().column() == place(table, "owner")
    with qtbot.waitSignal(document.changed):
        write(table, 3, "expiry", "2027-03-31")
    assert document.design.records[flow] == Record(owner="Yamada", expiry="2027-03-31")
    document.stack.undo()
    document.stack.undo()
    assert document.design.records == {}


def test_what_does_not_fit_is_refused_with_a_sentence(sample: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sample.document.refused) as told:
        write(sample.bottom.matrix, 0, "start", "soon")
    assert "is not a date: write it as 2026-01-31" in told.args[0]
    assert sample.document.design.records == {}


def test_derived_cells_cannot_be_written_in(sample: Window) -> None:
    table = sample.bottom.matrix
    editable = {
        column.id
        for number, column in enumerate(table.rows_model.columns)
        if table.order.index(0, number).flags() & Qt.ItemFlag.ItemIsEditable
    }
    assert editable == {each.id for each in WRITTEN}


def test_the_same_is_written_into_every_selected_row(sample: Window, qtbot: QtBot) -> None:
    table, document = sample.bottom.matrix, sample.document
    with qtbot.waitSignal(document.changed):
        write(table, 0, "remarks", "agreed")
    wanted = {flow_of(table, number) for number in range(4)}
    table.select_rows(lambda row: row.id in wanted)
    menu = sample.matrix_columns._menu_at(0, place(table, "remarks"))
    assert menu is not None
    texts = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(document.changed):
        texts["Write the same into the 4 selected rows"].trigger()
    assert document.design.records == dict.fromkeys(wanted, Record(remarks="agreed"))
    document.stack.undo()
    assert len(document.design.records) == 1
    menu.deleteLater()


def test_columns_are_chosen_named_and_remembered(
    sample: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    columns, table = sample.matrix_columns, sample.bottom.matrix
    columns.choose(("core",))
    assert table.rows_model.columns == CORE
    write_back(monkeypatch, "審査")
    columns.choose(("port", "owner"))
    columns._keep()
    assert sample.preferences.column_sets == {"審査": ("flow-id", "port", "owner")}
    kept = preferences.read(sample.folder)
    assert kept.matrix_columns == ("flow-id", "port", "owner")
    columns._fill()
    ticked = [action.text() for action in columns._menu.actions() if action.isChecked()]
    assert ticked == ["審査"]
    columns._forget("審査")
    assert sample.preferences.column_sets == {}
    columns.choose(())
    assert [each.id for each in table.rows_model.columns][:3] == ["source", "source-zone", "destination"]


def edited(tmp_path: Path) -> tuple[Path, list[str]]:
    """The matrix of the sample as somebody has filled it in, and the ids of its flows."""
    file = tmp_path / "edited.xlsx"
    report = replace(report_of(design_called("on-premises")), choice=Choice(columns=tuple(COLUMN_SETS)))
    file.write_bytes(write_xlsx(report))
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    heading = [cell.value for cell in sheet[1]]
    at = {name: heading.index(name) + 1 for name in ("Owner", "Expiry", "Flow ID")}
    sheet.cell(2, at["Owner"]).value = "佐藤"
    sheet.cell(3, at["Owner"]).value = "田中"
    sheet.cell(3, at["Expiry"]).value = "soon"
    flows = [str(sheet.cell(row, at["Flow ID"]).value) for row in (2, 3)]
    sheet.cell(4, at["Flow ID"]).value = "F-ZZZZZZZZ"
    book.save(file)
    return file, flows


def test_an_edited_table_is_shown_before_it_is_taken_over(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, flows = edited(tmp_path)
    window.document.open(design_called("on-premises"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(file), ""))
    seen: list[tuple[str, ...]] = []

    def look() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, RecordsDialog):
            QTimer.singleShot(5, look)
            return
        for number in range(asked.table.rowCount()):
            cells = [asked.table.item(number, place) for place in (1, 3, 4, 5)]
            flow = asked.table.item(number, 2)
            assert flow is not None
            assert flow.text().endswith(("/tcp", "/udp"))  # two flows may differ by that alone
            seen.append(tuple(cell.text() for cell in cells if cell is not None))
        tick = asked.table.item(1, 0)
        assert tick is not None
        tick.setCheckState(Qt.CheckState.Unchecked)
        asked.go.click()

    QTimer.singleShot(0, look)
    window.actions_by_id["import_records"].trigger()
    assert seen == [
        (flows[0], "Owner", "(empty)", "佐藤"),
        (flows[1], "Owner", "(empty)", "田中"),
        (flows[1], "Expiry", "(empty)", '"soon" is not a date: write it as 2026-01-31'),
    ]
    assert window.document.design.records == {flows[0]: Record(owner="佐藤")}
    window.document.stack.undo()
    assert window.document.design.records == {}


def test_a_table_with_nothing_new_or_that_is_none_is_a_sentence(
    sample: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(sample.files, "complain", lambda title, text: told.append(text))
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    sample.leaving.read_records(other)
    assert "holds no flow ids" in told[0]
    with other.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["Flow ID", "Owner"], [flow_of(sample.bottom.matrix, 0), "not given"]])
    answer("OK")
    sample.leaving.read_records(other)
    assert sample.document.design.records == {}


def test_what_tests_reached_although_closed_is_said_before_the_table(sample: Window, tmp_path: Path) -> None:
    result = {
        "id": "N-01", "flow": "", "kind": "closed", "host": "dns.example", "port": 22, "name": "", "result": "fail",
        "detail": "connected", "source": "web-tier", "machine": "m", "time": "2026-11-24T09:10:11Z",
        "design": "0" * 64,
    }  # fmt: skip
    file = tmp_path / "results.jsonl"
    flow = next(each for each in sample.document.view.graph.network if each.transport == "tcp")
    moved = result | {"id": flow.id.replace("F-", "T-"), "flow": flow.id, "kind": "tcp", "result": "pass"}
    file.write_text(f"{json.dumps(result)}\n{json.dumps(moved)}\n", encoding="utf-8")
    seen: list[str] = []

    def look() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, QMessageBox):
            QTimer.singleShot(5, look)
            return
        seen.append(asked.text())
        if len(seen) < 3:
            QTimer.singleShot(5, look)
        asked.accept()

    QTimer.singleShot(0, look)
    sample.leaving.read_records(file)
    assert "web-tier reached dns.example on 22 although that must stay closed" in seen[0]
    assert seen[1].startswith(f"{flow.id} was tried at dns.example on 22, where it does not go now")
    assert seen[2:] == ["The table says nothing that differs from the design."]


def test_a_message_names_as_many_sentences_as_it_has_room_for(sample: Window) -> None:
    assert in_lines(("a", "b")) == "a\nb"
    assert in_lines([str(number) for number in range(15)]).splitlines()[-1] == "14"
    lines = in_lines([str(number) for number in range(40)]).splitlines()
    assert (len(lines), lines[-1]) == (16, "and 25 more")


def test_thousands_of_flows_can_have_records() -> None:
    records = {f"F-{number:08d}": Record(owner="x") for number in range(3_000)}
    design = design_called("single-vpc").evolve(records=records)
    assert parse_design(dump(design)) == design

"""Why flows exist and others do not, what would change that, and what a new catalog changes, in the window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.compare.howto import HowTo
from gui.language import set_language
from gui.widgets.widgets import column, push
from gui.window.window import Window
from model.explain import why_not
from model.storage import dump
from model.whatif.search import removal, search
from model.whatif.wishes import Wanted
from resources import text


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [each.text() for each in widget.findChildren(QLabel) if not each.isHidden()]


def buttons(widget: QWidget, caption: str) -> list[QPushButton]:
    QApplication.processEvents()
    return [
        each for each in widget.findChildren(QPushButton) if each.text() == caption and not each.isHidden()
    ]


def test_every_part_of_a_condition_shows_its_value_and_who_decided_it(sample: Window) -> None:
    sample.selection.select(["web-tier"])
    sample.whatif.rows["web-reputation"].switch.click()
    sample.whatif.rows["web-reputation"].switch.click()
    sample.selection.select_pair(("web-tier", "smart-protection-network"))
    shown = texts(sample.why)
    assert "✓ Web Reputation is on" in shown
    assert any(each.startswith("found: on, ") for each in shown)
    assert any("lines" in each and "row" in each for each in shown)


def test_two_components_tell_why_not_in_both_directions(sample: Window) -> None:
    sample.selection.select(["web-tier", "siem-1"])
    assert not sample.why.isHidden()
    shown = texts(sample.why)
    graph = sample.document.view.graph
    refused = [*why_not(graph, "web-tier", "siem-1"), *why_not(graph, "siem-1", "web-tier")]
    assert refused
    assert all(each.reason.en in shown for each in refused)
    assert "× Agents forward events directly is on" in shown
    assert any(each.startswith("found: off, ") for each in shown)
    sample.selection.select(["web-tier"])
    assert sample.why.isHidden()


def test_rules_that_do_not_apply_are_listed_beside_a_flow_when_asked_for(sample: Window) -> None:
    graph = sample.document.view.graph
    pair = next(each for each in graph.by_pair if why_not(graph, *each))
    sample.selection.select_pair(pair)
    refused = why_not(graph, *pair)
    assert refused[0].reason.en not in texts(sample.why)
    more = next(b for b in sample.why.findChildren(QPushButton) if b.text().startswith("▸ "))
    assert str(len(refused)) in more.text()
    more.click()
    assert refused[0].reason.en in texts(sample.why)


def asked(qtbot: QtBot, window: Window, wanted: Wanted) -> HowTo:
    window.why.asked.emit(wanted)
    howto = window.asking.howto
    assert howto is not None
    qtbot.waitUntil(lambda: not howto._worker.busy)
    return howto


def test_what_would_make_a_flow_come_is_found_and_tried_with_one_click(qtbot: QtBot, sample: Window) -> None:
    sample.selection.select(["web-tier", "siem-1"])
    made = buttons(sample.why, "What would make it apply?")
    assert made
    made[0].click()
    howto = sample.asking.howto
    assert howto is not None
    qtbot.waitUntil(lambda: not howto._worker.busy)
    # Events must be forwarded, and the only row for agents that do is the one without TLS.
    assert "2 changes are needed at least" in texts(howto)
    buttons(howto, "Try it")[0].click()
    assert ("web-tier", "siem-1") in sample.document.view.graph.by_pair
    assert ("web-tier", "siem-1") not in sample.document.view.baseline.by_pair


def test_the_ways_to_remove_all_traffic_to_a_destination_are_kept_as_scenarios(
    qtbot: QtBot, sample: Window
) -> None:
    wanted = Wanted("destination", destination="sps-1")
    howto = asked(qtbot, sample, wanted)
    answer = search(sample.document.view.graph, removal(wanted.flows))
    assert answer.ways
    keep = buttons(howto, "Keep as scenario")
    assert len(keep) == len(answer.ways)
    keep[0].click()
    scenario = sample.document.design.scenarios[-1]
    assert scenario.name == "Remove all traffic to sps-1"
    assert set(scenario.changes) == set(answer.ways[0].changes)
    sample.scenarios.use_scenario(scenario.id)
    assert not [*wanted.flows(sample.document.view.graph)]


def test_what_no_change_avoids_is_listed(qtbot: QtBot, sample: Window) -> None:
    howto = asked(qtbot, sample, Wanted("destination", destination="workload-security"))
    shown = texts(howto)
    assert any(each.startswith("No change of features") for each in shown)
    assert any(each.startswith("Flows that no change avoids: ") for each in shown)


def test_a_search_can_be_stopped_and_the_window_speaks_japanese(qtbot: QtBot, sample: Window) -> None:
    sample.why.asked.emit(Wanted("boundary", destination=sample.document.design.zones[0].id))
    howto = sample.asking.howto
    assert howto is not None
    if howto._worker.busy:
        howto.cancel.click()
    assert not howto._worker.busy
    set_language("ja")
    assert howto.windowTitle() == "通信を変える方法"


def test_a_new_catalog_shows_the_entries_and_flows_it_changes(
    qtbot: QtBot, sample: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = json.loads(text("catalogs/workload-security-govcloud.json"))
    changed = next(each for each in data["rules"] if each["id"] == "P11")
    changed["connections"][0]["port"] = 4222
    path = tmp_path / "newer.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    sample.actions_by_id["whatif_revision"].trigger()
    window = sample.asking.revision
    assert window is not None
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *rest: (str(path), ""))
    window.choose.click()
    qtbot.waitUntil(lambda: not window._worker.busy)
    shown = texts(window)
    assert "Rule P11" in shown
    assert "differs in: connections" in shown
    rows = window.flows.rows_model.rows
    assert {row.flow.port for row in rows if row.status == "added"} == {4222}
    assert {row.flow.port for row in rows if row.status == "removed"} == {4122}
    other = tmp_path / "other.portchart"
    other.write_bytes(dump(sample.document.blank()))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *rest: ([str(other)], ""))
    window.more.click()
    qtbot.waitUntil(lambda: window.design.count() == 2)
    window.design.setCurrentIndex(1)
    window.design.activated.emit(1)
    assert window.flows.rows_model.rows == ()
    assert "no difference in flows" in texts(window)


def test_a_file_that_is_no_catalog_is_refused_in_a_sentence(
    qtbot: QtBot, sample: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "broken.json"
    path.write_text("{}", encoding="utf-8")
    sample.actions_by_id["whatif_revision"].trigger()
    window = sample.asking.revision
    assert window is not None
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *rest: (str(path), ""))
    window.choose.click()
    qtbot.waitUntil(lambda: not window._worker.busy)
    assert any("broken.json" in each for each in texts(window))


@pytest.mark.parametrize("times", [1, 2])
def test_what_would_change_it_is_asked_with_keys_alone(qtbot: QtBot, sample: Window, times: int) -> None:
    sample.actions_by_id["whatif_howto"].trigger()
    howto = sample.asking.howto
    assert howto is not None
    for _ in range(times - 1):
        howto.go.setFocus()
        QTest.keyClick(howto.go, Qt.Key.Key_Escape)
        sample.actions_by_id["whatif_howto"].trigger()
    assert howto.focusWidget() is howto.wish
    QTest.keyClick(howto.wish, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: howto._found is not None)


def test_enter_presses_the_button_that_has_the_focus_not_the_default_one(qtbot: QtBot) -> None:
    dialog, pressed = QDialog(), []
    qtbot.addWidget(dialog)
    default = push("go", lambda: pressed.append("go"))
    other = push("cancel", lambda: pressed.append("cancel"))
    dialog.setLayout(column(default, other))
    default.setDefault(True)
    dialog.show()
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_Return)
    assert pressed == ["cancel"]

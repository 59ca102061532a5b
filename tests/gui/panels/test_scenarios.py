"""Scenarios in the window: stacked, edited, named, and as the baseline of a comparison."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QMenu,
    QPushButton,
    QSpinBox,
)

from gui.widgets.boxes import CheckBox
from gui.window.window import Window
from model.design.changes import Change, CountChange, Removal
from model.editing import edits
from model.storage import dump
from tests.gui.hands import write_back


def scenario_boxes(window: Window) -> dict[str, QCheckBox]:
    QApplication.processEvents()
    return {
        box.accessibleName(): box for box in window.whatif.tried.findChildren(QCheckBox) if not box.isHidden()
    }


def button(window: Window, text: str) -> QPushButton:
    QApplication.processEvents()
    return next(b for b in window.whatif.tried.findChildren(QPushButton) if b.text() == text)


def with_scenarios(window: Window) -> None:
    window.document.edit(
        "Scenarios",
        lambda design: edits.change_design(
            design,
            scenarios=(
                {"id": "quiet", "name": "Quiet", "changes": (Change(feature="web-reputation", value=False),)},
                {"id": "loud", "name": "Loud", "changes": (Change(feature="web-reputation", value=True),)},
                {"id": "many", "name": "Many", "changes": (CountChange(count=90, component="app-tier"),)},
            ),
        ),
    )


def test_scenarios_are_stacked_and_a_contradiction_is_named(sample: Window) -> None:
    with_scenarios(sample)
    scenario_boxes(sample)["Quiet"].click()
    scenario_boxes(sample)["Many"].click()
    assert sample.document.state.laid == ("quiet", "many")
    assert sample.document.view.design.component_by_id["app-tier"].count == 90
    scenario_boxes(sample)["Loud"].click()
    QApplication.processEvents()
    shown = [each.text() for each in sample.whatif.tried.findChildren(QLabel) if not each.isHidden()]
    assert any("“Quiet” and “Loud” contradict each other" in text for text in shown)
    button(sample, "Use it instead").click()
    assert [*sample.document.state.laid] == ["loud"]
    assert sample.toolbar.whatif.text() == "What-if: Loud ▾"


def test_a_scenario_is_edited_with_any_kind_of_change_in_the_inspector(sample: Window) -> None:
    with_scenarios(sample)
    saved = sample.document.design
    sample.scenarios.act("edit", "many")
    assert sample.whatif.mode.isChecked()
    sample.selection.select(["app-tier"])
    sample.side.setCurrentWidget(sample.inspector)
    spin = next(s for s in sample.inspector.findChildren(QSpinBox) if s.value() == 90)
    spin.setValue(120)
    sample.selection.select(["web-tier"])
    sample.actions_by_id["delete"].trigger()
    assert sample.document.design is saved
    button(sample, "Save “Many”").click()
    many = sample.document.design.scenarios[2]
    assert many.changes == (CountChange(count=120, component="app-tier"), Removal(remove="web-tier"))
    assert sample.document.state.laid == ("many",)
    assert not sample.document.trying
    assert "web-tier" in sample.document.design.component_by_id


def test_the_keyboard_stays_on_the_scenario_it_lays_over_the_design(sample: Window) -> None:
    with_scenarios(sample)
    QApplication.processEvents()
    next(b for b in sample.whatif.tried.findChildren(CheckBox) if b.accessibleName() == "Quiet").setFocus()
    for laid in (("quiet",), (), ("quiet",)):
        focused = QApplication.focusWidget()
        assert isinstance(focused, CheckBox)
        assert focused.accessibleName() == "Quiet"
        QTest.keyClick(focused, Qt.Key.Key_Space)
        assert sample.document.state.laid == laid


def test_scenarios_are_renamed_and_a_name_that_cannot_be_is_refused(
    sample: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_scenarios(sample)
    write_back(monkeypatch, "Silence")
    sample.scenarios.act("rename", "quiet")
    assert [each.name for each in sample.document.design.scenarios] == ["Silence", "Loud", "Many"]
    write_back(monkeypatch, "x" * 300)
    sample.scenarios.act("rename", "quiet")
    assert sample.document.design.scenarios[0].name == "Silence"
    assert "name" in sample.document.last_refusal


def test_the_baseline_is_a_scenario_or_another_file(
    sample: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_scenarios(sample)
    sample.whatif.tried.compared.emit("quiet")
    comparison = sample.document.view.comparison
    assert comparison is not None
    assert comparison.added
    assert sample.whatif.tried.baseline.currentText() == "Quiet"
    other = tmp_path / "earlier.portchart"
    other.write_bytes(dump(edits.delete(sample.document.design, ["web-tier"])))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *rest: (str(other), ""))
    sample.whatif.tried.compared.emit("file:")
    assert sample.whatif.tried.baseline.currentText() == "earlier.portchart"
    assert "web-tier" in {flow.source for flow in sample.document.view.comparison.added}  # type: ignore[union-attr] # compared
    sample.whatif.tried.compared.emit("")
    assert sample.document.view.comparison is None


def test_the_menus_of_the_named_whatifs_do_not_pile_up(sample: Window) -> None:
    with_scenarios(sample)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    before = len(sample.findChildren(QMenu))
    for title in ("One", "Two", "Three"):
        sample.document.edit("Rename", partial(edits.change_design, title=title))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [each.text() for each in sample.menus["scenarios"].actions()] == ["Quiet", "Loud", "Many"]
    assert len(sample.findChildren(QMenu)) == before

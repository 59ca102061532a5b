"""The What-if panel: what a switch would open and close, at once and in every part of the window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel

from gui.window import Window
from model.design import Change


def chips(window: Window) -> list[str]:
    QApplication.processEvents()
    return [
        each.text()
        for each in window.whatif.findChildren(QLabel)
        if each.property("chip") and not each.isHidden()
    ]


def test_a_switch_shows_its_difference_everywhere_at_once(sample: Window) -> None:
    sample.placement.place_services()
    flows = len(sample.document.view.graph.network)
    sample.whatif.rows["vision-one"].switch.click()
    comparison = sample.document.view.comparison
    assert comparison is not None
    added = len(comparison.added)
    assert added > 0
    assert f"+{added} added" in chips(sample)
    assert f"+{added}" in sample.bottom.tabText(2)
    assert sample.bottom.tabText(0).endswith(str(flows + added))
    assert f"{flows + added} flows" in sample.status.flows.text()
    statuses = [row.status for row in sample.bottom.matrix.rows_model.rows]
    assert statuses.count("added") == added
    assert sample.toolbar.whatif.text() == "What-if: 1 pending ▾"


def test_removed_rows_are_struck_marked_and_coloured(sample: Window) -> None:
    from PySide6.QtCore import Qt

    sample.whatif.rows["web-reputation"].switch.click()
    model = sample.bottom.matrix.rows_model
    number = next(n for n, row in enumerate(model.rows) if row.status == "removed")
    index = model.index(number, 0)
    assert str(index.data()).startswith("− ")
    assert index.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert index.data(Qt.ItemDataRole.BackgroundRole).color().name() == model.colours.removed_soft
    table = sample.bottom.matrix
    table.clearSelection()
    table.scrollTo(table.order.mapFromSource(index))
    cell = table.visualRect(table.order.mapFromSource(index))
    image = table.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    corner = cell.topLeft() * ratio
    assert image.pixelColor(corner.x() + 3, corner.y() + 3).name() == model.colours.removed_soft


def test_switching_back_leaves_nothing(sample: Window) -> None:
    switch = sample.whatif.rows["web-reputation"].switch
    switch.click()
    assert sample.document.state.pending
    switch.click()
    assert sample.document.state.pending == ()
    assert sample.document.view.comparison is None


def test_the_scope_is_the_selection(sample: Window) -> None:
    sample.selection.select(["web-tier"])
    assert sample.whatif.scope.currentText() == "web-tier (24 hosts)"
    sample.whatif.rows["smart-feedback"].switch.click()
    assert sample.document.state.pending == (
        Change(feature="smart-feedback", value=True, component="web-tier"),
    )
    row = sample.whatif.rows["smart-feedback"]
    assert "set here" in row.origin.text()
    assert "was off" in row.origin.text()
    assert row.property("pending") == "on"
    sample.selection.clear()
    assert "set otherwise at 1 component" in row.origin.text()
    assert not row.switch.isChecked()


def test_choosing_a_server_keeps_what_it_cannot_replace(sample: Window) -> None:
    sample.selection.select(["web-tier"])
    source = sample.whatif.rows["web-reputation"].source
    assert source is not None
    source.setCurrentIndex(source.findData("smart-protection-server"))
    source.activated.emit(source.currentIndex())
    graph = sample.document.view.graph
    ports = {flow.port for flow in graph.by_pair["web-tier", "sps-1"]}
    assert ports == {5274, 5275}
    assert ("web-tier", "smart-protection-network") in graph.by_pair
    assert "was: Smart Protection Network" in sample.whatif.rows["web-reputation"].origin.text()


def test_adopting_is_one_step(sample: Window) -> None:
    sample.whatif.rows["web-reputation"].switch.click()
    sample.whatif.rows["vision-one"].switch.click()
    steps = sample.document.stack.index()
    sample.whatif.adopt.click()
    assert sample.document.stack.index() == steps + 1
    assert sample.document.design.features["vision-one"] is True
    assert sample.document.modified
    assert not sample.whatif.adopt.isEnabled()
    sample.document.stack.undo()
    assert len(sample.document.state.pending) == 2


def test_discarding_goes_back_to_the_baseline(sample: Window) -> None:
    before = sample.document.view.baseline.flows
    sample.whatif.rows["web-reputation"].switch.click()
    sample.whatif.discard.click()
    assert sample.document.view.graph.flows == before
    assert not sample.document.modified
    assert chips(sample) == []


def test_a_what_if_is_kept_under_a_name_and_used_again(
    sample: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *rest: ("Without web reputation", True))
    sample.whatif.rows["web-reputation"].switch.click()
    pending = sample.document.state.pending
    sample.actions_by_id["whatif_name"].trigger()
    scenario = sample.document.design.scenarios[-1]
    assert scenario.name == "Without web reputation"
    sample.toolbar.scenario_chosen.emit(None)
    assert sample.document.state.pending == ()
    sample.toolbar.scenario_chosen.emit(scenario.id)
    assert sample.document.state.pending == pending
    assert "Without web reputation" in sample.toolbar.whatif.text()
    sample.scenarios.forget_scenario(scenario.id)
    assert scenario not in sample.document.design.scenarios


def test_connectors_that_go_are_drawn_until_adopted(sample: Window) -> None:
    sample.selection.select(["app-tier"])
    sample.whatif.rows["smart-scan"].switch.click()
    sample.whatif.rows["web-reputation"].switch.click()
    pair = ("app-tier", "sps-1")
    assert pair in sample.scene.wires.pairs
    assert sample.scene.wires.pairs[pair].caption.text.startswith("−")
    sample.whatif.adopt.click()
    assert pair not in sample.scene.wires.pairs


def test_every_switch_says_beforehand_what_it_would_do(sample: Window) -> None:
    for name in ("web-reputation", "smart-feedback", "syslog-direct"):
        row = sample.whatif.rows[name]
        promised = row.preview.text()
        row.switch.click()
        comparison = sample.document.view.comparison
        assert comparison is not None
        marks = (("+", comparison.added), ("−", comparison.removed), ("~", comparison.changed))
        assert promised == " ".join(f"{mark}{len(flows)}" for mark, flows in marks if flows)
        sample.whatif.discard.click()

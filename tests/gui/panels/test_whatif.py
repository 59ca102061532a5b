"""The What-if panel: what a switch would open and close, at once and in every part of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QScrollArea,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui import language
from gui.panels.switches import counted
from gui.panels.whatif import MANY_LIKES
from gui.window.window import Window
from model.design.changes import Addition, Change, CountChange, Removal
from model.design.elements import Component
from model.editing import edits
from model.editing.hosts import counted as counted_hosts
from model.whatif.effects import effects
from model.whatif.previews import previews
from model.whatif.residue import residues
from tests.gui.hands import write_back


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
    assert index.data(Qt.ItemDataRole.FontRole) is None, "a line through the mark would hide it"
    assert model.index(number, 1).data(Qt.ItemDataRole.FontRole).strikeOut()
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


def test_the_scope_keeps_up_with_counts_and_names(sample: Window) -> None:
    zone = sample.document.design.zones[0].id
    sample.selection.select(["web-tier"])
    sample.document.edit("more", lambda design: counted_hosts(design, {"web-tier": 55}))
    assert sample.whatif.scope.currentText() == "web-tier (55 hosts)"
    sample.selection.select([zone])
    sample.document.edit("name", lambda design: edits.change_zone(design, zone, name="Edge"))
    assert sample.whatif.scope.currentText() == "Zone: Edge"
    sample.document.stack.undo()
    sample.document.stack.undo()
    assert "Edge" not in sample.whatif.scope.currentText()


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
    write_back(monkeypatch, "Without web reputation")
    sample.whatif.rows["web-reputation"].switch.click()
    pending = sample.document.state.pending
    sample.actions_by_id["whatif_name"].trigger()
    scenario = sample.document.design.scenarios[-1]
    assert scenario.name == "Without web reputation"
    sample.toolbar.scenario_chosen.emit(None)
    assert sample.document.state.pending == ()
    sample.toolbar.scenario_chosen.emit(scenario.id)
    assert scenario.changes == pending
    assert sample.document.state.laid == (scenario.id,)
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


def test_one_change_is_taken_back(sample: Window) -> None:
    sample.whatif.rows["web-reputation"].switch.click()
    sample.whatif.rows["vision-one"].switch.click()
    drops = [b for b in sample.whatif.tried.findChildren(QToolButton) if b.objectName() == "drop"]
    assert len(drops) == 2
    drops[0].click()
    assert [each.feature for each in sample.document.state.pending if isinstance(each, Change)] == [
        "vision-one"
    ]


def test_a_zone_is_a_scope_and_inherits_again(sample: Window) -> None:
    zone = sample.document.design.component_by_id["web-tier"].zone
    assert zone is not None
    sample.selection.select([zone])
    assert sample.whatif.scope.currentData() == zone
    row = sample.whatif.rows["smart-feedback"]
    assert row.switch.inherited
    row.switch.click()
    inside = {
        c.id for c in sample.document.design.components if zone in sample.document.design.zone_chain(c.zone)
    }
    assert {each.component for each in sample.document.state.pending} <= inside
    QApplication.processEvents()
    assert not row.back.isHidden()
    row.back.click()
    assert sample.document.state.pending == ()
    assert row.back.isHidden()


def test_a_zone_without_switches_says_who_has_some(sample: Window) -> None:
    (zone,) = [each.id for each in sample.document.design.zones if each.kind == "internet"]
    sample.selection.select([zone])
    assert sample.whatif.scope.currentData() == zone
    assert all(each.isHidden() for each in sample.whatif.rows.values())
    assert sample.whatif.nothing.isVisible()
    assert "Agent" in sample.whatif.nothing.text()
    language.set_language("ja")
    assert "エージェント" in sample.whatif.nothing.text()
    sample.selection.clear()
    assert not sample.whatif.nothing.isVisible()


def test_what_has_no_switches_of_its_own_is_no_scope(sample: Window) -> None:
    for each in sample.document.design.components:
        sample.selection.select([each.id])
        assert any(not row.isHidden() for row in sample.whatif.rows.values()), each.kind


def test_moving_to_a_local_server_says_what_stays(sample: Window) -> None:
    row = sample.whatif.rows["web-reputation"]
    assert row.source is not None
    row.source.setCurrentIndex(row.source.findData("smart-protection-server"))
    row.source.activated.emit(row.source.currentIndex())
    assert not row.stays.isHidden()
    left = [each for each in residues(sample.document.view.graph) if each.setting == "web-reputation-source"]
    names = {name.fqdn for each in left for name in each.stays}
    assert row.stays.text().startswith(f"{len(names)} names stay on the Smart Protection Network")


def test_what_a_choice_would_do_stands_beside_it(sample: Window) -> None:
    row = sample.whatif.rows["web-reputation"]
    assert row.source is not None
    texts = [row.source.itemText(number) for number in range(row.source.count())]
    assert texts[0] == "through Smart Protection Network"
    number = row.source.findData("smart-protection-server")
    promised = texts[number].rpartition("   ")[2]
    row.source.setCurrentIndex(number)
    row.source.activated.emit(number)
    comparison = sample.document.view.comparison
    assert comparison is not None
    marks = (("+", comparison.added), ("−", comparison.removed), ("~", comparison.changed))
    assert promised == " ".join(f"{mark}{len(flows)}" for mark, flows in marks if flows)


def test_previews_of_many_unlike_components_do_not_keep_the_window_waiting(
    qtbot: QtBot, window: Window
) -> None:
    features = [each.id for each in window.document.catalog.features if each.category == "protection"][:7]
    unlike = tuple(
        Component(
            id=f"host-{number}",
            kind="agent",
            name=f"Host {number}",
            features={name: bool(number >> bit & 1) for bit, name in enumerate(features)},
        )
        for number in range(MANY_LIKES + 20)
    )
    relay = Component(id="spn", kind="smart-protection-network", name="SPN")
    window.document.open(window.document.blank().evolve(components=(*unlike, relay)))
    source = window.whatif.rows["web-reputation"].source
    assert source is not None
    number = source.findData("smart-protection-server")
    assert source.itemText(number) == "through Smart Protection Server"
    qtbot.waitUntil(lambda: not source.itemText(number).endswith("Server"))
    found = previews(window.document.view.graph)["web-reputation-source", "smart-protection-server"].counts
    assert source.itemText(number).endswith(f"   {counted(found)}")


def shown_texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [each.text() for each in widget.findChildren(QLabel) if not each.isHidden()]


def test_the_effects_are_told_by_firewall_zones_findings_and_what_stays(sample: Window) -> None:
    source = sample.whatif.rows["web-reputation"].source
    assert source is not None
    source.setCurrentIndex(source.findData("smart-protection-server"))
    source.activated.emit(source.currentIndex())
    sample.bottom.setCurrentIndex(4)
    texts = shown_texts(sample.bottom.effects)
    found = effects(sample.document.view.baseline, sample.document.view.graph)
    assert found.firewalls
    for device, counts in found.firewalls.items():
        assert device in texts
        assert f"+{counts.added}" in texts
    names = {name.fqdn for each in residues(sample.document.view.graph) for name in each.stays}
    assert names & set(texts)
    sample.whatif.discard.click()
    assert "Nothing is tried out or compared" in shown_texts(sample.bottom.effects)[0]


def test_new_and_solved_findings_are_marked(sample: Window) -> None:
    sample.side.setCurrentWidget(sample.findings)
    before = {each.accessibleName() for each in sample.findings.cards()}
    sample.document.try_out("Try", (Removal(remove="sps-1"),))
    after = sample.findings.cards()
    new = [each for each in after if each.accessibleName().startswith("new · ")]
    assert new
    solved = [each for each in after if each.accessibleName().startswith("solved · ")]
    assert len(after) == len(before) + len(new)
    assert all(each.text.font().strikeOut() for each in solved)


def test_the_status_bar_counts_against_the_baseline(sample: Window) -> None:
    sample.document.try_out("Try", (Removal(remove="web-tier"),))
    view = sample.document.view
    fewer = len(view.baseline.network) - len(view.graph.network)
    assert f"{len(view.graph.network)} flows (−{fewer})" in sample.status.flows.text()
    assert "(−1)" in sample.status.components.text()


def test_what_is_taken_away_stays_faint_and_marked_with_its_connectors(sample: Window) -> None:
    pairs = {pair for pair in sample.scene.wires.pairs if "web-tier" in pair}
    assert pairs
    sample.document.try_out(
        "Try",
        (
            Removal(remove="web-tier"),
            CountChange(count=9, component="app-tier"),
            Addition(add=Component(id="extra", kind="relay", name="Extra", position=(900, 900))),
        ),
    )
    assert "web-tier" not in sample.scene.cards
    ghost = sample.scene.ghost_layer.cards["web-tier"]
    assert ghost.title.startswith("− ")
    assert ghost.opacity < 0.7
    assert sample.scene.card_items["extra"].title.startswith("+ ")
    assert sample.scene.card_items["app-tier"].title.startswith("~ ")
    going = pairs & sample.scene.wires.pairs.keys()
    assert going == pairs
    assert all(sample.scene.wires.pairs[pair].caption.text.startswith("−") for pair in going)
    pair = next(iter(going))
    assert "−" in sample.scene.wires.title(pair)
    sample.selection.select_pair(pair)
    assert not sample.why.isHidden()
    sample.whatif.adopt.click()
    assert sample.scene.ghost_layer.cards == {}
    assert not pairs & sample.scene.wires.pairs.keys()


def test_nothing_below_moves_when_the_difference_is_counted(sample: Window, qtbot: QtBot) -> None:
    line = sample.whatif.findChildren(QScrollArea)[0]
    before = line.mapTo(sample, QPoint(0, 0))
    assert sample.whatif.explained.height() < 60, "the head takes no more room than its words need"
    sample.whatif.rows["web-reputation"].switch.click()
    qtbot.waitUntil(lambda: any(text.startswith("−") for text in chips(sample)))
    assert line.mapTo(sample, QPoint(0, 0)) == before


def test_a_switch_that_was_pressed_stays_under_the_pointer(sample: Window, qtbot: QtBot) -> None:
    panel = sample.whatif
    switch, shown = panel.rows["web-reputation"].switch, panel.tried.height()
    before = switch.mapTo(sample, QPoint(0, 0))
    switch.click()
    qtbot.waitUntil(lambda: panel.tried.isVisible() and panel.tried.height() != shown)
    qtbot.waitUntil(lambda: switch.mapTo(sample, QPoint(0, 0)) == before)
    sample.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: not panel.tried.isVisible())
    qtbot.waitUntil(lambda: switch.mapTo(sample, QPoint(0, 0)) == before)

"""The inspector: every field shows the design and writes to it, and says why it cannot."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from gui.widgets.widgets import Chooser
from gui.window.window import Window
from model.design.elements import Component
from model.editing import edits

Field = TypeVar("Field", bound=QWidget)


def field(window: Window, kind: type[Field], name: str) -> Field:
    window.side.setCurrentWidget(window.inspector)
    QApplication.processEvents()  # fields come into sight once the page has been laid out
    return next(each for each in window.inspector.findChildren(kind) if each.accessibleName() == name)


def choose(chooser: Chooser, value: str) -> None:
    chooser.setCurrentIndex(chooser.findData(value))
    chooser.activated.emit(chooser.currentIndex())


def component(window: Window, name: str) -> Component:
    return window.document.design.component_by_id[name]


def write(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_name_count_and_addresses(sample: Window) -> None:
    sample.selection.select(["app-tier"])
    write(field(sample, QLineEdit, "Name"), "shop")
    assert component(sample, "app-tier").name == "shop"
    field(sample, QSpinBox, "Number of hosts").setValue(3)
    assert component(sample, "app-tier").count == 3
    addresses = field(sample, QPlainTextEdit, "Addresses or networks, one a line")
    addresses.setFocus()
    addresses.setPlainText("10.30.20.7\n10.30.21.0/24")
    sample.canvas.setFocus()
    assert component(sample, "app-tier").addresses == ("10.30.20.7", "10.30.21.0/24")


def test_a_value_that_cannot_be_says_why_and_changes_nothing(sample: Window) -> None:
    sample.selection.select(["app-tier"])
    before = component(sample, "app-tier")
    line = field(sample, QLineEdit, "Own FQDN")
    write(line, "not a name")
    assert component(sample, "app-tier") is before
    assert line.property("wrong") is True
    assert "domain name" in line.toolTip()
    write(line, "app.records.example")
    assert component(sample, "app-tier").fqdn == "app.records.example"
    assert line.property("wrong") is False


def test_zone_setting_port_and_proxy(sample: Window) -> None:
    sample.selection.select(["app-tier"])
    choose(field(sample, Chooser, "Zone"), "")
    assert component(sample, "app-tier").zone is None
    choose(field(sample, Chooser, "Communication direction"), "bidirectional")
    assert component(sample, "app-tier").settings["communication"] == "bidirectional"
    assert any(
        flow.port == 4118 for flow in sample.document.view.graph.by_pair["workload-security", "app-tier"]
    )
    choose(field(sample, Chooser, "Communication direction"), "")
    assert "communication" not in component(sample, "app-tier").settings
    sample.selection.select(["relay-1"])
    port = next(each for each in sample.inspector.findChildren(QSpinBox) if each.value() == 4122)
    port.setValue(5122)
    assert component(sample, "relay-1").ports == {4122: 5122}
    sample.placement.place_at("web-proxy", 0, 0)
    sample.selection.select(["app-tier"])
    choose(field(sample, Chooser, "Smart Protection Network"), "web-proxy")
    assert component(sample, "app-tier").proxies == {"smart-protection": "web-proxy"}


def test_assignments_all_these_and_none(sample: Window) -> None:
    sample.placement.place_at("relay", 0, 0)
    sample.selection.select(["app-tier"])
    relays = field(sample, Chooser, "Relay")
    choose(relays, "all")
    assert "relay" not in sample.document.design.assignments_of.get("app-tier", {})
    choose(relays, "these")
    QApplication.processEvents()
    boxes = {each.text(): each for each in sample.inspector.findChildren(QCheckBox) if not each.isHidden()}
    assert {"relay-1", "Relay"} <= set(boxes)
    boxes["Relay"].click()
    assert sample.document.design.assignments_of["app-tier"]["relay"].chosen == ("relay-1",)
    choose(relays, "none")
    assert not sample.document.design.assignments_of["app-tier"]["relay"].chosen


def test_several_components_are_set_together(sample: Window) -> None:
    sample.selection.select(["app-tier", "web-tier"])
    choose(field(sample, Chooser, "Agent version"), "11.0")
    assert {component(sample, name).settings["agent-version"] for name in ("app-tier", "web-tier")} == {
        "11.0"
    }
    assert sample.document.stack.count() == 1
    assert any(each.text() == "2 components · 40 hosts" for each in sample.inspector.findChildren(QLabel))


def test_a_zone(sample: Window) -> None:
    zone = sample.document.design.zones[0].id
    sample.selection.select([zone])
    write(field(sample, QLineEdit, "Firewall at its boundary"), "fw-9")
    choose(field(sample, Chooser, "Kind"), "dmz")
    networks = field(sample, QPlainTextEdit, "Networks (CIDR), one a line")
    networks.setFocus()
    networks.setPlainText("10.99.0.1/16")
    sample.canvas.setFocus()
    assert networks.property("wrong") is True
    networks.setFocus()
    networks.setPlainText("10.99.0.0/16")
    sample.canvas.setFocus()
    changed = sample.document.design.zone_by_id[zone]
    assert (changed.firewall, changed.kind, changed.cidrs) == ("fw-9", "dmz", ("10.99.0.0/16",))


def test_the_design_itself(sample: Window) -> None:
    sample.selection.clear()
    write(field(sample, QLineEdit, "Title"), "Records")
    write(field(sample, QLineEdit, "Change number"), "CHG-1")
    write(field(sample, QLineEdit, "Author"), "Mai")
    design = sample.document.design
    assert (design.title, design.document.change_number, design.document.author) == (
        "Records",
        "CHG-1",
        "Mai",
    )
    assert design.document.revisions


def test_typing_is_not_disturbed_by_what_it_changes(sample: Window) -> None:
    sample.selection.select(["app-tier"])
    line = field(sample, QLineEdit, "Name")
    write(line, "first")
    write(line, "second")
    assert line is field(sample, QLineEdit, "Name")
    assert component(sample, "app-tier").name == "second"


def test_a_finding_selects_its_subjects_and_its_button_settles_it(sample: Window) -> None:
    sample.status.findings_asked.emit()
    found = sample.document.view.findings
    rejected = sample.document.view.rejections
    assert [card.finding for card in sample.findings.cards()] == [*found, *rejected]
    assert [each.code for each in rejected] == [
        "row-no-destination",
        "row-no-owner",
        "row-no-start",
        "row-no-end",
    ]
    card = next(each for each in sample.findings.cards() if each.finding.subjects)
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert sample.selection.ids == set(card.finding.subjects)
    number = next(n for n, finding in enumerate(found) if finding.fix is not None)
    settled = found[number]
    from PySide6.QtWidgets import QPushButton

    fix = sample.findings.cards()[number].findChildren(QPushButton)[0]
    fix.setFocus()
    QTest.keyClick(fix, Qt.Key.Key_Return)
    assert sample.document.stack.count() == 1
    focused = QApplication.focusWidget()
    assert focused is not None
    assert sample.findings.isAncestorOf(focused)
    assert settled not in sample.document.view.findings


def test_a_long_text_shows_its_beginning(sample: Window) -> None:
    sample.side.setCurrentWidget(sample.inspector)
    sample.document.edit("x", lambda design: edits.change_design(design, title="Shared platform" * 8))
    field = next(
        each for each in sample.inspector.findChildren(QLineEdit) if each.text().startswith("Shared")
    )
    assert field.cursorPosition() == 0

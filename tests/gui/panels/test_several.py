"""Several things in the inspector at once: what differs is shown as such, and one step makes all of them alike."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QSpinBox

from gui import language
from gui.style import icons
from gui.widgets.boxes import MixedBox
from gui.widgets.widgets import Chooser
from gui.window.window import Window
from model.editing import edits
from model.frozen import Language
from tests.gui.panels.test_inspector import choose, component, field


@pytest.fixture
def mixed(window: Window) -> Window:
    """An agent, a group of agents with web reputation on, and a relay, of which two lie in a zone."""
    design, zone = edits.add_zone(window.document.blank(), "Front", "vpc", (0, 0, 700, 500))
    design, _ = edits.place(design, "agent", "web", (40, 80), zone)
    design, _ = edits.place(design, "agent", "app", (40, 220), zone)
    design, _ = edits.place(design, "relay", "relay", (800, 80))
    design, _ = edits.add_note(design, "a note", (800, 300, 100, 60))
    design = edits.change_component(design, "app", count=40)
    design = edits.set_feature(design, "web-reputation", True, "app")
    design = edits.set_setting(design, "agent-version", "12.0", "relay")
    window.document.open(design)
    window.side.setCurrentWidget(window.inspector)
    return window


def test_what_differs_is_shown_as_such(mixed: Window) -> None:
    mixed.selection.select(["web", "app", "relay"])
    zone = field(mixed, Chooser, "Zone")
    assert (zone.currentIndex(), zone.placeholderText()) == (-1, "different")
    assert zone.accessibleDescription() == "different"
    assert field(mixed, QSpinBox, "Number of hosts").text() == "different"
    assert field(mixed, Chooser, "Agent version").currentIndex() == -1
    assert field(mixed, MixedBox, "Web Reputation").checkState() == Qt.CheckState.PartiallyChecked
    assert field(mixed, MixedBox, "Smart Scan").checkState() == Qt.CheckState.Unchecked
    assert field(mixed, MixedBox, "Locked").checkState() == Qt.CheckState.Unchecked


def test_one_step_makes_all_alike(mixed: Window) -> None:
    stack = mixed.document.stack
    mixed.selection.select(["web", "app", "relay"])
    choose(field(mixed, Chooser, "Zone"), "front")
    assert {component(mixed, each).zone for each in ("web", "app", "relay")} == {"front"}
    count = field(mixed, QSpinBox, "Number of hosts")
    count.setFocus()
    count.selectAll()
    QTest.keyClicks(count, "7")
    QTest.keyClick(count, Qt.Key.Key_Return)
    assert {component(mixed, each).count for each in ("web", "app", "relay")} == {7}
    assert count.text() == "7"
    choose(field(mixed, Chooser, "Agent version"), "11.0")
    assert {component(mixed, each).settings["agent-version"] for each in ("web", "app", "relay")} == {"11.0"}
    box = field(mixed, MixedBox, "Locked")
    box.click()
    assert all(component(mixed, each).locked for each in ("web", "app", "relay"))
    assert stack.count() == 4
    for _ in range(4):
        stack.undo()
    assert component(mixed, "app").count == 40
    assert box.checkState() == Qt.CheckState.Unchecked
    assert count.text() == "different"


def test_a_feature_of_many_is_switched_and_let_go_again(mixed: Window) -> None:
    mixed.selection.select(["web", "app", "relay"])
    box = field(mixed, MixedBox, "Web Reputation")
    box.click()
    have = set(mixed.document.catalog.feature_by_id["web-reputation"].kinds) & {"agent", "relay"}
    agents = ("web", "app", "relay") if "relay" in have else ("web", "app")
    assert all(component(mixed, each).features["web-reputation"] for each in agents)
    assert box.isChecked()
    assert mixed.document.stack.count() == 1
    box.click()
    assert not any(component(mixed, each).features["web-reputation"] for each in agents)
    name = "Web Reputation: Follow the design again"
    field(mixed, QPushButton, name).click()
    assert not any("web-reputation" in component(mixed, each).features for each in agents)
    assert field(mixed, QPushButton, name).isHidden()


def test_zones_and_notes_can_be_among_them(mixed: Window) -> None:
    mixed.selection.select(["front", "note", "web"])
    field(mixed, MixedBox, "Locked").click()
    design = mixed.document.design
    assert design.zone_by_id["front"].locked
    assert design.notes[0].locked
    assert component(mixed, "web").locked
    design, _ = edits.add_zone(design, "Back", "subnet", (0, 600, 300, 200))
    mixed.document.open(design)
    mixed.selection.select(["front", "back"])
    kind = field(mixed, Chooser, "Kind")
    assert kind.currentIndex() == -1
    choose(kind, "dmz")
    assert {each.kind for each in mixed.document.design.zones} == {"dmz"}
    assert mixed.document.stack.count() == 1


def test_an_icon_without_room_is_nothing_and_no_fault(mixed: Window) -> None:
    assert icons.icon("undo", "#000000").pixmap(QSize(0, 0)).isNull()
    assert not icons.icon("undo", "#000000").pixmap(QSize(9, 9)).isNull()


def test_services_have_no_hosts_to_count(mixed: Window) -> None:
    mixed.placement.place("workload-security")
    mixed.selection.select(["web", "workload-security"])
    field(mixed, QSpinBox, "Number of hosts").setValue(5)
    assert component(mixed, "web").count == 5
    assert component(mixed, "workload-security").count == 1


@pytest.mark.parametrize("language_in_use", ["en", "ja"])
def test_no_field_is_cut_off(mixed: Window, language_in_use: Language) -> None:
    language.set_language(language_in_use)
    mixed.selection.select(["web", "app", "relay"])
    QApplication.processEvents()
    area = mixed.inspector.findChild(QScrollArea)
    assert area is not None
    page = area.widget()
    assert page is not None
    assert page.minimumSizeHint().width() <= page.width() <= area.viewport().width()

"""What assistive technology is told: the things on the canvas, and a name for every widget that can be used."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from gui.language import set_language
from gui.window.window import Window
from model.editing import edits
from model.editing.folding import set_collapsed

NAME = QAccessible.Text.Name


def canvas_of(window: Window) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(window.canvas)


def told(window: Window) -> dict[str, QAccessibleInterface]:
    """The painted things of the canvas by what is said of them."""
    canvas = canvas_of(window)
    faces = [canvas.child(number) for number in range(canvas.childCount())]
    return {face.text(NAME): face for face in faces if face.object() is None}


def draw(window: Window) -> None:
    """Twenty hosts in a zone of a zone, with a relay that reaches nothing but is reached."""
    design = window.document.blank()
    design, outer = edits.add_zone(design, "Main", "vpc", (0, 0, 900, 500), None, ("10.0.0.0/16",))
    design, inner = edits.add_zone(design, "Front", "dmz", (40, 60, 300, 300), outer)
    design, web = edits.place(design, "agent", "web", (60, 120), inner)
    design = edits.change_component(design, web, count=20)
    design, _ = edits.place(design, "relay", "Relay", (600, 120), outer)
    design, _ = edits.add_note(design, "Ask Aoki", (0, 600, 200, 80))
    window.document.open(design)


def test_everything_on_the_canvas_has_a_name_and_a_role(window: Window) -> None:
    draw(window)
    roles = {name: face.role() for name, face in told(window).items()}
    assert roles == {
        "Zone Main (VPC), 10.0.0.0/16, 2 components": QAccessible.Role.Grouping,
        "Zone Front (DMZ), in Main, 1 component": QAccessible.Role.Grouping,
        "web, Agent, group of 20 hosts, in Front; 1 out, 0 in": QAccessible.Role.ListItem,
        "Relay, in Main; 0 out, 1 in": QAccessible.Role.ListItem,
        "Note: Ask Aoki": QAccessible.Role.Note,
        "web → Relay: 4122/TCP HTTPS": QAccessible.Role.ListItem,
    }


def test_what_is_said_follows_the_design_and_the_language(window: Window) -> None:
    draw(window)
    told(window)
    window.document.edit("Rename", lambda design: edits.rename(design, "web", "shop"))
    window.document.edit("Delete", lambda design: edits.delete(design, ["relay", "note"]))
    set_language("ja")
    assert list(told(window)) == [
        "ゾーン Main（VPC）、10.0.0.0/16、コンポーネント 1 個",
        "ゾーン Front（DMZ）、Main 内、コンポーネント 1 個",
        "shop、エージェント、20 台のグループ、Front 内。送信 0 本、受信 0 本",
    ]


def test_a_collapsed_zone_is_told_as_one_and_hides_what_it_holds(window: Window) -> None:
    draw(window)
    window.document.edit("Collapse", lambda design: set_collapsed(design, ["front"], True))
    assert list(told(window)) == [
        "Zone Main (VPC), 10.0.0.0/16, 2 components",
        "Zone Front (DMZ), in Main, 1 component, collapsed",
        "Relay, in Main; 0 out, 1 in",
        "Note: Ask Aoki",
        "Front → Relay: 4122/TCP HTTPS",
    ]


def test_selection_and_keyboard_are_told_as_states(window: Window) -> None:
    draw(window)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    faces = told(window)
    focused = [name for name, face in faces.items() if face.state().focused]
    assert focused == ["web, Agent, group of 20 hosts, in Front; 1 out, 0 in"]
    assert canvas_of(window).focusChild().text(NAME) == focused[0]
    QTest.keyClick(window.canvas, Qt.Key.Key_Period)
    assert [name for name, face in faces.items() if face.state().selected] == ["web → Relay: 4122/TCP HTTPS"]
    window.bottom.filter.setFocus()
    assert not any(face.state().focused for face in faces.values())


def test_a_merged_connector_has_the_keyboard_when_its_flows_are_selected(window: Window) -> None:
    draw(window)
    window.document.edit("Collapse", lambda design: set_collapsed(design, ["front"], True))
    window.canvas.setFocus()
    window.selection.select(["relay"])
    QTest.keyClick(window.canvas, Qt.Key.Key_Period)
    focused = [name for name, face in told(window).items() if face.state().focused]
    assert focused == ["Front → Relay: 4122/TCP HTTPS"]
    QTest.keyClick(window.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.selection.ids == {"relay"}


def test_a_thing_is_told_where_it_is_seen(window: Window) -> None:
    draw(window)
    card = window.scene.cards["relay"].center
    at = window.canvas.viewport().mapToGlobal(window.canvas.mapFromScene(card.x, card.y))
    found = canvas_of(window).childAt(at.x(), at.y())
    assert found.text(NAME) == "Relay, in Main; 0 out, 1 in"
    assert found.rect().contains(at)
    assert canvas_of(window).indexOfChild(found) == list(told(window)).index(found.text(NAME)) + sum(
        canvas_of(window).child(n).object() is not None for n in range(canvas_of(window).childCount())
    )


def usable(widget: QWidget) -> bool:
    """Whether a widget is there to be used, by keyboard or mouse."""
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView, QComboBox, QAbstractSpinBox, QPlainTextEdit)
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, kinds)


def nameless(window: QWidget) -> list[str]:
    """The widgets that can be used and that a screen reader has no name for."""
    found = []
    for widget in window.findChildren(QWidget):
        inner = isinstance(
            widget.parentWidget(), (QAbstractSpinBox, QComboBox, QLineEdit, QAbstractScrollArea)
        )
        if widget.isVisible() and usable(widget) and not inner:
            face = QAccessible.queryAccessibleInterface(widget)
            if not face.text(NAME).strip():
                found.append(f"{type(widget).__name__} {widget.objectName()} in {widget.parentWidget()}")
    return found


def test_every_widget_that_can_be_used_has_a_name(sample: Window) -> None:
    assert nameless(sample) == []
    design = sample.document.design
    subjects: list[list[str]] = [[component.id] for component in design.components]
    subjects += [[component.id for component in design.components], [design.zones[0].id]]
    sample.side.setCurrentWidget(sample.inspector)
    for ids in subjects:
        sample.selection.select(ids)
        assert nameless(sample) == [], ids
    sample.selection.select_pair(next(iter(sample.scene.wires.pairs)))
    for tabs in (sample.side, sample.bottom):
        for number in range(tabs.count()):
            tabs.setCurrentIndex(number)
            assert nameless(sample) == [], (tabs, number)
    sample.files.new(None)
    assert sample.hint.isVisible()
    assert nameless(sample) == []

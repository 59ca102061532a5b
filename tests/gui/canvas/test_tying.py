"""Drawing who uses whom: from the handle, with the tool, and from the menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from gui.canvas.paint import READABLE
from gui.canvas.view import Canvas
from gui.language import set_language
from gui.style.looks import text_measure
from gui.window.window import Window
from model.editing import edits
from tests.gui.hands import LEFT, NO_KEYS, at, click, drag, middle_of


def draw(window: Window) -> None:
    """An agent left; two relays, a vCenter and a web proxy right."""
    design = window.document.blank()
    design, _ = edits.place(design, "agent", "web", (0, 200))
    for number, (kind, name) in enumerate(
        (("relay", "r1"), ("relay", "r2"), ("vcenter", "vc"), ("web-proxy", "proxy"))
    ):
        design, _ = edits.place(design, kind, name, (600, 150 * number))
    window.document.open(design)


def handle_of(window: Window, component: str) -> tuple[float, float]:
    """Where the handle of the selected card is."""
    card = window.scene.cards[component]
    return card.right, card.center.y


def words(canvas: Canvas) -> str:
    """What the bubble beside the hand says."""
    return next((b.text() for b in canvas.findChildren(QLabel, "bubble") if b.isVisible()), "")


def hold(window: Window, source: str, target: str) -> None:
    """Draw from the handle of a card to another, without letting go."""
    click(window.canvas, *middle_of(window.canvas, source))
    drag(window.canvas, handle_of(window, source), middle_of(window.canvas, target), drop=False)


def let_go(window: Window, target: str) -> None:
    QTest.mouseRelease(
        window.canvas.viewport(), LEFT, NO_KEYS, at(window.canvas, *middle_of(window.canvas, target))
    )


def chosen(window: Window, kind: str) -> tuple[str, ...] | None:
    tied = window.document.design.assignments_of.get("web", {}).get(kind)
    return tied.chosen if tied is not None else None


def test_a_line_from_the_handle_narrows_and_says_so_while_it_is_drawn(window: Window) -> None:
    draw(window)
    hold(window, "web", "r1")
    assert words(window.canvas) == "web uses only r1\nFlows: −1\n− web → r2 4122"
    assert window.document.stack.count() == 0
    let_go(window, "r1")
    assert chosen(window, "relay") == ("r1",)
    assert words(window.canvas) == ""
    hold(window, "web", "r2")
    assert words(window.canvas).splitlines()[:2] == ["web also uses r2", "Flows: +1"]
    let_go(window, "r2")
    assert chosen(window, "relay") == ("r1", "r2")
    window.document.stack.undo()
    window.document.stack.undo()
    assert chosen(window, "relay") is None


def test_a_line_that_means_nothing_says_why_and_changes_nothing(window: Window) -> None:
    draw(window)
    hold(window, "web", "vc")
    assert words(window.canvas) == "No rule connects Agent to VMware vCenter"
    let_go(window, "vc")
    assert window.document.stack.count() == 0
    assert window.status.currentMessage() == "No rule connects Agent to VMware vCenter"


def test_a_line_the_wrong_way_round_says_which_is_right(window: Window) -> None:
    draw(window)
    window.actions_by_id["tie_tool"].trigger()
    drag(window.canvas, middle_of(window.canvas, "vc"), middle_of(window.canvas, "web"), drop=False)
    assert words(window.canvas) == "No rule connects VMware vCenter to Agent"
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert words(window.canvas) == ""
    window.actions_by_id["tie_tool"].trigger()
    drag(window.canvas, middle_of(window.canvas, "proxy"), middle_of(window.canvas, "web"), drop=False)
    assert words(window.canvas) == "web opens connections to proxy: draw it from there"
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(window.canvas.viewport(), LEFT, NO_KEYS, at(window.canvas, 0, 0))
    assert window.document.stack.count() == 0


def test_the_tool_ties_everything_selected_at_once(window: Window) -> None:
    draw(window)
    window.document.edit("Place", lambda design: edits.place(design, "agent", "db", (0, 400))[0])
    window.selection.select(["web", "db"])
    window.actions_by_id["tie_tool"].trigger()
    drag(window.canvas, middle_of(window.canvas, "db"), middle_of(window.canvas, "r2"))
    assert {(tied.source, tied.chosen) for tied in window.document.design.assignments} == {
        ("web", ("r2",)),
        ("db", ("r2",)),
    }
    assert window.document.stack.undoText() == "Change assignment"


def test_a_line_to_a_proxy_sends_everything_through_it(window: Window) -> None:
    draw(window)
    hold(window, "web", "proxy")
    assert words(window.canvas).startswith("web goes through proxy\n")
    let_go(window, "proxy")
    assert set(window.document.design.component_by_id["web"].proxies.values()) == {"proxy"}


def test_the_handle_is_there_only_where_it_means_something(window: Window) -> None:
    draw(window)
    handle = window.canvas.handle
    seen = {}
    for name in window.document.design.component_by_id:
        window.selection.select([name])
        seen[name] = handle.isVisible()
    assert seen == {"web": True, "r1": True, "r2": True, "vc": False, "proxy": False}
    window.selection.select(["web", "r1"])
    assert not handle.isVisible()


def test_the_handle_covers_no_text_of_its_card(window: Window) -> None:
    draw(window)
    window.selection.select(["web"])
    card = window.scene.card_items["web"]
    widest = max(text.x + text_measure().width(text.text, text.size, text.bold) for text in card.texts())
    assert card.frame.width - widest + window.canvas.handle.boundingRect().left() / READABLE > 0


def test_the_handle_goes_where_its_card_goes_and_outlives_it(window: Window) -> None:
    draw(window)
    window.selection.select(["web"])
    window.document.edit("Move", lambda design: edits.move(design, {"web": (50, 300)}))
    frame = window.scene.cards["web"]
    assert window.canvas.handle.scenePos() == QPointF(frame.right, frame.center.y)
    window.actions_by_id["delete"].trigger()
    assert not window.canvas.handle.isVisible()
    window.document.stack.undo()
    window.selection.select(["web"])
    assert window.canvas.handle.isVisible()


@pytest.fixture
def menu(window: Window) -> QMenu:
    draw(window)
    window.selection.select(["web"])
    window.actions_by_id["tie_menu"].trigger()
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    return shown


def entries(menu: QMenu, *path: str) -> dict[str, QAction]:
    """The entries of a menu or of a sub-menu, by text."""
    found = {action.text(): action for action in menu.actions() if not action.isSeparator()}
    if not path:
        return found
    inner = found[path[0]].menu()
    assert isinstance(inner, QMenu)
    return entries(inner, *path[1:])


def test_the_menu_offers_what_lines_can_be_drawn_to(window: Window, menu: QMenu) -> None:
    assert list(entries(menu)) == ["Relay", "Through a web proxy"]
    relays = entries(menu, "Relay")
    assert {text: action.isChecked() for text, action in relays.items()} == {
        "all of them (2)": True,
        "none": False,
        "r1": True,
        "r2": True,
    }
    relays["r1"].trigger()
    assert chosen(window, "relay") == ("r2",)
    menu.close()


def test_the_menu_goes_back_to_all_and_to_none(window: Window, menu: QMenu) -> None:
    entries(menu, "Relay")["none"].trigger()
    assert chosen(window, "relay") == ()
    entries(menu, "Relay")["all of them (2)"].trigger()
    assert chosen(window, "relay") is None
    entries(menu, "Through a web proxy")["proxy"].trigger()
    assert set(window.document.design.component_by_id["web"].proxies.values()) == {"proxy"}
    menu.close()


def test_a_click_on_the_handle_opens_the_menu(window: Window) -> None:
    draw(window)
    window.selection.select(["web"])
    click(window.canvas, *handle_of(window, "web"))
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    assert "Relay" in entries(shown)
    shown.close()


def test_enter_with_the_tool_opens_the_menu(window: Window) -> None:
    draw(window)
    window.selection.select(["web"])
    window.actions_by_id["tie_tool"].trigger()
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    assert "Relay" in entries(shown)
    assert window.canvas.tool_name == "select"
    shown.close()


def test_it_speaks_japanese(window: Window) -> None:
    draw(window)
    set_language("ja")
    hold(window, "web", "r1")
    assert words(window.canvas).splitlines()[0] == "web は r1 のみを使用"
    let_go(window, "r1")

"""The keyboard on the canvas: along connectors, through zones, and from one part of the window to the next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.window.window import Window
from model.editing import edits

ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


def draw(window: Window) -> None:
    """An agent left, its relays right above and right below, and a second agent between them that knows no relay."""
    design = window.document.blank()
    design, outer = edits.add_zone(design, "Main", "vpc", (-40, -60, 1300, 900))
    design, inner = edits.add_zone(design, "Front", "dmz", (0, 260, 240, 200), outer)
    design, _ = edits.place(design, "agent", "web", (20, 320), inner)
    design, _ = edits.place(design, "relay", "up", (900, 0), outer)
    design, _ = edits.place(design, "agent", "lone", (450, 320), outer)
    design, _ = edits.place(design, "relay", "down", (900, 700), outer)
    design = edits.assign(design, "lone", "relay", ())
    window.document.open(design)
    window.canvas.setFocus()


def press(window: Window, key: Qt.Key, keys: Qt.KeyboardModifier = ALT) -> str:
    """Press a key on the canvas; what is selected then."""
    QTest.keyClick(window.canvas, key, keys)
    pair = window.selection.pair
    return " → ".join(pair) if pair is not None else ",".join(sorted(window.selection.ids))


def test_alt_and_an_arrow_go_to_the_connected_neighbour_first(window: Window) -> None:
    draw(window)
    window.selection.select(["web"])
    assert press(window, Key.Key_Right) == "up"  # nearer stands "lone", but no connector leads there
    assert press(window, Key.Key_Left) == "web"
    assert press(window, Key.Key_Left) == "web"  # nobody is there


def test_where_nobody_is_connected_that_way_the_nearest_is_gone_to(window: Window) -> None:
    draw(window)
    window.selection.select(["lone"])
    assert press(window, Key.Key_Left) == "web"
    assert window.document.stack.count() == 0  # walking moves nothing


def test_page_keys_go_out_of_zones_and_into_them(window: Window) -> None:
    draw(window)
    window.selection.select(["web"])
    assert press(window, Key.Key_PageUp) == "front"
    assert press(window, Key.Key_PageUp) == "main"
    assert press(window, Key.Key_PageUp) == "main"
    assert press(window, Key.Key_PageDown) == "front"
    assert press(window, Key.Key_PageDown) == "web"
    assert press(window, Key.Key_End) == "down"
    assert press(window, Key.Key_Home) == "web"


def test_with_shift_what_is_gone_to_is_added(window: Window) -> None:
    draw(window)
    heard: list[str] = []
    window.canvas.told.connect(heard.append)
    adding = ALT | Qt.KeyboardModifier.ShiftModifier
    window.selection.select(["web"])
    assert press(window, Key.Key_Right, adding) == "up,web"
    assert press(window, Key.Key_Down, adding) == "down,up,web"  # on from the one gone to last
    assert heard == ["up added, 2 selected", "down added, 3 selected"]
    window.actions_by_id["align_left"].trigger()  # what several selected things are for
    lefts = {window.scene.cards[name].left for name in ("web", "up", "down")}
    assert len(lefts) == 1
    assert press(window, Key.Key_Home) == "web"


def test_full_stop_and_comma_go_over_the_connectors_of_a_component(window: Window) -> None:
    draw(window)
    window.selection.select(["web"])
    plain = Qt.KeyboardModifier.NoModifier
    assert press(window, Key.Key_Period, plain) == "web → up"
    assert press(window, Key.Key_Period, plain) == "web → down"
    assert press(window, Key.Key_Period, plain) == "web → up"
    assert press(window, Key.Key_Comma, plain) == "web → down"
    assert press(window, Key.Key_Right) == "down"  # the connector's end that way


def test_a_connector_merged_at_a_node_is_stepped_onto_with_all_its_flows(window: Window) -> None:
    draw(window)
    window.selection.select(["front"])
    window.actions_by_id["collapse"].trigger()
    flows = window.document.view.graph.network
    plain = Qt.KeyboardModifier.NoModifier
    for relay, key in (("up", Key.Key_Period), ("down", Key.Key_Period), ("up", Key.Key_Comma)):
        press(window, key, plain)
        wanted = {flow.id for flow in flows if (flow.source, flow.destination) == ("web", relay)}
        assert wanted
        assert window.selection.flows == wanted
        assert window.selection.pair is None


def test_tab_goes_on_from_the_component_whose_connectors_were_gone_over(window: Window) -> None:
    draw(window)
    plain = Qt.KeyboardModifier.NoModifier
    window.selection.select(["up"])
    assert press(window, Key.Key_Period, plain) == "web → up"
    assert press(window, Key.Key_Tab, plain) == "lone"


def test_enter_on_a_connector_goes_to_its_row(window: Window) -> None:
    draw(window)
    window.selection.select_pair(("web", "down"))
    QTest.keyClick(window.canvas, Key.Key_Return)
    table = window.bottom.matrix
    assert table.hasFocus()
    row = table.rows_model.rows[table.order.mapToSource(table.currentIndex()).row()]
    assert (row.flow.source, row.flow.destination) == ("web", "down")
    assert window.selection.pair == ("web", "down")


def panes_seen(window: Window, action: str, count: int) -> list[QWidget | None]:
    seen = []
    for _ in range(count):
        window.actions_by_id[action].trigger()
        seen.append(QApplication.focusWidget())
    return seen


@pytest.mark.parametrize("action", ["next_pane", "previous_pane"])
def test_f6_leaves_the_canvas_and_comes_back(window: Window, action: str) -> None:
    draw(window)
    seen = panes_seen(window, action, 6)
    assert window.canvas in seen
    parts = [window.toolbar, window.palette_panel, window.side, window.bottom, window.status]
    for part in parts:
        assert any(part.isAncestorOf(each) for each in seen if each is not None), part


def test_the_canvas_shows_that_the_keyboard_is_there(window: Window) -> None:
    draw(window)
    window.palette_panel.search.setFocus()
    assert not window.canvas.focus_mark.isVisible()
    window.actions_by_id["next_pane"].trigger()
    while not window.canvas.hasFocus():
        window.actions_by_id["next_pane"].trigger()
    assert window.canvas.focus_mark.isVisible()
    window.palette_panel.search.setFocus()
    assert not window.canvas.focus_mark.isVisible()
    window.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not window.canvas.focus_mark.isVisible()

"""Find bar, minimap, legend, hover cards and the presentation view, in the real window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.canvas.paint import qrect
from gui.window.window import Window
from model.design.views import Filter
from tests.gui.hands import LEFT, NO_KEYS, click, middle_of
from tests.gui.walk import settle


def find(window: Window, text: str) -> None:
    window.actions_by_id["find"].trigger()
    window.reading.find_bar.field.clear()
    QTest.keyClicks(window.reading.find_bar.field, text)


def seen(window: Window, frame: QRectF) -> bool:
    return qrect(window.canvas.seen()).contains(frame)


# Find


def test_find_steps_through_what_it_finds_and_centres_it(sample: Window) -> None:
    sample.canvas.setFocus()
    sample.canvas.zoom_to(2.0)
    find(sample, "4122")
    bar = sample.reading.find_bar
    pairs = {(f.source, f.destination) for f in sample.document.view.graph.network if f.port == 4122}
    assert {hit.flow[:2] for hit in bar.found if hit.flow is not None} == pairs
    assert len(bar.marks.frames) == len(bar.found), "each is drawn and marked at its label"
    visited = []
    for _ in bar.found:
        visited.append(sample.selection.pair)
        assert sample.selection.pair is not None
        assert seen(sample, sample.scene.wires.pairs[sample.selection.pair].label_rect)
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert set(visited) == pairs
    assert sample.selection.pair == visited[0]
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert sample.selection.pair == visited[-1]


def test_what_is_found_keeps_its_label_while_the_search_lasts(sample: Window) -> None:
    wires, bar = sample.scene.wires, sample.reading.find_bar
    find(sample, "4122")
    found = {hit.flow[:2] for hit in bar.found if hit.flow is not None}
    assert {pair for pair in wires.pairs if wires.is_lit(pair)} < found
    assert {pair for pair in wires.pairs if wires.is_labelled(pair)} == found
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert {pair for pair in wires.pairs if wires.is_labelled(pair)} == {sample.selection.pair}


def test_find_shows_a_component_where_it_stands(sample: Window) -> None:
    sample.canvas.zoom_to(2.0)
    find(sample, "siem")
    (name,) = sample.selection.ids
    assert sample.document.design.component_by_id[name].kind == "siem"
    assert seen(sample, qrect(sample.scene.cards[name]))


def test_escape_ends_the_search_and_its_marks(sample: Window) -> None:
    find(sample, "relay")
    QTest.keyClick(sample.reading.find_bar.field, Qt.Key.Key_Escape)
    assert not sample.reading.find_bar.isVisible()
    assert sample.reading.find_bar.marks.frames == ()
    assert QApplication.focusWidget() is sample.canvas


def test_what_is_found_but_not_drawn_is_said(sample: Window) -> None:
    find(sample, "123")
    assert "not drawn" in sample.reading.find_bar.count.text()
    find(sample, "nothing of the kind")
    assert sample.reading.find_bar.count.text() == "Nothing found"


def test_in_a_table_find_filters_the_table(sample: Window) -> None:
    sample.bottom.matrix.setFocus()
    sample.actions_by_id["find"].trigger()
    assert QApplication.focusWidget() is sample.bottom.filter
    assert not sample.reading.find_bar.isVisible()


# Minimap


def test_the_minimap_is_there_while_something_is_out_of_sight(sample: Window) -> None:
    minimap = sample.reading.minimap
    sample.canvas.fit()
    assert not minimap.isVisible()
    sample.canvas.zoom_to(2.0)
    assert minimap.isVisible()
    sample.actions_by_id["show_minimap"].trigger()
    assert not minimap.isVisible()
    assert not sample.preferences.minimap


def test_the_minimap_leaves_the_middle_of_a_small_canvas_free(sample: Window) -> None:
    sample.resize(1024, 768)
    settle()
    sample.canvas.zoom_to(2.0)
    minimap, area = sample.reading.minimap, sample.canvas.viewport().rect()
    assert minimap.isVisible()
    assert minimap.x() > area.width() / 2
    assert minimap.y() > area.height() / 2
    sample.resize(1680, 1020)
    settle()
    assert max(minimap.width() - 190, minimap.height() - 130) == 10


def test_a_drag_on_the_minimap_moves_the_view(sample: Window) -> None:
    minimap = sample.reading.minimap
    sample.canvas.zoom_to(2.0)
    content = sample.scene.content()
    corner = QPoint(minimap.width() - 8, minimap.height() - 8)
    QTest.mousePress(minimap, LEFT, NO_KEYS, minimap.rect().center())
    middle = QPointF(sample.canvas.seen().center.x, sample.canvas.seen().center.y)
    assert (middle - content.center()).manhattanLength() < 40
    QTest.mouseMove(minimap, corner)
    QTest.mouseRelease(minimap, LEFT, NO_KEYS, corner)
    assert sample.canvas.seen().center.x > middle.x() + content.width() / 4


# Legend


def entries(window: Window) -> set[str]:
    return {entry.text for entry in window.reading.legend.entries}


def test_the_legend_tells_what_is_shown_and_nothing_else(sample: Window) -> None:
    catalog, graph = sample.document.catalog, sample.document.view.graph
    drawn = {f.basis.purpose for f in graph.network}
    quiet = {each.id for each in catalog.purposes if each.quiet}
    names = {each.name.en for each in catalog.purposes if each.id in drawn - quiet}
    # A connector has the line of its most important purpose, but its flows have these.
    assert {each.name.en for each in catalog.purposes} & entries(sample) == names
    assert "Data centre" in entries(sample)
    assert "DMZ" not in entries(sample)
    sample.showing.ask(Filter(ports=(4122,)))
    assert {each.name.en for each in catalog.purposes} & entries(sample) == {"Updates"}
    assert not {text for text in entries(sample) if text.startswith("+")}


def test_changes_enter_the_legend_when_there_are_some(sample: Window) -> None:
    sample.whatif.rows["web-reputation"].switch.click()
    assert {text[0] for text in entries(sample)} & set("+−~")


# Hover cards


def rest(window: Window, point: QPointF) -> None:
    canvas = window.canvas
    at = canvas.mapFromScene(point)
    event = QHelpEvent(QEvent.Type.ToolTip, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), event)


def said(window: Window) -> str:
    return "\n".join(each.text() for each in window.reading.hover.card.findChildren(QLabel))


def test_a_component_says_what_it_is_and_what_it_opens(sample: Window, qtbot: QtBot) -> None:
    rest(sample, QPointF(*middle_of(sample.canvas, "web-tier")))
    card = sample.reading.hover.card
    qtbot.waitUntil(card.isVisible)
    flows = [f for f in sample.document.view.graph.network if f.source == "web-tier"]
    assert "web-tier" in said(sample)
    assert f"opens {len(flows)} flows" in said(sample)
    click(sample.canvas, *middle_of(sample.canvas, "web-tier"))
    assert not card.isVisible()


def test_a_connector_says_why_it_is_there(sample: Window, qtbot: QtBot) -> None:
    wire = sample.scene.wires.pairs["web-tier", "relay-1"]
    rest(sample, wire.label_rect.center())
    qtbot.waitUntil(sample.reading.hover.card.isVisible)
    flow = sample.document.view.graph.by_pair["web-tier", "relay-1"][0]
    reading = sample.document.catalog.rule_by_id[flow.basis.rules[0]].reading.en
    assert "4122/TCP" in said(sample)
    assert reading in said(sample)
    rest(sample, QPointF(-1500, -1500))
    assert not sample.reading.hover.card.isVisible()


def test_a_connector_stands_out_while_the_pointer_rests_on_it(sample: Window, qtbot: QtBot) -> None:
    wires, card = sample.scene.wires, sample.reading.hover.card
    pair, others = ("web-tier", "relay-1"), [each for each in wires.pairs if "app-tier" in each]
    rest(sample, wires.pairs[pair].label_rect.center())
    qtbot.waitUntil(card.isVisible)
    assert [each for each in wires.pairs if wires.is_lit(each)] == [pair]
    rest(sample, QPointF(-1500, -1500))
    assert all(map(wires.is_lit, wires.pairs))
    sample.selection.select(["app-tier"])
    rest(sample, QPointF(*wire_end(sample, pair)))
    qtbot.waitUntil(card.isVisible)
    assert {each for each in wires.pairs if wires.is_lit(each)} == {pair, *others}
    card.hide()
    assert {each for each in wires.pairs if wires.is_lit(each)} == set(others)


def test_at_the_handle_of_a_card_no_connector_says_anything(sample: Window) -> None:
    """The card covered what a line from there could be drawn to."""
    sample.selection.select(["web-tier"])
    wires, handle, scale = sample.scene.wires, sample.canvas.handle, sample.canvas.scale_now()
    around = handle.boundingRect().translated(handle.scenePos())
    points = [
        QPointF(around.x() + x * around.width() / 20, around.y() + y * around.height() / 20)
        for x in range(21)
        for y in range(21)
    ]
    held = [each for each in points if handle.at(each, scale) and wires.hit(each, scale) is not None]
    assert held
    assert all(sample.reading.hover.said_at(each) is None for each in held)


def wire_end(window: Window, pair: tuple[str, str]) -> tuple[float, float]:
    """A place on a connector's line, clear of its label and its components."""
    end = window.scene.wires.pairs[pair].wire.points[-1]
    return end.x - 12, end.y


# Presentation


def test_the_presentation_view_has_no_chrome_and_escape_leaves_it(sample: Window, qtbot: QtBot) -> None:
    sample.actions_by_id["show_palette"].trigger()
    QTest.keyClick(sample.canvas, Qt.Key.Key_F11)
    around = (sample.toolbar, sample.right, sample.bottom, sample.status, sample.menuBar())
    assert not any(each.isVisible() for each in around)
    assert sample.canvas.isVisible()
    assert sample.isFullScreen()
    assert not sample.canvas.focus_mark.isVisible()
    QTest.keyClick(sample.canvas, Qt.Key.Key_Escape)
    assert sample.canvas.focus_mark.isVisible()
    assert all(each.isVisible() for each in around)
    assert not sample.palette_panel.isVisible()
    assert not sample.isFullScreen()


def test_what_was_looked_at_is_again_after_the_presentation_view(sample: Window, qtbot: QtBot) -> None:
    canvas = sample.canvas
    canvas.zoom_to(1.5)
    canvas.look_at(QPointF(300, 200))
    before = canvas.seen()
    sample.actions_by_id["present"].trigger()
    assert canvas.scale_now() < 1.5
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: canvas.seen().width == before.width)
    after = canvas.seen()
    assert abs(after.x - before.x) < 1
    assert abs(after.y - before.y) < 1

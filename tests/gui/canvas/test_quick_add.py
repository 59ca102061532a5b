"""Adding a component by typing on the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from gui import language
from gui.canvas.quick import QuickAdd
from gui.window.window import Window
from model.editing import edits
from model.frozen import Language
from tests.gui.hands import LEFT, NO_KEYS, at, middle_of
from tests.gui.walk import settle


@pytest.fixture
def drawn(window: Window) -> Window:
    """A zone in a zone, shown at its natural size, and the pointer elsewhere."""
    design, outer = edits.add_zone(window.document.blank(), "Main", "vpc", (0, 0, 800, 500))
    design, _ = edits.add_zone(design, "Front", "subnet", (40, 60, 340, 300), outer)
    window.document.open(design)
    QCursor.setPos(-5_000, -5_000)
    return window


def point_at(window: Window, x: float, y: float) -> None:
    """Move the mouse over a point of the scene, from a place beside it."""
    for aside in (3, 0):
        QTest.mouseMove(window.canvas.viewport(), at(window.canvas, x + aside, y))


def typed(window: Window, name: str) -> str:
    """Press /, type and take the first kind; what came of it."""
    before = window.document.design.component_by_id
    QTest.keyClick(window.canvas, Qt.Key.Key_Slash)
    QTest.keyClicks(window.placement.quick.field, name)
    QTest.keyClick(window.placement.quick.field, Qt.Key.Key_Return)
    (made,) = window.document.design.component_by_id.keys() - before
    return made


def ask(window: Window, x: float, y: float) -> QuickAdd:
    """Press / with the pointer over a point of the scene."""
    point_at(window, x, y)
    QTest.keyClick(window.canvas, Qt.Key.Key_Slash)
    return window.placement.quick


def listed(quick: QuickAdd) -> list[str]:
    return [quick.list.item(number).text() for number in range(quick.list.count())]


def test_typing_a_name_places_it_where_the_pointer_is(drawn: Window) -> None:
    quick = ask(drawn, 200, 220)
    assert quick.isVisible()
    assert "Front" in quick.where.text()
    assert len(listed(quick)) == len(drawn.document.catalog.kinds)
    QTest.keyClicks(quick.field, "sps")
    assert listed(quick)[0] == "Smart Protection Server"
    QTest.keyClick(quick.field, Qt.Key.Key_Return)
    (made,) = drawn.document.design.components
    assert (made.kind, made.zone) == ("smart-protection-server", "front")
    middle = drawn.scene.cards[made.id].center
    assert abs(middle.x - 200) <= 5
    assert abs(middle.y - 220) <= 5
    assert drawn.selection.ids == {made.id}
    assert drawn.document.stack.count() == 1
    assert not quick.isVisible()
    assert drawn.canvas.hasFocus()


def test_arrows_choose_another_one_and_a_screen_reader_hears_it(drawn: Window, qtbot: QtBot) -> None:
    quick = ask(drawn, 600, 400)
    QTest.keyClicks(quick.field, "gateway")
    assert listed(quick) == ["Service Gateway", "Data Center Gateway"]
    with qtbot.waitSignal(drawn.canvas.told) as heard:
        QTest.keyClick(quick.field, Qt.Key.Key_Down)
    assert heard.args == ["Data Center Gateway"]
    QTest.keyClick(quick.field, Qt.Key.Key_Return)
    (made,) = drawn.document.design.components
    assert (made.kind, made.zone) == ("data-center-gateway", "main")


def test_escape_leaving_and_scrolling_place_nothing(drawn: Window) -> None:
    quick = ask(drawn, 200, 220)
    QTest.keyClicks(quick.field, "agent")
    QTest.keyClick(quick.field, Qt.Key.Key_Escape)
    assert not quick.isVisible()
    assert drawn.canvas.hasFocus()
    ask(drawn, 200, 220)
    drawn.palette_panel.search.setFocus()
    assert not quick.isVisible()
    ask(drawn, 200, 220)
    drawn.canvas.zoom_by(1.2)
    assert not quick.isVisible()
    assert not drawn.document.stack.count()


def test_without_a_pointer_it_is_the_middle_and_each_stands_beside_the_last(drawn: Window) -> None:
    middle = drawn.canvas.mapToScene(drawn.canvas.viewport().rect().center())
    for _ in range(3):
        QTest.keyClick(drawn.canvas, Qt.Key.Key_Insert)
        QTest.keyClicks(drawn.placement.quick.field, "agent")
        QTest.keyClick(drawn.placement.quick.field, Qt.Key.Key_Enter)
    cards = list(drawn.scene.cards.values())
    assert len(cards) == 3
    assert cards[0].grow(6).contains(type(cards[0].center)(middle.x(), middle.y()))
    assert not any(a.grow(9).intersects(b) for a in cards for b in cards if a is not b)


def test_keys_place_beside_what_is_selected_though_the_mouse_rests_on_the_canvas(drawn: Window) -> None:
    point_at(drawn, 700, 420)
    first = typed(drawn, "relay")
    assert drawn.document.design.component_by_id[first].zone == "main"
    drawn.selection.clear()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown):
        QTest.keyClick(drawn.canvas, key, Qt.KeyboardModifier.AltModifier)
    assert drawn.selection.ids == {"front"}
    second = typed(drawn, "agent")
    assert drawn.document.design.component_by_id[second].zone == "front"
    third = typed(drawn, "dns")
    assert drawn.document.design.component_by_id[third].zone == "front"
    assert drawn.canvas.focus_mark.isVisible()
    point_at(drawn, 700, 110)
    fourth = typed(drawn, "ntp")
    middle = drawn.scene.cards[fourth].center
    assert abs(middle.x - 700) <= 5
    assert abs(middle.y - 110) <= 5


def test_what_is_selected_out_of_sight_is_not_where_the_user_is(drawn: Window) -> None:
    QTest.keyClick(drawn.canvas, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    drawn.canvas.scroll_by(QPoint(3_000, 0))
    assert drawn.canvas.here() == drawn.canvas.viewport().rect().center()


def test_a_click_takes_a_kind_and_nonsense_none(drawn: Window) -> None:
    quick = ask(drawn, 200, 220)
    QTest.keyClicks(quick.field, "zzz")
    QTest.keyClick(quick.field, Qt.Key.Key_Return)
    assert quick.isVisible()
    assert not drawn.document.stack.count()
    quick.field.clear()
    QTest.keyClicks(quick.field, "DNS")
    middle = quick.list.visualItemRect(quick.list.item(0)).center()
    QTest.mouseClick(quick.list.viewport(), LEFT, NO_KEYS, middle)
    assert [each.kind for each in drawn.document.design.components] == ["dns-server"]


def test_it_speaks_japanese_and_finds_both_names(drawn: Window) -> None:
    language.set_language("ja")
    quick = ask(drawn, 200, 220)
    QTest.keyClicks(quick.field, "agent")
    assert listed(quick)[0] == "エージェント"
    quick.field.setText("プロキシ")
    assert listed(quick)[0] == "Webプロキシ"


def test_the_menu_of_a_zone_asks_where_it_was_opened(drawn: Window, qtbot: QtBot) -> None:
    drawn.selection.select(["front"])
    spot = drawn.canvas.viewport().mapToGlobal(at(drawn.canvas, 300, 300))
    drawn.commands.show_menu(spot)
    menu = next(each for each in drawn.findChildren(QMenu) if each.isVisible())
    entry = menu.actions()[0]
    assert entry.text().endswith("\t/")
    menu.close()
    entry.trigger()
    quick = drawn.placement.quick
    assert quick.isVisible()
    corner = quick.mapToGlobal(QPoint(0, 0))
    assert abs(corner.x() - spot.x()) < 60
    QTest.keyClick(quick.field, Qt.Key.Key_Return)
    assert [each.zone for each in drawn.document.design.components] == ["front"]


@pytest.mark.parametrize("place", [(390, 300), (600, 510)])
def test_what_is_typed_at_a_border_comes_to_lie_on_one_side_of_it(
    drawn: Window, place: tuple[int, int]
) -> None:
    for _ in range(2):
        quick = ask(drawn, *place)
        QTest.keyClicks(quick.field, "dns")
        QTest.keyClick(quick.field, Qt.Key.Key_Return)
    design = drawn.document.design
    for each in design.components:
        card = drawn.scene.cards[each.id]
        around = design.zone_chain(each.zone)
        for zone in design.zones:
            if zone.id in around:
                assert zone.rect.union(card) == zone.rect
            else:
                assert not zone.rect.intersects(card)


def test_nothing_covers_it_on_an_empty_canvas(window: Window) -> None:
    assert window.hint.isVisible()
    QTest.keyClick(window.canvas, Qt.Key.Key_Slash)
    quick = window.placement.quick
    for part in (quick.field, quick.list, quick.where):
        seen = window.childAt(part.mapTo(window, part.rect().center()))
        assert seen is not None
        assert quick.isAncestorOf(seen), part
    QTest.keyClick(quick.field, Qt.Key.Key_Escape)
    assert window.hint.isVisible()


def test_between_two_that_talk_there_is_room_for_their_label(window: Window) -> None:
    for name in ("agent", "relay", "dns"):
        typed(window, name)
    cards = list(window.scene.cards.values())
    (label,) = [each.wire.label for each in window.scene.wires.pairs.values()]
    assert not any(card.grow(5).intersects(label) for card in cards)


@pytest.mark.parametrize(("place", "zone"), [((200, 220), "front"), ((600, 400), "main")])
def test_a_double_click_where_nothing_is_asks_what_to_place_there(
    drawn: Window, place: tuple[int, int], zone: str
) -> None:
    point_at(drawn, *place)
    QTest.mouseDClick(drawn.canvas.viewport(), LEFT, NO_KEYS, at(drawn.canvas, *place))
    quick = drawn.placement.quick
    assert quick.isVisible()
    QTest.keyClick(quick.field, Qt.Key.Key_Return)
    (made,) = drawn.document.design.components
    assert made.zone == zone
    x, y = middle_of(drawn.canvas, made.id)
    assert abs(x - place[0]) <= 5
    assert abs(y - place[1]) <= 5


def test_a_double_click_on_a_connector_adds_nothing(drawn: Window) -> None:
    for name in ("agent", "relay"):
        typed(drawn, name)
    (wire,) = drawn.scene.wires.pairs.values()
    middle = wire.label_rect.center()
    QTest.mouseDClick(drawn.canvas.viewport(), LEFT, NO_KEYS, at(drawn.canvas, middle.x(), middle.y()))
    assert not drawn.placement.quick.isVisible()


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_it_lies_wholly_on_a_small_canvas(drawn: Window, spoken: Language) -> None:
    language.set_language(spoken)
    drawn.resize(1024, 640)
    settle()
    assert drawn.canvas.viewport().height() < 300
    drawn.selection.select(["front"])
    QTest.keyClick(drawn.canvas, Qt.Key.Key_Slash)
    quick, area = drawn.placement.quick, drawn.canvas.viewport()
    settle()
    assert quick.list.count() > 7
    assert area.rect().contains(quick.geometry())
    assert quick.where.height() >= quick.where.heightForWidth(quick.where.width())
    QTest.keyClicks(quick.field, "zzz")
    assert area.rect().contains(quick.geometry())

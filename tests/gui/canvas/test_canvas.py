"""Hands on the canvas: real events to the real window, and the design they lead to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gui.window.window import Window
from model.editing import edits
from model.shapes.geometry import Point, Rect
from model.storage import dump
from tests.gui.hands import LEFT, NO_KEYS, at, click, design_of, drag, drop_kind, middle_of, with_zones
from tests.gui.shown import mismatches


def test_enter_in_the_palette_places_a_component(window: Window) -> None:
    window.palette_panel.search.setFocus()
    QTest.keyClicks(window.palette_panel.search, "relay")
    QTest.keyClick(window.palette_panel.search, Qt.Key.Key_Return)
    placed = design_of(window).components
    assert [component.kind for component in placed] == ["relay"]
    assert window.selection.ids == {placed[0].id}


def test_the_palette_is_found_in_both_languages_at_once(window: Window) -> None:
    tree = window.palette_panel.tree
    window.palette_panel.search.setText("エージェント")
    shown = [
        item.text(0)
        for number in range(tree.topLevelItemCount())
        if (item := tree.topLevelItem(number)) is not None and not item.isHidden()
    ]
    assert shown == ["PROTECTED HOSTS", "Agent"]


def test_a_double_click_places_where_nothing_else_stands(window: Window) -> None:
    for _ in range(3):
        window.palette_panel.chosen.emit("agent")
    cards = list(window.scene.cards.values())
    assert len(cards) == 3
    assert not any(a.intersects(b) for a in cards for b in cards if a is not b)
    assert len({component.name for component in design_of(window).components}) == 3


def test_a_service_goes_into_the_internet_zone(window: Window) -> None:
    window.palette_panel.chosen.emit("update-server")
    design = design_of(window)
    assert [zone.kind for zone in design.zones] == ["internet"]
    assert design.components[0].zone == design.zones[0].id
    window.palette_panel.chosen.emit("workload-security")
    assert len(design_of(window).zones) == 1
    window.document.stack.undo()
    window.document.stack.undo()
    assert design_of(window).zones == ()


def test_missing_services_are_placed_in_one_step(window: Window) -> None:
    window.actions_by_id["place_services"].trigger()
    design = design_of(window)
    services = {kind.id for kind in window.document.catalog.kinds if kind.service}
    assert {component.kind for component in design.components} == services
    zone = design.zones[0].rect
    assert all(zone.contains(card) for card in window.scene.cards.values())
    assert window.document.stack.count() == 1
    assert not window.actions_by_id["place_services"].isEnabled()


def test_a_new_internet_zone_begins_beside_what_is_there_and_services_where_it_begins(window: Window) -> None:
    window.placement.place_at("agent", 300, 400)
    for kind in ("workload-security", "update-server"):
        window.palette_panel.chosen.emit(kind)
    (zone,) = design_of(window).zones
    host, first, second = (window.scene.cards[each.id] for each in design_of(window).components)
    assert zone.rect.top == host.top
    assert zone.rect.left > host.right
    assert (first.left, first.top) == (zone.rect.left + 20, zone.rect.top + 40)
    assert (second.left, second.top) == (first.left, first.bottom + 30)
    assert window.canvas.seen().contains(second)


def test_missing_services_come_into_sight_and_nothing_moves_where_they_are(window: Window) -> None:
    window.canvas.zoom_to(2.0)
    window.actions_by_id["place_services"].trigger()
    seen = window.canvas.seen()
    assert all(
        seen.contains(frame) for frame in (*window.scene.cards.values(), design_of(window).zones[0].rect)
    )
    window.document.stack.undo()
    window.canvas.zoom_to(0.2)
    window.actions_by_id["place_services"].trigger()
    assert window.canvas.scale_now() == pytest.approx(0.2)


def test_what_is_added_beside_something_at_the_edge_is_in_sight(window: Window) -> None:
    seen = window.canvas.seen()
    for _ in range(2):
        window.placement.place_at("relay", seen.center.x, seen.bottom - 5)
        assert window.canvas.seen().contains(window.scene.cards[design_of(window).components[-1].id])


def test_a_drop_from_the_palette_joins_the_zone_under_it(window: Window) -> None:
    with_zones(window)
    drop_kind(window.canvas, "relay", 700, 150)
    relay = design_of(window).components_by_kind["relay"][0]
    assert relay.zone == "right"
    centre = window.scene.cards[relay.id].center
    assert abs(centre.x - 700) <= 5
    assert abs(centre.y - 150) <= 5


def test_dragging_a_card_moves_it_on_the_grid(window: Window) -> None:
    with_zones(window)
    x, y = middle_of(window.canvas, "web")
    drag(window.canvas, (x, y), (x + 43, y + 58))
    assert design_of(window).component_by_id["web"].position == (140, 160)
    assert window.document.stack.undoText() == "Move"
    window.document.stack.undo()
    assert window.scene.card_items["web"].position == Point(100, 100)


def test_nothing_changes_until_the_button_is_released_and_escape_gives_up(window: Window) -> None:
    with_zones(window)
    before = window.document.state
    x, y = middle_of(window.canvas, "web")
    drag(window.canvas, (x, y), (x + 200, y), drop=False)
    assert window.scene.card_items["web"].position == Point(300, 100)
    assert window.document.state is before
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.scene.card_items["web"].position == Point(100, 100)
    QTest.mouseRelease(window.canvas.viewport(), LEFT, NO_KEYS, at(window.canvas, x + 200, y))
    assert window.document.state is before


def test_dragging_into_another_zone_joins_it(window: Window) -> None:
    with_zones(window)
    x, y = middle_of(window.canvas, "web")
    drag(window.canvas, (x, y), (700, y))
    assert design_of(window).component_by_id["web"].zone == "right"
    drag(window.canvas, (700, y), (450, 400))
    assert design_of(window).component_by_id["web"].zone is None


def test_a_zone_is_moved_by_its_title_with_all_it_holds(window: Window) -> None:
    with_zones(window)
    drag(window.canvas, (60, 14), (60, 114))
    design = design_of(window)
    assert design.zone_by_id["left"].frame == (0, 100, 400, 300)
    assert design.component_by_id["web"].position == (100, 200)


def test_a_zone_moved_into_another_lies_in_it(window: Window) -> None:
    with_zones(window)
    small, _ = edits.add_zone(design_of(window), "Small", "subnet", (0, 400, 150, 100))
    window.document.open(small)
    drag(window.canvas, (60, 412), (620, 112))
    assert design_of(window).zone_by_id["small"].parent == "right"


def test_a_zone_is_resized_by_its_border(window: Window) -> None:
    with_zones(window)
    drag(window.canvas, (400, 150), (450, 150))
    assert design_of(window).zone_by_id["left"].frame == (0, 0, 450, 300)
    drag(window.canvas, (450, 300), (90, 330))
    assert design_of(window).zone_by_id["left"].frame == (0, 0, 90, 330)
    assert design_of(window).component_by_id["web"].zone is None
    window.document.stack.undo()
    assert design_of(window).component_by_id["web"].zone == "left"


def test_f2_renames_in_place(window: Window) -> None:
    with_zones(window)
    window.selection.select(["web"])
    window.actions_by_id["rename"].trigger()
    editor = window.canvas.writing.names
    assert editor.isVisible()
    assert editor.text() == "web"
    QTest.keyClicks(editor, "shop <b>")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert not editor.isVisible()
    assert design_of(window).component_by_id["web"].name == "shop <b>"


def test_escape_leaves_a_name_as_it_was(window: Window) -> None:
    with_zones(window)
    window.selection.select(["left"])
    window.actions_by_id["rename"].trigger()
    QTest.keyClicks(window.canvas.writing.names, "something else")
    QTest.keyClick(window.canvas.writing.names, Qt.Key.Key_Escape)
    assert design_of(window).zone_by_id["left"].name == "Left"


def test_delete_removes_what_is_selected(window: Window) -> None:
    with_zones(window)
    click(window.canvas, *middle_of(window.canvas, "web"))
    window.actions_by_id["delete"].trigger()
    assert design_of(window).components == ()
    assert window.selection.ids == frozenset()
    window.document.stack.undo()
    assert "web" in window.scene.card_items


def test_the_rubber_band_selects_what_it_touches(window: Window) -> None:
    with_zones(window)
    drag(window.canvas, (60, 60), (350, 250))
    assert window.selection.ids == {"web"}
    drag(window.canvas, (-50, -50), (950, 350))
    assert window.selection.ids == {"web", "left", "right"}


def test_shift_adds_to_the_selection_and_takes_away(window: Window) -> None:
    with_zones(window)
    window.placement.place_at("relay", 700, 150)
    shift = Qt.KeyboardModifier.ShiftModifier
    click(window.canvas, *middle_of(window.canvas, "web"))
    click(window.canvas, *middle_of(window.canvas, "relay"), shift)
    assert window.selection.ids == {"web", "relay"}
    click(window.canvas, *middle_of(window.canvas, "web"), shift)
    assert window.selection.ids == {"relay"}


def test_a_click_inside_a_zone_selects_it_and_one_outside_nothing(window: Window) -> None:
    with_zones(window)
    click(window.canvas, 600, 200)
    assert window.selection.ids == {"right"}
    click(window.canvas, 450, 350)
    assert window.selection.ids == frozenset()


def test_arrow_keys_nudge(window: Window) -> None:
    with_zones(window)
    window.selection.select(["web"])
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    QTest.keyClick(window.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert design_of(window).component_by_id["web"].position == (110, 99)


def test_tab_walks_over_the_components(window: Window) -> None:
    with_zones(window)
    window.placement.place_at("relay", 700, 150)
    window.selection.clear()
    window.canvas.setFocus()
    seen = []
    for _ in range(3):
        QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
        seen.append(next(iter(window.selection.ids)))
    assert seen == ["web", "relay", "web"]


def test_select_all_and_duplicate(window: Window) -> None:
    with_zones(window)
    window.actions_by_id["select_all"].trigger()
    assert window.selection.ids == {"web", "left", "right"}
    window.selection.select(["web"])
    window.actions_by_id["duplicate"].trigger()
    assert len(design_of(window).components) == 2
    assert window.selection.ids == {"web-2"}


def test_arranging_is_one_step_that_keeps_cards_apart_and_in_their_zones(sample: Window) -> None:
    before = dump(design_of(sample))
    sample.actions_by_id["arrange"].trigger()
    cards, design = sample.scene.cards, design_of(sample)
    assert sample.document.stack.count() == 1
    assert not any(a.intersects(b) for x, a in cards.items() for y, b in cards.items() if x < y)
    for component in design.components:
        if component.zone is not None:
            assert design.zone_by_id[component.zone].rect.contains(cards[component.id])
    sample.document.stack.undo()
    assert dump(design_of(sample)) == before


def test_drawing_a_zone_takes_in_what_lies_there(window: Window) -> None:
    window.placement.place_at("agent", 100, 100)
    window.actions_by_id["zone_tool"].trigger()
    drag(window.canvas, (-50, -20), (350, 250))
    design = design_of(window)
    assert design.components[0].zone == design.zones[0].id
    assert window.actions_by_id["select_tool"].isChecked()
    assert window.canvas.writing.names.isVisible()


def test_an_empty_canvas_offers_templates(window: Window) -> None:
    assert window.hint.isVisible()
    window.hint.template.emit("single-vpc")
    assert not window.hint.isVisible()
    assert design_of(window).components


def test_typing_in_a_field_is_no_shortcut(window: Window) -> None:
    field = window.palette_panel.search
    field.setFocus()
    QTest.keyClicks(field, "vhzn")
    assert field.text() == "vhzn"
    assert window.canvas.tool_name == "select"
    assert isinstance(field, QLineEdit)


def crosses(window: Window, pair: tuple[str, str]) -> list[str]:
    """The cards, other than its ends, that a connector runs through."""
    points = window.scene.wires.pairs[pair].wire.points
    found = []
    for name, card in window.scene.cards.items():
        inner = card.inset(2)
        for a, b in pairwise(points):
            x, y = min(a.x, b.x), min(a.y, b.y)
            piece = Rect(x, y, max(abs(a.x - b.x), 0.1), max(abs(a.y - b.y), 0.1))
            if name not in pair and piece.intersects(inner):
                found.append(name)
    return found


def test_connectors_run_around_a_card_moved_into_their_way(sample: Window) -> None:
    pair = ("web-tier", "workload-security")
    points = sample.scene.wires.pairs[pair].wire.points
    longest = max(pairwise(points), key=lambda ends: abs(ends[0].x - ends[1].x) + abs(ends[0].y - ends[1].y))
    x, y = (longest[0].x + longest[1].x) / 2, (longest[0].y + longest[1].y) / 2
    card = sample.scene.cards["corp-ad"]
    there = {"corp-ad": (round(x - card.width / 2), round(y - card.height / 2))}
    sample.document.edit("Move", lambda design: edits.move(design, there))
    assert crosses(sample, pair) == []


def courses(window: Window) -> dict[tuple[str, str], tuple[Point, ...]]:
    return {pair: tuple(each.wire.points) for pair, each in window.scene.wires.pairs.items()}


def test_what_is_undone_looks_again_as_it_did(sample: Window) -> None:
    before = courses(sample)
    name = sample.document.design.components[0].id
    x, y = sample.document.design.component_by_id[name].position
    for undone in (
        lambda design: edits.move(design, {name: (x + 300, y + 160)}),
        lambda design: edits.place(design, "agent", "new", (x + 180, y))[0],
        lambda design: edits.delete(design, {name}),
    ):
        sample.document.edit("Edit", undone)
        assert courses(sample) != before
        sample.document.stack.undo()
        assert courses(sample) == before


def test_many_connectors_are_shown_at_once_and_routed_meanwhile(window: Window, qtbot: QtBot) -> None:
    design = window.document.blank()
    for number in range(40):
        design, _ = edits.place(design, "agent", f"agent {number}", (number % 8 * 260, number // 8 * 160))
    for number in range(4):
        design, _ = edits.place(design, "relay", f"relay {number}", (2400, number * 200))
    window.document.open(design)
    shown = len(window.scene.wires.pairs)
    assert shown > 150
    sketched = {pair: each.wire.points for pair, each in window.scene.wires.pairs.items()}
    with qtbot.waitSignal(window.scene.routes.better, timeout=120_000):
        pass
    routed = {pair: each.wire.points for pair, each in window.scene.wires.pairs.items()}
    assert routed.keys() == sketched.keys()
    assert routed != sketched


@pytest.mark.parametrize("what", ["card", "zone", "border", "handle", "piece"])
def test_undo_in_the_middle_of_a_drag_ends_it(window: Window, what: str) -> None:
    with_zones(window)
    relay = window.placement
    relay.place_at("relay", 420, 300)
    window.selection.select(["web"])
    line = window.scene.wires.pairs[("web", "relay")].wire.points
    zone = design_of(window).zone_by_id["left"].rect
    handle = window.canvas.handle.pos()
    start = {
        "card": middle_of(window.canvas, "relay"),
        "zone": (zone.center.x, zone.y + 12),
        "border": (zone.right, zone.center.y),
        "handle": (handle.x(), handle.y()),
        "piece": ((line[0].x + line[1].x) / 2, (line[0].y + line[1].y) / 2),
    }[what]
    drag(window.canvas, start, (start[0] + 60, start[1] + 50), drop=False)
    window.actions_by_id["undo"].trigger()
    before, steps = design_of(window), window.document.stack.index()
    QTest.mouseMove(window.canvas.viewport(), at(window.canvas, start[0] + 90, start[1] + 80))
    QTest.mouseRelease(window.canvas.viewport(), LEFT, NO_KEYS, at(window.canvas, start[0] + 90, start[1]))
    assert design_of(window) is before
    assert window.document.stack.index() == steps
    assert not list(mismatches(window))

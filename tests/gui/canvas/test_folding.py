"""Zones collapsed to one node in the window, and expanded again."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from gui.canvas.nodes import button_on
from gui.window.window import Window
from model.storage import dump
from tests.gui.hands import LEFT, NO_KEYS, at, click, design_of, drag, middle_of


def collapse(window: Window, zone: str) -> None:
    window.selection.select([zone])
    window.actions_by_id["collapse"].trigger()


def zone_with_flows(window: Window) -> str:
    """A zone of the sample, not the Internet, with components whose flows leave it."""
    return next(
        zone.id for zone in design_of(window).zones if zone.kind != "internet" and zone.parent is None
    )


def test_a_collapsed_zone_is_one_node_with_the_openings_of_its_boundary(sample: Window) -> None:
    zone = zone_with_flows(sample)
    design = design_of(sample)
    inside = {each.id for each in design.components if zone in design.zone_chain(each.zone)}
    crossing = {
        (
            zone if flow.source in inside else flow.source,
            zone if flow.destination in inside else flow.destination,
        )
        for flow in sample.document.view.graph.network
        if (flow.source in inside) != (flow.destination in inside)
    }
    collapse(sample, zone)
    assert sample.document.stack.undoText() == "Collapse zone"
    assert zone in sample.scene.cards
    assert not inside & sample.scene.cards.keys()
    assert zone not in sample.scene.areas.boxes
    shown = {pair for pair in sample.scene.wires.pairs if zone in pair}
    assert shown
    assert shown <= crossing
    assert not any(inside & set(pair) for pair in sample.scene.wires.pairs)
    assert len(sample.bottom.matrix.rows_model.rows) == len(sample.document.view.graph.flows)


def test_expanding_shows_everything_again(sample: Window) -> None:
    zone, before = zone_with_flows(sample), dump(design_of(sample))
    cards, wires = dict(sample.scene.cards), set(sample.scene.wires.pairs)
    collapse(sample, zone)
    x, y = middle_of(sample.canvas, zone)
    QTest.mouseDClick(sample.canvas.viewport(), LEFT, NO_KEYS, at(sample.canvas, x, y))
    assert sample.document.stack.undoText() == "Expand zone"
    assert dump(design_of(sample)) == before
    assert sample.scene.cards == cards
    assert set(sample.scene.wires.pairs) == wires


def test_buttons_collapse_a_selected_zone_and_expand_its_node(sample: Window) -> None:
    zone = zone_with_flows(sample)
    sample.actions_by_id["actual_size"].trigger()
    sample.selection.select([zone])
    corner = button_on(design_of(sample).zone_by_id[zone].rect).center
    sample.canvas.centerOn(corner.x, corner.y)
    click(sample.canvas, corner.x, corner.y)
    assert design_of(sample).zone_by_id[zone].collapsed
    node = sample.scene.cards[zone]
    assert sample.scene.fold_at(QPointF(node.right - 17, node.top + 18)) == zone
    click(sample.canvas, node.right - 17, node.top + 18)
    assert not design_of(sample).zone_by_id[zone].collapsed


def test_moving_a_node_moves_what_it_holds(sample: Window) -> None:
    zone = zone_with_flows(sample)
    before = design_of(sample)
    collapse(sample, zone)
    x, y = middle_of(sample.canvas, zone)
    sample.selection.select([zone])
    QTest.keyClick(sample.canvas, Qt.Key.Key_Down)
    drag(sample.canvas, (x, y + 10), (x, y + 300))
    after = design_of(sample)
    moved = after.zone_by_id[zone].frame[1] - before.zone_by_id[zone].frame[1]
    assert moved > 250
    for each in before.components:
        by = moved if zone in before.zone_chain(each.zone) else 0
        assert after.component_by_id[each.id].position == (each.position[0], each.position[1] + by)
        assert after.component_by_id[each.id].zone == each.zone


def test_a_click_on_a_merged_connector_selects_all_its_flows(sample: Window) -> None:
    zone = zone_with_flows(sample)
    collapse(sample, zone)
    pair, wire = next((pair, wire) for pair, wire in sample.scene.wires.pairs.items() if zone in pair)
    middle = wire.label_rect.center()
    click(sample.canvas, middle.x(), middle.y())
    assert sample.selection.flows == {flow.id for flow in wire.wire.link.flows}
    assert sample.scene.wires.is_lit(pair)
    names = design_of(sample).component_by_id | design_of(sample).zone_by_id
    told = sample.reading.hover.said_at(middle)
    assert told is not None
    assert told.title.startswith(f"{names[pair[0]].name} → {names[pair[1]].name}: ")


def test_what_is_picked_in_a_table_lights_the_node_that_hides_it(sample: Window) -> None:
    zone = zone_with_flows(sample)
    collapse(sample, zone)
    design = design_of(sample)
    hidden = next(each.id for each in design.components if zone in design.zone_chain(each.zone))
    sample.selection.select([hidden], sample.bottom)
    assert sample.scene.card_items[zone].opacity == 1.0
    assert any(sample.scene.wires.is_lit(pair) for pair in sample.scene.wires.pairs if zone in pair)
    sample.actions_by_id["select_all"].trigger()
    assert hidden not in sample.selection.ids


def test_the_contents_of_a_zone_are_selected_in_its_place(sample: Window) -> None:
    zone, design = zone_with_flows(sample), design_of(sample)
    sample.selection.select([zone])
    sample.actions_by_id["select_contents"].trigger()
    inside = {each.id for each in design.components if zone in design.zone_chain(each.zone)}
    inside |= {each.id for each in design.zones if zone in design.zone_chain(each.parent)}
    inside |= {note.id for note in design.notes if design.zone_by_id[zone].rect.contains(note.rect)}
    assert sample.selection.ids == inside
